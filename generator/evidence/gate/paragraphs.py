"""Finds the paragraphs, pages and page artifacts of a captured text.

Pages are separated by form feeds. The rule for paragraphs:

- if no line is longer than `WRAPPED` characters and there are blank lines, the blocks between blank lines;
- otherwise every line that is not blank.

In a text with pages (a PDF) lines are not paragraphs. There a paragraph ends if a line ends a sentence well before the
margin, which is good enough to find the speaker but not to count paragraphs. `countable` says which it is.

Page artifacts are what the page adds to the text: running heads and feet, page numbers, footnote marks. They are recognised
by strong evidence only (see each function), because what is left out here can no longer make a quotation false.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import regex

from generator.evidence.gate.unit_symbols import SYMBOLS
from generator.languages import Numbering, together

INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Soft hyphens, joiners, direction marks, variation selectors and the Arabic kashida, as a character class."""

_MARKS = '"`\xb4\xab\xbb\u02bc\u2018-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff07'
_EDITS = (
    (re.compile(r"(?<=\w)[-\u2010][^\S\n]*+\n\s*+(?=\w)"), "-"),
    (re.compile(rf"[{INVISIBLE}]"), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<=[\xab\u2039]) | (?=[\xbb\u203a;:!?%])"), ""),
    (re.compile(rf"[{_MARKS}]"), "'"),
    (re.compile(r"'{2,}"), "'"),
    (re.compile(r"[\u2010\u2011]"), "-"),
    (re.compile(r" ?(?:[\u2014\u2015]|--+|(?<= )[-\u2013](?= )) ?"), "\u2013"),
    (re.compile(r"\.(?: ?\.){2,}"), "\u2026"),
)


def plain(text: str) -> str:
    """Return the text with one kind of quotation mark, dash and space, without ligatures, in NFC; words and case are kept."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(
        "[\u0132\u0133\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]", lambda m: unicodedata.normalize("NFKC", m[0]), text
    )
    for pattern, instead in _EDITS:
        text = pattern.sub(instead, text)
    return text.strip()


WRAPPED = 120
"""Characters of a line; a longer line is a whole paragraph."""
EDGE = 2
"""Lines at the head and foot of a page that may be page artifacts."""
REPEATED = 3
"""Least number of pages with a line that is a running head, foot or page number."""
COMPANY = 3
"""Largest distance between neighbouring numbers of a sequence of footnote marks."""

_LINE = re.compile(r"\S[^\n\f]*")
_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_NUMBER = re.compile(r"\d{1,4}")
_IN_SENTENCE = regex.compile(r"\A\P{L}*\p{Ll}|[\p{STerm},;:]\P{L}*\Z")
_CLOSING = r"'\"\u2019\u201d\u00bb"
_FOLLOWS = rf"(?=[\s{INVISIBLE}.,;:!?){_CLOSING}]|\Z)"
_MARK = r"[\d\xb9\xb2\xb3\u2070\u2074-\u2079]{1,3}"
_MARKDOWN_NOTE = re.compile(r"(?<=\S)\[\^[^\]\s]{1,40}\](?!:)")
_READING = regex.compile(
    r"(?<=\p{Han})(?:\([\p{Hira}\u30fc]+\)|\uff08[\p{Hira}\u30fc]+\uff09|\u300a[\p{Hira}\u30fc]+\u300b)"
)
"""How to read the characters before it, as in ruby."""
_BRACKETED = re.compile(rf"\[(?<=[\w.,;:!?){_CLOSING}]\[){_MARK}(?:[,\u2013-] ?{_MARK})*\](?:\[{_MARK}\])*{_FOLLOWS}")
_RAISED = re.compile(r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_BEFORE_MARK = re.compile(rf"(?<![^\W\d_])([^\W\d_]++)([.,;:!?){_CLOSING}]*+)\Z")
_GLUED = re.compile(rf"[.!?,;){_CLOSING}](\d{{1,3}}){_FOLLOWS}")
_DAGGER = re.compile(rf"[*\u2020\u2021]{{1,2}}{_FOLLOWS}")
_EXPONENTS = frozenset("\u00b2\u00b3")
_NEVER_POWERS = frozenset("\u00b9\u2074\u2075\u2076")
"""If one of these is raised too, a raised 2 or 3 after a word is a footnote mark; otherwise it is an exponent."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Start offsets of paragraphs and pages, ascending. `countable`: whether paragraph numbers mean anything to a reader."""

    paragraphs: tuple[tuple[int, int], ...]
    pages: tuple[int, ...]
    countable: bool

    def paragraph(self, offset: int) -> int:
        """Return the number, from 1, of the paragraph at an offset of the text (0 before the first)."""
        return bisect_right(self.paragraphs, (offset, 1 << 60))

    def page(self, offset: int) -> int:
        """Return the number, from 1, of the page at an offset of the text; 0 if the text has no pages."""
        return bisect_right(self.pages, offset)


def layout(text: str) -> Layout:
    if "\f" in text:
        pages = (0, *(match.end() for match in re.finditer("\f", text)))
        return Layout(tuple(_page_paragraphs(text)), pages, countable=False)
    lines = [match.span() for match in _LINE.finditer(text)]
    wrapped = _BLANK_LINE.search(text.strip()) and max((b - a for a, b in lines), default=0) <= WRAPPED
    if wrapped:
        lines = [match.span() for match in _BLOCK.finditer(text)]
    return Layout(tuple(lines), (), countable=True)


