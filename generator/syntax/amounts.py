"""Amounts as people write them, and as one language prints them.

Recognises them by their form and the words next to them, reads them as exact decimals, and prints them by language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from generator.languages import Amounts, Numbering, any_of, together
from generator.languages import language as language_of
from generator.languages.locales import locale_of
from generator.model import Amount
from generator.model.contested import same_unit
from generator.syntax import numerals
from generator.syntax.characters import UNSPACED
from generator.syntax.numerals import Numerals, currencies

if TYPE_CHECKING:
    from babel import Locale


_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\d)|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d+(?:\.\d+){2,}|\d{1,2}:\d\d")
_GOES_ON = re.compile(rf"[^\W_{UNSPACED}]|[-.:/]\d|-[^\W_]")


def is_numbering(text: str, match: re.Match[str]) -> bool:
    """Whether a match of `Numerals.running` is part of a date, a name or a numbering rather than an amount."""
    start, end = match.start("low"), match.end("high") if match["high"] else match.end("low")
    if _DATE.match(text, start) or (len(match["low"]) <= 2 and _month_behind().match(text, end)):
        return True
    if match["currency"] or match["scale"] or match["scale2"] or (match["unit"] or "").strip() in ("%", "‰"):
        return False
    return (
        bool(_named_before().search(text[max(start - 20, 0) : start]))
        or bool(_GOES_ON.match(text, end))
        or _is_year(match)
        or bool(_year_behind().match(text, end))
        or _numbers_a_list(text, start, end)
    )


def is_in_fraction(text: str, start: int, end: int) -> bool:
    """Whether the number at `start:end` is part of a number with a fraction: `5 1/2`, `5 ½`, `5 and a half`."""
    return bool(_fraction_behind().match(text, end) or _DIVIDED.search(text, max(start - 6, 0), start))


_DIVIDED = re.compile(r"\d ?[/\u2044] ?\Z")


@functools.cache
def _fraction_behind() -> re.Pattern[str]:
    words = together(Amounts)
    joint, fractions = any_of(words.range_and), any_of(words.fractions)
    digits = r"(?:\d{1,3}\ ?[/\u2044]\ ?\d{1,3}(?![\d/\u2044])|[\xbc-\xbe\u2150-\u215e])"
    in_words = rf"(?:{joint})\ (?:[^\W\d_]{{1,5}}[\ -])?(?:{fractions})(?!\w)"
    return re.compile(rf"\ ?[/\u2044]\ ?\d|[\ -]?(?:(?:{joint})\ )?{digits}|[\ -](?:{in_words})")


def _is_year(match: re.Match[str]) -> bool:
    return bool(_YEAR.fullmatch(match["low"])) and (not match["high"] or len(match["high"]) in (2, 4))


def _numbers_a_list(text: str, start: int, end: int) -> bool:
    begins_line = not text[:start].rpartition("\n")[2].strip()
    closed = text[end : end + 1]
    return (begins_line and closed in (".", ")") and closed != "") or (text[start - 1 : start] == "(" and closed == ")")


# ---------------------------------------------------------------- the words of all languages


@functools.cache
def _named_before() -> re.Pattern[str]:
    numbering = together(Numbering)
    words = rf"(?i:{'|'.join(numbering.words)})|{any_of(numbering.months)}"
    return re.compile(rf"(?:\b(?:{words})\.?|(?<!§)§++|¶|#|{any_of(numbering.before)})\ ?$")


@functools.cache
def _month_behind() -> re.Pattern[str]:
    words = together(Numbering)
    ordinals, of, months, signs = map(any_of, (words.ordinals, words.of, words.months, words.month_signs))
    return re.compile(rf"(?:{ordinals})?\ (?:(?:{of})\ )?(?:{months})\b|\ ?(?:{signs})")


@functools.cache
def _year_behind() -> re.Pattern[str]:
    return re.compile(rf"\ ?(?:{any_of(together(Numbering).year_signs)})")


_NO_BREAK = "\xa0"
_LARGE = Decimal(10) ** 6
_SIGNS: Mapping[str, str] = MappingProxyType({"about": "≈", "under": "<", "over": ">", "at least": "≥", "at most": "≤"})


def format_amount(amount: Amount, language: str) -> str:
    """Format the amount in the language (a BCP 47 tag), after CLDR: `under 6 million`, `US$5.6 million`, `10–12%`.

    Spaces between number and unit do not break.
    """
    locale = locale_of(language)
    body = _printed_with_unit(_numbers(amount, language), amount.unit, language, locale)
    if not amount.qualifier:
        return body
    words = _known(locale).qualifiers
    return f"{words[amount.qualifier][0]} {body}" if words else f"{_SIGNS[amount.qualifier]}{_NO_BREAK}{body}"


def _known(locale: Locale) -> Amounts:
    return language_of(locale.language).amounts or Amounts()


def _numbers(amount: Amount, language: str) -> str:
    """Return the number, or the range with the power of ten written once if both ends have the same."""
    locale = locale_of(language)
    first, last = _in_words(amount.low, language), _in_words(amount.high, language)
    if amount.low == amount.high:
        return first[0] if first else _figures(amount.low, locale)
    if first and last:
        (low, power), (high, same) = first, last
        if power == same:
            low = _before_word(low)
    else:
        low, high = _figures(amount.low, locale), _figures(amount.high, locale)
    joint = "–" if amount.low >= 0 and " " not in low and _NO_BREAK not in low else " – "
    return f"{low}{joint}{high}"


def _before_word(words: str) -> str:
    """Return the figures of a number in words: `5.6` of `5.6 million`."""
    figures = re.match(r"[\W\d]+", words)
    return figures[0].rstrip(_NO_BREAK) if figures else words


def _in_words(number: Decimal, language: str) -> tuple[str, int] | None:
    """Return a number from a million on in words (`5.6 million`) and the power of ten of the word.

    None if more than three decimals are necessary, and if `read_amount` does not read exactly this number in the words: some words
    of CLDR are wrong (its Nepali 9.5 million is `9.5 करोड`, 95 million). Chinese, Japanese and Korean have only a short form, which
    is the word (`9.5億`); letters such as `M` are no words.
    """
    from babel.numbers import format_compact_decimal

    locale = locale_of(language)
    if abs(number) < _LARGE:
        return None
    length: Literal["long", "short"] = "long" if "long" in locale.compact_decimal_formats else "short"
    words = str(format_compact_decimal(number, format_type=length, locale=locale, fraction_digits=3)).lstrip("\u200f")
    way = numerals.numerals(language)
    match = way.amount.fullmatch(numerals.normal(words, way.decimal))
    if not match or not way.is_word(match["scale"]) or match["unit"] or way.bounds(match) != (number, number):
        return None
    return words.replace(" ", _NO_BREAK), way.scale(match["scale"])


def _figures(number: Decimal, locale: Locale) -> str:
    """Return a number in figures. Below a million it keeps the decimals that were written: 1.60 stays 1.60."""
    from babel.numbers import format_decimal

    number = number if abs(number) < _LARGE else number.normalize()
    decimals = max(-int(number.as_tuple().exponent), 0)
    whole = locale.decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{whole}.{'0' * decimals}" if decimals else whole
    return str(format_decimal(number, format=pattern, locale=locale))


def _printed_with_unit(numbers: str, unit: str, language: str, locale: Locale) -> str:
    if not unit:
        return numbers
    if unit in currencies():
        return _money(numbers, unit, language, locale)
    if unit == "%":
        gap = "" if _known(locale).close_percent else _NO_BREAK
        return f"{numbers}{gap}%"
    return f"{numbers}{_NO_BREAK}{unit}"


def _money(numbers: str, code: str, language: str, locale: Locale) -> str:
    """Return an amount of money with an unambiguous symbol, `US$` or `CN¥`; a bare `$` only in its own country."""
    from babel.numbers import get_currency_symbol

    at_home = code == "USD" and language.replace("_", "-").lower() in ("en", "en-us")
    symbol = "$" if at_home else get_currency_symbol(code, locale="en_001")
    if locale.text_direction == "rtl":
        symbol = f"\u2066{symbol}\u2069"  # the bidirectional algorithm would move a sign that follows Latin letters
    pattern = locale.currency_formats["standard"].pattern
    if pattern.startswith("¤"):
        return f"{symbol}{_NO_BREAK if symbol[-1].isalpha() else ''}{numbers}"
    return f"{numbers}{_NO_BREAK}{symbol}"


_LONGEST = 24
"""Longest number in characters. Longer ones are not real amounts, and the decimal context would round them."""
_BARE_SYMBOL = re.compile(r"(?<![A-Za-z])[$¥£]")


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in text, with its start and end."""

    amount: Amount
    start: int
    end: int


