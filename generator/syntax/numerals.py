"""How numbers, currencies, units and qualifiers are written, by language: the vocabulary behind `amounts`.

English is built in and costs nothing; separators of other languages come from CLDR. Knows nothing of amounts as records.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

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
"""The currency that a bare `$`, `¥` or `£` is taken for -> those that are written so as well."""

CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR "
    "ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV "
    "WST XAF XCD XOF XPF YER ZAR ZMW ZWL".split()
)
"""ISO 4217."""

_UNIT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "per cent": "%", "percent": "%", "pct": "%", "prozent": "%", "pour cent": "%", "por ciento": "%",
        "per cento": "%", "procent": "%", "us dollar": "USD", "us dollars": "USD", "u.s. dollars": "USD",
        "us-dollar": "USD", "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP",
        "pounds": "GBP", "pounds sterling": "GBP", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "yen": "JPY",
        "pp": "percentage points", "percentage point": "percentage points",
    }
)  # fmt: skip

_QUALIFIERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "about": (
            "about", "approximately", "approx.", "around", "roughly", "circa", "ca.", "c.", "some", "nearly", "almost",
            "~", "≈", "etwa", "rund", "environ", "unos", "unas", "circa",
        ),
        "under": ("under", "below", "less than", "fewer than", "<", "unter", "weniger als", "moins de", "menos de", "meno di"),
        "over": ("over", "above", "more than", ">", "über", "mehr als", "plus de", "más de", "più di"),
        "at least": ("at least", "no less than", "no fewer than", "≥", ">=", "mindestens", "au moins", "al menos", "almeno"),
        "at most": ("at most", "no more than", "not more than", "up to", "≤", "<=", "höchstens", "au plus", "como máximo", "al massimo"),
    }
)  # fmt: skip
_BEHIND: Mapping[str, str] = MappingProxyType(
    {"or more": "at least", "or less": "at most", "or fewer": "at most", "+": "at least"}
)

_ENGLISH_SCALES: Mapping[str, int] = MappingProxyType(
    {
        "thousand": 3, "million": 6, "millions": 6, "mln": 6, "mn": 6, "billion": 9, "billions": 9, "bln": 9, "bn": 9,
        "trillion": 12, "trillions": 12, "trn": 12, "tn": 12, "lakh": 5, "crore": 7,
    }
)  # fmt: skip
_SCALES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "en": _ENGLISH_SCALES,
        "de": {
            "tausend": 3, "tsd.": 3, "million": 6, "millionen": 6, "mio.": 6, "mio": 6, "milliarde": 9, "milliarden": 9,
            "mrd.": 9, "mrd": 9, "billion": 12, "billionen": 12, "bio.": 12,
        },
        "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "md": 9, "mds": 9, "billion": 12, "billions": 12},
        "es": {"mil millones": 9, "mil": 3, "millón": 6, "millones": 6, "billón": 12, "billones": 12},
        "zh": {
            "千": 3, "万": 4, "萬": 4, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7, "亿": 8, "億": 8, "十亿": 9,
            "十億": 9, "万亿": 12, "萬億": 12,
        },
        "ja": {"千": 3, "万": 4, "百万": 6, "千万": 7, "億": 8, "十億": 9, "兆": 12},
        "ko": {"천": 3, "만": 4, "백만": 6, "천만": 7, "억": 8, "십억": 9, "조": 12},
        "it": {"mila": 3, "milione": 6, "milioni": 6, "mln": 6, "miliardo": 9, "miliardi": 9, "mld": 9, "bilione": 12, "bilioni": 12},
    }
)  # fmt: skip
_LETTERS: Mapping[str, int] = MappingProxyType({"k": 3, "m": 6, "b": 9, "t": 12})

_STOP = frozenset(
    "a an and are as at because between but by compared did do does during each every for from had has have in into is it "
    "its last later of on or per over since so than that the their then these they this those to under until was were "
    "when where whereas which while who will with within would".split()
)
_SEPARATORS = {0x2212: "-", 0x066C: "’", 0xFF0E: ".", 0xFF0C: ",", 0xFF05: "%", 0x066A: "%"}
"""Signs of other scripts for those that the patterns know; an apostrophe groups digits in every language."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts in which a number may touch the words around it, as a class in a pattern."""
_STOP_WORD = rf"(?:{'|'.join(sorted(_STOP))})\b"


def normal(written: str, decimal: str = ".") -> str:
    """The same characters with one kind of space and minus and ASCII digits, each in its place; ends of lines stay.

    `decimal` is what an Arabic decimal separator becomes: the language's own.
    """
    if written.isascii():
        return re.sub(r"[^\S\n]", " ", written)
    written = written.translate(_SEPARATORS | {0x066B: decimal})
    written = re.sub(r"(?![0-9])\d", lambda digit: str(unicodedata.decimal(digit.group())), written)
    return re.sub(r"[^\S\n]|\u2060", " ", written)


def unit_of(written: str) -> str:
    """The unit as records keep it: an ISO 4217 code, `%`, or the words as written."""
    known = SYMBOLS.get(written) or _UNIT_WORDS.get(written.casefold())
    if known:
        return known
    return written.upper() if written.upper() in CURRENCIES and len(written) == 3 else written


