"""Holds a document against its shape, and says each difference at its place and in an author's words.

Pydantic finds the differences; this module maps its paths to YAML nodes. It knows no field by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.problems import Code, Location, Problem, Severity
from generator.problems.suggestions import did_you_mean, nearest
from generator.read.nodes import Document, Mapped, Node, Scalar, Sequence, plain
from generator.read.rewriting import as_id, rewritten
from generator.syntax.typography import advice

if TYPE_CHECKING:
    from pydantic import BaseModel

UNKNOWN_KEY = Code("unknown-key", Severity.ERROR)
MISSING_FIELD = Code("missing-field", Severity.ERROR)
WRONG_TYPE = Code("wrong-type", Severity.ERROR)
BAD_VALUE = Code("bad-value", Severity.ERROR)
CODES = (UNKNOWN_KEY, MISSING_FIELD, WRONG_TYPE, BAD_VALUE)

Path = tuple[int | str, ...]
"""Keys and indices, from the file down."""
KEY_ITSELF = "[key]"
"""What pydantic calls the key of a mapping, as the last step of a path."""
MEANT = {
    "date": "issued",
    "year": "issued",
    "journal": "container-title",
    "booktitle": "container-title",
    "key": "id",
    "link": "URL",
    "pages": "page",
    "authors": "author",
    "editors": "editor",
    "address": "publisher-place",
    "institution": "publisher",
}
"""Keys of other forms of bibliographies, which hints translate where CSL's key may stand."""
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
        first = (
            next(name for name, field in shape.model_fields.items() if field.is_required())
            if not wrap
            else "ann-example"
        )
        hint = f"begin it with `{first}:`" if not wrap else f"write each id as a key, `{first}:`, and its fields below"
        yield WRONG_TYPE.at(_head(root), f"the file has to hold keys and values, not {_is(root)}", hint)
        return
    if wrap and root.entries.keys() == {wrap} and isinstance(root.entries[wrap], Mapped):
        message = f"the file itself holds the {wrap}, without a key '{wrap}' around them"
        hint = "remove this line, and the indentation of those below"
        yield UNKNOWN_KEY.at(root.keys[wrap], message, hint, part=())
        return
    data: Any = {wrap: plain(root)} if wrap else plain(root)
    try:
        shape.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [
            _problem(document, _Difference.of(detail, wrap), shape if number < HINTS else None)
            for number, detail in enumerate(details)
        ]
        yield from _with_misnamed(found)


def _with_misnamed(found: list[Problem]) -> Iterator[Problem]:
    """A field that is missing beside one key that means nothing there is that key: one problem."""
    missing, unknown = (
        _by_record(one for one in found if one.code == code.name) for code in (MISSING_FIELD, UNKNOWN_KEY)
    )
    named = {one.part for one in found if one.code == UNKNOWN_KEY.name}
    for one in found:
        absent, strange = (records.get(one.part[:-1] if one.part else (), []) for records in (missing, unknown))
        alone = len(absent) == len(strange) == 1 and absent[0].part not in named
        if one.code == UNKNOWN_KEY.name and alone and absent[0].part:
            name = absent[0].part[-1]
            yield replace(one, hint=f"did you mean '{name}', which is missing?", part=absent[0].part)
        elif one.code != MISSING_FIELD.name or not (alone or one.part in named):
            yield one


def _by_record(problems: Iterable[Problem]) -> dict[Path, list[Problem]]:
    records: dict[Path, list[Problem]] = {}
    for problem in problems:
        records.setdefault(problem.part[:-1] if problem.part else (), []).append(problem)
    return records


class _Difference(NamedTuple):
    """What pydantic says of one difference."""

    path: Path
    shape_path: Path
    """The path in the shape, which differs where a field of the shape stands for the whole file."""
    kind: str
    context: dict[str, Any]
    text: str

    @classmethod
    def of(cls, detail: Any, wrap: str) -> _Difference:
        loc = detail["loc"]
        path = loc[1:] if wrap and loc[:1] == (wrap,) else loc
        return cls(path, loc, detail["type"], detail.get("ctx") or {}, detail["msg"])


