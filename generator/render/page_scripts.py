"""Scripts of brief pages: their files, their published paths, and which of them a page needs.

A page is complete without scripts. Each script has one feature and needs no other script. Scripts are part of the program: a design of a
project changes the look of a page, never the code in its readers' browsers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.render.preset import template_roots

if TYPE_CHECKING:
    from pathlib import Path

    from generator.render.page.views import Page

SCRIPT_FOLDER = "assets/scripts"
"""Relative to the output folder."""
THEME = "theme"
"""The script of every page, also of the site's pages."""
_OTHERS = ("columns", "notes", "permalinks", "unfold")


def script_files() -> dict[str, Path]:
    """Return the file of each script, by its path in the output folder."""
    folder = template_roots()[-1] / "scripts"
    return {f"{SCRIPT_FOLDER}/{name}.js": folder / f"{name}.js" for name in (THEME, *_OTHERS)}


def scripts_of(page: Page) -> tuple[str, ...]:
    """Return the names of the scripts that a page needs, in addition to the one for themes."""
    idle = {"columns"} if not page.matrix.people else set()
    return tuple(name for name in _OTHERS if name not in idle)