def _any(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class Numerals:
    """How one language writes numbers."""

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

    def bounds(self, match: re.Match[str]) -> tuple[Decimal, Decimal]:
        last = self.scale(match["scale2"] if match["high"] else match["scale"])
        first = self.scale(match["scale"]) if match["scale"] else last
        low = self.number(match["low"]).scaleb(first)
        return low, self.number(match["high"]).scaleb(last) if match["high"] else low

    def unit(self, match: re.Match[str]) -> str:
        """The unit before or behind the number; ValueError where there are two."""
        before, also = (unit_of((match[name] or "").strip()) for name in ("currency", "currency2"))
        behind = (match["unit"] or "").strip()
        after = unit_of(behind)
        if before and also and before != also:
            raise ValueError(f"“{match.group()[:60]}” has two units, {before} and {also}")
        before = before or also
        if not before or not after or before == after or after in SHARED_SYMBOLS.get(before, ()):
            return after or before
        if behind.startswith("per "):
            return f"{before} {behind}"
        raise ValueError(f"“{match.group()[:60]}” has two units, {before} and {after}")

    def qualifier(self, match: re.Match[str]) -> str:
        before = (match["qualifier"] or "").casefold()
        behind = (match["behind"] or "").strip().casefold()
        named = next((name for name, forms in _QUALIFIERS.items() if before in forms), "")
        return named or _BEHIND.get(behind, "")


@functools.cache
def numerals(language: str) -> Numerals:
    """How the language (a BCP 47 tag) writes numbers; as English does where nothing is known."""
    decimal, groups = _separators(language)
    scales = _scales(language)
    head, units = _head(decimal, groups, scales), _any(_UNIT_WORDS)
    glued = r"(?<=[\d.])[^\W\d_]+(?!\w)"
    words = rf"(?<=[\s-])(?!{_STOP_WORD})[^\W\d_][\w.'’/-]*(?:\ [\w.'’()/-]+){{0,5}}|(?<=\s)per\ [\w\ -]+"
    few = rf"(?!{_STOP_WORD})[^\W\d_][\w-]*"
    whole = rf"{head}\ ?(?:-(?=[^\W\d_]))?(?P<unit>%|‰|{_any(SYMBOLS)}|{units}|{glued}|{words})?"
    unit = rf"\ ?(?:%|‰|[€£¥])|\ ?(?:{units})(?![^\W_])|(?<!\ )\ {few}(?:\ {few}){{0,2}}"
    running = rf"(?<![.,:/#@–-])(?<![^\W{_UNSPACED}]){head}(?P<unit>{unit})?"
    example = f"“5{decimal}6 million” or “{'1,300' if decimal == '.' else '1300'}”"
    return Numerals(decimal, scales, _compile(whole), _compile(running), example)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _head(decimal: str, groups: str, scales: Mapping[str, int]) -> str:
    """The pattern of an amount up to its unit."""
    point = re.escape(decimal)
    indian = rf"\d{{1,2}}(?:[{groups}]\d{{2}})+[{groups}]\d{{3}}(?!\d)"
    digits = rf"(?:\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|{indian}|\d+)(?:{point}\d+)?"
    number = rf"(?:[-+](?=[\d{point}]))?(?:{digits}|{point}\d+)"
    currency = f"(?:{_any(SYMBOLS)}|(?-i:{'|'.join(sorted(CURRENCIES))})(?![A-Za-z]))"
    words = rf"\ ?(?:{_any(scales)})(?:(?<=[{_UNSPACED}])|(?![^\W\d_]))"
    qualifiers = _any({form for forms in _QUALIFIERS.values() for form in forms})
    low = _scaled(number, words, currency, "currency", "low", "scale")
    high = _scaled(number, words, currency, "currency2", "high", "scale2")
    joint = r"(?(between)(?:and|to|und|bis|et|à|y|e|a|-|–)|(?:-|–|—|to\b|bis\b|à\b))"
    return (
        rf"(?:(?P<qualifier>{qualifiers})\ ?)?(?P<between>(?:between|from|zwischen|von|entre|de|tra|da)\ )?{low}"
        rf"(?:\ ?{joint}\ ?{high})?(?P<behind>\+|\ or\ (?:more|less|fewer))?"
    )


def _scaled(number: str, words: str, currency: str, money: str, name: str, scale: str) -> str:
    """The pattern of one number with currency and scale: `k` and `m` at the number itself, and `b`, `t` for money."""
    letters = rf"(?({money})\ ?[kmbt]|(?<=\d)[km])(?![^\W_])"
    return rf"(?P<{money}>{currency})?\ ?(?P<{name}>{number})(?P<{scale}>{words}|{letters})?"


def _scales(language: str) -> Mapping[str, int]:
    """Words for powers of ten: those that CLDR prints, and the abbreviations that are known here."""
    known = _SCALES.get(language.partition("-")[0].lower(), {})
    if known is _ENGLISH_SCALES:
        return known
    from generator.syntax.languages import locale_of

    words: dict[str, int] = {}
    for by_power in locale_of(language).compact_decimal_formats.get("long", {}).values():
        for power, form in by_power.items():
            word = re.sub(r"[0'\s]+", " ", str(form.pattern)).strip().casefold()
            if word:
                words[word] = len(power) - str(form.pattern).count("0")
    return MappingProxyType({**words, **known})


def _separators(language: str) -> tuple[str, str]:
    """What separates decimals, and the characters, for a class in a pattern, that may separate thousands."""
    if language.partition("-")[0].lower() == "en":
        return ".", " ,'’"
    from babel.numbers import get_decimal_symbol, get_group_symbol

    from generator.syntax.languages import locale_of

    locale = locale_of(language)
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    return decimal, re.escape(group if group != decimal and not group.isspace() else "") + " '’"
