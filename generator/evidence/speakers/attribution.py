"""Whether the words of a claim are the speaker's, and are where the citation says.

A locator fits a page by its name (`page_numbers`), or by its position in the document if it is marked: `p. [21]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.evidence.captures.capture_store import Capture
from generator.evidence.captures.page_numbers import INDEX, page_name
from generator.evidence.claims import Claim
from generator.evidence.gate import Place, find
from generator.evidence.gate.quotation import quotation
from generator.evidence.speakers.person_names import is_author, is_named, may_be, near_form
from generator.evidence.speakers.speaker import Speaker, paragraph_around, speaker
from generator.languages import Transcripts, together
from generator.model import Citation, Expert, Library, Locator
from generator.problems import Code, Problem, Severity
from generator.syntax.locators import read_locator
from generator.syntax.numerals import european_digits

_SEPARATOR = re.compile(r"[,;&]|\band\b")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_RANGE = re.compile(r"(\[?)(\d{1,9})\]?\s{0,9}[-\u2010-\u2015\u2212]\s{0,9}\[?(\d{1,9})(\]?)")


def fits(locator: Locator | None, place: Place, capture: Capture, first_page: str = "") -> bool | None:
    """Whether the locator names the place; None if the capture cannot show it. `first_page` is that of an article in a journal."""
    if locator is None:
        return None
    value = european_digits(locator.value)
    if locator.label == "paragraph" and place.paragraph:
        return any(_names(value, {str(n)}) for n in range(place.paragraph, place.last_paragraph + 1))
    if locator.label == "page" and place.page:
        names = [_page_names(n, capture, first_page) for n in range(place.page, place.last_page + 1)]
        is_known = "[" in value or any(len(forms) > 1 for forms in names)
        return any(_names(value, forms) for forms in names) if is_known else None
    return None


def _page_names(page: int, capture: Capture, first_page: str) -> set[str]:
    """Return its position in brackets, and its name if that is more than the position."""
    name = page_name(page, capture, first_page)
    return {f"[{page}]"} if name.kind == INDEX else {f"[{page}]", european_digits(name.value).casefold()}


def _names(value: str, forms: set[str]) -> bool:
    return any(form in forms for part in _SEPARATOR.split(value) for form in _expanded(part, forms))


def _expanded(part: str, forms: set[str]) -> Iterator[str]:
    """Yield the numbers of a range that matter here; `233-5` is 233-235."""
    match = _RANGE.fullmatch(part.strip())
    if match is None:
        yield _ZEROS.sub("", part.strip()).casefold()
        return
    low, high, marked = match[2], match[3], bool(match[1] and match[4])
    high = low[: -len(high)] + high
    for form in forms:
        number = form.strip("[]")
        if number.isdigit() and form.startswith("[") == marked and int(low) <= int(number) <= int(high):
            yield form


SPEAKER_UNCLEAR = Code("speaker-unclear", Severity.ERROR)
SPEAKER_OTHER = Code("speaker-other", Severity.ERROR)
SPEAKER_NOT_AUTHOR = Code("speaker-not-author", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a claim is: its citation, the capture, and the places that fit the locator."""

    citation: Citation
    capture: Capture
    places: tuple[Place, ...]


def speaker_problems(claim: Claim, match: Match, library: Library, *, published: bool) -> Iterator[Problem]:
    """Yield the problems of a claim's speaker, once its words are found in a source; `speaker-other` is a warning in drafts."""
    who = library.experts.get(claim.who)
    source = library.sources.get(match.citation.key)
    if who is None or source is None:
        return
    others = [expert for expert in library.experts.values() if expert.id != who.id]
    if claim.kind == "attributed":
        if not is_author(who, source) and not is_named(who, others, claim.words, match.capture.transcript):
            message = f"this passage does not name {who.name}, so it does not show that the words are theirs"
            yield SPEAKER_UNCLEAR.at(claim.place, message, _name_hint(who, claim.words))
        return
    speakers = [
        speaker(who, others, place, match.capture.transcript, inside=claim.kind == "support") for place in match.places
    ]
    if any(one.named for one in speakers):
        return
    decided = next((one for one in speakers if one.decided), None)
    if decided is None and _is_tied(claim, match):
        return
    if decided is None and is_author(who, source):
        yield from _of_nobody(claim, who, speakers)
        return
    yield _not_theirs(claim, match, who, decided or speakers[0], published=published)


