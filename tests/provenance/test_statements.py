"""Which statements stand in the words of a page, and which words come from elsewhere."""

from __future__ import annotations

import pytest

from generator.provenance.page_statements import PageStatement, missing, statements_of, tokens_of
from generator.provenance.pdf_comparison import unexplained
from tests.render.pages import page, preset
from tests.render.test_templating import RICH

PAGE = "Six million chips were sold.1 “It works,” she said [2, p. 4], and it did. It cost $5.6 million".split()


@pytest.mark.parametrize(
    ("pieces", "stands"),
    [
        (("Six million chips were sold",), True),
        (("SIX MILLION CHIPS",), True),
        (("“It works,” she said", "and it did"), True),
        (("it works she said and it did",), False),
        (("It cost $5.6 million",), True),
        (("It cost $5.7 million",), False),
        (("It cost $56 million",), False),
        (("It cost €5.6 million",), False),
        (("Six million chip",), False),
        (("ix million chips",), False),
        (("sold million six",), False),
        (("…",), True),
    ],
)
def test_a_statement_is_found_word_for_word_without_typography(pieces: tuple[str, ...], stands: bool) -> None:
    one = PageStatement("x", pieces)
    assert missing([one], PAGE) == (() if stands else (one,))


def test_words_that_nobody_made_are_listed_with_those_around_them() -> None:
    made = "the harbour works very well indeed as it has".split()
    assert unexplained(made, made) == ()
    assert unexplained("the harbour works very badly indeed as it has".split(), made) == ("works very badly indeed as",)
    assert unexplained("very works harbour the".split(), made) == ("very works harbour the",)
    assert unexplained([], made) == unexplained(["the"], made) == ()


@pytest.mark.parametrize(
    ("text", "tokens"), [("12,345.6 % of it’s", ("12,345.6", "%", "of", "it", "s")), ("ﬁne Ǆ", ("fine", "dž"))]
)
def test_tokens_are_words_numbers_and_units(text: str, tokens: tuple[str, ...]) -> None:
    assert tokens_of(text) == tokens


def test_every_part_of_a_brief_states_something(monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(RICH)
    monkeypatch.setattr("generator.provenance.page_statements.build_page", lambda *_: made)
    said = {one.about: one.words for one in statements_of(None, None, preset())}
    assert said == {
        "title": "Does it work?",
        "summary": "It may ; see",
        "key point": "Two.",
        "fact 1": "It ran twice",
        "question 1": "Does it work?",
        "question 1, Ann Example, stance": "Never",
        "question 1, Ann Example, paraphrase": "No.",
        "question 1, Ann Example, quotation": "not at all",
        "question 1, Ben Sample, gap": (
            "No position found in reports, searched until 1 February 2025 Ben Sample, affiliation not given in the source"
        ),
        "limits": "Some.",
    }
