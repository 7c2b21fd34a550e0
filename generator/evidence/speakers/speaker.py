"""Decides whether a source attributes a quotation to the same person as the brief.

Rules, in this order:

1. In a text with labels, the label decides (`transcript_labels.py`), except for words that a turn only reports: in quotation marks, or
   with a verb of saying whose subject is a name or *she*. For these the other rules decide, as in any text.
2. A verb of saying with a name decides (`sentence_speakers.py`), unless a verb such as *denied* gives the words to somebody else or to
   nobody (`other_voices.py`), or the verb of saying does not assert them (`reported_clauses.py`).
3. Words outside quotation marks that no verb of saying governs are the source's own.
4. Otherwise the person must be the only one named in the quotation's own paragraph. If it names nobody, the paragraph before counts for
   *"...," she said* and for a paragraph that is all direct speech. If two people are named, the nearer name does not decide, because it
   is as often that of the person spoken about. Names in quotation marks do not show who speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.evidence.gate import Place, Transcript
from generator.evidence.speakers.other_voices import given_away
from generator.evidence.speakers.people_named import is_all_speech, people_named
from generator.evidence.speakers.person_names import is_named, is_subject, may_be, mentions
from generator.evidence.speakers.reported_clauses import inner_speech, is_narrated
from generator.evidence.speakers.sentence_speakers import clause_subject, depends_on, subject_of, subject_within
from generator.evidence.speakers.transcript_labels import Label, governing, has_labels
from generator.model import Expert
from generator.syntax.quotations import find_in


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a source says about who speaks."""

    named: bool
    """Whether it names the person as the speaker."""
    other: str = ""
    """The name of somebody else, as written, to whom it attributes the words."""
    decided: bool = False
    """Whether a label or a verb of saying decides; a passage elsewhere cannot change that."""
    unnamed: str = ""
    """A role or common noun (`A`, `minister`) to which it attributes the words; a passage may say who that is."""
    away: str = ""
    """The words (`denied`, `if`, or quoted speech inside the speech) that give the quotation to somebody else or to nobody."""
    beside: str = ""
    """The name of somebody else in the paragraph of the words, who may be the speaker as well."""
    narrated: bool = False
    """Whether the words are the source's own: outside quotation marks and without a verb of saying."""
    turn: str = ""
    """The label of the turn that only reports the words, if the source names nobody for them."""


def speaker(who: Expert, others: Iterable[Expert], place: Place, transcript: Transcript, *, inside: bool) -> Speaker:
    """Return who speaks at a place according to the source.

    `who` is the speaker in the brief, `others` are the other experts of the project. `inside`: names within the words count too, as in a
    reporter's sentence. In "said A and B" both speak, however near each name is.
    """
    others = [other for other in others if other.id != who.id]
    reporting = _reporting_label(place, transcript)
    by_label = None if reporting else _by_label(who, others, place, transcript)
    if by_label:
        return by_label
    by_verb = _by_verb(who, others, place, transcript, inside=inside)
    if by_verb is None or not by_verb.other:
        by_verb = _given_away(who, others, place, transcript, inside=inside, said=by_verb is not None) or by_verb
    since = reporting.end if reporting else 0
    found = by_verb or _narrated(place, transcript, inside=inside)
    found = found or _by_only_name(who, others, place, transcript, inside=inside, since=since)
    return replace(found, turn=reporting.name) if reporting and found == Speaker(named=False) else found


def _by_label(who: Expert, others: list[Expert], place: Place, transcript: Transcript) -> Speaker | None:
    """Judge by the labels of a transcript that govern a place; None if they decide nothing."""
    labels = governing(transcript, place.start, place.end)
    theirs = [is_subject(who, others, label.name, transcript) for label in labels]
    if labels and all(theirs):
        return Speaker(named=True, decided=True)
    wrong = next((label for label, mine in zip(labels, theirs, strict=True) if not mine), None)
    if wrong is None:
        return None
    is_known = any(is_subject(other, [who], wrong.name, transcript) for other in others)
    if not has_labels(transcript, place.start) and not is_known:
        return None
    if (wrong.is_role or may_be(who, wrong.name)) and not is_known:
        return Speaker(named=False, unnamed=wrong.name)
    return Speaker(named=False, other=wrong.name, decided=True)


def _reporting_label(place: Place, transcript: Transcript) -> Label | None:
    """Return the label that governs the words, if the text after it only reports them as somebody's words; otherwise None."""
    labels = governing(transcript, place.start, place.end)
    return labels[0] if len(labels) == 1 and _is_reported(labels[0], place, transcript) else None


