"""Charts of a fact file, with the rows of numbers that they may hold. Whether these can be drawn is decided later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from generator.model import Chart, DataTable, TableCell
from generator.read.fields import Fields
from generator.read.nodes import Scalar, Sequence


def read_chart(fields: Fields, data: DataTable, language: str) -> Chart:
    """Read one chart; `data` is what it has in common with a table, and `language` that of its brief's numbers."""
    rows = tuple(_rows(fields))
    lines = (*data.lines, *fields.lines("ends"))
    data = replace(data, rows=rows, numbers=data.numbers or (language if rows else ""), silenced=(), lines=lines)
    return Chart(
        id=fields.line("id"),
        kind=fields.line("kind"),
        data=data,
        ends=tuple(str(text) for text in fields.texts("ends")),
        span=tuple(_numbers(fields)),
        place=fields.place,
        silenced=fields.silenced(),
    )


def _rows(fields: Fields) -> Iterator[tuple[TableCell, ...]]:
    """Yield the rows as they are written, without their numbers."""
    node = fields.node.entries.get("rows")
    for row in node.items if isinstance(node, Sequence) else ():
        if isinstance(row, Sequence):
            yield tuple(
                TableCell("" if cell.is_null else " ".join(cell.value.split()), cell.place)
                for cell in row.items
                if isinstance(cell, Scalar)
            )


def _numbers(fields: Fields) -> Iterator[Decimal]:
    for text in fields.texts("span"):
        try:
            number = Decimal(text.value.replace("\N{MINUS SIGN}", "-"))
        except InvalidOperation:
            continue
        if number.is_finite():
            yield number