def read_amount(written: str, unit: str = "", *, language: str = "en") -> Amount:
    """Read an amount; `unit` is the value of a separate field. Raises ValueError with a message for the author.

    The language decides what separates decimals: `3,5` is three and a half in German and wrong in English.
    """
    stripped = written.strip()
    way = numerals.numerals(language)
    match = way.amount.fullmatch(numerals.normal(stripped, way.decimal).replace("\n", " "))
    if not match or len(stripped) > 200:
        raise ValueError(f"“{stripped[:60]}” is not an amount: write a number as in {way.example}")
    amount = _amount(match, way, stripped)
    return _with_unit(amount, numerals.unit_of(unit.strip()))


def _amount(match: re.Match[str], way: Numerals, written: str) -> Amount:
    if max(len(match["low"]), len(match["high"] or "")) > _LONGEST:
        raise ValueError(f"“{written[:60]}” has a number with more than {_LONGEST} characters")
    unit = way.unit(match)
    low, high = way.bounds(match)
    if low > high:
        raise ValueError(f"“{written[:60]}” is a range whose end is lower than its beginning")
    return Amount(low, high, way.qualifier(match), unit, written)


def _with_unit(amount: Amount, unit: str) -> Amount:
    if not unit or same_unit(amount.unit, unit):
        return replace(amount, unit=unit or amount.unit)
    if unit in numerals.SHARED_SYMBOLS.get(amount.unit, ()) and _BARE_SYMBOL.search(amount.written):
        return replace(amount, unit=unit)
    raise ValueError(
        f"“{amount.written[:60]}” is in {amount.unit}, but its `unit` is {unit}: write the number alone, or correct the unit"
    )


