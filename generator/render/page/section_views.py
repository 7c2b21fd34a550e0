"""The body of a brief: its sections and tables, with the pictures and boxes that they place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import TABLE, Brief, DataTable, Library, Picture, PictureFile, TableCell
from generator.model.walk import placed_names
from generator.render.labels import Labels
from generator.render.page.chart_views import figure_numbers
from generator.render.page.people import head
from generator.render.page.picture_views import (
    BoxView,
    ImageView,
    PullQuoteView,
    SectionView,
    TableColumn,
    TableEntry,
    TableView,
)
from generator.render.page.statement import is_short, said_on, sources_named, words
from generator.syntax.table_numbers import MISSING, format_number

_HIGHEST = 105
"""Largest height of a picture on paper, in mm: with its caption it is less than half a page."""
_WIDEST = 176
_FINENESS = 150 / 25.4
"""Least pixels for a mm in print: a picture with few pixels is printed small."""
_WINDOW = 760
"""Largest width of a picture in a window, in CSS pixels."""
_WIDE = ("table", "chart")


def sections(brief: Brief, *, after: bool) -> tuple[SectionView, ...]:
    """Return the sections before the facts, or those after the positions."""
    return tuple(
        SectionView(one.id, one.heading, one.text, any(placed.kind in _WIDE for placed in one.text.placements))
        for one in brief.sections
        if one.after == after
    )


def pictures(brief: Brief, library: Library, labels: Labels) -> dict[str, ImageView]:
    """Return the pictures that can be shown, by id."""
    numbers = figure_numbers(brief)
    return {
        one.id: _picture(one, one.image, numbers[f"picture:{one.id}"], library, labels)
        for one in brief.pictures
        if one.image and f"picture:{one.id}" in numbers
    }


def _picture(picture: Picture, image: PictureFile, number: int, library: Library, labels: Labels) -> ImageView:
    """Return a picture with its widths: `paper` in millimetres, `window` in pixels."""
    ratio = image.width / image.height
    fine = image.width / _FINENESS if image.kind != "svg" else _WIDEST
    return ImageView(
        id=picture.id,
        file=file_name(picture),
        alt=picture.alt,
        lead=labels("picture_title", n=number, caption=""),
        caption=labels.sentence(picture.caption),
        credit=labels.sentence(labels.comma.join(filter(None, (picture.credit, picture.licence)))),
        cluster=picture.cite,
        source=sources_named(picture.cite, library, labels),
        width=image.width,
        height=image.height,
        paper=f"{min(fine, ratio * _HIGHEST, _WIDEST):.1f}",
        window=round(min(_WINDOW if image.kind == "svg" else image.width, ratio * _WINDOW)),
    )


def file_name(picture: Picture) -> str:
    """Return the name of a picture among the files of a page."""
    return f"picture-{picture.id}"


def files(brief: Brief) -> dict[str, PictureFile]:
    """Files that are published with the page, by name."""
    return {file_name(one): one.image for one in brief.pictures if one.image}


def pull_quotes(brief: Brief, library: Library, labels: Labels) -> dict[str, PullQuoteView]:
    """Return them by id."""
    quotes = {}
    for one in brief.pull_quotes:
        who = head(one.statement.who, said_on(one.statement, library), library, labels)
        quotes[one.id] = PullQuoteView(one.id, words(one.statement, who.name, library, labels), who)
    return quotes


def boxes(brief: Brief) -> dict[str, BoxView]:
    """Return them by id."""
    return {one.id: BoxView(one.id, one.heading, one.text, is_short(one.heading, one.text)) for one in brief.boxes}


_PADS = 6
"""Most decimals for which the style sheets have room."""


def table_views(brief: Brief, library: Library, labels: Labels) -> tuple[TableView, ...]:
    numbers, placed = figure_numbers(brief), placed_names(brief)
    names = [f"{TABLE}{table.id}" for table in brief.tables]
    return tuple(
        replace(_view(table, numbers[name], library, labels), placed=name in placed)
        for name, table in zip(names, brief.tables, strict=True)
    )


def _view(table: DataTable, number: int, library: Library, labels: Labels) -> TableView:
    columns = list(zip(*table.rows, strict=True)) if table.rows else [() for _ in table.head]
    kinds = [_kind(column) for column in columns]
    decimals = [_decimals(column) for column in columns]
    rows = tuple(
        tuple(_cell(cell, kind, most, labels) for cell, kind, most in zip(row, kinds, decimals, strict=True))
        for row in table.rows
    )
    return TableView(
        id=table.id,
        title=labels("table_title", n=number, caption=table.caption),
        units=labels("table_units", units=table.units) if table.units else "",
        columns=tuple(TableColumn(head, kind) for head, kind in zip(table.head, kinds, strict=True)),
        rows=rows,
        cluster=table.cite,
        source=sources_named(table.cite, library, labels),
        derived=labels("table_derived", how=table.derived) if table.derived else "",
        note=table.note,
        whole_words=(letters := _letters(table.head, rows)) <= _ROOM,
        narrow=letters <= _ROOM / 2,
    )


_ROOM = 100
"""Letters that fit next to each other in a table on every paper; a page of A4 has room for about 110."""
_GUTTER = 3
"""Letters that fit between two columns."""


def _letters(head: Sequence[str], rows: Sequence[Sequence[TableEntry]]) -> int:
    """Return the width of a table with one word in each line of a cell, in letters."""
    columns = [[name] for name in head]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            column.append(cell.words)
    longest = (max(len(word) for text in column for word in text.split() or [""]) for column in columns)
    return sum(longest) + _GUTTER * len(columns)


def _kind(column: Sequence[TableCell]) -> str:
    """Return `number` if a column has numbers and otherwise only signs for missing ones, or else `words`."""
    numbers = [cell.number is not None for cell in column if cell.text.casefold() not in MISSING]
    return "number" if numbers and all(numbers) else "words"


def _decimals(column: Sequence[TableCell]) -> int:
    return max((cell.number.decimals for cell in column if cell.number), default=0)


def _cell(cell: TableCell, kind: str, decimals: int, labels: Labels) -> TableEntry:
    if not cell.text:
        return TableEntry(labels("table_empty"), "empty")
    words = format_number(cell.number, labels.language) if cell.number else cell.text
    if kind == "words" or cell.number is None:
        return TableEntry(words, kind)
    return TableEntry(words, kind, min(decimals - cell.number.decimals, _PADS), not cell.number.decimals)
