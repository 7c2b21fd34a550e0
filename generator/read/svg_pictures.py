"""Writes SVG files again from a list of what a picture may contain: no scripts, no links, no references.

Data that programs store for themselves is dropped, because nobody sees it. A visible part that is not on the list is refused, so a
picture is never published that looks different from what its author saw. Text is set in the fonts of the page.

Source of the names: Scalable Vector Graphics (SVG) 2, W3C Candidate Recommendation, appendices "Element Index" and "Property Index".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from generator.read.raster_pictures import BadPicture, ReadPicture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_ELEMENTS = 20_000
"""Most elements that are drawn; each counts as often as `use`, patterns and the like repeat it."""
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop "
    "clipPath mask pattern marker style".split()
)
_UNSEEN = frozenset("metadata title desc".split())
_GEOMETRY = frozenset(
    "x y x1 y1 x2 y2 cx cy r rx ry fx fy fr width height d points pathLength transform viewBox preserveAspectRatio id class "
    "offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits "
    "maskUnits maskContentUnits markerWidth markerHeight markerUnits refX refY orient dx dy rotate textLength lengthAdjust".split()
)
_PROPERTIES = frozenset(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset opacity color display visibility font-size font-style font-weight font-variant "
    "font-stretch text-anchor text-decoration letter-spacing word-spacing dominant-baseline alignment-baseline baseline-shift "
    "direction unicode-bidi clip-path clip-rule mask marker marker-start marker-mid marker-end stop-color stop-opacity paint-order "
    "shape-rendering text-rendering vector-effect overflow".split()
)
_CHANGES_LOOKS = frozenset("filter mix-blend-mode isolation".split())
_PLAIN = frozenset("d points viewBox id class".split())
"""Attributes whose values contain no reference."""
_REFERS = re.compile(r"#([\w.:-]{1,200})")
_SELECTOR = re.compile(r"[\w\s.#*,>:()-]{1,500}")
_LENGTH = re.compile(
    r"\s*((?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:e[+-]?[0-9]{1,2})?)\s*(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE
)
_UNITS = {"px": 1.0, "": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_EXPORT = "save it as plain SVG without it, or as PNG"
_FONT = "IBM Plex Sans Condensed, Fira Sans Condensed, Arial Narrow, sans-serif"


def read_svg(data: bytes) -> ReadPicture:
    """Read an SVG file and write its publishable content again. The same bytes give the same result. Raises BadPicture."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = str(error).split("\n")[0][:100]
        raise BadPicture(f"it cannot be read as SVG ({line})", "save it again as plain SVG") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise BadPicture("it is not an SVG file", "name a .png, .jpg, .webp or .svg file")
    _Cleaning().clean(root)
    _refuse_many(root)
    width, height = _size(root)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("font-family", _FONT)
    etree.cleanup_namespaces(root)
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{{{_SVG}}}text"))
    written = etree.tostring(root, encoding="utf-8", xml_declaration=False)
    return ReadPicture("svg", max(1, round(width)), max(1, round(height)), written, "svg", words=words)


class _Cleaning:
    """Removes invisible parts of a tree, and refuses what must not be there."""

    def clean(self, root: Element) -> None:
        waiting = [root]
        while waiting:
            element = waiting.pop()
            self._attributes(element)
            if _name(element) == "style":
                element.text = _sheet(element.text or "")
                continue
            for child in list(element):
                if self._kept(child):
                    waiting.append(child)
                else:
                    _remove(element, child)

    def _kept(self, element: Element) -> bool:
        if not isinstance(element.tag, str):
            raise BadPicture("it defines entities", _EXPORT, unsafe=True)
        if not element.tag.startswith(f"{{{_SVG}}}") or _name(element) in _UNSEEN:
            return False
        if _name(element) not in _ELEMENTS:
            raise BadPicture(f"it contains <{_name(element)}>, which is not published", _EXPORT, unsafe=True)
        return True

    def _attributes(self, element: Element) -> None:
        for name, value in list(element.attrib.items()):
            name, value = str(name), str(value)
            new_value = self._value(name, value)
            if new_value is None:
                del element.attrib[name]
            else:
                element.set(name, new_value)

    def _value(self, name: str, value: str) -> str | None:
        """Return what is kept of an attribute; None for nothing."""
        if name.lower().startswith("on"):
            raise BadPicture(f"it contains a script (`{name}`)", _EXPORT, unsafe=True)
        if name in ("href", f"{{{_XLINK}}}href"):
            if not _REFERS.fullmatch(value.strip()):
                raise BadPicture(f"it refers to something outside the file: {value[:60]!a}", _EXPORT, unsafe=True)
            return value.strip()
        if name == "style":
            return _declarations(value) or None
        if name in _CHANGES_LOOKS and value != "none":
            raise BadPicture(f"it uses `{name}`, which a page cannot print", _EXPORT)
        if name not in _GEOMETRY and name not in _PROPERTIES:
            return None
        if name not in _PLAIN:
            _refuse_addresses(value)
        return value


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _remove(parent: Element, child: Element) -> None:
    """Remove a child, and keep the text after it, which is its parent's."""
    if child.tail:
        before = child.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


