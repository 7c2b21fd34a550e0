"""Folds typography, and typography only, so that the same words set twice compare as equal.

`fold` makes a *key* out of a text: Unicode NFC, one kind of quotation mark, one kind of space, ligatures written out,
invisible characters gone. Hyphens and dashes leave the key and become *marks* at their offsets, because a hyphen at the
end of a captured line may or may not belong to the word, and only a comparison of both sides can tell. Every key
offset maps back to the text it came from. Words and case are never folded.

This module does not know what a quotation is, nor what is compared with what.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntFlag

INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Soft hyphens, joiners, direction marks, variation selectors and the Arabic kashida, as a character class."""
DASHES = "\\-\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
EM_DASHES = "\u2014\u2015\u2e3a\u2e3b\ufe58"
QUOTATION_MARKS = (
    "\"'`\u00b4\u00ab\u00bb\u02bc\u2018-\u201f\u2032-\u2037\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff07"
)
LIGATURES = "\u0132\u0133\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc"

_SPOT = re.compile(
    rf"(?P<dash>[\s{INVISIBLE}]*[{DASHES}][\s{INVISIBLE}{DASHES}]*)"
    rf"|(?P<ellipsis>\.(?:\s?\.){{2,}}|\u2026[.\u2026]*)"
    rf"|(?P<inside>(?:(?<=[\s{INVISIBLE}])|\A)[\u00ab\u2039]\s+|\s+[\u00bb\u203a](?=[\s{INVISIBLE}.,;:!?)]|\Z))"
    rf"|(?P<quote>[{QUOTATION_MARKS}]{{1,2}})"
    rf"|(?P<space>[\s{INVISIBLE}]{{2,}}|[^\S ]|[{INVISIBLE}]|\ (?=[;:!?%]))"
    rf"|(?P<ligature>[{LIGATURES}])"
)
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]")
"""Scripts whose lines break without a space: Han, kana and their punctuation."""


class Mark(IntFlag):
    """What stands between two characters of a key: how it may be read, and where there was space beside it."""

    HYPHEN = 1
    DASH = 2
    NOTHING = 4
    SPACE_BEFORE = 8
    SPACE_AFTER = 16


READINGS = Mark.HYPHEN | Mark.DASH | Mark.NOTHING


@dataclass(frozen=True, slots=True)
class Tape:
    """Where each stretch of a rewritten text came from: two sorted tuples of offsets, new and old."""

    new: tuple[int, ...]
    old: tuple[int, ...]

    def back(self, offset: int) -> int:
        """The old offset of the character that now stands at `offset`."""
        i = bisect_right(self.new, offset) - 1
        found = self.old[i] + offset - self.new[i]
        return min(found, self.old[i + 1] - 1) if i + 1 < len(self.old) else found


