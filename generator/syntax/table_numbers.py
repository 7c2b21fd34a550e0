"""Reads numbers in table cells, and prints them in the brief's language.

A separator can group digits or mark decimals: `1.234` is 1234 in German and a little more than one in English. If neither the
digits nor a stated language decide, a number is ambiguous, and nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from generator.languages.locales import locale_of
from generator.model import TableNumber

MAX_DIGITS = 40
"""Longest number. Longer ones are keys or hashes, and stay unchanged."""
MINUS = "\N{MINUS SIGN}"
MISSING = frozenset({"", "-", "–", "—", "..", "...", "…", ":", "n/a", "n.a.", "na", "x"})
"""What statisticians write in place of a number (folded to lower case)."""
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_LIKE = re.compile(rf"([+\-{MINUS}]?)([0-9](?:[0-9.,{_SPACES}{_APOSTROPHES}]*[0-9])?)([{_SPACES}]?%)?")
_ODD = re.compile(rf"[.,{_SPACES}{_APOSTROPHES}]")


class AmbiguousNumber(ValueError):
    """The separator can group digits or mark decimals."""


class ForeignNumber(ValueError):
    """A number that the stated language writes in another way."""


def read_number(written: str, language: str = "") -> TableNumber | None:
    """Read a cell; return None if it is not a number, such as `007`, which keeps its zeros. `language` is a BCP 47 tag or "".

    Raises AmbiguousNumber if no language is stated, and ForeignNumber for a number that the stated one writes in another way.
    """
    match = _LIKE.fullmatch(written.strip())
    if match is None:
        return None
    sign, body, percent = match.groups()
    parts = _stated(body, language) if language else _plain(body)
    if parts is None:
        return None
    whole, fraction, mark = parts
    digits = _ODD.sub("", whole)
    if (len(digits) > 1 and digits.startswith("0")) or len(digits) + len(fraction) > MAX_DIGITS:
        return None
    value = Decimal(f"{'-' if sign in ('-', MINUS) else ''}{digits}{'.' if fraction else ''}{fraction}")
    return TableNumber(value, len(fraction), len(digits) < len(whole), bool(percent), mark)


def format_number(number: TableNumber, language: str) -> str:
    """Return the digits with the separators of a language, without rounding, and grouped only if they were."""
    from babel.numbers import format_decimal

    locale = locale_of(language)
    pattern = ("#,##0" if number.grouped else "0") + ("." + "0" * number.decimals if number.decimals else "")
    with localcontext(prec=2 * MAX_DIGITS):  # the default of 28 digits would cause an error
        shown = str(format_decimal(number.value, format=pattern, locale=locale, decimal_quantization=False))
    shown = shown.replace("-", MINUS).replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    if not number.percent:
        return shown
    before, _, after = locale.percent_formats[None].pattern.replace("#,##0", "\0", 1).partition("\0")
    return f"{before}{shown}{after}" if {before, after} != {""} else f"{shown}%"


def _stated(body: str, language: str) -> tuple[str, str, str] | None:
    """Return whole part, decimals and decimal mark by the rules of a language. Raises ForeignNumber."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = locale_of(language)
    mark, group = get_decimal_symbol(locale), get_group_symbol(locale)
    whole, separator, fraction = body.partition(mark)
    if _is_whole(whole, _alike(group)) and (not separator or fraction.isdecimal()):
        return whole, fraction, mark
    if _is_number(body):
        raise ForeignNumber(f"“{body}” is not a number in the language “{language}”")
    return None


def _is_number(body: str) -> bool:
    try:
        return _plain(body) is not None
    except AmbiguousNumber:
        return True


def _plain(body: str) -> tuple[str, str, str] | None:
    """Return whole part, decimals and decimal mark, if the digits alone decide. Raises AmbiguousNumber."""
    marks = [char for char in body if char in ".,"]
    others = "".join(dict.fromkeys(char for char in body if char in _SPACES + _APOSTROPHES))
    if not marks:
        return (body, "", "") if _is_whole(body, others) else None
    last = marks[-1]
    if len(marks) > 1 and len(set(marks)) == 1:
        return (body, "", "," if last == "." else ".") if not others and _is_whole(body, last) else None
    whole, _, fraction = body.rpartition(last)
    if not fraction.isdecimal() or not _is_whole(whole, others + "".join(set(marks) - {last})):
        return None
    if len(fraction) == 3 and whole.isdecimal() and len(whole) <= 3 and whole != "0":
        raise AmbiguousNumber(f"“{body}” can mean {whole}{fraction}, or {whole} and {fraction} thousandths")
    return whole, fraction, last


def _alike(group: str) -> str:
    """Return equivalent separators: all spaces, or both apostrophes."""
    return _SPACES if group in _SPACES else _APOSTROPHES if group in _APOSTROPHES else group


def _is_whole(whole: str, groups: str) -> bool:
    """Whether this is a whole number, ungrouped or in groups of three digits, or of two before the last group as in India."""
    if whole.isdecimal():
        return True
    return bool(groups) and any(
        re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(one)}[0-9]{{2,3}})*{re.escape(one)}[0-9]{{3}}", whole)
        for one in groups
    )
