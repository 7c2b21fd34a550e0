"""Marked content: which stretch of a page's content stream a box was painted in, and what it is to be called there.

WeasyPrint brackets each text and picture with `/Span <</MCID 7>> BDC ... EMC`. While a page is painted, its stream knows
which box got which number; afterwards that is forgotten. `MarkedPage` keeps it. Every mark begins as an artifact (a
running head, a repeated heading, an ornament); those that the tree claims get a number and a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pydyf

_HYPHEN_WORD = 4
"""Hexadecimal digits of one glyph in a text operator."""


@dataclass(slots=True, eq=False)
class Mark:
    """One bracketed stretch of a page's content. `number` is its MCID once the tree has claimed it."""

    page: int
    text: str
    content: list[Any]
    """The page's operators; the bracket opens with `content[start]` (name) and `content[start + 1]` (properties)."""
    start: int
    number: int | None = None
    kind: str = "Pagination"
    """What kind of artifact it is as long as nobody claims it (ISO 32000-1, 14.8.2.2.2)."""
    edge: str = ""
    """`Header` or `Footer`, for what stands in the page's margin."""

    def settle(self) -> None:
        """Write the bracket: as content of the tree, or as an artifact."""
        if self.number is None:
            self.content[self.start] = "/Artifact"
            properties = {"Type": f"/{self.kind}"} | ({"Subtype": f"/{self.edge}"} if self.edge else {})
            self.content[self.start + 1] = pydyf.Dictionary(properties)
        else:
            self.content[self.start] = "/Span"
            self.content[self.start + 1] = pydyf.Dictionary({"MCID": self.number})


@dataclass(slots=True, eq=False)
class MarkedPage:
    """A `weasyprint.document.Page` that, when painted, remembers the mark of each of its boxes."""

    page: Any
    marks: dict[Any, Mark] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        self.page.paint(stream, scale)
        places = _places(stream.stream)
        for box, mark in (stream._tags or {}).items():
            if (place := places.get(mark["mcid"])) is not None:
                self.marks[box] = Mark(0, getattr(box, "text", ""), stream.stream, place)

    def texts(self) -> list[str]:
        """The words of each painted box, running heads included."""
        return [mark.text for mark in self.marks.values()]

    def claimed(self) -> list[Mark]:
        """The marks that belong to the tree, in the order in which they were painted."""
        return sorted((mark for mark in self.marks.values() if mark.number is not None), key=lambda mark: mark.start)


def _places(content: list[Any]) -> dict[int, int]:
    """Where in a content stream the bracket of each MCID opens."""
    return {
        item["MCID"]: index - 1
        for index, item in enumerate(content)
        if isinstance(item, pydyf.Dictionary) and "MCID" in item
    }
