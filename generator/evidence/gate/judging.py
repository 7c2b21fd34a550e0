"""The verdict on one quotation and one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.evidence.gate.nearest import Nearest, nearest
from generator.evidence.gate.search import Place, Transcript, find, missing_fragment
from generator.evidence.quotation import quotation


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of a quotation in a text."""

    verdict: Literal["verified", "absent", "unchecked"]
    """`unchecked`: the words are there, but an editor's mark cannot be judged, or a character cannot be seen."""
    places: tuple[Place, ...] = ()
    """Where the words stand; empty if they are absent."""
    difference: str = ""
    """How the nearest passage differs, gravest first: a key of `nearest.KINDS`; empty if nothing is like it."""
    nearest: Nearest | None = None
    """The passage most like an absent quotation."""
    reason: str = ""
    """Why it is not verified, in words; empty if it is."""


def judge(quote: str, transcript: Transcript, *, language: str = "", in_sentence: bool = False) -> Judgement:
    """Judge whether `transcript` holds `quote`.

    `language`: of both, as a BCP 47 tag; alterations are `unchecked` where it is empty or not known here. `in_sentence`:
    a comma or full stop at the end may belong to the sentence around the quotation. Raises nothing, whatever the texts are.
    """
    wanted = quotation(quote, in_sentence=in_sentence)
    places = find(wanted, transcript)
    if places:
        return Judgement("verified", places)
    missing = missing_fragment(wanted, transcript)
    if missing is None:
        return Judgement("absent", difference="order", reason="the parts do not stand in this order near each other")
    near = nearest(missing.written, transcript)
    return Judgement("absent", (), near.kind if near else "", near, "the text does not hold these words")
