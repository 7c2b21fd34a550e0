"""Reads an author's quotation: the tokens that the source must contain, and the editor's marks.

The editor's marks are stated, never inferred:

- `…`, `...`, `. . .`, `[…]` and `(…)` leave something out. The text between them forms *fragments*. The full stop of
  four dots is the editor's.
- `[T]he` changes the case of one letter.
- `[words]` adds words: the tokens around it are neighbours in the source.
- `[words|original]` replaces: the source has the original. `improve[d|s]` does the same for an ending.
- `[sic]`, `[emphasis added]` and the like are notes that do not concern the words.

Quotation marks around the whole are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from generator.evidence.gate.tokens import DENSE_LETTER, key_line, tokenize
from generator.syntax.quotations import BRACKET, NOTE, OMISSION

_SOFT_HYPHEN = re.compile(r"\xad(?:[^\S\n]*\n\s*)?")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])", re.DOTALL)
_UNSEEN = regex.compile(
    r"[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\u2800]--[\xad\u200c\u200d\t\n\r\f\x85]]", regex.V1
)
"""Characters that draw nothing, such as direction controls and zero-width spaces; an author has no reason to write them."""
_CLOSERS = {
    '"': '"', "'": "'", "\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u2018": "\u2019", "\u201a": "\u2018\u2019",
    "\xab": "\xbb", "\xbb": "\xab", "\u2039": "\u203a", "\u203a": "\u2039", "\u300c": "\u300d", "\u300e": "\u300f",
    "\u201d": "\u201d", "\u2019": "\u2019",
}  # fmt: skip
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
_FINAL_STOP = re.compile(r"(?<=[\w%)\]'\"\u2019\u201d])[ \xa0]?[.,]\Z")
_COUNTED = regex.compile(r"[\w\p{N}]")
_ONLY_MARKS = re.compile(f"[{re.escape(''.join(_CLOSERS))}]*")
"""Quotation marks without words. Other punctuation alone, as in `it failed … ?`, is the source's and is searched for."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """Words of the editor in a fragment."""

    at: int
    """Index of the fragment's token before which they are added, or where the replaced tokens begin."""
    words: str
    """What is printed; for an ending, the whole word."""
    original: str = ""
    """What the source has; empty if words are only added."""
    written: str = ""
    """The bracket as written."""


@dataclass(frozen=True)
class Fragment:
    """The tokens of one stretch of the source."""

    tokens: tuple[str, ...]
    capitals: frozenset[int]
    """Indices of the tokens whose first letter may have either case."""
    alterations: tuple[Alteration, ...]
    words: int
    written: str
    source: str
    """The words that the source must have."""

    @cached_property
    def line(self) -> str:
        """Return what is searched for in the line of a text."""
        return key_line(self.tokens)


@dataclass(frozen=True, slots=True)
class WantedQuotation:
    """A quotation in the form in which it is compared."""

    fragments: tuple[Fragment, ...]
    words: int
    stretches: tuple[str, ...]
    """The text between ellipses, as written."""
    unseen: str = ""
    """An invisible character in it; such a quotation is never verified."""
    literal: WantedQuotation | None = field(default=None, compare=False)
    """The same quotation with its brackets taken as the source's; None without brackets."""

    @property
    def canonical(self) -> str:
        """Return the same text for all typographic forms of a quotation."""
        return " \u2026 ".join(" ".join(tokenize(stretch).exact) for stretch in self.stretches)

    @property
    def alterations(self) -> tuple[Alteration, ...]:
        return tuple(alteration for fragment in self.fragments for alteration in fragment.alterations)


