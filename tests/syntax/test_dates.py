"""Dates are read in ISO forms, as exactly as they are known, and printed in the reader's language."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Date
from generator.model.days import first_day, iso, last_day
from generator.syntax.dates import format_date, read_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025", Date(2025)),
        ("2025-02", Date(2025, 2)),
        (" 2024-02-29 ", Date(2024, 2, 29)),
    ],
)
def test_iso_forms_are_read(written: str, date: Date) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "is not a date"),
        ("14 February 2025", "write 2025, 2025-02 or 2025-02-14"),
        ("2025-2-14", "is not a date"),
        ("2025-02-14T10:00", "is not a date"),
        ("٢٠٢٥", "is not a date"),
        ("2025-13", "there is no month 13"),
        ("2025-00", "there is no month 00"),
        ("2025-02-29", "no day 29 in 2025-02: it has 28 days"),
        ("0000", "no year 0000"),
    ],
)
def test_anything_else_is_refused_in_plain_words(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_date(written)


def test_an_inexact_date_spans_its_days() -> None:
    assert (first_day(Date(2024)), last_day(Date(2024))) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert (first_day(Date(2024, 2)), last_day(Date(2024, 2))) == (
        datetime.date(2024, 2, 1),
        datetime.date(2024, 2, 29),
    )
    assert first_day(Date(2024, 2, 3)) == last_day(Date(2024, 2, 3)) == datetime.date(2024, 2, 3)


@pytest.mark.parametrize(
    ("date", "language", "printed"),
    [
        (Date(2025, 2, 14), "en-GB", "14 February 2025"),
        (Date(2025, 2, 14), "en-US", "February 14, 2025"),
        (Date(2025, 2), "en-GB", "February 2025"),
        (Date(2025), "en-US", "2025"),
        (Date(2025, 2, 14), "de", "14. Februar 2025"),
        (Date(2025, 2), "fr-CA", "février 2025"),
        (Date(2025, 2, 14), "qq-nowhere", "14 February 2025"),
    ],
)
def test_dates_are_printed_as_their_language_does(date: Date, language: str, printed: str) -> None:
    assert format_date(date, language) == printed


@given(st.dates())
def test_iso_is_read_back(day: datetime.date) -> None:
    date = Date(day.year, day.month, day.day)
    assert read_date(iso(date)) == date
    assert iso(date) == day.isoformat()


@given(st.text() | st.from_regex(r"[0-9-]{0,10}"))
def test_no_text_does_more_than_refuse(written: str) -> None:
    try:
        assert first_day(read_date(written)) <= last_day(read_date(written))
    except ValueError:
        return


@given(st.text(max_size=12))
def test_no_language_tag_crashes(language: str) -> None:
    assert "2025" in format_date(Date(2025, 2, 14), "en-GB") and format_date(Date(2025, 2, 14), language)
