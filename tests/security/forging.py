"""Rewrites a state file as somebody could who knows its format: with check sums that fit."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from generator.build.statefile import MAGIC

if TYPE_CHECKING:
    from pathlib import Path


def opened(content: bytes) -> tuple[Any, Any]:
    """The two lines of a state."""
    _, head, rest = content.split(b"\n")[:3]
    return json.loads(head), json.loads(rest)


def sealed(head: Any, rest: Any) -> bytes:
    return sealed_text(json.dumps(head), json.dumps(rest))


def sealed_text(head: str, rest: str) -> bytes:
    first, second = head.encode() + b"\n", rest.encode() + b"\n"
    return b"%s %d %08x %08x\n" % (MAGIC, len(first), zlib.crc32(first), zlib.crc32(second)) + first + second


def forge(path: Path, head: dict[str, Any] | None = None, rest: dict[str, Any] | None = None) -> None:
    """Put other values into a state."""
    before = opened(path.read_bytes())
    path.write_bytes(sealed(before[0] | (head or {}), before[1] | (rest or {})))
