"""The look of a run of text in a DOCX document: whether readers see it, and whether it is raised.

Numbers in brackets are sections of ECMA-376, part 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

PALE = 0xE8
"""Least red, green and blue of letters that are nearly white."""
DEPTH = 20
"""How deep the chain of styles that are based on one another may be."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What decides whether and how the text of a run is read."""

    gone: bool = False
    """Whether it is struck or hidden."""
    position: str = ""
    """`superscript` or `subscript`."""
    doubts: frozenset[str] = frozenset()
    """Properties that may make it invisible."""


def look(properties: Any, before: RunFormat) -> RunFormat:
    """Return the look that `w:rPr` makes of the look `before`."""
    if properties is None:
        return before
    switches = [
        switch for name in ("strike", "dstrike", "vanish") if (switch := properties.find(_W + name)) is not None
    ]
    gone = any(_is_on(switch) for switch in switches) or (before.gone and not switches)
    return RunFormat(gone, _position(properties) or before.position, _doubts(properties, before.doubts))


def _position(properties: Any) -> str:
    """Return whether the properties raise or lower text, by name; empty if they do not say. A height is in half points (17.3.2.19)."""
    named, height = properties.find(f"{_W}vertAlign"), properties.find(f"{_W}position")
    if named is not None:
        return str(named.get(f"{_W}val", ""))
    points = _number(height)
    return "superscript" if points > 0 else "subscript" if points < 0 else ""


def _doubts(properties: Any, before: frozenset[str]) -> frozenset[str]:
    """Return the properties by which readers may not see the words: white or clear, tiny, or pressed together."""
    given = {name for name in _DOUBTFUL if properties.find(name) is not None}
    if _on_own_colour(properties):
        return before | {f"{_W}shd"}
    shaded = any(_is_dark(properties.find(path)) for path in (f"{_W}shd", f"{_W}highlight"))
    return (before - given) | {
        name for name in given if not (shaded and name.endswith("color")) and _DOUBTFUL[name](properties.find(name))
    }


def _number(element: Any, default: float = 0) -> float:
    try:
        return float(element.get(f"{_W}val", ""))
    except (AttributeError, ValueError):
        return default


def _is_white(color: Any) -> bool:
    value = color.get(f"{_W}val", "")
    white = re.fullmatch(r"[0-9a-fA-F]{6}", value) is not None and min(bytes.fromhex(value)) >= PALE
    return white or color.get(f"{_W}themeColor") in {"background1", "light1"}


def _on_own_colour(properties: Any) -> bool:
    """Whether letters have the colour of what is behind them; black is the colour of letters that do not say theirs."""
    color, shading = properties.find(f"{_W}color"), properties.find(f"{_W}shd")
    highlight = properties.find(f"{_W}highlight")
    letters = "auto" if color is None else color.get(f"{_W}val", "auto").lower()
    paper = "" if shading is None else shading.get(f"{_W}fill", "").lower()
    paper = (
        paper if highlight is None else {"black": "000000", "white": "ffffff"}.get(highlight.get(f"{_W}val", ""), "")
    )
    return paper not in {"", "auto"} and paper == letters.replace("auto", "000000")


def _is_dark(shading: Any) -> bool:
    """Whether there is a background on which white letters can be read (17.3.2.32, 17.3.2.15)."""
    if shading is None:
        return False
    fill = shading.get(f"{_W}fill") or shading.get(f"{_W}val", "")
    return fill.lower() not in {"auto", "none", "white", "clear", "ffffff"}


def _is_clear(fill: Any) -> bool:
    return any(element.tag.rpartition("}")[2] in {"noFill", "alpha"} for element in fill.iter())


_DOUBTFUL: Mapping[str, Callable[[Any], bool]] = MappingProxyType({
    f"{_W}color": _is_white,
    f"{_W}sz": lambda size: _number(size, 20) <= 4,
    f"{_W}w": lambda width: _number(width, 100) < 10,
    f"{_W}spacing": lambda spacing: _number(spacing) < -100,
    "{http://schemas.microsoft.com/office/word/2010/wordml}textFill": _is_clear,
})  # fmt: skip


def _is_on(switch: Any) -> bool:
    return switch.get(f"{_W}val", "true").lower() not in {"0", "false", "off", "none"}


def styles(root: Any) -> Mapping[str, RunFormat]:
    """Return the look of each style by its id, including the styles that it is based on; "" is that of a paragraph without a style."""
    elements = {} if root is None else {one.get(f"{_W}styleId", ""): one for one in root.iter(f"{_W}style")}
    looks = {name: _styled(name, elements, DEPTH) for name in elements}
    usual = None if root is None else root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    default = next((name for name, one in elements.items() if _is_default(one)), "")
    return {**looks, "": over(look(usual, RunFormat()), looks.get(default, RunFormat()))}


def _is_default(style: Any) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0").lower() in {"1", "true", "on"}


def _styled(name: str, elements: Mapping[str, Any], depth: int) -> RunFormat:
    style = elements.get(name)
    if style is None or not depth:
        return RunFormat()
    parent = style.find(f"{_W}basedOn")
    before = RunFormat() if parent is None else _styled(parent.get(f"{_W}val", ""), elements, depth - 1)
    return look(style.find(f"{_W}rPr"), before)


def over(base: RunFormat, style: RunFormat) -> RunFormat:
    return RunFormat(base.gone or style.gone, style.position or base.position, base.doubts | style.doubts)
