"""The kinds of values that authors write: texts of several forms, and lists, mappings and records of them.

A kind is data. `generator/read/` uses it to read values and to make the JSON Schemas and the field reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Generic, TypeVar

from generator.model.values import Amount, CitationGroup, Date, Prose, Suppression, Text

T = TypeVar("T")
Absent = TypeVar("Absent")


class Form(Enum):
    """How a single value is written and understood."""

    LINE = auto()
    """Printed words in plain text."""
    QUOTED = auto()
    """A source's own words."""
    MARKDOWN = auto()
    """Printed prose."""
    PARAGRAPH = auto()
    """Printed prose in one paragraph."""
    BODY = auto()
    """Printed prose that may have headings of its own."""
    CODED = auto()
    """A value that the program interprets and never prints as it is."""
    WEB_ADDRESS = auto()
    """A complete http or https address."""
    SITE_ADDRESS = auto()
    """The same, if names of pages can be added to it."""
    ID = auto()
    """The id that an author gives to a record."""
    REFERENCE = auto()
    """The id of another record. The check that looks it up reports also one that cannot be an id, because it knows which is meant."""
    FACT_REFERENCE = auto()
    """The id of a fact; that of a shared fact begins with `shared:`."""
    LANGUAGE = auto()
    """A BCP 47 tag."""
    DATE = auto()
    AMOUNT = auto()
    """A number in the language of the file; what it counts is in `unit` of the same record."""
    CITE = auto()
    EMAIL = auto()
    """One e-mail address."""
    ADDRESS = auto()
    """A web address, or `mailto:` with an e-mail address."""
    RELATIVE_ADDRESS = auto()
    """A web address, or an address relative to the house style's `site`."""
    DEEP_COLOUR = auto()
    """A colour that can be the background of white words."""
    COLOUR = auto()
    """A colour that words on white can have."""
    ISSN = auto()
    DOI = auto()
    FLAG = auto()
    COUNT = auto()
    """A whole number from 1."""
    STANCE = auto()
    """One of the labels in `scale` of a surrounding record, read as its index."""
    FIGURE = auto()
    """The id of one of the `figures` of the surrounding record, read as its index."""
    CSL_NAMES = auto()
    CSL_DATE = auto()
    CSL_TEXT = auto()
    VALUE = auto()
    """A name or a number that is not printed as it is written."""
    CELL = auto()
    """A cell of a table, which may be empty."""
    ANYTHING = auto()
    """Not read."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[T, Absent]):
    """What may be written in a field. `T` is the type of the value that is read."""

    absent: Absent
    """The value of an optional field that is not written."""


@dataclass(frozen=True, slots=True, eq=False)
class Single(Kind[T, Absent]):
    """One value that does not consist of others."""

    form: Form
    placed: bool = False
    """Whether it is read as a `Text` with its place; otherwise words are read as a string with single spaces."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Kind[T, Absent]):
    """One of a few words, each read as the value assigned to it."""

    words: Mapping[str, T]


@dataclass(frozen=True, slots=True, eq=False)
class ListOf(Kind[T, Absent]):
    item: Kind[Any, Any]


@dataclass(frozen=True, slots=True, eq=False)
class MappingOf(Kind[T, Absent]):
    """Values by keys that the author chooses: ids if `ids` is true."""

    value: Kind[Any, Any]
    ids: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Suppressions(Kind[T, Absent]):
    """Reasons by the codes of accepted problems."""


@dataclass(frozen=True, slots=True, eq=False)
class ByLanguage(Kind[T, Absent]):
    """A text, or texts by BCP 47 tag."""

    text: Single[T, Any]


@dataclass(frozen=True, slots=True, eq=False)
class RecordOf(Kind[T, Absent]):
    """The fields of a record, as a mapping."""

    record: Callable[[], type[T]]
    name: str = ""
    """Its name in documentation and schema; the name of the class if empty."""
    without: frozenset[str] = frozenset()
    """Fields of the record that are not written here, by their names in the record."""
    by_key: str = ""
    """The field for the key under which the record is written."""
    alone: str = ""
    """The field that is filled by a text written in place of the whole record."""


@dataclass(frozen=True, slots=True, eq=False)
class Either(Kind[T, Absent]):
    """A record that has the key `marker`, or another one that does not have it."""

    marker: str
    marked: RecordOf[Any, Any]
    other: RecordOf[Any, Any]


