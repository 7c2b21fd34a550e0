"""Verifies one claim: against the captures of the sources that it cites, or against the lock.

Every problem of a claim is made here or in `attribution`, with its code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.evidence.capture_lock import Lock, LockEntry
from generator.evidence.captures.capture_store import CAPTURE_DAMAGED, Capture, Captures, Damage, capture_folder
from generator.evidence.captures.document_limits import visible
from generator.evidence.captures.earlier_texts import editions
from generator.evidence.captures.page_numbers import named
from generator.evidence.claims import Claim
from generator.evidence.gate import DISTINCT, SHORT, Judgement, Place, find, judged_quotation
from generator.evidence.gate.conditions import QUESTION
from generator.evidence.gate.unlike_language import is_unlike
from generator.evidence.speakers.attribution import SPEAKER_NOT_AUTHOR, SPEAKER_OTHER, Match, fits, speaker_problems
from generator.model import Citation, Library, Verdict
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import counted
from generator.problems.texts import text_of

QUOTE_ABSENT = Code("quote-absent", Severity.ERROR)
QUOTE_MISATTRIBUTED = Code("quote-misattributed", Severity.ERROR)
QUOTE_ALTERED = Code("quote-altered", Severity.ERROR)
QUOTE_UNVERIFIED = Code("quote-unverified", Severity.ERROR)
QUOTE_SHORT = Code("quote-short", Severity.ERROR)
QUOTE_AMBIGUOUS = Code("quote-ambiguous", Severity.ERROR)
LOCATOR_MISMATCH = Code("locator-mismatch", Severity.ERROR)
NEGATION_CUT = Code("negation-cut", Severity.ERROR)
CONDITION_CUT = Code("condition-cut", Severity.WARNING)
EXTRACTION_DIFFERS = Code("extraction-differs", Severity.WARNING)
_REMEMBERED = (NEGATION_CUT, CONDITION_CUT, SPEAKER_OTHER, SPEAKER_NOT_AUTHOR, EXTRACTION_DIFFERS)
"""The warnings that verified words can have, which the lock records."""

HINTS = {
    "negation": "the quotation has another sense: use the words of the source",
    "number": "correct the number",
    "case": "mark a changed capital as your own: [T]he",
    "punctuation": "end the quotation before the mark that differs, or use the source's",
    "ends": "begin and end with whole words of the source",
    "order": "use the order of the source, or make several quotations",
    "left out": "mark omissions with \u2026",
    "added": "put added words into [brackets]",
    "changed": "use the words of the source, or write your own under `says`",
    "name": "quote the name as well, or write the sentence in your own words under `says`",
    "speaker": "quote each of them separately",
    "mark": "name the words of the source in the bracket: [yours|theirs]",
}

MARK_HINTS = {
    "mark": "state the source's `language` in sources.yaml, or have somebody check it and name them and the reason under `alterations`",
    "unseen": "delete the character",
    "border": "quote the heading, caption, item or cell and the text separately; if they are one passage, have somebody check it and "
    "name them and the reason under `alterations`",
    "turned": "quote another passage, or have somebody look at the document and name them and the reason under `alterations`",
    "veiled": "quote another passage, or have somebody look at the document and name them and the reason under `alterations`",
    "splice": "quote the parts separately, or have somebody check it and name them and the reason under `alterations`",
}


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict and problems."""

    claim: Claim
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    match: Match | None = None
    entry: LockEntry | None = None
    """The claim's entry in the lock, whether or not it was needed."""
    readings: tuple[str, ...] = ()
    """A part with bare brackets, in each way in which it may have to be written."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What claims are verified against."""

    library: Library
    captures: Captures
    lock: Lock
    published: bool = True
    """Whether it is an error if a claim cannot be checked; it is a warning in drafts."""
    language: str = ""
    """The brief's, for sources that do not state theirs."""

    def language_of(self, capture: Capture) -> str:
        """Return the language of a source (a BCP 47 tag): its own, or the brief's unless its text seems to be in another; or ""."""
        source = self.library.sources.get(capture.key)
        if source and source.csl.get("language"):
            return str(source.csl["language"])
        return "" if is_unlike(self.language, capture.text) else self.language


