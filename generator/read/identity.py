"""Reads what identifies a publisher and a brief: colours, ISSN, DOI, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.model import HouseStyle
from generator.model.kinds import Form
from generator.problems import Code, Problem, Severity
from generator.read.nodes import Scalar
from generator.read.reading import UNREAD, At, Reading, Record, Values
from generator.read.value_readers import web_address
from generator.syntax import colour_values, identifiers

HOUSE_COLOUR = Code("house-colour", Severity.ERROR)
BAD_IDENTIFIER = Code("bad-identifier", Severity.ERROR)
QR_WITHOUT_SITE = Code("qr-without-site", Severity.ERROR)
CODES = (HOUSE_COLOUR, BAD_IDENTIFIER, QR_WITHOUT_SITE)

_MAIL = re.compile(r"(?i)mailto:[^\s<>@]+@[^\s<>@]+")
_RELATIVE = re.compile(r"[\w.#-][\w./#-]*")


def _colour(node: Scalar, at: At, reading: Reading, least: float) -> Any:
    """Read a colour that has a contrast of at least `least` to white."""
    try:
        colour = colour_values.read_colour(node.value.strip())
    except ValueError as error:
        return _refused(HOUSE_COLOUR, node, error, reading)
    ratio = colour_values.contrast(colour, colour_values.WHITE)
    if ratio >= least:
        return colour
    shown = int(ratio * 10) / 10  # rounded down
    message = f"`{at.name}` {node.value} has a contrast of {shown}:1 to white; at least {least:g}:1 is needed"
    darker = colour_values.readable(colour, colour_values.WHITE, least, "#000000")
    hint = f'the nearest darker shade with enough contrast is "{darker}"'
    reading.problems.append(HOUSE_COLOUR.at(node.place, message, hint))
    return UNREAD


def _deep_colour(node: Scalar, at: At, reading: Reading) -> Any:
    return _colour(node, at, reading, 7.0)


def _any_colour(node: Scalar, at: At, reading: Reading) -> Any:
    return _colour(node, at, reading, 4.5)


def _issn(node: Scalar, at: At, reading: Reading) -> Any:
    return _identifier(identifiers.read_issn, node, reading)


def _doi(node: Scalar, at: At, reading: Reading) -> Any:
    return _identifier(identifiers.read_doi, node, reading)


def _identifier(read: Callable[[str], str], node: Scalar, reading: Reading) -> Any:
    try:
        return read(node.value)
    except ValueError as error:
        return _refused(BAD_IDENTIFIER, node, error, reading)


def _refused(code: Code, node: Scalar, error: ValueError, reading: Reading) -> Any:
    message, _, hint = str(error).partition(": ")
    reading.problems.append(code.at(node.place, message, hint))
    return UNREAD


def _address(node: Scalar, at: At, reading: Reading) -> Any:
    if _MAIL.fullmatch(node.value.strip()):
        return node.value.strip()
    return web_address(node, reading, otherwise=", or mailto:")


def _relative_address(node: Scalar, at: At, reading: Reading) -> Any:
    if _RELATIVE.fullmatch(node.value.strip()):
        return node.value.strip()
    return web_address(node, reading, otherwise=", or one relative to `site`")


READERS: Mapping[Form, Callable[[Scalar, At, Reading], Any]] = {
    Form.DEEP_COLOUR: _deep_colour,
    Form.COLOUR: _any_colour,
    Form.ISSN: _issn,
    Form.DOI: _doi,
    Form.ADDRESS: _address,
    Form.RELATIVE_ADDRESS: _relative_address,
}


def house_style(values: Values, record: Record, reading: Reading) -> HouseStyle:
    """Make the house style; a QR code without an address to lead to is a problem."""
    if values.get("qr") and not values.get("site"):
        reading.problems.append(_no_address(record))
        values["qr"] = False
    return HouseStyle(**values)


def _no_address(record: Record) -> Problem:
    hint = "give the address of the published briefs in `site`"
    return QR_WITHOUT_SITE.at(record.node.keys["qr"], "the QR code has no address to lead to", hint)
