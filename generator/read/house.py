"""`briefs/house.yaml` -> what all briefs of a publisher share."""

from __future__ import annotations

from generator.model import Contact, HouseStyle, Licence
from generator.problems import Location, Problem
from generator.read.fields import Fields, root_fields
from generator.read.nodes import Document
from generator.read.validation import check_shape


def read_house(document: Document) -> tuple[HouseStyle, tuple[Problem, ...]]:
    """Read the house style; what cannot be read takes its default."""
    from generator.read.shape import HouseFile

    problems: list[Problem] = list(check_shape(document, HouseFile))
    fields = root_fields(document.root, problems)
    if fields is None:
        return HouseStyle("", Location(document.file)), tuple(problems)
    return _house(fields), tuple(problems)


def _house(fields: Fields) -> HouseStyle:
    plain = HouseStyle("", fields.place)
    return HouseStyle(
        name=fields.line("name"),
        place=fields.place,
        language=fields.language("language", plain.language),
        series=fields.line("series", plain.series),
        citation_style=fields.line("citation_style", plain.citation_style),
        preset=fields.line("preset", plain.preset),
        site=fields.line("site"),
        outputs=fields.line("outputs", plain.outputs),
        contact=_contact(fields.record("contact")),
        licence=_licence(fields.record("licence")),
        disclaimer=fields.prose("disclaimer"),
        funding=fields.prose("funding"),
        method=fields.prose("method"),
        review_period=fields.number("review_period"),
        overdue=fields.line("overdue", plain.overdue),
        evidence_annex=fields.flag("evidence_annex"),
        silenced=fields.silenced(),
    )


def _contact(fields: Fields | None) -> Contact:
    if fields is None:
        return Contact()
    return Contact(fields.line("name"), fields.line("email"), fields.line("url"), fields.line("accessibility"))


def _licence(fields: Fields | None) -> Licence:
    return Licence(fields.line("name"), fields.line("url")) if fields else Licence()
