"""What reading a document gives, its limits, its refusals, and signs that the text is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.problems import Code, Severity
from generator.problems.message_words import counted

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one document."""
MAX_CHARACTERS = 10_000_000
"""Characters of the extracted text."""
MAX_PAGES = 3_000
MAX_ACCENTS = 30
"""Combining characters on one letter; the limit of Unicode's stream-safe text format (UAX #15, section 13)."""
DOCUMENT_TYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
"""A declaration of a document type, in UTF-8 or UTF-16: office programs write none, and it can define entities that fill the memory."""
CAPTURE_LIMIT = Code("capture-limit", Severity.ERROR)
CAPTURE_UNREADABLE = Code("capture-unreadable", Severity.ERROR)
CAPTURE_EMPTY = Code("capture-empty", Severity.ERROR)


class CannotCapture(Exception):
    """A document that cannot be captured, with the code, what is wrong and what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def __reduce__(self) -> tuple[type[CannotCapture], tuple[Code, str, str]]:
        """Support pickling: the error comes from the process that read the document."""
        return CannotCapture, (self.code, self.message, self.hint)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of one document."""

    text: str
    media_type: str
    extractor: str
    """Name and version of the reader."""
    pages: tuple[str, ...] = ()
    """The label of each page; empty if the document gives it none. The text has a form feed between pages."""
    notes: tuple[str, ...] = ()
    """What the person who captures it should know, such as a guessed encoding."""
    second: str = ""
    """The same text as an independent second reader read it, page by page; only of a PDF."""


_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f]{{{MAX_ACCENTS},}}")


def piles_accents(text: str) -> bool:
    """Whether too many accents are on one letter: the time for Unicode's normalization grows with the square of their number."""
    for stretch in _BEYOND_ASCII.finditer(text):
        run = 0
        for character in stretch[0]:
            run = run + 1 if unicodedata.combining(character) else 0
            if run > MAX_ACCENTS:
                return True
    return False


def visible(text: str) -> str:
    """Return untrusted text, safe to print: control and direction characters as their codes."""
    return "".join(char if unicodedata.category(char) not in _UNSAFE else _escaped(char) for char in text)


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


LONG = 40
"""Letters in a row that no word has, in scripts with spaces between words."""
SHARE = 0.01
"""Share of the words in which two readings differ, from which a page is named."""
_PAGES = 12
"""Most pages that are named."""
_SPACED = "A-Za-z\u00c0-\u02af\u0370-\u03ff\u0400-\u052f\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0620-\u06d3"
_LONG = re.compile(rf"[{_SPACED}]{{{LONG},}}")
_SPACED_WORD = re.compile(rf"[{_SPACED}]+")

_NEVER_FIRST = re.compile(
    "(?<![\u0590-\u06ff])[\u0629\u0649\u05da\u05dd\u05df\u05e3\u05e5][\u05d0-\u05ea\u0620-\u064a]{2}"
)
"""Letters that Arabic and Hebrew write only at the end of words, at the beginning of one."""
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_BROKEN = re.compile("[-\u2010\u00ad][^\\S\n]*\n\\s*")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[^\W_]+")


def implausible(text: str) -> Iterator[str]:
    """Yield what the text itself shows to be wrong, one sentence each."""
    long = _LONG.findall(text)
    if long:
        yield f"{counted(len(long), 'run')} of {LONG} or more letters ({long[0][:LONG]}\u2026): spaces between words are lost"
    words = sum(1 for _ in _SPACED_WORD.finditer(text))
    turned = len(_NEVER_FIRST.findall(text))
    if turned >= 3 and turned * 50 > words:
        yield f"{counted(turned, 'word')} with the last letter first: right-to-left text is reversed"
    lost = len(_LOST.findall(text))
    if lost >= 5 or lost * 200 > max(1, len(text)):
        yield f"{counted(lost, 'character')} could not be read (U+FFFD or private use)"


def disagreement(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Return where two readings of the same pages have different words, as a note with share and pages; nothing if they agree."""
    if not second:
        return ()
    counts = [_counts(one, other) for one, other in zip(first, second, strict=True)]
    words, different = (sum(numbers) for numbers in zip(*counts, strict=True))
    pages = [i for i, (all_, apart) in enumerate(counts, start=1) if apart > max(2, all_ * SHARE)]
    if not pages:
        return ()
    named = ", ".join(map(str, pages[:_PAGES])) + ("\u2026" if len(pages) > _PAGES else "")
    where = f"page {named}" if len(pages) == 1 else f"{counted(len(pages), 'page')} ({named})"
    share = _percent(different / words)
    return (
        f"the two readers disagree on {share} of the words, most on {where} of the PDF; compare text.txt with second.txt",
    )


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 else "less than 0.1%"


def _counts(first: str, second: str) -> tuple[int, int]:
    """Return how many words two readings have together, and how many of these only one reading has."""
    one, other = Counter(_words(first)), Counter(_words(second))
    apart = (one - other).total() + (other - one).total()
    return one.total() + other.total(), apart


def _words(text: str) -> list[str]:
    joined = _UNSEEN.sub("", _BROKEN.sub("", text))
    return _WORD.findall(unicodedata.normalize("NFKC", joined))
