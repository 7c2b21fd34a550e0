"""Changes real files a little or a lot, in ways that can be repeated: the same number gives the same file."""

from __future__ import annotations

import copy
import os
import random
from typing import Any

FULL = os.environ.get("BRIEF_FUZZ") == "full"
"""Whether `make test-security` asked for all inputs, and not for a sample of them."""

HOSTILE = (
    b"\0", b"\xff", b"\xfe\xff", b"[" * 200, b"{" * 200, b"- " * 200, b"&a *a", b"!!python/object:os.system ", b"../../x",
    b"/etc/passwd", b"\\ud800", b"1e999", b"-1", b"99999999999999999999", b"null", b"true", b'"', b"'", b"\n", b"\r\n", b"\t",
    b"<script>", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\x1b[2J", b"%", b"#", b"@{", b"[@", b"```", b"<!--", b"...", b"NaN",
    b"obj", b"endobj", b"stream", b"startxref", b"/JS", b"R", b"<<", b">>", b"xref", b"trailer",
)  # fmt: skip

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**70, -(2**70), 1e308, float("nan"), "", "x", "\0", "\ud800", "../../x", "/etc/passwd", ".",
    [], {}, [[]], [None], {"": None}, [1, 2, 3], "x" * 5000, ["a", "b"], {"a": "b"}, "2024-01-01", "0" * 40,
)  # fmt: skip


def number(sample: int, full: int) -> range:
    """Seeds: few in `make test`, many in `make test-security`."""
    return range(full if FULL else sample)


def changed(data: bytes, seed: int) -> bytes:
    """The bytes with one to six changes: flipped, cut, repeated, moved, or with something hostile put in."""
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + chance.choice((1, 4, 40, 4000)))
        kind = chance.randrange(6)
        if kind == 0:
            data = data[:at] + bytes(byte ^ chance.randrange(256) for byte in data[at:end]) + data[end:]
        elif kind == 1:
            data = data[:at] + data[end:]
        elif kind == 2:
            data = data[:end] + data[at:end] * chance.choice((1, 2, 50)) + data[end:]
        elif kind == 3:
            to = chance.randrange(len(data) + 1)
            data = data[:to] + data[at:end] + data[to:]
        elif kind == 4:
            data = data[:at] + chance.choice(HOSTILE) + data[at:]
        else:
            data = data[:at] + chance.choice(HOSTILE) + data[end:]
    return data


def replaced(value: Any, seed: int) -> Any:
    """JSON values with one or two of them replaced by others, or taken out."""
    chance = random.Random(seed)
    value = copy.deepcopy(value)
    for _ in range(chance.choice((1, 1, 2))):
        holders = list(_holders(value))
        if not holders:
            return chance.choice(JUNK)
        holder, key = chance.choice(holders)
        if chance.randrange(6) == 0:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(JUNK))
    return value


def _holders(value: Any) -> list[tuple[Any, Any]]:
    """Each list or mapping in a value with each of its keys."""
    if not isinstance(value, list | dict):
        return []
    keys = list(range(len(value)) if isinstance(value, list) else value)
    return [(value, key) for key in keys] + [pair for key in keys for pair in _holders(value[key])]
