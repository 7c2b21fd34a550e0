"""Requests to verify a quotation and answers about it, as mappings and lines of JSON.

A request is read strictly: one with a fault is refused as a whole, because ignoring a misspelt field would change the question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import NoReturn

from generator.evidence.captures.document_limits import MAX_ACCENTS, MAX_CHARACTERS, piles_accents
from generator.model import Locator
from generator.problems.message_words import counted, did_you_mean
from generator.syntax.locators import read_locator

FIELDS = ("quote", "source", "text", "language", "locator", "speaker")
MAX_LINE = 64 << 20
"""Bytes of one line."""
MAX_QUOTE = 100_000
"""Characters of one quotation; also of each of the short fields."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Request:
    """One quotation, with the source that should contain it."""

    quote: str
    source: str = ""
    """The key of a source of the project, or the path of a document; empty if `text` is given."""
    text: str | None = None
    language: str = ""
    """BCP 47 tag; empty if unknown."""
    locator: Locator | None = None
    speaker: str = ""
    """The id of an expert of the project, or a name."""


class Malformed(Exception):
    """A request with a fault; the message is a sentence for its author."""


def read_line(line: str | bytes) -> Request:
    """Read one line of JSON. Raises Malformed."""
    if len(line) > MAX_LINE:
        raise Malformed(f"the line has more than {MAX_LINE:,} bytes")
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff")
        record = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Malformed(f"the line is not UTF-8 (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"the line is not JSON: {error.msg} (character {error.pos + 1})") from None
    except (ValueError, RecursionError):
        raise Malformed(
            "the line cannot be read as JSON: its numbers are too long, or it is nested too deeply"
        ) from None
    return read_record(record)


def read_record(record: object) -> Request:
    """Read a mapping of fields to strings; None means that a field is not given. Raises Malformed."""
    if not isinstance(record, Mapping):
        raise Malformed('a request is an object such as {"quote": "...", "source": "..."}')
    for name in record:
        if name not in FIELDS:
            hint = did_you_mean(str(name), FIELDS)
            raise Malformed(f"there is no field {_shown(name)}; {hint}".rstrip("; "))
    fields = {name: _text(name, value) for name, value in record.items() if value is not None}
    _check_source(fields)
    return Request(
        quote=_quote(fields),
        source=fields.get("source", ""),
        text=fields.get("text"),
        language=_language(fields.get("language", "")),
        locator=_locator(fields.get("locator", "")),
        speaker=fields.get("speaker", "").strip(),
    )


# ---------------------------------------------------------------- fields


def _text(name: str, value: object) -> str:
    """Return a text of a request within its limits. Raises Malformed."""
    if not isinstance(value, str):
        raise Malformed(f'"{name}" must be a string')
    most = MAX_CHARACTERS if name == "text" else MAX_QUOTE
    if len(value) > most:
        size = counted(len(value), "character")
        raise Malformed(f'"{name}" has {size}, which is more than {most:,}')
    if _SURROGATE.search(value):
        raise Malformed(f'"{name}" contains half of a character (a lone surrogate)')
    if piles_accents(value):
        raise Malformed(f'"{name}" has more than {MAX_ACCENTS} accents on one letter')
    return value


def _check_source(fields: Mapping[str, str]) -> None:
    if ("source" in fields) == ("text" in fields):
        raise Malformed('give either "source" or "text"')
    if "source" in fields and not fields["source"].strip():
        raise Malformed('"source" is empty')


def _quote(fields: Mapping[str, str]) -> str:
    if "quote" not in fields:
        raise Malformed('"quote" is missing')
    if not re.search(r"\w", fields["quote"]):
        raise Malformed('"quote" has no words')
    return fields["quote"]


def _language(written: str) -> str:
    if written and not _LANGUAGE.fullmatch(written):
        raise Malformed(f'"language" must be a tag such as "en" or "pt-BR", not {_shown(written)}')
    return written


def _locator(written: str) -> Locator | None:
    if not written.strip():
        return None
    locator, rest = read_locator(written)
    if locator is None or rest:
        raise Malformed(f'"locator" must be a place such as "p. 3" or "para. 5", not {_shown(written)}')
    return locator


# ---------------------------------------------------------------- helpers


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise Malformed("the line contains a field twice")
    return record


def _no_number(name: str) -> NoReturn:
    raise Malformed(f"the line is not JSON: {name} is not a number")


def _shown(value: object) -> str:
    return json.dumps(str(value)[:60])


VERIFIED, ABSENT, UNCHECKED = "verified", "absent", "unchecked"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One place of a source that contains the words."""

    page: int | str | None
    """The number that a reader finds on the page, or else its position in the document, which `locator` marks: `p. [21]`. None if the text
    has no pages."""
    paragraph: int | None
    """From 1; None if paragraphs cannot be counted."""
    locator: str | None
    """The place in the form of a citation: `p. 3`, `para. 5`."""
    passage: str
    """The source's own words there, with single spaces."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for one quotation."""

    verdict: str
    """`verified`, `absent` or `unchecked`."""
    places: tuple[PlaceFound, ...] = ()
    """Every place that contains the words and fits the request."""
    difference: str | None = None
    """The kind of difference, unless the verdict is `verified`: `negation`, `number`, `word`, `order`, `punctuation`, ..."""
    nearest: str | None = None
    """The passage most like the words, with `[-what the quotation lacks-]` and `{+what the source lacks+}`."""
    message: str | None = None
    """The reason in a sentence, unless the verdict is `verified`."""

    def line(self) -> str:
        """Return the answer as one line of JSON. The fields of the first place are at the top level as well."""
        first = asdict(self.places[0]) if self.places else dict.fromkeys(("page", "paragraph", "locator", "passage"))
        return as_json(
            {
                "verdict": self.verdict,
                **first,
                "difference": self.difference,
                "nearest": self.nearest,
                "message": self.message,
                "places": [asdict(place) for place in self.places],
            }
        )


@dataclass(frozen=True, slots=True)
class BadRequest:
    """A request that cannot be answered, and why."""

    error: str

    def line(self) -> str:
        return as_json({"error": self.error})


def as_json(record: object) -> str:
    """Return one line of JSON in UTF-8; characters that cannot be printed, or that a terminal would obey, are escaped."""
    line = json.dumps(record, ensure_ascii=False)
    return line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
