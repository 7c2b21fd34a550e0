"""Whether a locator names the place where a quotation was found."""

from __future__ import annotations

import pytest

from generator.evidence.captures.capture_store import Capture
from generator.evidence.gate import Place
from generator.evidence.speakers.attribution import fits
from generator.model import Locator

PAGED = Capture("review", "\f".join(["The levy failed."] * 40), "", "2026-01-01", ())
"""A document of 40 pages that print no number."""


def at_page(page: int, last: int = 0, paragraph: int = 0) -> Place:
    return Place(0, 1, paragraph, paragraph, page, last or page)


@pytest.mark.parametrize(
    ("locator", "pages"),
    [
        ("235", {235}),
        ("233-235", {233, 234, 235}),
        ("233\u20135", {233, 234, 235}),
        ("233 - 35", {233, 234, 235}),
        ("238-41", {238, 239, 240}),
        ("236-233", set()),
        ("232, 234; 236 & 238 and 240", {232, 234, 236, 238, 240}),
        ("[2]", {232}),
        ("[2-4]", {232, 233, 234}),
        ("[2]-[4]", {232, 233, 234}),
        ("[2-4", set()),
        ("2-4", set()),
    ],
)
def test_pages_are_named_one_by_one_or_as_a_range_also_a_shortened_one(locator: str, pages: set[int]) -> None:
    """Pages of a journal whose article begins on page 231, so that page 232 is the second of the document."""
    places = {number: at_page(number - 230) for number in range(231, 241)}
    found = {number for number, place in places.items() if fits(Locator("page", locator), place, PAGED, "231")}
    assert found == pages


def test_a_passage_over_two_pages_is_on_either() -> None:
    assert fits(Locator("page", "234"), at_page(3, last=4), PAGED, "231")
    assert not fits(Locator("page", "235"), at_page(3, last=4), PAGED, "231")


def test_paragraphs_are_counted() -> None:
    place = Place(0, 1, 3, 4, 0, 0)
    assert [fits(Locator("paragraph", value), place, PAGED) for value in ("2", "3", "4", "1-3", "5")] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_what_a_capture_does_not_count_cannot_be_told() -> None:
    assert fits(None, at_page(1), PAGED) is None
    assert fits(Locator("section", "2"), at_page(1), PAGED) is None
    assert fits(Locator("paragraph", "2"), at_page(1), PAGED) is None
    assert fits(Locator("page", "2"), at_page(2), PAGED) is None, "the document counts pages from its cover"
    assert fits(Locator("page", "[2]"), at_page(2), PAGED)
