"""The input of a check, and what a check is.

A check is a pure function: everything that it may look at (the day included) is in the `Subject`. It reads no file.
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
    """One brief with everything that its checks may look at."""

    brief: Brief
    library: Library
    today: datetime.date
    reviews: Reviews = field(default_factory=Reviews)
    """The content of `briefs/reviews.lock`."""
    evidence: tuple[Evidence, ...] = ()
    """The gate's result for each quotation, if it has run."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: its name, the codes it may find, and the function that finds them."""

    name: str
    codes: tuple[Code, ...]
    function: Callable[[Subject], Iterator[Problem]]
