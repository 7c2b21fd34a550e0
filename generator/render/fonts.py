"""Fonts of all pages: their files, names and characters.

Fonts come only from Python packages, so that a brief looks the same on every machine: packages that are always installed, and one
for each further script, installed as an extra of this project. A character that no package has is reported as a problem
(`uncovered`). `generator.render.layout.layout_assets` passes the fonts to the layout engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import quote

from generator.render.scripts import BY_CODE, HAN, SCRIPTS, Script

SCHEME = "brief-font:"
"""Prefix of a font's file name in the PDF's style sheets; `generator.render.layout.layout_assets` resolves it."""
PACKAGES = {
    "IBM Plex Serif": "fontpkg-ibm-plex-serif",
    "IBM Plex Sans Condensed": "fontpkg-ibm-plex-sans-condensed",
    "Fira Sans Condensed": "fontpkg-fira-sans-condensed",
}
"""Families for presets, with their packages. The last has the Greek and Cyrillic letters."""
HAN_BOLD = "noto-cjk-sans-jp-bold"
"""The package with the bold of Chinese, Japanese and Korean: its letters are drawn as the language of the text asks."""
WEIGHTS = (400, 500, 600, 700)
_INSTANCES = (400, 600)
"""Weights that are made from a variable font."""
_FALLBACK = "noto-"
_UNDRAWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that need no glyph: controls, joiners, separators."""


