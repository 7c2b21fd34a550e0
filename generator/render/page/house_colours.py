"""The publisher's colours as CSS rules for every page design, with the shades that designs need.

Contrasts follow WCAG 2.2: text has at least 4.5:1 to its background, on paper, in a light and in a dark window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from generator.model import Colours
from generator.syntax.colour_values import WHITE, contrast, mixed, readable

_DARK = "#11161e"
"""Background of dark windows, in all designs."""
_TEXT = 4.5


def house_css(colours: Colours) -> str:
    """Return the rules for paper and light windows; empty without colours."""
    shades: dict[str, str] = {}
    if colours.deep:
        shades |= {"deep": colours.deep, "band": colours.deep, "hair": mixed(WHITE, colours.deep, 0.26)}
        shades |= {"pale": mixed(WHITE, colours.deep, 0.12)}
    if colours.accent:
        shades |= {"accent": colours.accent, "bright": mixed(colours.accent, WHITE, 0.5)}
    if shades:
        shades["tint"] = _tint(colours)
    return _rule(shades)


def house_css_dark(colours: Colours) -> str:
    """Return the rules for dark windows, in which colours are lighter to be readable."""
    shades: dict[str, str] = {}
    if colours.deep:
        light = readable(colours.deep, _DARK, 9.0, WHITE)
        shades |= {"deep": light, "tint": mixed(_DARK, light, 0.07), "hair": mixed(_DARK, light, 0.26)}
    if colours.accent:
        shades |= {"accent": readable(colours.accent, _DARK, 6.0, WHITE)}
    return f"@media (prefers-color-scheme: dark){{{_rule(shades)}}}" if shades else ""


def house_series(colours: Colours, of_design: Sequence[str]) -> tuple[str, ...]:
    """Return the colours of the first series of charts on paper: the publisher's, or those of the page design."""
    own = (colours.deep, colours.accent)
    return tuple(one or other for one, other in zip_longest(own, of_design, fillvalue="") if one or other)


def _tint(colours: Colours) -> str:
    """Return a background in the publisher's colour, so light that both colours can be read on it."""
    strong = colours.deep or colours.accent
    grounds = (mixed(WHITE, strong, share / 100) for share in range(7, -1, -1))
    words = [colour for colour in (colours.deep, colours.accent) if colour]
    return next((ground for ground in grounds if all(contrast(one, ground) >= _TEXT for one in words)), WHITE)


def _rule(shades: Mapping[str, str]) -> str:
    return ":root{" + "".join(f"--{name}:{colour};" for name, colour in shades.items()) + "}" if shades else ""
