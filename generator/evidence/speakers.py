"""Who said it: whether a source ties a quotation to the person it is given to.

The person's name must stand in the quotation's own paragraph or in the one before or after it. A name is the full name
(with middle names or initials, family name first, or capitals), any form under `also`, or the family name alone where
the source also gives the full name, nobody else we know bears it, and no other given name stands before it. A pronoun
is not a name. Names inside the quoted words say nothing about who speaks them.

This module knows neither citations nor how a quotation was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.evidence.folding import plain
from generator.evidence.gate import Place, Transcript
from generator.model import Expert, ExpertKind, Source

SENTENCE = 200
"""How many characters the end of a sentence between a name and a quotation counts for."""

_TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sen|Senator|Rep|Representative|Congressman|Congresswoman|Gov"
    "|Governor|President|Minister|Secretary|Chancellor|Commissioner|Ambassador|Director|Chair|Chairman|Chairwoman|Judge"
    "|Justice|General|Gen|Admiral|Herr|Frau|Monsieur|Madame|Mme|Se\u00f1or|Se\u00f1ora|Signor|Signora|Scholar|Analyst|Economist"
)
_GIVEN_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)(?P<point>\.?) \Z")
_SENTENCE_END = re.compile(r"[.!?\u3002]['\")\]]* ")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Names:
    """How to recognise one person."""

    full: re.Pattern[str]
    family: re.Pattern[str] | None
    given: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a source tells about who speaks. `other` is the id of somebody whose name stands nearer."""

    named: bool
    other: str = ""


def speaker(who: Expert, others: Iterable[Expert], place: Place, transcript: Transcript, *, inside: bool) -> Speaker:
    """Find who the source says speaks at a place. `inside`: names within the words count too, as in a reporter's sentence.

    In "said A and B", both speak, however near each name is.
    """
    around = _around(place, transcript)
    others = [other for other in others if other.id != who.id]
    mine = _spans(who, others, around, transcript)
    if inside and is_named(who, others, around.inside, transcript):
        return Speaker(named=True)
    if not mine:
        return Speaker(named=False)
    nearest, other = min((_distance(span, around), "") for span in mine)
    for them in others:
        spans = [span for span in _spans(them, [who], around, transcript) if not _listed_with(span, mine, around)]
        nearest, other = min([(nearest, other), *((_distance(span, around), them.id) for span in spans)])
    return Speaker(named=True, other=other)


def is_named(who: Expert, others: Iterable[Expert], words: str, transcript: Transcript) -> bool:
    """Whether words of a source name a person."""
    return any(_mentions(names(who), _bears_alone(who, others), plain(words), transcript))


def is_author(who: Expert, source: Source) -> bool:
    """Whether a primary source is the person's own text, so that every sentence of it is theirs."""
    authors = source.csl.get("author", ())
    return source.provenance == "primary" and any(_is_same(who, author) for author in authors)


# ---------------------------------------------------------------- names


@lru_cache(maxsize=4096)
def names(who: Expert) -> Names:
    family, given = plain(who.family), ""
    forms = [_escaped(form) for form in (who.name, *who.also) if form.strip()]
    tokens = plain(who.name).split()
    if who.kind is ExpertKind.PERSON and len(tokens) > 1 and family and plain(who.name).endswith(family):
        given = tokens[0]
        first = rf"(?:{re.escape(given)}|{re.escape(given[0])}\.?)"
        forms.append(rf"{first}(?: [^\W\d_]+\.?| [^\W\d_]\.){{0,2}} {re.escape(family)}")
        forms.append(rf"{re.escape(family)}, {re.escape(given)}")
        forms += [re.escape(plain(who.name).upper()), rf"{re.escape(given.upper())} {re.escape(family.upper())}"]
    alone = who.kind is ExpertKind.PERSON and family
    pattern = re.compile(
        rf"{_edge(family, '(?<!')}(?:{re.escape(family)}|{re.escape(family.upper())}){_edge(family, '(?!')}"
    )
    return Names(_bounded(forms), pattern if alone else None, given)


def _escaped(form: str) -> str:
    return re.escape(plain(form))


