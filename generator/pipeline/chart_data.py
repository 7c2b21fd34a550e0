"""Fills tables and charts of a brief. The files and rows of charts are read in the same way as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.model import Brief, Chart, TableCell
from generator.pipeline.data_tables import chosen, filled, with_tables
from generator.problems import Code, Problem, Severity
from generator.problems.counts import counted

CHART_DATA = Code("chart-data", Severity.ERROR, rests_on=("columns", "rows"))
CODES = (CHART_DATA,)


def with_data(brief: Brief, opener: Callable[[str], bytes]) -> tuple[Brief, tuple[Problem, ...]]:
    """Return the brief with its tables and charts filled, and their problems. `opener` returns a file's bytes or raises OSError."""
    brief, problems = with_tables(brief, opener)
    if not brief.charts:
        return brief, problems
    both = [_filled(chart, brief, opener) for chart in brief.charts]
    chart_problems = tuple(one for _, chart_problems in both for one in chart_problems)
    return replace(brief, charts=tuple(chart for chart, _ in both)), (*problems, *chart_problems)


def _filled(chart: Chart, brief: Brief, opener: Callable[[str], bytes]) -> tuple[Chart, tuple[Problem, ...]]:
    problems = tuple(_unfit(chart))
    if problems:
        return replace(chart, rows=()), problems
    if chart.file:
        table, cell_problems = filled(chart, brief, opener)
    else:
        head = [TableCell(" ".join(name.value.split()), name.place) for name in chart.columns]
        table, cell_problems = chosen(replace(chart, columns=(), rows=()), [head, *map(list, chart.rows)])
    return table, tuple(cell_problems)


def _unfit(chart: Chart) -> Iterator[Problem]:
    if bool(chart.file) == bool(chart.rows):
        message = "the chart has both a file and rows" if chart.file else "the chart has no numbers"
        hint = (
            "keep `table` or `rows`, not both"
            if chart.file
            else "name a file with `table`, or write `columns` and `rows`"
        )
        yield CHART_DATA.at(chart.place, message, hint)
    elif not chart.file:
        yield from _uneven(chart)


def _uneven(chart: Chart) -> Iterator[Problem]:
    columns = len(chart.columns)
    if columns < 2:
        hint = "write `columns` with the name of the labels and one for each series"
        yield CHART_DATA.at(chart.place, "the columns of the rows have no names", hint)
        return
    for number, row in enumerate(chart.rows, 1):
        if len(row) != columns:
            place = row[-1].place if row else chart.place
            message = f"row {number} has {counted(len(row), 'cell')}, and there are {counted(columns, 'column')}"
            yield CHART_DATA.at(place, message, "write `null` for a missing number")
