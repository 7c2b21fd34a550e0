"""Fact file -> Brief. The one place that knows the order and names of a fact file's fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import (
    Brief,
    Cell,
    Correction,
    DataTable,
    Date,
    Event,
    Fact,
    Figure,
    Gap,
    GapReason,
    HouseStyle,
    Option,
    Person,
    Position,
    Preferred,
    Prose,
    Question,
    Statement,
    Status,
    Text,
    Voice,
)
from generator.problems import Code, Location, Problem, Severity
from generator.problems.suggestions import did_you_mean
from generator.project import stem_of
from generator.read.declared import shaped
from generator.read.fields import Fields, root_fields
from generator.read.nodes import Document
from generator.read.validation import HINTS
from generator.syntax.lines import read_line

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN_STANCE = Code("unknown-stance", Severity.ERROR, rests_on=("scale", "stance"))
MISSING_STANCE = Code("missing-stance", Severity.ERROR, rests_on=("scale", "stance"))
UNKNOWN_FIGURE = Code("unknown-figure", Severity.ERROR, rests_on=("figures.id", "figures.amount"))
CODES = (UNKNOWN_STANCE, MISSING_STANCE, UNKNOWN_FIGURE)

_NO_TEXT = Text("", Location(""))


def read_brief(slug: str, document: Document, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a fact file. The brief is None only where the file cannot be read at all; problems may stand beside a brief."""
    from generator.read.shape import FactFile

    document, problems = shaped(document, FactFile)
    fields = root_fields(document.root, problems)
    if fields is None:
        return None, tuple(problems)
    return _brief(slug, document.file, fields, house), tuple(problems)


def _brief(slug: str, file: str, fields: Fields, house: HouseStyle) -> Brief:
    language = fields.language("language", house.language)
    return Brief(
        slug=slug,
        file=file,
        place=fields.place,
        title=fields.text("title") or _NO_TEXT,
        subtitle=fields.line("subtitle"),
        number=fields.line("number"),
        date=fields.date("date"),
        status=_status(fields),
        edition=fields.number("edition") or 1,
        updates=fields.prose("updates"),
        language=language,
        preset=fields.line("preset", house.preset),
        citation_style=fields.line("citation_style", house.citation_style),
        authors=tuple(_people(fields, "authors")),
        reviewers=tuple(_people(fields, "reviewers")),
        experts=fields.texts("experts"),
        order=fields.line("order", "alphabetical"),
        order_reason=fields.line("order_reason"),
        selection=fields.prose("selection"),
        summary=fields.prose("summary"),
        key_points=fields.proses("key_points"),
        facts=tuple(read_fact(item, language) for item in fields.records("facts")),
        questions=tuple(_question(item) for item in fields.records("questions")),
        timeline=tuple(_event(item) for item in fields.records("timeline")),
        options=tuple(_option(item) for item in fields.records("options")),
        voices=tuple(_voice(item) for item in fields.records("voices")),
        limits=fields.prose("limits"),
        method=fields.prose("method"),
        corrections=tuple(_correction(item) for item in fields.records("corrections")),
        silenced=fields.silenced(),
        short_title=fields.line("short_title"),
        lines=fields.lines("title", "subtitle", "short_title", "order_reason"),
        answer=fields.prose("answer"),
        emphasis=fields.line("emphasis", "positions"),
        gaps=fields.line("gaps", "line"),
        uses=fields.texts("uses"),
        tables=tuple(_table(item) for item in fields.records("tables")),
        stem=stem_of(slug, file, flat=house.outputs == "flat"),
    )


def _status(fields: Fields) -> Status:
    written = fields.line("status", Status.DRAFT)
    return Status(written) if written in set(Status) else Status.DRAFT


def _people(fields: Fields, key: str) -> Iterator[Person]:
    for person in fields.records(key):
        yield Person(person.line("name"), person.line("role"))


def read_fact(fields: Fields, language: str) -> Fact:
    """Read one fact; `language` is that of its amounts."""
    figures = tuple(_figures(fields, language))
    return Fact(
        id=fields.line("id"),
        claim=fields.prose("claim") or _no_prose(fields),
        figures=figures,
        cite=fields.cite(),
        preferred=_preferred(fields, figures),
        review_by=fields.date("review_by"),
        key=fields.flag("key"),
        headline=fields.text("headline"),
        short=fields.prose("short"),
        printed_in=fields.texts("in"),
        note=fields.prose("note"),
        place=fields.place,
        silenced=fields.silenced(),
    )


def _figures(fields: Fields, language: str) -> Iterator[Figure]:
    for item in fields.records("figures"):
        amount = item.amount("amount", item.line("unit"), language)
        cite, date = item.cite(), item.date("date")
        if amount is not None:
            yield Figure(
                item.line("id"),
                amount,
                item.line("by"),
                cite,
                date,
                item.line("note"),
                item.place,
                measures=item.line("measures"),
                period=item.line("period"),
                scenario=item.line("scenario"),
                derived=item.line("derived"),
                lines=item.lines("by", "note", "measures", "period", "scenario", "derived"),
            )