def _of_nobody(claim: Claim, who: Expert, speakers: Iterable[Speaker]) -> Iterator[Problem]:
    """Yield a warning for words that an author's own text gives to a role or a common noun: *our opponents say that*."""
    unnamed = [one.unnamed for one in speakers]
    answers = together(Transcripts).answers
    if all(words and words not in answers and not may_be(who, words) for words in unnamed):
        message = f"the source attributes these words to “{unnamed[0]}”, not to its author {who.name}"
        hint = "choose words that the author says, or suppress this problem with `silence` and the reason"
        yield SPEAKER_NOT_AUTHOR.at(claim.place, message, hint)


def _not_theirs(claim: Claim, match: Match, who: Expert, speaker_found: Speaker, *, published: bool) -> Problem:
    """Return the problem of words that the source does not give to the speaker, with the strongest evidence against it."""
    if speaker_found.other:
        return _of_other(claim, who, speaker_found, Severity.ERROR if published else Severity.WARNING)
    if speaker_found.away:
        message = f"“{speaker_found.away}” in the source shows that these words are not {who.name}’s own"
        hint = "choose words that they say themselves" if speaker_found.decided else _tie_hint(claim)
        return SPEAKER_UNCLEAR.at(claim.place, message, hint)
    if speaker_found.unnamed:
        message = f"the source attributes these words to “{speaker_found.unnamed}”, and does not say there that this is {who.name}"
        hint = _name_hint(who, speaker_found.unnamed) if near_form(who, speaker_found.unnamed) else _tie_hint(claim)
        return SPEAKER_UNCLEAR.at(claim.place, message, hint)
    if speaker_found.narrated:
        message = (
            f"the source has these words outside quotation marks, and no verb such as “said” gives them to {who.name}"
        )
        return SPEAKER_UNCLEAR.at(claim.place, message, _tie_hint(claim))
    if speaker_found.turn:
        message = (
            f"after “{speaker_found.turn}”, the source only reports these words, and does not name {who.name} for them"
        )
        return SPEAKER_UNCLEAR.at(claim.place, message, _tie_hint(claim))
    if speaker_found.beside:
        message = (
            f"“{speaker_found.beside}” is named near these words, and no verb such as “said” gives them to {who.name}"
        )
        return SPEAKER_UNCLEAR.at(claim.place, message, _tie_hint(claim))
    start, end = paragraph_around(match.places[0], match.capture.transcript)
    near = near_form(who, match.capture.text[start:end])
    message = f"'{match.citation.key}' does not name {who.name} in the paragraph of these words or the one before it"
    return SPEAKER_UNCLEAR.at(claim.place, message, _name_hint(who, near) if near else _tie_hint(claim))


def _of_other(claim: Claim, who: Expert, speaker_found: Speaker, severity: Severity) -> Problem:
    """Return the problem of words that a label, a verb or the only name near them gives to another. `attributed` helps only with a name."""
    other = speaker_found.other
    if speaker_found.decided:
        message = f"the source attributes these words to {other}, not {who.name}"
        hint = f"check who says them; add “{other}” to `also` in experts.yaml if it is {who.name}"
    else:
        message = f"only {other} is named near these words, not {who.name}"
        hint = f"check who says them; if it is {who.name}, {_tie_hint(claim)}"
    return SPEAKER_OTHER.at(claim.place, message, hint, severity=severity)


def _is_tied(claim: Claim, match: Match) -> bool:
    """Whether `attributed` is in a paragraph of the quotation or next to it, or is said to introduce its paragraph."""
    transcript = match.capture.transcript
    ties = find(quotation(claim.attributed), transcript) if claim.attributed else ()
    introduced = read_locator(f", {claim.introduces}")[0] if claim.introduces else None
    for place in match.places:
        if ties and introduced is not None and fits(introduced, place, match.capture):
            return any(tie.start <= place.start for tie in ties)
        paragraphs = transcript.layout.paragraph(place.start), transcript.layout.paragraph(place.end - 1)
        for tie in ties:
            first, last = transcript.layout.paragraph(tie.start), transcript.layout.paragraph(tie.end - 1)
            if first <= paragraphs[1] + 1 and last >= paragraphs[0] - 1:
                return True
    return False


def _tie_hint(claim: Claim) -> str:
    if not claim.attributed:
        return "give the passage near these words that names the speaker, under `attributed`"
    return "the `attributed` passage has to be near these words; if it introduces them, name their paragraph: `introduces: para. 9`"


def _name_hint(who: Expert, words: str) -> str:
    near = near_form(who, words)
    if near:
        return f"if “{near}” is {who.name}, add that form to `also` in experts.yaml"
    return f"choose a passage with the name {who.name}, or add the form that it uses to `also` in experts.yaml"
