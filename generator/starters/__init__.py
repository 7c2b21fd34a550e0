"""Files that `brief new` and `brief init` write; their texts are in this folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FILES = {
    "briefs/house.yaml": "house.yaml",
    "briefs/experts.yaml": "experts.yaml",
    "briefs/sources.yaml": "sources.yaml",
    "briefs/example.yaml": "example.yaml",
    "captures/README.txt": "captures.txt",
    ".gitignore": "gitignore.txt",
    ".gitattributes": "gitattributes.txt",
}
"""What `brief init` writes, and the starter that each file is made from."""


def starter(name: str) -> str:
    """Return the text of one starter file."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def write_new(path: Path, text: str) -> bool:
    """Write a file only if it does not exist yet; return whether it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(text)
    except OSError as error:  # a full disk: half a file would be read as a brief
        path.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from None
    return True
