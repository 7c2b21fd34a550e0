"""Amounts are read exactly, found in running words, printed in one form, and compared with their qualifiers."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.languages.language_files import known_tags
from generator.model import Amount
from generator.model.contested import contradicts, same_unit
from generator.syntax.amounts import find_amounts, format_amount, read_amount

MILLION = 10**6


@pytest.mark.parametrize(
    ("written", "low", "high", "qualifier", "unit"),
    [
        ("5.6 million", 5.6 * MILLION, None, "", ""),
        ("$1.3bn", 1_300 * MILLION, None, "", "USD"),
        ("US$5.6m", 5.6 * MILLION, None, "", "USD"),
        ("$5 m", 5 * MILLION, None, "", "USD"),
        ("USD 5 million", 5 * MILLION, None, "", "USD"),
        ("5 million USD", 5 * MILLION, None, "", "USD"),
        ("5 million dollars", 5 * MILLION, None, "", "USD"),
        ("A$2 trillion", 2_000_000 * MILLION, None, "", "AUD"),
        ("under 6 million", 6 * MILLION, None, "under", ""),
        ("less than £40", 40, None, "under", "GBP"),
        ("about 40", 40, None, "about", ""),
        ("~40", 40, None, "about", ""),
        ("up to 40", 40, None, "at most", ""),
        ("40+", 40, None, "at least", ""),
        ("40 or more", 40, None, "at least", ""),
        ("10–12 per cent", 10, 12, "", "%"),
        ("10%-12%", None, None, "", ""),
        ("10-12 million", 10 * MILLION, 12 * MILLION, "", ""),
        ("between 5 and 6 million dollars", 5 * MILLION, 6 * MILLION, "", "USD"),
        ("€5 million to €6 million", 5 * MILLION, 6 * MILLION, "", "EUR"),
        ("900,000–1.2 million", None, None, "", ""),
        ("1,300", 1300, None, "", ""),
        ("1 300 000", 1_300_000, None, "", ""),
        ("-3%", -3, None, "", "%"),
        ("−3 %", -3, None, "", "%"),
        (".5", 0.5, None, "", ""),
        ("2,048 H800 chips", 2048, None, "", "H800 chips"),
        ("5m chips", 5 * MILLION, None, "", "chips"),
        ("5 km", 5, None, "", "km"),
        ("5 m", 5, None, "", "m"),
        ("3 pp", 3, None, "", "percentage points"),
        ("$3 per hour", 3, None, "", "USD per hour"),
    ],
)
def test_amounts_as_people_write_them(
    written: str, low: float | None, high: float | None, qualifier: str, unit: str
) -> None:
    if low is None:
        with pytest.raises(ValueError, match=r"is not an amount|a range whose end is lower"):
            read_amount(written)
        return
    expected = Amount(Decimal(str(low)), Decimal(str(low if high is None else high)), qualifier, unit, written)
    assert read_amount(written) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "is not an amount"),
        ("several", "is not an amount"),
        ("3,5", "is not an amount"),
        ("1,30", "is not an amount"),
        ("3.5.1", "is not an amount"),
        ("1e3", "is not an amount"),
        ("5 of 7", "is not an amount"),
        ("12-10", "a range whose end is lower"),
        ("€5 dollars", "two units"),
        ("9" * 30, "more than 24 characters"),
    ],
)
def test_what_is_no_amount_is_refused_in_plain_words(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_amount(written)


def test_the_unit_may_stand_in_a_field_of_its_own() -> None:
    assert read_amount("5.6 million", "USD").unit == "USD"
    assert read_amount("$5.6 million", "USD").unit == "USD"
    assert read_amount("$5", "CAD").unit == "CAD"
    assert read_amount("40", "per cent").unit == "%"
    with pytest.raises(ValueError, match="is in EUR, but its `unit` is USD"):
        read_amount("€5", "USD")
    with pytest.raises(ValueError, match="is in USD"):
        read_amount("US$5", "CAD")


@pytest.mark.parametrize(
    ("written", "language", "low"),
    [
        ("3,5 Mrd. €", "de", 3_500 * MILLION),
        ("1.300", "de", 1300),
        ("1.300", "en", Decimal("1.3")),
        ("1 300,5", "fr", Decimal("1300.5")),
        ("5,6 millions €", "fr", 5.6 * MILLION),
        ("1,2 miljard", "nl", 1_200 * MILLION),
    ],
)
def test_the_language_says_what_separates_decimals(written: str, language: str, low: float) -> None:
    assert read_amount(written, language=language).low == Decimal(str(low))


RUNNING = {
    "It cost $5.6 million, they said.": ["$5.6 million"],
    "with 2,048 Nvidia H800 chips in": ["2,048 Nvidia H800 chips"],
    "In 2025 and 1998-99 and 2023–2025.": [],
    "on 14 February 2025 and February 14, 2025, and 2025-02-14": [],
    "GPT-4, R1, H800, V3 and COVID-19": [],
    "see p. 3, para. 5, Article 7 and section 2.1": [],
    "1. First\n2) Second (3) third": [],
    "version 3.5.1 at 12:30": [],
    "a 12-month plan, the 21st century, 24/7": [],
    "30 per cent may be 40% or 10-12 per cent": ["30 per cent", "40%", "10-12 per cent"],
    "under 6 million; about 50,000 chips that": ["under 6 million", "about 50,000 chips"],
    "about €3bn to €4bn a year": ["about €3bn to €4bn"],
    "all 40 experts": ["40 experts"],
    "5 and 6 experts": ["5", "6 experts"],
}


@pytest.mark.parametrize("plain", RUNNING)
def test_amounts_in_running_words(plain: str) -> None:
    found = find_amounts(plain)
    assert [plain[f.start : f.end] for f in found] == RUNNING[plain]
    assert [f.amount.written for f in found] == RUNNING[plain]


@pytest.mark.parametrize(
    ("written", "language", "printed"),
    [
        ("$5.6 million", "en-US", "$5.6\xa0million"),
        ("$5.6 million", "en-GB", "US$5.6\xa0million"),
        ("CHF 300", "en-GB", "CHF\xa0300"),
        ("under 6m chips", "en-GB", "under 6\xa0million\xa0chips"),
        ("10 to 12 per cent", "en-GB", "10–12%"),
        ("1300", "en-GB", "1,300"),
        ("1234567", "en-GB", "1,234,567"),
        ("US$2.50", "en-GB", "US$2.50"),
        ("1,234.50 to 1,300.00 metres", "fr", "1\u202f234,50–1\u202f300,00\xa0metres"),
        ("900 thousand to 1.2 million", "en-GB", "900,000–1,200,000"),
        ("$900 million to $1.2 billion", "en-US", "$900\xa0million – 1.2\xa0billion"),
        ("€1.3 billion", "de", "1,3\xa0Milliarden\xa0€"),
        ("about 40%", "de", "etwa 40\xa0%"),
        ("under 40", "pl", "poniżej 40"),
        ("about 40%", "ar", "نحو 40\xa0%"),
        ("US$5", "he", "5\xa0\u2066US$\u2069"),
        ("under 40", "da", "<\xa040"),
    ],
)
def test_one_form_by_language(written: str, language: str, printed: str) -> None:
    assert format_amount(read_amount(written), language) == printed


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("5.6 million", "1.3 billion", True),
        ("$5.6 million", "$5.6 million", False),
        ("under 6 million", "5.6 million", False),
        ("under 6 million", "6 million", True),
        ("at most 6 million", "6 million", False),
        ("over 6 million", "under 6 million", True),
        ("over 6 million", "7 million", False),
        ("about 40", "42", False),
        ("about 40", "50", True),
        ("about 40", "30", True),
        ("about 40", "44", False),
        ("about 40", "44.1", True),
        ("about 40", "36", False),
        ("about 40", "35.9", True),
        ("10–12", "12–14", False),
        ("10–12", "13–14", True),
        ("$5", "€6", False),
        ("5 chips", "6 H800 chips", True),
        ("5 chips", "6 experts", False),
        ("$5 per hour", "$6", False),
    ],
)
def test_contradictions_heed_qualifiers_and_units(one: str, other: str, expected: bool) -> None:
    assert contradicts(read_amount(one), read_amount(other)) is expected
    assert contradicts(read_amount(other), read_amount(one)) is expected


NUMBERS = st.decimals(0, 10**15, places=3, allow_nan=False) | st.integers(0, 10**9).map(Decimal)
UNITS = st.sampled_from(["", "USD", "EUR", "CNY", "CHF", "%", "chips"])
QUALIFIERS = st.sampled_from(["", "about", "under", "over", "at least", "at most"])


@given(
    NUMBERS,
    NUMBERS,
    UNITS,
    QUALIFIERS,
    st.sampled_from(["en-GB", "en-US", "de", "fr", "es", "it", "nl", "sv"]),
    st.booleans(),
)
@settings(deadline=None)
def test_what_is_printed_is_read_back(
    one: Decimal, other: Decimal, unit: str, qualifier: str, language: str, ranged: bool
) -> None:
    low, high = (min(one, other), max(one, other)) if ranged else (one, one)
    amount = Amount(low, high, qualifier, unit)
    printed = format_amount(amount, language)
    read = read_amount(printed, language=language)
    assert (read.low, read.high, read.qualifier) == (low, high, qualifier)
    assert same_unit(read.unit, unit)


ENDS = [5_600_000, 9_500_000, 12_345_000, 50_000_000, 95_000_000, 22_000_000_000, 1_500_000_000_000, 1_234_567_890_123]


@pytest.mark.parametrize("language", known_tags())
def test_large_numbers_and_ranges_are_read_back_in_every_language(language: str) -> None:
    for low in ENDS:
        for high in (one for one in ENDS if one >= low):
            read = read_amount(format_amount(Amount(Decimal(low), Decimal(high), "", ""), language), language=language)
            assert (read.low, read.high) == (low, high)


@pytest.mark.parametrize(
    ("low", "high", "language", "printed"),
    [
        (95_000_000, 95_000_000, "hi", "9.5\xa0करोड़"),
        (1_000_000, 2_000_000, "hi", "10–20\xa0लाख"),
        (50_000_000, 95_000_000, "ja", "5000–9500万"),
        (950_000_000, 950_000_000, "ja", "9.5億"),
        (950_000_000, 950_000_000, "zh", "9.5亿"),
        (5_600_000, 5_600_000, "mi", "5,600,000"),
        (5_600_000, 5_600_000, "sw", "5,600,000"),
        (9_500_000, 9_500_000, "ne", "95,00,000"),
        (22_000_000_000, 22_000_000_000, "th", "2.2\xa0หมื่นล้าน"),
        (5_600_000, 5_600_000, "he", "5.6\xa0מיליון"),
    ],
)
def test_words_of_a_language_say_the_number_or_are_not_used(low: int, high: int, language: str, printed: str) -> None:
    assert format_amount(Amount(Decimal(low), Decimal(high), "", ""), language) == printed


@given(st.text() | st.text(st.sampled_from("0123456789.,- $€%mkbn–under toand")), st.text(max_size=5))
def test_no_text_does_more_than_refuse(written: str, unit: str) -> None:
    find_amounts(written)
    try:
        amount = read_amount(written, unit)
    except ValueError:
        return
    assert amount.low <= amount.high
    assert format_amount(amount, "en-GB")


@pytest.mark.parametrize(
    ("written", "language", "number"),
    [
        ("1.300", "de", "1300"), ("1.300", "en", "1.300"), ("5,6 Millionen", "de", "5600000"), ("1.300,5", "es", "1300.5"),
        ("٥٫٦", "ar", "5.6"), ("٥٬٦٠٠", "ar", "5600"), ("۱۲", "fa", "12"), ("५.६", "hi", "5.6"), ("１，３００", "ja", "1300"),
        ("560万", "zh", "5600000"), ("5.6億", "ja", "560000000"), ("12,34,567", "en-IN", "1234567"), ("၅", "my", "5"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_their_language_and_in_any_digits(written: str, language: str, number: str) -> None:
    assert read_amount(written, language=language).low == Decimal(number)


@pytest.mark.parametrize(("written", "language"), [("3,5", "en"), ("5.6 million", "de"), ("1,2,3", "en")])
def test_a_number_of_another_language_is_none(written: str, language: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        read_amount(written, language=language)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("该模型耗资约560万美元，用了2024年的芯片。", "zh", ["560万"]),
        ("費用は5.6億円、第3回、5月3日。", "ja", ["5.6億"]),
        ("kostete rund 1.300 Euro", "de", ["rund 1.300 Euro"]),
        ("بلغت التكلفة ٥٫٦، في عام ٢٠٢٤", "ar", ["٥٫٦"]),
    ],
)
def test_amounts_are_found_in_other_scripts(text: str, language: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_amounts(text, language=language)] == found


@pytest.mark.parametrize("code", ["ZWG", "XCG", "HRK", "ANG"])
def test_money_that_is_new_and_money_that_was_replaced_lately_is_money(code: str) -> None:
    (found,) = find_amounts(f"It cost {code} 5 million.")
    assert (found.amount.unit, found.amount.low) == (code, 5_000_000)
