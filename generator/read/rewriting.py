"""Hints at how a value of the wrong kind is written."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from generator.problems import Location
from generator.read.nodes import Document, Node, Scalar, Sequence
from generator.syntax.typography import advice

MOST_WORDS = 50
"""Words that a hint repeats as a list."""
_FIELDS_BELOW = "write its fields as `key: value`, indented below"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Wanted(Enum):
    """What a value has to be, as messages say it."""

    TEXT = "text"
    LIST = "a list"
    MAPPING = "a mapping of keys to values"
    FLAG = "true or false"
    NUMBER = "a whole number"


def rewritten(node: Node, wanted: Wanted, name: str, document: Document, first: str) -> str:
    """Say how a value of the wrong kind is written; `first` is the first required field of the record that belongs there."""
    match wanted:
        case Wanted.LIST:
            return _as_list(node, name, first)
        case Wanted.MAPPING if isinstance(node, Sequence):
            return "write the keys without dashes: `key:`, and what belongs to it indented below"
        case Wanted.MAPPING:
            return f"write `{first}: ...` and its other fields, indented below" if first else _FIELDS_BELOW
        case Wanted.FLAG:
            return "write `true` or `false`"
        case Wanted.NUMBER:
            return (advice(node.value) if isinstance(node, Scalar) else "") or "write it in digits"
    if cited := _citations(node):
        return f'write "{cited}"'
    if _written_at(document, node.place) in ("[", "{"):
        return "remove the brackets; if they belong to the text, put the whole text in quotes"
    return "write one text; put it in quotes if it holds a colon"


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
