"""Around quotations a page prints its own marks, whatever was typed; what is no pair stays as it is."""

import pytest

from generator.model import Text
from generator.problems import Location
from generator.syntax.markdown.prose import read_prose, render_footnote, render_prose
from generator.syntax.quotations import QuotationMarks, set_inner_marks

GERMAN = ("„", "“", "‚", "‘")


def printed(value: str, marks: QuotationMarks | None = GERMAN) -> str:
    prose, _ = read_prose(Text(value, Location("a.yaml", 1, 1), value))
    return render_prose(prose, lambda *_: "", lambda _: "", inline=True, marks=marks)


@pytest.mark.parametrize("typed", ['"so"', "“so”", "„so“", "«so»", "”so”"])
def test_a_pair_is_printed_as_the_page_prints_it(typed: str) -> None:
    assert printed(f"They say {typed} often.") == "They say „so“ often."


@pytest.mark.parametrize("typed", ["‘new’", "'new'", '"new"', "“new”", "‹new›"])
def test_a_quotation_in_a_quotation_has_inner_marks(typed: str) -> None:
    assert printed(f"A «deal, {typed} or not» here.") == "A „deal, ‚new‘ or not“ here."


def test_each_second_level_has_the_inner_marks() -> None:
    assert printed("«He said ‘she called it “new” then’.»") == "„He said ‚she called it „new“ then‘.“"


def test_a_quotation_in_a_cell_has_the_inner_marks_of_the_page() -> None:
    french = ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»", "“", "”")
    assert set_inner_marks("It's \"new\", the workers' ‘own’ [word], 5' wide", french) == (
        "It's “new”, the workers' “own” [word], 5' wide"
    )
    assert set_inner_marks('An "open one', french) == 'An "open one'


def test_apostrophes_and_lone_marks_stay() -> None:
    assert printed('It’s "the bosses’ deal, isn\'t it?", 5" wide') == "It’s „the bosses’ deal, isn't it?“, 5&quot; wide"
    assert printed("‘so’ and 'no'") == "‘so’ and 'no'"
    assert printed('"open') == "&quot;open"


def test_marks_in_code_and_behind_a_backslash_stay() -> None:
    assert printed('`"a"` and \\"b\\"') == "<code>&quot;a&quot;</code> and &quot;b&quot;"


def test_quotations_over_other_marks_are_pairs_too() -> None:
    assert printed('"one *two*" and *"three"*') == "„one <em>two</em>“ and <em>„three“</em>"


def test_spaces_inside_marks_are_not_doubled() -> None:
    french = ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»", "“", "”")
    assert printed('"mot"', french) == "«\N{NO-BREAK SPACE}mot\N{NO-BREAK SPACE}»"
    assert printed("« mot »", french) == "« mot »"


def test_without_marks_of_a_page_they_are_printed_as_typed() -> None:
    assert printed('"so"', None) == "&quot;so&quot;"


def test_footnotes_have_the_same_marks() -> None:
    value = 'One[^a].\n\n[^a]: "Two".'
    prose, _ = read_prose(Text(value, Location("a.yaml", 1, 1), value))
    assert render_footnote(prose, 0, lambda *_: "", lambda _: "", GERMAN) == "„Two“."
