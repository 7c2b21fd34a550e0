"""Fonts for the screen: slices as WOFF2 files that all pages share, or embedded in a page.

A page links the style sheets of the slices whose characters it has, and a browser loads only the files of the styles that it draws.
Files have a piece of the digest of their content in their names, so a host may tell browsers to keep them for ever.

For pages that must be a single file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from generator.render.fonts import PACKAGES, FontFile, families, script_files
from generator.render.script_runs import scripts_used
from generator.render.scripts import BY_CODE

FOLDER = "assets/fonts"
"""Folder of the files and their style sheets, in the output folder."""
LATIN, EXTENDED = "latin", "extended"
_STYLES = {(400, "normal"), (500, "normal"), (600, "normal"), (400, "italic"), (600, "italic")}
"""Styles of a family that are published; for other styles browsers use the nearest (CSS Fonts 4, 5.2)."""

_LATIN = (
    "U+20-7E, U+A0-FF, U+131, U+152-153, U+2C6, U+2DA, U+2DC, U+2000-206F, U+20AC, U+2116, U+2122, U+2190-2193, U+2212"
)
"""Western European letters, and signs of nearly every page, in the syntax of CSS (`unicode-range`)."""

_REST = (
    "U+100-130, U+132-151, U+154-2C5, U+2C7-2D9, U+2DB, U+2DD-36F, U+1E00-1EFF, U+2070-20AB, U+20AD-2115, U+2117-2121, "
    "U+2123-218F, U+2194-2211, U+2213-2BFF, U+A700-A7FF, U+FB00-FB06"
)
"""Letters of other Latin alphabets, and other signs."""

_LETTERS = {
    "Grek": "U+370-3FF, U+1F00-1FFF",
    "Cyrl": "U+400-52F, U+1C80-1C8F, U+2DE0-2DFF, U+A640-A69F",
    "Arab": "U+600-6FF, U+750-77F, U+8A0-8FF, U+FB50-FDFF, U+FE70-FEFC",
    "Hebr": "U+590-5FF, U+FB1D-FB4F",
    "Deva": "U+900-97F, U+1CD0-1CFF, U+A8E0-A8FF",
    "Beng": "U+980-9FF",
    "Taml": "U+B80-BFF",
    "Thai": "U+E00-E7F",
}
"""Blocks of the scripts whose fonts are published, by code. Fonts of Han are too large; readers' systems have some."""

SLICES = frozenset({LATIN, EXTENDED, *map(str.lower, _LETTERS)})
"""Names of all slices."""

_STAND_INS = (
    ("Stand-in Serif", 400, ("Times New Roman", "Liberation Serif", "Tinos"), 117.5),
    ("Stand-in Serif", 600, ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold"), 114.0),
    ("Stand-in Sans", 400, ("Arial", "Helvetica", "Liberation Sans", "Arimo"), 91.7),
    ("Stand-in Sans", 600, ("Arial Bold", "Helvetica Bold", "Liberation Sans Bold", "Arimo Bold"), 87.9),
    ("Stand-in Serif 2", 400, ("DejaVu Serif",), 91.8),
    ("Stand-in Serif 2", 600, ("DejaVu Serif Bold",), 85.9),
    ("Stand-in Sans 2", 400, ("DejaVu Sans",), 79.9),
    ("Stand-in Sans 2", 600, ("DejaVu Sans Bold",), 73.4),
)
"""Fonts of readers' systems that stand in until those of the page arrive: family, weight, names, and the size in per cent at which
English text is as wide as in Plex, so that little moves then."""

_WITH = f"{_LATIN}, U+25CC"
"""Further characters in fonts of single scripts: digits, marks, and words between those of the script."""


def slices(text: str) -> tuple[str, ...]:
    """Return the sorted slices that a text needs; always with `latin`, for characters that browsers and style sheets add."""
    points = {ord(one) for one in set(text)}
    blocks = {EXTENDED: _REST, **{code.lower(): letters for code, letters in _LETTERS.items()}}
    return tuple(sorted({LATIN, *(name for name, block in blocks.items() if not points.isdisjoint(_points(block)))}))


def has_other_scripts(text: str) -> bool:
    """Whether a text has letters outside the basic Latin ones, or signs that may be used with them."""
    return any(ord(one) > 0x36F and not 0x1E00 <= ord(one) <= 0x2BFF for one in set(text))


def sheet(name: str) -> str:
    """Return the path of a slice's style sheet, in the output folder."""
    return f"{FOLDER}/{name}.css"


@lru_cache(maxsize=16)
def web_fonts(name: str) -> dict[str, bytes]:
    """Return the style sheet of a slice and its font files, by their paths in the output folder. The same bytes each time.

    A script whose package is not installed has an empty sheet. Raises FontsMissingError, or ValueError for an unknown slice.
    """
    files, rules = {}, list(_stand_ins()) if name == LATIN else []
    for file, points, blocks in _cut_by(name):
        data = subset(file, points)
        path = f"{file.name.rpartition('.')[0]}.{name}.{hashlib.sha256(data).hexdigest()[:8]}.woff2"
        files[f"{FOLDER}/{path}"] = data
        rules.append(file.face(f'url("{path}") format("woff2"); unicode-range: {blocks}'))
    return {sheet(name): "".join(f"{rule}\n" for rule in rules).encode(), **files}


def _stand_ins() -> Iterator[str]:
    for family, weight, names, size in _STAND_INS:
        sources = ", ".join(f'local("{name}")' for name in names)
        yield f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {sources}; size-adjust: {size}%; }}'