LINE: Single[str, str] = Single("", Form.LINE)
PLACED_LINE: Single[Text, None] = Single(None, Form.LINE, placed=True)
QUOTED: Single[Text, None] = Single(None, Form.QUOTED, placed=True)
MARKDOWN: Single[Prose, None] = Single(None, Form.MARKDOWN)
PARAGRAPH: Single[Prose, None] = Single(None, Form.PARAGRAPH)
BODY: Single[Prose, None] = Single(None, Form.BODY)
CODED: Single[str, str] = Single("", Form.CODED)
PLACED_CODED: Single[Text, None] = Single(None, Form.CODED, placed=True)
PLACED_VALUE: Single[Text, None] = Single(None, Form.VALUE, placed=True)
CELL: Single[Any, None] = Single(None, Form.CELL)
ID: Single[str, str] = Single("", Form.ID)
REFERENCE: Single[str, str] = Single("", Form.REFERENCE)
PLACED_REFERENCE: Single[Text, None] = Single(None, Form.REFERENCE, placed=True)
FACT_REFERENCE: Single[Text, None] = Single(None, Form.FACT_REFERENCE, placed=True)
LANGUAGE: Single[str, str] = Single("", Form.LANGUAGE)
DATE: Single[Date, None] = Single(None, Form.DATE)
AMOUNT: Single[Amount, None] = Single(None, Form.AMOUNT)
CITE: Single[CitationGroup, None] = Single(None, Form.CITE)
EMAIL: Single[str, str] = Single("", Form.EMAIL)
ADDRESS: Single[str, str] = Single("", Form.ADDRESS)
RELATIVE_ADDRESS: Single[str, str] = Single("", Form.RELATIVE_ADDRESS)
DEEP_COLOUR: Single[str, str] = Single("", Form.DEEP_COLOUR)
COLOUR: Single[str, str] = Single("", Form.COLOUR)
ISSN: Single[str, str] = Single("", Form.ISSN)
DOI: Single[str, str] = Single("", Form.DOI)
FLAG: Single[bool, bool] = Single(False, Form.FLAG)
FLAG_OR_NONE: Single[bool, None] = Single(None, Form.FLAG)
COUNT: Single[int, None] = Single(None, Form.COUNT)
STANCE: Single[int, None] = Single(None, Form.STANCE)
FIGURE: Single[int, None] = Single(None, Form.FIGURE)
SUPPRESSIONS: Suppressions[tuple[Suppression, ...], tuple[Suppression, ...]] = Suppressions(())
WEB_ADDRESS: Single[str, str] = Single("", Form.WEB_ADDRESS)
SITE_ADDRESS: Single[str, str] = Single("", Form.SITE_ADDRESS)
LINE_BY_LANGUAGE: ByLanguage[str, str] = ByLanguage("", LINE)
ADDRESS_BY_LANGUAGE: ByLanguage[str, str] = ByLanguage("", WEB_ADDRESS)
MARKDOWN_BY_LANGUAGE: ByLanguage[Prose, None] = ByLanguage(None, MARKDOWN)


def choice(*words: str) -> Choice[str, str]:
    """Return the kind of a field with one of these words."""
    return Choice("", {word: word for word in words})


_Member = TypeVar("_Member", bound=StrEnum)


def member(of: type[_Member]) -> Choice[_Member, None]:
    """Return the kind of a field with the value of a member of an enumeration."""
    return Choice(None, {one.value: one for one in of})


def list_of(item: Kind[T, Any]) -> ListOf[tuple[T, ...], tuple[T, ...]]:
    return ListOf((), item)


def mapping_of(value: Kind[T, Any], *, ids: bool = False) -> MappingOf[Mapping[str, T], Mapping[str, T]]:
    return MappingOf({}, value, ids)


def record(
    of: type[T] | Callable[[], type[T]],
    name: str = "",
    *,
    without: Iterable[str] = (),
    by_key: str = "",
    alone: str = "",
) -> RecordOf[T, None]:
    """Return the kind of a record of a class; a function returns the class if it is not defined yet."""
    return RecordOf(None, (lambda: of) if isinstance(of, type) else of, name, frozenset(without), by_key, alone)
