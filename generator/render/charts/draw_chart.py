"""Draws one chart, by its kind."""

from __future__ import annotations

from generator.render.charts.bar_charts import draw_bars
from generator.render.charts.line_charts import draw_lines
from generator.render.charts.one_axis import draw_positions
from generator.render.charts.plotted import Picture, Plotted


def draw(plotted: Plotted, width: float) -> Picture:
    """Draw the chart in a width of `WIDE` or `NARROW` units."""
    if plotted.kind == "line":
        return draw_lines(plotted, width)
    if plotted.kind == "position":
        return draw_positions(plotted, width)
    return draw_bars(plotted, width)
