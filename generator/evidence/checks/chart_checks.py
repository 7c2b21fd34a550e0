"""Whether charts can be drawn, and whether charts, tables and pictures are placed once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from generator.evidence.checks.subject import Subject
from generator.model import Chart, Placement, Prose, TableCell
from generator.model.chart import MOST_DIGITS, is_drawable, span_of
from generator.model.days import first_day, last_day
from generator.model.walk import KINDS, PLACED_ONLY, figures, walk
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import counted, did_you_mean
from generator.syntax.dates import read_date
from generator.syntax.markdown.markdown_marks import BAD_PLACEMENT
from generator.syntax.table_numbers import MISSING

CHART_NUMBER = Code("chart-number", Severity.ERROR, rests_on=(".",))
CHART_SHAPE = Code("chart-shape", Severity.ERROR)
CHART_UNITS = Code("chart-units", Severity.ERROR, rests_on=("units",))
CHART_TOO_MANY = Code("chart-too-many", Severity.ERROR)


class _Limits(NamedTuple):
    """The number of series of a kind of chart, and the most rows; 0 if only the room limits them."""

    least: int
    most: int
    rows: int = 0


_LIMITS = {
    "bar": _Limits(1, 1),
    "grouped-bar": _Limits(2, 4),
    "line": _Limits(1, 6, 120),
    "dot": _Limits(1, 4),
    "range": _Limits(2, 3),
    "position": _Limits(1, 1, 16),
    "timeline": _Limits(1, 2),
}

_ROOM = 140
"""Millimetres of a page for all rows."""
_LINE, _BAR, _BETWEEN = 3.74, 3.2, 2.47
"""Millimetres of a line of a label, of one of several bars, and between two rows."""
_LARGER = "round it, or choose larger units"
_LABEL, _LONGEST = 36, 110
"""Characters of a label in one line, and in all."""


def check_charts(subject: Subject) -> Iterator[Problem]:
    """Yield `chart-number`, `chart-shape`, `chart-units`, `chart-too-many`; a chart that cannot be read is reported elsewhere."""
    for chart in subject.brief.charts:
        if chart.kind in _LIMITS and chart.rows:
            fits = list(_shape(chart))
            yield from fits or _values(chart)
            yield from _many(chart)
        if not chart.units and chart.kind != "timeline" and not _percent(chart):
            yield CHART_UNITS.at(chart.place, f"the chart “{chart.id}” has no units", "add `units`")


def _percent(chart: Chart) -> bool:
    """Whether each number has its own percent sign."""
    numbers = [cell.number for row in chart.rows for cell in row[1:] if cell.number]
    return bool(numbers) and all(number.percent for number in numbers)


def _shape(chart: Chart) -> Iterator[Problem]:
    """Yield what does not fit the kind of chart: the number of series, the ends and the span."""
    limits, series = _LIMITS[chart.kind], len(chart.head) - 1
    if not limits.least <= series <= limits.most:
        columns = counted(limits.least, "column") + (f" to {limits.most}" if limits.most > limits.least else "")
        hint = f"next to the labels, a `{chart.kind}` has {columns}"
        if chart.kind == "bar" and series > 1:
            hint += "; `grouped-bar` has several"
        yield CHART_SHAPE.at(chart.place, f"the chart “{chart.id}” has {counted(series, 'column')} of numbers", hint)
    for name, number in (("ends", len(chart.ends)), ("span", len(chart.span))):
        if number and (number != 2 or chart.kind != "position"):
            hint = f"`{name}` has two entries, and belongs to `position` only"
            yield CHART_SHAPE.at(chart.place, f"`{name}` does not fit this chart", hint)
    yield from _axis(chart)
    if len(chart.span) == 2:
        ends = span_of(chart)
        if not ends or ends[0] >= ends[1]:
            message = "`span` has to be a number and a larger one"
            yield CHART_SHAPE.at(chart.span[0].place, message, "write `span: [0, 10]`")
        elif not all(map(is_drawable, ends)):
            message = f"`span` has a number of more than {MOST_DIGITS} digits"
            yield CHART_SHAPE.at(chart.span[0].place, message, _LARGER)


def _axis(chart: Chart) -> Iterator[Problem]:
    """Yield a problem for numbers that a logarithmic axis cannot show: zero, where bars begin, and numbers below it."""
    if chart.axis and chart.kind not in ("dot", "range", "line"):
        hint = "`dot`, `range` and `line` can have either axis; leave `axis` out"
        yield CHART_SHAPE.at(chart.place, f"a `{chart.kind}` can only have a linear axis", hint)
    elif chart.axis == "logarithmic":
        low = next((cell for row in chart.rows for cell in row[1:] if cell.number and cell.number.value <= 0), None)
        if low:
            message = f"{_where(low)}{low.text} cannot be shown on a logarithmic axis"
            yield CHART_SHAPE.at(low.place, message, "leave `axis` out, or write `axis: linear`")


def _values(chart: Chart) -> Iterator[Problem]:
    """Yield the problems of the labels and numbers, row by row."""
    numbers = 0
    for row in chart.rows:
        if not row[0].text:
            yield CHART_NUMBER.at(
                row[0].place, f"{_where(row[0])}a row of the chart has no label", "write one in the first column"
            )
        wrong = [cell for cell in row[1:] if not _is_missing(cell) and not _readable(cell, chart)]
        numbers += sum(not _is_missing(cell) for cell in row[1:])
        for cell in wrong:
            kind, hint = (
                ("date", "write 2025, 2025-02 or 2025-02-14")
                if chart.kind == "timeline"
                else ("number", "write digits only")
            )
            yield CHART_NUMBER.at(
                cell.place, f"{_where(cell)}“{cell.text}” is not a {kind}", f"{hint}, or leave the cell empty for a gap"
            )
        yield from _long(row)
        if not wrong:
            yield from _order(chart, row)
            yield from _outside(chart, row)
    yield from _backwards(chart)
    if not numbers:
        yield CHART_NUMBER.at(chart.place, f"the chart “{chart.id}” has only gaps", "a chart needs a number")


def _backwards(chart: Chart) -> Iterator[Problem]:
    """Yield a problem for the first label of a line that is a date before the one above it."""
    labels = [row[0] for row in chart.rows]
    if chart.kind != "line" or not all(_is_date(label) for label in labels):
        return
    for above, below in pairwise(labels):
        if first_day(read_date(below.text)) < first_day(read_date(above.text)):
            message = f"{_where(below)}“{below.text}” is before “{above.text}” in the row above"
            yield CHART_SHAPE.at(below.place, message, "put the rows of a line in the order of their dates")
            return


def _long(row: tuple[TableCell, ...]) -> Iterator[Problem]:
    """Yield a problem for numbers with too many digits: binary fractions cannot hold them, and labels have no room."""
    for cell in row[1:]:
        if cell.number and not is_drawable(cell.number.value):
            message = f"{_where(cell)}“{cell.text}” has more than {MOST_DIGITS} digits"
            yield CHART_NUMBER.at(cell.place, message, _LARGER)


def _where(cell: TableCell) -> str:
    return f"{cell.where}: " if cell.where else ""


def _is_missing(cell: TableCell) -> bool:
    return cell.text.casefold() in MISSING


def _readable(cell: TableCell, chart: Chart) -> bool:
    return _is_date(cell) if chart.kind == "timeline" else cell.number is not None


def _is_date(cell: TableCell) -> bool:
    try:
        read_date(cell.text)
    except ValueError:
        return False
    return True


def _order(chart: Chart, row: tuple[TableCell, ...]) -> Iterator[Problem]:
    """Yield a problem for each range or period in the wrong order."""
    cells = [cell for cell in row[1:] if not _is_missing(cell)]
    if chart.kind == "range":
        if len(cells) == 1 or (cells and (_is_missing(row[1]) or _is_missing(row[-1]))):
            yield CHART_SHAPE.at(
                row[0].place, f"{_where(row[0])}the range has only one end", "write both numbers, or neither"
            )
            return
        numbers = [cell.number.value for cell in cells if cell.number]
        if numbers != sorted(numbers):
            message = f"{_where(row[0])}the numbers of “{row[0].text}” are not in ascending order"
            yield CHART_SHAPE.at(cells[0].place, message, "write the lowest number first")
    elif (
        chart.kind == "timeline"
        and len(cells) > 1
        and last_day(read_date(cells[1].text)) < last_day(read_date(cells[0].text))
    ):
        yield CHART_SHAPE.at(
            cells[1].place, f"{_where(cells[1])}“{row[0].text}” ends before it begins", "write the first date first"
        )
    elif chart.kind == "timeline" and len(row) > 2 and _is_missing(row[1]) and not _is_missing(row[2]):
        yield CHART_SHAPE.at(
            row[2].place, f"{_where(row[2])}“{row[0].text}” has an end but no beginning", "write when it began"
        )


def _outside(chart: Chart, row: tuple[TableCell, ...]) -> Iterator[Problem]:
    """Yield a problem for each position outside the axis."""
    number, ends = row[1].number, span_of(chart)
    if ends and number and not ends[0] <= number.value <= ends[1]:
        message = f"{_where(row[1])}{row[1].text} is outside `span`, which is {ends[0]} to {ends[1]}"
        yield CHART_SHAPE.at(row[1].place, message, "correct the number, or widen `span`")


def _many(chart: Chart) -> Iterator[Problem]:
    """Yield what is too long or too much for the room of a chart."""
    limits, rows = _LIMITS[chart.kind], chart.rows
    for row in rows:
        if len(row[0].text) > _LONGEST:
            message = f"{_where(row[0])}the label has {counted(len(row[0].text), 'character')}, and there is room for {_LONGEST}"
            yield CHART_TOO_MANY.at(row[0].place, message, "shorten the label")
            return
    if limits.rows and len(rows) > limits.rows:
        message = (
            f"the chart “{chart.id}” has {counted(len(rows), 'row')}, and a `{chart.kind}` has room for {limits.rows}"
        )
        yield CHART_TOO_MANY.at(rows[limits.rows][0].place, message, "choose the rows that matter, or print a table")
    elif not limits.rows and (needed := sum(_height(chart, row[0]) for row in rows)) > _ROOM:
        message = f"the chart “{chart.id}” needs about {needed:.0f} mm, and a page has room for {_ROOM} mm"
        yield CHART_TOO_MANY.at(chart.place, message, "choose the rows that matter, or shorten labels")


def _height(chart: Chart, label: TableCell) -> float:
    """Return the approximate height of a row in millimetres."""
    lines = -(-len(label.text) // _LABEL) + (chart.kind == "timeline")
    bars = len(chart.head) - 1 if chart.kind == "grouped-bar" else 1
    return max(lines * _LINE, bars * _BAR) + _BETWEEN


PLACEMENT_UNKNOWN = Code(
    "placement-unknown",
    Severity.ERROR,
    rests_on=("pictures.id", "tables.id", "pull_quotes.id", "boxes.id", "charts.id"),
)

FIGURE_UNPLACED = Code("figure-unplaced", Severity.ERROR, rests_on=("sections.text",))
FIGURE_TWICE = Code("figure-twice", Severity.ERROR)


def check_placing(subject: Subject) -> Iterator[Problem]:
    """Yield `placement-unknown`, `figure-twice`, `figure-unplaced`, and `bad-placement` outside sections."""
    brief = subject.brief
    named, seen = figures(brief), set[str]()
    for placed in (one for section in brief.sections for one in section.text.placements):
        if placed.name not in named:
            yield _unknown(placed, named)
        elif placed.name in seen:
            hint = f"to refer to it, write [#{placed.name}]"
            yield FIGURE_TWICE.at(placed.place, f"“{placed.name}” is placed a second time", hint)
        seen.add(placed.name)
    for name, place in figures(brief, PLACED_ONLY).items():
        if name not in seen:
            hint = f"write ![#{name}] on a line of its own in a section"
            yield FIGURE_UNPLACED.at(place, f"no section prints “{name}”", hint)
    own = {id(section.text) for section in brief.sections}
    for prose in (*walk(brief, Prose), *walk(subject.library.house, Prose)):
        for placed in prose.placements if id(prose) not in own else ():
            message = "figures can only be placed in the text of a section"
            yield BAD_PLACEMENT.at(placed.place, message, "write it in a section, or refer to it without the `!`")


def _unknown(placed: Placement, named: dict[str, Location]) -> Problem:
    """Return the problem of a placement that names no figure of the brief."""
    if not placed.kind:
        fitting = [name for name in named if name.partition(":")[2] == placed.id]
        hint = (
            f"write ![#{fitting[0]}]"
            if fitting
            else "state the kind: ![#picture:id], ![#table:id], ![#quote:id] or ![#box:id]"
        )
        return PLACEMENT_UNKNOWN.at(placed.place, f"“![#{placed.id}]” does not state the kind of figure", hint)
    field = KINDS.get(placed.kind)
    hint = did_you_mean(placed.name, list(named)) or (
        f"add it under `{field}`" if field else f"the kinds are {', '.join(KINDS)}"
    )
    return PLACEMENT_UNKNOWN.at(placed.place, f"the brief has no “{placed.name}”", hint)
