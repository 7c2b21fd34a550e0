"""What a page design prints of a brief: the chosen parts and words, and every text with its place.

Nothing is shortened automatically. What a design leaves out is counted and reported on the page.

The walk uses the fields of the records, so new fields of the model are included without a change here. A text
without its own location has that of its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from generator.model import (
    Amount,
    Brief,
    Chart,
    Citation,
    CitationGroup,
    Date,
    Event,
    Evidence,
    Expert,
    Fact,
    FactReference,
    Footnote,
    KeyPoint,
    Library,
    Line,
    Option,
    Position,
    Prose,
    ProseQuotation,
    Question,
    Section,
    Source,
    Statement,
    Suppression,
    Text,
    Voice,
)
from generator.model.walk import placed_names, walk
from generator.problems import Location
from generator.render.labels import Labels
from generator.render.preset import Preset
from generator.syntax.citations import citations

Choosable = Fact | Question | Voice | Event | Option | KeyPoint | Chart | Section
"""Records that some designs can print and others leave out."""

_BLOCKS: Mapping[str, tuple[str, ...]] = {
    "facts": ("facts", "figures"),
    "questions": ("positions", "overview"),
    "voices": ("voices",),
    "timeline": ("timeline",),
    "options": ("options",),
    "key_points": ("summary",),
    "charts": (),
    "sections": (),
}
"""By list of a brief, the blocks that print it. Charts and sections that a design has no block for are problems of their own."""
_LABELS = {"questions": "left_questions", "sections": "left_sections"}
"""Labels of lists of a brief whose label is not the title of their block."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A brief in the form that one design prints."""

    brief: Brief
    """The brief without the parts that are left out. Short texts have replaced the full ones."""
    left_out: Mapping[str, int]
    """Number of omitted records for each list of the brief that is not complete."""
    shortened: int
    """Number of short texts."""

    def line(self, labels: Labels, *, attached: bool, parts_of_house: Iterable[str] = ()) -> str:
        """Return what is left out as a line of text; empty for nothing.

        `attached` says whether the fact file is attached to a PDF. `parts_of_house` are the labels of parts that the house style asks
        for and the design does not print.
        """
        parts = [f"{labels(_LABELS.get(name, name))}{labels.aside(number)}" for name, number in self.left_out.items()]
        parts += [labels(name) for name in parts_of_house]
        sentences = [labels("left_out", what=labels.list_comma.join(parts))] if parts else []
        if self.shortened:
            sentences.append(labels("shortened", n=self.shortened))
        return labels.text((*sentences, labels("left_out_whole")) if sentences and attached else sentences)

    def evidence(self, evidence: tuple[Evidence, ...], whole: Brief) -> tuple[Evidence, ...]:
        """Return the evidence of the printed records; that of omitted records is left out."""
        gone = set(_places(whole)) - set(_places(self.brief))
        return tuple(one for one in evidence if one.place not in gone)


def printed_form(brief: Brief, preset: Preset) -> PrintedForm:
    """Return the form of `brief` that `preset` prints."""
    printed = {name: _kept(brief, name, preset) for name in _BLOCKS}
    followed = set(placed_names(brief)) - {placed for section in printed["sections"] for placed in _placed(section)}
    printed["charts"] = tuple(one for one in printed["charts"] if f"chart:{one.id}" not in followed)
    printed["tables"] = tuple(one for one in brief.tables if f"table:{one.id}" not in followed)
    quotes = tuple(one for one in brief.pull_quotes if f"quote:{one.id}" not in followed)
    left_out = {name: len(getattr(brief, name)) - len(records) for name, records in printed.items()}
    chosen = replace(
        brief,
        facts=tuple(_fact(one, preset) for one in printed["facts"]),
        questions=tuple(_question(one, preset) for one in printed["questions"]),
        voices=tuple(replace(one, statement=_statement(one.statement, preset)) for one in printed["voices"]),
        timeline=printed["timeline"],
        options=printed["options"],
        key_points=tuple(_point(one, preset) for one in printed["key_points"]),
        pull_quotes=tuple(replace(one, statement=_statement(one.statement, preset)) for one in quotes),
        charts=printed["charts"],
        tables=printed["tables"],
        sections=printed["sections"],
        summary=brief.short_summary if preset.short and brief.short_summary else brief.summary,
        short_summary=None,
    )
    records = (*printed["facts"], *printed["questions"], *printed["voices"], *printed["key_points"], *quotes)
    before = {id(brief.short_summary), *(id(text) for record in records for text in _short(record))}
    shortened = sum(id(prose) in before for prose in walk(chosen, Prose))
    return PrintedForm(chosen, {name: number for name, number in left_out.items() if number}, shortened)


def _kept(brief: Brief, name: str, preset: Preset) -> tuple[Any, ...]:
    records: tuple[Choosable, ...] = getattr(brief, name)
    if _BLOCKS[name] and not set(_BLOCKS[name]) & set(preset.blocks):
        return ()
    return tuple(one for one in records if is_chosen(one, preset))


