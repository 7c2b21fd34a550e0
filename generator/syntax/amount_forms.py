"""Formats amounts by language, after CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.languages import Amounts
from generator.languages import language as language_of
from generator.languages.locales import locale_of
from generator.model import Amount
from generator.syntax.numerals import CURRENCIES

if TYPE_CHECKING:
    from babel import Locale

_NO_BREAK = "\xa0"
_LARGE = Decimal(10) ** 6
_SIGNS: Mapping[str, str] = MappingProxyType({"about": "≈", "under": "<", "over": ">", "at least": "≥", "at most": "≤"})


def written_amount(amount: Amount, language: str, unit: str) -> str:
    """Return the amount with its unit, in the language."""
    locale = locale_of(language)
    body = _with_unit(_numbers(amount, locale), unit, language, locale)
    if not amount.qualifier:
        return body
    words = _known(locale).qualifiers
    return f"{words[amount.qualifier][0]} {body}" if words else f"{_SIGNS[amount.qualifier]}{_NO_BREAK}{body}"


def _known(locale: Locale) -> Amounts:
    return language_of(locale.language).amounts or Amounts()


def _numbers(amount: Amount, locale: Locale) -> str:
    if amount.low == amount.high:
        return _number(amount.low, locale)
    power = _power(amount.low)
    if power == _power(amount.high) and power:
        low, high = _figures(amount.low.scaleb(-power), locale), _number(amount.high, locale)
    elif power and _power(amount.high):
        low, high = _number(amount.low, locale), _number(amount.high, locale)
    else:
        low, high = _figures(amount.low, locale), _figures(amount.high, locale)
    joint = "–" if amount.low >= 0 and " " not in low and _NO_BREAK not in low else " – "
    return f"{low}{joint}{high}"


def _number(number: Decimal, locale: Locale) -> str:
    """Return a number in words from a million on if three decimals are enough; otherwise in figures."""
    from babel.numbers import format_compact_decimal

    power = _power(number)
    if not power or "long" not in locale.compact_decimal_formats:
        return _figures(number, locale)
    decimals = max(-_exponent(number.scaleb(-power)), 0)
    compact = format_compact_decimal(number, format_type="long", locale=locale, fraction_digits=decimals)
    return str(compact).replace(" ", _NO_BREAK)


def _figures(number: Decimal, locale: Locale) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale, decimal_quantization=False))


def _power(number: Decimal) -> int:
    """Return the power of ten that a word expresses; 0 if figures alone are clearer."""
    if abs(number) < _LARGE:
        return 0
    power = min((number.adjusted() // 3) * 3, 12)
    return power if _exponent(number.scaleb(-power)) >= -3 else 0


def _exponent(number: Decimal) -> int:
    return int(number.normalize().as_tuple().exponent)


def _with_unit(numbers: str, unit: str, language: str, locale: Locale) -> str:
    if not unit:
        return numbers
    if unit in CURRENCIES:
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
        symbol = f"\u2066{symbol}\u2069"  # a sign at the end of Latin letters would change sides
    pattern = locale.currency_formats["standard"].pattern
    if pattern.startswith("¤"):
        return f"{symbol}{_NO_BREAK if symbol[-1].isalpha() else ''}{numbers}"
    return f"{numbers}{_NO_BREAK}{symbol}"
