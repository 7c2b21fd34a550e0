"""From charts and timelines of a brief to drawings with their words and numbers.

Tables and charts that no section places are printed after the facts: after those of the first sections, and before those of
the sections with `place: after`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from operator import itemgetter
from unicodedata import category

from generator.model import CHART, Brief, Chart, Date, Event, Library, TableCell
from generator.model.chart import is_logarithmic, span_of
from generator.model.days import first_day, last_day
from generator.model.walk import NUMBERED, drawn_events, figures, in_sections, placed_names
from generator.render.charts.bar_charts import draw_bars
from generator.render.charts.chart_data import (
    NARROW,
    SIZE,
    WIDE,
    ChartDrawing,
    ChartRow,
    Plotted,
    PlottedValue,
    palette,
)
from generator.render.charts.line_charts import draw_lines
from generator.render.charts.one_axis import EventMark, draw_events, draw_positions
from generator.render.labels import Labels, without_stop
from generator.render.page.fact_views import EventView
from generator.render.page.picture_views import ChartCell, ChartView, PictureView, TimelineView
from generator.render.page.statement import is_short, sources_named, when
from generator.render.scripts import direction_of
from generator.syntax.dates import format_date, read_date
from generator.syntax.table_numbers import MISSING, format_number

_SPOKEN = 0.55
"""Least share of letters in the description of data that can be read aloud."""
_TALL = 330.0
"""Largest height of a narrow drawing that fits a column."""


def chart_views(brief: Brief, library: Library, labels: Labels, colours: Sequence[str]) -> tuple[ChartView, ...]:
    """Return the charts that have numbers; `colours` are those of the page design."""
    drawn = [
        chart
        for chart in brief.charts
        if chart.rows and len(chart.head) > 1 and f"chart_{_name(chart)}" in labels.words
    ]
    numbers, placed = figure_numbers(brief), placed_names(brief)
    names = [f"{CHART}{chart.id}" for chart in drawn]
    return tuple(
        replace(_view(chart, numbers[name], library, labels, colours), placed=name in placed)
        for name, chart in zip(names, drawn, strict=True)
    )


def picture_view(picture: ChartDrawing) -> PictureView:
    return PictureView(picture.width, picture.height, picture.body, SIZE)


def _name(chart: Chart) -> str:
    return chart.kind.replace("-", "_")


def _view(chart: Chart, number: int, library: Library, labels: Labels, colours: Sequence[str]) -> ChartView:
    rows = tuple(
        tuple(_cell(cell, chart, labels, first=not place) for place, cell in enumerate(row)) for row in chart.rows
    )
    wide, narrow = (draw(_plotted(chart, name, labels, colours), width) for name, width in (("w", WIDE), ("n", NARROW)))
    return ChartView(
        id=chart.id,
        title=labels("chart_title", n=number, caption=chart.caption),
        kind=labels.stop.join(filter(None, (labels(f"chart_{_name(chart)}"), _first_upper(chart.units)))),
        told=_told(chart, chart.head, rows, labels),
        wide=picture_view(wide),
        narrow=picture_view(narrow),
        tall=float(narrow.height) > _TALL,
        data_title=labels("chart_data", n=number),
        head=chart.head,
        rows=rows,
        cluster=chart.cite,
        source=sources_named(chart.cite, library, labels),
        derived=labels("table_derived", how=chart.derived) if chart.derived else "",
        note=chart.note,
    )


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cell(cell: TableCell, chart: Chart, labels: Labels, *, first: bool) -> ChartCell:
    if first:
        return ChartCell(_label(cell.text, chart, labels), "words")
    if cell.text.casefold() in MISSING:
        return ChartCell(labels("chart_gap"), "empty")
    if chart.kind == "timeline":
        return ChartCell(_value(cell, chart, labels).words, "words")
    return ChartCell(format_number(cell.number, labels.language) if cell.number else cell.text, "number")


def _told(chart: Chart, head: Sequence[str], rows: Sequence[Sequence[ChartCell]], labels: Labels) -> str:
    """Return `Town. Quillport: 4.2; Marren: 3.8`, with the names of the series if there are several.

    A long list of numbers is tedious for listeners, so it is reduced to the highest and lowest of each series.
    """
    parts = []
    for label, *cells in rows:
        names = head[1:] if len(cells) > 1 else [""]
        both = [one for one in zip(names, cells, strict=True) if one[1].kind != "empty" or chart.kind != "timeline"]
        cell_words = labels.comma.join(f"{name} {cell.words}".strip() for name, cell in both)
        parts.append(f"{label.words}{labels.colon}{cell_words}")
    whole = labels.semicolon.join(parts)
    letters = sum(category(character)[0] in "LM" for character in whole)  # signs of vowels are marks in some scripts
    if chart.kind == "timeline" or letters >= _SPOKEN * len(whole):
        return labels.stop.join((head[0], whole))
    return labels.text(
        _extremes(
            head[number],
            [(row[0], row[number], cells[number]) for row, cells in zip(rows, chart.rows, strict=True)],
            labels,
        )
        for number in range(1, len(head))
    )


def _extremes(name: str, values: Sequence[tuple[ChartCell, ChartCell, TableCell]], labels: Labels) -> str:
    points = [(cell.number.value, words.words, label.words) for label, words, cell in values if cell.number]
    if not points:
        return labels.sentence(f"{name}{labels.colon}{labels('chart_gap')}")
    (_, high, where), (_, low, there) = max(points, key=itemgetter(0)), min(points, key=itemgetter(0))
    return labels("chart_extremes", name=name, high=high, high_at=where, low=low, low_at=there)


def _plotted(chart: Chart, name: str, labels: Labels, colours: Sequence[str]) -> Plotted:
    """Return what is drawn of a chart, in the words of the page's language. `name` tells its two drawings apart."""
    dates = [_date(row[0].text) for row in chart.rows] if chart.kind == "line" else []
    in_time = bool(dates) and all(dates) and dates == sorted(dates, key=_order)
    missing = [row[0].text for row in chart.rows if _value(row[1], chart, labels).at is None]
    return Plotted(
        id=f"chart-{chart.id}_{name}",  # no id of a record contains this text
        kind=chart.kind,
        series=chart.head[1:],
        rows=tuple(
            ChartRow(
                _label(row[0].text, chart, labels),
                tuple(_value(cell, chart, labels) for cell in row[1:]),
                float(first_day(date).toordinal()) if in_time and (date := _date(row[0].text)) else None,
            )
            for row in chart.rows
        ),
        units=_first_upper(_axis_words(chart, labels)),
        language=labels.language,
        gap=labels("chart_gap"),
        missing=f"{labels('chart_gap')}{labels.colon}{labels.list_comma.join(missing)}" if missing else "",
        off_zero=labels("chart_off_zero"),
        log_note=labels("axis_log") if is_logarithmic(chart) else "",
        labels_title="" if in_time else chart.head[0],
        ends=chart.ends,
        span=tuple(map(float, span_of(chart))),
        mirrored=direction_of(labels.language) == "rtl",
        colours=palette(colours),
    )


