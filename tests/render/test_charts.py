"""Charts on the page: what is drawn, what a listener gets, and that the same numbers give the same bytes."""

from __future__ import annotations

import datetime
import re
from itertools import combinations, pairwise

import pytest
from lxml import html as parser

from generator.render.charts.canvas import width_of
from generator.render.html import Styles
from generator.render.layout.structure_reader import read_structure
from generator.render.layout.xmp import DocumentInfo
from generator.render.style_sheets import pdf_stylesheets
from tests.render.pages import HEAD, page, printed, tree, words
from tests.render.papers import write_pdf

CITED = 'cite: "@talk, table 2", derived: invented'


def chart(kind, columns, rows, more="units: million euros", name="one"):
    """The text of one chart."""
    return f"  - {{id: {name}, kind: {kind}, caption: What it brings, columns: [{columns}], rows: [{rows}], {more}, {CITED}}}\n"


BARS = chart("bar", "Town, Yield", "[Quillport, 12.4], [A harbour with a very long name indeed, -1.5], [Ost, null]")
GROUPED = chart("grouped-bar", "Town, 2024, 2025", "[Quillport, 4, 5], [Marren, 3, n/a]", name="two")
LINES = chart(
    "line", "Year, Quillport, Marren", "[2019, 1, 9], [2020, 2, null], [2021, 3, 7], [2023, 4, 6]", name="three"
)


def charts(*texts, head=HEAD):
    return f"{head}summary: See [#chart:one].\ncharts:\n{''.join(texts)}"


def figures(*texts, **given):
    return tree(charts(*texts, **given)).findall(".//figure")


def drawn(figure, width="wide"):
    """The words of a drawing, in the order in which they are drawn."""
    (svg,) = figure.xpath(f".//svg[@class='picture {width}']")
    return [words(text) for text in svg.findall(".//text")]


def test_bars_have_their_numbers_gaps_units_caption_and_source():
    (figure,) = figures(BARS)
    said = drawn(figure)
    assert {"Quillport", "12.4", "−1.5", "no figure", "Yield, million euros", "0"} <= set(said)
    assert words(figure.find("figcaption")).startswith("Chart 1. What it brings")
    assert (
        words(figure.xpath(".//p[@class='table-source']")[0])
        == "Source: A talk, 2 May 2024, table 2 · Computed: invented"
    )
    bars = [(float(one.get("x")), float(one.get("width"))) for one in figure.xpath(".//svg[1]//rect[@class='fill-0']")]
    (right, long), (left, short) = bars
    assert left + short == pytest.approx(right), "bars below and above zero meet at zero"
    assert long / short == pytest.approx(12.4 / 1.5, rel=1e-2)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_highest_number_of_a_line_is_below_the_units(language):
    falling = chart("line", "Year, Litres", "[2019, 180], [2020, 172], [2021, 149]")
    (figure,) = figures(falling, head=f"language: {language}\n{HEAD}")
    texts = figure.xpath(".//svg[@class='picture wide']//text")
    heights = [(words(text), float(text.get("y"))) for text in texts]
    units = next(y for said, y in heights if "million euros" in said)
    assert min(y for said, y in heights if said == "180") > units + 8.6, "a line of this size is 8.6 units high"


def test_a_label_and_a_number_are_at_the_same_height_beside_their_bar():
    (figure,) = figures(chart("bar", "Town, Yield", "[Quillport, 12.4], [Ost, 3]"))
    heights = {words(text): text.get("y") for text in figure.xpath(".//svg[@class='picture wide']//text")}
    assert heights["Quillport"] == heights["12.4"]
    assert heights["Ost"] == heights["3"]


def test_the_axis_names_the_only_series_unless_the_units_or_the_caption_do():
    yields, named, several = figures(BARS, BARS.replace("one", "two").replace("units: ", "units: yield in "), GROUPED)
    assert "Yield, million euros" in drawn(yields)
    assert "Yield in million euros" in drawn(named)
    assert "Million euros" in drawn(several)


