"""Finds passages of captures that contain given words, each as long as a quotation needs to be.

A passage is the text of one pair of quotation marks, or else a sentence, or else the paragraph. The gate verifies each one before it
is returned. It can be written as YAML to paste into a fact file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from generator.evidence.gate import Place
from generator.evidence.speakers.person_names import is_author, is_named
from generator.evidence.speakers.speaker import speaker
from generator.model import Expert, Library
from generator.quote.quote_judge import judge, places_of
from generator.quote.requests import VERIFIED, PlaceFound, Request
from generator.quote.source_texts import SourceText
from generator.syntax.sentences import sentences

MOST = 100
"""Most passages of one source."""

_QUOTED = re.compile(
    "\u201c([^\u201c\u201d]+)\u201d|\u201e([^\u201e\u201c\u201d]+)[\u201c\u201d]|\u00ab([^\u00ab\u00bb]+)\u00bb"
    '|"([^"]+)"|\u300c([^\u300c\u300d]+)\u300d|\u300e([^\u300e\u300f]+)\u300f'
)
_SPEAKER = re.compile(r"([^\s:\uff1a.!?][^\n:\uff1a.!?]{1,59}+)[:\uff1a]\s*+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a capture that contains the words."""

    source: str
    """The key of the source."""
    quote: str
    """The passage in quotable form, which the gate verifies."""
    place: PlaceFound
    who: str = ""
    """The id of the expert who says it; empty if the source does not show it."""
    spoken: bool = False
    """Whether it is somebody's words, and not the source's own sentence about them."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: offsets, and the expert whose label introduces it."""

    start: int
    end: int
    quoted: bool = False
    label: str = ""


def find(words: str, texts: Sequence[SourceText], library: Library, by: str = "") -> Iterator[Passage]:
    """Yield the passages of the captures that contain all `words`, in any order and case; a word may begin a longer one.

    `by` is the id of an expert; only passages that the expert says are returned.
    """
    folded = _folded(words).split()
    for text in texts if folded else ():
        count = 0
        for span in dict.fromkeys(_spans(folded, text, library)):
            passage = _passage(span, text, library)
            if passage is not None and by in ("", passage.who) and count < MOST:
                count += 1
                yield passage


# ---------------------------------------------------------------- where the words are


def _spans(folded: list[str], text: SourceText, library: Library) -> Iterator[Span]:
    whole = text.capture.text
    for start, end in text.capture.transcript.layout.paragraphs:
        if _holds(whole[start:end], folded):
            yield from _within(folded, _labelled(Span(start, end), text, library), whole)


def _within(wanted: list[str], paragraph: Span, whole: str) -> Iterator[Span]:
    """Yield the shortest parts of a paragraph that contain the words: quoted words, sentences, or the paragraph."""
    quoted = [
        Span(*match.span(match.lastindex or 0), quoted=True, label=paragraph.label)
        for match in _QUOTED.finditer(whole, paragraph.start, paragraph.end)
    ]
    spoken = [part for span in quoted for part in _parts(wanted, span, whole)]
    yield from spoken or _parts(wanted, paragraph, whole)


def _parts(wanted: list[str], span: Span, whole: str) -> list[Span]:
    holding = [one for one in _sentences(span, whole) if _holds(whole[one.start : one.end], wanted)]
    return holding or ([span] if _holds(whole[span.start : span.end], wanted) else [])


def _sentences(span: Span, whole: str) -> Iterator[Span]:
    return (Span(start, end, span.quoted, span.label) for start, end in sentences(whole, span.start, span.end))


def _labelled(paragraph: Span, text: SourceText, library: Library) -> Span:
    """Return a paragraph without the label that says who speaks, as in a transcript."""
    label = _SPEAKER.match(text.capture.text, paragraph.start, paragraph.end)
    for who in library.experts.values() if label else ():
        if label and is_named(who, _others(who, library), label[1], text.capture.transcript):
            return Span(label.end(), paragraph.end, paragraph.quoted, who.id)
    return paragraph


def _holds(text: str, wanted: list[str]) -> bool:
    folded = _folded(text)
    return all(_begins(word, folded) for word in wanted)


def _begins(word: str, text: str) -> bool:
    """Whether a word of the text begins with these letters; in scripts without capitals they may be inside one."""
    inside = unicodedata.category(word[0]) == "Lo"
    at = text.find(word)
    while at >= 0:
        if inside or at == 0 or not text[at - 1].isalnum():
            return True
        at = text.find(word, at + 1)
    return False


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")


# ---------------------------------------------------------------- passages


def _passage(span: Span, text: SourceText, library: Library) -> Passage | None:
    """Return the passage at a span; None if the gate does not verify it, as with brackets of the source's own."""
    quote = " ".join(text.capture.text[span.start : span.end].split()).rstrip(",")
    if not re.search(r"\w", quote):
        return None
    answer = judge(Request(quote), text, library)
    if answer.verdict != VERIFIED:
        return None
    places = places_of(quote, text.capture.transcript)
    at = next((i for i, place in enumerate(places) if span.start <= place.start < span.end), 0)
    who = span.label or _author(text, library) or (_speaker(places[at], text, library) if span.quoted else "")
    return Passage(text.name, quote, answer.places[at], who, span.quoted or bool(who))


def _author(text: SourceText, library: Library) -> str:
    """Return the expert whose own text the source is; empty if several wrote it."""
    authors = [who.id for who in library.experts.values() if text.source and is_author(who, text.source)]
    return authors[0] if len(authors) == 1 else ""


def _speaker(place: Place, text: SourceText, library: Library) -> str:
    """Return the one expert to whom the source attributes the words; empty if there is none, or several."""
    named = [who.id for who in library.experts.values() if _says(who, place, text, library)]
    return named[0] if len(named) == 1 else ""


def _says(who: Expert, place: Place, text: SourceText, library: Library) -> bool:
    return speaker(who, _others(who, library), place, text.capture.transcript, inside=False).named


def _others(who: Expert, library: Library) -> list[Expert]:
    return [one for one in library.experts.values() if one.id != who.id]


def record(passage: Passage, number: int = 1) -> str:
    """Return the passage as an entry of `voices:`, or as fields of a position if the source does not show who speaks.

    A sentence that is the source's own and nobody's words becomes `support`. `number` makes the id of the voice unique.
    """
    cite = f"@{passage.source}" + (f", {passage.place.locator}" if passage.place.locator else "")
    fields = {"quote" if passage.spoken else "support": passage.quote, "cite": cite}
    if not (passage.who and passage.spoken):
        return _yaml(fields)
    slug = re.sub(r"[^a-z0-9]+", "-", passage.source.lower()).strip("-") or "voice"
    return _yaml([{"id": f"{slug}-{number}", "who": passage.who, **fields}])


def _yaml(content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
