"""Hints at how a value of the wrong kind is written."""

from __future__ import annotations

import re
import unicodedata

from generator.problems import Location
from generator.read.nodes import Document, Node, Scalar, Sequence
from generator.syntax.typography import advice

MOST_WORDS = 50
"""Words that a hint repeats as a list."""
_FIELDS_BELOW = "write its fields as `key: value`, indented below"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def rewritten(node: Node, kind: str, name: str, document: Document, fields: list[str]) -> str:
    """Say how a value that pydantic refuses as `kind` is written; `fields` are those of a record that belongs there."""
    if kind == "list_type":
        return _as_list(node, name, fields[0] if fields else "")
    if kind in ("dict_type", "model_type") and isinstance(node, Sequence):
        return "write the keys without dashes: `key:`, and what belongs to it indented below"
    if kind in ("dict_type", "model_type"):
        return f"write `{fields[0]}: ...` and its other fields, indented below" if fields else _FIELDS_BELOW
    if kind == "string_type" and (cited := _citations(node)):
        return f'write "{cited}"'
    if kind == "string_type" and _written_at(document, node.place) in ("[", "{"):
        return "remove the brackets; if they belong to the text, put the whole text in quotes"
    if kind == "string_type":
        return "write one text; put it in quotes if it holds a colon"
    if kind.startswith("bool"):
        return "write `true` or `false`"
    if kind.startswith("int"):
        return (advice(node.value) if isinstance(node, Scalar) else "") or "write it in digits"
    return ""


def as_id(written: str) -> str:
    """Hint at an id that can be made of a text."""
    rule = "ids have lower-case letters, digits and single hyphens, and begin with a letter"
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    proposed = "-".join(re.findall(r"[a-z0-9]+", plain)).lstrip("0123456789-")[:60].rstrip("-")
    if not _ID.fullmatch(proposed):
        return rule
    return f"write `{proposed}`; {rule}" + ("; a comma goes between two ids" if len(written.split()) > 1 else "")


def _as_list(node: Node, name: str, first: str) -> str:
    if not isinstance(node, Scalar):
        return f"begin each item with `- {first}: ...`" if first else "begin each item with `- `"
    begin = node.value[:1]
    if begin == "-":
        return "put a space behind the hyphen of each item: `- `"
    if unicodedata.category(begin) == "Pd" or begin in "•·∙▪‣⁃−\uf0b7":
        return f"begin each item with a hyphen and a space, `- `; here it is {unicodedata.name(begin, 'a bullet')}"
    words = [word for word in re.split(r"[,;\s]+(?:and\s+)?", node.value.strip("()")) if word]
    if not first and len(words) < MOST_WORDS and all(map(_ID.fullmatch, words)):
        return f"write `{name}: [{', '.join(words)}]`"
    return f"put each item on a line of its own, after `- {first + ': ' if first else ''}`"


def _citations(node: Node) -> str:
    """A list of citations as one text; "" where it is no such list."""
    items = node.items if isinstance(node, Sequence) else ()
    texts = [item.value for item in items if isinstance(item, Scalar) and item.value.startswith("@")]
    return "; ".join(texts) if texts and len(texts) == len(items) <= MOST_WORDS else ""


def _written_at(document: Document, place: Location) -> str:
    lines = document.text.split("\n", place.line)
    return lines[place.line - 1][place.column - 1 : place.column] if len(lines) >= place.line else ""
