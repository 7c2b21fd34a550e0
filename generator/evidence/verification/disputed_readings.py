"""Words that only one of the two readings of a document has: somebody has to look at the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.evidence.captures.capture_store import Capture
from generator.evidence.captures.document_limits import visible
from generator.evidence.gate import Place
from generator.model import Citation
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from generator.evidence.verification.claims import Claim

EXTRACTION_DIFFERS = Code("extraction-differs", Severity.WARNING)
CODES = (EXTRACTION_DIFFERS,)
_SHOWN = 100
"""Characters of a reading that a message shows."""


def readings(captured: Iterable[tuple[Citation, Capture]]) -> Iterator[tuple[Citation, Capture]]:
    """Yield each capture with its first reading, and then those that have a second reading with that."""
    first = list(captured)
    yield from first
    yield from ((citation, capture.other) for citation, capture in first if capture.other is not None)


def differing(claim: Claim, capture: Capture, places: tuple[Place, ...], *, confirmed: bool) -> tuple[Problem, ...]:
    """Return a warning if the words are in this reading and not in the other.

    `places` is where they are in this one; `confirmed` is true if the second reading has them too, by the same rules.
    """
    if capture.is_second:
        message = "only the second reading of the PDF (second.txt) has these words; text.txt does not"
        return (EXTRACTION_DIFFERS.at(claim.place, message, _HINT),)
    other = capture.other
    if other is None or confirmed:
        return ()
    here = _short(capture.text[places[0].start : places[0].end])
    there = _nearest(other.text, places[0].page, here)
    message = f"only one reading of the PDF has these words: text.txt has \u201c{here}\u201d, second.txt has \u201c{there}\u201d"
    return (EXTRACTION_DIFFERS.at(claim.place, message, _HINT),)


_HINT = "look at the page: correct the quotation, or suppress this problem with `silence` and the reason"


def _nearest(text: str, page: int, words: str) -> str:
    """Return the line of a page that shares most words with these."""
    pages = text.split("\f")
    lines = pages[page - 1].split("\n") if 0 < page <= len(pages) else []
    needed = set(words.split())
    return _short(max(lines, key=lambda line: len(needed & set(line.split())), default=""))


def _short(words: str) -> str:
    shown = visible(" ".join(words.split()))
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "\u2026"