def test_a_listener_gets_title_kind_and_a_table_of_the_data():
    (figure,) = figures(GROUPED.replace("two", "one"))
    (svg,) = figure.xpath(".//svg[@class='picture wide']")
    names = {one.get("id"): words(one) for one in svg if one.get("id")}
    assert names[svg.get("aria-labelledby")] == "Chart 1. What it brings"
    assert names[svg.get("aria-describedby")] == "Grouped bar chart. Million euros"
    rows = [[words(cell) for cell in row] for row in figure.findall(".//details//tr")]
    assert rows == [["Town", "2024", "2025"], ["Quillport", "4", "5"], ["Marren", "3", "no figure"]]


def test_series_differ_by_pattern_and_by_dashes_not_by_colour_alone():
    bars, lines = figures(GROUPED, LINES)
    fills = bars.xpath("(.//svg)[1]//rect[contains(@class, '-0') or contains(@class, '-1')]/@fill")
    assert {fill.startswith("url(#") for fill in fills} == {True, False}
    runs = lines.xpath("(.//svg)[1]//path[@stroke-width='1.7']")
    assert {(one.get("class"), one.get("stroke-dasharray")) for one in runs} == {("line-0", None), ("line-1", "6 2.5")}
    assert {one.tag for one in lines.xpath("(.//svg)[1]//*[contains(@class, 'edge')]")} == {"circle", "rect"}


def test_a_gap_breaks_its_line_and_dates_are_as_far_apart_as_they_are():
    (figure,) = figures(LINES.replace("three", "one"))
    (whole,) = [one.get("d") for one in figure.xpath(".//svg[1]//path[@class='line-0'][@stroke-width='1.7']")]
    places = [float(x) for x in re.findall(r"[ML](\S+) ", whole)]
    steps = [after - before for before, after in pairwise(places)]
    assert steps[2] == pytest.approx(2 * steps[0], rel=0.01)
    broken = [one.get("d") for one in figure.xpath(".//svg[1]//path[@class='line-1'][@stroke-width='1.7']")]
    assert [len(re.findall("[ML]", run)) for run in broken] == [2]
    assert len(figure.xpath(".//svg[1]//rect[contains(@class, 'fill-1')]")) == 3, "a marker for each number"


def test_numbers_and_dates_are_those_of_the_language():
    (german,) = figures(BARS.replace("12.4", '"1.234,5"').replace("-1.5", '"-1,5"'), head=f"language: de\n{HEAD}")
    assert {"1.234,5", "−1,5", "keine Angabe"} <= set(drawn(german))
    months = chart(
        "timeline", "Phase, From, Until", "[Hearing, 2024-05, 2024-06-02], [Vote, 2025, null]", "note: So planned."
    )
    assert {"May 2024 – 2 June 2024", "2025"} <= set(drawn(*figures(months)))


def test_pages_that_are_read_from_the_right_are_mirrored_and_their_words_isolated():
    (left,), (right,) = figures(BARS), figures(BARS.replace("Quillport", "القاهرة"), head=f"language: ar\n{HEAD}")
    (bar, below), (mirrored, other) = (one.xpath("(.//svg)[1]//rect[@class='fill-0']") for one in (left, right))
    assert float(below.get("x")) < float(bar.get("x"))
    assert float(other.get("x")) > float(mirrored.get("x"))
    assert "\u2067القاهرة\u2069" in drawn(right)
    assert "12.4" in drawn(right), "numbers need no isolate"


