"""The fields of one source: CSL's variables, and the few that this project adds.

The names of the variables hold hyphens and are many, so that the record is made from the lists in `csl`.
"""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from typing import Any

from generator.model.fields import optional, required
from generator.model.kinds import CODED, Choice, Form, Kind, Single, choice, list_of, record
from generator.read import csl

_NAMES: Single[Any, None] = Single(None, Form.CSL_NAMES)
_DATE: Single[Any, None] = Single(None, Form.CSL_DATE)
_TEXT: Single[Any, None] = Single(None, Form.CSL_TEXT)
_ANYTHING: Single[Any, None] = Single(None, Form.ANYTHING)
_PROVENANCE: Choice[str, str] = choice(*csl.PROVENANCES)

_VARIABLES: tuple[tuple[Kind[Any, None], frozenset[str], str, str], ...] = (
    (
        _NAMES,
        csl.NAMES,
        "Names: `- {family: Example, given: Ann}` for a person, `- literal: Some Body` for a body.",
        "[{family: Example, given: Ann}]",
    ),
    (
        _DATE,
        csl.DATES,
        "A date: `2025-01-29`, `2025-01`, `2025`, or `{literal: Spring 2025}`.",
        "2025-01-29",
    ),
    (_TEXT, csl.TEXTS | csl.NUMBERS, "Text, as CSL defines this variable.", "Some text"),
)


def _fields() -> list[tuple[str, Any, Any]]:
    """Name, type and declaration of each field."""
    provenance = "`report` where the source tells what others said: prints 'as quoted in'."
    fields: dict[str, Any] = {
        "id": required(CODED, "The key that citations use: `@id`.", "rise-2025"),
        "type": required(choice(*sorted(csl.TYPES)), "What it is, in CSL's words.", "report"),
        "provenance": optional(_PROVENANCE, provenance, "report", default="primary"),
        "custom": optional(_ANYTHING, "Whatever other programs keep here; not read.", "{}"),
        "categories": optional(_ANYTHING, "Not read.", "[]"),
    }
    for kind, names, meaning, example in _VARIABLES:
        for name in sorted(names):
            fields[_attribute(name)] = optional(kind, meaning, example, key=name)
    return [(name, Any, field) for name, field in fields.items()]


def _attribute(variable: str) -> str:
    return variable.replace("-", "_") + "_"


Reference = make_dataclass("Reference", _fields(), frozen=True, kw_only=True)
"""One entry. Nothing is ever made of this class: sources become `Source`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """`briefs/sources.yaml`."""

    references: tuple[Any, ...] = required(
        list_of(record(Reference)),
        "The sources. Each may hold any variable of CSL 1.0.2.",
        "[{id: rise-2025, type: report}]",
    )
