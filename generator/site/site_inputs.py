"""What all pages of the site depend on, read once for a build: the house style, templates and labels.

Pages get it as named values of the build. If each of thousands of pages read these thirty files, a build would spend a tenth of its
time on them, and the database would name each file for each page.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from generator.project import HOUSE
from generator.render.template_folders import template_roots
from generator.system.regular_files import read_regular, refuse_outside

HOUSE_VALUE, TEMPLATES_VALUE = "site-house", "site-templates"
"""Names of the values: the house style as `house_bytes` reads it, and the state of templates and labels."""
TEMPLATES, LABELS = "site", "labels"
"""Folders in `templates/` with the site's templates and with labels; the project's own come first."""
_BYTES = "latin-1"
"""Encoding of bytes in a value, which is a text: each byte is one character."""


def surroundings(folder: Path) -> dict[str, str]:
    """Return the values of the project in this folder, by name."""
    state = hashlib.sha256()
    for line in _templates(folder):
        state.update(line)
    return {HOUSE_VALUE: _house(folder).decode(_BYTES), TEMPLATES_VALUE: state.hexdigest()}


def house_bytes(value: str) -> bytes:
    """Return the content of the house style's file from its value; nothing if there is no such file."""
    return value.encode(_BYTES)


def _house(folder: Path) -> bytes:
    """Return the file. One outside the project, behind a link, counts as missing, as for briefs."""
    try:
        refuse_outside(folder, HOUSE)
        return read_regular(folder / HOUSE)
    except OSError:
        return b""


def _templates(folder: Path) -> Iterator[bytes]:
    """Yield a digest for each name in the folders, with the content of templates and labels."""
    for number, root in enumerate(template_roots(folder)):
        for part, suffix in ((TEMPLATES, ".j2"), (LABELS, ".yaml")):
            for path in sorted((root / part).iterdir()) if (root / part).is_dir() else ():
                content = _content(path) if path.suffix == suffix else b""
                yield hashlib.sha256(f"{number} {part} ".encode() + os.fsencode(path.name)).digest()
                yield hashlib.sha256(content).digest()


def _content(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError:
        return b""
