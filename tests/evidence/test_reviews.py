"""What rests on facts, and what was reviewed when."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.evidence.review_record import FactLink, Review, Reviews, fingerprint, links, parse, reviewed, write
from generator.problems import Severity
from tests.evidence.checks.findings import findings
from tests.support import brief

MONDAY, TUESDAY = datetime.date(2025, 2, 3), datetime.date(2025, 2, 4)
FILE = "briefs/reviews.lock"

TEXT = """
title: T
facts:
  - id: cost
    claim: What it cost is disputed [@talk].
    note: In dollars of 2025.
    figures:
      - {id: low, amount: 5.6 million, unit: USD, by: Ann Example, date: 2025-01, note: alone, cite: "@talk, p. 3"}
      - {amount: 1.3 billion, unit: USD, by: Ben Sample, cite: "@press"}
    preferred: {figure: low, because: It is documented.}
  - {id: chips, claim: They are sold., cite: "@press", review_by: 2025-12}
questions:
  - id: works
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      ann:
        stance: "No"
        says: It fails.
        cite: "@talk"
        rests_on: [cost]
        earlier: [{stance: "Yes", says: It works., cite: "@talk", date: 2020, rests_on: [chips]}]
options:
  - {id: widen, option: Widen it., cite: "@press", rests_on: [cost, chips, unknown]}
"""


def fact(text, name="cost"):
    return next(one for one in brief(text).facts if one.id == name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("is disputed", "is not disputed"),
        ("5.6 million", "5.7 million"),
        ("5.6 million", "about 5.6 million"),
        ("unit: USD, by: Ann", "unit: EUR, by: Ann"),
        ("by: Ann Example", "by: Ben Sample"),
        ("date: 2025-01", "date: 2025-02"),
        ("note: alone", "note: with all"),
        ("@talk, p. 3", "@talk, p. 4"),
        ("@talk, p. 3", "@press, p. 3"),
        ("of 2025", "of 2024"),
        ("It is documented", "It is later"),
    ],
)
def test_a_fact_that_says_something_else_has_another_fingerprint(old, new):
    assert fingerprint(fact(TEXT.replace(old, new))) != fingerprint(fact(TEXT))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: T", "title: T\nsubtitle: Further down"),
        ("What it cost is disputed [@talk].", ">\n      What it cost\n      is disputed [@talk]."),
        ("5.6 million", "5600000"),
        ("5.6 million", "5.60 million"),
        ("{figure: low", "{ figure:  low"),
        ("note: In dollars", "review_by: 2030\n    note: In dollars"),
    ],
)
def test_a_fact_that_says_the_same_has_the_same(old, new):
    assert TEXT.replace(old, new) != TEXT
    assert fingerprint(fact(TEXT.replace(old, new))) == fingerprint(fact(TEXT))


def test_links_lead_from_positions_and_options_to_known_facts():
    assert [(link.record, link.fact) for link, *_ in links(brief(TEXT))] == [
        ("position/works/ann", "cost"),
        ("option/widen", "cost"),
        ("option/widen", "chips"),
    ]


def test_what_rests_on_a_changed_fact_is_suspect_until_it_is_reviewed():
    done = reviewed(Reviews(), [brief(TEXT)], MONDAY)
    assert not findings(TEXT, "suspect", reviews=done)
    changed = TEXT.replace("5.6 million", "5.7 million")
    suspect = findings(changed, "suspect", reviews=done)
    assert [problem.place.line for problem in suspect] == [21, 24]
    assert all("2025-02-03" in problem.message for problem in suspect)
    assert not findings(changed, "suspect", reviews=reviewed(done, [brief(changed)], TUESDAY))


def test_what_was_never_reviewed_is_a_note_in_a_draft_and_a_warning_in_print():
    assert {one.severity for one in findings(TEXT, "unreviewed")} == {Severity.NOTE}
    published = TEXT.replace("title: T", "title: T\nstatus: published\ndate: 2025-02-01")
    assert {one.severity for one in findings(published, "unreviewed")} == {Severity.WARNING}


def test_a_review_keeps_the_day_of_what_has_not_changed_and_forgets_what_is_gone():
    first = reviewed(Reviews(), [brief(TEXT)], MONDAY)
    changed = TEXT.replace("They are sold.", "They are smuggled.").replace("rests_on: [cost]\n", "rests_on: []\n")
    second = reviewed(first, [brief(changed)], TUESDAY)
    assert {(link.record, link.fact): review.date for link, review in second.entries.items()} == {
        ("option/widen", "cost"): "2025-02-03",
        ("option/widen", "chips"): "2025-02-04",
    }


def test_a_review_of_one_record_leaves_the_others_suspect():
    done = reviewed(Reviews(), [brief(TEXT)], TUESDAY, frozenset({"option/widen"}))
    assert {link.record for link in done.entries} == {"option/widen"}


def test_a_review_of_one_brief_leaves_the_others_alone():
    other = {FactLink("other", "option/o", "f"): Review("0" * 32, "2025-01-01")}
    done = reviewed(Reviews(other), [brief(TEXT)], MONDAY)
    assert other.items() <= done.entries.items()
    assert set(done.among(frozenset({"other"})).entries) == set(other)


names = st.text("abc-1", min_size=1, max_size=5)
entries = st.dictionaries(
    st.builds(FactLink, names, names.map("option/{}".format), names),
    st.builds(Review, st.integers(0, 2**128 - 1).map("{:032x}".format), st.dates().map(datetime.date.isoformat)),
    max_size=8,
)


@settings(deadline=None)
@given(entries)
def test_what_is_written_is_read_again_and_is_sorted(known):
    text = write(Reviews(known))
    assert parse(text) == (Reviews(known), ())
    body = text.splitlines()[1:]
    assert len(body) == len(known)
    assert write(Reviews(dict(reversed(known.items())))) == text


GOOD = "chips option/widen cost 0a1b2c3d4e5f60718293a4b5c6d7e8f9 2025-02-14"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"<<<<<<< HEAD\n{GOOD}\n", 1, "conflict markers of a git merge"),
        (f"{GOOD}\n=======\n", 2, "conflict markers of a git merge"),
        (f"{GOOD}\n{GOOD[:-2]}15\n", 2, "second entry"),
        (f"{GOOD}\nnonsense\n", 2, "not an entry"),
        (f"{GOOD[:-1]}\n", 1, "not an entry"),
        (GOOD.replace("0a1b", "0A1B"), 1, "not an entry"),
        ("\0\ufffd", 1, "not an entry"),
    ],
)
def test_a_damaged_file_is_reported_and_nothing_in_it_believed(text, line, said):
    reviews, problems = parse(text)
    assert reviews.damaged
    assert not reviews.entries
    assert (problems[0].code, problems[0].place.file, problems[0].place.line) == ("reviews-damaged", FILE, line)
    assert said in problems[0].message
    assert not findings(TEXT, "unreviewed", reviews=reviews)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_read(text):
    reviews, problems = parse(text)
    assert reviews.damaged == bool(problems)


def test_windows_line_ends_are_no_damage():
    assert len(parse(f"{GOOD}\r\n")[0].entries) == 1
