"""What a check is and what it is given.

A check is a pure function: everything it may look at (the day included) is in the `Subject`. It reads no file and
knows neither suppressions nor how problems are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.evidence.review_record import Reviews

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator

    from generator.model import Brief, Evidence, Library
    from generator.problems import Code, Problem


@dataclass(frozen=True, slots=True)
class Subject:
    """One brief with all that its checks may look at."""

    brief: Brief
    library: Library
    today: datetime.date
    reviews: Reviews = field(default_factory=Reviews)
    """What `briefs/reviews.lock` says."""
    evidence: tuple[Evidence, ...] = ()
    """What the gate found of each quotation, if it has run."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: its name, the codes it may find, and the function that finds them."""

    name: str
    codes: tuple[Code, ...]
    function: Callable[[Subject], Iterator[Problem]]
