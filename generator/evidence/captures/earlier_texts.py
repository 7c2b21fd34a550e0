"""Keeps earlier texts of a source, so that words of an older edition can be recognised.

    captures/<key>/earlier.json       when each was captured, and its SHA-256; the latest first
    captures/<key>/earlier-<16 hexadecimal digits>.txt

Quotations are never verified against an earlier text. A text that does not match its hash is ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.evidence.gate import Transcript
from generator.project import Opener

LIST = "earlier.json"
MOST = 20
"""Most earlier texts of a source that are kept."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An earlier text of a source: when it was captured (ISO 8601), and the text."""

    captured: str
    transcript: Transcript


def keep(folder: Path, write: Callable[[Path, bytes], None]) -> None:
    """Keep the present text of a capture's folder as an earlier one, before another replaces it. Raises OSError."""
    try:
        description = json.loads((folder / "capture.json").read_bytes())
        text, captured = (folder / "text.txt").read_bytes(), str(description["captured"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return  # there is none, or its description cannot be read
    sha256 = hashlib.sha256(text).hexdigest()
    listed = _listed(lambda name: (folder / name).read_bytes())
    others = [one for one in listed if one[1] != sha256]
    write(folder / _file(sha256), text)
    write(folder / LIST, json.dumps([(captured, sha256), *others[: MOST - 1]]).encode())
    for _, gone in others[MOST - 1 :]:
        (folder / _file(gone)).unlink(missing_ok=True)


def editions(opener: Opener, folder: str) -> Iterator[Edition]:
    """Yield the earlier texts of a capture's folder, the latest first. `opener` reads files by name and raises OSError."""
    for captured, sha256 in _listed(lambda name: opener(f"{folder}/{name}")):
        with suppress(OSError):
            text = opener(f"{folder}/{_file(sha256)}")
            if hashlib.sha256(text).hexdigest() == sha256:
                yield Edition(captured, Transcript(text.decode("utf-8", "replace")))


def _listed(opener: Opener) -> list[tuple[str, str]]:
    try:
        listed = json.loads(opener(LIST))
        pairs = [(str(captured), str(sha256)) for captured, sha256 in listed]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
    return [pair for pair in pairs if len(pair[1]) == 64 and pair[1].isalnum()][:MOST]


def _file(sha256: str) -> str:
    return f"earlier-{sha256[:16]}.txt"
