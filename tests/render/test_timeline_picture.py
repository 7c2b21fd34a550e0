"""The timeline as a picture: from four events on, to scale, with the list kept below it."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes
from tests.render.pages import HEAD, tree, words

EVENTS = """\
timeline:
  - {date: 2025, event: The Council is to decide., cite: "@talk"}
  - {date: 2024-02-05, event: The Institute publishes a report of two hundred pages on it., short: The report, cite: "@talk"}
  - {date: 2023-05-08, event: Vale writes against a charge., cite: "@talk"}
  - {date: 2024-03-12, event: Public hearing., cite: "@talk"}
  - {date: 2024-05-03, event: A paper says that shares fell., reported: true, cite: "@press"}
"""


def timeline(text=EVENTS):
    return tree(HEAD + text).xpath("//section[@aria-labelledby='timeline']")[0]


def test_events_stand_on_an_axis_with_their_numbers_and_a_few_words():
    section = timeline()
    (svg,) = section.xpath(".//svg[@class='picture wide']")
    drawn = [words(text) for text in svg.findall(".//text")]
    assert {
        "1",
        "2",
        "3",
        "4",
        "Vale writes against a charge",
        "The report",
        "Public hearing",
        "The Council is to decide",
    } <= set(drawn)
    assert {"2024", "2025"} <= set(drawn), "the axis has years"
    assert words(svg.find("desc")).startswith("Timeline of 4 events from 8 May 2023 to 2025")
    assert [one.get("class") for one in svg.xpath(".//circle | .//path[@stroke-width='4.5']")].count("line-1") == 1, (
        "a year is a span"
    )


def test_the_list_keeps_every_entry_with_its_number_and_what_is_only_reported_has_none():
    rows = [" ".join(words(cell) for cell in row) for row in timeline().findall(".//tr")]
    assert [row.split()[0] for row in rows] == ["1", "2", "3", "reported", "4"]
    assert rows[3].startswith("reported 3 May 2024 A paper says that shares fell.")
    assert "3 12 March 2024 Public hearing." in rows[2]


def test_three_events_are_a_list_alone():
    section = timeline(EVENTS.replace("Public hearing.,", "Public hearing., reported: true,"))
    assert not section.findall(".//svg")
    assert len(section.findall(".//tr")) == 5


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("{date: 2024-05-03, event: Shares fell., cite: '@press'}", True),
        ("{date: 2024-05-03, event: Shares fell., reported: false, cite: '@press'}", False),
        ("{date: 2024-05-03, event: Shares fell., cite: '@press; @talk'}", False),
        ("{date: 2024-05, event: Shares fell., cite: '@press'}", False),
        ("{date: 2024-05-02, event: A talk is given., cite: '@talk'}", False),
    ],
)
def test_the_day_of_a_report_is_not_taken_for_that_of_the_event(entry, found):
    assert ("report-date" in codes(f"title: A\ntimeline:\n  - {entry}\n")) is found
