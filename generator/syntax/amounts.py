"""Amounts as people write them: `5.6 million`, `$1.3bn`, `10–12 per cent`.

Reads them as exact decimals, finds them in text, and prints them by language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import Amount
from generator.model.quantities import same_unit
from generator.syntax import numerals
from generator.syntax.numberings import is_numbering
from generator.syntax.numerals import Numerals

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
        raise ValueError(f"“{written[:60]}” has a number of more than {_LONGEST} characters")
    unit = way.unit(match)
    low, high = way.bounds(match)
    if low > high:
        raise ValueError(f"“{written[:60]}” is a range that ends below its beginning")
    return Amount(low, high, way.qualifier(match), unit, written)


def _with_unit(amount: Amount, unit: str) -> Amount:
    if not unit or same_unit(amount.unit, unit):
        return _replace_unit(amount, unit or amount.unit)
    if unit in numerals.SHARED_SYMBOLS.get(amount.unit, ()) and _BARE_SYMBOL.search(amount.written):
        return _replace_unit(amount, unit)
    raise ValueError(f"“{amount.written[:60]}” is in {amount.unit}, and its unit says {unit}")


def _replace_unit(amount: Amount, unit: str) -> Amount:
    return Amount(amount.low, amount.high, amount.qualifier, unit, amount.written)


def find_amounts(plain: str, *, language: str = "en") -> tuple[FoundAmount, ...]:
    """Find the amounts in a text, in order. Years, dates, numberings and names such as H800 are not amounts."""
    way = numerals.numerals(language)
    text = numerals.normal(plain, way.decimal)
    amounts: list[FoundAmount] = []
    for match in way.running.finditer(text):
        if is_numbering(text, match):
            continue
        try:
            amount = _amount(match, way, plain[match.start() : match.end()])
        except ValueError:
            continue
        amounts.append(FoundAmount(amount, match.start(), match.end()))
    return tuple(amounts)


def format_amount(amount: Amount, language: str, *, unit: bool = True) -> str:
    """Format the amount in the language (a BCP 47 tag), after CLDR: `under 6 million`, `US$5.6 million`, `10–12%`.

    Spaces between number and unit do not break. `unit=False` leaves the unit out, for a column that is headed by it.
    """
    from generator.syntax.amount_forms import written_amount

    return written_amount(amount, language, amount.unit if unit else "")
