"""Writes a brief's attachments as a project folder that builds the same PDF.

Paths come from the manifest and have been compared with the list of attached files; here they are only joined.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.provenance.designs import design_of, digest_of

ASIDE = "design-from-pdf"
"""Folder for a page design and citation style from a PDF; no build reads it."""
NOTE = """\
The page design and the citation style in this folder came with a PDF. They are not used.

A design decides which words a page prints: it can leave out, hide or add words. Read the files first. To use them, move the contents of
this folder one level up, or unpack the PDF again with

    brief extract FILE.pdf FOLDER --trust-design {digest}
"""


class Occupied(Exception):
    """The target folder is not empty; nothing was written."""


def lay_out(files: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write files by their paths into a new or empty folder, all or none; return the sorted paths.

    Raises Occupied, and OSError if they cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(f"{folder} exists already and is not empty")
    try:
        for path, data in sorted(files.items()):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(data)
    except OSError:
        for written in folder.iterdir() if folder.is_dir() else ():  # the folder was empty
            shutil.rmtree(written) if written.is_dir() else written.unlink()
        raise
    return tuple(sorted(files))


def aside(files: Mapping[str, bytes], trusted_design: str = "") -> dict[str, bytes]:
    """Return the files with their design moved to a folder of its own, with a note, unless it is the trusted design."""
    design = design_of(files)
    digest = digest_of(design)
    if digest == trusted_design:
        return dict(files)
    others = {path: data for path, data in files.items() if path not in design}
    moved = {f"{ASIDE}/{path}": data for path, data in design.items()}
    return others | moved | {f"{ASIDE}/README.txt": NOTE.format(digest=digest).encode()}
