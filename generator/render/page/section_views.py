"""The body of a brief: its sections, and the pictures, pull quotes and boxes that these place."""

from __future__ import annotations

from generator.model import Brief, Library, Picture, PictureFile
from generator.render.labels import Labels
from generator.render.page.figure_numbers import figure_numbers
from generator.render.page.people import head
from generator.render.page.statement import is_short, said_on, sources_named, words
from generator.render.page.views import BoxView, ImageView, PullQuoteView, SectionView

_HIGHEST = 105
"""Of a picture on paper, in mm: with its caption it stays under half a page."""
_WIDEST = 176
_FINENESS = 150 / 25.4
"""Pixels to the mm that print needs at least: a small picture is printed small rather than coarse."""
_WINDOW = 760
"""The widest that a picture is shown in a window, in CSS pixels."""
_WIDE = ("table", "chart")


def sections(brief: Brief, *, after: bool) -> tuple[SectionView, ...]:
    """The sections before the facts, or those after the positions."""
    return tuple(
        SectionView(one.id, one.heading, one.text, any(placed.kind in _WIDE for placed in one.text.placements))
        for one in brief.sections
        if one.after == after
    )


def pictures(brief: Brief, library: Library, labels: Labels) -> dict[str, ImageView]:
    """By id, the pictures that can be shown."""
    numbers = figure_numbers(brief)
    return {
        one.id: _picture(one, one.image, numbers[f"picture:{one.id}"], library, labels)
        for one in brief.pictures
        if one.image and f"picture:{one.id}" in numbers
    }


def _picture(picture: Picture, image: PictureFile, number: int, library: Library, labels: Labels) -> ImageView:
    ratio = image.width / image.height
    fine = image.width / _FINENESS if image.kind != "svg" else _WIDEST
    return ImageView(
        id=picture.id,
        file=file_name(picture),
        alt=picture.alt,
        number=labels("picture_number", n=number),
        caption=_closed(picture.caption),
        credit=_closed(", ".join(filter(None, (picture.credit, picture.licence)))),
        cluster=picture.cite,
        source=sources_named(picture.cite, library, labels),
        width=image.width,
        height=image.height,
        paper=f"{min(fine, ratio * _HIGHEST, _WIDEST):.1f}",
        window=round(min(_WINDOW if image.kind == "svg" else image.width, ratio * _WINDOW)),
    )


def _closed(words: str) -> str:
    """The words with a full stop, unless they end in a mark of their own."""
    return f"{words}." if words and not words.endswith((".", "!", "?", "…", ".”", "?”")) else words


def file_name(picture: Picture) -> str:
    """The name of a picture among the files of a page."""
    return f"picture-{picture.id}"


def files(brief: Brief) -> dict[str, PictureFile]:
    """What is published beside the page, by name."""
    return {file_name(one): one.image for one in brief.pictures if one.image}


def pull_quotes(brief: Brief, library: Library, labels: Labels) -> dict[str, PullQuoteView]:
    """By id."""
    found = {}
    for one in brief.pull_quotes:
        who = head(one.statement.who, said_on(one.statement, library), library, labels)
        found[one.id] = PullQuoteView(one.id, words(one.statement, who.name, library, labels), who)
    return found


def boxes(brief: Brief) -> dict[str, BoxView]:
    """By id."""
    return {one.id: BoxView(one.id, one.heading, one.text, is_short(one.heading, one.text)) for one in brief.boxes}
