"""Finds the quotation or passage at a cursor, with the gate's verdict."""

from __future__ import annotations

from generator.editor.view import View
from generator.evidence.capture_lock import open_lock
from generator.evidence.captures.originals import Audited
from generator.evidence.verification.claims import Claim
from generator.evidence.verification.verify_brief import claims_of, ground_of
from generator.evidence.verification.verify_claim import Finding, verify
from generator.model import Brief
from generator.pipeline.load_project import load_brief
from generator.problems import Location


def brief_of(view: View) -> Brief | None:
    """The brief in the document as far as it can be read."""
    brief, _ = load_brief(view.project.open, view.slug, view.file, view.library.house)
    return brief


def finding_at(view: View, offset: int) -> tuple[Finding, int, int] | None:
    """What the gate finds of the quotation at an offset, and the offsets of the quotation in the text."""
    brief = brief_of(view)
    for claim in claims_of(brief, view.library) if brief else ():
        start, end = span_of(view, claim)
        if claim.place.file == view.file and start <= offset <= end and claim.citations:
            lock, _ = open_lock(view.project.open)
            ground = ground_of(brief, view.library, Audited(view.captures, lock), lock)  # type: ignore[arg-type]
            return verify(claim, ground), start, end
    return None


def span_of(view: View, claim: Claim) -> tuple[int, int]:
    """The offsets of a claim's words: of a whole value, or of words in prose up to the end of their line."""
    if claim.text is None:
        return view.written.span(claim.place)
    start = view.written.offset_of_place(Location(claim.place.file, claim.place.line, claim.place.column))
    return start, start + len(claim.text.raw.rstrip())
