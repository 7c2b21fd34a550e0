"""The result of reading a document, its limits, and the refusal of documents beyond them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from generator.problems import Code, Severity

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one document."""
MAX_CHARACTERS = 10_000_000
"""Characters of the extracted text."""
MAX_PAGES = 3_000
MAX_ACCENTS = 30
"""Combining characters on one letter; the limit of Unicode's stream-safe text format (UAX #15, section 13)."""

CAPTURE_LIMIT = Code("capture-limit", Severity.ERROR)
CAPTURE_UNREADABLE = Code("capture-unreadable", Severity.ERROR)
CAPTURE_EMPTY = Code("capture-empty", Severity.ERROR)
CODES = (CAPTURE_LIMIT, CAPTURE_UNREADABLE, CAPTURE_EMPTY)


class Refused(Exception):
    """A document that cannot be captured, with the code, what is wrong and what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def __reduce__(self) -> tuple[type[Refused], tuple[Code, str, str]]:
        """Support pickling: the error comes from the process that read the document."""
        return Refused, (self.code, self.message, self.hint)


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


def visible(text: str) -> str:
    """Return untrusted text, safe to print: control and direction characters as their codes."""
    return "".join(char if unicodedata.category(char) not in _UNSAFE else _escaped(char) for char in text)


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")