def _is_reported(label: Label, place: Place, transcript: Transcript) -> bool:
    start, end = paragraph_around(place, transcript)
    turn = max(start, label.end) if label.start < end else start
    text, first, last = transcript.text[turn:end], place.start - turn, place.end - turn
    quoted = next((one for one in find_in(text) if one.start <= first < one.end), None)
    subject = clause_subject(text, first, last)
    if subject is None:
        return quoted is not None and bool(text[: quoted.start - 1].strip())
    is_noun = bool(subject.words) and not subject.is_name
    return quoted is not None if is_noun else not subject.is_own


def _by_verb(
    who: Expert, others: list[Expert], place: Place, transcript: Transcript, *, inside: bool
) -> Speaker | None:
    """Judge by the subject of the verb that reports the words; None if there is no such verb."""
    start, end = paragraph_around(place, transcript)
    text = transcript.text[start:end]
    subject = subject_within(text[place.start - start : place.end - start]) if inside else None
    subject = subject or subject_of(text, place.start - start, place.end - start)
    if subject is None:
        return None
    if not subject.is_name and 0 < len(depends_on(subject.words).split()) <= len(who.name.split()):
        return Speaker(named=False, unnamed=subject.words)
    if is_subject(who, others, subject.words, transcript):
        return Speaker(named=True, decided=True)
    if may_be(who, subject.words):
        return Speaker(named=False, unnamed=subject.words)
    if subject.is_name or any(is_subject(other, [who], subject.words, transcript) for other in others):
        return Speaker(named=False, other=subject.words, decided=True)
    return Speaker(named=False, unnamed=subject.words)


def _given_away(
    who: Expert, others: list[Expert], place: Place, transcript: Transcript, *, inside: bool, said: bool
) -> Speaker | None:
    """Judge by a verb that gives the words to somebody else or to nobody; `said`: a verb of saying gives them to the person."""
    start, end = paragraph_around(place, transcript)
    text = transcript.text[start:end]
    first, last = place.start - start, place.end - start
    if inside and is_named(who, others, text[first:last], transcript):
        return None
    inner = inner_speech(text, first, last)
    if inner:
        return Speaker(named=False, away=inner)
    away = given_away(text, first, last, lambda part: [*mentions(who, others, part, transcript)], said=said)
    return Speaker(named=False, decided=away.decided, away=away.words) if away else None


def _narrated(place: Place, transcript: Transcript, *, inside: bool) -> Speaker | None:
    """Return that the words are the source's own, if they are outside quotation marks and without a verb of saying; otherwise None."""
    start, end = paragraph_around(place, transcript)
    text, first, last = transcript.text[start:end], place.start - start, place.end - start
    own = not inside and is_narrated(text, first, last)
    return Speaker(named=False, narrated=True) if own else None


def paragraph_around(place: Place, transcript: Transcript) -> tuple[int, int]:
    """Return the span from the first paragraph of a place to its last. A paragraph before it that ends inside a sentence is included."""
    paragraphs = transcript.layout.paragraphs
    if not paragraphs:
        return place.start, place.end
    first = max(transcript.layout.paragraph(place.start) - 1, 0)
    last = max(transcript.layout.paragraph(place.end - 1) - 1, first)
    while first and _goes_on(transcript.text, paragraphs[first - 1][1], paragraphs[first][0]):
        first -= 1
    return min(paragraphs[first][0], place.start), max(paragraphs[last][1], place.end)


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a sentence continues from one paragraph into the next, which then is only a line of it."""
    return text[end - 1 : end] == "-" or text[start : start + 1].islower()


# ---------------------------------------------------------------- names


def _by_only_name(
    who: Expert, others: list[Expert], place: Place, transcript: Transcript, *, inside: bool, since: int
) -> Speaker:
    """Judge by the names in the paragraph of the words: only one person may be named.

    If a pronoun says them, names behind the words do not count. If the paragraph names nobody, the one before it counts for words of a
    pronoun, and for a paragraph that is all direct speech. Names before the offset `since` never count: they are in the label of a turn.
    """
    start, end = paragraph_around(place, transcript)
    text = transcript.text
    if inside and is_named(who, others, text[place.start : place.end], transcript):
        return Speaker(named=True)
    subject = clause_subject(text[start:end], place.start - start, place.end - start)
    is_by_pronoun = subject is not None and not subject.words
    if is_by_pronoun:
        end = place.end
    start = min(max(start, since), place.start)
    people = people_named(text[start:end], who, others, transcript, words=(place.start - start, place.end - start))
    if not people and (is_by_pronoun or is_all_speech(text[start:end])):
        people = people_named(text[max(_start_before(start, transcript), since) : start], who, others, transcript)
    if len(people) == 1 and any(one.name == people[0] for one in others):
        return Speaker(named=False, other=people[0])
    return Speaker(named=people == (who.name,), beside=next((name for name in people if name != who.name), ""))


def _start_before(start: int, transcript: Transcript) -> int:
    """Return where the paragraph before the one that begins at an offset begins; the offset itself if there is none."""
    return max((first for first, _ in transcript.layout.paragraphs if first < start), default=start)
