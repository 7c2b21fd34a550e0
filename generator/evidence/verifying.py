"""Verifies one claim: against the captures of the sources that it cites, and where there are none against the lock.

Everything that can be wrong with a claim is found here, with its code. This module does not know briefs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.evidence.captures import CAPTURE_DAMAGED, Capture, Captures, Damage
from generator.evidence.claims import Claim
from generator.evidence.gate import DISTINCT, SHORT, WINDOW, Place, find, missing_fragment
from generator.evidence.gate.nearest import KINDS, Nearest, nearest
from generator.evidence.locating import fits
from generator.evidence.lock import Entry, Lock
from generator.evidence.quotation import Bracket, Quotation, quotation
from generator.evidence.speakers import is_author, is_named, speaker
from generator.model import Citation, Library, Verdict
from generator.problems import Code, Location, Problem, Severity

QUOTE_ABSENT = Code(
    "quote-absent",
    Severity.ERROR,
    "a quotation that its source does not hold",
    "The words do not stand in the captured text of the source, word for word. Typography is not compared (quotation marks, "
    "dashes, spaces, ligatures), and your own marks are understood: `\u2026` leaves words out, `[word]` adds one, `[T]he` changes "
    "a capital. Everything else must be the source's: words, their order, numbers, punctuation, and case. The nearest passage "
    "is shown with `[-what the quotation lacks-]` and `{+what the source lacks+}`. Correct the quotation; if the words are "
    "your own, write them under `says`.",
    wrong="quote: Export controls would improve matters.   # the source has: would not improve",
    right="quote: Export controls would not improve matters.",
)
QUOTE_UNVERIFIED = Code(
    "quote-unverified",
    Severity.ERROR,
    "a quotation that cannot be checked",
    "There is no capture of the source here, and the lock does not know this quotation: it is new, or it was changed (in its "
    "words, speaker, locator or source) since it was verified. Capture the source with `brief capture`, then pin what is "
    "verified with `brief lock`. A warning in drafts; a published brief must not carry it.",
    wrong="quote: \u2026   # changed after the last `brief lock`, and no capture here",
    right="brief capture ding-2025 interview.pdf && brief lock",
)
QUOTE_SHORT = Code(
    "quote-short",
    Severity.ERROR,
    "a quotation too short to be checked without a locator",
    f"Fewer than {SHORT} words stand in many texts by chance. Name the page or the paragraph (`brief sources --paragraphs KEY` "
    "counts them), quote more, or mark the words as not a quotation: `[\u201cso-called\u201d]{.scare}`.",
    wrong='cite: "@ding-2025"          # quote: a wake-up call',
    right='cite: "@ding-2025, para. 5"',
)
QUOTE_AMBIGUOUS = Code(
    "quote-ambiguous",
    Severity.ERROR,
    "a quotation that stands in several places",
    "The words stand in several paragraphs of the source, perhaps said by different people. Name the page or the paragraph "
    "that you mean (`brief sources --paragraphs KEY` counts them), or quote more.",
    wrong='cite: "@ding-2025"',
    right='cite: "@ding-2025, para. 5"',
)
LOCATOR_MISMATCH = Code(
    "locator-mismatch",
    Severity.ERROR,
    "a quotation that stands elsewhere in its source",
    "The source holds the words, but not on the page or in the paragraph that the citation names. The message says where they "
    "are. A page may be given as printed, by its label in the PDF, or by its place in the document.",
    wrong='cite: "@ding-2025, para. 4"   # the words stand in para. 5',
    right='cite: "@ding-2025, para. 5"',
)
NEGATION_CUT = Code(
    "negation-cut",
    Severity.WARNING,
    "a quotation that begins after a negation or leaves one out",
    "In the same sentence of the source, a negation stands just before the quoted words or where the ellipsis is. Every word is "
    "the source's, and the sense may still be the opposite. Quote the negation as well, or look at the sentence and silence "
    "this with the reason.",
    wrong="quote: undermine the effectiveness of controls     # the source has: does not undermine",
    right="quote: does not undermine the effectiveness of controls",
)
SPEAKER_UNCLEAR = Code(
    "speaker-unclear",
    Severity.ERROR,
    "words that the source does not tie to the speaker",
    "The words stand in the source, but the name of the person they are given to stands neither in their paragraph nor in the "
    "one before or after it, and the source is not the person's own text. Pronouns do not count. Find out who speaks. If it is "
    "the person, give under `attributed` the passage of the source that says so, with the name in it; if the source uses "
    "another form of the name, add it to the expert's `also`.",
    wrong="quote: It was never about chips.",
    right="quote: It was never about chips.\nattributed: the interview with Ms Example",
)
SPEAKER_OTHER = Code(
    "speaker-other",
    Severity.WARNING,
    "words that stand nearer to somebody else's name",
    "The speaker's name is near, but that of another expert or voice is nearer. Check who says the words. If they are given "
    "rightly, put the passage that says so under `attributed`.",
    wrong="quote: \u2026   # in the source: said A. \u201c\u2026,\u201d replied B",
    right="attributed: \u201c\u2026,\u201d replied B",
)
CODES = (
    QUOTE_ABSENT,
    QUOTE_UNVERIFIED,
    QUOTE_SHORT,
    QUOTE_AMBIGUOUS,
    LOCATOR_MISMATCH,
    NEGATION_CUT,
    SPEAKER_UNCLEAR,
    SPEAKER_OTHER,
)

HINTS = {
    "negation": "the sense is the opposite: correct the quotation",
    "number": "correct the number",
    "case": "mark a changed capital as your own: [T]he",
    "punctuation": "end the quotation before the mark that differs, or take the source's",
    "ends": "begin and end with whole words of the source",
    "order": "take the order of the source, or two quotations",
    "left out": "mark what is left out with \u2026",
    "added": "put added words into [brackets]",
    "changed": "take the words of the source, or put your own under `says`",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Where a claim stands: the citation it stands under, with its capture and the places that fit the locator."""

    citation: Citation
    capture: Capture
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a claim."""

    claim: Claim
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    found: Found | None = None
    entry: Entry | None = None
    """What the lock knows of it, whether or not it was needed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What claims are verified against."""

    library: Library
    captures: Captures
    lock: Lock
    published: bool = True
    """Whether what cannot be checked is an error; a warning in drafts."""


def verify(claim: Claim, ground: Ground) -> Finding:
    """Find out what is known of a claim. It must have citations."""
    read = [(citation, ground.captures.get(citation.key)) for citation in claim.citations]
    damages = tuple(_damaged(capture) for _, capture in read if isinstance(capture, Damage))
    captured = [(citation, capture) for citation, capture in read if isinstance(capture, Capture)]
    for citation, capture in captured:
        places = find(claim.quotation, capture.transcript)
        if places:
            finding = _standing(claim, Found(citation, capture, places), ground)
            return replace(finding, problems=damages + finding.problems, entry=_pinned(claim, (citation,), ground.lock))
    missing = [citation for citation, capture in read if not isinstance(capture, Capture)]
    entry = _pinned(claim, missing, ground.lock)
    if entry is not None and not damages:
        return Finding(claim, Verdict.LOCKED, entry=entry)
    if missing:
        return Finding(claim, Verdict.UNCHECKED, (*damages, _unverified(claim, missing, ground)))
    return Finding(claim, Verdict.ABSENT, (_absent(claim, captured, ground),))


def _pinned(claim: Claim, citations: Iterable[Citation], lock: Lock) -> Entry | None:
    found = (lock.find(citation.key, claim.digest(citation)) for citation in citations)
    return next((entry for entry in found if entry is not None), None)


def _damaged(damage: Damage) -> Problem:
    return CAPTURE_DAMAGED.at(
        Location(damage.file), f"the capture of '{damage.key}' is not used: {damage.reason}", "capture the source again"
    )


def _unverified(claim: Claim, missing: list[Citation], ground: Ground) -> Problem:
    severity = Severity.ERROR if ground.published else Severity.WARNING
    keys = _listed(citation.key for citation in missing)
    if not ground.lock.believed:
        why = "and the lock is not believed"
    else:
        why = "and the lock does not know these words with this speaker and locator"
    return QUOTE_UNVERIFIED.at(claim.place, f"cannot be checked: there is no capture of {keys} here, {why}",
                               "capture the source, then run `brief lock`", severity=severity)  # fmt: skip


# ---------------------------------------------------------------- words that stand


def _standing(claim: Claim, found: Found, ground: Ground) -> Finding:
    """Hold words that stand in a source against locator, uniqueness and speaker."""
    fitting, problem = _fitting(found, ground)
    if problem is None and claim.kind != "attributed":
        problem = _unplaced(claim, found.citation, fitting)
    if problem is not None:
        verdict = Verdict.VERIFIED if problem.code == LOCATOR_MISMATCH.name else Verdict.UNCHECKED
        return Finding(claim, verdict, (replace(problem, place=claim.place),), found)
    placed = replace(found, places=fitting)
    problems = (*_negations(claim, placed), *_speaker_problems(claim, placed, ground))
    return Finding(claim, Verdict.VERIFIED, problems, placed)


def _fitting(found: Found, ground: Ground) -> tuple[tuple[Place, ...], Problem | None]:
    """The places that the locator fits, or all where it cannot be told."""
    source = ground.library.sources.get(found.citation.key)
    first_page = str(source.csl.get("page", "")) if source else ""
    locator = found.citation.locator
    told = [(place, fits(locator, place, found.capture, first_page)) for place in found.places]
    if locator is None or any(fit is None for _, fit in told):
        return found.places, None
    fitting = tuple(place for place, fit in told if fit)
    if fitting:
        return fitting, None
    where = _listed(str(place) for place in found.places[:5])
    message = f"these words do not stand at {locator.label} {locator.value} of '{found.citation.key}' but at {where}"
    return (), LOCATOR_MISMATCH.at(Location(""), message, f"write: @{found.citation.key}, {found.places[0]}")


def _unplaced(claim: Claim, citation: Citation, places: tuple[Place, ...]) -> Problem | None:
    words = claim.quotation.words
    where = _listed(dict.fromkeys(filter(None, map(str, places[:8]))))
    if words < SHORT and citation.locator is None:
        hint = f"write: @{citation.key}, {places[0]}" if where else "name the page or paragraph, or quote more"
        return QUOTE_SHORT.at(claim.place, f"{words} words are too few to check without a locator", hint)
    paragraphs = {(place.paragraph, place.page) if where else place.start for place in places}
    if words < DISTINCT and len(paragraphs) > 1:
        message = f"these words stand in several places of '{citation.key}'" + (f": {where}" if where else "")
        return QUOTE_AMBIGUOUS.at(claim.place, message, "name the one you mean as a locator, or quote more")
    return None


def _negations(claim: Claim, found: Found) -> Iterator[Problem]:
    cut = {place.cut_negation for place in found.places}
    if claim.kind != "attributed" and all(cut):
        word = min(cut)
        message = f"the source has '{word}' in the same sentence, just before these words or where the ellipsis is"
        yield NEGATION_CUT.at(claim.place, message, f"quote '{word}' as well, or silence this with the reason")


# ---------------------------------------------------------------- who said it


def _speaker_problems(claim: Claim, found: Found, ground: Ground) -> Iterator[Problem]:
    who = ground.library.experts.get(claim.who)
    source = ground.library.sources.get(found.citation.key)
    if who is None or source is None or is_author(who, source):
        return
    others = [expert for expert in ground.library.experts.values() if expert.id != who.id]
    transcript = found.capture.transcript
    if claim.kind == "attributed":
        if not is_named(who, others, claim.words, transcript):
            message = f"this passage does not name {who.name}, so that it ties nothing to them"
            yield SPEAKER_UNCLEAR.at(claim.place, message, _name_hint(who.name))
        return
    if claim.attributed and find(quotation(claim.attributed), transcript):
        return
    told = [speaker(who, others, place, transcript, inside=claim.kind == "support") for place in found.places]
    if not any(one.named for one in told):
        message = f"'{found.citation.key}' does not name {who.name} in the paragraph of these words or beside it"
        yield SPEAKER_UNCLEAR.at(
            claim.place, message, "give the passage that ties the words to them under `attributed`"
        )
    elif all(one.other or not one.named for one in told):
        other = ground.library.experts[next(one.other for one in told if one.other)]
        message = f"{other.name} is named nearer to these words than {who.name}"
        yield SPEAKER_OTHER.at(
            claim.place, message, "check who says them; if it is right, give the passage under `attributed`"
        )


def _name_hint(name: str) -> str:
    return f"choose a passage with the name {name}, or add the form that it uses to `also` in experts.yaml"


# ---------------------------------------------------------------- words that do not stand


def _absent(claim: Claim, captured: list[tuple[Citation, Capture]], ground: Ground) -> Problem:
    keys = _listed(citation.key for citation, _ in captured)
    elsewhere = _elsewhere(claim, ground)
    if elsewhere:
        message = f"does not stand in {keys}, but word for word in '{elsewhere}'"
        return QUOTE_ABSENT.at(claim.place, message, f"cite @{elsewhere} if that is the source")
    bad = next(
        (b for f in claim.quotation.fragments for b in f.pieces if isinstance(b, Bracket) and not b.lawful), None
    )
    if bad is not None:
        return QUOTE_ABSENT.at(
            claim.place,
            f"the bracket [{bad.words}] holds a negation, which no editor may add",
            "quote the source's own negation",
        )
    best = max(
        ((capture, missing, near) for _, capture in captured for missing, near in [_nearest(claim.quotation, capture)]),
        key=lambda one: one[2].likeness if one[2] else 0.0,
    )
    return _told(claim, keys, *best)


def _nearest(wanted: Quotation, capture: Capture) -> tuple[bool, Nearest | None]:
    """Whether a fragment is missing, and what is nearest to the first that is."""
    missing = missing_fragment(wanted, capture.transcript)
    return missing is not None, nearest(missing.written, capture.transcript) if missing else None


def _told(claim: Claim, keys: str, capture: Capture, missing: bool, near: Nearest | None) -> Problem:
    if not missing:
        message = f"the parts stand in {keys}, but not in this order within {WINDOW} characters of each other"
        return QUOTE_ABSENT.at(claim.place, message, "make several quotations of it")
    if near is None:
        return QUOTE_ABSENT.at(
            claim.place, f"does not stand in {keys}, nor anything like it", "check the source that is cited"
        )
    paragraph = f", para. {near.paragraph}" if capture.transcript.layout.countable else ""
    problem = QUOTE_ABSENT.at(claim.place, f"does not stand in {keys}: {KINDS[near.kind]}", HINTS[near.kind])
    return replace(problem, marked=f"nearest in '{capture.key}'{paragraph}: {near.marked}")


def _elsewhere(claim: Claim, ground: Ground) -> str:
    """The key of another captured source that holds the words."""
    cited = {citation.key for citation in claim.citations}
    for key in sorted(ground.library.sources):
        capture = ground.captures.get(key) if key not in cited else None
        if isinstance(capture, Capture) and find(claim.quotation, capture.transcript):
            return key
    return ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
