"""PDFs, set here with a known text: both readings hold it, and where they do not, the capture says so."""

from __future__ import annotations

from html import escape

import pytest

from generator.evidence.captures.document_limits import disagreement, implausible
from generator.evidence.captures.document_text import extract
from generator.evidence.captures.text_lines import Glyph, read_order, set_lines

pytestmark = pytest.mark.filterwarnings("ignore")


def printed(body: str, css: str = "", language: str = "en") -> bytes:
    """A PDF of this HTML."""
    from weasyprint import HTML

    direction = "rtl" if language in {"ar", "he"} else "ltr"
    style = f"@page {{ size: A5 }} body {{ font-family: DejaVu Sans; {css} }}"
    html = f"<html lang={language} dir={direction}><style>{style}</style><body>{body}</body></html>"
    return bytes(HTML(string=html).write_pdf())


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("10<sup>6</sup> km<sup>2</sup> of land", "10⁶ km² of land"),
        ("10<sup>−3</sup> and 10<sup>12</sup>", "10⁻³ and 10¹²"),
        ("CO<sub>2</sub> and H<sub>2</sub>O", "CO₂ and H₂O"),
        ("of the area.<sup>3</sup> The levy", "of the area.³ The levy"),
        ("in 1998, 45.3% of 106 offices", "in 1998, 45.3% of 106 offices"),
    ],
)
def test_raised_digits_are_no_digits(body: str, text: str) -> None:
    found = extract("a.pdf", printed(f"<p>{body}</p>"))
    assert words(found.text) == words(found.second) == words(text)
    assert found.notes == ()


RIGHT_TO_LEFT = {
    "ar": "أضافت اللجنة أن 45.3% من الشركات لا تعرف القواعد (المادة 12)، وأن الكلفة بلغت 1,250 مليون دولار.",
    "he": "הוועדה הוסיפה כי 45.3% מהחברות אינן מכירות את הכללים (סעיף 12), וכי העלות הגיעה ל-1,250 מיליון דולר.",
}


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_right_to_left_text_is_read_in_its_order(language: str) -> None:
    text = RIGHT_TO_LEFT[language]
    found = extract("a.pdf", printed(f"<p>{escape(text)}</p>", language=language))
    assert words(found.text) == words(found.second) == words(text)


def test_words_of_justified_columns_keep_their_spaces() -> None:
    text = (
        "The committee of enquiry into extraterritorial administration considered internationally comparable evidence. "
        * 9
    )
    css = "columns: 2; text-align: justify; hyphens: auto"
    found = extract("a.pdf", printed(f"<p>{text}</p>", css))
    joined = found.text.replace("-\n", "").replace("\u2010\n", "")
    assert words(joined) == words(text)


def test_brackets_that_a_pdf_holds_as_drawn_are_turned() -> None:
    drawn = "(12 ףיעס) רבד"
    assert read_order([[(float(i), char) for i, char in enumerate(drawn)]]) == "דבר (סעיף 12)"


def test_a_line_of_digits_on_a_right_to_left_page_is_turned_too() -> None:
    lines = [[(float(i), char) for i, char in enumerate(drawn)] for drawn in ("תנשב רבד", ".2023")]
    assert read_order(lines) == "דבר בשנת\n2023."


def glyphs(text: str, y: float = 0.0, left: float = 0.0) -> list[Glyph]:
    return [Glyph(char, left + 6 * i, left + 6 * i + 6, y, 10.0) for i, char in enumerate(text)]


BREAK = Glyph("\n", placed=False)


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ([*glyphs("10"), *glyphs("6", 4, 12)], "10⁶"),
        ([*glyphs("10"), BREAK, *glyphs("6", 4, 12), BREAK, *glyphs(" m", 0, 18)], "10⁶ m"),
        ([*glyphs("a"), *glyphs("3", 4, 6), BREAK, *glyphs("b", 0, 16)], "a³ b"),
        ([*glyphs("10"), BREAK, *glyphs("6", -14)], "10\n6"),
        ([*glyphs("10"), BREAK, *glyphs("6", 4, 120)], "10\n6"),
        ([*glyphs("ab"), *glyphs("cd", 4, 12)], "abcd"),
        ([Glyph("1", 5, 9, 0, 10), Glyph("2", 5, 9, 4, 10), Glyph("3", 5, 9, 8, 10)], "123"),
        ([BREAK, BREAK], ""),
    ],
)
def test_positions_decide_what_is_raised(drawn: list[Glyph], text: str) -> None:
    assert read_order(set_lines(drawn)).strip("\n") == text


def test_two_readings_that_differ_are_noted_with_share_and_pages() -> None:
    same = "the levy on ships failed in the spring of that year " * 9
    (note,) = disagreement((same, "the levyon ships failed again"), (same, "the levy on ships failed again"))
    assert "1.4% of the words" in note
    assert "page 2 of the PDF" in note
    assert disagreement((same,), (same.replace("year ", "ye-\nar "),)) == ()
    assert disagreement((same,), ()) == ()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The levyonshipsfailedinthespringandnobodypaidatall again.", "40 or more letters"),
        ("יכ הפיסוה הדעווה ,תונורחאה םינשה שולשב ןהיתורטמ תא וגישה אל םיבבשה אוצי לע תולבגהה", "reversed"),
        ("The \ufffdevy \ufffdailed \ufffdn the \ufffdpring \ufffdf", "could not be read"),
    ],
)
def test_implausible_text_says_so(text: str, sign: str) -> None:
    assert sign in next(implausible(text))


@pytest.mark.parametrize(
    "text", [*RIGHT_TO_LEFT.values(), "输出规制" * 30, "Grundstücksverkehrsgenehmigung " * 9, "ข้อจำกัดในการส่งออก" * 9]
)
def test_ordinary_text_is_plausible(text: str) -> None:
    assert list(implausible(text)) == []


def test_the_first_reading_is_the_same_alone() -> None:
    data = printed("<p>The levy failed.</p>")
    both, alone = extract("a.pdf", data), extract("a.pdf", data, once=True)
    assert (alone.text, alone.second) == (both.text, "")
