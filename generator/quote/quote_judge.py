"""Judges quotations with the gate, then by the place and the speaker of the request.

`verify` answers many requests: one answer for each, in order, as soon as it is ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from generator.evidence import gate
from generator.evidence.captures.page_numbers import named, page_name
from generator.evidence.gate import Place, Transcript
from generator.evidence.speakers.attribution import fits
from generator.evidence.speakers.person_names import is_author
from generator.evidence.speakers.speaker import speaker
from generator.model import Expert, Library
from generator.problems import Location
from generator.quote.requests import (
    ABSENT,
    MAX_LINE,
    UNCHECKED,
    VERIFIED,
    Answer,
    BadRequest,
    Malformed,
    PlaceFound,
    Request,
    read_line,
    read_record,
)
from generator.quote.source_texts import NotCaptured, SourceText, SourceTexts
from generator.syntax.locators import label_of

DIFFERENCES = dict.fromkeys(("left out", "added", "changed", "ends"), "word")
"""Kinds of difference that are one kind for other programs."""


def judge(request: Request, text: SourceText, library: Library | None) -> Answer:
    """Judge a quotation against the text of its source. `library` is the project's, with its experts."""
    transcript = text.capture.transcript
    words = gate.judge(request.quote, transcript, language=request.language)
    if words.verdict != VERIFIED and text.capture.other is not None:
        other = judge(request, replace(text, capture=text.capture.other), library)
        if other.verdict == VERIFIED:
            return replace(other, message="only the second of two readings of the document contains the words")
    if words.verdict != VERIFIED:
        near = words.nearest.marked if words.nearest else None
        return Answer(
            words.verdict, (), DIFFERENCES.get(words.difference, words.difference) or None, near, _reason(words)
        )
    places_found = tuple(_place(place, text) for place in words.places)
    answer, places = _narrowed(Answer(VERIFIED, places_found), words.places, request, text)
    if answer.verdict == VERIFIED and all(place.cut_negation for place in places):
        message = f"{text.name} has '{places[0].cut_negation}' next to the words, in the same clause; quote it too"
        return replace(answer, verdict=UNCHECKED, difference="negation", message=message)
    if answer.verdict == VERIFIED and all(place.cut_condition for place in places):
        message = f"{text.name} has a condition of these words, '{places[0].cut_condition}', in the same sentence"
        answer = replace(answer, message=message)
    if answer.verdict == VERIFIED and request.speaker:
        return _spoken(answer, places, request.speaker, text, library)
    return answer


def _reason(words: gate.Judgement) -> str | None:
    """Return the gate's reason, with the possible forms of a bare bracket."""
    meant = " or ".join(words.readings)
    return "; ".join(filter(None, (words.reason, meant and f"write {meant}"))) or None


def places_of(quote: str, transcript: Transcript) -> tuple[Place, ...]:
    """Return where the gate finds a quotation, as offsets in the text."""
    return gate.judge(quote, transcript).places


def _place(place: Place, text: SourceText) -> PlaceFound:
    first_page = str(text.source.csl.get("page", "")) if text.source else ""
    (named_place,) = named((place,), text.capture, first_page)
    page = page_name(place.page, text.capture, first_page) if place.page else None
    number = None if page is None else int(page.value) if page.value.isdecimal() else page.value
    passage = " ".join(text.capture.text[place.start : place.end].split())
    return PlaceFound(number, place.paragraph or None, str(named_place) or None, passage)


# ---------------------------------------------------------------- locator


def _narrowed(
    answer: Answer, places: tuple[Place, ...], request: Request, text: SourceText
) -> tuple[Answer, tuple[Place, ...]]:
    """Return the answer with only the places that the locator names."""
    locator = request.locator
    if locator is None:
        return answer, places
    first_page = str(text.source.csl.get("page", "")) if text.source else ""
    fits_locator = [fits(locator, place, text.capture, first_page) for place in places]
    fitting = [i for i, fit in enumerate(fits_locator) if fit]
    if fitting:
        return replace(answer, places=tuple(answer.places[i] for i in fitting)), tuple(places[i] for i in fitting)
    written = f"{label_of(locator.label)} {locator.value}"
    where = ", ".join(dict.fromkeys(place.locator for place in answer.places if place.locator))
    if None in fits_locator:
        message = f"{text.name} contains the words, but its text does not show where '{written}' is"
        return replace(answer, verdict=UNCHECKED, difference="locator", message=message), ()
    message = f"the words are at {where}, not at {written}"
    return replace(answer, verdict=ABSENT, difference="locator", message=message), ()


# ---------------------------------------------------------------- speaker


def _spoken(answer: Answer, places: tuple[Place, ...], name: str, text: SourceText, library: Library | None) -> Answer:
    """Return the answer with only the places where the source attributes the words to the speaker."""
    who = person(name, library)
    if text.source is not None and is_author(who, text.source):
        return answer
    others = [one for one in library.experts.values() if one.id != who.id] if library else []
    speakers = [speaker(who, others, place, text.capture.transcript, inside=False) for place in places]
    own_places = tuple(place for place, one in zip(answer.places, speakers, strict=True) if one.named)
    if own_places:
        return replace(answer, places=own_places)
    other = next((one.other for one in speakers if one.other), "")
    if other:
        message = f"{text.name} attributes the words to '{other}', not to {who.name}"
        return replace(answer, verdict=ABSENT, difference="speaker", message=message)
    message = f"{text.name} does not say near the words that they are those of {who.name}"
    return replace(answer, verdict=UNCHECKED, difference="speaker", message=message)


def person(name: str, library: Library | None) -> Expert:
    """Return the expert with this id or name; if the project has none, a person with only this name."""
    experts = library.experts if library else {}
    expert = experts.get(name) or next((one for one in experts.values() if name in (one.name, *one.also)), None)
    return expert or Expert(id="", name=name, family=name.split()[-1], place=Location(""))


Asked = Request | Mapping[str, object] | str | bytes
"""A request as an object, as a mapping of fields, or as a line of JSON."""


def verify(requests: Iterable[Asked], texts: SourceTexts | None = None) -> Iterator[Answer | BadRequest]:
    """Answer each request in turn.

    `requests` are mappings with `quote` and either `source` (a key of the project, or a path) or `text`, and optionally
    `language`, `locator` and `speaker`; or the same as lines of JSON. `texts` finds the sources; by default in the current
    folder. Raises nothing for a fault of a request or a document: the result is then a `BadRequest`.
    """
    texts = texts or SourceTexts()
    for asked in requests:
        yield _answer(asked, texts)


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a stream that are not blank. A line beyond the limit is cut, and its error reported later."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > MAX_LINE:
            rest = stream.readline(MAX_LINE + 1)
        if line.strip():
            yield line


def _answer(asked: Asked, texts: SourceTexts) -> Answer | BadRequest:
    try:
        request = _request(asked)
        text = texts.get(request.source) if request.text is None else texts.given(request.text)
    except Malformed as error:
        return BadRequest(str(error))
    except NotCaptured as error:
        return Answer(UNCHECKED, message=str(error))
    return judge(request, text, texts.library)


def _request(asked: Asked) -> Request:
    if isinstance(asked, Request):
        return asked
    return read_line(asked) if isinstance(asked, str | bytes) else read_record(asked)
