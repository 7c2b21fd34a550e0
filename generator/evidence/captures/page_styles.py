"""Finds what the styles of an HTML page hide, strike out or raise.

These are the `style` attributes and the page's own style sheets.

A `style` attribute decides for its element. A rule of a style sheet may be overruled by another, or hold for other screens only. So what
a rule hides is only *doubtful*, and so is what an attribute moves, shrinks, clips or colours away: it may be visible or not.
Style sheets that are not in the page are unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

LONGEST = 2_000
"""Characters of a `style` attribute that are read."""
MOST = 4_000_000
"""Characters of style sheets that are read."""
FAR = 90.0
"""A negative indent of so many pixels takes words out of their box."""
OUTSIDE = 900.0
"""A negative distance of so many pixels takes words off the page."""
NARROW = 3.0
"""A negative distance of so many pixels draws letters or words over one another."""


@dataclass(frozen=True, slots=True)
class StyleEffect:
    """How styles show an element."""

    hidden: bool = False
    struck: bool = False
    doubtful: bool = False
    """Whether readers may not see the words, or see others next to them."""
    raised: int = 0
    """1 for raised, -1 for lowered text."""
    block: bool = False
    """Whether it begins a line of its own."""
    spreads: bool = False
    """Whether its children are boxes of their own, in a row or a grid."""
    adds: bool = False
    """Whether words are generated, in the place of a pseudo-element."""

    def __or__(self, other: StyleEffect) -> StyleEffect:
        return StyleEffect(
            self.hidden or other.hidden,
            self.struck or other.struck,
            self.doubtful or other.doubtful,
            self.raised or other.raised,
            self.block or other.block,
            self.spreads or other.spreads,
            self.adds or other.adds,
        )


PLAIN = StyleEffect()
_DOUBTFUL = StyleEffect(doubtful=True)
_TELLING = re.compile(
    r"display|visibility|opacity|font|color|position|clip|mask|indent|transform|width|height|-size|filter|decoration|align|bidi|zoom|content"
    r"|margin|inset|spacing|translate|scale|rotate|top|right|bottom|left|\\",
    re.IGNORECASE,
)
"""What a declaration that matters contains; the others are not parsed."""


@lru_cache(maxsize=4096)
def declared(style: str) -> StyleEffect:
    """Return what the declarations of a `style` attribute or of a rule do."""
    if not _TELLING.search(style[:LONGEST]):
        return PLAIN
    from tinycss2 import parse_blocks_contents

    values: dict[str, tuple[bool, list[Any]]] = {}
    for one in parse_blocks_contents(style[:LONGEST], skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and (one.important or not values.get(one.lower_name, (False,))[0]):
            tokens = [token for token in one.value if token.type not in {"whitespace", "comment"}]
            values[one.lower_name] = one.important, tokens
    shown = _DOUBTFUL if _on_own_colour(values) else PLAIN
    for name, (_, tokens) in values.items():
        if tokens and name in _PROPERTIES:
            shown |= _PROPERTIES[name](tokens)
    return shown


def _on_own_colour(values: Mapping[str, tuple[bool, list[Any]]]) -> bool:
    """Whether letters have the colour of their background."""
    letters, paper = (
        next((_serialized(values[name][1]) for name in names if name in values), "")
        for names in (("color",), ("background-color", "background"))
    )
    return letters == paper != ""


def _serialized(tokens: list[Any]) -> str:
    return " ".join(str(token.serialize()) for token in tokens).lower()


def _words(tokens: Iterable[Any]) -> frozenset[str]:
    return frozenset(token.lower_value for token in tokens if token.type == "ident")


def _lengths(tokens: Iterable[Any]) -> list[float]:
    """Return lengths in pixels, roughly; 100 for 100 %."""
    return [
        token.value * _UNITS.get(getattr(token, "lower_unit", ""), 1)
        for token in tokens
        if token.type in {"number", "percentage", "dimension"}
    ]


_UNITS = MappingProxyType({"em": 16.0, "rem": 16.0, "pt": 1.33, "in": 96.0, "cm": 37.8, "vw": 10.0, "vh": 10.0})


def _when(words: str, shown: StyleEffect) -> Callable[[list[Any]], StyleEffect]:
    """Return a rule: the value has one of the words."""
    wanted = frozenset(words.split())
    return lambda tokens: shown if wanted & _words(tokens) else PLAIN


def _below(least: float) -> Callable[[list[Any]], StyleEffect]:
    """Return a rule: a length is smaller than this one."""
    return lambda tokens: _DOUBTFUL if any(length < least for length in _lengths(tokens)) else PLAIN


def _faint(tokens: list[Any]) -> StyleEffect:
    """Judge a share of opacity or size, 0.5 or 50%."""
    shares = (
        token.value / (100 if token.type == "percentage" else 1) for token in tokens if hasattr(token, "int_value")
    )
    return _DOUBTFUL if any(share < 0.2 for share in shares) else PLAIN


def _unless(words: str) -> Callable[[list[Any]], StyleEffect]:
    """Return a rule: the value is not one of the words."""
    harmless = frozenset(words.split())
    return lambda tokens: PLAIN if harmless & _words(tokens) else _DOUBTFUL


def _color(tokens: list[Any]) -> StyleEffect:
    """Judge a colour of letters: one that a white page does not show, or that is transparent, is doubtful."""
    from tinycss2.color4 import parse_color

    token = tokens[-1]
    color = parse_color(token)
    if color is None or color == "currentcolor":
        return PLAIN
    if color.alpha is not None and color.alpha < 0.2:
        return _DOUBTFUL
    try:
        red, green, blue = color.to("srgb").coordinates
    except (NotImplementedError, TypeError, ValueError):
        return PLAIN
    return _DOUBTFUL if min(red or 0, green or 0, blue or 0) > 0.93 else PLAIN


def _align(tokens: list[Any]) -> StyleEffect:
    words, numbers = _words(tokens), [number for number in _lengths(tokens) if number]
    step = ("super" in words) - ("sub" in words) or (numbers and (numbers[0] > 0) - (numbers[0] < 0)) or 0
    return StyleEffect(raised=int(step))


def _content(tokens: list[Any]) -> StyleEffect:
    """Judge generated content: words next to the element that its text does not have."""
    worded = any(
        token.type == "function" or (token.type == "string" and re.search(r"\w", token.value)) for token in tokens
    )
    return StyleEffect(adds=worded)


_HIDDEN, _STRUCK = StyleEffect(hidden=True), StyleEffect(struck=True)
_BLOCKS = frozenset("block flex grid table table-row table-cell list-item flow-root".split())


def _display(tokens: list[Any]) -> StyleEffect:
    words = _words(tokens)
    spreads = any(word.endswith(("flex", "grid")) for word in words)
    return StyleEffect(hidden="none" in words, block=not _BLOCKS.isdisjoint(words), spreads=spreads)


_ENDS = "top right bottom left inline inline-start block block-start".split()
_SIDES = (
    *(f"{name}-{end}" for name in ("margin", "inset") for end in _ENDS),
    *("margin", "inset", "top", "right", "bottom", "left"),
)

_PROPERTIES: Mapping[str, Callable[[list[Any]], StyleEffect]] = MappingProxyType({
    "display": _display,
    "visibility": _when("hidden collapse", _HIDDEN),
    "content-visibility": _when("hidden", _DOUBTFUL),
    "opacity": _faint,
    "zoom": _faint,
    "font-size": _below(2),
    "font": _below(0.1),
    "color": _color,
    "-webkit-text-fill-color": _color,
    "position": _when("absolute fixed", _DOUBTFUL),
    "clip": _unless("auto"),
    "clip-path": _unless("none"),
    "mask-image": _unless("none"),
    "transform": _unless("none"),
    "filter": _unless("none"),
    **dict.fromkeys(("mask", "-webkit-mask", "-webkit-mask-image", "translate", "scale", "rotate"), _unless("none")),
    "text-indent": _below(-FAR),
    "letter-spacing": _below(-NARROW),
    "word-spacing": _below(-NARROW),
    **dict.fromkeys(_SIDES, _below(-OUTSIDE)),
    **dict.fromkeys(("width", "height", "inline-size", "block-size"), _below(2)),
    **dict.fromkeys(("max-width", "max-height", "max-inline-size", "max-block-size"), _below(2)),
    "unicode-bidi": _when("bidi-override isolate-override", _DOUBTFUL),
    "text-decoration": _when("line-through", _STRUCK),
    "text-decoration-line": _when("line-through", _STRUCK),
    "vertical-align": _align,
    "content": _content,
})  # fmt: skip

_PIECES = re.compile(r"[{}]|\"(?:\\.|[^\"\\\n])*+\"|'(?:\\.|[^'\\\n])*+'", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NO_RULES = re.compile(r"@(?:-\w+-)?(?:keyframes|font-face|page)|@media\s[^,]*\bprint\b", re.IGNORECASE)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of a style sheet, of rules inside `@media` and the like too, except those for print."""
    css = _COMMENT.sub(" ", css)
    opened: list[tuple[str, int]] = []
    at = 0
    for piece in _PIECES.finditer(css):
        if piece[0] == "{":
            opened.append((css[at : piece.start()].rpartition(";")[2].strip(), piece.end()))
        elif piece[0] == "}" and opened:
            prelude, start = opened.pop()
            if not prelude.startswith("@") and not any(_NO_RULES.match(outer) for outer, _ in opened):
                yield prelude.replace("&", ""), css[start : piece.start()]
        elif piece[0] != "}":
            continue
        at = piece.end()


