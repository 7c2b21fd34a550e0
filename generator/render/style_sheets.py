"""Style sheets of a page: a preset's, light and dark, mirrored, with fonts of scripts, out of the markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import tinycss2
from markupsafe import Markup

from generator.render.page.page_views import Page
from generator.render.preset import Preset
from generator.render.scripts import SCRIPTS, Script

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
_SPACED = re.compile(r"letter-spacing:[^;}]*")
"""Left out, because the letters of a word are joined in most scripts that are written from right to left."""
_STYLE = re.compile(r'(?<= style=")[^"]*')


def mirrored(css: str) -> str:
    """Return a style sheet for scripts from right to left: sides, four-sided values and margin boxes exchanged, letters not spaced."""
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
    css = _SPACED.sub("letter-spacing: 0", css)
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
    """Yield the rules for words in a script, and for pages in its languages."""
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


_DARK = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE)

_CHOSEN = (
    ':root[data-theme="dark"]{color-scheme:dark}\n'
    ':root[data-theme="light"]{color-scheme:light}\n'
)  # fmt: skip


def with_theme(css: str) -> str:
    """Return the style sheet with dark rules that follow the reader's choice; without dark rules it does not change.

    Rules keep their order and their precedence.
    """
    if not _DARK.search(css):
        return css
    parts = [_doubled(rule) if _is_dark(rule) else rule.serialize() for rule in tinycss2.parse_stylesheet(css)]
    return "".join(parts) + _CHOSEN


def _is_dark(rule: Any) -> bool:
    condition = tinycss2.serialize(rule.prelude).strip() if rule.type == "at-rule" and rule.content else ""
    return bool(_DARK.fullmatch(condition))


def _doubled(block: Any) -> str:
    """Return a block of dark rules twice: for dark devices, and for readers who chose dark colours."""
    rules = tinycss2.parse_rule_list(block.content, skip_comments=True, skip_whitespace=True)
    if any(rule.type != "qualified-rule" for rule in rules):
        return str(block.serialize())  # nested blocks only follow the device
    device = "".join(_under(rule, ':not([data-theme="light"])') for rule in rules)
    chosen = "".join(_under(rule, '[data-theme="dark"]') for rule in rules)
    return f"@media (prefers-color-scheme: dark) {{\n{device}}}\n{chosen}"


def _under(rule: Any, condition: str) -> str:
    selectors = (_selector(one.strip(), condition) for one in tinycss2.serialize(rule.prelude).split(","))
    return f"{', '.join(selectors)} {{{tinycss2.serialize(rule.content)}}}\n"


def _selector(selector: str, condition: str) -> str:
    """Return the selector with its condition in `:where`, which does not change the precedence."""
    if selector.startswith(":root"):
        return f":root:where({condition}){selector.removeprefix(':root')}"
    return f":where(:root{condition}) {selector}"


SHEET_FOLDER = "assets"
"""Folder of the style sheets and fonts of all pages, relative to the output folder; each preset has a folder in it."""


def page_assets(preset: Preset) -> dict[str, bytes]:
    """Return the style sheets of a page with linked styles, by their paths in the output folder, without fonts."""
    sheets = {"screen": with_theme(_screen(preset)), "print": _browser_print(preset)}
    turned = {f"{name}.rtl": mirrored(text) for name, text in sheets.items()}
    return {f"{preset_folder(preset)}/{name}.css": text.encode() for name, text in (sheets | turned).items()}


def _screen(preset: Preset) -> str:
    return script_css(screen=True) + preset.sheet("screen.css")


def _browser_print(preset: Preset) -> str:
    """Return the sheets for printing from a browser: the one of the PDF, and rules that only browsers understand."""
    return script_css(screen=True) + preset.sheet("print.css") + preset.sheet("browser.css")


def preset_folder(preset: Preset) -> str:
    return f"{SHEET_FOLDER}/{preset.name}"


def pdf_stylesheets(preset: Preset, direction: str = "ltr") -> tuple[str, ...]:
    """Return the style sheets of the PDF as text, in order, for pages of a direction."""
    sheets = script_css(screen=False) + preset.sheet("print.css"), preset.sheet("paged.css")
    return tuple(map(mirrored, sheets)) if direction == "rtl" else sheets


def embedded_sheets(page: Page, fonts_css: str) -> dict[str, Markup]:
    """Return style sheets that are safe inside `<style>`: nothing in them can end the element."""
    texts = {"screen": _screen(page.preset), "print": _browser_print(page.preset)}
    if page.direction == "rtl":
        texts = {name: mirrored(text) for name, text in texts.items()}
    texts["fonts"] = fonts_css
    return {name: Markup(text.replace("</", "<\\/")) for name, text in texts.items()}  # noqa: S704 our own
