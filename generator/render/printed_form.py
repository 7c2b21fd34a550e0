"""Selects what a page design prints of a brief, and in which words, by the author's `in` and `short`.

Nothing is shortened automatically. What a design leaves out is counted and reported on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.model import (
    Brief,
    Chart,
    Event,
    Evidence,
    Fact,
    KeyPoint,
    Option,
    Position,
    Prose,
    ProseQuotation,
    Question,
    Section,
    Statement,
    Text,
    Voice,
)
from generator.model.figure_places import placed_names
from generator.model.walk import walk
from generator.render.labels import Labels
from generator.render.preset import Preset

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

    def line(self, labels: Labels, *, attached: bool) -> str:
        """Return what is left out as a line of text; empty for nothing. `attached` says whether the fact file is attached to a PDF."""
        parts = [f"{labels(_LABELS.get(name, name))} ({number})" for name, number in self.left_out.items()]
        sentences = [labels("left_out", what=labels.comma.join(parts))] if parts else []
        if self.shortened:
            sentences.append(labels("shortened", n=self.shortened))
        return " ".join((*sentences, labels("left_out_whole")) if sentences and attached else sentences)

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
    left_out = {name: len(getattr(brief, name)) - len(records) for name, records in printed.items()}
    chosen = replace(
        brief,
        facts=tuple(_fact(one, preset) for one in printed["facts"]),
        questions=tuple(_question(one, preset) for one in printed["questions"]),
        voices=tuple(replace(one, statement=_statement(one.statement, preset)) for one in printed["voices"]),
        timeline=printed["timeline"],
        options=printed["options"],
        key_points=tuple(_point(one, preset) for one in printed["key_points"]),
        charts=printed["charts"],
        tables=printed["tables"],
        sections=printed["sections"],
        summary=brief.short_summary if preset.short and brief.short_summary else brief.summary,
        short_summary=None,
    )
    records = (*printed["facts"], *printed["questions"], *printed["voices"], *printed["key_points"])
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
