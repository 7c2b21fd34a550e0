"""What CLDR and ICU know of a language tag: its locale, and the order of its names.

Letters with marks sort as their base letters (Unicode Technical Standard #10, first level), unless they are letters of their own
in a language (CLDR's tailorings, in `generator/languages`). Scripts without an alphabet are not sorted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from generator.languages import Alphabet, all_languages
from generator.languages import language as language_of

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
def own_name(language: str) -> str:
    """Return a language's own name, as in a heading: `Deutsch`, `Français`."""
    words = locale_of(language).get_display_name() or language
    return words[:1].upper() + words[1:]


def spelled_out(number: int, language: str) -> str:
    """Return a whole number in the words of a language, as ICU spells it: `twenty-five`."""
    from icu4py.messageformat import MessageFormat

    return str(MessageFormat("{n,spellout}", language.replace("_", "-")).format({"n": number}))


def is_language(tag: str) -> bool:
    """Whether CLDR has the language of a BCP 47 tag; an unknown country or script in the tag does not matter."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag.replace("_", "-").partition("-")[0], sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def stated_language(value: object) -> str:
    """Return the `language` of a source; empty if it has none, or names the language in words and not by its tag."""
    return value if isinstance(value, str) and is_language(value) else ""


@cache
def script_of(language: str) -> str:
    """Return the ISO 15924 code of the script of a BCP 47 language; empty if CLDR does not have it."""
    from babel.core import get_global

    parts = language.replace("_", "-").split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return part.title()
    likely = get_global("likely_subtags")
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    for tag in filter(None, (region and f"{parts[0].lower()}_{region}", parts[0].lower())):
        if tag in likely:
            return str(likely[tag].split("_")[1])
    return ""


@cache
def scripts_of(language: str) -> frozenset[str]:
    """Return the scripts that a BCP 47 language is written in, by ISO 15924 code: all those that CLDR has for it."""
    from babel.localedata import locale_identifiers

    parts = language.replace("_", "-").split("-")
    own = script_of(language)
    if own in parts[1:]:
        return frozenset({own})
    others = (one.split("_") for one in locale_identifiers())
    return frozenset(
        {own, *(one[1] for one in others if one[0] == parts[0].lower() and len(one) > 1 and len(one[1]) == 4)}
    )


def known_country(tag: str) -> str:
    """Return a BCP 47 tag with the code of its country corrected if CLDR knows it as an alias, `en-UK` -> `en-GB`.

    Return "" if CLDR does not know the country at all.
    """
    from babel.core import get_global

    parts = tag.split("-")
    for at, part in enumerate(parts[1:], 1):
        if len(part) == 1:  # what follows is an extension
            break
        if len(part) == _COUNTRY and part.isalpha():
            code = part.upper()
            aliases = get_global("territory_aliases").get(code, ())
            if not aliases:
                return tag if code in get_global("territory_languages") or code == "EU" else ""
            return "-".join((*parts[:at], aliases[0], *parts[at + 1 :]))
    return tag


_COUNTRY = 2
_BASE = {
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ı": "i",
    "ґ": "г",
    "є": "е",
}
"""Letters without a decomposition, with the letters that they sort as."""


@cache
def countries() -> frozenset[str]:
    """Return the names of countries and continents in all languages that have a file."""
    from babel import Locale

    known = (one.tag for one in all_languages() if is_language(one.tag))
    return frozenset(name for tag in known for name in Locale.parse(tag, sep="-").territories.values())


def sort_key(name: str, language: str) -> tuple[tuple[int, ...], str]:
    """Return the sort key of a name in a language (a BCP 47 tag); hyphens, apostrophes and spaces are ignored."""
    alphabet = language_of(language).alphabet or Alphabet()
    last, own = alphabet.after_z, alphabet.after_base
    letters = (letter for letter in unicodedata.normalize("NFC", name.casefold()) if letter.isalnum())
    return tuple(weight for letter in letters for weight in _weights(letter, last, own)), name


def sortable(names: Iterable[str]) -> bool:
    """Whether an alphabet orders these names. Chinese characters have no order that all readers share."""
    return not any("CJK UNIFIED" in unicodedata.name(letter, "") for name in names for letter in name)


def _weights(letter: str, last: str, own: str) -> Iterable[int]:
    if letter in last:
        yield (0x110000 << 6) + last.index(letter)
        return
    base = _BASE.get(letter) or unicodedata.normalize("NFD", letter)[0]
    yield from (ord(one) << 6 for one in base[:-1])
    yield (ord(base[-1]) << 6) + 1 + own.find(letter)
