"""The days that a date may mean, and the day on which a fact has to be looked at again.

Knows no day of today: a page that is printed with a day of review stays the same until its facts change.
"""

from __future__ import annotations

import calendar
import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Brief, Date, Fact, HouseStyle


def first_day(date: Date) -> datetime.date:
    """The first day that the date may mean."""
    return datetime.date(date.year, date.month or 1, date.day or 1)


def last_day(date: Date) -> datetime.date:
    """The last day that the date may mean."""
    month = date.month or 12
    return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])


def iso(date: Date) -> str:
    """The date as `read_date` reads it."""
    parts = [f"{date.year:04}"]
    if date.month is not None:
        parts.append(f"{date.month:02}")
        if date.day is not None:
            parts.append(f"{date.day:02}")
    return "-".join(parts)


def due(fact: Fact, brief: Brief, house: HouseStyle) -> datetime.date | None:
    """The last day on which the fact holds without a review: its `review_by`, else the brief's date and the house's period.

    None where neither is given. A month or year counts to its last day.
    """
    if fact.review_by:
        return last_day(fact.review_by)
    if brief.date is None or house.review_period is None:
        return None
    try:
        return last_day(brief.date) + datetime.timedelta(days=house.review_period)
    except OverflowError:
        return None
