"""The structure tree of a finished PDF, read back and compared with the HTML that it was made from."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.render.layout.structure_reader import Element, Table, read_structure, read_tables, squeeze
from generator.render.layout.xmp import DocumentInfo
from tests.render.papers import Paper, write_pdf

ABOUT = DocumentInfo("A title", "en-GB", date(2025, 2, 14), date(2025, 2, 14))
SHEET = """
@page { size: A5; margin: 18mm 15mm; @top-left { content: "Running head" } @bottom-right { content: counter(page) } }
body { font: 9.6pt/13pt IBM Plex Serif; hyphens: auto }
table { table-layout: fixed; width: 100%; border-collapse: collapse; font: 8.6pt/11.7pt IBM Plex Sans Condensed }
td, th { vertical-align: top; padding: 2pt; text-align: left; border-top: .5pt solid #999 }
ul { list-style: disc } ol { list-style: decimal }
q::before { content: "“" } q::after { content: "”" }
"""
STOCK = (
    "the firm said that export controls on advanced chips have not held back its well-known model and that "
    "enforcement by the responsible organisations remains difficult in international trade"
).split()


def words(count: int, start: int = 0) -> str:
    """Prose in which every word can be told from the others."""
    return " ".join(
        f"{STOCK[(start + n) % len(STOCK)]}{start + n}" if n % 3 == 0 else STOCK[n % len(STOCK)] for n in range(count)
    )


def made(body: str, sheet: str = SHEET) -> Paper:
    result = write_pdf(
        f"<!doctype html><html lang=en-GB><head><title>T</title></head><body>{body}</body></html>", [sheet], ABOUT
    )
    assert result.diagnostics == ()
    return result


def tree(body: str, sheet: str = SHEET) -> Element:
    return read_structure(made(body, sheet).data)


def shape(element: Element) -> str:
    """The roles in an element: `L(LI(Lbl LBody))`."""
    inner = " ".join(shape(kid) for kid in element.elements())
    return f"{element.role}({inner})" if inner else element.role


BLOCKS = {"p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th"}
BLOCKS |= {"td", "div", "section", "blockquote", "main", "body", "figure", "figcaption", "header"}


def heard(markup: str) -> str:
    """What a listener should hear of well-formed HTML: its words in order, with markers and quotation marks."""

    def walk(element: ElementTree.Element, marker: str = "") -> list[str]:
        edge = " " if element.tag in BLOCKS else ""
        parts = [edge, marker, "“" if element.tag == "q" else "", element.text or ""]
        for number, child in enumerate(element, 1):
            markers = {"ul": "• ", "ol": f"{number}. "} if child.tag == "li" else {}
            parts += [*walk(child, markers.get(element.tag, "")), child.tail or ""]
        return [*parts, "”" if element.tag == "q" else "", edge]

    return squeeze("".join(walk(ElementTree.fromstring(f"<body>{markup}</body>"))))


# ---------------------------------------------------------------- one question, one table


def matrix(number: int, experts: int, length: int) -> str:
    """One question as presets print it: the question, the experts, and one row of cells that may cross pages."""
    heads = "".join(f'<th scope="col"><b>Expert {number}.{n}</b> <small>Role {n}</small></th>' for n in range(experts))
    cells = "".join(
        f"<td><p>Stance {n}</p><blockquote><p><q>{words(length, n)}</q></p></blockquote><p>{words(9, n)}</p></td>"
        for n in range(experts)
    )
    return (
        f'<table id="q{number}"><caption>Question {number}</caption><thead>'
        f'<tr><th colspan="{experts}" scope="colgroup" id="ask{number}">What of {number}, then?</th></tr>'
        f"<tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    )


def expected_rows(markup: str) -> list[list[str]]:
    rows = ElementTree.fromstring(markup).iter("tr")
    return [[heard(ElementTree.tostring(cell, "unicode")) for cell in row] for row in rows]


def check_matrix(table: Table, markup: str, experts: int, number: int) -> None:
    assert table.caption == f"Question {number}"
    assert table.texts() == expected_rows(markup)
    question, *names = [cell for cell in table.cells if cell.is_heading]
    assert (question.columns, question.element.scope, question.element.identifier) == (
        experts,
        "Column",
        f"ask{number}",
    )
    assert [name.headings for name in names] == [(f"What of {number}, then?",)] * experts
    assert [name.element.scope for name in names] == ["Column"] * experts
    for column, cell in enumerate(table.row(2)):
        assert cell.headings == (f"What of {number}, then?", f"Expert {number}.{column} Role {column}")


@pytest.mark.parametrize(("experts", "length", "pages"), [(4, 130, 3), (8, 110, 3)])
def test_each_matrix_is_one_table_however_many_pages_it_crosses(experts: int, length: int, pages: int) -> None:
    markups = [matrix(number, experts, length) for number in (1, 2)]
    sheet = SHEET + ("@page { size: A4 landscape; margin: 60mm 20mm }" if experts > 4 else "table { hyphens: manual }")
    result = made("".join(markups), sheet)
    assert result.pages >= pages
    tables = read_tables(read_structure(result.data))
    assert len(tables) == 2
    for number, (table, markup) in enumerate(zip(tables, markups, strict=True), 1):
        check_matrix(table, markup, experts, number)


def test_a_heading_that_is_printed_again_on_each_page_is_heard_once() -> None:
    markup = matrix(1, 3, 150)
    result = made(markup)
    assert result.pages >= 3
    assert read_structure(result.data).text == heard(markup)


def test_tables_that_stand_side_by_side_in_the_source_stay_two() -> None:
    row = "<table><tbody><tr><td>{}</td></tr></tbody></table>"
    assert [table.texts() for table in read_tables(tree(row.format("one") + row.format("two")))] == [
        [["one"]],
        [["two"]],
    ]


def test_row_headings_spans_and_empty_cells_find_their_headings() -> None:
    root = tree(
        "<table><thead><tr><td></td><th id='y' colspan='2'>Years</th></tr>"
        "<tr><th>Maker</th><th>2023</th><th>2024</th></tr></thead>"
        "<tbody><tr><th scope='row' rowspan='2'>Nova</th><td>1</td><td></td></tr><tr><td colspan='2'>3</td></tr></tbody></table>"
    )
    (table,) = read_tables(root)
    assert [(cell.text, cell.row, cell.column, cell.headings) for cell in table.cells if not cell.is_heading] == [
        ("", 0, 0, ()),
        ("1", 2, 1, ("Years", "2023", "Nova")),
        ("", 2, 2, ("Years", "2024", "Nova")),
        ("3", 3, 1, ("Years", "2023", "2024", "Nova")),
    ]
    assert [cell.element.scope for cell in table.cells if cell.is_heading] == ["Column"] * 4 + ["Row"]


def test_headers_that_the_html_names_are_followed() -> None:
    (table,) = read_tables(
        tree("<table><tr><th id='a'>A</th><th id='b'>B</th></tr><tr><td headers='b'>1</td><td>2</td></tr></table>")
    )
    assert table.row(1)[0].headings == ("B",)


def test_a_footing_comes_last_and_a_caption_first() -> None:
    root = tree(
        "<table><caption>Of chips</caption><thead><tr><th>Head</th></tr></thead><tfoot><tr><td>Sum</td></tr></tfoot>"
        "<tbody>" + "".join(f"<tr><td>row {n}</td></tr>" for n in range(60)) + "</tbody></table>"
    )
    (table,) = root.find("Table")
    assert [part.role for part in table.elements()] == ["Caption", "THead", "TBody", "TFoot"]
    assert table.text == "Of chips Head " + " ".join(f"row {n}" for n in range(60)) + " Sum"


# ---------------------------------------------------------------- lists, paragraphs and what crosses pages


def test_a_paragraph_that_crosses_pages_is_one_paragraph() -> None:
    result = made(f"<p>{words(1200)}</p>")
    assert result.pages >= 3
    root = read_structure(result.data)
    assert [element.text for element in root.find("P")] == [words(1200)]
    assert shape(root).startswith("Document(P(Span Span")


def test_lists_and_their_items_cross_pages_whole_and_keep_their_nesting() -> None:
    markup = (
        f"<ul><li>{words(300)}<ol><li>inner {words(200)}</li><li><p>{words(30)}</p></li></ol></li><li>last</li></ul>"
        f"<dl><dt>Term</dt><dd>{words(300)}</dd><dt>Two</dt><dt>names</dt><dd>one</dd></dl>"
    )
    result = made(markup)
    assert result.pages >= 3
    root = read_structure(result.data)
    assert shape(root).replace("(Span)", "").replace("Span ", "").replace(" Span", "") == (
        "Document(L(LI(Lbl LBody(L(LI(Lbl LBody) LI(Lbl LBody(P))))) LI(Lbl LBody)) "
        "L(LI(Lbl LBody) LI(Lbl) LI(Lbl LBody)))"
    )
    assert root.text == heard(markup)


def test_a_number_that_a_style_sheet_sets_apart_labels_its_item() -> None:
    sheet = SHEET + (
        "ol { list-style: none; counter-reset: n } li { counter-increment: n } "
        "li p:first-child::before { content: counter(n); display: inline-block; width: 6mm }"
    )
    root = tree("<ol><li><p>first</p><p>more</p></li><li><p>second</p></li></ol>", sheet)
    assert shape(root) == "Document(L(LI(Lbl LBody(P P)) LI(Lbl LBody(P))))"
    assert root.text == "1 first more 2 second"


def test_words_without_an_element_of_their_own_make_paragraphs() -> None:
    root = tree("<div>one <b>bold</b> word<p>two</p>three</div><div>four</div><section>five<div>six</div></section>")
    assert shape(root) == "Document(P P P P Sect(P P))"
    assert [element.text for element in root.find("P")] == ["one bold word", "two", "three", "four", "five", "six"]


def test_footnotes_are_read_after_the_paragraph_that_calls_them() -> None:
    sheet = SHEET + ".note { float: footnote } .note::footnote-call, .note::footnote-marker { content: '' }"
    note = "<span class='note' id='{0}'>note {0} " + words(60) + "</span>"
    result = made(
        f"<section><p>{words(100)}{note.format('a')} and {note.format('b')} {words(300)}</p><p>last</p></section>"
        f"<ul><li>item{note.format('c')}</li></ul>",
        sheet,
    )
    assert result.pages > 1
    root = read_structure(result.data)
    assert re.sub(r"\(Span[^)]*\)", "", shape(root)) == "Document(Sect(P Note Note P) L(LI(Lbl LBody(Note))))"
    assert [(found.identifier, found.text) for found in root.find("Note")] == [
        (name, f"note {name} {words(60)}") for name in "abc"
    ]
    assert next(root.find("P")).text == f"{words(100)} and {words(300)}"


def test_the_number_of_a_note_is_its_label() -> None:
    back = "<a href='#t' role='doc-backlink' aria-label='Back to note {0}'>{0}</a>"
    sheet = (
        SHEET
        + ".note { float: footnote } .note::footnote-call, .note::footnote-marker { content: '' } ol { list-style: none }"
    )
    root = tree(
        f"<p id=t>Words<span class=note>{back.format(1)} Foot.</span></p><ol><li>{back.format(2)} <p>End.</p></li></ol>",
        sheet,
    )
    assert shape(root) == "Document(P Note(Lbl(Link)) L(LI(Lbl(Link) LBody(P))))"
    assert root.text == "Words 1 Foot. 2 End."


def test_the_dots_of_a_table_of_contents_are_not_read() -> None:
    sheet = SHEET + "a::after { content: leader('.') target-counter(attr(href), page) }"
    root = tree("<p><a href='#x'>Limits</a></p><h2 id=x>Limits</h2>", sheet)
    assert next(root.find("P")).text == "Limits 1"


def test_nothing_of_the_page_margins_is_heard() -> None:
    result = made(f"<p>{words(700)}</p>")
    assert "Running" not in read_structure(result.data).text


# ---------------------------------------------------------------- what is said of words


def test_words_are_kept_apart_and_together_as_in_the_source() -> None:
    markup = (
        f"<p>{words(150)}</p><p><b>one</b> <i>two</i><b>three</b>, <code>four</code> five-six seven—eight\n nine</p>"
        f"<p>internationalisation of organisational responsibilities {'well-known ' * 20}</p>"
    )
    narrow = SHEET.replace("A5", "70mm 200mm")
    pdf = made(markup, narrow).data
    assert read_structure(pdf).text == heard(markup)
    pieces = [kid for element in read_structure(pdf).find("P") for kid in element.kids if isinstance(kid, str)]
    assert any(piece.endswith("\N{SOFT HYPHEN}") for piece in pieces), "divided words are said to be"
    assert any(piece.endswith("well-") for piece in pieces), "hyphens that belong to a word are not"


def test_the_space_after_an_inner_element_is_read_wherever_the_line_ends() -> None:
    narrow = SHEET.replace("A5", "70mm 200mm")
    markup = "".join(f"<p>2<span> <em>{words(count)}</em> (2024), para. 9.</span></p>" for count in range(3, 15))
    assert tree(markup, narrow).text == heard(markup)


def test_words_that_only_lie_apart_are_read_apart() -> None:
    sheet = (
        SHEET
        + "b, small { display: block } i { display: inline-block; width: 9mm } em { position: absolute; right: 0 }"
    )
    root = tree(
        f"<table><tr><th><b>Name</b><small>Role</small></th><td><i>1</i>word<em>side</em></td></tr>"
        f"<tr><td><small>{words(400)}</small><b>bold</b></td><td><small>{words(380)}</small><b>last</b></td></tr></table>",
        sheet,
    )
    (table,) = read_tables(root)
    assert table.texts() == [["Name Role", "1 word side"], [words(400) + " bold", words(380) + " last"]]


def test_text_in_capitals_by_style_is_followed_too() -> None:
    markup = f"<p>{words(80)}</p>"
    assert tree(markup, SHEET + "p { text-transform: uppercase }").text == heard(markup).upper()


def test_words_from_right_to_left_are_read_from_their_beginning() -> None:
    page = "<html lang=en><title>T</title><body><p>Peace: <span lang=he dir=rtl>שלום עולם</span>.</p>"
    assert read_structure(write_pdf(page, [SHEET], ABOUT).data).text == "Peace: שלום עולם."


def test_a_letter_that_no_font_has_does_not_make_the_font_large() -> None:
    """Pango's mark for a missing glyph is above all numbers of glyphs, and a font is cut to the highest number that is used."""
    page = "<html lang=en><title>T</title><body><p>Peace: <span lang=he dir=rtl>שלום עולם</span>.</p>"
    with pikepdf.open(BytesIO(write_pdf(page, [SHEET], ABOUT).data)) as pdf:
        maps = [one.ToUnicode.read_bytes() for page in pdf.pages for one in page.resources.Font.values()]
    glyphs = {glyph for each in maps for glyph in re.findall(rb"(?m)^<([0-9a-f]+)> <", each)}
    assert glyphs
    assert {len(glyph) for glyph in glyphs} == {4}


def test_inner_languages_are_said_where_they_change() -> None:
    root = tree(
        "<p lang=de>Das ist <em lang=fr>très <b>bien</b></em>, <span lang=de>ja</span>.</p>"
        "<blockquote lang=la><p>Alea iacta est</p></blockquote><p>English</p><ul lang=nl><li>een</li></ul>"
    )
    assert root.language == "en-GB"
    german, latin, english = root.find("P")
    assert (german.language, latin.language, english.language) == ("de", "", "")
    assert [(span.language, span.text) for span in german.find("Span")] == [("fr", "très bien")]
    assert [quote.language for quote in root.find("BlockQuote")] == ["la"]
    assert [found.language for found in root.find("L")] == ["nl"]


def test_quotations_are_quotations() -> None:
    root = tree("<blockquote><p>Long words.</p></blockquote><p>He said <q>short words</q>.</p>")
    assert shape(root) == "Document(BlockQuote(P) P(Quote))"
    assert [quote.text for quote in root.find("Quote")] == ["“short words”"]


def test_abbreviations_carry_what_they_stand_for() -> None:
    root = tree("<p>The <abbr title='World Trade Organization'>WTO</abbr> met.</p>")
    assert [(span.text, span.expansion) for span in root.find("Span")] == [("WTO", "World Trade Organization")]


def test_links_say_what_they_lead_to_and_stay_one_when_they_cross_lines() -> None:
    narrow = SHEET.replace("A5", "60mm 200mm")
    root = tree(
        "<p>See <a href='https://example.org/report'>the report on controls of advanced chips and models</a>, "
        "<a href='#n1' aria-label='Note 1'>1</a></p><p id=n1>Note.</p>",
        narrow,
    )
    report, note = root.find("Link")
    assert len(report.links) > 1
    assert {(link.contents, link.target) for link in report.links} == {
        ("the report on controls of advanced chips and models", "https://example.org/report")
    }
    assert [(link.contents, link.target) for link in note.links] == [("Note 1", "n1")]


def test_links_in_a_repeated_heading_are_tagged_once_and_dropped_from_the_copies() -> None:
    markup = "<table><thead><tr><th>Head <a href='#x'>1</a></th></tr></thead><tbody><tr><td id=x>{}</td></tr></tbody></table>"
    result = made(markup.format(words(900)))
    assert result.pages >= 2
    assert [len(link.links) for link in read_structure(result.data).find("Link")] == [1]


@pytest.mark.parametrize(
    ("attribute", "title", "told", "alternative"),
    [
        ("", "Chips made.", "From 2020.", "Chips made. From 2020"),
        ("", "Who made them?", "Two did", "Who made them? Two did"),
        ('data-stop="。"', "芯片产量", "共三年。", "芯片产量。共三年"),
        ('data-stop="। "', "चिप", "तीन वर्ष", "चिप। तीन वर्ष"),
        ("", "", "From 2020 to 2024", "From 2020 to 2024"),
    ],
)
def test_title_and_description_of_a_drawing_are_two_sentences_of_the_language(
    attribute: str, title: str, told: str, alternative: str
) -> None:
    words = f"{title and f'<title>{title}</title>'}<desc>{told}</desc>"
    root = tree(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" {attribute}>{words}<rect/></svg>', SHEET)
    (figure,) = root.find("Figure")
    assert figure.alternative == alternative


def test_figures_have_their_words_and_their_place_in_points() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">{}<rect width="9" height="9"/></svg>'
    sheet = SHEET + "svg { display: block }"
    root = tree(
        "<figure>"
        + svg.format("<title>Chips made</title><desc>From 2020 to 2024</desc>")
        + "<figcaption>By maker</figcaption></figure>",
        sheet + "figure, body { margin: 0 }",
    )
    (figure,) = root.find("Figure")
    assert figure.alternative == "Chips made. From 2020 to 2024"
    left, bottom, right, top = figure.box
    assert (right - left, top - bottom) == pytest.approx((75, 37.5))
    assert (left, round(top)) == (pytest.approx(15 / 25.4 * 72, abs=0.1), round((210 - 18) / 25.4 * 72))
    assert shape(root) == "Document(Div(Figure Caption))"


def test_ornaments_are_not_heard() -> None:
    assert tree("<p>Words <span aria-hidden=true>• • •</span>here.</p>").text == "Words here."


# ---------------------------------------------------------------- any document

_WORDS = st.lists(st.sampled_from([*STOCK, "“so-called”", "5.6", "U.S.", "a—b", "x < y"]), min_size=1, max_size=40).map(
    " ".join
)


def _inline(text: str, tag: str) -> str:
    head, _, tail = text.partition(" ")
    return f"<{tag}>{escape(head)}</{tag}> {escape(tail)}" if tag else escape(text)


_INLINE = st.builds(_inline, _WORDS, st.sampled_from(["", "b", "q", "em", "code"]))
_LEAF = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["p", "h2", "div"]), _INLINE)
_LIST = st.builds(
    lambda tag, items: f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>",
    st.sampled_from(["ul", "ol"]),
    st.lists(st.one_of(_INLINE, _LEAF), min_size=1, max_size=4),
)
_GRID = st.builds(
    lambda head, rows: (
        f"<table><thead><tr><th>{head}</th><th>B</th></tr></thead><tbody>"
        + "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in rows)
        + "</tbody></table>"
    ),
    _INLINE,
    st.lists(st.tuples(st.one_of(_INLINE, _LIST), _LEAF), min_size=1, max_size=4),
)
_BLOCK = st.one_of(
    _LEAF,
    _LIST,
    _GRID,
    st.builds(lambda inner: f"<blockquote>{inner}</blockquote>", _LEAF),
    st.builds(lambda inner: f"<section>{''.join(inner)}</section>", st.lists(_LEAF, min_size=1, max_size=3)),
)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(_BLOCK, min_size=1, max_size=6).map("".join))
def test_the_tags_say_the_words_of_the_html_in_their_order(markup: str) -> None:
    small = SHEET.replace("size: A5; margin: 18mm 15mm", "size: 80mm 90mm; margin: 8mm")
    root = tree(markup, small)
    assert root.text == heard(markup)
    assert [table.texts() for table in read_tables(root)] == [
        expected_rows(ElementTree.tostring(table, "unicode"))
        for table in ElementTree.fromstring(f"<body>{markup}</body>").iter("table")
    ]