def quotation(text: str, *, emphasised: bool = False, in_sentence: bool = False) -> WantedQuotation:
    """Read a quotation.

    `emphasised`: it contains the editor's `*emphasis*`, which is not the source's. `in_sentence`: it is in quotation marks within
    a sentence, so a comma or full stop before the closing mark may belong to the sentence.
    """
    unseen = _UNSEEN.search(text)
    text = " ".join(unicodedata.normalize("NFC", _SOFT_HYPHEN.sub("", text)).split())
    text = NOTE.sub("", _unquoted(text.strip()))
    if emphasised:
        text = _EMPHASIS.sub(r"\2", text)
    if in_sentence and not text.endswith(".."):
        text = _FINAL_STOP.sub("", text)
    stretches = tuple(stretch for part in OMISSION.split(text) if (stretch := part.strip()))
    fragments = _fragments(stretches, marks=True)
    literal = _quoted(_fragments(stretches, marks=False), stretches) if BRACKET.search(text) else None
    return WantedQuotation(fragments, sum(f.words for f in fragments), stretches, unseen[0] if unseen else "", literal)


def count_words(text: str) -> int:
    """Return the number of words as people count them; in scripts without spaces between words, half the characters."""
    tokens = [token for token in tokenize(text).exact if _COUNTED.search(token)]
    dense = sum(1 for token in tokens if DENSE_LETTER.match(token))
    return len(tokens) - dense + (dense + 1) // 2


def _quoted(fragments: tuple[Fragment, ...], stretches: tuple[str, ...]) -> WantedQuotation:
    return WantedQuotation(fragments, sum(fragment.words for fragment in fragments), stretches)


def _unquoted(text: str) -> str:
    """Drop the marks around a whole quotation, if they are one pair that encloses everything."""
    while len(text) > 2 and text[-1] in _CLOSERS.get(text[0], ""):
        inside = text[1:-1]
        if text[0] in inside or text[-1] in _APOSTROPHE.sub("", inside):
            break
        text = inside.strip()
    return text


# ---------------------------------------------------------------- the editor's brackets


def _fragments(stretches: tuple[str, ...], *, marks: bool) -> tuple[Fragment, ...]:
    read = (_fragment(stretch, marks=marks) for stretch in stretches if not _ONLY_MARKS.fullmatch(stretch))
    return tuple(fragment for fragment in read if fragment.tokens or fragment.alterations)


def _fragment(text: str, *, marks: bool) -> Fragment:
    """Replace the editor's words by the source's, and record where."""
    source, done, capitals, brackets = "", 0, [], []
    for match in BRACKET.finditer(text) if marks else ():
        source += text[done : match.start()]
        before, after = source[-1:], text[match.end() : match.end() + 1]
        done = match.end()
        if _is_capital(match, before, after):
            capitals.append(len(source))
            source += match[1]
        elif not _is_glued(after):
            brackets.append((match, len(source)))
            source += match[2] or (" " if before in _CLOSERS and after in _CLOSERS else "")
        else:
            source += match[0]
    source += text[done:]
    tokens = tokenize(source)
    return Fragment(
        tokens.exact,
        frozenset(index for index, start in enumerate(tokens.starts) if start in capitals),
        tuple(_alteration(match, at, source, tokens.starts) for match, at in brackets),
        count_words(source),
        text,
        source,
    )


def _is_capital(match: re.Match[str], before: str, after: str) -> bool:
    """Whether it is `[T]he`: one cased letter at the beginning of a word."""
    alone = len(match[1]) == 1 and not match[2] and not match[3] and match[1].swapcase() != match[1]
    return alone and not before.isalnum() and after.isalpha()


def _is_glued(beside: str) -> bool:
    """Whether a character next to a bracket makes one word with it."""
    return beside.isalnum() and not DENSE_LETTER.match(beside)


def _alteration(match: re.Match[str], at: int, source: str, starts: Sequence[int]) -> Alteration:
    """Return the alteration of a bracket at an offset of the source's words; a joined bracket alters a whole word."""
    start = at
    while start and _is_glued(source[start - 1]):
        start -= 1
    stem, original = source[start:at], source[start:at] + (match[2] or "")
    index = bisect_right(starts, start) - 1 if original else bisect_left(starts, at)
    return Alteration(max(index, 0), stem + match[1] + (match[3] or ""), original, match[0])