def verify(claim: Claim, ground: Ground) -> CheckedClaim:
    """Verify a claim. It must have citations."""
    read = [(citation, ground.captures.get(citation.key)) for citation in claim.citations]
    damages = tuple(_damaged(capture) for _, capture in read if isinstance(capture, Damage))
    captured = [(citation, capture) for citation, capture in read if isinstance(capture, Capture)]
    judgements = [(*one, _judge(claim, one[1], ground)) for one in readings(captured)]
    confirmed = {one.key for _, one, judgement in judgements if one.is_second and judgement.verdict == "verified"}
    for citation, capture, judgement in judgements:
        if judgement.verdict == "verified" and not _is_unprintable(claim):
            places = named(judgement.places, capture, _first_page(citation, ground))
            checked = _standing(claim, Match(citation, capture, places), ground)
            problems = (
                *damages,
                *differing(claim, capture, places, confirmed=capture.key in confirmed),
                *checked.problems,
            )
            return replace(checked, problems=problems, entry=_pinned(claim, (citation,), ground))
    missing = [citation for citation, capture in read if not isinstance(capture, Capture)]
    entry = _pinned(claim, missing, ground)
    if entry is not None and not damages:
        return CheckedClaim(claim, Verdict.LOCKED, tuple(_remembered(claim, entry, ground)), entry=entry)
    if missing:
        unverified = (_unverified(claim, missing, ground),) if ground.lock.believed else ()
        return CheckedClaim(claim, Verdict.UNCHECKED, (*damages, *unverified))
    return _refused(claim, judgements, ground)


def _judge(claim: Claim, capture: Capture, ground: Ground) -> Judgement:
    """Return the gate's verdict, in the source's language."""
    language = ground.language_of(capture)
    return judged_quotation(claim.quotation, capture.transcript, language=language, approved=bool(claim.alterations))


def _pinned(claim: Claim, citations: Iterable[Citation], ground: Ground) -> LockEntry | None:
    entries = (ground.lock.find(citation.key, claim.digest(citation, ground.library)) for citation in citations)
    return next((entry for entry in entries if entry is not None), None)


def _remembered(claim: Claim, entry: LockEntry, ground: Ground) -> Iterator[Problem]:
    """Yield the warnings from when the words were verified, because the capture is not here to find them again."""
    for code in _REMEMBERED:
        if code.name in entry.warnings:
            severity = code.severity if ground.published else Severity.WARNING
            message = f"warning from when these words were verified: {text_of(code.name).title}"
            hint = "check the capture on a machine that has it; if the quotation is right, suppress this with `silence`"
            yield code.at(claim.place, message, hint, severity=severity)


def _damaged(damage: Damage) -> Problem:
    return CAPTURE_DAMAGED.at(
        Location(damage.file), f"the capture of '{damage.key}' is not used: {damage.reason}", "capture the source again"
    )


def _unverified(claim: Claim, missing: list[Citation], ground: Ground) -> Problem:
    severity = Severity.ERROR if ground.published else Severity.WARNING
    keys = _listed(citation.key for citation in missing)
    why = "and the lock does not contain these words with this speaker, source and locator"
    return QUOTE_UNVERIFIED.at(claim.place, f"the quotation cannot be checked: there is no capture of {keys} here, {why}",
                               "capture the source, then run `brief lock`", severity=severity)  # fmt: skip


# ---------------------------------------------------------------- words that are in a source


def _standing(claim: Claim, match: Match, ground: Ground) -> CheckedClaim:
    """Check locator, uniqueness and speaker of words that are in a source."""
    fitting, problem = _fitting(match, ground)
    if (
        claim.kind == "attributed"
    ):  # the locator is that of the quotation; how near this passage is, is checked with the speaker
        fitting, problem = fitting or match.places, None
    elif problem is None:
        problem = _unplaced(claim, match.citation, fitting)
    if problem is not None:
        verdict = Verdict.VERIFIED if problem.code == LOCATOR_MISMATCH.name else Verdict.UNCHECKED
        return CheckedClaim(claim, verdict, (replace(problem, place=claim.place),), match)
    placed = replace(match, places=fitting)
    speaking = speaker_problems(claim, placed, ground.library, published=ground.published)
    problems = (*_negations(claim, placed, published=ground.published), *_conditions(claim, placed), *speaking)
    return CheckedClaim(claim, Verdict.VERIFIED, problems, placed)


