"""Charts as SVG: small, the same bytes each time, and readable in print, on a screen and in dark mode.

WeasyPrint draws inline SVG without the style sheets of its page, so colours and fonts are presentation attributes. Each element
also has a class, with which style sheets for the screen set other colours. Series differ by pattern, marker and dashes too, never by
colour alone. One unit is one point on paper at full width.

    draw_chart.py    one chart, by its kind
    plotted.py       the data of a chart: rows of values, names of series, words for axes
    letters.py       width of words, and division into lines
    colours.py       the palette with patterns, markers and dashes
    canvas.py        SVG elements; mirrored for right-to-left pages
    flags.py         labels over an axis that do not touch
    scales.py        axes of numbers and of dates, with their ticks
    bar_charts.py    bar, grouped bar, dot, range and timeline: a row for each label
    line_charts.py   line charts
    one_axis.py      position: labels over one axis
    events.py        the drawing of a brief's timeline
"""
