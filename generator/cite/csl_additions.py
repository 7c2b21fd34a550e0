"""What the program adds to CSL: more locator terms, and secondary citations.

Pandoc recognises a label by the words of the style's locale ("p.", "S.", "стр.") and knows only some of CSL's labels. So each of
those gets one more term, the same in all languages, that no style prints. Other labels are passed as a value with their
abbreviation, which styles print like a page.

The words of a secondary citation ("quoted in") are put before the first citation of a citation group, where every style prints a prefix.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum

from generator.languages import Locators, together
from generator.languages import language as language_of
from generator.model import CitationGroup, Locator

KNOWN_TO_PANDOC = (
    "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part",
    "section", "sub-verbo", "verse", "volume",
)  # fmt: skip
"""CSL labels that pandoc 3.9 understands."""

_BETWEEN = re.compile(r"[,&–-]|\d\s+[^\W\d_]+\s+\d")
"""Separator of two places: a mark, or a word such as "and" in any language."""

_SIGNS = {"¶": "paragraph", "¶¶": "paragraph", "§": "section", "§§": "section", "article": "article-locator"}
_MARK = "brief-locator-"


class Lost(Enum):
    """The part of a locator that a style leaves out."""

    NOTHING = 0
    LABEL = 1
    """The label. Bluebook's style prints "at 6" for page and paragraph alike, OSCOLA's "Ibid 6"."""
    ALL = 2
    """The whole locator. Vancouver's style prints none, Bluebook's none for a statute."""


def handed_over(locator: Locator, language: str) -> str:
    """Return the text for pandoc's braces: `brief-locator-page 3`, or `art. 5` for a label that pandoc does not know."""
    label = _label(locator)
    return f"{_MARK}{label} {_value(locator)}" if label in KNOWN_TO_PANDOC else spelled(locator, language)


def spelled(locator: Locator, language: str) -> str:
    """Return a locator as it is printed without a style: `p. 3`, `pp. 3-5`, `art. 5`, `12:30`."""
    label, value = _label(locator), _value(locator)
    words = _printed_in(language)
    of_one = (words.printed or {}).get(label, label)
    of_several = (words.several or {}).get(label, of_one)
    return f"{of_several if _BETWEEN.search(value) else of_one} {value}".strip()


def _printed_in(language: str) -> Locators:
    """Return the words for places in a language; English ones if unknown. A label without words is its own name."""
    own = language_of(language).locators
    return own if own and own.printed is not None else language_of("en").locators or Locators()


def printed_by(csl: str) -> bool:
    """Whether a style, given its text `csl`, prints locators at all."""
    return 'variable="locator"' in csl


def lost(locator: Locator, html: str) -> Lost:
    """Return the part of a locator that is missing in a printed citation.

    The first word of its value (styles shorten ranges) must occur outside addresses, and its last occurrence must follow a word
    that may be a label. A page needs no label.
    """
    first = re.search(r"\w+", _value(locator))
    text = re.sub(r"<[^<>]*+>", "", _LINK.sub("", html))
    starts = [match.start() for match in _as_words(first[0]).finditer(text)] if first else [0]
    if not starts:
        return Lost.ALL
    label = _label(locator)
    before = _word_before(text[: starts[-1]])
    unlabelled = not before or before.lower() in together(Locators).no_labels
    return Lost.LABEL if unlabelled and label in KNOWN_TO_PANDOC and label != "page" else Lost.NOTHING


_LINK = re.compile(r"<a [^<>]*+>[^<]*+(?:<(?!/?a[ >])[^<]*+)*+</a>")


def _as_words(written: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", re.IGNORECASE)


def _word_before(text: str) -> str:
    """Return the last word, or the sign of a section or paragraph, of a text, without a full stop."""
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
    """Return a style, given its text, with our term for each label that pandoc knows.

    A CSL term can have several forms; styles print a locator's long, short or symbol form, never its verb form.
    """
    terms = "".join(f'<term name="{label}" form="verb-short">{_MARK}{label}</term>' for label in KNOWN_TO_PANDOC)
    start = csl.find("</info>")
    if start < 0:
        return csl
    end = start + len("</info>")
    return f"{csl[:end]}<locale><terms>{terms}</terms></locale>{csl[end:]}"


def words_for(how: str, language: str) -> str:
    """Return the words for `quoted`, `paraphrased` or `reported`; English ones if those of the language are unknown."""
    words = language_of(language).secondary or language_of("en").secondary or {}
    return words[how]


def quoted_in(group: CitationGroup, who: str, words: str = "quoted in") -> CitationGroup:
    """Return the citation group with "`who`, `words`" before its first citation. An existing prefix follows them.

    The author of an in-text citation group moves into the citation: "Ann Example, quoted in Sample" needs both together.
    """
    first, *others = group.citations
    prefix = f"{_literal(who)}, {words} {first.prefix}".rstrip()
    return replace(group, citations=(replace(first, prefix=prefix), *others), in_text=False)


def _literal(text: str) -> str:
    """Escape a text so its characters are not Markdown."""
    return re.sub(r"([\\`*_\[\]<>~^])", r"\\\1", text)
