"""Scripts of brief pages: which there are, where they are published, and which of them a page names.

A page says everything without them. Each does one thing, and none needs another. They come with the program: a design of a
project changes the looks of a page, never what runs in its readers' browsers.
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
"""The script that every page names, also those of the site."""
_OTHERS = ("columns", "notes", "permalinks", "unfold")


def script_files() -> dict[str, Path]:
    """Where the program has each script, by its path in the output folder."""
    folder = template_roots()[-1] / "scripts"
    return {f"{SCRIPT_FOLDER}/{name}.js": folder / f"{name}.js" for name in (THEME, *_OTHERS)}


def scripts_of(page: Page) -> tuple[str, ...]:
    """The names of the scripts that find something on a page, besides the one for themes."""
    idle = {"columns"} if not page.matrix.people else set()
    return tuple(name for name in _OTHERS if name not in idle)