def test_a_range_a_position_and_dots_off_zero_say_what_they_are():
    ranges = chart(
        "range", "By, Low, Mid, High", "[Treasury, 4, 5, 7], [Guild, 2, null, 3], [None, null, null, null]", name="a"
    )
    places = chart(
        "position",
        "Who, Place",
        "[Left, 4.8], [Middle, 5], [Right, 5.1]",
        "units: points, span: [0, 10], ends: [Never, Now]",
        "b",
    )
    dots = chart("dot", "Town, Share", "[Ost, 104], [Sedge, 110]", name="c")
    first, second, third = map(drawn, figures(ranges, places, dots))
    assert {"4", "7", "2", "3", "no figure", "Million euros: Low, Mid, High"} <= set(first)
    assert "5" not in first or first.count("5") == 1, "the middle of a range is a mark without words"
    assert {"Left (4.8)", "Middle (5)", "Right (5.1)", "Never", "Now", "0", "10"} <= set(second)
    assert "The axis does not begin at zero." in third
    below = figures(
        chart("line", "Year, A", "[2019, -100], [2020, -99]"), chart("dot", "By, A", "[a, -100], [b, -99]", name="k")
    )
    assert ["The axis does not begin at zero." in drawn(one) for one in below] == [True, True]
    heights = {float(one.get("y")) for one in figures(places)[0].xpath(".//svg[1]//text[contains(., '(')]")}
    assert len(heights) == 3, "labels that would touch stand above each other"


HARD = (
    chart(
        "bar",
        "Town, Yield",
        ", ".join(f"[A municipality with a rather long name {n}, {n * 1234567 - 99}]" for n in range(9)),
    ),
    chart(
        "grouped-bar", "Town, A first series of a long name, Another one, C, D", "[Ost, 0.0000123, -5, 1, 2]", name="b"
    ),
    chart("line", "Year, A", ", ".join(f"[{year}, {year}]" for year in range(1950, 2020)), name="c"),
    chart(
        "line",
        "Quarter, A",
        "[From January to March, 1], [From April to June, 2], [From July to September, 3]",
        name="d",
    ),
    chart("position", "Who, Place", ", ".join(f"[Group number {n}, {100 + n / 50}]" for n in range(16)), name="e"),
    chart("range", "By, Low, High", "[Treasury of the Confederation, -1234567, 9876543]", name="f"),
    chart(
        "timeline",
        "Phase, From, Until",
        "[A very long phase of preparation and of consultation, 1789, 2024-05]",
        name="g",
    ),
    *(
        chart(
            kind,
            f"What {'is named ' * 8}, {columns}",
            f"[{'A long label ' * 8}{n}, {n}{more}], [b, 999999999999{more}]",
            name=f"h{n}",
        )
        for n, (kind, columns, more) in enumerate(
            (
                ("position", "Place", ""),
                ("line", "Yield", ""),
                ("line", f"Amount, {'A series of long names ' * 8}", ", 0.00000000001"),
                ("grouped-bar", f"Amount, {'A series of long names ' * 8}", ", -0.12345678901"),
                ("dot", f"Amount, {'Series' * 30}", ", 5"),
            ),
            1,
        )
    ),
    chart("line", "Year, A", "[2019, 99999999999.1], [2020, 99999999999.2], [2021, 99999999999.2]", name="i"),
    chart("dot", "Year, A", "[a, 99999999999.1], [b, 99999999999.1]", name="j"),
)


def extent(text):
    """From where to where the words of a drawing run, and their base line."""
    x, wide = float(text.get("x")), width_of(words(text), bold=text.get("font-weight") is not None)
    left = x - wide * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor"), 0.0)
    return left, left + wide, float(text.get("y"))


def test_no_words_run_over_the_edge_or_over_each_other():
    for svg in tree(charts(*HARD)).xpath("//figure//svg"):
        width, height = map(float, svg.get("viewbox").split()[2:])
        extents = [extent(text) for text in svg.findall(".//text")]
        assert all(left >= -0.1 and right <= width + 0.1 and 0 < y < height for left, right, y in extents), extents
        for one, other in combinations(extents, 2):
            assert one[0] >= other[1] or other[0] >= one[1] or abs(one[2] - other[2]) >= 7.5, (
                svg.get("aria-labelledby"),
                one,
                other,
            )


