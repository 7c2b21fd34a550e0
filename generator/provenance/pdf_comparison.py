"""Compares the bytes and the tagged words of a PDF with those of a rebuilt one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.pipeline.pdf_files.pdf_contents import Unreadable
from generator.provenance.page_statements import runs_of, tokens_of
from generator.render.layout.structure_reader import read_structure

_TOGETHER = 3
"""Number of words in a row that are searched together."""
_SHOWN = 12
"""Words of context that are shown."""
_LOOKED_AT = 4000
"""Words after the first difference in which the end of the difference is searched."""


@dataclass(frozen=True, slots=True)
class ByteDifference:
    """Differing bytes; offsets count from 0."""

    first: int
    count: int
    """Among the bytes that both have; the lengths show the others."""
    length: int
    expected: int
    """Length of the rebuilt file."""


@dataclass(frozen=True, slots=True)
class WordDifference:
    """The first differing words, with a few words of context."""

    before: str
    here: str
    made: str


def compare_bytes(data: bytes, made: bytes) -> ByteDifference | None:
    """Compare bytes; return None if they are the same."""
    if data == made:
        return None
    differing = (at for at, (ours, theirs) in enumerate(zip(data, made, strict=False)) if ours != theirs)
    first = next(differing, None)
    if first is None:
        return ByteDifference(min(len(data), len(made)), 0, len(data), len(made))
    return ByteDifference(first, 1 + sum(1 for _ in differing), len(data), len(made))


def words_of(pdf: bytes) -> tuple[str, ...]:
    """Return the words of a PDF in reading order. Raises Unreadable if it is damaged or not tagged."""
    try:
        return tuple(read_structure(pdf).text.split())
    except RecursionError:
        raise Unreadable("its structure is nested too deeply") from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"its words cannot be read: {ascii(str(error)[:200])[1:-1]}") from None


def compare_words(here: tuple[str, ...], made: tuple[str, ...]) -> WordDifference | None:
    """Compare words; return None if they are the same, in the same order."""
    if here == made:
        return None
    first = next((at for at, (a, b) in enumerate(zip(here, made, strict=False)) if a != b), min(len(here), len(made)))
    ours, theirs = here[first : first + _LOOKED_AT], made[first : first + _LOOKED_AT]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    meet = next(((block.a, block.b) for block in blocks if block.size), (len(ours), len(theirs)))
    before = " ".join(here[max(0, first - _SHOWN) : first])
    return WordDifference(before, _shown(ours[: meet[0]]), _shown(theirs[: meet[1]]))


def _shown(words: tuple[str, ...]) -> str:
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def unexplained(words: Sequence[str], made: Sequence[str]) -> tuple[str, ...]:
    """Return the sequences of `words` in which three words in a row do not occur in `made`, in order, with context."""
    here, made_runs = tokens_of(" ".join(words)), set(_runs(tokens_of(" ".join(made))))
    strange = [False] * len(here)
    for at, run in enumerate(_runs(here)):
        if run not in made_runs:
            strange[at : at + _TOGETHER] = [True] * _TOGETHER
    return tuple(runs_of(here, strange))


def _runs(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from zip(*(tokens[start:] for start in range(_TOGETHER)), strict=False)
