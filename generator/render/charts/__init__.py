"""Charts as SVG: small, the same bytes each time, and readable in print, on a screen and in the dark.

WeasyPrint draws inline SVG without the style sheets of its page: colours and fonts are therefore presentation attributes. Each element
also has a class, by which the screen's style sheets give it other colours. Series differ by pattern, marker and dashes too, never by
colour alone. One unit is one point on paper at full width.

    draw_chart.py    one chart, by its kind
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
