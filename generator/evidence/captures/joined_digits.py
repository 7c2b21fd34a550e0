"""Finds digits of another form next to digits in ODT and RTF documents.

In 5.6 with a small or raised 1 after it, the 1 is the mark of a note. Pandoc drops the form of letters, and would write 5.61.
Superscripts and subscripts that pandoc marks are no such digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from generator.evidence.captures.document_limits import DOCUMENT_TYPE

Form = frozenset[tuple[str, str]]
"""What a document says about the form of letters: names and values."""
Piece = tuple[str, Form]
"""Characters of one form; empty for a place that keeps digits apart."""
_APART: Piece = ("", frozenset())


def joins_digits(pieces: Iterable[Piece], marked: frozenset[str]) -> bool:
    """Whether a digit follows a digit of another form. Forms with a name in `marked` are not examined."""
    last, last_form = "", _APART[1]
    for text, form in pieces:
        if last.isdecimal() and text[:1].isdecimal() and form != last_form:
            names = {name for name, _ in form ^ last_form}
            if names.isdisjoint(marked):
                return True
        last, last_form = text[-1:], form
    return False


# ---------------------------------------------------------------- OpenDocument

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FORMLESS = re.compile(r"language|country|script|rfc-language|rsid|font-name|-asian$|-complex$")
_GOES_ON = frozenset({"span", "a", "bookmark", "bookmark-start", "bookmark-end", "soft-page-break", "meta"})
_RAISED = re.compile(r"(?:super|sub)\b")


def joins_in_odt(content: bytes) -> bool:
    """Whether `content.xml` joins digits of different forms. Raises ParseError, and ValueError if it declares a document type."""
    if DOCUMENT_TYPE.search(content):
        raise ValueError("a document type")
    root = ElementTree.fromstring(content)  # noqa: S314  (no document type, no entities)
    forms = {style.get(f"{_STYLE}name", ""): _odt_form(style) for style in root.iter(f"{_STYLE}style")}
    return joins_digits(_odt_pieces(root, forms), frozenset({"raised"}))


def _odt_form(style: Any) -> Form:
    properties = style.find(f"{_STYLE}text-properties")
    values = {} if properties is None else dict(properties.attrib)
    raised = _RAISED.match(values.get(f"{_STYLE}text-position", "")) is not None
    own = {(name, value) for name, value in values.items() if not _FORMLESS.search(name)}
    own |= {("parent", style.get(f"{_STYLE}parent-style-name", ""))} - {("parent", "")}
    return frozenset(own | ({("raised", "")} if raised else set()))


def _odt_pieces(root: Any, forms: Mapping[str, Form]) -> Iterator[Piece]:
    """Yield the texts in their order; the form is that of the spans around them."""
    waiting: list[tuple[Any, Form] | Piece] = [(root, frozenset())]
    while waiting:
        element, form = waiting.pop()
        if isinstance(element, str):
            yield element, form
            continue
        inner = form
        if element.tag == f"{_TEXT}span":
            name = element.get(f"{_TEXT}style-name", "")
            inner = form | forms.get(name, frozenset({("style", name)}))
        apart = not element.tag.startswith(_TEXT) or element.tag.removeprefix(_TEXT) not in _GOES_ON
        parts: list[tuple[Any, Form] | Piece] = [_APART] if apart else []
        parts += [(element.text, inner)] if element.text else []
        for child in element:
            parts.append((child, inner))
            parts += [(child.tail, inner)] if child.tail else []
        parts += [_APART] if apart else []
        waiting.extend(reversed(parts))


# ---------------------------------------------------------------- RTF

_TOKEN = re.compile(
    rb"\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})? ?|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_IGNORED = frozenset(
    b"fonttbl colortbl stylesheet info pict fldinst listtable listoverridetable rsidtbl generator".split()
)
"""Groups without text of the page."""
_BORDERS = frozenset(b"par line tab cell nestcell row sect page column footnote pard sectd trowd lquote rquote".split())
_FORMLESS_RTF = re.compile(
    rb"(?:ins|char|sect|par|del)?rsid|lang(?:fe|np|fenp)?|rtlch|ltrch|fcs|a?f|hich|dbch|loch|noproof|uc|u|cgrid|bkmk\w{0,9}|field|fldrslt"
)


def joins_in_rtf(data: bytes) -> bool:
    """Whether an RTF document joins digits of different forms."""
    return joins_digits(_rtf_pieces(data), frozenset({"super", "sub"}))


def _rtf_pieces(data: bytes) -> Iterator[Piece]:
    form: dict[str, str] = {}
    outer: list[dict[str, str]] = []
    ignored = 0
    for token in _TOKEN.finditer(data):
        word, value = token["word"], (token["value"] or b"").decode()
        if token["brace"] == b"{":
            outer.append(dict(form))
            ignored += bool(ignored)
        elif token["brace"]:
            form = outer.pop() if outer else {}
            ignored -= bool(ignored)
        elif ignored:
            continue
        elif token["sign"] == b"*" or word in _IGNORED:
            ignored = 1
        elif word in _BORDERS:
            yield _APART
        elif text := _rtf_text(token):
            yield text, frozenset(form.items())
        elif word:
            form = _rtf_form(form, word, value)


def _rtf_text(token: re.Match[bytes]) -> str:
    """Return the characters of a token; empty if it is a control word."""
    if token["word"] == b"u" and token["value"]:
        return chr(int(token["value"]) % 0x10000)
    code = bytes.fromhex(token["code"].decode()) if token["code"] else b""
    return (code or token["text"] or b"").decode("latin-1")


def _rtf_form(form: dict[str, str], word: bytes, value: str) -> dict[str, str]:
    """Return the form after a control word."""
    name = word.decode()
    if name == "plain":
        return {}
    if name == "nosupersub":
        return {key: other for key, other in form.items() if key not in {"super", "sub"}}
    if _FORMLESS_RTF.fullmatch(word):
        return form
    without = {key: other for key, other in form.items() if key != name}
    return without if value == "0" else without | {name: value}
