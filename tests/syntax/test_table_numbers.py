"""Numbers in tables: what is read, what is refused, and what is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.syntax.table_numbers import AmbiguousNumber, ForeignNumber, format_number, read_number


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("5", "", "5"),
        ("2024", "", "2024"),
        ("-5.6", "", "-5.6"),
        ("−5,6", "", "-5.6"),
        ("+3", "", "3"),
        ("1,234.56", "", "1234.56"),
        ("1.234,56", "", "1234.56"),
        ("1,234,567", "", "1234567"),
        ("1.234.567", "", "1234567"),
        ("1 234 567", "", "1234567"),
        ("1'234.5", "", "1234.5"),
        ("12,34,567.8", "", "1234567.8"),
        ("0.123", "", "0.123"),
        ("1234.567", "", "1234.567"),
        ("12.5%", "", "12.5"),
        ("12,5 %", "", "12.5"),
        ("1.234", "de", "1234"),
        ("1,234", "en", "1234"),
        ("1,234", "de", "1.234"),
        ("1 234,5", "fr", "1234.5"),
        ("1’234.5", "de-CH", "1234.5"),
    ],
)
def test_numbers_are_read(written: str, language: str, value: str) -> None:
    number = read_number(written, language)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    "written",
    [
        "007",
        "",
        "n/a",
        "1.2.3",
        "01.02.2024",
        "2024-01-05",
        "10–12",
        "5 million",
        "1,23,4",
        "٣",
        "1..2",
        "9" * 41,
        "H800",
        "1e5",
    ],
)
def test_what_is_no_number_stays_text(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize("written", ["1.234", "1,234", "12.345", "-999,000", "1.234%"])
def test_what_could_be_two_numbers_is_refused(written: str) -> None:
    with pytest.raises(AmbiguousNumber):
        read_number(written)


@pytest.mark.parametrize(
    ("written", "language"), [("12.5", "de"), ("1,5", "en"), ("1.234.567", "en"), ("1.234,5", "en")]
)
def test_a_number_in_another_way_than_stated_is_refused(written: str, language: str) -> None:
    with pytest.raises(ForeignNumber):
        read_number(written, language)


@pytest.mark.parametrize(
    ("written", "language", "shown"),
    [
        ("2024", "en-GB", "2024"),
        ("1,234.50", "en-GB", "1,234.50"),
        ("1,234.50", "de", "1.234,50"),
        ("1234.50", "de", "1234,50"),
        ("-5.6", "en-GB", "−5.6"),
        ("12.50%", "en-GB", "12.50%"),
        ("12.50%", "de", "12,50\N{NO-BREAK SPACE}%"),
        ("-3%", "tr", "%−3"),
        ("1,234.5", "fr", "1\N{NO-BREAK SPACE}234,5"),
        ("123456789012345678901234567890.12", "en", "123456789012345678901234567890.12"),
    ],
)
def test_the_digits_are_printed_as_they_are(written: str, language: str, shown: str) -> None:
    number = read_number(written)
    assert number is not None
    assert format_number(number, language) == shown