def _axis_words(chart: Chart, labels: Labels) -> str:
    """Return the units, after the name of the only series if neither they nor the caption have it.

    The ends of a range have no legend, so their names follow the units. Other series have one. `numbers`, the table behind a
    chart, is not part of every page design.
    """
    if chart.kind == "range":
        return f"{chart.units}{labels.colon}{labels.list_comma.join(chart.head[1:])}"
    name = chart.head[1] if len(chart.head) == 2 and chart.kind != "timeline" else ""
    if name.casefold() in f"{chart.units} {chart.caption}".casefold():
        return chart.units
    return labels.comma.join(filter(None, (name, chart.units)))


def _order(date: Date | None) -> tuple[int, int, int]:
    return (date.year, date.month or 0, date.day or 0) if date else (0, 0, 0)


def _date(text: str) -> Date | None:
    try:
        return read_date(text)
    except ValueError:
        return None


def _label(text: str, chart: Chart, labels: Labels) -> str:
    """Return a printed label; in line charts, dates are in the words of the language."""
    date = _date(text) if chart.kind == "line" else None
    return format_date(date, labels.language) if date else text


def _value(cell: TableCell, chart: Chart, labels: Labels) -> PlottedValue:
    """Return the number or date of a cell with its words; without a number for a gap."""
    if cell.text.casefold() in MISSING:
        return PlottedValue()
    if chart.kind == "timeline":
        date = _date(cell.text)
        if date is None:
            return PlottedValue()
        words = format_date(date, labels.language)
        return PlottedValue(float(first_day(date).toordinal()), words, float(last_day(date).toordinal()))
    if cell.number is None:
        return PlottedValue()
    return PlottedValue(float(cell.number.value), format_number(cell.number, labels.language))


