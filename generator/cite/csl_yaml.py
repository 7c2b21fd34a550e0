"""CSL entries as text of `sources.yaml`: block style, one key order, and no value that two YAML programs read differently.

Knows how an entry is written, not where it goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

ORDER = (
    "id", "type", "provenance", "author", "editor", "title", "title-short", "container-title", "collection-title",
    "genre", "publisher", "publisher-place", "volume", "issue", "number", "page", "issued", "accessed", "URL", "DOI",
)  # fmt: skip
"""The fields that come first, in this order; all others follow by name."""

_WIDTH = 100
_AMBIGUOUS = re.compile(
    r"(?i)y|yes|n|no|on|off|true|false|null|~|"  # truth values and null of YAML 1.1
    r"[-+]?\.?[0-9][0-9_.,:eE+/-]*|[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)|"  # numbers, times and dates of any version
    r"[=<]<?"
)


class _Quoted(str):
    """Text that has to be quoted."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key; nothing is an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _quoted(dumper: yaml.SafeDumper, text: _Quoted) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


_Dumper.add_representer(_Quoted, _quoted)


def entry_text(entry: Mapping[str, Any], indent: int = 0) -> str:
    """Write one entry as an item of a block list whose dash stands at column `indent`, with a line break at the end."""
    return _dumped([_ordered(entry)], indent)


def field_text(field: str, value: Any, indent: int) -> str:
    """Write one field of an entry whose keys stand at column `indent`, with a line break at the end."""
    return _dumped({field: value}, indent)


def _dumped(value: Any, indent: int) -> str:
    text = yaml.dump(
        _safe(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=_WIDTH
    )
    return "".join(" " * indent + line for line in text.splitlines(keepends=True))


def _ordered(entry: Mapping[str, Any]) -> dict[str, Any]:
    rank = {field: place for place, field in enumerate(ORDER)}
    return {field: entry[field] for field in sorted(entry, key=lambda field: (rank.get(field, len(ORDER)), field))}


def _safe(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _safe(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(inner) for inner in value]
    if isinstance(value, bool):
        return value
    text = " ".join(str(value).split())
    return _Quoted(text) if _AMBIGUOUS.fullmatch(text) else text
