"""Charts: drawings of numbers in the fact file, or in a file next to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.model.fields import optional, printed_in, required, suppressions
from generator.model.kinds import (
    CELL,
    CITE,
    CODED,
    ID,
    LANGUAGE,
    LINE,
    MARKDOWN,
    PLACED_CODED,
    PLACED_VALUE,
    choice,
    list_of,
    mapping_of,
)
from generator.model.table import DataTable, TableCell
from generator.model.values import CitationGroup, Prose, Suppression, Text

CHART = "chart:"
"""Begins a reference to a chart."""
MOST_DIGITS = 12
"""Most digits of a drawn number, decimals included, so that binary fractions are exact enough and labels have room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(DataTable):
    """A table that is drawn: its first column labels what is drawn, each other column is a series.

    `file` is empty if the fact file contains the rows; `head` and `rows` are empty if they could not be read.
    """

    suppressed: tuple[Suppression, ...] = suppressions("{table-unsupported: The source gives them in a picture.}")
    id: str = required(
        ID,
        "A short name that never changes: prose refers to it as `[#chart:id]`.",
        "yield",
        "bad-value duplicate-id",
    )
    kind: str = required(
        choice("bar", "grouped-bar", "line", "dot", "range", "position", "timeline"),
        "What is drawn: `bar` one number for each label, `grouped-bar` several; `line` numbers over time; `dot` numbers that need not "
        "begin at zero; `range` from a lowest to a highest number; `position` labels on one axis; `timeline` dates and periods.",
        "grouped-bar",
        "bad-value chart-shape",
    )
    caption: str = required(LINE, "What the chart shows, in a few words.", "What a charge would bring, by town")
    file: Text = optional(  # type: ignore[assignment]  # the reader fills it
        PLACED_CODED,
        "The file with the numbers, `.csv` or `.xlsx`, relative to this one; or use `rows`.",
        "data/yield.csv",
        "table-file chart-data chart-not-printed",
        key="table",
    )
    rows: tuple[tuple[TableCell, ...], ...] = optional(
        list_of(list_of(CELL)),
        "The numbers, in the brief's language. A row begins with its label; a missing number is `null`, and drawn as a gap.",
        "[[Quillport, 4.2, 5], [Marren, 3.8, null]]",
        "chart-data chart-number chart-shape chart-too-many",
    )
    columns: tuple[Text, ...] = optional(
        list_of(PLACED_VALUE),
        "For `rows`, the names of their columns; for a file, the columns that are drawn. The first one has the labels.",
        "[Town, 2024, 2025]",
        "chart-data table-column",
    )
    heads: Mapping[str, str] = optional(
        mapping_of(LINE),
        "Names to print instead of the columns' own.",
        "{2025: 2025 (expected)}",
        "table-column",
        quotations=False,
    )
    sheet: str = optional(
        CODED, "The sheet of a workbook, or a part of it: `Costs!A3:D20`.", "Yield!A3:C9", "table-sheet"
    )
    units: str = optional(
        LINE,
        "What the numbers count, printed at the axis: `million euros`. Required, except for a timeline.",
        "million euros",
        "chart-units",
    )
    numbers: str = optional(
        LANGUAGE,
        "The language in which the numbers are written, as a BCP 47 tag.",
        "de",
        "unknown-language table-number",
    )
    ends: tuple[str, ...] = optional(
        list_of(LINE),
        "For `position`: what the two ends of the axis mean.",
        "[Against a charge, For a charge]",
        "chart-shape",
    )
    span: tuple[Text, ...] = optional(
        list_of(PLACED_VALUE), "For `position`: the numbers at the two ends of the axis.", "[0, 10]", "chart-shape"
    )
    axis: str = optional(
        choice("linear", "logarithmic"),
        "The axis of the numbers. If left out, `dot` and `range` have a logarithmic one if all numbers are above zero and the "
        "largest is more than ten times the smallest; all other charts have a linear one. A `line` can have either.",
        "logarithmic",
        "bad-value chart-shape",
    )
    cite: CitationGroup | None = optional(
        CITE,
        "Where the numbers are from. Required; printed as the source of the chart.",
        '"@rise-2025, table 2"',
        "uncited bad-citation unknown-locator unknown-source",
    )
    derived: str = optional(
        LINE,
        "How the numbers were computed, if the source does not state them; printed.",
        "Yield less the cost of collection.",
    )
    note: Prose | None = optional(
        MARKDOWN, "What a reader has to know to understand the chart.", "Only towns with a harbour are shown."
    )
    printed_in: tuple[Text, ...] = printed_in("fact-not-printed")


def is_logarithmic(chart: Chart) -> bool:
    """Whether equal steps on the axis are equal factors: as stated, or because the points span more than a factor of ten."""
    numbers = [cell.number.value for row in chart.rows for cell in row[1:] if cell.number]
    if chart.axis or chart.kind not in ("dot", "range"):
        return chart.axis == "logarithmic"
    return bool(numbers) and min(numbers) > 0 and max(numbers) > 10 * min(numbers)


def span_of(chart: Chart) -> tuple[Decimal, ...]:
    """Return the numbers at the two ends of the axis; nothing if they are not two numbers."""
    try:
        ends = tuple(Decimal(text.value.replace("\N{MINUS SIGN}", "-")) for text in chart.span)
    except InvalidOperation:
        return ()
    return ends if len(ends) == 2 and all(end.is_finite() for end in ends) else ()


def is_drawable(number: Decimal) -> bool:
    """Whether a number, written out, has few enough digits to be drawn."""
    if not number.is_finite():
        return False
    exponent = int(number.as_tuple().exponent)
    whole = max(number.adjusted() + 1, 1) if number else 1
    return whole + max(-exponent, 0) <= MOST_DIGITS