class FontsMissingError(Exception):
    """A font package is missing or has unexpected content. The message says what to do."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One static font. `weight` as in CSS, from 100 to 900; `style` is `normal` or `italic`.

    From a variable file (`variable`), it is the instance of that weight.
    """

    family: str
    weight: int
    style: str
    path: Path
    variable: bool = False

    @property
    def name(self) -> str:
        return f"{self.path.stem.partition('[')[0]}-{self.weight}.ttf" if self.variable else self.path.name

    def data(self) -> bytes:
        """Return the content of the font file."""
        return _instance(self.path, self.weight) if self.variable else self.path.read_bytes()

    def face(self, source: str) -> str:
        """Return the `@font-face` rule; `source` is the value of its `src`."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; font-style: {self.style}; '
            f"font-display: swap; src: {source}; }}"
        )

    def at(self, base: str) -> str:
        """Return the value of `src` for a file in `base`."""
        kind = "opentype" if self.path.suffix == ".otf" else "truetype"
        return f'url("{base}{quote(self.name)}") format("{kind}")'


@lru_cache(maxsize=16)
def _instance(path: Path, weight: int) -> bytes:
    """Return one weight of a variable font as a separate font: the same bytes each time."""
    import io

    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path, recalcTimestamp=False)
    limits = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    instantiateVariableFont(font, limits, inplace=True)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


@cache
def families() -> tuple[FontFile, ...]:
    """Return the files of the families that presets can name, ordered by family, weight and style.

    Raises FontsMissingError with the name of the package if one is not installed.
    """
    return tuple(file for family, package in PACKAGES.items() for file in _files(family, package))


@cache
def script_files(code: str) -> tuple[FontFile, ...]:
    """Return the files of the font for a script (its code in `SCRIPTS`); none if its package is not installed."""
    script = BY_CODE[code]
    if script.family in PACKAGES:
        return tuple(file for file in families() if file.family == script.family)
    return tuple(_packaged(script) if script.package.startswith("fontpkg-") else _plain_package(script))


def _packaged(script: Script) -> Iterator[FontFile]:
    import fontpkg

    family = fontpkg.families().get(script.package.removeprefix("fontpkg-"))
    for file in sorted(family.files, key=lambda file: (file.weight or 0, file.style)) if family else ():
        if file.variable:
            yield from (FontFile(script.family, weight, file.style, Path(file.path), True) for weight in _INSTANCES)
        elif file.weight in WEIGHTS:
            yield FontFile(script.family, file.weight, file.style, Path(file.path))


def _plain_package(script: Script) -> Iterator[FontFile]:
    """The upright sans serif of packages that are folders of font files, and its bold, one file for all ways to draw Han."""
    for path in _in_folder(script.package, f"{script.family.replace(' ', '')}-Regular.otf"):
        yield FontFile(script.family, 400, "normal", path)
        for bold in _in_folder(HAN_BOLD, "NotoSansCJK*-Bold.otf"):
            yield FontFile(script.family, 700, "normal", bold)


def _in_folder(package: str, pattern: str) -> list[Path]:
    """The files of a package, which is found, not imported; none where it is not installed."""
    from importlib.util import find_spec

    spec = find_spec(package.replace("-", "_"))
    folders = spec.submodule_search_locations or () if spec else ()
    return [path for folder in folders for path in sorted(Path(folder).glob(pattern))]


@cache
def fallbacks() -> tuple[FontFile, ...]:
    """Return the upright files of every installed `fontpkg-noto-*` family, for scripts that the others lack.

    Most of these packages have one variable file, which counts as regular.
    """
    return tuple(
        FontFile(family.name, file.weight or 400, file.style, Path(file.path))
        for _, family in _fallback_families()
        for file in sorted(family.files, key=lambda file: file.path.name)
        if file.style == "normal" and (file.variable or file.weight in (400, 700))
    )


def _fallback_families() -> list[tuple[str, Any]]:
    import fontpkg

    own = {script.package for script in SCRIPTS}
    families = sorted(fontpkg.families().items())
    return [one for one in families if one[0].startswith(_FALLBACK) and f"fontpkg-{one[0]}" not in own]


def _files(family: str, package: str) -> list[FontFile]:
    """Return the files of a family in the weights that pages use. Raises FontsMissingError."""
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


def font_face_css(base: str, files: Iterable[FontFile] | None = None) -> str:
    """Return `@font-face` rules for these files, or for `families()`; `base` is the prefix of their names (`assets/fonts/`)."""
    return "\n".join(file.face(file.at(base)) for file in (families() if files is None else files)) + "\n"


def font_bytes(name: str) -> bytes:
    """Return the content of the font file of that name. Raises KeyError if no package has it."""
    return _by_name()[name].data()


@cache
def _by_name() -> dict[str, FontFile]:
    scripts = (file for script in SCRIPTS for file in script_files(script.code))
    return {file.name: file for file in (*fallbacks(), *scripts, *families())}


def font_versions(text: str, scripts: Iterable[str]) -> dict[str, str]:
    """Return the versions, by name, of further packages that draw a page with this text and these scripts."""
    packages = {BY_CODE[code].package for code in scripts} - set(PACKAGES.values())
    packages |= {HAN_BOLD} if {*scripts} & {*HAN} else set()
    all_versions = {package: package_version(package) for package in sorted(packages)}
    if fallbacks() and {ord(character) for character in text} & (_drawn(fallbacks()) - _drawn(families())):
        all_versions |= {f"fontpkg-{slug}": family.version for slug, family in _fallback_families()}
    return {package: version for package, version in all_versions.items() if version}


def package_version(package: str) -> str:
    """Return the version of an installed package; empty if it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def coverage() -> frozenset[int]:
    """Return the code points of the fonts of every page, and those of the fallbacks."""
    return _drawn((*families(), *fallbacks()))


@cache
def _drawn(files: tuple[FontFile, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    covered: set[int] = set()
    for path in dict.fromkeys(file.path for file in files):
        with TTFont(path, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)


def uncovered(characters: Iterable[str], scripts: Iterable[str] = ()) -> list[str]:
    """Return the characters that no font of every page or of these scripts can draw, in order of code points.

    Controls and joiners need no glyph.
    """
    covered = coverage()
    missing = {one for one in set(characters) if ord(one) not in covered and _needs_glyph(one)}
    for code in scripts if missing else ():
        missing = {one for one in missing if ord(one) not in _drawn(script_files(code)[:1])}
    return sorted(missing)


def _needs_glyph(character: str) -> bool:
    return category(character) not in _UNDRAWN and not character.isspace()
