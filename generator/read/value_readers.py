"""Reads single values by their form: words, dates, amounts, colours, ISSN, DOI, addresses.

A reader that cannot tell what is meant reports a problem and returns `UNREAD`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from generator.languages.locales import is_language, known_country
from generator.model import HouseStyle, TableCell, Text
from generator.model.kinds import Form
from generator.problems import Code, Severity
from generator.problems.message_words import did_you_mean
from generator.read.reading_state import UNREAD, At, Reading, Record, Values
from generator.read.shape_problems import ID, Wanted, bad_id, out_of_range, wrong_type
from generator.read.yaml_nodes import Scalar
from generator.syntax import colour_values, identifiers
from generator.syntax.amounts import read_amount
from generator.syntax.characters import advice
from generator.syntax.citations import read_cite
from generator.syntax.dates import read_date
from generator.syntax.lines import digits_set, read_line
from generator.syntax.markdown.prose import ProseShape, read_prose
from generator.syntax.quotations import is_phrase, quoted_in
from generator.syntax.unpaired_marks import line_marks

BAD_DATE = Code("bad-date", Severity.ERROR)
BAD_AMOUNT = Code("bad-amount", Severity.ERROR, rests_on=("language", "/house.language"))
UNKNOWN_LANGUAGE = Code("unknown-language", Severity.ERROR)
UNKNOWN_STANCE = Code("unknown-stance", Severity.ERROR, rests_on=("scale", "stance"))
MISSING_STANCE = Code("missing-stance", Severity.ERROR, rests_on=("scale", "stance"))
UNKNOWN_FIGURE = Code("unknown-figure", Severity.ERROR, rests_on=("figures.id", "figures.amount"))
BAD_URL = Code("bad-url", Severity.ERROR)
HOUSE_COLOUR = Code("house-colour", Severity.ERROR)
BAD_IDENTIFIER = Code("bad-identifier", Severity.ERROR)
QR_WITHOUT_SITE = Code("qr-without-site", Severity.ERROR)
MOST = 999_999_999
"""The largest whole number that is read."""
_RELATIVE = re.compile(r"(?!www\.)[\w.#-][\w./#-]*")


def as_written(node: Scalar, value: str | None = None) -> Text:
    """Return the text of a node; `value` is what it was read as."""
    return Text((node.value if value is None else value).rstrip(), node.place, node.raw)


def read_words(node: Scalar, at: At, reading: Reading) -> Text:
    """Read a line of plain text."""
    value, problems = read_line(as_written(node))
    text = as_written(node, value)
    reading.problems.extend((*problems, *line_marks(text)))
    if at.quotations or any(not is_phrase(words) for words, _ in quoted_in(text.value)):
        at.record.lines.append(text)
    return text


def language_tag(node: Scalar) -> str:
    """Return the BCP 47 tag that is written; "" if it is not valid."""
    tag = node.value.strip()
    return tag if is_language(tag) and "_" not in tag and known_country(tag) == tag else ""


def _quoted(node: Scalar, at: At, reading: Reading) -> Text:
    return as_written(node, digits_set(node.value))


def _coded(node: Scalar, at: At, reading: Reading) -> Text:
    return as_written(node)


def _address(
    node: Scalar,
    at: At,
    reading: Reading,
    *,
    also: Callable[[str], object] | None = None,
    otherwise: str = "",
) -> Any:
    """Read a complete web address, or what `also` accepts, which `otherwise` names. No other link is published."""
    value = node.value.strip()
    if also and also(value):
        return value
    try:
        address = identifiers.read_address(value)
    except ValueError:
        address = ""
    if not address or ".." in urlsplit(address).path.split("/"):
        hint = identifiers.address_hint(value, f"write the whole address, beginning with https://{otherwise}")
        reading.problems.append(BAD_URL.at(node.place, f"'{value}' is not a web address", hint))
        return UNREAD
    return address


def _email(node: Scalar, at: At, reading: Reading) -> Any:
    """Read an e-mail address. A longer one could fill in the letters that readers send, such as hidden receivers."""
    value = node.value.strip()
    if value and not identifiers.is_email(value):
        hint = "write one address and nothing else, such as desk@example.org"
        reading.problems.append(BAD_URL.at(node.place, f"'{value}' is not an e-mail address", hint))
        return UNREAD
    return value


def _site_address(node: Scalar, at: At, reading: Reading) -> Any:
    """Read the address of a folder of pages. It then ends in `/`, so that their names can be added to it."""
    value = _address(node, at, reading)
    if value is UNREAD:
        return UNREAD
    if mark := next((mark for mark in "?#" if mark in value), ""):
        message = f"the address contains “{mark}”, so names of pages cannot be added to it"
        reading.problems.append(BAD_URL.at(node.place, message, "give the address of the folder that the pages are in"))
        return UNREAD
    return f"{value.rstrip('/')}/"


def _cell(node: Scalar, at: At, reading: Reading) -> TableCell:
    return TableCell("" if node.is_null else " ".join(node.value.split()), node.place)


def _id(node: Scalar, at: At, reading: Reading) -> Text:
    if not ID.fullmatch(node.value):
        reading.problems.append(bad_id(node, at))
    return as_written(node)


def _reference(node: Scalar, at: At, reading: Reading) -> Text:
    """Read an id of another record. One with a typographic character looks like the right one, so it is reported here."""
    if advice(node.value):
        reading.problems.append(bad_id(node, at))
    return as_written(node)


def _prose(node: Scalar, at: At, reading: Reading, shape: ProseShape = ProseShape.BLOCKS) -> Any:
    prose, problems = read_prose(as_written(node), reading.language, shape)
    reading.problems.extend(problems)
    return prose


def _cite(node: Scalar, at: At, reading: Reading) -> Any:
    group, problems = read_cite(as_written(node), reading.language)
    reading.problems.extend(problems)
    return group


def _language(node: Scalar, at: At, reading: Reading) -> Any:
    if tag := language_tag(node):
        return tag
    message = f"'{node.value}' is not a language tag"
    meant = node.value.strip().replace("_", "-")
    meant = known_country(meant) if is_language(meant) else ""
    hint = f"write {meant}" if meant else advice(node.value) or "write a BCP 47 tag such as en-GB or de-AT"
    reading.problems.append(UNKNOWN_LANGUAGE.at(node.place, message, hint))
    return UNREAD


def _date(node: Scalar, at: At, reading: Reading) -> Any:
    try:
        return read_date(node.value)
    except ValueError as error:
        return _unreadable(BAD_DATE, node, error, reading)


def _amount(node: Scalar, at: At, reading: Reading) -> Any:
    try:
        return read_amount(node.value, at.record.values.get("unit", ""), language=reading.language)
    except ValueError as error:
        return _unreadable(BAD_AMOUNT, node, error, reading)


def _unreadable(code: Code, node: Scalar, error: ValueError, reading: Reading) -> Any:
    message, _, hint = str(error).partition(": ")
    reading.problems.append(code.at(node.place, message, advice(node.value) or hint))
    return UNREAD


def _flag(node: Scalar, at: At, reading: Reading) -> Any:
    """Read `true` or `false`. Other words, such as `yes` and `1`, are refused, because their meaning is unclear to readers."""
    if node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    reading.problems.append(wrong_type(node, at, Wanted.FLAG, reading.document))
    return UNREAD


def _count(node: Scalar, at: At, reading: Reading) -> Any:
    if not (node.value.isascii() and node.value.isdecimal()):
        reading.problems.append(wrong_type(node, at, Wanted.NUMBER, reading.document))
        return UNREAD
    if len(node.value) > len(str(MOST)) or int(node.value) == 0:
        reading.problems.append(out_of_range(node, at, f"a number from 1 to {MOST:,}"))
        return UNREAD
    return int(node.value)


def missing_stance(record: Record, reading: Reading) -> None:
    """Report a position without a stance, unless its question has no scale, which is a problem of its own."""
    scale = _scale(record)
    if len(scale) >= 2:
        hint = f"add `stance:` with one of: {', '.join(scale)}"
        reading.problems.append(MISSING_STANCE.at(record.place, "this position has no stance", hint))


def _stance(node: Scalar, at: At, reading: Reading) -> Any:
    written = " ".join(read_words(node, at, reading).value.split())
    scale = _scale(at.record)
    if written in scale:
        return scale.index(written)
    if len(scale) >= 2:
        hint = did_you_mean(written, scale if reading.hints else ())
        message = f"'{written}' is not on this question's scale"
        reading.problems.append(UNKNOWN_STANCE.at(node.place, message, hint))
    return UNREAD


def _scale(record: Record) -> tuple[str, ...]:
    return record.around("scale") or ()


def _figure(node: Scalar, at: At, reading: Reading) -> Any:
    named = _id(node, at, reading).value
    ids = [figure.id for figure in at.record.around("figures") or ()]
    if named in ids:
        return ids.index(named)
    hint = did_you_mean(named, [one for one in ids if one and reading.hints]) or "give the figure an `id`"
    reading.problems.append(UNKNOWN_FIGURE.at(at.place, f"no figure has the id '{named}'", hint))
    return UNREAD


def _colour(node: Scalar, at: At, reading: Reading, *, least: float) -> Any:
    """Read a colour that has a contrast of at least `least` to white."""
    try:
        colour = colour_values.read_colour(node.value.strip())
    except ValueError as error:
        return _unreadable(HOUSE_COLOUR, node, error, reading)
    ratio = colour_values.contrast(colour, colour_values.WHITE)
    if ratio >= least:
        return colour
    shown = int(ratio * 10) / 10  # rounded down
    message = f"`{at.name}` {node.value} has a contrast of {shown}:1 to white; at least {least:g}:1 is needed"
    darker = colour_values.readable(colour, colour_values.WHITE, least, "#000000")
    hint = f'the nearest darker shade with enough contrast is "{darker}"'
    reading.problems.append(HOUSE_COLOUR.at(node.place, message, hint))
    return UNREAD


def _identifier(node: Scalar, at: At, reading: Reading, *, read: Callable[[str], str]) -> Any:
    try:
        return read(node.value)
    except ValueError as error:
        return _unreadable(BAD_IDENTIFIER, node, error, reading)


READERS: Mapping[Form, Callable[[Scalar, At, Reading], Any]] = {
    Form.LINE: read_words,
    Form.QUOTED: _quoted,
    Form.MARKDOWN: _prose,
    Form.PARAGRAPH: partial(_prose, shape=ProseShape.PARAGRAPH),
    Form.BODY: partial(_prose, shape=ProseShape.SECTION),
    Form.CODED: _coded,
    Form.WEB_ADDRESS: _address,
    Form.SITE_ADDRESS: _site_address,
    Form.EMAIL: _email,
    Form.ADDRESS: partial(_address, also=identifiers.is_mailto, otherwise=", or mailto:"),
    Form.RELATIVE_ADDRESS: partial(_address, also=_RELATIVE.fullmatch, otherwise=", or one relative to `site`"),
    Form.VALUE: _coded,
    Form.CELL: _cell,
    Form.ID: _id,
    Form.REFERENCE: _reference,
    Form.FACT_REFERENCE: _reference,
    Form.LANGUAGE: _language,
    Form.DATE: _date,
    Form.AMOUNT: _amount,
    Form.CITE: _cite,
    Form.FLAG: _flag,
    Form.COUNT: _count,
    Form.STANCE: _stance,
    Form.FIGURE: _figure,
    Form.DEEP_COLOUR: partial(_colour, least=7.0),
    Form.COLOUR: partial(_colour, least=4.5),
    Form.ISSN: partial(_identifier, read=identifiers.read_issn),
    Form.DOI: partial(_identifier, read=identifiers.read_doi),
}


def house_style(values: Values, record: Record, reading: Reading) -> HouseStyle:
    """Make the house style; a QR code without an address to lead to is a problem."""
    if values.get("qr") and not values.get("site"):
        hint = "give the address of the published briefs in `site`"
        place = record.node.keys["qr"]
        reading.problems.append(QR_WITHOUT_SITE.at(place, "the QR code has no address to lead to", hint))
        values["qr"] = False
    return HouseStyle(**values)