def _problem(document: Document, one: _Difference, hints: type[BaseModel] | None) -> Problem:
    """Word one difference; `hints` is the shape in which known names are sought, or None to leave them out."""
    assert document.root is not None
    node, key_place, last, part = _follow(document.root, one.path)
    name, kind = str(last), one.kind
    if kind == "missing":
        return MISSING_FIELD.at(_head(node), f"'{name}' is missing", f"add `{name}:`", part=(*part, name))
    if kind == "extra_forbidden":
        known = _fields_at(hints, one.shape_path[:-1]) if hints else []
        return _unknown(key_place or node.place, name, known, part)
    if isinstance(node, Scalar) and not node.value.strip("~ ") and kind in (*_WANTED, "literal_error"):
        message, hint = f"{_said(last)} has no value", "give it one, or leave it out"
        return WRONG_TYPE.at(key_place or _head(node), message, hint, part=part)
    if kind in _WANTED:
        item = (0,) if kind == "list_type" else ()
        fields = _required_at(hints, (*one.shape_path, *item)) if hints else []
        message = f"{_said(last)} has to be {_WANTED[kind]}, not {_is(node)}"
        return WRONG_TYPE.at(_head(node), message, rewritten(node, kind, name, document, fields), part=part)
    if name == KEY_ITSELF:
        written = str(part[-1])
        return BAD_VALUE.at(key_place or node.place, f"'{written}' cannot be an id", as_id(written), part=part)
    return _bad_value(node, last, one, part, hints=hints is not None)


def _unknown(place: Location, name: str, known: list[str], part: Path) -> Problem:
    """An unknown key. What cannot be read is the field that it was most likely meant for."""
    key, colon, _ = name.partition(":")
    meant = MEANT.get(key, "") if MEANT.get(key, "") in known else nearest(key, known)
    if colon and meant == key:
        hint = f"put a space behind the colon: `{key}: ...`"
    elif meant and meant == MEANT.get(key):
        hint = f"did you mean '{meant}'?"
    else:
        hint = did_you_mean(name, known) or "`brief schema --markdown` lists the keys"
    return UNKNOWN_KEY.at(place, f"unknown key '{name}'", hint, part=(*part[:-1], meant or name))


def _bad_value(node: Node, last: int | str, one: _Difference, part: Path, *, hints: bool) -> Problem:
    name, kind, text, ctx = str(last), one.kind, one.text, one.context
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in str(ctx.get("expected", "")).replace(" or ", ",").split(",")]
        written = node.value if isinstance(node, Scalar) else _is(node)
        hint = advice(written) or (
            (did_you_mean(written, allowed) or "`docs/fields.md` lists the values") if hints else ""
        )
        return BAD_VALUE.at(node.place, f"'{written}' is not a value of '{name}'", hint, part=part)
    if kind == "string_pattern_mismatch":
        written = node.value if isinstance(node, Scalar) else ""
        return BAD_VALUE.at(node.place, f"'{written}' cannot be an id", advice(written) or as_id(written), part=part)
    return BAD_VALUE.at(node.place, f"{_said(last)}: {text[:1].lower()}{text[1:]}", part=part)


def _follow(root: Node, path: Path) -> tuple[Node, Location | None, int | str, Path]:
    """Walk as far as the path leads; steps that are not in the file (names of variants) are passed over."""
    node, key_place, last = root, None, path[-1] if path else ""
    part: list[int | str] = []
    taken = True
    for step in path:
        taken = True
        if isinstance(node, Mapped) and str(step) in node.entries:
            key_place, node = node.keys[str(step)], node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            key_place, node = None, node.items[step]
        else:
            taken = False
            continue
        part.append(step)
    if last in ("position", "gap") and len(path) > 1 and not taken:
        last = path[-2]
    return node, key_place, last, tuple(part)


@lru_cache(maxsize=8)
def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    return shape.model_json_schema()


def _fields_at(shape: type[BaseModel], path: Path) -> list[str]:
    """Names of the fields that may stand at a path."""
    return sorted(_at(shape, path).get("properties", {}))


def _required_at(shape: type[BaseModel], path: Path) -> list[str]:
    """Names of the fields that a record at a path must have."""
    return list(_at(shape, path).get("required", []))


def _at(shape: type[BaseModel], path: Path) -> dict[str, Any]:
    """What stands at a path, found by walking the JSON Schema."""
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
    return _resolve(here, schema, path[-1] if path else "")


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
