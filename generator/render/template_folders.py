"""Finds the folders of templates: the project's own, and the program's.

It is a module of its own, without the presets, because a build with nothing to do asks for these folders too and must not load
the YAML reader for it.
"""

from __future__ import annotations

import filecmp
from pathlib import Path

_OWN = Path(__file__).resolve().parents[1] / "templates"
_REPOSITORY = Path(__file__).resolve().parents[2] / "templates"


def template_roots(project: Path | None = None) -> tuple[Path, ...]:
    """Return the folders of templates: the project's `templates/`, then the program's own.

    A copy of the program's own templates, as in a clone of its repository, does not count as the project's design and replaces them.
    """
    own = _OWN if _OWN.is_dir() else _REPOSITORY
    theirs = own if project is None else project.resolve() / "templates"
    roots = [theirs] if _is_copy(theirs, own) else [theirs, own]
    return tuple(dict.fromkeys(root for root in roots if root.is_dir()))


def _is_copy(folder: Path, of: Path) -> bool:
    if folder == of or not folder.is_dir():
        return folder == of
    theirs, own = ({path.relative_to(top) for path in top.rglob("*") if path.is_file()} for top in (folder, of))
    return theirs == own and all(filecmp.cmp(folder / path, of / path, shallow=False) for path in own)
