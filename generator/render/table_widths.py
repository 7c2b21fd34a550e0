"""Checks whether a table fits the page, by the longest words of its columns."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Brief, DataTable
from generator.model.figure_places import placed_names
from generator.problems import Code, Problem, Severity
from generator.render.preset import Preset

TABLE_TOO_WIDE = Code("table-too-wide", Severity.ERROR)
TABLE_NOT_PRINTED = Code("table-not-printed", Severity.ERROR)
SECTION_NOT_PRINTED = Code("section-not-printed", Severity.ERROR)
CHART_NOT_PRINTED = Code("chart-not-printed", Severity.ERROR)
CODES = (TABLE_TOO_WIDE, TABLE_NOT_PRINTED, CHART_NOT_PRINTED, SECTION_NOT_PRINTED)

_WIDTHS = {"A4": (210, 297), "A5": (148, 210), "letter": (216, 279), "legal": (216, 356)}
"""Widths of an upright and a landscape page, in mm."""
_MARGINS = 40
"""Both margins together in mm, as in the built-in designs."""
_CHARACTER, _PADDING = 1.6, 4.0
"""In mm: width of a character of a table (a high estimate), and the space after a column."""


def check_tables(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """Yield `table-not-printed`, `section-not-printed`, and `table-too-wide` for each table that cannot fit."""
    placed = placed_names(brief)
    loose = [table for table in brief.tables if f"table:{table.id}" not in placed]
    if loose and "tables" not in preset.blocks:
        hint = f"add `tables` to the blocks of the preset “{preset.name}”, or use another preset"
        yield TABLE_NOT_PRINTED.at(loose[0].place, f"the preset “{preset.name}” prints no tables", hint)
        return
    for section in brief.sections:
        block = "sections-after" if section.after else "sections"
        if block not in preset.blocks:
            hint = f"add `{block}` to the blocks of the preset “{preset.name}”, or use another preset"
            yield SECTION_NOT_PRINTED.at(section.place, f"the preset “{preset.name}” does not print this section", hint)
    paper, _, across = preset.size.partition(" ")
    measure = _WIDTHS[paper][bool(across)] - _MARGINS
    for table in brief.tables:
        needed = least_width(table)
        if needed > measure:
            message = f"the table needs about {needed:.0f} mm, and the page has {measure} mm"
            yield TABLE_TOO_WIDE.at(
                table.file.place, message, "choose fewer `columns`, or shorten their names with `heads`"
            )


def check_charts(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """Yield `chart-not-printed`."""
    placed = placed_names(brief)
    loose = [chart for chart in brief.charts if f"chart:{chart.id}" not in placed]
    if loose and "charts" not in preset.blocks:
        hint = f"add `charts` to the blocks of the preset “{preset.name}”, or use another preset"
        yield CHART_NOT_PRINTED.at(loose[0].place, f"the preset “{preset.name}” prints no charts", hint)


def least_width(table: DataTable) -> float:
    """Return the approximate width in mm."""
    columns = zip(
        table.head,
        *([cell.text if not cell.number else _joined(cell.text) for cell in row] for row in table.rows),
        strict=True,
    )
    longest = (max(len(word) for text in column for word in (*text.split(), "")) for column in columns)
    return sum(_CHARACTER * characters + _PADDING for characters in longest)


def _joined(number: str) -> str:
    """Return the parts that cannot be broken. A number is never broken, even if spaces group its digits."""
    return "".join(number.split())
