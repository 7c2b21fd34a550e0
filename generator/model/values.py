"""The smallest parts of a brief: a text with its place, a date, an amount, and a finding that its author keeps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.problems import Location


@dataclass(frozen=True, slots=True)
class Text:
    """A string as its author wrote it."""

    value: str
    place: Location
    raw: str = ""
    """The slice of the file it was read from, quotes and indentation included; `syntax.spans` maps offsets with it."""

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value.strip())


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A date as exactly as it is known: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as people write it, parsed. `low` equals `high` unless it is a range."""

    low: Decimal
    high: Decimal
    qualifier: str = ""
    """One of "", "about", "under", "over", "at least", "at most"."""
    unit: str = ""
    """ISO 4217 code for money (`USD`), `%`, or a word as written (`chips`)."""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that the author has looked at and keeps, with the reason; holds for the record it is written in."""

    code: str
    reason: str
    place: Location


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is published: decoded and written anew, so that it holds nothing but the picture."""

    kind: str
    """`jpeg`, `png` or `svg`."""
    width: int
    height: int
    """In pixels; of an SVG in its own units (CSS pixels)."""
    data: bytes
    digest: str
    """SHA-256 of the author's file, hexadecimal."""