def _fitting(match: Match, ground: Ground) -> tuple[tuple[Place, ...], Problem | None]:
    """Return the places that the locator fits; all places if that is unknown."""
    first_page = _first_page(match.citation, ground)
    locator = match.citation.locator
    fits_by_place = [(place, fits(locator, place, match.capture, first_page)) for place in match.places]
    if locator is None or any(fit is None for _, fit in fits_by_place):
        return match.places, None
    fitting = tuple(place for place, fit in fits_by_place if fit)
    if fitting:
        return fitting, None
    where = _listed(str(place) for place in match.places[:5])
    message = f"these words are not at {locator.label} {locator.value} of '{match.citation.key}' but at {where}"
    return (), LOCATOR_MISMATCH.at(Location(""), message, f"write: @{match.citation.key}, {match.places[0]}")


def _first_page(citation: Citation, ground: Ground) -> str:
    source = ground.library.sources.get(citation.key)
    return str(source.csl.get("page", "")) if source else ""


def _unplaced(claim: Claim, citation: Citation, places: tuple[Place, ...]) -> Problem | None:
    """Return a problem if the words are too few, or in too many places, to be found without a locator."""
    words = claim.quotation.words
    where = _listed(dict.fromkeys(filter(None, map(str, places[:8]))))
    if words < SHORT and citation.locator is None:
        hint = f"write: @{citation.key}, {places[0]}" if where else "name the page or paragraph, or quote more"
        return QUOTE_SHORT.at(
            claim.place, f"{counted(words, 'word is', 'words are')} too few to check without a locator", hint
        )
    paragraphs = {(place.paragraph, place.page) if where else place.start for place in places}
    if words < DISTINCT and len(paragraphs) > 1:
        message = f"these words are in several places of '{citation.key}'" + (f": {where}" if where else "")
        return QUOTE_AMBIGUOUS.at(claim.place, message, "give the locator of the one that you mean, or quote more")
    return None


def _negations(claim: Claim, match: Match, *, published: bool) -> Iterator[Problem]:
    """Yield `negation-cut`: an error in a published brief, unless a person gives the reason why the words are right."""
    cut = {place.cut_negation for place in match.places}
    if claim.kind != "attributed" and all(cut):
        word = min(cut)
        message = f"in the source, '{word}' is next to these words, or decides what they say"
        hint = f"quote '{word}' as well, or suppress this problem with `silence` and the reason"
        yield NEGATION_CUT.at(claim.place, message, hint, severity=Severity.ERROR if published else Severity.WARNING)


def _conditions(claim: Claim, match: Match) -> Iterator[Problem]:
    """Yield `condition-cut` for the words of a quotation; a passage under `support` is not printed."""
    cut = {place.cut_condition for place in match.places}
    if claim.kind in ("quote", "prose") and all(cut) and not all(place.cut_negation for place in match.places):
        message = f"in the source, '{min(cut)}' begins a condition of these words, in the same sentence"
        hint = "quote the condition as well, or state it in your own words and suppress this problem with `silence` and the reason"
        if QUESTION.fullmatch(min(cut)) or min(cut) == ";":
            message = f"in the source, these words are part of a question, up to '{min(cut)}'"
            hint = "quote the question with its mark, or state that it asks and suppress this problem with `silence` and the reason"
        yield CONDITION_CUT.at(claim.place, message, hint)


# ---------------------------------------------------------------- words that are not verified


def _is_unprintable(claim: Claim) -> bool:
    """Whether prose has a bracket that replaces words; only the words of a `quote` can be printed without it."""
    return claim.kind == "prose" and any("|" in one.written for one in claim.quotation.alterations)


