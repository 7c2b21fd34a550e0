"""Who publishes and who writes: colours, identifiers, authors, and the briefs that belong together."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.model import Colours, Person, Related
from generator.problems import Code, Severity
from generator.read.fields import Fields
from generator.syntax import colours, identifiers
from generator.syntax.prose_problems import UNSAFE_LINK

HOUSE_COLOUR = Code("house-colour", Severity.ERROR)
BAD_IDENTIFIER = Code("bad-identifier", Severity.ERROR)
QR_WITHOUT_SITE = Code("qr-without-site", Severity.ERROR)
CODES = (HOUSE_COLOUR, BAD_IDENTIFIER, QR_WITHOUT_SITE)

_LEAST = {"deep": 7.0, "accent": 4.5}
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_RELATIVE = re.compile(r"[\w./#-]+")


def read_colours(fields: Fields | None) -> Colours:
    """Read the colours that can be used; the others are reported."""
    if fields is None:
        return Colours()
    return Colours(_colour(fields, "deep"), _colour(fields, "accent"))


def _colour(fields: Fields, key: str) -> str:
    node = fields.scalar(key)
    if node is None:
        return ""
    try:
        colour = colours.read_colour(node.value.strip())
    except ValueError as error:
        message, _, hint = str(error).partition(": ")
        fields.problems.append(HOUSE_COLOUR.at(node.place, message, hint))
        return ""
    ratio, least = colours.contrast(colour, colours.WHITE), _LEAST[key]
    if ratio >= least:
        return colour
    shown = int(ratio * 10) / 10  # never rounded up to what it does not have
    message = f"`{key}` {node.value} has a contrast of {shown}:1 to white, and {least:g}:1 is the least"
    darker = colours.readable(colour, colours.WHITE, least, "#000000")
    fields.problems.append(HOUSE_COLOUR.at(node.place, message, f'the nearest darker shade that has it is "{darker}"'))
    return ""


def read_issn(fields: Fields) -> str:
    return _identifier(fields, "issn", identifiers.read_issn)


def read_doi(fields: Fields) -> str:
    return _identifier(fields, "doi", identifiers.read_doi)


def _identifier(fields: Fields, key: str, read: Callable[[str], str]) -> str:
    node = fields.scalar(key)
    if node is None:
        return ""
    try:
        return read(node.value)
    except ValueError as error:
        message, _, hint = str(error).partition(": ")
        fields.problems.append(BAD_IDENTIFIER.at(node.place, message, hint))
        return ""


def read_qr(fields: Fields) -> bool:
    """Read whether there is to be a QR code; without an address to lead to that is a problem."""
    wanted = fields.flag("qr")
    if wanted and not fields.line("site"):
        hint = "say under `site` where the briefs are published"
        fields.problems.append(QR_WITHOUT_SITE.at(fields.place_of("qr"), "the QR code has no address to lead to", hint))
        return False
    return wanted


def read_person(fields: Fields) -> Person:
    """Read an author or reviewer; the file of the portrait is read later."""
    return Person(
        name=fields.line("name"),
        role=fields.line("role"),
        email=fields.line("email"),
        url=_address(fields, "url"),
        biography=fields.prose("biography"),
        picture=fields.text("picture"),
    )


def read_related(fields: Fields) -> Related:
    return Related(
        title=fields.line("title"),
        url=_address(fields, "url", relative=True),
        note=fields.line("note"),
        place=fields.place,
        lines=fields.lines("title", "note"),
    )


def _address(fields: Fields, key: str, *, relative: bool = False) -> str:
    """Read an address that may be published."""
    node = fields.scalar(key)
    if node is None:
        return ""
    written = node.value.strip()
    if _ADDRESS.fullmatch(written) or (relative and _RELATIVE.fullmatch(written) and not written.startswith("/")):
        return written
    hint = "write an address that begins with https://" + (", or one relative to `site`" if relative else "")
    fields.problems.append(UNSAFE_LINK.at(node.place, f"“{written[:60]}” is no address that can be published", hint))
    return ""
