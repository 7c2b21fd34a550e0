"""Lines of plain text, found by the declarations of the shapes: each is read before any field is.

A field that is declared as a `Line` cannot be forgotten here. Knows no field by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from generator.model import Text
from generator.problems import Problem
from generator.read.nodes import Document, Mapped, Node, Scalar, Sequence
from generator.read.validation import check_shape
from generator.syntax.lines import digits_set, read_line

if TYPE_CHECKING:
    from pydantic import BaseModel


def shaped(document: Document, shape: type[BaseModel], wrap: str = "") -> tuple[Document, list[Problem]]:
    """The document with the words of its lines, and what in it does not fit the shape. `wrap` is as in `check_shape`."""
    problems = list(check_shape(document, shape, wrap))
    if document.root is None:
        return document, problems
    kind = shape.model_fields[wrap].annotation if wrap else shape
    return replace(document, root=_read(document.root, kind, (), problems)), problems


def _read(node: Node, kind: Any, metadata: tuple[Any, ...], problems: list[Problem]) -> Node:
    from generator.read.shape import Words

    words = next((one for one in metadata if isinstance(one, Words)), None)
    if words is not None:
        return _line(node, words, problems) if isinstance(node, Scalar) else node
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _read(node, arguments[0], arguments[1:], problems)
    if origin in (Union, UnionType):
        return _of_variants(node, arguments, problems)
    if isinstance(node, Sequence) and origin is list:
        return replace(node, items=tuple(_read(item, arguments[0], (), problems) for item in node.items))
    if isinstance(node, Mapped) and origin is dict:
        entries = {key: _read(value, arguments[1], (), problems) for key, value in node.entries.items()}
        return replace(node, entries=entries)
    fields = _fields(kind)
    if isinstance(node, Mapped) and fields:
        entries = dict(node.entries)
        for key in entries.keys() & fields.keys():
            entries[key] = _read(entries[key], fields[key].annotation, tuple(fields[key].metadata), problems)
        return replace(node, entries=entries)
    return node


def _of_variants(node: Node, variants: tuple[Any, ...], problems: list[Problem]) -> Node:
    """Read a node as the variant that fits it best: of records, the one that has most of its keys."""
    kinds = [(one, _bare(one)) for one in _flat(variants)]
    if isinstance(node, Mapped):
        keys = node.entries.keys()
        fitting = [(len(keys & _fields(kind).keys()), one) for one, kind in kinds if _fields(kind) or _is(kind, dict)]
    else:
        wanted = list if isinstance(node, Sequence) else str
        fitting = [(0, one) for one, kind in kinds if _is(kind, wanted)]
    chosen = max(fitting, key=lambda pair: pair[0], default=(0, None))[1]
    return node if chosen is None else _read(node, chosen, (), problems)


def _flat(variants: tuple[Any, ...]) -> Iterator[Any]:
    """The variants, those of variants among them too."""
    for one in variants:
        bare = _bare(one)
        if get_origin(bare) in (Union, UnionType):
            yield from _flat(get_args(bare))
        else:
            yield one


def _bare(kind: Any) -> Any:
    """A type without what is noted beside it."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return kind


def _is(kind: Any, wanted: type) -> bool:
    return kind is wanted or get_origin(kind) is wanted


def _fields(kind: Any) -> dict[str, Any]:
    """Fields of a record by the key that authors write."""
    declared = getattr(kind, "model_fields", {})
    return {field.alias or name: field for name, field in declared.items()}


def _line(node: Scalar, words: Any, problems: list[Problem]) -> Scalar:
    if node.is_null or words.kind == "markdown":
        return node
    if words.kind == "quoted":
        return replace(node, value=digits_set(node.value))
    value, found = read_line(Text(node.value, node.place, node.raw))
    problems.extend(found)
    return replace(node, value=value)
