"""Digests: the short names that content goes by. Knows neither files nor steps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.engine.plain_data import Plain


try:
    from _blake2 import blake2b  # this is `hashlib`'s, without loading OpenSSL, which takes milliseconds
except ImportError:
    from hashlib import blake2b


SIZE = 20
"""Bytes in a digest: 160 bits, so that two contents never meet by accident in a cache that machines share."""

ABSENT = "absent"
"""Stands where a digest would, for a file, entry or value that was looked for and is not there."""


def of_bytes(content: bytes) -> str:
    return blake2b(content, digest_size=SIZE).hexdigest()


def of_text(text: str) -> str:
    """Also of a file's name that is not valid UTF-8."""
    return of_bytes(text.encode("utf-8", "surrogatepass"))


def of_plain(value: Plain) -> str:
    """The digest of plain values; the order of a mapping's keys does not count."""
    return of_text(canonical(value))


def canonical(value: Plain) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