_SHORT = 48
"""Most characters of an event that is drawn in its own words."""


def event_views(brief: Brief, labels: Labels) -> tuple[EventView, ...]:
    """Return all entries of the timeline in the order of their dates; drawn entries have numbers."""
    events = sorted(brief.timeline, key=_when)
    numbers = {id(event): number for number, event in enumerate(drawn_events(events), 1)}
    return tuple(
        EventView(
            when(event.date, labels.language),
            event.event,
            event.cite,
            is_short(event.event),
            number=numbers.get(id(event), 0),
            reported=bool(event.reported),
        )
        for event in events
    )


def timeline_view(brief: Brief, labels: Labels, colours: Sequence[str]) -> TimelineView | None:
    """Return the drawing; None for too few or too many events."""
    drawn = drawn_events(sorted(brief.timeline, key=_when))
    if not drawn:
        return None
    marks = [
        EventMark(number, first_day(event.date).toordinal(), last_day(event.date).toordinal(), _words(event))
        for number, event in enumerate(drawn, 1)
    ]
    first, last = (when(event.date, labels.language).words for event in (drawn[0], drawn[-1]))
    wide, narrow = (
        draw_events(
            marks, width, labels.language, name, palette(colours), mirrored=direction_of(labels.language) == "rtl"
        )
        for name, width in (("events-w", WIDE), ("events-n", NARROW))
    )
    description = labels("timeline_told", n=len(drawn), first=first, last=last)
    return TimelineView(description, picture_view(wide), picture_view(narrow))


def _words(event: Event) -> str:
    """Return a few words: the author's `short`, or the event itself if it is short."""
    if event.short:
        return event.short.value
    plain = without_stop(" ".join(event.event.plain.split()))
    return plain if len(plain) <= _SHORT else ""


def _when(event: Event) -> tuple[int, int, int]:
    return event.date.year, event.date.month or 0, event.date.day or 0


def figure_numbers(brief: Brief) -> dict[str, int]:
    """Return the numbers by kind and id, from 1; each kind is counted separately."""
    placed, all_figures = frozenset(placed_names(brief)), figures(brief, NUMBERED)
    loose = [name for name in all_figures if name not in placed]
    before, after = ([one.name for one in in_sections(brief, after=after)] for after in (False, True))
    counters = {kind: count(1) for kind in NUMBERED}
    return {
        name: next(counters[name.partition(":")[0]])
        for name in dict.fromkeys((*before, *loose, *after))
        if name in all_figures
    }


def draw(plotted: Plotted, width: float) -> ChartDrawing:
    """Draw the chart in a width of `WIDE` or `NARROW` units."""
    if plotted.kind == "line":
        return draw_lines(plotted, width)
    if plotted.kind == "position":
        return draw_positions(plotted, width)
    return draw_bars(plotted, width)