@dataclass(frozen=True, slots=True)
class Folded:
    """A key with its marks. `at` holds the marks' key offsets, ascending; `marks` the marks themselves."""

    key: str
    at: tuple[int, ...]
    marks: tuple[Mark, ...]
    tapes: tuple[Tape, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that the key's `start:end` stands for; `end` is after `start`."""
        last = end - 1
        for tape in reversed(self.tapes):
            start, last = tape.back(start), tape.back(last)
        return start, last + 1

    def mark(self, offset: int) -> Mark:
        """The mark at a key offset; `Mark.NOTHING` where there is none."""
        i = bisect_left(self.at, offset)
        return self.marks[i] if i < len(self.at) and self.at[i] == offset else Mark.NOTHING

    def marks_between(self, start: int, end: int) -> Iterator[tuple[int, Mark]]:
        """The marks from `start` to `end`, both included, with their offsets counted from `start`."""
        for i in range(bisect_left(self.at, start), bisect_right(self.at, end)):
            yield self.at[i] - start, self.marks[i]


def fold(text: str, cuts: Iterable[tuple[int, int, str]] = ()) -> Folded:
    """Fold a text, first putting each of `cuts` (start, end, what stands there instead; ascending) in its place."""
    tapes = []
    for edits in (cuts, None if unicodedata.is_normalized("NFC", text) else _compositions):
        if edits:
            text, tape = rewrite(text, edits(text) if callable(edits) else edits)
            tapes.append(tape)
    key, tape, at, marks = _fold_typography(text)
    return Folded(key, at, marks, (*tapes, tape))


def rewrite(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, Tape]:
    """Put replacements (start, end, replacement; ascending, not overlapping) into a text."""
    pieces: list[str] = []
    new, old, length, done = [0], [0], 0, 0
    for start, end, replacement in edits:
        pieces += (text[done:start], replacement)
        length += start - done
        new.append(length)
        old.append(start)
        length += len(replacement)
        new.append(length)
        old.append(end)
        done = end
    pieces.append(text[done:])
    return "".join(pieces), Tape(tuple(new), tuple(old))


def plain(text: str) -> str:
    """A readable normal form: folded, with hyphens and dashes put back in one form each. Equal for equal typography."""
    folded = fold(text)
    pieces: list[str] = []
    done = 0
    for offset, mark in zip(folded.at, folded.marks, strict=True):
        pieces += (folded.key[done:offset], "\u2013" if mark & READINGS == Mark.DASH else "-")
        done = offset
    return "".join((*pieces, folded.key[done:])).strip()


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    # An ASCII character never composes with one before it, so a stretch from one to the next can be composed alone.
    for match in re.finditer(r"[\x00-\x7f]?[^\x00-\x7f]+", text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            yield match.start(), match.end(), composed


def _fold_typography(text: str) -> tuple[str, Tape, tuple[int, ...], tuple[Mark, ...]]:
    at: list[int] = []
    marks: list[Mark] = []
    grown = 0

    def edits() -> Iterator[tuple[int, int, str]]:
        nonlocal grown
        for match in _SPOT.finditer(text):
            replacement = ""
            if match.lastgroup == "dash":
                mark = _mark(match, text)
                if mark & READINGS:
                    at.append(match.start() + grown)
                    marks.append(mark)
            else:
                replacement = _replacement(match, text)
            grown += len(replacement) - (match.end() - match.start())
            yield match.start(), match.end(), replacement

    key, tape = rewrite(text, edits())
    return key, tape, tuple(at), tuple(marks)


def _replacement(match: re.Match[str], text: str) -> str:
    kind, found = match.lastgroup, match[0]
    if kind == "ellipsis":
        return "\u2026"
    if kind == "inside":
        return "'"
    if kind == "quote":
        return _quote(found)
    if kind == "ligature":
        return unicodedata.normalize("NFKC", found)
    return _space(match, text)


def _quote(found: str) -> str:
    # TeX and typewriters set a double mark as two single ones; two different marks are two marks.
    doubled = len(found) == 2 and found[0] == found[1] and found[0] in "'`\u2018\u2019"
    return "'" if doubled else "'" * len(found)


def _space(match: re.Match[str], text: str) -> str:
    found = match[0]
    if not any(map(str.isspace, found)) or ("\u00ad" in found and "\n" in found):
        return ""  # nothing to see, or a word that a soft hyphen breaks over two lines
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if (after and after in ";:!?") or (after == "%" and before.isdigit()):
        return ""  # French and Swiss setting puts a space here
    if after and _UNSPACED.match(before) and _UNSPACED.match(after):
        return ""
    return " "


def _mark(match: re.Match[str], text: str) -> Mark:
    """Tell hyphens from dashes by their form and the space beside them; where both are possible, say both."""
    found = match[0]
    dashes = [c for c in found if not c.isspace() and unicodedata.category(c) in {"Pd", "Sm"}]
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    spaced_before = found[0].isspace() or not before
    spaced_after = found[-1].isspace() or not after
    sides = (Mark.SPACE_BEFORE if spaced_before else Mark(0)) | (Mark.SPACE_AFTER if spaced_after else Mark(0))
    if len(dashes) > 1 or dashes[0] in EM_DASHES or (spaced_before and spaced_after):
        return Mark.DASH | sides
    if _breaks_line(found) and before.isalpha() and after.islower():
        return Mark.HYPHEN | Mark.NOTHING
    if sides or dashes[0] not in "-\u2010\u2011\u058a\u05be\ufe63\uff0d":
        return Mark.HYPHEN | Mark.DASH | sides
    return Mark.HYPHEN


def _breaks_line(found: str) -> bool:
    return re.fullmatch(r"[-\u2010\u058a][^\S\n]*\r?\n\s*", found) is not None
