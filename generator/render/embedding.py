"""Embeds fonts in a page, reduced to its characters, as WOFF2 `data:` addresses.

For pages that must be a single file.
"""

from __future__ import annotations

import base64
import re

from generator.render.fonts import FontFile, families, script_files
from generator.render.script_runs import scripts_used
from generator.render.web_fonts import subset

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
