"""Writes CSL entries as YAML text for `sources.yaml`.

In block style, with a fixed order of keys, and without values that two YAML programs read differently. PyYAML would need
milliseconds for each entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

ORDER = (
    "id", "type", "provenance", "author", "editor", "title", "title-short", "container-title", "collection-title",
    "genre", "publisher", "publisher-place", "volume", "issue", "number", "page", "issued", "accessed", "URL", "DOI",
)  # fmt: skip
"""The fields that come first, in this order; all others follow by name."""
_RANK = {field: place for place, field in enumerate(ORDER)}

_WIDTH = 100
_NESTED = (dict, list, tuple)
_AMBIGUOUS = re.compile(
    r"(?i)y|yes|n|no|on|off|true|false|null|~|"  # truth values and null of YAML 1.1
    r"[-+]?\.?[0-9][0-9_.,:eE+/-]*|[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)|"  # numbers, times and dates of any version
    r"[=<]<?"
)
_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff:#]++|:(?! |$)|(?<! )#)*+")
"""Text that needs no quotation marks: it begins with a letter or digit, and does not contain `: ` or ` #`."""
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def entry_text(entry: Mapping[str, Any], indent: int = 0) -> str:
    """Write one entry as an item of a block list with its dash at column `indent` and a line break at the end."""
    ordered = sorted(entry, key=lambda field: (_RANK.get(field, len(ORDER)), field))
    return _text(_item({field: entry[field] for field in ordered}, indent))


def field_text(field: str, value: Any, indent: int) -> str:
    """Write one field of an entry with its keys at column `indent` and a line break at the end."""
    return _text(_mapping({field: value}, indent))


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _item(value: Any, indent: int) -> Iterator[str]:
    """Yield the lines of one list item; the first line of a block begins after the dash."""
    if isinstance(value, _NESTED) and value:
        first, *rest = list(_block(value, indent + 2))
        yield f"{' ' * indent}- {first[indent + 2 :]}"
        yield from rest
    else:
        yield f"{' ' * indent}- {_scalar(value, indent + 2)}"


def _block(value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        return _mapping(value, indent)
    return (line for item in value for line in _item(item, indent))


def _mapping(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, inner in value.items():
        name = f"{' ' * indent}{_key(key)}:"
        if isinstance(inner, dict) and "date-parts" in inner:
            yield f"{name} {_flow(inner)}"
        elif isinstance(inner, _NESTED) and inner:
            yield name
            yield from _block(inner, indent + 2)
        else:
            yield f"{name} {_scalar(inner, indent + 2)}"


def _flow(value: Any) -> str:
    """Return a date in flow style, as people write it: `{date-parts: [[1999]], circa: true}`."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(key)}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _scalar(value, 0)


def _scalar(value: Any, indent: int) -> str:
    """Return one value; long text continues at column `indent`, broken at single spaces."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _NESTED):
        return "{}" if isinstance(value, dict) else "[]"
    text = " ".join(str(value).split())
    if not _PLAIN.fullmatch(text) or _AMBIGUOUS.fullmatch(text):
        quoted = json.dumps(text, ensure_ascii=False)
        text = _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
    if len(text) <= _WIDTH - indent:
        return text
    return f"\n{' ' * indent}".join(_broken(text, _WIDTH - indent))


def _broken(text: str, width: int) -> Iterator[str]:
    """Break a text with single spaces into lines of at most `width` characters; a longer word has its own line."""
    start = 0
    while len(text) - start > width:
        space = text.rfind(" ", start, start + width + 1)
        space = space if space > start else text.find(" ", start + width)
        if space < 0:
            break
        yield text[start:space]
        start = space + 1
    yield text[start:]


@lru_cache(1024)
def _key(name: str) -> str:
    return _scalar(str(name), 0)
