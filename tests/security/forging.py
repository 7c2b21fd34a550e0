"""Rewrites a database as somebody could who knows its format: with a check sum that fits."""

from __future__ import annotations

import json
import zlib
from typing import Any

from generator.engine.db_format import MAGIC


def opened(content: bytes) -> Any:
    """The columns of a database."""
    return json.loads(content.partition(b"\n")[2])


def sealed(columns: Any) -> bytes:
    return sealed_text(json.dumps(columns))


def sealed_text(text: str) -> bytes:
    line = text.encode() + b"\n"
    return b"%s %08x\n" % (MAGIC, zlib.crc32(line)) + line