def _cut_by(name: str) -> Iterator[tuple[FontFile, frozenset[int], str]]:
    """Yield each file of a slice, the characters taken from it, and the characters for which browsers use it."""
    blocks = {LATIN: _LATIN, EXTENDED: _REST}.get(name) or _LETTERS.get(name.title(), "")
    if not blocks:
        raise ValueError(name)
    script = BY_CODE.get(name.title())
    if script and script.family not in PACKAGES:
        blocks = f"{blocks}, {_WITH}"
        yield from ((file, _points(blocks), blocks) for file in script_files(script.code) if _is_sent(file))
        return
    for family, points in _shared_out(_points(blocks)):
        if points and not (name == LATIN and family == [*PACKAGES][-1]):
            yield from ((file, points, blocks) for file in families() if file.family == family and _is_sent(file))


def _is_sent(file: FontFile) -> bool:
    return (file.weight, file.style) in _STYLES


def _shared_out(points: frozenset[int]) -> Iterator[tuple[str, frozenset[int]]]:
    """Return which of these characters each family draws; the last family gets those that another one lacks."""
    regular = {file.family: file for file in reversed(families()) if file.style == "normal"}
    *first, last = PACKAGES
    drawn = {family: file_points(regular[family]) & points for family in first}
    yield from drawn.items()
    yield last, (file_points(regular[last]) & points) - frozenset.intersection(*drawn.values())


def file_points(file: FontFile) -> frozenset[int]:
    """Return the code points that a font draws."""
    from fontTools.ttLib import TTFont

    with TTFont(file.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def subset(file: FontFile, points: Iterable[int]) -> bytes:
    """Return a font as WOFF2 with only these code points, as far as it has them.

    Hints are removed: they are a third of the file, and few screens use them.
    """
    from fontTools import subset

    options = subset.Options(flavor="woff2", recalc_timestamp=False, notdef_outline=True, hinting=False)
    options.layout_features = [*options.layout_features, "lnum", "onum", "pnum", "tnum"]
    options.drop_tables += ["meta", "STAT"]  # STAT describes the axes of variable fonts
    font = subset.load_font(BytesIO(file.data()), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    names = font["name"]
    del font["name"]  # otherwise the library walks through all tables for names of features: a third of the time
    cutter.subset(font)
    names.names = [name for name in names.names if _is_kept(name, options)]
    font["name"] = names
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _is_kept(name: Any, options: Any) -> bool:
    """Whether a name record stays: those of the font and its copyright, in English."""
    return name.nameID in options.name_IDs and name.isUnicode() and name.langID in options.name_languages


@cache
def _points(blocks: str) -> frozenset[int]:
    """Return the code points of a `unicode-range`."""
    bounds = (block.strip().removeprefix("U+").partition("-") for block in blocks.split(","))
    return frozenset(point for low, _, high in bounds for point in range(int(low, 16), int(high or low, 16) + 1))


_EVERY_PAGE = ("IBM Plex Serif", "IBM Plex Sans Condensed")
_ALWAYS = "".join(map(chr, range(32, 127))) + "…–—‘’“”\u00a0\u00ad"
"""Characters that style sheets and browsers can add: counters, hyphens, quotation marks."""


def embedded_font_css(html: str) -> str:
    """Return `@font-face` rules that contain the fonts, with the characters of this page. Same page, same bytes."""
    characters = frozenset(re.sub(r"<[^<>]*+>", "", html)) | frozenset(_ALWAYS)
    scripts = (file for code in scripts_used(html) for file in script_files(code))
    files = dict.fromkeys((*(file for file in families() if file.family in _EVERY_PAGE), *scripts))
    return "\n".join(_face(file, characters) for file in files) + "\n"


def _face(file: FontFile, characters: frozenset[str]) -> str:
    data = base64.b64encode(subset(file, map(ord, characters))).decode()
    return file.face(f'url("data:font/woff2;base64,{data}") format("woff2")')