def _bounded(forms: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])" if not _UNSPACED.search("".join(forms)) else "|".join(forms)
    )


def _edge(name: str, look: str) -> str:
    return "" if _UNSPACED.search(name) else rf"{look}\w)"


def _bears_alone(who: Expert, others: Iterable[Expert]) -> bool:
    family = _family(who.family)
    return not any(_family(other.family) == family and other.id != who.id for other in others)


@lru_cache(maxsize=4096)
def _family(written: str) -> str:
    """A family name in plain form, made once: everybody's are compared for every quotation."""
    return plain(written)


def _mentions(known: Names, alone: bool, text: str, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Where a text names a person; `alone`: nobody else we know bears the family name."""
    full = [match.span() for match in known.full.finditer(text)]
    yield from full
    family = list(known.family.finditer(text)) if known.family is not None and alone else []
    for match in family if family and _has_full_name(known, transcript) else ():
        inside = any(start <= match.start() < end for start, end in full)
        if not inside and not _is_another(text[: match.start()], known.given):
            yield match.span()


def _has_full_name(known: Names, transcript: Transcript) -> bool:
    return known.full.search(transcript.plain) is not None


def _is_another(before: str, given: str) -> bool:
    """Whether the word before a family name is another given name: capitalised within a sentence, and no title."""
    found = _GIVEN_BEFORE.search(before)
    if found is None or not found["word"][0].isupper() or re.fullmatch(_TITLES, found["word"], re.IGNORECASE):
        return False
    if given.startswith(found["word"]):
        return False
    earlier = before[: found.start()].rstrip()
    return bool(earlier) and earlier[-1] not in ".!?:'\"\u2026\u2013"


def _is_same(who: Expert, author: Any) -> bool:
    if not isinstance(author, Mapping):
        return False
    literal = author.get("literal", "")
    if literal:
        return plain(literal) in {plain(form) for form in (who.name, *who.also)}
    given, family = plain(str(author.get("given", ""))), plain(str(author.get("family", "")))
    particles = plain(str(author.get("non-dropping-particle", "")))
    if plain(who.family) not in {family, f"{particles} {family}".strip()}:
        return False
    return not given or given[0] == plain(who.name)[:1]


# ---------------------------------------------------------------- distances


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a quotation, in plain form: its own paragraph and its neighbours."""

    before: str
    inside: str
    after: str


def _around(place: Place, transcript: Transcript) -> Around:
    paragraphs = transcript.layout.paragraphs
    first = max(0, transcript.layout.paragraph(place.start) - 2)
    last = min(len(paragraphs), transcript.layout.paragraph(place.end - 1) + 1) - 1
    start = min(paragraphs[first][0], place.start) if paragraphs else place.start
    end = max(paragraphs[last][1], place.end) if paragraphs else place.end
    text = transcript.text
    return Around(plain(text[start : place.start]), plain(text[place.start : place.end]), plain(text[place.end : end]))


Span = tuple[str, int, int]
"""A name: in which part of `Around`, and from where to where."""


def _spans(who: Expert, others: Iterable[Expert], around: Around, transcript: Transcript) -> list[Span]:
    known, alone = names(who), _bears_alone(who, others)
    parts = (("before", around.before), ("after", around.after))
    return [(part, *span) for part, text in parts for span in _mentions(known, alone, text, transcript)]


def _distance(span: Span, around: Around) -> int:
    """How far a name is from the quotation, in characters; the end of a sentence between them counts for more."""
    part, start, end = span
    gap = around.before[end:] if part == "before" else around.after[:start]
    return len(gap) + SENTENCE * len(_SENTENCE_END.findall(f"{gap} "))


def _listed_with(span: Span, mine: Iterable[Span], around: Around) -> bool:
    """Whether a name stands in one list with one of mine: only commas and a conjunction between them."""
    part, start, end = span
    text = around.before if part == "before" else around.after
    gaps = (text[end:a] if a > end else text[b:start] for p, a, b in mine if p == part)
    return any(re.fullmatch(r",? (?:and|und|et|y|e|en|&) |, ", gap) for gap in gaps)
