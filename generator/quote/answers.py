"""Answers about quotations, and their form as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

VERIFIED, ABSENT, UNCHECKED = "verified", "absent", "unchecked"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One place of a source that holds the words."""

    page: int | str | None
    """The number that a reader finds on the page, or else its place in the document, which `locator` marks: `p. [21]`. None where the text
    has no pages."""
    paragraph: int | None
    """From 1; None where paragraphs cannot be counted."""
    locator: str | None
    """The place as a citation names it: `p. 3`, `para. 5`."""
    passage: str
    """The source's own words there, with single spaces."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one quotation."""

    verdict: str
    """`verified`, `absent` or `unchecked`."""
    places: tuple[PlaceFound, ...] = ()
    """Every place that holds the words and fits the request."""
    difference: str | None = None
    """What differs, where the verdict is not `verified`: `negation`, `number`, `word`, `order`, `punctuation`, ..."""
    nearest: str | None = None
    """The passage most like the words, with `[-what they lack-]` and `{+what the source lacks+}`."""
    message: str | None = None
    """The reason in a sentence, where the verdict is not `verified`."""

    def line(self) -> str:
        """The answer as one line of JSON. The fields of the first place stand at the top level as well."""
        first = asdict(self.places[0]) if self.places else dict.fromkeys(("page", "paragraph", "locator", "passage"))
        return as_json(
            {
                "verdict": self.verdict,
                **first,
                "difference": self.difference,
                "nearest": self.nearest,
                "message": self.message,
                "places": [asdict(place) for place in self.places],
            }
        )


@dataclass(frozen=True, slots=True)
class BadRequest:
    """A request that cannot be answered, and why."""

    error: str

    def line(self) -> str:
        return as_json({"error": self.error})


def as_json(record: object) -> str:
    """One line of JSON in UTF-8 letters; what cannot be printed, and so may be hidden or obeyed, is written as escapes."""
    line = json.dumps(record, ensure_ascii=False)
    return line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
