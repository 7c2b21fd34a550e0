"""Views of the publisher and the authors: logo, authors, related briefs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from generator.model import Author, Brief, HouseStyle, PictureFile
from generator.render.labels import Labels
from generator.render.page.views import AuthorView, Link, RelatedView

LOGO = "logo"
"""Name of the logo among the files of a page."""


def files(brief: Brief, house: HouseStyle) -> dict[str, PictureFile]:
    """Return logo and portraits that are published with the page, by name."""
    images = {LOGO: house.logo.image} if house.logo and house.logo.image else {}
    return images | {_portrait(number): one.image for number, one in enumerate(brief.authors, 1) if one.image}


def about_authors(brief: Brief, labels: Labels) -> tuple[AuthorView, ...]:
    """Return the authors with more details than name and role."""
    return tuple(
        AuthorView(
            name=one.name,
            role=one.role,
            links=tuple(_links(one)),
            biography=one.biography,
            portrait=_portrait(number) if one.image else "",
            alt=labels("portrait", name=one.name) if one.image else "",
        )
        for number, one in enumerate(brief.authors, 1)
        if one.email or one.url or one.biography or one.image
    )


def related(brief: Brief, house: HouseStyle) -> tuple[RelatedView, ...]:
    """Return related briefs with full addresses; the address is empty if it is relative and the site has none."""
    return tuple(RelatedView(one.title, _whole(one.url, house.site), one.note) for one in brief.related)


def _whole(address: str, site: str) -> str:
    if "://" in address or address.startswith("mailto:"):
        return address
    return urljoin(site.rstrip("/") + "/", address) if site else ""


def _portrait(number: int) -> str:
    return f"author-{number}"


def _links(person: Author) -> Iterator[Link]:
    if person.email:
        yield Link(person.email, f"mailto:{person.email}")
    if person.url:
        yield Link(person.url.partition("://")[2].rstrip("/") or person.url.removeprefix("mailto:"), person.url)