def _table(fields: Fields) -> DataTable:
    heads = fields.record("heads")
    return DataTable(
        id=fields.line("id"),
        file=fields.text("table") or _NO_TEXT,
        caption=fields.line("caption"),
        units=fields.line("units"),
        columns=fields.texts("columns"),
        heads={name: heads.line(name) for name in heads.node.entries} if heads else {},
        sheet=fields.line("sheet"),
        numbers=fields.language("numbers", ""),
        derived=fields.line("derived"),
        cite=fields.cite(),
        note=fields.prose("note"),
        place=fields.place,
        silenced=fields.silenced(),
        lines=fields.lines("caption", "units", "derived"),
    )


def _preferred(fields: Fields, figures: tuple[Figure, ...]) -> Preferred | None:
    preferred = fields.record("preferred")
    if preferred is None:
        return None
    named, ids = preferred.line("figure"), [figure.id for figure in figures]
    if named in ids:
        because, lines = preferred.line("because"), preferred.lines("because")
        return Preferred(ids.index(named), because, preferred.place, lines)
    if named:
        known = [name for name in ids if name] if len(preferred.problems) < HINTS else []
        hint = did_you_mean(named, known) or "give the figure an `id`"
        preferred.problems.append(
            UNKNOWN_FIGURE.at(preferred.place_of("figure"), f"no figure has the id '{named}'", hint)
        )
    return None


def _statement(fields: Fields, who: str) -> Statement:
    quote = fields.text("quote")
    if quote and fields.scalar("translated_by"):  # the gate cannot see that the source has no such marks
        added = quote.value.replace("*", " ") if fields.flag("emphasis_added") else quote.value
        fields.problems.extend(read_line(replace(quote, value=added))[1])
    return Statement(
        who=who,
        quote=quote,
        says=fields.prose("says"),
        support=fields.text("support"),
        attributed=fields.text("attributed"),
        cite=fields.cite(),
        date=fields.date("date"),
        venue=fields.line("venue"),
        emphasis_added=fields.flag("emphasis_added"),
        translated_by=fields.line("translated_by"),
        place=fields.place,
        silenced=fields.silenced(),
        introduces=fields.line("introduces"),
        direction=fields.line("direction"),
        alterations=fields.line("alterations"),
        short=fields.prose("short"),
    )


def _question(fields: Fields) -> Question:
    scale = tuple(str(label) for label in fields.texts("scale"))
    cells = fields.record("positions")
    return Question(
        id=fields.line("id"),
        ask=fields.text("ask") or _NO_TEXT,
        scale=scale,
        cells={who: _cell(who, item, cells.node.keys[who], scale) for who, item in cells.entries()} if cells else {},
        note=fields.prose("note"),
        place=fields.place,
        silenced=fields.silenced(),
        lines=fields.lines("ask", "scale"),
        ordinal=fields.line("scale_kind", "ordinal") != "nominal",
        printed_in=fields.texts("in"),
    )


def _cell(who: str, fields: Fields, place: Location, scale: tuple[str, ...]) -> Cell:
    if "gap" in fields.node.entries:
        return _gap(fields, place)
    return _position(who, fields, place, scale)


def _gap(fields: Fields, place: Location) -> Gap:
    written = fields.line("gap")
    reason = GapReason(written) if written in set(GapReason) else GapReason.NO_POSITION_FOUND
    until, lines = fields.date("until"), fields.lines("note")
    return Gap(reason, fields.line("searched"), until, fields.line("note"), place, lines)


def _position(who: str, fields: Fields, place: Location, scale: tuple[str, ...]) -> Position:
    earlier = tuple(_position(who, item, item.place, scale) for item in fields.records("earlier"))
    return Position(_statement(fields, who), _stance(fields, place, scale), fields.texts("rests_on"), earlier, place)


def _stance(fields: Fields, place: Location, scale: tuple[str, ...]) -> int | None:
    node = fields.scalar("stance")
    if len(scale) < 2:  # a problem of the question
        return None
    if node is None:
        hint = f"add `stance:` with one of: {', '.join(scale)}"
        fields.problems.append(MISSING_STANCE.at(place, "this position has no stance", hint))
        return None
    written = " ".join(node.value.split())
    if written in scale:
        return scale.index(written)
    hint = did_you_mean(written, scale if len(fields.problems) < HINTS else ())
    fields.problems.append(UNKNOWN_STANCE.at(node.place, f"'{written}' is not on this question's scale", hint))
    return None


def _event(fields: Fields) -> Event:
    date = fields.date("date") or Date(1)
    return Event(date, fields.prose("event") or _no_prose(fields), fields.cite(), fields.place, fields.texts("in"))


def _option(fields: Fields) -> Option:
    return Option(
        id=fields.line("id"),
        option=fields.prose("option") or _no_prose(fields),
        in_favour=fields.prose("for"),
        against=fields.prose("against"),
        cite=fields.cite(),
        rests_on=fields.texts("rests_on"),
        place=fields.place,
        silenced=fields.silenced(),
        supported_by=fields.texts("supported_by"),
        opposed_by=fields.texts("opposed_by"),
        printed_in=fields.texts("in"),
    )


def _voice(fields: Fields) -> Voice:
    statement, question = _statement(fields, fields.line("who")), fields.text("question")
    return Voice(fields.line("id"), statement, question, fields.place, fields.texts("in"))


def _correction(fields: Fields) -> Correction:
    return Correction(fields.date("date") or Date(1), fields.prose("what") or _no_prose(fields), fields.place)


def _no_prose(fields: Fields) -> Prose:
    return Prose(Text("", fields.place))
