"""Cuts a shared file down to the entries that a brief uses, for the PDF: experts, sources, facts.

Entries are slices of the text, so they keep their comments and their form. If a slice would not mean the same alone (such as an
alias of another entry), the entry is written again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

import yaml

from generator.read.entries import LISTS, entry_nodes
from generator.read.yaml_nodes import compose

LIST = "references"
"""The key under which sources are listed; experts are the keys of the file itself."""

Entry = tuple[str, yaml.Node, yaml.Node]
"""Key, first node and last node of the entry."""


def excerpt(content: bytes, keys: Collection[str]) -> bytes:
    """Return the entries of these keys, sorted, so neither their order in the file nor its other entries matter.

    The result is always valid YAML; missing entries are left out. It is empty if the file cannot be read.
    """
    read = _read(content)
    if read is None:
        return b""
    text, key, entries = read
    used = sorted((entry for entry in entries if entry[0] in keys), key=lambda entry: entry[0])
    if not used:
        return f"{key}: []\n".encode() if key else b"{}\n"
    slices = "\n".join(_slice(text, first, last, "  - " if key else "") for _, first, last in used)
    sliced = f"{key}:\n{slices}" if key else slices
    return (sliced if _same(sliced, used) else _anew(used, key)).encode()


@lru_cache(maxsize=4)
def _read(content: bytes) -> tuple[str, str, tuple[Entry, ...]] | None:
    """Return the text, the key under which it lists entries ("" if they are the file's own keys), and its entries.

    Read once for all briefs of a process.
    """
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8").replace("\r\n", "\n")
        root = compose(text).root
    except (UnicodeDecodeError, yaml.YAMLError):
        return None
    if not isinstance(root, yaml.MappingNode):
        return None
    key = next(
        (key.value for key, value in root.value if key.value in LISTS and isinstance(value, yaml.SequenceNode)), ""
    )
    return text, key, tuple(entry_nodes(root))


def _slice(text: str, first: yaml.Node, last: yaml.Node, mark: str) -> str:
    """Return the lines of an entry at the margin after `mark`, without the comments after it that belong to the next entry."""
    column, indent = first.start_mark.column, " " * len(mark)
    begin, *lines = text[first.start_mark.index : last.end_mark.index].rstrip().split("\n")
    while lines and _is_remark(lines[-1], column):
        lines.pop()
    moved = (indent + (line[column:] if not line[:column].strip() else line.lstrip()) for line in lines)
    return "\n".join((mark + begin, *(line.rstrip() if not line.strip() else line for line in moved))) + "\n"


def _is_remark(line: str, column: int) -> bool:
    """Whether a line is empty, or a comment left of the entry's own text or at its margin, where no text can be."""
    match = re.fullmatch(r"( *)(#.*)?", line)
    return match is not None and (not match[2] or len(match[1]) <= max(0, column - 1))


def _same(sliced: str, wanted: Sequence[Entry]) -> bool:
    """Whether the slices together mean what the entries meant."""
    try:
        root = compose(sliced).root
    except yaml.YAMLError:
        return False
    read_again = list(entry_nodes(root)) if isinstance(root, yaml.MappingNode) else []
    return [(key, _canonical(node)) for key, _, node in read_again] == [
        (key, _canonical(node)) for key, _, node in wanted
    ]


def _canonical(node: yaml.Node) -> str:
    """Return a text that is the same for all nodes that mean the same; made by libyaml, because it is needed for each brief."""
    return str(yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True))


def _anew(wanted: Sequence[Entry], listed: str) -> str:
    pairs = [(_plain(key), node) for key, _, node in wanted]
    if listed:
        items = yaml.SequenceNode("tag:yaml.org,2002:seq", [node for _, node in pairs], flow_style=False)
        pairs = [(_plain(listed), items)]
    return str(yaml.serialize(yaml.MappingNode("tag:yaml.org,2002:map", pairs), allow_unicode=True))


def _plain(text: str) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text)
