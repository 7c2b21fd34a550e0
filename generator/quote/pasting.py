"""Writes a passage as YAML that can be pasted into a fact file."""

from __future__ import annotations

import re

import yaml

from generator.quote.finding import Passage


def record(passage: Passage, number: int = 1) -> str:
    """The passage as an entry of `voices:`, or as fields of a position where the source does not tell who speaks.

    A sentence that is the source's own and nobody's words becomes `support`. `number` makes the id of the voice unique.
    """
    cite = f"@{passage.source}" + (f", {passage.place.locator}" if passage.place.locator else "")
    fields = {"quote" if passage.spoken else "support": passage.quote, "cite": cite}
    if not (passage.who and passage.spoken):
        return _yaml(fields)
    slug = re.sub(r"[^a-z0-9]+", "-", passage.source.lower()).strip("-") or "voice"
    return _yaml([{"id": f"{slug}-{number}", "who": passage.who, **fields}])


def _yaml(content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
