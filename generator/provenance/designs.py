"""The page design and citation style that a PDF brings with it: a stranger's, until the reader says otherwise.

Both decide which words a page prints, so a design is told by one digest over all its files. Nothing here runs a design.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import yaml

DEFAULTS = {"preset": "report", "citation_style": "chicago-notes-bibliography"}
"""The design that the data are printed in where theirs is not used: every block, any length."""


def is_design(path: str) -> bool:
    """Whether a file, by its path in the project, decides how a page looks."""
    return path.startswith("templates/") or path.endswith(".csl")


def design_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a design among those of a project, by path."""
    return {path: data for path, data in files.items() if is_design(path)}


def digest_of(design: Mapping[str, bytes]) -> str:
    """SHA-256 over the paths and contents of a design's files, hexadecimal; empty for no files."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(design.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def in_default_design(files: Mapping[str, bytes], fact_file: str) -> dict[str, bytes]:
    """The data of a project without its design, and with a fact file that asks for `DEFAULTS`."""
    data = {path: content for path, content in files.items() if not is_design(path)}
    return data | {fact_file: asking_for(DEFAULTS, data[fact_file])}


def asking_for(settings: Mapping[str, str], fact_file: bytes) -> bytes:
    """A fact file with these settings, whatever it says of them; as it was where it is no mapping in YAML."""
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
