"""How a place inside a source is handed to pandoc, so that its label prints rightly in every style and language.

Pandoc recognises a label by the words of the style's own locale ("p.", "S.", "стр.") and knows only
some of CSL's labels.
So each of those gets one more word, the same in all languages, that no style prints; the rest is handed over as
a value with its abbreviation in it, which styles print where they print a page.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from generator.languages import Locators, together
from generator.languages import language as language_of

if TYPE_CHECKING:
    from generator.model import Locator

KNOWN_TO_PANDOC = (
    "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part",
    "section", "sub-verbo", "verse", "volume",
)  # fmt: skip
"""CSL labels that pandoc 3.9 understands."""

_BETWEEN = re.compile(r"[,&–-]|\d\s+[^\W\d_]+\s+\d")
"""What stands between two places: a mark, or a word such as "and" in any language."""

_SIGNS = {"¶": "paragraph", "¶¶": "paragraph", "§": "section", "§§": "section", "article": "article-locator"}
_MARK = "brief-locator-"


class Lost(Enum):
    """What a style may leave out of a locator."""

    NOTHING = 0
    LABEL = 1
    """Bluebook's style prints "at 6" for page and paragraph alike, OSCOLA's "Ibid 6"."""
    ALL = 2
    """Vancouver's prints no locator, Bluebook's none for a statute."""


def handed_over(locator: Locator, language: str) -> str:
    """Give what stands between pandoc's braces: `brief-locator-page 3`, or `art. 5` for a label that it does not know."""
    label = _label(locator)
    return f"{_MARK}{label} {_value(locator)}" if label in KNOWN_TO_PANDOC else spelled(locator, language)


def spelled(locator: Locator, language: str) -> str:
    """Give a locator as it is printed where the style has no say: `p. 3`, `pp. 3-5`, `art. 5`, `12:30`."""
    label, value = _label(locator), _value(locator)
    words = _printed_in(language)
    of_one = (words.printed or {}).get(label, label)
    of_several = (words.several or {}).get(label, of_one)
    return f"{of_several if _BETWEEN.search(value) else of_one} {value}".strip()


def _printed_in(language: str) -> Locators:
    """The words for places in a language; English ones where they are not known. A label that has none prints as its own name."""
    own = language_of(language).locators
    return own if own and own.printed is not None else language_of("en").locators or Locators()


def printed_by(csl: str) -> bool:
    """Tell whether a style, of which `csl` is the text, prints locators at all."""
    return 'variable="locator"' in csl


def lost(locator: Locator, html: str) -> Lost:
    """Tell what of a locator is missing in a printed citation.

    Judged by the first word of its value (styles shorten ranges), where it stands last outside addresses, and by whether
    a word that may be a label stands before it. A page needs no label.
    """
    first = re.search(r"\w+", _value(locator))
    text = re.sub(r"<[^<>]*+>", "", _LINK.sub("", html))
    found = [match.start() for match in _as_words(first[0]).finditer(text)] if first else [0]
    if not found:
        return Lost.ALL
    label = _label(locator)
    before = _word_before(text[: found[-1]])
    unlabelled = not before or before.lower() in together(Locators).no_labels
    return Lost.LABEL if unlabelled and label in KNOWN_TO_PANDOC and label != "page" else Lost.NOTHING


_LINK = re.compile(r"<a [^<>]*+>[^<]*+(?:<(?!/?a[ >])[^<]*+)*+</a>")


def _as_words(written: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", re.IGNORECASE)


def _word_before(text: str) -> str:
    """The word, or the sign of a section or paragraph, at the end of a text; without a full stop after it."""
    end = text.rstrip()
    if end.endswith(("§", "¶")):
        return end[-1]
    word = end.removesuffix(".")
    start = next((at for at in range(len(word), 0, -1) if not _LETTER.fullmatch(word[at - 1])), 0)
    return word[start:]


_LETTER = re.compile(r"[^\W\d_]")


def _label(locator: Locator) -> str:
    return _SIGNS.get(locator.label, locator.label)


def _value(locator: Locator) -> str:
    return locator.value.replace("{", "").replace("}", "").strip()


def taught(csl: str) -> str:
    """Give the style with one more word for each label that pandoc knows.

    CSL lets a term have several forms; styles print a locator's long, short or symbol form, never its verb form.
    """
    terms = "".join(f'<term name="{label}" form="verb-short">{_MARK}{label}</term>' for label in KNOWN_TO_PANDOC)
    start = csl.find("</info>")
    if start < 0:
        return csl
    end = start + len("</info>")
    return f"{csl[:end]}<locale><terms>{terms}</terms></locale>{csl[end:]}"
