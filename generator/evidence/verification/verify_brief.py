"""Verifies all claims of a brief, with one verdict for each quotation and passage.

Other packages use the gate through this module. `claims` collects, `verify_claim` verifies, `capture_lock` records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.evidence.capture_lock import Lock, LockEntry
from generator.evidence.captures.capture_store import Captures
from generator.evidence.captures.originals import Audited
from generator.evidence.claims import Claim, gather
from generator.evidence.gate import Transcript, find
from generator.evidence.numbers.source_lookup import SourceLookup, Supported
from generator.evidence.numbers.supported_amounts import amounts_supported, figures_cite
from generator.evidence.numbers.supported_numbers import keys_of_numbers, numbers_supported
from generator.evidence.numbers.supported_tables import tables_cite, tables_supported
from generator.evidence.verification.cited_places import absent_places
from generator.evidence.verification.verify_claim import NEGATION_CUT, CheckedClaim, Ground, verify
from generator.model import Brief, Evidence, Library, Position, Statement, Status, Verdict
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted
from generator.read.file_readers import in_language

QUOTE_UNCITED = Code("quote-uncited", Severity.ERROR, rests_on=(".",))
EVIDENCE_MISSING = Code("evidence-missing", Severity.WARNING, rests_on=("quote", "support"))
TRANSLATION_UNSUPPORTED = Code("translation-unsupported", Severity.ERROR, rests_on=("support",))
LOCK_BEHIND = Code("lock-behind", Severity.WARNING)
LOCK_RULES = Code("lock-rules", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Examination:
    """All claims of one brief with their results."""

    claims_checked: tuple[CheckedClaim, ...]
    problems: tuple[Problem, ...]
    entries: tuple[LockEntry, ...] = ()
    """What the lock may pin: what is verified without an error, and what it pins already."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(map(_evidence, self.claims_checked))


def examination(brief: Brief, library: Library, captures: Captures, lock: Lock) -> Examination:
    """Verify every quotation and passage of a brief, the amounts of its facts and tables, and the numbers in its prose.

    The house style's own prose is part of every brief.
    """
    claims = claims_of(brief, library)
    cited = frozenset(citation.key for claim in claims for citation in claim.citations)
    cited |= figures_cite(brief) | tables_cite(brief)
    cited |= frozenset(key for record in _records(brief, library) for key in keys_of_numbers(record))
    audited = captures if isinstance(captures, Audited) else Audited(captures, lock, only=cited)
    ground = ground_of(brief, library, audited, lock)
    claims_checked = tuple(_checked(claim, ground) for claim in claims)
    problems = [problem for checked in claims_checked for problem in checked.problems]
    problems += absent_places(brief, library, captures, claims_checked)
    problems += _unsupported(brief)
    numbers = tuple(_numbers(SourceLookup(brief, library, audited, lock)))
    problems += [one.problem for one in numbers if one.problem]
    pinned = [(entry, checked.entry) for checked in claims_checked for entry in _entries(checked, library)]
    pinned += [(one.entry, one.pinned) for one in numbers if one.entry]
    problems += (*_behind(brief, pinned, lock), *_outdated(brief, pinned))
    return Examination(claims_checked, tuple(dict.fromkeys(problems)), tuple(entry for entry, _ in pinned))


def _numbers(lookup: SourceLookup) -> Iterator[Supported]:
    yield from amounts_supported(lookup)
    yield from tables_supported(lookup)
    yield from numbers_supported(lookup, _records(lookup.brief, lookup.library))


def claims_of(brief: Brief, library: Library) -> list[Claim]:
    """Return the claims of a brief, its experts and the house style, each once."""
    return list(_without_repeated([claim for one in _records(brief, library) for claim in gather(one)]))


def _records(brief: Brief, library: Library) -> tuple[object, ...]:
    """Return the brief, its experts and the house style."""
    used = {column.value for column in brief.experts} | {statement.who for statement in walk(brief, Statement)}
    experts = (library.experts[key] for key in sorted(used & library.experts.keys()))
    return (brief, *experts, in_language(library, brief.language).house)


def ground_of(brief: Brief, library: Library, captures: Captures, lock: Lock) -> Ground:
    """Return what the claims of a brief are verified against."""
    return Ground(library, captures, lock, brief.status is Status.PUBLISHED, brief.language)


