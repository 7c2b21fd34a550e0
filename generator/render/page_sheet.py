"""Moves styles out of a page's markup, so that it works with a strict Content Security Policy.

Templates may position marks with `style` attributes. On the screen each attribute becomes a class with a rule in the page's own style
sheet: a file if the page links its styles, otherwise an element that the page's policy allows by its digest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import NamedTuple

from generator.render.theme_rules import with_theme

_ALONE = "default-src 'none'; style-src {}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
"""The policy of self-contained pages: no scripts, and only the style sheets in the page."""
_TAG = re.compile(r'<[a-z][^<>]*? style="([^"<>]*)"[^<>]*>', re.IGNORECASE)
_CLASS = re.compile(r'(?<= class=")')
_CSS = r"((?:[^<]|<(?!/?style))*+)</style>"
_SHEET = re.compile(rf"<style>{_CSS}\n?")
_ANY_SHEET = re.compile(rf"<style[^<>]*+>{_CSS}")
_CHARSET, _HEAD_END = '<meta charset="utf-8">\n', "</head>"


class ScreenPage(NamedTuple):
    """A page for the screen, and the files that it needs in addition to the shared ones."""

    html: str
    files: dict[str, bytes]
    """By their paths in the output folder."""


def apart(html: str, stem: str, up: str) -> ScreenPage:
    """Put the page's own styles into a file. `stem` is the page's path without suffix, `up` the path to the output folder."""
    html, rules = _without_attributes(html)
    css = with_theme("".join(sheet[1] + "\n" for sheet in _SHEET.finditer(html))) + rules
    html = _SHEET.sub("", html)
    if not css:
        return ScreenPage(html, {})
    data = css.encode()
    path = f"assets/pages/{stem}.{hashlib.sha256(data).hexdigest()[:12]}.css"
    return ScreenPage(_before_end(html, f'<link rel="stylesheet" href="{up}{path}">\n'), {path: data})


def together(html: str) -> str:
    """Put the page's own styles into an element, and allow all style elements by their digests."""
    html, rules = _without_attributes(html)
    html = _before_end(html, f"<style>{rules}</style>\n" if rules else "")
    digests = dict.fromkeys(_digest(sheet[1]) for sheet in _ANY_SHEET.finditer(html))
    policy = _ALONE.format(" ".join(digests) or "'none'")
    return html.replace(_CHARSET, f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{policy}">\n', 1)


def _without_attributes(html: str) -> tuple[str, str]:
    """Return the page with classes instead of `style` attributes, and the rules of these classes."""
    names: dict[str, str] = {}

    def moved(tag: re.Match[str]) -> str:
        name = names.setdefault(tag[1], f"own-{len(names) + 1}")
        rest = tag[0].replace(f' style="{tag[1]}"', "", 1)
        if " class=" in rest:
            return _CLASS.sub(f"{name} ", rest, count=1)
        return rest[:-1] + f' class="{name}">'

    html = _TAG.sub(moved, html)
    # an unused id gives the class the precedence of the attribute
    return html, "".join(f".{name}:not(#_){{{style}}}\n" for style, name in names.items())


def _digest(sheet: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


def _before_end(html: str, element: str) -> str:
    return html.replace(_HEAD_END, element + _HEAD_END, 1)
