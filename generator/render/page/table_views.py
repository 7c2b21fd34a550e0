"""Tables from files: numbers in the brief's language, aligned at decimal marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import TABLE, Brief, DataTable, Library, TableCell
from generator.model.figure_places import placed_names
from generator.render.labels import Labels
from generator.render.page.figure_numbers import figure_numbers
from generator.render.page.statement import sources_named
from generator.render.page.views import TableColumn, TableEntry, TableView
from generator.syntax.table_numbers import MISSING, format_number

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
    return TableView(
        id=table.id,
        title=labels("table_title", n=number, caption=table.caption),
        units=labels("table_units", units=table.units) if table.units else "",
        columns=tuple(TableColumn(head, kind) for head, kind in zip(table.head, kinds, strict=True)),
        rows=tuple(
            tuple(_cell(cell, kind, most, labels) for cell, kind, most in zip(row, kinds, decimals, strict=True))
            for row in table.rows
        ),
        cluster=table.cite,
        source=sources_named(table.cite, library, labels),
        derived=labels("table_derived", how=table.derived) if table.derived else "",
        note=table.note,
    )


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