def _refused(claim: Claim, judgements: list[tuple[Citation, Capture, Judgement]], ground: Ground) -> CheckedClaim:
    """Return the result for words that no cited source contains, with the most helpful reason."""
    keys = _listed(citation.key for citation, _, _ in judgements)
    before = _before(claim, judgements, ground)
    if before:
        key, captured = before
        message = f"'{key}' does not contain these words now, but its earlier text, captured on {captured}, contains them word for word"
        hint = "quote the present text, or add the earlier edition as a source of its own"
        return CheckedClaim(claim, Verdict.ABSENT, (QUOTE_MISATTRIBUTED.at(claim.place, message, hint),))
    elsewhere = _elsewhere(claim, ground)
    if elsewhere:
        message = f"{keys} does not contain these words, but '{elsewhere}' contains them word for word"
        problem = QUOTE_MISATTRIBUTED.at(claim.place, message, f"cite @{elsewhere} if it is the source")
        return CheckedClaim(claim, Verdict.ABSENT, (problem,))
    if _is_unprintable(claim):
        message = "a bracket that replaces words of the source cannot be printed in prose"
        return CheckedClaim(claim, Verdict.ABSENT, (QUOTE_ABSENT.at(claim.place, message, "use a `quote` field"),))
    unchecked = next((judgement for _, _, judgement in judgements if judgement.verdict == "unchecked"), None)
    if unchecked is not None:
        severity = Severity.ERROR if ground.published or unchecked.difference == "unseen" else Severity.WARNING
        hint = MARK_HINTS.get(unchecked.difference, MARK_HINTS["mark"])
        problem = QUOTE_ALTERED.at(claim.place, unchecked.reason, hint, severity=severity)
        return CheckedClaim(claim, Verdict.UNCHECKED, (problem,))
    _, capture, best = max(
        judgements, key=lambda one: one[2].nearest.likeness if one[2].nearest else bool(one[2].difference)
    )
    stated = () if claim.kind == "prose" else dict.fromkeys(way for _, _, one in judgements for way in one.readings)
    return CheckedClaim(claim, Verdict.ABSENT, (_absent(claim, keys, capture, best),), readings=tuple(stated))


def _absent(claim: Claim, keys: str, capture: Capture, judgement: Judgement) -> Problem:
    """Return the problem of absent words: with readings that would be right, or with the nearest passage."""
    near = judgement.nearest
    if judgement.readings and claim.kind == "prose":
        hint = "in prose, quote the source's own words; a replacement needs a `quote` field"
        return QUOTE_ABSENT.at(claim.place, f"{judgement.reason} in {keys}", hint)
    if judgement.readings:
        hint = "write: " + " or ".join(judgement.readings[:3])
        return QUOTE_ABSENT.at(claim.place, f"{judgement.reason} in {keys}", hint)
    if near is None:
        hint = HINTS.get(judgement.difference, "check the source that is cited")
        return QUOTE_ABSENT.at(claim.place, f"not in {keys}: {judgement.reason}", hint)
    paragraph = f", para. {near.paragraph}" if capture.transcript.layout.countable else ""
    problem = QUOTE_ABSENT.at(claim.place, f"not in {keys}: {judgement.reason}", HINTS[near.kind])
    return replace(problem, marked=f"nearest in '{capture.key}'{paragraph}: {near.marked}")


def _before(
    claim: Claim, judgements: list[tuple[Citation, Capture, Judgement]], ground: Ground
) -> tuple[str, str] | None:
    """Return the cited source of which an earlier text contains the words, and when that was captured."""
    for _, capture, _ in judgements:
        for edition in editions(ground.captures.open, capture_folder(capture.key)):
            if find(claim.quotation, edition.transcript, ground.language_of(capture)):
                return capture.key, edition.captured
    return None


def _elsewhere(claim: Claim, ground: Ground) -> str:
    """Return the key of another captured source that contains the words."""
    cited = {citation.key for citation in claim.citations}
    for key in sorted(ground.library.sources):
        capture = ground.captures.get(key) if key not in cited else None
        if isinstance(capture, Capture) and find(claim.quotation, capture.transcript, ground.language_of(capture)):
            return key
    return ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


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
