"""Structure types of HTML elements (ISO 32000-1, 14.8.4).

Elements without a meaning for listeners (`div`, `span`, `b`) have no role: their content belongs to the surrounding element.
"""

from __future__ import annotations

from typing import Any, Final

from generator.render.labels import SENTENCE_ENDS

SVG: Final = "{http://www.w3.org/2000/svg}"

_ROLES: Final = {
    "section": "Sect",
    "aside": "Sect",
    "nav": "Sect",
    "article": "Art",
    "figure": "Div",
    "figcaption": "Caption",
    "blockquote": "BlockQuote",
    "q": "Quote",
    "code": "Code",
    "p": "P",
    "pre": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    f"{SVG}svg": "Figure",
}

INLINE: Final = frozenset({"Span", "Quote", "Link", "Code", "Figure"})
"""Inline roles, which need a paragraph around them (a figure may also be separate)."""

GROUPING: Final = frozenset(
    {"Document", "Sect", "Art", "Div", "BlockQuote", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"}
)
"""Roles that contain other elements, never words."""
KEPT_WHEN_EMPTY: Final = frozenset({"TD", "TH"})


def role_of(element: Any, tag: str) -> str | None:
    """Return the structure type of a box's element; `tag` is the box's own, which differs for generated content (`q::before`)."""
    if "::" in tag:
        return "Lbl" if tag.endswith("::marker") else None
    if element.get("role") == "img" and element.get("aria-label"):
        return "Figure"
    if tag == "a":
        return "Link" if element.get("href") else None
    if tag == "abbr":
        return "Span" if element.get("title") else None
    return _ROLES.get(tag)


def is_ornament(element: Any) -> bool:
    """Whether its author hides it from screen readers."""
    if element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none"):
        return True
    return bool(element.tag == "img" and element.get("alt") == "")


def alternative(element: Any) -> str:
    """Return the alternative text of a picture: its label, `alt`, or an SVG's title and description.

    `data-stop` of an SVG is what the language of the page puts between two sentences: ". ", or "。" without a space.
    """
    if label := element.get("aria-label") or element.get("alt"):
        return str(label)
    stop = str(element.get("data-stop", ". "))
    mark = stop.rstrip()
    texts = (element.findtext(SVG + name) for name in ("title", "desc"))
    *before, last = [" ".join(text.split()) for text in texts if text] or [""]
    sentences = (text if text.endswith(SENTENCE_ENDS) else text + mark for text in before)
    return "".join(sentence + stop[len(mark) :] for sentence in sentences) + last.removesuffix(mark)


def list_numbering(element: Any) -> str:
    """Return the numbering of a list, by ISO 32000-1, table 347."""
    if element.tag != "ol":
        return "None" if element.tag == "dl" else "Disc"
    kinds = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
    return kinds.get(element.get("type", ""), "Decimal")
