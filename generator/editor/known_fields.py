"""The valid fields at a place of a file, with documentation, from the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.editor.outline import Step


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record."""

    name: str
    meaning: str
    required: bool
    opens: str
    """`line`, `list` or `record`; after a list or record the editor starts a new line."""


@lru_cache(maxsize=8)
def _schema(kind: str) -> dict[str, Any]:
    from generator.read.json_schema import json_schema

    return json_schema(kind)


def fields(kind: str, path: tuple[Step, ...]) -> list[Field]:
    """Return the fields of the record at a path of a kind of file."""
    result: dict[str, Field] = {}
    for schema in _at(kind, path):
        required = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            result.setdefault(name, Field(name, _meaning(kind, field), name in required, _opening(kind, field)))
    return list(result.values())


def field(kind: str, path: tuple[Step, ...]) -> Field | None:
    """Return the field at the end of a path."""
    return next((one for one in fields(kind, path[:-1]) if path and one.name == path[-1]), None)


def choices(kind: str, path: tuple[Step, ...]) -> list[str]:
    """Return the allowed words for the value at a path; empty if any value is allowed."""
    words = [str(word) for schema in _at(kind, path) for word in schema.get("enum", [schema.get("const")]) if word]
    flags = ["true", "false"] if any(schema.get("type") == "boolean" for schema in _at(kind, path)) else []
    return list(dict.fromkeys([*words, *flags]))


def _at(kind: str, path: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Return the possible schemas of a value at a path."""
    schemas = list(_variants(kind, _schema(kind)))
    for step in path:
        schemas = [
            variant for schema in schemas for below in _below(schema, step) for variant in _variants(kind, below)
        ]
    return schemas


def _below(schema: dict[str, Any], step: Step) -> Iterator[dict[str, Any]]:
    further = schema.get("additionalProperties")
    sub_schema = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step, further)
    if isinstance(sub_schema, dict):
        yield sub_schema


def _variants(kind: str, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in schema:
        yield from _variants(kind, _schema(kind)["$defs"][schema["$ref"].rsplit("/", 1)[1]])
        return
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    for variant in inner:
        yield from _variants(kind, variant)
    if not inner:
        yield schema


def _meaning(kind: str, field: dict[str, Any]) -> str:
    default = field.get("default")
    words = str(field.get("description", "") or next(_variants(kind, field), {}).get("description", ""))
    shown = str(default).lower() if isinstance(default, bool) else default
    return words + (f" Default: `{shown}`." if default not in (None, "") else "")


def _opening(kind: str, field: dict[str, Any]) -> str:
    types = [variant.get("type") for variant in _variants(kind, field) if variant.get("type") != "null"]
    if types == ["array"]:
        return "list"
    return "record" if "object" in types else "line"
