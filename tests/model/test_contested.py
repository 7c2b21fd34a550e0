"""Which figures may be held against each other."""

from __future__ import annotations

import pytest

from generator.model import Fact
from generator.model.contested import contested_figures, in_other_units, is_contested
from tests.support import brief

SAME = [
    ("5.6 million, unit: USD, by: A", "6.5 million, unit: USD, by: B"),
    ("5.6 million, unit: USD, by: A, date: 2024", "6.5 million, unit: USD, by: B, date: 2024"),
    (
        "5.6 million, unit: USD, by: A, measures: Training  cost",
        "6.5 million, unit: USD, by: B, measures: training cost",
    ),
    ("5, by: A, period: 2020/2024", "6, by: B, period: 2020/2024"),
    ("5, by: A, scenario: high", "6, by: B, scenario: High"),
    ("5, by: A, date: 2024", "6, by: B"),
]
UNLIKE = [
    ("5.6 million, unit: USD, by: A", "5.6 million, unit: USD, by: B"),
    ("5, by: A, date: 2023", "6, by: B, date: 2024"),
    ("5, by: A, date: 2023", "6, by: A, date: 2024"),
    ("5, by: A, period: 2023", "6, by: B, period: 2024"),
    ("5, by: A, scenario: low", "6, by: A, scenario: high"),
    ("5, by: A, scenario: low", "6, by: B, scenario: high"),
    ("5, by: The office", "6, by: the  office"),
    ("5.6 million, unit: USD, by: A, measures: cost", "1.3 billion, unit: USD, by: B, measures: investment"),
    ("5, by: A, measures: 'unemployed, ages 15-24'", "6, by: B, measures: 'unemployed, all ages'"),
    ("5, unit: USD, by: A", "6, unit: EUR, by: B"),
]


def fact(*figures: str) -> Fact:
    listed = "".join(f"      - {{amount: {figure}}}\n" for figure in figures)
    return brief(f"title: T\nfacts:\n  - id: f\n    claim: C.\n    figures:\n{listed}").facts[0]


@pytest.mark.parametrize("figures", SAME)
def test_the_same_measure_by_different_providers_is_contested(figures: tuple[str, str]) -> None:
    assert is_contested(fact(*figures))


@pytest.mark.parametrize("figures", UNLIKE)
def test_unlike_quantities_series_and_scenarios_are_not(figures: tuple[str, str]) -> None:
    assert not is_contested(fact(*figures))


def test_only_what_is_in_dispute_is_compared() -> None:
    costs = [f"{n} million, unit: USD, by: {who}, measures: cost" for n, who in ((5.6, "A"), (6, "B"))]
    assert contested_figures(fact("1.3 billion, unit: USD, by: C, measures: investment", *costs)) == (1, 2)


@pytest.mark.parametrize(
    ("figures", "count"),
    [
        (("5, unit: USD, by: A", "6, unit: EUR, by: B"), 1),
        (("5, unit: USD, by: A", "6, unit: EUR, by: A"), 0),
        (("5, unit: USD, by: A, date: 2023", "6, unit: EUR, by: B, date: 2024"), 0),
        (("5, unit: tonnes, by: A, measures: output", "6, unit: dollars, by: B, measures: price"), 0),
    ],
)
def test_one_measure_in_other_units_is_pointed_out(figures: tuple[str, str], count: int) -> None:
    assert len(list(in_other_units(fact(*figures)))) == count
