"""Whether a fact's figures agree.

A fact with figures that cannot all be true is *contested*, and is never printed as one number. This module knows neither
prose nor pages.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from generator.syntax.amounts import contradicts

if TYPE_CHECKING:
    from generator.model import Fact


def is_contested(fact: Fact) -> bool:
    """Whether two of the fact's figures cannot both be true.

    Figures of different dates are held against each other too: two estimates of one thing are no less in dispute for
    having been made in different years.
    """
    return any(contradicts(one.amount, other.amount) for one, other in combinations(fact.figures, 2))
