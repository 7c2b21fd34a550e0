"""Charts as SVG: small, the same bytes each time, and readable in print, on a screen and in dark mode.

WeasyPrint draws inline SVG without the style sheets of its page, so colours and fonts are presentation attributes. Each element
also has a class, with which style sheets for the screen set other colours. Series differ by pattern, marker and dashes too, never by
colour alone. One unit is one point on paper at full width.

    chart_data.py       the data of a chart: rows of values, series and their colours, patterns and markers; sizes of words
    canvas.py        SVG elements, mirrored for right-to-left pages; width of words, and division into lines
    scales.py        axes of numbers and of dates, with their ticks
    bar_charts.py    bar, grouped bar, dot, range and timeline: a row for each label
    line_charts.py   line charts
    one_axis.py      labels over one axis that do not touch: positions, and the events of a timeline
"""
