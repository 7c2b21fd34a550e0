"""The index of questions: in which brief they are asked, and which experts have a position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.site import addresses
from generator.site.brief_lists import pager
from generator.site.site_frame import SitePage, draw, frame, read_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.engine import Made, Plain, Reads, Rejected


def make_questions(
    reads: Reads, path: str, sections: tuple[str, ...], slugs: Sequence[str], number: int, of: int
) -> Made | Rejected:
    """Make one page of the questions of all briefs, newest brief first."""
    around = frame(reads)
    briefs = tuple(
        {
            "title": read_entry(reads, slug, "title"),
            "questions": tuple(_question(one) for one in read_entry(reads, slug, "questions")),
        }
        for slug in slugs
    )
    view: dict[str, Plain] = {
        "briefs": briefs,
        "number": number,
        "of": of,
        "pager": pager(addresses.QUESTIONS, number, of),
    }
    title = around.labels("site_questions")
    title = title if number == 1 else around.labels("site_page", title=title, n=number)
    return draw(around, SitePage("questions", path, sections, title, view))


def _question(one: dict[str, Plain]) -> dict[str, Plain]:
    """Return a question with its experts as links to their cells, and the experts without a position by reason."""
    cells = one["cells"]
    assert isinstance(cells, list)
    return {
        **one,
        "speaking": tuple(cell for cell in cells if not cell["gap"]),
        "silent": tuple({**cell, "gap": cell["gap"].replace("-", "_")} for cell in cells if cell["gap"]),
    }
