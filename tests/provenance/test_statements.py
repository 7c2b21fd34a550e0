"""Which statements stand in the words of a page, and which words come from elsewhere."""

from __future__ import annotations

import pytest

from generator.pipeline.inputs.pictures import with_pictures
from generator.provenance.page_statements import PageStatement, missing, statements_of, tokens_of
from generator.provenance.pdf_comparison import ByteDifference, compare_bytes, unexplained
from tests import support
from tests.pipeline.test_pictures import jpeg
from tests.render.pages import preset

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
    ("data", "made", "difference"),
    [
        (b"abcd", b"abcd", None),
        (b"abcd", b"xbcy", ByteDifference(0, 2, 4, 4)),
        (b"abcd", b"abxdef", ByteDifference(2, 1, 4, 6)),
        (b"abcd", b"ab", ByteDifference(2, 0, 4, 2)),
        (b"", b"ab", ByteDifference(0, 0, 0, 2)),
    ],
)
def test_bytes_are_compared_as_far_as_both_have_them(
    data: bytes, made: bytes, difference: ByteDifference | None
) -> None:
    assert compare_bytes(data, made) == difference


@pytest.mark.parametrize(
    ("text", "tokens"), [("12,345.6 % of it’s", ("12,345.6", "%", "of", "it", "s")), ("ﬁne Ǆ", ("fine", "dž"))]
)
def test_tokens_are_words_numbers_and_units(text: str, tokens: tuple[str, ...]) -> None:
    assert tokens_of(text) == tokens


WHOLE = """
title: Does it work?
date: 2025-02-14
status: published
edition: 2
experts: [ann, ben]
selection: Both were asked.
answer: It may [@talk, p. 1].
summary: "It may.[^1]\\n\\n[^1]: Or not."
key_points: [One., Two.]
limits: Some.
facts:
  - id: one
    claim: It ran twice
    cite: "@talk, p. 2"
    note: In May.
    figures:
      - {amount: 5, unit: runs, by: Ann Example, cite: "@talk, p. 2"}
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Always]
    note: In all weathers.
    positions:
      ann:
        stance: Never
        says: No.
        quote: not at all
        cite: "@talk, p. 3"
        earlier:
          - {stance: Always, says: Yes., cite: "@press, p. 1"}
      ben: {gap: no-position-found, searched: reports, until: 2025-02-01}
voices:
  - {id: cara, who: cara, says: Perhaps., cite: "@talk, p. 4"}
timeline:
  - {date: 2024-01, event: It began, cite: "@talk, p. 5"}
options:
  - {id: stop, option: Stop it, for: It costs., against: It runs., cite: "@talk, p. 6"}
sections:
  - {id: start, heading: How it began, text: "At the quay.\\n\\n![#picture:quay]\\n\\n![#quote:well]\\n\\n![#box:terms]"}
pictures:
  - {id: quay, picture: quay.jpg, alt: A quay., caption: The quay, credit: "Photo: Ann Example", cite: "@talk"}
pull_quotes:
  - {id: well, who: ann, quote: not at all, cite: "@talk, p. 3"}
boxes:
  - {id: terms, heading: A word, text: To work is to do.}
corrections:
  - {date: 2025-03-01, what: It ran twice}
updates: A second run.
"""


def test_every_part_of_a_brief_states_something() -> None:
    people = f"{support.EXPERTS}cara: {{name: Cara Other, affiliation_note: none given}}\n"
    brief, problems = with_pictures(support.brief(WHOLE), lambda _: jpeg())
    assert not problems
    stated = statements_of(brief, support.library(experts=people), preset("report"))
    assert [(one.about, one.words) for one in stated] == [
        ("title", "Does it work?"),
        ("answer", "It may"),
        ("summary", "It may."),
        ("summary, footnote 1", "Or not."),
        ("key point", "One."),
        ("key point", "Two."),
        ("fact 1", "It ran twice"),
        ("fact 1, figure", "5\xa0runs"),
        ("fact 1, note", "In May."),
        ("question 1", "Does it work?"),
        ("question 1, note", "In all weathers."),
        ("question 1, Ann Example, stance", "Never"),
        ("question 1, Ann Example, paraphrase", "No."),
        ("question 1, Ann Example, quotation", "not at all"),
        ("question 1, Ann Example, earlier, paraphrase", "Yes."),
        (
            "question 1, Ben Sample, gap",
            "No position found in reports, searched until 1 February 2025 Ben Sample, affiliation not given in the source",
        ),
        ("voice, Cara Other, paraphrase", "Perhaps."),
        ("timeline", "January 2024"),
        ("timeline", "It began"),
        ("option", "Stop it"),
        ("in favour", "It costs."),
        ("against", "It runs."),
        ("section", "How it began"),
        ("section “How it began”", "At the quay."),
        ("Figure 1.", "The quay. Photo: Ann Example."),
        ("pull quote, Ann Example, quotation", "not at all"),
        ("box", "A word"),
        ("box “A word”", "To work is to do."),
        ("limits", "Some."),
        ("correction", "It ran twice"),
    ]
