"""Dates with the precision that is known: a year, a month or a day.

Reads ISO forms and prints CLDR's forms.
"""

from __future__ import annotations

import calendar
import re

from generator.model import Date
from generator.model.days import first_day

_SHORT = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?", re.ASCII)
"""Year, month and day in this order, in another form."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def read_date(written: str) -> Date:
    """Read `2025`, `2025-02` or `2025-02-14`. Raises ValueError, with a message for the author, for anything else."""
    match = _ISO.fullmatch(written.strip())
    if not match:
        short = _SHORT.fullmatch(written.strip())
        meant = "-".join(part.zfill(2) for part in short.groups() if part) if short else "2025, 2025-02 or 2025-02-14"
        raise ValueError(f"“{written.strip()}” is not a date: write {meant}")
    year, month, day = match.groups()
    date = Date(int(year), int(month) if month else None, int(day) if day else None)
    _must_exist(date)
    return date


def _must_exist(date: Date) -> None:
    if date.year < 1:
        raise ValueError("there is no year 0000")
    if date.month is None:
        return
    if not 1 <= date.month <= 12:
        raise ValueError(f"there is no month {date.month:02}: months go from 01 to 12")
    days = calendar.monthrange(date.year, date.month)[1]
    if date.day is not None and not 1 <= date.day <= days:
        raise ValueError(f"there is no day {date.day:02} in {date.year:04}-{date.month:02}: it has {days} days")


def format_date(date: Date, language: str) -> str:
    """Format the date in the language (a BCP 47 tag): `14 February 2025` in en-GB, after CLDR."""
    from babel import dates

    from generator.languages.locales import locale_of

    locale = locale_of(language)
    if date.month is None:
        return dates.format_skeleton("y", first_day(date), locale=locale)
    if date.day is None:
        return dates.format_skeleton("yMMMM", first_day(date), locale=locale)
    return dates.format_date(first_day(date), format="long", locale=locale)
