"""Writes a brief's attachments as a project folder that builds the same PDF.

Paths come from the manifest and have been compared with the list of attached files; here they are only joined.

The page design and the citation style in a PDF are not used unless trusted. Both decide which words a page prints, so one digest over
all their files identifies a design. Nothing here runs a design.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

DEFAULTS = {"preset": "report", "citation_style": "chicago-notes-bibliography"}
"""The design for data whose own design is not used: every block, any length."""


def is_design(path: str) -> bool:
    """Whether a file, by its path in the project, is part of a design."""
    return path.startswith("templates/") or path.endswith(".csl")


def design_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the design among those of a project, by path."""
    return {path: data for path, data in files.items() if is_design(path)}


def digest_of(design: Mapping[str, bytes]) -> str:
    """Return the hexadecimal SHA-256 over the paths and contents of a design's files; empty for no files."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(design.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def in_default_design(files: Mapping[str, bytes], fact_file: str) -> dict[str, bytes]:
    """Return the files of a project without its design, and with a fact file that uses `DEFAULTS`."""
    data = {path: content for path, content in files.items() if not is_design(path)}
    return data | {fact_file: asking_for(DEFAULTS, data[fact_file])}


def asking_for(settings: Mapping[str, str], fact_file: bytes) -> bytes:
    """Return a fact file with these settings instead of its own; unchanged if it is not a YAML mapping."""
    try:
        text = fact_file.decode("utf-8")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        return fact_file
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return fact_file
    for key, value in reversed(node.value):
        if key.value in settings:
            text = f"{text[: value.start_mark.index]} {settings[key.value]}{text[value.end_mark.index :]}"
    missing = settings.keys() - {key.value for key, _ in node.value}
    first = node.value[0][0].start_mark
    end = ", " if node.flow_style else "\n" + " " * first.column
    added = "".join(f"{name}: {settings[name]}{end}" for name in sorted(missing))
    return f"{text[: first.index]}{added}{text[first.index :]}".encode()


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
