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

SPACES = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python counts as white space, as a character class: one that lists them is twice as fast as `\\s`."""
INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Soft hyphens, joiners, direction marks, variation selectors and the Arabic kashida, as a character class."""
DASHES = "\\-\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
EM_DASHES = "\u2014\u2015\u2e3a\u2e3b\ufe58"
QUOTATION_MARKS = (
    '"`\u00b4\u00ab\u00bb\u02bc\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2034\u2035\u2036\u2037\u2039\u203a'
    "\u300c\u300d\u300e\u300f\u301d\u301e\u301f\uff02\uff07"
)
LIGATURES = "\u0132\u0133\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc"

_GAP = f"{SPACES}{INVISIBLE}{DASHES}"
_SPOT = re.compile(
    # One class of first characters, so that the search runs over plain words without trying anything.
    rf"[{_GAP}.\u2026'`\u2018\u2019\u00ab\u2039{LIGATURES}]"
    rf"(?:(?<=\x20)(?:[{_GAP}]+|(?=[;:!?%\u00bb\u203a]))"
    rf"|(?<=[{_GAP}])(?<!\x20)[{_GAP}]*"
    rf"|(?<=\.)(?:[{SPACES}]?\.){{2,}}"
    rf"|(?<=\u2026)[.\u2026]*"
    rf"|(?<=['`\u2018\u2019])(?:(?<=')'|(?<=`)`|(?<=\u2018)\u2018|(?<=\u2019)\u2019)"
    rf"|(?<=[\u00ab\u2039])(?<![^{_GAP}(\['\u2018\u201c][\u00ab\u2039])[{SPACES}{INVISIBLE}]+"
    rf"|(?<=[{LIGATURES}]))"
)
"""Where folding changes more than one character into one."""
_DASH = re.compile(rf"[{DASHES}]")
_SEEN = re.compile(rf"[{SPACES}]")
_UNSEEN = re.compile(rf"[{INVISIBLE}]")
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

    def start(self, offset: int) -> int:
        """The old offset of the character that now stands at `offset`."""
        i = bisect_right(self.new, offset) - 1
        return self.old[i] + self._into(i, offset)

    def end(self, offset: int) -> int:
        """The old offset behind the character that now stands before `offset`."""
        i = bisect_left(self.new, offset)
        if i < len(self.new) and self.new[i] == offset:
            return self.old[i]
        return self.old[i - 1] + self._into(i - 1, offset)

    def _into(self, stretch: int, offset: int) -> int:
        """How far into an old stretch; no further than it goes, where a shorter one was replaced by a longer one."""
        far = offset - self.new[stretch]
        return min(far, self.old[stretch + 1] - self.old[stretch]) if stretch + 1 < len(self.old) else far


@dataclass(frozen=True, slots=True)
class Folded:
    """A key with its marks. `at` holds the marks' key offsets, ascending; `marks` the marks themselves."""

    key: str
    at: tuple[int, ...]
    marks: tuple[Mark, ...]
    tapes: tuple[Tape, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that the key's `start:end` stands for; `end` is after `start`."""
        for tape in reversed(self.tapes):
            start, end = tape.start(start), tape.end(end)
        return start, end

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
            start, end = match.span()
            replacement = _replacement(match[0], start, end, text)
            if replacement is None:
                at.append(start + grown)
                marks.append(_mark(match[0], text[start - 1 : start] if start else "", text[end : end + 1]))
                replacement = ""
            grown += len(replacement) - (end - start)
            yield start, end, replacement

    key, tape = rewrite(text, edits())
    for quotation_mark in QUOTATION_MARKS:
        key = key.replace(quotation_mark, "'")  # far faster than `translate`, since few of them occur
    return key, tape, tuple(at), tuple(marks)


def _replacement(found: str, start: int, end: int, text: str) -> str | None:
    """What a spot becomes in the key; None for a hyphen or dash, which becomes a mark."""
    first = found[0]
    if first in ".\u2026":
        return "\u2026"
    if first in "'`\u2018\u2019":
        return "'"  # TeX and typewriters set a double mark as two single ones
    if first in "\u00ab\u2039":
        return "'"
    if found == "-" or _DASH.search(found):
        return None
    if first > "\u0131" and not first.isspace() and len(found) == 1 and first.isalpha() and first != "\u0640":
        return unicodedata.normalize("NFKC", found)
    return _space(found, start, end, text)


def _space(found: str, start: int, end: int, text: str) -> str:
    if not _SEEN.search(found) or ("\u00ad" in found and "\n" in found):
        return ""  # nothing to see, or a word that a soft hyphen breaks over two lines
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if not after or (after < "\u2e80" and after.isalnum()):
        return " "
    if after in ";:!?" or (after == "%" and before.isdigit()):
        return ""  # French and Swiss setting puts a space here
    if after in "\u00bb\u203a" and re.match(rf"[{_GAP}.,;:!?)]|\Z", text[end + 1 : end + 2]):
        return ""
    return "" if _UNSPACED.match(before) and _UNSPACED.match(after) else " "


def _mark(found: str, before: str, after: str) -> Mark:
    """Tell hyphens from dashes by their form and the space beside them; where both are possible, say both."""
    if found == "-" and before and after:
        return Mark.HYPHEN
    found = _UNSEEN.sub("", found)
    dashes = _DASH.findall(found)
    spaced_before = found[0].isspace() or not before
    spaced_after = found[-1].isspace() or not after
    sides = (Mark.SPACE_BEFORE if spaced_before else Mark(0)) | (Mark.SPACE_AFTER if spaced_after else Mark(0))
    if dashes == ["\u2212"] and after.isdigit():
        return Mark.HYPHEN | Mark.DASH | (sides & Mark.SPACE_BEFORE)  # a minus belongs to its number, however it is set
    if len(dashes) > 1 or dashes[0] in EM_DASHES or (spaced_before and spaced_after):
        return Mark.DASH | sides
    if _breaks_line(found) and before.isalpha() and after.islower():
        return Mark.HYPHEN | Mark.NOTHING
    if sides or dashes[0] not in "-\u2010\u2011\u058a\u05be\ufe63\uff0d":
        return Mark.HYPHEN | Mark.DASH | sides
    return Mark.HYPHEN


def _breaks_line(found: str) -> bool:
    return re.fullmatch(r"[-\u2010\u058a][^\S\n]*\r?\n\s*", found) is not None
