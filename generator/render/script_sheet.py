"""Style sheet with the font of each script, for runs and for whole pages.

It comes before the sheets of every preset. So presets need no rules for scripts, but can choose another font.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.scripts import SCRIPTS, Script

_LANGUAGES = {
    "Grek": "el",
    "Arab": "ar fa ur ps ckb ug sd",
    "Hebr": "he yi",
    "Deva": "hi mr ne sa",
    "Beng": "bn as",
    "Taml": "ta",
    "Thai": "th",
    "Jpan": "ja",
    "Kore": "ko",
    "Hans": "zh",
    "Hant": "zh-Hant zh-TW zh-HK",
}
_OF_SYSTEMS = {
    "Jpan": '"Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP"',
    "Kore": '"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR"',
    "Hans": '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"',
    "Hant": '"PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC"',
}
"""Fonts of readers' systems, for scripts whose fonts are too large for a web page."""
_SLANTED = ("Grek", "Cyrl", "Thai")
"""Scripts whose fonts have an italic. In the others a slant is no emphasis, and none is drawn: emphasis is bold."""
_JOINED = ("Arab", "Deva", "Beng", "Thai", "Taml")
"""Scripts whose letters join or are above each other, so that letter spacing breaks them."""
_LATIN = {"serif": '"IBM Plex Serif"', "sans": '"IBM Plex Sans Condensed"'}


def script_css(*, screen: bool) -> str:
    """Return the rules; `screen` adds rules that only browsers understand."""
    return "\n".join(rule for script in SCRIPTS for rule in _rules(script, screen=screen)) + "\n"


def _rules(script: Script, *, screen: bool) -> Iterator[str]:
    fonts = f'"{script.family}"'
    if screen and script.code in _OF_SYSTEMS:
        fonts = f"{_OF_SYSTEMS[script.code]}, {fonts}"
    upright = "" if script.code in _SLANTED else " font-style: normal;" + (" font-synthesis: none;" if screen else "")
    if script.code != "Cyrl":
        yield f".script.{script.code.lower()} {{ font-family: {fonts}, sans-serif;{upright} }}"
    if script.code not in _SLANTED:
        yield f"em .script.{script.code.lower()} {{ font-weight: 600; }}"
    if script.code in _JOINED:
        yield f".script.{script.code.lower()} {{ letter-spacing: 0; }}"
    if script.code in _LANGUAGES:
        pages = ", ".join(f":root:lang({language})" for language in _LANGUAGES[script.code].split())
        stacks = "; ".join(f"--{name}: {fonts}, {latin}, sans-serif" for name, latin in _LATIN.items())
        yield f"{pages} {{ {stacks}; }}"
        if script.code not in _SLANTED:
            yield f"{pages.replace(')', ') em')} {{ font-style: normal; font-weight: 600; }}"
        if script.code in _JOINED:
            yield f"{pages.replace(')', ') *')} {{ letter-spacing: 0 !important; }}"
