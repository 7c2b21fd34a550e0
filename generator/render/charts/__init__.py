"""Charts as SVG: small, the same bytes each time, and readable in print, on a screen and in the dark.

WeasyPrint draws inline SVG without the style sheets of its page: colours and fonts are therefore presentation attributes. Each element
also has a class, by which the screen's style sheets give it other colours. Series differ by pattern, marker and dashes too, never by
colour alone. One unit is one point on paper at full width.

    plotted.py       what is to be drawn: rows of values, the series' names, words for axes
    letters.py       how wide words are, and lines of words that fit
    colours.py       the palette, and patterns, markers and dashes beside it
    canvas.py        SVG elements; mirrored for pages that are read from the right
    flags.py         labels over an axis that do not touch
    scales.py        axes of numbers and of dates, with their ticks
    bar_charts.py    bar, grouped bar, dot, range and timeline: a row for each label
    line_charts.py   line charts
    one_axis.py      position: labels over one axis
    events.py        the picture of a brief's timeline

Nothing here knows what a brief is.
"""

from generator.render.charts.bar_charts import draw_bars
from generator.render.charts.events import EventMark, draw_events
from generator.render.charts.line_charts import draw_lines
from generator.render.charts.one_axis import draw_positions
from generator.render.charts.plotted import NARROW, WIDE, Picture, Plotted, Row, Value

__all__ = ["NARROW", "WIDE", "EventMark", "Picture", "Plotted", "Row", "Value", "draw", "draw_events"]


def draw(plotted: Plotted, width: float) -> Picture:
    """The chart in a width of `WIDE` or `NARROW` units."""
    if plotted.kind == "line":
        return draw_lines(plotted, width)
    if plotted.kind == "position":
        return draw_positions(plotted, width)
    return draw_bars(plotted, width)
