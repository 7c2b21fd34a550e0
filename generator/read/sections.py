"""Sections of a brief's body, and what they place: pictures and boxes."""

from __future__ import annotations

from generator.model import Box, Picture, Prose, Section, Text
from generator.read.fields import Fields


def read_section(fields: Fields) -> Section:
    return Section(
        id=fields.line("id"),
        heading=fields.line("heading"),
        text=_prose(fields),
        place=fields.place,
        after=fields.line("place") == "after",
        silenced=fields.silenced(),
        lines=fields.lines("heading"),
    )


def read_picture(fields: Fields) -> Picture:
    """Read what the brief says of a picture; the file is read later."""
    return Picture(
        id=fields.line("id"),
        file=fields.text("picture") or Text("", fields.place),
        alt=fields.line("alt"),
        caption=fields.line("caption"),
        credit=fields.line("credit"),
        licence=fields.line("licence"),
        cite=fields.cite(),
        place=fields.place,
        silenced=fields.silenced(),
        lines=fields.lines("alt", "caption", "credit", "licence"),
    )


def read_box(fields: Fields) -> Box:
    return Box(fields.line("id"), fields.line("heading"), _prose(fields), fields.place, fields.lines("heading"))


def _prose(fields: Fields) -> Prose:
    return fields.prose("text") or Prose(Text("", fields.place))
