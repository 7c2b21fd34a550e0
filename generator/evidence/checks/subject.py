"""What a check looks at. Short, because each check imports it, and the list of checks imports them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from generator.evidence.review_record import Reviews
from generator.model import Brief, Evidence, Library


@dataclass(frozen=True, slots=True)
class Subject:
    """One brief with everything that its checks may look at, the day included. Checks read no files."""

    brief: Brief
    library: Library
    today: datetime.date
    reviews: Reviews = field(default_factory=Reviews)
    """The content of `briefs/reviews.lock`."""
    evidence: tuple[Evidence, ...] = ()
    """The gate's result for each quotation, if it has run."""
