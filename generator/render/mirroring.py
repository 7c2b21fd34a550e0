"""Mirrors style sheets for right-to-left pages.

Presets are written for left-to-right pages. Here left and right are exchanged, except in declarations that are followed by
`/* not mirrored */`. Logical properties (`margin-inline-start`) are no alternative: in WeasyPrint 70 they override later physical ones, so
a preset could not change the shared sheets.
"""

from __future__ import annotations

import re

_OTHER = {"left": "right", "right": "left"}
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)")
"""A comment that is not closed ends with the sheet, as in CSS."""
_KEPT = "/* not mirrored */"
_SIDE = re.compile(
    r"(?<![\w-])((?:margin|padding|border|scroll-margin|scroll-padding)-)?(left|right)((?:-(?:width|style|color))?\s*:)"
)
_VALUE = re.compile(r"((?<![\w-])(?:text-align|float|clear)\s*:\s*)(left|right)\b")
_MARGIN_BOX = re.compile(r"@(top|bottom)-(left|right)(?=-corner\b|\b)|@(left|right)-(top|middle|bottom)\b")
_FOUR = re.compile(r"((?<![\w-])(?:margin|padding|border-width|border-style|border-color|inset)\s*:\s*)([^;{}!]+)")
_TURN = re.compile(r"(translateX\(|rotate\()(-?)(?=[\d.])")
_STYLE = re.compile(r'(?<= style=")[^"]*')


def mirrored(css: str) -> str:
    """Return a style sheet with left and right exchanged: in sides, four-sided values and margin boxes."""
    parts: list[str] = []
    end = 0
    while (mark := css.find(_KEPT, end)) >= 0:
        before, declaration = _parted(css[end:mark])
        end = mark + len(_KEPT)
        parts += [_mirrored(before), declaration, _KEPT]
    return "".join((*parts, _mirrored(css[end:])))


def _parted(css: str) -> tuple[str, str]:
    """Divide a text before its last declaration."""
    place = max(css.rstrip().removesuffix(";").rfind(sign) for sign in ";{}") + 1
    return css[:place], css[place:]


def mirrored_styles(html: str) -> str:
    """Return a page with left and right exchanged in its `style` attributes."""
    return _STYLE.sub(lambda style: _mirrored(style[0]), html)


def _mirrored(css: str) -> str:
    css = _FOUR.sub(lambda match: match[1] + _turned(match[2]), _COMMENT.sub("", css))
    css = _SIDE.sub(lambda match: f"{match[1] or ''}{_OTHER[match[2]]}{match[3]}", css)
    css = _VALUE.sub(lambda match: match[1] + _OTHER[match[2]], css)
    css = _TURN.sub(lambda match: match[1] + ("" if match[2] else "-"), css)
    return _MARGIN_BOX.sub(_margin_box, css)


def _margin_box(match: re.Match[str]) -> str:
    return f"@{match[1]}-{_OTHER[match[2]]}" if match[1] else f"@{_OTHER[match[3]]}-{match[4]}"


def _turned(value: str) -> str:
    """Return a four-sided value with second and fourth part exchanged; other values do not change."""
    sides = _sides(value)
    if len(sides) != 4:
        return value
    top, right, bottom, left = sides
    return f"{top} {left} {bottom} {right}{' ' if value.endswith(' ') else ''}"


def _sides(value: str) -> list[str]:
    """Return the parts of a value between spaces outside brackets."""
    sides, depth = [""], 0
    for char in value.strip():
        depth += (char == "(") - (char == ")")
        if char.isspace() and not depth:
            sides += [""] if sides[-1] else []
        else:
            sides[-1] += char
    return sides
