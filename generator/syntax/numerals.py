"""Patterns of numbers, currencies, units and qualifiers, by language.

Words come from `generator/languages`, separators of languages other than English from CLDR.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from generator.languages import Amounts, any_of, primary, together
from generator.languages import language as language_of
from generator.syntax.characters import UNSPACED

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
        "NT$": "TWD", "MX$": "MXN", "R$": "BRL", "CN¥": "CNY", "JP¥": "JPY", "RMB": "CNY", "$": "USD", "€": "EUR",
        "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS", "₫": "VND", "₺": "TRY", "₽": "RUB", "₴": "UAH",
        "₦": "NGN", "₱": "PHP", "฿": "THB", "zł": "PLN", "Kč": "CZK", "Fr.": "CHF",
    }
)  # fmt: skip
SHARED_SYMBOLS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "USD": frozenset({"AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "CLP", "COP", "ARS"}),
        "JPY": frozenset({"CNY"}),
        "GBP": frozenset({"EGP", "LBP", "SYP"}),
    }
)
"""The currency of a bare `$`, `¥` or `£`, with others that have the same symbol."""

_SINCE = 2015
"""Sources may still name money that was replaced since this year."""

_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "~": "about",
        "≈": "about",
        "<": "under",
        ">": "over",
        "≥": "at least",
        ">=": "at least",
        "≤": "at most",
        "<=": "at most",
    }
)
"""Signs before an amount, with their qualifiers."""
_LETTERS: Mapping[str, int] = MappingProxyType({"k": 3, "m": 6, "b": 9, "t": 12})

_SEPARATORS = {0x2212: "-", 0x066C: "’", 0xFF0E: ".", 0xFF0C: ",", 0xFF05: "%", 0x066A: "%"}
"""Signs of other scripts, with those in the patterns; an apostrophe groups digits in every language."""


def european_digits(written: str) -> str:
    """Return the text with the decimal digits of all scripts as 0 to 9."""
    return re.sub(r"(?![0-9])\d", lambda digit: str(unicodedata.decimal(digit.group())), written)


@functools.cache
def currencies() -> frozenset[str]:
    """Return the ISO 4217 codes of money that is legal tender somewhere, or was until recently, by CLDR."""
    from babel.core import get_global

    uses = (use for of_territory in get_global("territory_currencies").values() for use in of_territory)
    return frozenset(code for code, _, end, is_tender in uses if is_tender and (end is None or end[0] >= _SINCE))


def normal(written: str, decimal: str = ".") -> str:
    """Normalize spaces, minus signs and digits, without changing offsets; line ends stay.

    `decimal` is what an Arabic decimal separator becomes: the language's own.
    """
    if written.isascii():
        return re.sub(r"[^\S\n]", " ", written)
    written = written.translate(_SEPARATORS | {0x066B: decimal})
    written = european_digits(written)
    return re.sub(r"[^\S\n]|\u2060", " ", written)


def unit_of(written: str) -> str:
    """Return the unit as records store it: an ISO 4217 code, `%`, or the words as written."""
    unit = SYMBOLS.get(written) or _unit_words().get(written.casefold())
    if unit:
        return unit
    return written.upper() if written.upper() in currencies() and len(written) == 3 else written


# ---------------------------------------------------------------- the words of all languages


def _unit_words() -> Mapping[str, str]:
    """Return words for units, in lower case, with the stored unit."""
    return together(Amounts).units or {}


@functools.cache
def _qualifiers() -> Mapping[str, str]:
    """Return words before an amount that mean `about`, `under`, `over`, `at least` or `at most`."""
    return MappingProxyType(dict(_SIGNS) | _by_form(together(Amounts).qualifiers))


@functools.cache
def _behind() -> Mapping[str, str]:
    """Return words after an amount, with the same meanings."""
    return MappingProxyType({"+": "at least"} | _by_form(together(Amounts).behind))


def _by_form(by_name: Mapping[str, tuple[str, ...]] | None) -> dict[str, str]:
    return {form: name for name, forms in (by_name or {}).items() for form in forms}


# ---------------------------------------------------------------- one language


@dataclass(frozen=True, slots=True)
class Numerals:
    """Patterns of numbers in one language."""

    decimal: str
    scales: Mapping[str, int]
    amount: re.Pattern[str]
    """A whole string that is an amount."""
    running: re.Pattern[str]
    """An amount inside running words."""
    example: str

    def number(self, written: str) -> Decimal:
        digits = re.sub(rf"[^\d{re.escape(self.decimal)}+-]", "", written)
        return Decimal(digits.replace(self.decimal, "."))

    def scale(self, written: str | None) -> int:
        word = (written or "").strip().casefold()
        return self.scales.get(word, _LETTERS.get(word, 0))

    def is_word(self, written: str | None) -> bool:
        """Whether a scale is a word of the language rather than a letter such as `M`."""
        return (written or "").strip().casefold() in self.scales

    def bounds(self, match: re.Match[str]) -> tuple[Decimal, Decimal]:
        last = self.scale(match["scale2"] if match["high"] else match["scale"])
        first = self.scale(match["scale"]) if match["scale"] else last
        low = self.number(match["low"]).scaleb(first)
        return low, self.number(match["high"]).scaleb(last) if match["high"] else low

    def unit(self, match: re.Match[str]) -> str:
        """Return the unit before or after the number. Raises ValueError if there are two."""
        before, also = (unit_of((match[name] or "").strip()) for name in ("currency", "currency2"))
        behind = (match["unit"] or "").strip()
        after = unit_of(behind)
        if before and also and before != also:
            raise ValueError(f"“{match.group()[:60]}” has two units, {before} and {also}")
        before = before or also
        if not before or not after or before == after or after in SHARED_SYMBOLS.get(before, ()):
            return after or before
        if behind.startswith(tuple(f"{word} " for word in together(Amounts).rates)):
            return f"{before} {behind}"
        raise ValueError(f"“{match.group()[:60]}” has two units, {before} and {after}")

    def qualifier(self, match: re.Match[str]) -> str:
        before = (match["qualifier"] or "").casefold()
        behind = (match["behind"] or "").strip().casefold()
        return _qualifiers().get(before, "") or _behind().get(behind, "")


@functools.cache
def numerals(language: str) -> Numerals:
    """Return the patterns of a language (a BCP 47 tag); those of English for an unknown one."""
    decimal, groups = _separators(language)
    scales = _scales(language)
    head, units = _head(decimal, groups, scales), any_of(_unit_words())
    stop, rate = rf"(?:{any_of(together(Amounts).stop)})\b", rf"(?:{any_of(together(Amounts).rates)})"
    glued = r"(?<=[\d.])[^\W\d_]+(?!\w)"
    words = rf"(?<=[\s-])(?!{stop})[^\W\d_][\w.'’/-]*(?:\ [\w.'’()/-]+){{0,5}}|(?<=\s){rate}\ [\w\ -]+"
    few = rf"(?!{stop})[^\W\d_][\w-]*"
    whole = rf"{head}\ ?(?:-(?=[^\W\d_]))?(?P<unit>%|‰|{any_of(SYMBOLS)}|{units}|{glued}|{words})?"
    unit = rf"\ ?(?:%|‰|[€£¥])|\ ?(?:{units})(?![^\W_])|(?<!\ )\ {few}(?:\ {few}){{0,2}}"
    running = rf"(?<![.,:/#@–-])(?<![^\W{UNSPACED}]){head}(?P<unit>{unit})?"
    example = f"“5{decimal}6 million” or “{'1,300' if decimal == '.' else '1300'}”"
    return Numerals(decimal, scales, _compile(whole), _compile(running), example)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _head(decimal: str, groups: str, scales: Mapping[str, int]) -> str:
    """Return the pattern of an amount up to its unit."""
    point = re.escape(decimal)
    indian = rf"\d{{1,2}}(?:[{groups}]\d{{2}})+[{groups}]\d{{3}}(?!\d)"
    digits = rf"(?:\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|{indian}|\d+)(?:{point}\d+)?"
    number = rf"(?:[-+](?=[\d{point}]))?(?:{digits}|{point}\d+)"
    currency = f"(?:{any_of(SYMBOLS)}|(?-i:{'|'.join(sorted(currencies()))})(?![A-Za-z]))"
    words = rf"\ ?(?:{any_of(scales)})(?:(?<=[{UNSPACED}])|(?![^\W\d_]))"
    behind = any_of(_behind().keys() - {"+"})
    range_words = together(Amounts)
    first, both, single = map(any_of, (range_words.ranges, range_words.range_and, range_words.range_to))
    low = _scaled(number, words, currency, "currency", "low", "scale")
    high = _scaled(number, words, currency, "currency2", "high", "scale2")
    joint = rf"(?(between)(?:{both}|{single}|-|–)|(?:-|–|—|(?:{single})\b))"
    return (
        rf"(?:(?P<qualifier>{any_of(_qualifiers())})\ ?)?(?P<between>(?:{first})\ )?{low}"
        rf"(?:\ ?{joint}\ ?{high})?(?P<behind>\+|\ (?:{behind}))?"
    )


def _scaled(number: str, words: str, currency: str, money: str, name: str, scale: str) -> str:
    """Return the pattern of one number with currency and scale: `k` and `m` directly after it, and `b`, `t` for money."""
    letters = rf"(?({money})\ ?[kmbt]|(?<=\d)[km])(?![^\W_])"
    return rf"(?P<{money}>{currency})?\ ?(?P<{name}>{number})(?P<{scale}>{words}|{letters})?"


def _scales(language: str) -> Mapping[str, int]:
    """Return words for powers of ten: CLDR's, and abbreviations from `generator/languages`."""
    amounts = language_of(language).amounts
    abbreviations = amounts.scales or {} if amounts else {}
    if primary(language) == "en":
        return abbreviations
    from generator.languages.locales import locale_of

    words: dict[str, int] = {}
    for by_power in locale_of(language).compact_decimal_formats.get("long", {}).values():
        for power, form in by_power.items():
            word = re.sub(r"[0'\s\u200e\u200f]+", " ", str(form.pattern)).strip().casefold()
            if word:
                words[word] = len(power) - str(form.pattern).count("0")
    return MappingProxyType({**words, **abbreviations})


def _separators(language: str) -> tuple[str, str]:
    """Return the decimal separator, and the characters, for a class in a pattern, that can separate thousands."""
    if primary(language) == "en":
        return ".", " ,'’"
    from babel.numbers import get_decimal_symbol, get_group_symbol

    from generator.languages.locales import locale_of

    locale = locale_of(language)
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    return decimal, re.escape(group if group != decimal and not group.isspace() else "") + " '’"
