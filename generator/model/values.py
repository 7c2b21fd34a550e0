"""The smallest parts of a brief: a text with its place, a date, an amount, a suppression."""

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
    """The slice of the file from which it was read, with quotes and indentation; `syntax.spans` maps offsets with it."""

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value.strip())


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A date as exact as it is known: a year, a month or a day."""

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
    """A problem that the author accepts, with the reason; applies to the record that contains it."""

    code: str
    reason: str
    place: Location


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture in its published form: decoded and encoded again, so that it contains nothing but the picture."""

    kind: str
    """`jpeg`, `png` or `svg`."""
    width: int
    height: int
    """In pixels; for an SVG in its own units (CSS pixels)."""
    data: bytes
    digest: str
    """SHA-256 of the author's file, hexadecimal."""
