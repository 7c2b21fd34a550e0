"""Digests of content.

Short, because nearly every other module of the engine needs it and nothing more.
"""

from __future__ import annotations

import json

from generator.engine.plain_data import Plain

try:
    from _blake2 import blake2b  # the same as `hashlib`'s, without loading OpenSSL, which takes milliseconds
except ImportError:
    from hashlib import blake2b


SIZE = 20
"""Size of a digest in bytes: 160 bits, so no two contents collide by accident in a shared cache."""

ABSENT = "absent"
"""Takes the place of a digest for a file, entry or value that does not exist."""


def of_bytes(content: bytes) -> str:
    return blake2b(content, digest_size=SIZE).hexdigest()


def of_text(text: str) -> str:
    """Return the digest of a text, which may be a file name that is not valid UTF-8."""
    return of_bytes(text.encode("utf-8", "surrogatepass"))


def of_plain(value: Plain) -> str:
    """Return the digest of plain values. The order of a mapping's keys does not matter."""
    return of_text(canonical(value))


def canonical(value: Plain) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
