"""Tables from files next to a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model.fields import optional, required, suppressions
from generator.model.kinds import (
    CITE,
    CODED,
    ID,
    LANGUAGE,
    LINE,
    MARKDOWN,
    PLACED_CODED,
    list_of,
    mapping_of,
)
from generator.model.values import CitationGroup, Line, Prose, Suppression, Text
from generator.problems import Location

TABLE = "table:"
"""Begins a reference to a table."""


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number in a table, with the properties of its written form."""

    value: Decimal
    decimals: int = 0
    grouped: bool = False
    percent: bool = False
    mark: str = ""
    """The decimal mark of the file's author, if the number shows it: `.`, `,` or nothing."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: its text as in the file, its number if it is one, and its place."""

    text: str
    place: Location
    """In a CSV file the cell itself; for a workbook the line in the brief, with the cell in `where`."""
    where: str = ""
    """`Costs!B4` in a workbook."""
    number: TableNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table from a file next to the brief. `head` and `rows` are empty if the file could not be read."""

    suppressed: tuple[Suppression, ...] = suppressions("{table-unsupported: The source gives them in a picture.}")
    id: str = required(
        ID,
        "A short name that never changes: prose refers to it as `[#table:id]`.",
        "costs",
        "bad-value duplicate-id",
    )
    file: Text = required(
        PLACED_CODED,
        "The file, `.csv` or `.xlsx`, relative to this one: `data/costs.csv`.",
        "data/costs.csv",
        "table-file table-too-large table-too-wide table-not-printed bad-csv table-number table-unsupported",
        key="table",
    )
    caption: str = required(LINE, "What the table shows, in a few words.", "What the runs cost", "quote-uncited")
    sheet: str = optional(
        CODED,
        "The sheet of a workbook, or a part of it: `Costs`, `Costs!A3:D20`. Not needed if there is only one sheet.",
        "Costs!A3:D20",
        "table-sheet",
    )
    columns: tuple[Text, ...] = optional(
        list_of(PLACED_CODED),
        "The columns to print, in this order, by the names in the first row; all if left out.",
        "[Model, Cost]",
        "table-column",
    )
    heads: Mapping[str, str] = optional(
        mapping_of(LINE),
        "Headings to print instead of the columns' names.",
        "{Cost: Cost of training}",
        "table-column",
        quotations=False,
    )
    units: str = optional(
        LINE, "What the numbers count, printed with the caption: `million US dollars`.", "million US dollars"
    )
    numbers: str = optional(
        LANGUAGE,
        "The language in which the file writes numbers, as a BCP 47 tag. Needed if `1.234` could be two numbers.",
        "de",
        "unknown-language table-number",
    )
    cite: CitationGroup | None = optional(
        CITE,
        "Where the numbers are from. Required; printed as the source of the table.",
        '"@rise-2025, para. 5"',
        "uncited unknown-source bad-citation",
    )
    derived: str = optional(
        LINE,
        "How the numbers were computed, if the source does not state them; printed.",
        "The sum of staff and chips.",
    )
    note: Prose | None = optional(
        MARKDOWN, "What a reader has to know to understand the table.", "Rounded to whole millions."
    )
    place: Location
    lines: tuple[Line, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[TableCell, ...], ...] = ()
