"""The step that verifies the quotations of one brief for `brief lock`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from generator.engine import Made, Plain, Reads
from generator.evidence.capture_lock import open_lock, write_line
from generator.evidence.captures.capture_store import Capture, Captures
from generator.evidence.captures.originals import Audited
from generator.evidence.checks.suppressions import unsuppressed
from generator.evidence.verification.verify_brief import LOCK_BEHIND, Examination, examination
from generator.model import Verdict
from generator.pipeline.brief_steps import notes_of
from generator.pipeline.check_brief import held, read_whole_brief
from generator.project import CAPTURE_LOCK, EXPERTS, Project
from generator.read.entries import NAMES


def make_entries(reads: Reads, slug: str, file: str, twin: str) -> Made:
    """Verify one brief, and make its entries of the lock.

    Its notes are the result, if it could be read, and the problems of reading and of the gate.

    The old lock affects the result only if a capture cannot be used, so it is recorded only then.
    """
    reads.value("code")
    brief, library, problems = read_whole_brief(reads, slug, file, twin)
    if brief is None:
        return Made(notes=notes_of(problems))
    reads.entry(EXPERTS, NAMES)  # the check of speakers uses the names of all experts
    lock, _ = open_lock(Project(Path(reads.root)).open)
    captures = Audited(Captures(held(reads, reads.file)), lock, originals=True)
    examined = examination(brief, library, captures, lock)
    if not all(isinstance(captures.get(key), Capture) for key in sorted(captures.asked)):
        with suppress(OSError):
            reads.file(CAPTURE_LOCK)
    gate = (problem for problem in examined.problems if problem.code != LOCK_BEHIND.name)
    result: Plain = {
        "claims": len(examined.claims_checked),
        "entries": list(map(write_line, examined.entries)),
        "needs_old": _needs_old(examined),
    }
    return Made(notes=[result, *notes_of((*problems, *unsuppressed(gate, brief, library.house)))])


def _needs_old(one: Examination) -> bool:
    return any(
        checked.verdict is Verdict.UNCHECKED and checked.claim.citations and checked.match is None
        for checked in one.claims_checked
    )