# ---------------------------------------------------------------- style


def _refuse_addresses(value: str) -> None:
    """Raise BadPicture if a CSS value refers to something outside the picture."""
    if "(" in value or "\\" in value or "@" in value:
        import tinycss2

        _refuse_tokens(tinycss2.parse_component_value_list(value))


def _refuse_tokens(tokens: Iterable[Any]) -> None:
    """Raise BadPicture if a style refers to anything outside the file, in any form."""
    for token in tokens:
        address = None
        if token.type == "url":
            address = token.value
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set"):
                address = "".join(one.value for one in token.arguments if one.type == "string")
            _refuse_tokens(token.arguments)
        elif token.type == "error":
            raise BadPicture("its style cannot be read", _EXPORT)
        if address is not None and not _REFERS.fullmatch(address):
            raise BadPicture(f"it refers to something outside the file: {address[:60]!a}", _EXPORT, unsafe=True)


def _declarations(style: str) -> str:
    """Return the declarations of a style that a picture may have."""
    import tinycss2

    declarations = []
    for item in tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True):
        if item.type == "at-rule":
            raise BadPicture(f"its style contains @{item.at_keyword[:20]}", _EXPORT, unsafe=True)
        if item.type != "declaration":
            continue
        _refuse_tokens(item.value)
        value = tinycss2.serialize(item.value).strip()
        if item.lower_name in _CHANGES_LOOKS and value != "none":
            raise BadPicture(f"it uses `{item.lower_name}`, which a page cannot print", _EXPORT)
        if item.lower_name in _PROPERTIES:
            declarations.append(f"{item.lower_name}:{value}")
    return ";".join(declarations)


def _sheet(text: str) -> str:
    """Return the rules of a style sheet that a picture may have."""
    import tinycss2

    rules = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            raise BadPicture(f"its style sheet contains @{rule.at_keyword[:20]}", _EXPORT, unsafe=True)
        if rule.type != "qualified-rule":
            raise BadPicture("its style sheet cannot be read", _EXPORT)
        selector = tinycss2.serialize(rule.prelude).strip()
        if not _SELECTOR.fullmatch(selector):
            raise BadPicture(
                f"its style sheet has a rule for {selector[:40]!a}, which is not allowed in a picture", _EXPORT
            )
        rules.append(f"{selector}{{{_declarations(tinycss2.serialize(rule.content))}}}")
    return "\n".join(rules)


# ---------------------------------------------------------------- size


def _refuse_many(root: Element) -> None:
    """Raise BadPicture if repetition makes a picture too large to draw, or never ends."""
    by_id = {str(element.get("id")): element for element in root.iter() if element.get("id")}
    styles = " ".join(element.text or "" for element in root.iter(f"{{{_SVG}}}style"))
    everywhere = [by_id[name] for name in dict.fromkeys(_REFERS.findall(styles)) if name in by_id]
    if everywhere:  # a rule may apply to each element
        for one in everywhere:
            if len(list(one.iter())) * len(list(root.iter())) > MAX_ELEMENTS:
                raise _too_many()
    weights: dict[Element, float] = {}
    open_: set[Element] = set()

    def weight(element: Element, depth: int) -> float:
        if element in weights:
            return weights[element]
        if element in open_ or depth > 200:
            raise BadPicture("a part of it repeats itself without end", _EXPORT, unsafe=True)
        open_.add(element)
        inner = (*element, *(by_id[name] for name in _referred(element) if name in by_id))
        weights[element] = 1 + sum(weight(one, depth + 1) for one in inner)
        open_.discard(element)
        if weights[element] > MAX_ELEMENTS:
            raise _too_many()
        return weights[element]

    weight(root, 0)


def _too_many() -> BadPicture:
    return BadPicture(f"it draws more than {MAX_ELEMENTS:,} elements", "simplify it, or save it as PNG", large=True)


def _referred(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if str(name) not in _PLAIN and "#" in str(value):
            yield from _REFERS.findall(str(value))


def _size(root: Element) -> tuple[float, float]:
    """Return width and height in CSS pixels: as given, or those of the view box."""
    box = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?", str(root.get("viewBox", "")))]
    sizes = [_pixels(str(root.get(name, ""))) for name in ("width", "height")]
    if len(box) == 4:
        width, height = (one or two for one, two in zip(sizes, box[2:], strict=True))
        if not all(sizes):
            width, height = box[2:]
    elif all(sizes):
        width, height = (one or 0.0 for one in sizes)
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    else:
        raise BadPicture("it does not state its size", "give its root a `viewBox`")
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000 and 0.02 <= width / height <= 50):
        raise BadPicture(f"it is {width:g} by {height:g} pixels, which no page can show", "save it in another size")
    return width, height


def _pixels(length: str) -> float | None:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _UNITS[match[2].lower()] if match else None
