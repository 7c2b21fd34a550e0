"""Draws `docs/imports.svg`: the parts of the generator from top to bottom, and which parts each of them imports.

`make docs` runs `python -m scripts.documents.imports_picture > docs/imports.svg`. The order of the parts is that of the first contract of
import-linter in `pyproject.toml`. A dot in a row and a column means that the part of the row imports the part of the column. All dots are
on one side of the diagonal, because imports point down only.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
CELL, LEFT, TOP, RIGHT = 20, 96, 76, 30
"""Side of a cell, and the room around the cells for the names of rows and columns, in pixels."""


def layers(pyproject: str) -> tuple[tuple[str, ...], ...]:
    """Return the layers of the first contract, from top to bottom, each with its parts."""
    contract = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"][0]
    return tuple(tuple(part.strip() for part in layer.split("|")) for layer in contract["layers"])


def part_of(module: str) -> str:
    """Return `cite` for `generator.cite.styles`."""
    return module.split(".")[1]


def imported(source: str) -> set[str]:
    """Return the parts that a module imports, also inside functions."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return {part_of(name) for name in names if name.startswith("generator.")}


def imports_of(package: Path) -> dict[str, set[str]]:
    """Return for each part of a package the other parts that its modules import."""
    imports: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        part = path.relative_to(package).parts[0].removesuffix(".py")
        if part != "__init__":
            imports.setdefault(part, set()).update(imported(path.read_text("utf-8")) - {part})
    return imports


def drawn(parts: Sequence[str], imports: Mapping[str, Set[str]]) -> str:
    """Return the picture: a row and a column for each part, in the given order."""
    side = CELL * len(parts)
    width, height = LEFT + side + RIGHT, TOP + side
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        ' font-family="sans-serif" font-size="12" fill="#1b1f24">',
        "<title>Which part of the generator imports which: all imports point down.</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for index, part in enumerate(parts):
        lines += _names(index, part, width)
    for index, part in enumerate(parts):
        lines += _dots(index, parts, imports.get(part, set()))
    return "\n".join([*lines, "</svg>", ""])


def _names(index: int, part: str, width: int) -> Iterator[str]:
    x, y = LEFT + CELL * index, TOP + CELL * index
    if index % 2 == 0:
        yield f'<rect x="0" y="{y}" width="{width}" height="{CELL}" fill="#f3f5f8"/>'
    yield f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(part)}</text>'
    yield f'<text transform="translate({x + 14} {TOP - 6}) rotate(-60)">{escape(part)}</text>'
    yield f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="#d8dee6"/>'


def _dots(row: int, parts: Sequence[str], imports: Set[str]) -> Iterator[str]:
    for column, other in enumerate(parts):
        if other in imports:
            x, y = LEFT + CELL * column + CELL // 2, TOP + CELL * row + CELL // 2
            yield f'<circle cx="{x}" cy="{y}" r="5" fill="#1f5f8b"/>'


def picture() -> str:
    """Return the picture of this repository."""
    parts = [part for layer in layers((ROOT / "pyproject.toml").read_text("utf-8")) for part in layer]
    return drawn(parts, imports_of(ROOT / "generator"))


if __name__ == "__main__":
    print(picture(), end="")
