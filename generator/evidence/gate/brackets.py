"""Finds the words of the source for a bare bracket: the text to paste, such as `[they|we]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.evidence.gate.quotation import Alteration, Fragment
from generator.evidence.gate.search import Transcript, candidates, pauses
from generator.evidence.gate.tokens import Tokens, key_line

REACH = 5
"""Most tokens of the source that one bracket may replace."""
MOST_BRACKETS = 4
MOST_READINGS = 5

Span = tuple[int, int]


def bracket_readings(fragment: Fragment, transcript: Transcript) -> tuple[str, ...]:
    """Return the ways to write a fragment whose bare brackets replace words of the source; empty if it is not found that way."""
    bare = [alteration for alteration in fragment.alterations if not alteration.original]
    if not 0 < len(bare) <= MOST_BRACKETS or len(bare) != len({one.at for one in bare}):
        return ()
    reading = transcript.readings[-1]
    readings: dict[str, None] = {}
    for originals in _originals(fragment, bare, reading):
        if any(originals):
            readings[_written(fragment, bare, originals)] = None
        if len(readings) == MOST_READINGS:
            break
    return tuple(readings)


def _originals(fragment: Fragment, bare: Sequence[Alteration], reading: Tokens) -> Iterator[tuple[str, ...]]:
    """Yield the source's words for the brackets, for each place where the rest of the fragment is found."""
    cuts = [0, *(one.at for one in bare), len(fragment.tokens)]
    parts = [_part(fragment, start, end) for start, end in pairwise(cuts)]
    anchor = max(range(len(parts)), key=lambda i: len(parts[i].tokens))
    for start, end in candidates(parts[anchor], reading):
        for before in _leftwards(parts[:anchor], start, reading):
            for after in _rightwards(parts[anchor + 1 :], end, reading):
                spans = (*before, *after)
                yield tuple(_text(reading, span) for span in spans)


def _part(fragment: Fragment, start: int, end: int) -> Fragment:
    capitals = frozenset(i - start for i in fragment.capitals if start <= i < end)
    return replace(fragment, tokens=fragment.tokens[start:end], capitals=capitals, alterations=())


def _rightwards(parts: Sequence[Fragment], at: int, reading: Tokens) -> Iterator[tuple[Span, ...]]:
    """Yield the stretches between the parts that follow a token index."""
    if not parts:
        yield ()
        return
    if not parts[0].tokens:
        yield from ((span,) for span in _edge(at, reading, +1))
        return
    for gap in range(REACH + 1):
        end = at + gap + len(parts[0].tokens)
        if _is_at(parts[0], at + gap, reading):
            yield from ((((at, at + gap)), *rest) for rest in _rightwards(parts[1:], end, reading))


def _leftwards(parts: Sequence[Fragment], at: int, reading: Tokens) -> Iterator[tuple[Span, ...]]:
    if not parts:
        yield ()
        return
    if not parts[-1].tokens:
        yield from ((span,) for span in _edge(at, reading, -1))
        return
    for gap in range(REACH + 1):
        start = at - gap - len(parts[-1].tokens)
        if start >= 0 and _is_at(parts[-1], start, reading):
            yield from ((*rest, (at - gap, at)) for rest in _leftwards(parts[:-1], start, reading))


def _is_at(part: Fragment, at: int, reading: Tokens) -> bool:
    there = reading.exact[at : at + len(part.tokens)]
    return len(there) == len(part.tokens) and key_line(there) == part.line


def _edge(at: int, reading: Tokens, step: int) -> Iterator[Span]:
    """Yield the words next to a fragment up to the border of their clause, if they are few."""
    for length in range(REACH + 1):
        end = at + step * length
        if pauses(reading, end, first=step < 0):
            yield (min(at, end), max(at, end))
            return


def _text(reading: Tokens, span: Span) -> str:
    start, end = span
    return " ".join(reading.text[reading.starts[start] : reading.end(end - 1)].split()) if end > start else ""


def _written(fragment: Fragment, bare: Sequence[Alteration], originals: Sequence[str]) -> str:
    written, done = "", 0
    for alteration, original in zip(bare, originals, strict=True):
        at = fragment.written.index(alteration.written, done)
        inside = alteration.written.rpartition("]")
        marked = f"{inside[0]}|{original}]{inside[2]}" if original else alteration.written
        written += fragment.written[done:at] + marked
        done = at + len(alteration.written)
    return written + fragment.written[done:]