def is_chosen(record: Choosable, preset: Preset) -> bool:
    """Whether a record is printed in this design: in all designs, unless `in` names some."""
    return not record.printed_in or preset.name in {name.value for name in record.printed_in}


def _fact(fact: Fact, preset: Preset) -> Fact:
    return replace(fact, claim=fact.short if preset.short and fact.short else fact.claim, short=None)


def _point(point: KeyPoint, preset: Preset) -> KeyPoint:
    return replace(point, text=point.short if preset.short and point.short else point.text, short=None)


def _placed(section: Section) -> Iterator[str]:
    """The names of what a section places: charts and tables that no other section places are left out with it."""
    return (placed.name for placed in section.text.placements)


def _statement(statement: Statement, preset: Preset) -> Statement:
    says = statement.short if preset.short and statement.short and statement.says else statement.says
    return replace(statement, says=says, short=None)


def _position(position: Position, preset: Preset) -> Position:
    earlier = tuple(_position(one, preset) for one in position.earlier)
    return replace(position, statement=_statement(position.statement, preset), earlier=earlier)


def _question(question: Question, preset: Preset) -> Question:
    cells = {
        who: _position(cell, preset) if isinstance(cell, Position) else cell for who, cell in question.cells.items()
    }
    return replace(question, cells=cells)


def _short(record: Choosable) -> Iterator[Prose]:
    """Yield the short texts in a record."""
    if isinstance(record, Fact | KeyPoint) and record.short:
        yield record.short
    yield from (statement.short for statement in walk(record, Statement) if statement.short)


def _places(brief: Brief) -> Iterator[object]:
    """Yield the locations of the checked passages of a brief."""
    yield from (text.place for text in walk(brief, Text))
    yield from (quotation.place for quotation in walk(brief, ProseQuotation))


_UNPRINTED_RECORDS = (
    Amount,
    Citation,
    CitationGroup,
    Date,
    FactReference,
    Footnote,
    Line,
    Location,
    ProseQuotation,
    Suppression,
)
"""Records whose texts are codes, or are printed from another record."""

_UNPRINTED_FIELDS = frozenset(
    "also bound citation_style direction emphasis file files gaps id introduces kind language numbers order outputs overdue "
    "plain preset raw rests_on sheet suppressed slug stem untranslated unread uses url".split()
)

_IN_THE_ANNEX = frozenset({"support", "attributed", "alterations"})
"""Printed only in the evidence annex."""
_UNPRINTED_VARIABLES = frozenset({"abstract", "annote", "DOI", "id", "keyword", "language", "note", "type", "URL"})
"""Variables of a source that few styles print, or that are codes."""


@dataclass(frozen=True, slots=True)
class PrintedText:
    """`whole` is the author's `Text`, if the location of a single character is known."""

    value: str
    place: Location
    whole: Text | None = None


def printed_texts(brief: Brief, library: Library) -> Iterator[PrintedText]:
    """Yield the texts of a brief, of its experts and sources, and of the house style."""
    annex = library.house.evidence_annex
    yield from _texts(brief, brief.place, annex=annex)
    experts = {str(who) for who in brief.experts} | {statement.who for statement in walk(brief, Statement)}
    keys = {citation.key for record in (brief, library.house) for citation, _ in citations(record)}
    named: list[Expert | Source] = [library.experts[who] for who in sorted(experts & library.experts.keys())]
    named += [library.sources[key] for key in sorted(keys & library.sources.keys())]
    for record in (*named, library.house):
        yield from _texts(record, record.place, annex=annex)


def _texts(value: object, place: Location, *, annex: bool) -> Iterator[PrintedText]:
    """Yield all texts in a value that a page prints; `place` is for texts without a place of their own."""
    if isinstance(value, Text):
        yield PrintedText(value.value, value.place, value)
    elif isinstance(value, str):
        yield PrintedText(str(value), place)
    elif isinstance(value, Source):
        csl = {name: one for name, one in value.csl.items() if name not in _UNPRINTED_VARIABLES}
        yield from _texts(csl, place, annex=annex)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one, place, annex=annex)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one, place, annex=annex)
    elif is_dataclass(value) and not isinstance(value, _UNPRINTED_RECORDS):
        own = getattr(value, "place", place)
        for name in _printed_fields(type(value), annex):  # type: ignore[arg-type]  # classes can be hashed, which mypy denies
            yield from _texts(getattr(value, name), own, annex=annex)


@cache
def _printed_fields(kind: type, annex: bool) -> tuple[str, ...]:
    left_out = _UNPRINTED_FIELDS | {"place"} | (frozenset() if annex else _IN_THE_ANNEX)
    return tuple(field.name for field in fields(kind) if field.name not in left_out)