def find_amounts(plain: str, *, language: str = "en") -> tuple[FoundAmount, ...]:
    """Find the amounts in a text, in order. Years, dates, numberings and names such as H800 are not amounts."""
    way = numerals.numerals(language)
    text = numerals.normal(plain, way.decimal)
    amounts: list[FoundAmount] = []
    for match in way.running.finditer(text):
        end = match.end("high") if match["high"] else match.end("low")
        if is_numbering(text, match) or is_in_fraction(text, match.start("low"), end):
            continue
        try:
            amount = _amount(match, way, plain[match.start() : match.end()])
        except ValueError:
            continue
        amounts.append(FoundAmount(amount, match.start(), match.end()))
    return tuple(amounts)


_RUNNING_YEAR = re.compile(
    rf"(?<![.,/#@])(?<![^\W{UNSPACED}])(?<![^\W\d_]-){_YEAR.pattern}(?![^\W{UNSPACED}]|/|[.,]\d)"
)


def find_years(plain: str, amounts: Iterable[FoundAmount]) -> tuple[tuple[int, int], ...]:
    """Find the years in a text, by start and end, in order, except numbers that are among its amounts."""
    taken = [range(one.start, one.end) for one in amounts]
    years = (match.span() for match in _RUNNING_YEAR.finditer(numerals.european_digits(plain)))
    return tuple(year for year in years if not any(year[0] in one for one in taken))
