"""When facts have to be looked at again.

This module knows the rule, not today's date: a page that is printed with it stays the same until its facts change.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from generator.syntax.dates import last_day

if TYPE_CHECKING:
    from generator.model import Brief, Fact, HouseStyle


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
