"""The sections of a brief, with their pictures, pull quotes and boxes."""

from __future__ import annotations

from generator.model import Brief, Library, Picture, PictureFile
from generator.render.labels import Labels
from generator.render.page.figure_numbers import figure_numbers
from generator.render.page.people import head
from generator.render.page.statement import is_short, said_on, sources_named, words
from generator.render.page.views import BoxView, ImageView, PullQuoteView, SectionView

_HIGHEST = 105
"""Largest height of a picture on paper, in mm: with its caption it is less than half a page."""
_WIDEST = 176
_FINENESS = 150 / 25.4
"""Least pixels for a mm in print: a picture with few pixels is printed small."""
_WINDOW = 760
"""Largest width of a picture in a window, in CSS pixels."""
_WIDE = ("table", "chart")


def sections(brief: Brief, *, after: bool) -> tuple[SectionView, ...]:
    """Return the sections before the facts, or those after the positions."""
    return tuple(
        SectionView(one.id, one.heading, one.text, any(placed.kind in _WIDE for placed in one.text.placements))
        for one in brief.sections
        if one.after == after
    )


def pictures(brief: Brief, library: Library, labels: Labels) -> dict[str, ImageView]:
    """Return the pictures that can be shown, by id."""
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
    """Return the words with a full stop, unless they end with punctuation."""
    return f"{words}." if words and not words.endswith((".", "!", "?", "…", ".”", "?”")) else words


def file_name(picture: Picture) -> str:
    """Return the name of a picture among the files of a page."""
    return f"picture-{picture.id}"


def files(brief: Brief) -> dict[str, PictureFile]:
    """Files that are published with the page, by name."""
    return {file_name(one): one.image for one in brief.pictures if one.image}


def pull_quotes(brief: Brief, library: Library, labels: Labels) -> dict[str, PullQuoteView]:
    """Return them by id."""
    quotes = {}
    for one in brief.pull_quotes:
        who = head(one.statement.who, said_on(one.statement, library), library, labels)
        quotes[one.id] = PullQuoteView(one.id, words(one.statement, who.name, library, labels), who)
    return quotes


def boxes(brief: Brief) -> dict[str, BoxView]:
    """Return them by id."""
    return {one.id: BoxView(one.id, one.heading, one.text, is_short(one.heading, one.text)) for one in brief.boxes}
