"""The declaration of a record's fields: allowed values, meaning and example, in one place.

The reader, the JSON Schemas and the field reference are made from these declarations. Authors do not write a field without a
declaration: the reader or a later step fills it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, overload

from generator.model.kinds import PLACED_CODED, SUPPRESSIONS, Absent, Choice, Form, Kind, RecordOf, Single, list_of
from generator.model.values import Suppression, Text

T = TypeVar("T")

_DECLARED = "declared"
_INLINE = "inline"
_UNSET: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is declared."""

    kind: Kind[Any, Any]
    meaning: str
    example: str
    """YAML, as an author would write it."""
    problems: tuple[str, ...] = ()
    """Codes that are reported at it, in addition to those of every field."""
    key: str = ""
    """The name that authors use."""
    required: bool = False
    default: Any = None
    """The value if it is not written, if the documentation states it; such a field cannot be left empty."""
    quotations: bool = True
    """Whether all words in quotation marks are read as quotations, in records that have `lines`; otherwise terms of a few words
    are not, such as titles and words that were searched for."""
    name: str = ""
    """The name in the record."""

    @property
    def nullable(self) -> bool:
        """Whether its key may have no value."""
        return not self.required and self.default is None

    @property
    def written_default(self) -> Any:
        """The default as authors write it."""
        if isinstance(self.kind, Choice):
            return next((word for word, value in self.kind.words.items() if value == self.default), None)
        return self.default


def required(
    kind: Kind[T, Any], meaning: str, example: str, problems: str = "", *, key: str = "", quotations: bool = True
) -> T:
    """Declare a field that has to be written. `problems` are names of codes; `key` is its name for authors, if different."""
    field = Field(kind, meaning, example, tuple(problems.split()), key, required=True, quotations=quotations)
    return dataclasses.field(metadata={_DECLARED: field})  # type: ignore[no-any-return]


@overload
def optional(
    kind: Kind[T, Absent], meaning: str, example: str, problems: str = "", *, key: str = "", quotations: bool = True
) -> T | Absent: ...
@overload
def optional(
    kind: Kind[T, Any],
    meaning: str,
    example: str,
    problems: str = "",
    *,
    default: T,
    key: str = "",
    quotations: bool = True,
) -> T: ...
def optional(
    kind: Kind[Any, Any],
    meaning: str,
    example: str,
    problems: str = "",
    *,
    default: Any = _UNSET,
    key: str = "",
    quotations: bool = True,
) -> Any:
    """Declare a field that may be left out. Its value is then `default`, or the default of its kind."""
    shown = None if default is _UNSET else default
    field = Field(kind, meaning, example, tuple(problems.split()), key, default=shown, quotations=quotations)
    value = kind.absent if default is _UNSET else default
    if isinstance(value, Mapping):
        return dataclasses.field(default_factory=lambda: dict(value), metadata={_DECLARED: field})
    return dataclasses.field(default=value, metadata={_DECLARED: field})


def printed_in(problems: str = "") -> tuple[Text, ...]:
    """Declare the field `in` of records that not every page design prints. `problems` are codes besides `preset-unknown`."""
    return optional(
        list_of(PLACED_CODED),
        "The page designs that print it, by name; all if left out. A page states how many records it leaves out.",
        "[briefing, report]",
        f"preset-unknown {problems}".strip(),
        key="in",
    )


def suppressions(example: str, problems: str = "silence-unused") -> tuple[Suppression, ...]:
    """Declare the field `silence` of a record."""
    meaning = "Problems that you accept: the code of each, and your reason. Errors of evidence cannot be suppressed, except `negation-cut`."
    return optional(SUPPRESSIONS, meaning, example, problems, key="silence")


def inline(kind: RecordOf[T, Any]) -> T:
    """Declare a record whose fields are written among those of the record that contains it."""
    return dataclasses.field(metadata={_INLINE: kind})  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one kind of record."""

    name: str
    """Its name in documentation and schema."""
    record: type
    fields: Mapping[str, Field]
    """By the keys that authors write, in the order of the declarations, including those of inline records."""
    own: tuple[Field, ...]
    """The fields of the record itself. An amount comes last, because it is read with the unit next to it."""
    inline: Mapping[str, RecordOf[Any, Any]]
    """The inline records, by the name of the field that contains each."""
    filled: frozenset[str]
    """Names of the record's other fields."""
    missed: frozenset[str]
    """The keys of its own fields whose absence matters; other fields are only read if they are written."""


@cache
def shape_of(kind: RecordOf[Any, Any]) -> Shape:
    """Return the fields with which a kind of record is written."""
    record = kind.record()
    name = kind.name or record.__name__
    own: list[Field] = []
    fields: dict[str, Field] = {}
    inlined: dict[str, RecordOf[Any, Any]] = {}
    filled = set()
    for one in dataclasses.fields(record):
        if one.name in kind.without or one.name == kind.by_key:
            continue
        if inner := one.metadata.get(_INLINE):
            inlined[one.name] = inner
            fields |= shape_of(inner).fields
        elif declared := one.metadata.get(_DECLARED):
            field = dataclasses.replace(declared, name=one.name, key=declared.key or one.name)
            own.append(field)
            fields[field.key] = field
        else:
            filled.add(one.name)
    in_order = sorted(own, key=lambda field: _form(field) is Form.AMOUNT)
    missed = frozenset(field.key for field in own if field.required or _form(field) is Form.STANCE)
    return Shape(name, record, fields, tuple(in_order), inlined, frozenset(filled), missed)


def _form(field: Field) -> Form | None:
    return field.kind.form if isinstance(field.kind, Single) else None
