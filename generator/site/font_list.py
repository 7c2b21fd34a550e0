"""The fonts that the pages of all briefs need, kept from one build to the next.

Their names are in the heads of the extracts. A build without the site needs nothing else of the heads, so it reads them only if an
extract has changed: reading ten thousand takes a quarter of a second.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.engine import atomic, digest
from generator.render.web_fonts import SLICES
from generator.site.extracts.extract_folder import heads
from generator.system.regular_files import read_regular

MAX_BYTES = 100_000


def font_names(kept: Path, output: Path, extracts: Mapping[str, str]) -> list[str]:
    """Return the sorted slices of the fonts of all briefs. `extracts` has the digest of each extract by path, and `kept` is the file
    with the names. Raises CannotWrite if it cannot be written.
    """
    state = digest.of_plain(extracts)
    names = _read(kept, state)
    if names is None:
        names = sorted({name for head in heads(output, extracts) for name in head.fonts} & SLICES)
        atomic.write(kept, json.dumps({"extracts": state, "fonts": names}).encode())
    return names


def _read(path: Path, state: str) -> list[str] | None:
    """Return the kept names; None if they belong to other extracts, or are of another form: anybody may have written the file."""
    try:
        fields = json.loads(read_regular(path, MAX_BYTES))
        names: list[str] = fields["fonts"]
        return names if fields["extracts"] == state and set(names) <= SLICES and type(names) is list else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
