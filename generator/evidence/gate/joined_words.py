"""Judges whether an occurrence joins words that its source does not join.

Words run on from one block into the next (`block_borders`) or into the head of a page, an ellipsis joins the middles of two
sentences, or invisible characters show readers other words than the text has.
"""

from __future__ import annotations

import re

import regex

from generator.evidence.gate.block_borders import open_borders
from generator.evidence.gate.token_search import Occurrence, Transcript
from generator.evidence.gate.tokens import SENTENCE_END
from generator.syntax.sentences import sentence_ends

_WORD = regex.compile(r"[\w\p{N}]")
_VEIL = "\u241e\u241e"
"""Stands before and after words that readers may not see (`captures/text_lines.py`)."""
_OVERRIDE = re.compile("[\u202d\u202e]")
"""Direction overrides (UAX 9, 2.2), which show letters in another order. No word needs them."""


def runs_on(occurrence: Occurrence, transcript: Transcript) -> bool:
    """Whether a fragment crosses an open border between two blocks."""
    read = occurrence.reading
    spans = ((read.starts[start], read.end(end - 1)) for start, end in occurrence.spans)
    return any(True for span in spans for _ in open_borders(transcript.text, read.text, *span))


def takes_in_edge(occurrence: Occurrence, transcript: Transcript) -> bool:
    """Whether a fragment has words of a running head or foot, and words of the text before or after it."""
    read = occurrence.reading
    spans = [(read.starts[start], read.end(end - 1)) for start, end in occurrence.spans]
    return any(
        read.text[max(first, start) : min(last, end)].strip() != "" and (start < first or end > last)
        for start, end in spans
        for first, last in transcript.page_edges
    )


def is_veiled(occurrence: Occurrence, transcript: Transcript) -> bool:
    """Whether a fragment is among words that readers may not see: behind an odd number of `VEIL` in its line."""
    starts = (occurrence.reading.starts[start] for start, _ in occurrence.spans)
    text = transcript.text
    return any(text.count(_VEIL, text.rfind("\n", 0, start) + 1, start) % 2 for start in starts)


def is_turned(occurrence: Occurrence, transcript: Transcript) -> bool:
    """Whether a direction override is among the words, or before them in their paragraph."""
    read, where = occurrence.reading, transcript.layout
    start, end = read.starts[occurrence.spans[0][0]], read.end(occurrence.spans[-1][1] - 1)
    number = where.paragraph(start)
    return _OVERRIDE.search(transcript.text, where.paragraphs[number - 1][0] if number else 0, end) is not None


def is_spliced(occurrence: Occurrence, transcript: Transcript) -> bool:
    """Whether an ellipsis begins in the middle of one sentence or in a heading, and ends in the middle of another."""
    return any(_is_splice(occurrence, transcript, *gap) for gap in occurrence.gaps())


def _is_splice(occurrence: Occurrence, transcript: Transcript, first: int, end: int) -> bool:
    reading = occurrence.reading
    text, start, stop = reading.text, reading.end(first - 1), reading.starts[end]
    ends = [match.span() for match in sentence_ends(text, start, reading.end(end)) if match.start() < stop]
    blocks = list(open_borders(transcript.text, text, start, stop + 1))
    if not (ends or blocks) or SENTENCE_END.fullmatch(reading.exact[first - 1]):
        return False
    borders = ends + blocks
    after, before = min(borders)[0], max(last for _, last in borders)
    heading = min(borders) in blocks
    return bool((heading or _WORD.search(text, start, after)) and _WORD.search(text, before, stop))
