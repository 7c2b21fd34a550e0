"""Holds a document against its shape, and says each difference at its place and in an author's words.

Pydantic finds the differences; this module maps its paths to YAML nodes. It knows no field by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.nearest import did_you_mean
from generator.problems import Code, Location, Problem, Severity
from generator.read.nodes import Document, Mapped, Node, Scalar, Sequence, plain
from generator.syntax.typography import advice

if TYPE_CHECKING:
    from pydantic import BaseModel

UNKNOWN_KEY = Code(
    "unknown-key",
    Severity.ERROR,
    "A key that this file does not know",
    "A misspelt key would be silently left out of the publication, so none is let through. The hint names the nearest known "
    "one; `docs/fields.md` lists them all.",
    "titel: Do controls work?",
    "title: Do controls work?",
)
MISSING_FIELD = Code(
    "missing-field",
    Severity.ERROR,
    "A required field is missing",
    "The record shown cannot be printed without it. The hint names the key to add; `docs/fields.md` tells what belongs there.",
    "facts:\n  - id: cost",
    "facts:\n  - id: cost\n    claim: What it cost is disputed.\n    cite: '@report'",
)
WRONG_TYPE = Code(
    "wrong-type",
    Severity.ERROR,
    "A value of the wrong kind",
    "A list stands where text is expected, text where a list is, or the like. A list item begins with `- `.",
    "experts: ding",
    "experts: [ding]",
)
BAD_VALUE = Code(
    "bad-value",
    Severity.ERROR,
    "A value that is not allowed here",
    "The field takes one of a few values, a number within limits, or an id made of lower-case letters, digits and single "
    "hyphens.",
    "status: ready",
    "status: published",
)
CODES = (UNKNOWN_KEY, MISSING_FIELD, WRONG_TYPE, BAD_VALUE)

HINTS = 200
"""Differences of a file for which the nearest known name is sought: each search takes time."""

_WANTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
}


def check_shape(document: Document, shape: type[BaseModel], wrap: str = "") -> Iterator[Problem]:
    """Yield what in `document` does not fit `shape`. `wrap` names the field that stands for the whole file, where it is one."""
    from pydantic import ValidationError

    root = document.root
    if root is None:
        return
    if not isinstance(root, Mapped):
        yield WRONG_TYPE.at(root.place, "the file has to hold keys and values", "write `title: ...` and so on")
        return
    data: Any = {wrap: plain(root)} if wrap else plain(root)
    try:
        shape.model_validate(data)
    except ValidationError as error:
        for number, detail in enumerate(error.errors(include_url=False)):
            path = detail["loc"][1:] if wrap and detail["loc"][:1] == (wrap,) else detail["loc"]
            hints = shape if number < HINTS else None
            yield _problem(root, path, detail["type"], detail.get("ctx") or {}, detail["msg"], hints)


def _problem(
    root: Node, path: tuple[int | str, ...], kind: str, ctx: dict[str, Any], text: str, hints: type[BaseModel] | None
) -> Problem:
    """Word one difference; `hints` is the shape in which known names are sought, or None to leave them out."""
    node, key_place, last = _follow(root, path)
    name = str(last)
    if kind == "missing":
        return MISSING_FIELD.at(_head(node), f"'{name}' is missing", f"add `{name}:`")
    if kind == "extra_forbidden":
        known = _fields_at(hints, path[:-1]) if hints else []
        return UNKNOWN_KEY.at(
            key_place or node.place,
            f"unknown key '{name}'",
            did_you_mean(name, known) or "`brief schema --markdown` lists the keys",
        )
    if isinstance(node, Scalar) and node.is_null and kind in _WANTED:
        return WRONG_TYPE.at(key_place or node.place, f"'{name}' has no value", "give it one, or leave the key out")
    if kind in _WANTED:
        hint = advice(node.value) if isinstance(node, Scalar) and kind.endswith("_parsing") else ""
        return WRONG_TYPE.at(_head(node), f"{_said(last)} has to be {_WANTED[kind]}, not {_is(node)}", hint)
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in str(ctx.get("expected", "")).replace(" or ", ",").split(",")]
        written = node.value if isinstance(node, Scalar) else _is(node)
        hint = advice(written) or (did_you_mean(written, allowed) if hints else "")
        return BAD_VALUE.at(node.place, f"'{written}' is not a value of '{name}'", hint)
    if kind == "string_pattern_mismatch":
        written = node.value if isinstance(node, Scalar) else ""
        hint = advice(written) or "use lower-case letters, digits and single hyphens, beginning with a letter"
        return BAD_VALUE.at(node.place, f"'{written}' cannot be an id", hint)
    return BAD_VALUE.at(node.place, f"{_said(last)}: {text[:1].lower()}{text[1:]}")


def _follow(root: Node, path: tuple[int | str, ...]) -> tuple[Node, Location | None, int | str]:
    """Walk as far as the path leads; steps that are not in the file (names of variants) are passed over."""
    node, key_place, last = root, None, path[-1] if path else ""
    for step in path:
        if isinstance(node, Mapped) and str(step) in node.entries:
            key_place, node = node.keys[str(step)], node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            key_place, node = None, node.items[step]
    if last in ("position", "gap") and len(path) > 1 and not (isinstance(node, Mapped) and last in node.entries):
        last = path[-2]
    return node, key_place, last


@lru_cache(maxsize=8)
def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    return shape.model_json_schema()


def _fields_at(shape: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Names of the fields that may stand at a path, found by walking the JSON Schema."""
    schema = _schema(shape)
    here = schema
    for step in path:
        here = _resolve(here, schema, step)
        if isinstance(step, int):
            here = here.get("items", {})
        elif step in here.get("properties", {}):
            here = here["properties"][step]
        elif isinstance(here.get("additionalProperties"), dict) and step not in ("position", "gap"):
            here = here["additionalProperties"]
    return sorted(_resolve(here, schema, path[-1] if path else "").get("properties", {}))


def _resolve(here: dict[str, Any], schema: dict[str, Any], step: int | str) -> dict[str, Any]:
    """Follow references; of variants take the one that the step names, or the first that is not null."""
    while True:
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        elif variants := here.get("anyOf") or here.get("oneOf"):
            named = [v for v in variants if str(step).title() in v.get("$ref", "")]
            here = (named or [v for v in variants if v.get("type") != "null"])[0]
        else:
            return here


def _said(last: int | str) -> str:
    return f"item {last + 1}" if isinstance(last, int) else f"'{last}'"


def _is(node: Node) -> str:
    if isinstance(node, Scalar):
        return "empty" if node.is_null else "text" if len(node.value) > 30 else f"'{node.value}'"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _head(node: Node) -> Location:
    """Where a record begins: one character, so that no caret runs over many lines."""
    place = node.place
    return Location(place.file, place.line, place.column, place.length if isinstance(node, Scalar) else 1)
