"""Embeds fonts in a page, reduced to its characters, as WOFF2 `data:` addresses.

For pages that must be a single file.
"""

from __future__ import annotations

import base64
import re
from io import BytesIO

from generator.render.fonts import FontFile, families, script_files
from generator.render.script_runs import scripts_used

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
    data = base64.b64encode(_subset(file, characters)).decode()
    return file.face(f'url("data:font/woff2;base64,{data}") format("woff2")')


def _subset(file: FontFile, characters: frozenset[str]) -> bytes:
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=["*"], recalc_timestamp=False, notdef_outline=True)
    options.drop_tables += ["meta"]
    options.name_IDs = ["*"]  # names are few, and finding out which are used takes longer than all the rest
    font = subset.load_font(BytesIO(file.data()), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()