def test_ids_are_unique_and_every_reference_is_met_and_the_bytes_are_the_same():
    others = [GROUPED.replace("id: two", f"id: two-{name}") for name in ("w-p1", "wide-t")]
    text = charts(BARS, GROUPED, LINES, *others)
    made = printed(page(text))
    found = parser.document_fromstring(made)
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", made)) <= set(ids)
    (link,) = found.xpath("//*[@class='summary' or contains(@class, 'summary')]//a[@href='#chart-one']")
    assert words(link) == "(chart 1)"
    assert printed(page(text)) == made


def test_what_authors_write_cannot_become_markup():
    (figure,) = figures(BARS.replace("Quillport", '"A < B & Co"'))
    assert "A < B & Co" in drawn(figure)


def test_in_a_pdf_a_chart_is_one_figure_that_is_told_and_its_data_are_a_table():
    index = chart(
        "line", "Year, Index", "[2019, 104], [2020, 107.5], [2021, 103], [2022, null]", "units: index", "three"
    )
    made = page(charts(BARS, index))
    day = datetime.date(2025, 2, 14)
    about = DocumentInfo(title=made.title, language=made.language, created=day, modified=day)
    result = write_pdf(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about)
    assert not result.diagnostics
    root = read_structure(result.data)
    told = [figure.alternative for figure in root.find("Figure")]
    assert [one.partition(". ")[0] for one in told] == ["Chart 1", "Chart 2"]
    assert "Town. Quillport: 12.4; A harbour with a very long name indeed: −1.5; Ost: no figure" in told[0]
    assert "Index: the highest number is 107.5, for 2020, and the lowest is 103, for 2021" in told[1]
    rows = [[cell.text for cell in row.elements()] for row in list(root.find("Table"))[1].find("TR")]
    assert rows[:3] == [["Year", "Index"], ["2019", "104"], ["2020", "107.5"]]


@pytest.mark.parametrize(("language", "stop"), [("en", ". "), ("zh", "。"), ("hi", "। ")])
def test_in_a_pdf_a_drawing_has_the_full_stop_of_the_language(language, stop):
    made = page(f"language: {language}\n{charts(BARS).lstrip()}")
    found = parser.document_fromstring(printed(made, styles=Styles.ABSENT)).xpath("//figure//*[@role='img']/@data-stop")
    assert set(found) == {stop}


def test_points_that_span_more_than_a_decade_stand_on_a_logarithmic_axis_that_says_so():
    rows = "[Quillport, 2], [Marren, 20], [Ost, 2000]"
    figure, linear = figures(
        chart("dot", "Town, Yield", rows), chart("dot", "Town, Yield", rows, more="units: x, axis: linear", name="two")
    )
    said = drawn(figure)
    assert "Logarithmic scale: each line is ten times the one before" in said
    assert [words for words in said if words.replace(",", "").strip("0") == "1"] == [
        "1",
        "10",
        "100",
        "1,000",
        "10,000",
    ]
    first, second, third = (float(one.get("cx")) for one in figure.xpath(".//svg[1]//circle"))
    assert (third - second) / (second - first) == pytest.approx(2, rel=1e-2)
    assert not [words for words in drawn(linear) if "Logarithmic" in words]


def test_lines_are_logarithmic_where_the_author_says_so_and_bars_never():
    rows = "[2019, 1], [2020, 10], [2021, 100]"
    plain, logarithmic, bars = figures(
        chart("line", "Year, Towns", rows),
        chart("line", "Year, Towns", rows, more="units: x, axis: logarithmic", name="two"),
        chart("bar", "Year, Towns", rows, name="three"),
    )
    assert [any("Logarithmic" in said for said in drawn(one)) for one in (plain, logarithmic, bars)] == [
        False,
        True,
        False,
    ]
    heights = [float(one.get("cy")) for one in logarithmic.xpath(".//svg[1]//circle")]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], rel=1e-2)