class StyledPage:
    """What style sheets do to the elements of a page."""

    def __init__(self, root: Any, sheets: Iterable[str]) -> None:
        self._shown: dict[Any, StyleEffect] = dict(_matched(root, "\n".join(sheets)[:MOST]))

    def of(self, element: Any) -> StyleEffect:
        """Return how an element of the page is shown, by its own style and by rules."""
        own: StyleEffect = declared(element.get("style") or "") | declared(
            f"color: {element.get('color') or 'inherit'}"
        )
        rules = self._shown.get(element, PLAIN)
        hides = rules.hidden or rules.struck or rules.doubtful
        return own | replace(rules, hidden=False, struck=False, doubtful=hides)

    def in_row(self, element: Any) -> bool:
        """Whether an element is a box of its own in a row or a grid."""
        parent = element.getparent()
        return parent is not None and self.of(parent).spreads


def _matched(root: Any, css: str) -> Iterator[tuple[Any, StyleEffect]]:
    """Yield the elements that telling rules match, with what these do."""
    telling = [(selector, shown) for selector, content in _rules(css) if (shown := declared(content)) != PLAIN]
    if not telling:
        return
    from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

    matcher = Matcher()
    for selector, shown in telling:
        try:
            for compiled in compile_selector_list(selector):
                matcher.add_selector(compiled, shown)
        except SelectorError:
            continue
    for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
        found = PLAIN
        for _, _, pseudo, shown in matcher.match(wrapper):
            if pseudo is None:
                found |= shown
            elif pseudo in {"before", "after", "marker"} and shown.adds and not shown.hidden:
                found |= _DOUBTFUL
        if found != PLAIN:
            yield wrapper.etree_element, found
