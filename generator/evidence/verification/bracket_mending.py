"""Completes an author's bare brackets: `[they]` becomes `[they|we]` if that is the only reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.originals import Audited
from generator.evidence.verification.claims import Claim
from generator.evidence.verification.verify_brief import claims_of, ground_of
from generator.evidence.verification.verify_claim import Ground, verify
from generator.model import Brief, Library, Text, Verdict
from generator.syntax.quotations import brackets, printed

MOST_PARTS = 8
"""Most parts of one quotation, between ellipses, that are completed."""

Insertion = tuple[int, str]
"""What is to be inserted before an offset of a text."""


def mends(
    brief: Brief, library: Library, captures: Audited, lock: Lock
) -> Iterator[tuple[Text, tuple[Insertion, ...]]]:
    """Return the insertions for each quotation and passage of a brief; none if nothing is missing or there is a choice."""
    ground = ground_of(brief, library, captures, lock)
    for claim in claims_of(brief, library):
        if claim.text is not None and claim.citations:
            yield claim.text, insertions(claim.words, mended(claim, ground))


def mended(claim: Claim, ground: Ground) -> str:
    """Return the words with every bare bracket completed, if the result is verified; otherwise unchanged."""
    words = claim.words
    for _ in range(MOST_PARTS):
        checked = verify(replace(claim, words=words), ground)
        if checked.verdict is not Verdict.ABSENT:
            return words
        completed = _completed(words, replace(claim, words=words), checked.readings)
        if completed == words:
            break
        words = completed
    return claim.words


def insertions(before: str, after: str) -> tuple[Insertion, ...]:
    """Return what has to be inserted into the brackets of one text to make the other."""
    pairs = zip(brackets(before), brackets(after), strict=True) if before != after else ()
    return tuple((ours.end(1), f"|{stated[2]}") for ours, stated in pairs if stated[2] and not ours[2])


def _completed(words: str, claim: Claim, readings: tuple[str, ...]) -> str:
    """Return the words with one part replaced by its only reading."""
    stretches = claim.quotation.stretches
    if len(readings) != 1:
        return words
    (reading,) = readings
    counts = [len(brackets(stretch)) for stretch in stretches]
    part = next((i for i, stretch in enumerate(stretches) if printed(stretch) == printed(reading)), None)
    written, stated = brackets(words), brackets(reading)
    if part is None or len(written) != sum(counts) or len(stated) != counts[part]:
        return words
    first = sum(counts[:part])
    for ours, theirs in reversed(list(zip(written[first : first + counts[part]], stated, strict=True))):
        if theirs[2] and not ours[2]:
            words = f"{words[: ours.end(1)]}|{theirs[2]}{words[ours.end(1) :]}"
    return words
