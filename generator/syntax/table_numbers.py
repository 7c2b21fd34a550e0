"""Numbers in the cells of tables: read as their file writes them, printed as the language of the brief does.

A separator may group or may mark decimals: `1.234` is 1234 in German and a little more than one in English. Where neither the digits
nor a stated language decide, a number is ambiguous, and nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from generator.languages.locales import locale_of
from generator.model import TableNumber

MAX_DIGITS = 40
"""Longer ones are keys or hashes, and stay as they are written."""
MINUS = "\N{MINUS SIGN}"
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_LIKE = re.compile(rf"([+\-{MINUS}]?)([0-9](?:[0-9.,{_SPACES}{_APOSTROPHES}]*[0-9])?)([{_SPACES}]?%)?")
_ODD = re.compile(rf"[.,{_SPACES}{_APOSTROPHES}]")


class AmbiguousNumber(ValueError):
    """The separator may group digits or mark decimals."""


class ForeignNumber(ValueError):
    """A number, but not as the stated language writes one."""


def read_number(written: str, language: str = "") -> TableNumber | None:
    """Read a cell; None for what is no number, such as `007`, which keeps its zeros. `language` is a BCP 47 tag, or nothing.

    Raises AmbiguousNumber where no language is stated, and ForeignNumber for a number that the stated one writes in another way.
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
    """The same digits with the separators of a language: nothing is rounded, and grouped only if it was."""
    from babel.numbers import format_decimal

    locale = locale_of(language)
    pattern = ("#,##0" if number.grouped else "0") + ("." + "0" * number.decimals if number.decimals else "")
    with localcontext(prec=2 * MAX_DIGITS):  # the usual 28 digits would end in an error
        shown = str(format_decimal(number.value, format=pattern, locale=locale, decimal_quantization=False))
    shown = shown.replace("-", MINUS).replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    if not number.percent:
        return shown
    before, _, after = locale.percent_formats[None].pattern.replace("#,##0", "\0", 1).partition("\0")
    return f"{before}{shown}{after}" if {before, after} != {""} else f"{shown}%"


def _stated(body: str, language: str) -> tuple[str, str, str] | None:
    """Whole part, decimals and decimal mark by the rules of a language. Raises ForeignNumber."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = locale_of(language)
    mark, group = get_decimal_symbol(locale), get_group_symbol(locale)
    whole, found, fraction = body.partition(mark)
    if _is_whole(whole, _alike(group)) and (not found or fraction.isdecimal()):
        return whole, fraction, mark
    if _is_number(body):
        raise ForeignNumber(f"“{body}” is no number in the language “{language}”")
    return None


def _is_number(body: str) -> bool:
    try:
        return _plain(body) is not None
    except AmbiguousNumber:
        return True


def _plain(body: str) -> tuple[str, str, str] | None:
    """Whole part, decimals and decimal mark, where the digits alone decide. Raises AmbiguousNumber."""
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
        raise AmbiguousNumber(f"“{body}” may be {whole}{fraction}, or {whole} and {fraction} thousandths")
    return whole, fraction, last


def _alike(group: str) -> str:
    """The separators that stand for one: all spaces are one, and both apostrophes."""
    return _SPACES if group in _SPACES else _APOSTROPHES if group in _APOSTROPHES else group


def _is_whole(whole: str, groups: str) -> bool:
    """Whether this is a whole number, in groups or not: of three digits, or of two before the last as in India."""
    if whole.isdecimal():
        return True
    return bool(groups) and any(
        re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(one)}[0-9]{{2,3}})*{re.escape(one)}[0-9]{{3}}", whole)
        for one in groups
    )
