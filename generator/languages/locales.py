"""Returns CLDR's data for a language tag, also for tags that CLDR does not have."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


def locale_of(language: str) -> Locale:
    """Return the locale of a BCP 47 tag such as `en-GB`; if CLDR has none, that of its language, or British English."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag.replace("_", "-"), sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return Locale.parse("en-GB", sep="-")


@cache
def list_separator(language: str) -> str:
    """Return the separator between items of a list in a language, after CLDR: `, ` in English, `、` in Japanese."""
    from babel.lists import format_list

    written = format_list(["(", ")", "[", "]"], locale=locale_of(language))
    return written[written.index(")") + 1 : written.index("[")]


def own_name(language: str) -> str:
    """Return a language's own name, as in a heading: `Deutsch`, `Français`."""
    words = locale_of(language).get_display_name() or language
    return words[:1].upper() + words[1:]


def is_language(tag: str) -> bool:
    """Whether CLDR has the language of a BCP 47 tag; an unknown country or script in the tag does not matter."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag.replace("_", "-").partition("-")[0], sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True