def _page_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text)]
    margin = sorted(b - a for a, b in lines)[len(lines) * 9 // 10] if lines else 0
    start = None
    for i, (a, b) in enumerate(lines):
        start = a if start is None else start
        gap = text[b : lines[i + 1][0]].count("\n") > 1 if i + 1 < len(lines) else True
        if gap or (b - a < margin * 0.8 and text[a:b].rstrip()[-1] in ".!?\"'\u201d\u2019"):
            yield start, b
            start = None


def page_artifacts(text: str) -> list[tuple[int, int]]:
    """Return what to leave out of a captured text to read it as its author wrote it: spans, ascending, not overlapping."""
    cuts: list[tuple[int, int]] = []
    for cut in sorted([*page_edges(text), *_footnote_marks(text)]):
        if not cuts or cut[0] >= cuts[-1][1]:
            cuts.append(cut)
    return cuts


def page_edges(text: str) -> Iterator[tuple[int, int]]:
    """Yield running heads and feet where one page becomes the next.

    A line counts if it is at the edge of at least `REPEATED` pages, and its numbers are the same on each or grow with the page; a
    line without letters counts only if its numbers grow. A line that can be a part of a sentence (it begins with a small letter
    or ends with a full stop) counts only if its numbers grow, because a witness can say "No." at the end of three pages.
    """
    pages = _edge_lines(text)
    seen = _repeated(pages)
    for page in pages:
        for line in page:
            if line.keys & seen:
                yield line.start, line.end


def _repeated(pages: list[list[_EdgeLine]]) -> frozenset[str]:
    seen = Counter(key for page in pages for key in {key for line in page for key in line.keys})
    return frozenset(key for key, count in seen.items() if count >= REPEATED)


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    start: int
    end: int
    keys: frozenset[str]


def _edge_lines(text: str) -> list[list[_EdgeLine]]:
    pages, start = [], 0
    if "\f" not in text:
        return []
    for number, page in enumerate(text.split("\f"), start=1):
        spans = [match.span() for match in _LINE.finditer(page)]
        edge = sorted({*spans[:EDGE], *spans[-EDGE:]})
        pages.append([_EdgeLine(start + a, start + b, _line_keys(page[a:b], number)) for a, b in edge])
        start += len(page) + 1
    return pages


def _line_keys(line: str, page: int) -> frozenset[str]:
    """Return the forms in which a line may repeat: each number as it is, or as its distance from the page's own."""
    words = " ".join(line.split())
    numbers = [int(match[0]) for match in _NUMBER.finditer(words)]
    if len(numbers) > 3 or len(words) > WRAPPED:
        return frozenset() if _IN_SENTENCE.search(words) else frozenset({words})
    skeleton = _NUMBER.split(words)
    title = any(c.isalpha() for part in skeleton for c in part) and not _IN_SENTENCE.search(words)
    keys = set()
    for grows in product((True, False), repeat=len(numbers)):
        if title or any(grows):
            forms = [f"<{n - page}>" if g else str(n) for n, g in zip(numbers, grows, strict=True)]
            keys.add("".join(a + b for a, b in zip(skeleton, [*forms, ""], strict=True)))
    return frozenset(keys)


def _footnote_marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield footnote marks: bracketed and joined to what precedes, raised, daggers, or joined numbers in a sequence; and readings."""
    bracketed = [one for one in _BRACKETED.finditer(text) if _is_note(text, one.start())]
    for match in (*bracketed, *_MARKDOWN_NOTE.finditer(text), *_READING.finditer(text)):
        yield match.start(), match.end()
    for match in _DAGGER.finditer(text) if any(mark in text for mark in "*\u2020\u2021") else ():
        if len(_word_before(text, match.start())[0]) > 1:
            yield match.start(), match.end()
    raised = list(_RAISED.finditer(text))
    shown = {match[0] for match in raised}
    for match in raised:
        word, punctuation = _word_before(text, match.start())
        exponent = not punctuation and match[0] in _EXPONENTS and not (bracketed or shown & _NEVER_POWERS)
        if _is_raised_mark(word, punctuation) and not exponent:
            yield match.start(), match.end()
    for match in _in_company(text):
        yield match.start(1), match.end(1)


def _word_before(text: str, at: int) -> tuple[str, str]:
    """Return the word, in lower case, and the punctuation that a mark is joined to; empty if it is joined to neither."""
    match = _BEFORE_MARK.search(text[max(0, at - 40) : at])
    return (match[1].casefold(), match[2]) if match else ("", "")


def _is_note(text: str, at: int) -> bool:
    """Whether a number in brackets that is joined to a word is a note: after any word in small letters that is no unit, unlike `CO[2]`."""
    word, punctuation = _word_before(text, at)
    plain_word = len(word) > 1 and text.endswith(word, 0, at) and word not in SYMBOLS
    return _is_raised_mark(word, punctuation) or plain_word


def _is_raised_mark(word: str, punctuation: str) -> bool:
    """Whether a mark is no exponent or formula: it follows punctuation, or a word that is neither a symbol nor a unit."""
    return bool(punctuation and len(word) > 1) or (len(word) >= 4 and not word.endswith(together(Numbering).lengths))


def _in_company(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers joined to punctuation that have another one before or after them, close and in order.

    In "items,12 of them" a space is missing, and 12 is a number of the text; footnote marks come in sequence.
    """
    marks = [match for match in _GLUED.finditer(text) if _may_close(*_word_before(text, match.start(1)))]
    numbers = [int(match[1]) for match in marks]
    for i, match in enumerate(marks):
        before, after = numbers[max(0, i - 1) : i], numbers[i + 1 : i + 2]
        near = [numbers[i] - n for n in before] + [n - numbers[i] for n in after]
        if any(0 < distance <= COMPANY for distance in near):
            yield match


def _may_close(word: str, punctuation: str) -> bool:
    return (
        len(word) >= 4 and word not in together(Numbering).references and any(point in ".!?,;" for point in punctuation)
    )
