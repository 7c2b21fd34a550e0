"""Fonts of all pages: their files, names and characters.

Fonts come only from Python packages (`fontpkg-*`), as static TrueType files, so a brief looks the same on every machine. A character
that no package has is a problem of the content, not a box on the page: see `uncovered`. The layout engine gets the fonts from
`generator.render.fontmap`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEME = "brief-font:"
"""Prefix of a font's file name in the PDF's style sheets; `generator.render.fetching` resolves it."""
PACKAGES = {"IBM Plex Serif": "fontpkg-ibm-plex-serif", "IBM Plex Sans Condensed": "fontpkg-ibm-plex-sans-condensed"}
"""The families that presets can name, with their packages."""
WEIGHTS = (400, 500, 600, 700)
_FALLBACK = "noto-"
_UNDRAWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that need no glyph: controls, joiners, separators."""


class FontsMissingError(Exception):
    """A font package is missing or has unexpected content. The message says what to do."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One static font file. `weight` as in CSS, from 100 to 900; `style` is `normal` or `italic`."""

    family: str
    weight: int
    style: str
    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def face(self, base: str) -> str:
        """Return the `@font-face` rule, with the file's address below `base`."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; font-style: {self.style}; '
            f'font-display: swap; src: url("{base}{quote(self.name)}") format("truetype"); }}'
        )


@cache
def families() -> tuple[FontFile, ...]:
    """Return the files of the families that presets can name, ordered by family, weight and style.

    Raises FontsMissingError, naming the package, where one is not installed.
    """
    return tuple(file for family, package in PACKAGES.items() for file in _files(family, package))


@cache
def fallbacks() -> tuple[FontFile, ...]:
    """Return the upright files of every installed `fontpkg-noto-*` family, for scripts that the others lack.

    Most of these packages hold one variable file, which counts as regular.
    """
    import fontpkg

    return tuple(
        FontFile(family.name, file.weight or 400, file.style, Path(file.path))
        for slug, family in sorted(fontpkg.families().items())
        if slug.startswith(_FALLBACK)
        for file in sorted(family.files, key=lambda file: file.path.name)
        if file.style == "normal" and (file.variable or file.weight in (400, 700))
    )


def _files(family: str, package: str) -> list[FontFile]:
    import fontpkg

    try:
        found = fontpkg.family(family).files
    except fontpkg.FamilyNotInstalled as error:
        raise FontsMissingError(f"the font family {family} is missing: pip install {package}") from error
    files = [
        FontFile(family, file.weight, file.style, Path(file.path))
        for file in found
        if file.weight in WEIGHTS and not file.variable
    ]
    if not {(400, "normal"), (400, "italic"), (700, "normal")} <= {(file.weight, file.style) for file in files}:
        raise FontsMissingError(f"the package {package} lacks regular, italic or bold: install it again")
    return sorted(files, key=lambda file: (file.weight, file.style == "italic"))


def font_face_css(base: str) -> str:
    """Return `@font-face` rules for every weight and style; `base` is put before each file name (`assets/fonts/`)."""
    return "\n".join(file.face(base) for file in families()) + "\n"


def font_bytes(name: str) -> bytes:
    """Return the content of the font file with that name. Raises KeyError if no package has it."""
    return _paths()[name].read_bytes()


@cache
def _paths() -> dict[str, Path]:
    return {file.name: file.path for file in (*families(), *fallbacks())}


def fallback_versions(text: str) -> dict[str, str]:
    """Return versions of the fallback packages by name, if a text needs one of them, because they then shape its page."""
    import fontpkg

    if not fallbacks() or not {ord(character) for character in text} & (coverage() - _drawn(families())):
        return {}
    return {f"fontpkg-{slug}": f.version for slug, f in fontpkg.families().items() if slug.startswith(_FALLBACK)}


def coverage() -> frozenset[int]:
    """Return the code points that at least one of the fonts can draw."""
    return _drawn((*families(), *fallbacks()))


@cache
def _drawn(files: tuple[FontFile, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    covered: set[int] = set()
    for file in files:
        with TTFont(file.path, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)


def uncovered(characters: Iterable[str]) -> list[str]:
    """Return the characters that no font can draw, in order of code points; controls and joiners need no glyph."""
    drawn = coverage()
    return [
        character
        for character in sorted(set(characters))
        if ord(character) not in drawn and category(character) not in _UNDRAWN and not character.isspace()
    ]
