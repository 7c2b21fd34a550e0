"""How two PDFs differ: in bytes, and in the words that a screen reader says. Knows not where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.provenance.faults import Unreadable

_SHOWN = 12
"""Words around a difference that are shown."""
_LOOKED_AT = 4000
"""Words after the first difference that are searched for where the texts meet again."""


@dataclass(frozen=True, slots=True)
class ByteDifference:
    """Where bytes differ; offsets count from 0."""

    first: int
    count: int
    """Of the bytes that both have; those that only one has are told by the lengths."""
    length: int
    expected: int
    """Length of the file as it was made."""


@dataclass(frozen=True, slots=True)
class WordDifference:
    """The first stretch of words that differs, with a few around it."""

    before: str
    here: str
    made: str


def compare_bytes(data: bytes, made: bytes) -> ByteDifference | None:
    """None if they are the same."""
    if data == made:
        return None
    common = min(len(data), len(made))
    differing = [at for at in range(common) if data[at] != made[at]] if data[:common] != made[:common] else []
    return ByteDifference(differing[0] if differing else common, len(differing), len(data), len(made))


def words_of(pdf: bytes) -> tuple[str, ...]:
    """The words of a PDF in reading order. Raises Unreadable where it is damaged or not tagged."""
    from generator.render.structure import read_structure

    try:
        return tuple(read_structure(pdf).text.split())
    except RecursionError:
        raise Unreadable("its structure is nested too deeply") from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"its words cannot be read: {ascii(str(error)[:200])[1:-1]}") from None


def compare_words(here: tuple[str, ...], made: tuple[str, ...]) -> WordDifference | None:
    """None if they are the same, in the same order."""
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
