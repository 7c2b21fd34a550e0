"""Prepares the documentation for Zensical, which makes a site of it: `make docs-site`.

Documents link to each other and to files of the repository. So the folder that Zensical reads has the documents and the files that they
link to, all at their own paths; the links stay as they are, and Zensical checks those between documents. Links to other files are
checked here.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / ".docs-site/source"
"""What Zensical reads; `zensical.toml` names it too."""
_LINK = re.compile(r"""\]\(([^()\s]+)\)|\b(?:src|href)="([^"]+)\"""")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#")
_FENCE = re.compile(r"^ *(```|~~~)")


class Link(NamedTuple):
    """A link in a document to a file of the repository; `path` is absolute."""

    line: int
    written: str
    path: Path


def documents(root: Path) -> list[Path]:
    """Return the documents of the site: those at the top, in `docs/`, and the README of the examples."""
    return [
        *sorted(root.glob("*.md")),
        *sorted((root / "docs").glob("*.md")),
        *sorted((root / "examples").glob("*.md")),
    ]


def links(document: Path) -> Iterator[Link]:
    """Yield the links of a document to files. Links inside blocks of code are text."""
    fence = ""
    for number, line in enumerate(document.read_text("utf-8").splitlines(), 1):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence:
            for found in _LINK.finditer(re.sub(r"`[^`]*`", "", line)):
                written = found[1] or found[2]
                if not _ELSEWHERE.match(written):
                    yield Link(number, written, (document.parent / unquote(written.partition("#")[0])).resolve())


def prepare(root: Path, folder: Path) -> list[str]:
    """Fill `folder`, which is emptied first. Return a line for each link that leads to no file of the repository."""
    shutil.rmtree(folder, ignore_errors=True)
    faults = []
    for document in documents(root):
        _copy(document, root, folder)
        for link in links(document):
            if link.path.is_file() and link.path.is_relative_to(root):
                _copy(link.path, root, folder)
            else:
                faults.append(f"{document.relative_to(root)}:{link.line}: {link.written} is no file of this repository")
    return faults


def _copy(file: Path, root: Path, folder: Path) -> None:
    to = folder / file.relative_to(root)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def main() -> int:
    """Prepare the folder: exit code 0, or 1 with the links that lead nowhere."""
    faults = prepare(ROOT, SOURCE)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