def _without_repeated(claims: list[Claim]) -> Iterator[Claim]:
    """Leave out words of titles and other uncited lines that a cited passage of the same brief contains: they are checked there."""
    passages: list[Transcript] | None = None
    for claim in claims:
        if not claim.citations and claim.kind == "prose":
            passages = passages or [Transcript(other.words) for other in claims if other.citations]
            if any(find(claim.quotation, passage) for passage in passages):
                continue
        yield claim


def _checked(claim: Claim, ground: Ground) -> CheckedClaim:
    if claim.citations:
        return verify(claim, ground)
    hint = "cite their source, or mark a term with {.scare}; a title may quote what the brief cites elsewhere"
    problem = QUOTE_UNCITED.at(claim.place, "words in quotation marks have no citation in their sentence", hint)
    return CheckedClaim(claim, Verdict.UNCHECKED, (problem,) if claim.kind == "prose" else ())


def _unsupported(brief: Brief) -> Iterator[Problem]:
    """Yield translations without the original words, and in a published brief positions without any evidence."""
    for statement in walk(brief, Statement):
        if not (statement.translated_by and statement.quote) or statement.support:
            continue
        message = "the original words of this translation are missing, so nothing can be verified"
        yield TRANSLATION_UNSUPPORTED.at(statement.place, message, "give them under `support`")
    if brief.status is Status.PUBLISHED:
        for position in walk(brief, Position):
            if not position.statement.quote and not position.statement.support:
                message = "this position has neither a quotation nor a passage that supports it"
                yield EVIDENCE_MISSING.at(
                    position.place, message, "give the passage that it is based on, under `support`"
                )


def _behind(brief: Brief, pinned: Iterable[tuple[LockEntry, LockEntry | None]], lock: Lock) -> Iterator[Problem]:
    if brief.status is not Status.PUBLISHED or not lock.believed:
        return
    late = sum(1 for entry, pinned_entry in pinned if entry != pinned_entry)
    if late:
        words = counted(late, "verified passage or number is", "verified passages and numbers are")
        yield LOCK_BEHIND.at(
            brief.place, f"{words} not in the lock as verified", "run `brief lock` and commit the lock"
        )


def _outdated(brief: Brief, pinned: Iterable[tuple[LockEntry, LockEntry | None]]) -> Iterator[Problem]:
    """Yield `lock-rules` if only the lock has words, and they were verified by earlier rules."""
    count = sum(1 for entry, _ in pinned if entry.is_outdated)
    if brief.status is Status.PUBLISHED and count:
        words = counted(count, "locked passage or number was", "locked passages and numbers were")
        hint = "run `brief lock` on a computer with the captures, and commit the lock"
        yield LOCK_RULES.at(
            brief.place, f"{words} verified by the rules of an earlier version, not by the present ones", hint
        )


def _evidence(checked: CheckedClaim) -> Evidence:
    """Return what the page and the annex say about a claim."""
    claim, match, entry = checked.claim, checked.match, checked.entry
    source = match.citation.key if match else entry.source if entry else _first_key(claim)
    if match:
        where, captured, digest = str(match.places[0]), match.capture.captured, match.capture.sha256
    elif entry and checked.verdict is Verdict.LOCKED:
        where, captured, digest = entry.where, entry.captured, entry.text
    else:
        where = captured = digest = ""
    return Evidence(
        claim.words, source, claim.kind, checked.verdict, claim.place, where, captured, digest, claim.alterations
    )


def _first_key(claim: Claim) -> str:
    return claim.citations[0].key if claim.citations else ""


def _forbids_entry(problem: Problem) -> bool:
    """Whether words with this problem are not locked. A person may accept a negation next to them; the entry keeps its code."""
    return problem.is_error and problem.code != NEGATION_CUT.name


def _entries(checked: CheckedClaim, library: Library) -> Iterator[LockEntry]:
    """Yield the entry of the lock for a claim: the one that it was verified by, or a new one if its capture verifies it."""
    match = checked.match
    if checked.verdict is Verdict.LOCKED and checked.entry is not None:
        yield checked.entry
    elif checked.verdict is Verdict.VERIFIED and match and not any(map(_forbids_entry, checked.problems)):
        capture = match.capture
        yield LockEntry(
            source=match.citation.key,
            claim=checked.claim.digest(match.citation, library),
            text=capture.sha256,
            original=capture.original_sha256,
            captured=capture.captured,
            where=str(match.places[0]),
            warnings=tuple(sorted({problem.code for problem in checked.problems})),
        )
