"""Writes raised and lowered text and formulas in one line, keeping values: 10\u2076, x\u207f, (a + b)/c."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from generator.evidence.captures.formats.glyphs import LOWERED, RAISED

DEPTH = 60
"""Most levels of a formula; deeper parts are written as words only."""


def _letters(kind: str) -> Mapping[str, str]:
    ranges = (range(0x2B0, 0x2B9), range(0x1D2C, 0x1D6B), range(0x2071, 0x2072), range(0x207F, 0x2080))
    chars = (chr(code) for codes in (*ranges, range(0x2090, 0x209D)) for code in codes)
    pairs = ((unicodedata.decomposition(char).split(), char) for char in chars)
    return MappingProxyType({chr(int(of[1], 16)): char for of, char in pairs if len(of) == 2 and of[0] == kind})


_RAISED_LETTERS, _LOWERED_LETTERS = _letters("<super>"), _letters("<sub>")
_ORDINALS = frozenset("aeo\u00aa\u00ba")
"""Single letters that follow a number in an ordinal, as in 2e."""


def raised(text: str, before: str = "") -> str:
    """Write a superscript. `before` is the character before it. Ordinals and words are not changed."""
    return _written(text, before, RAISED, _RAISED_LETTERS, "^")


def lowered(text: str, before: str = "") -> str:
    """Write a subscript. `before` is the character before it."""
    return _written(text, before, LOWERED, _LOWERED_LETTERS, "_")


def _written(text: str, before: str, digits: Mapping[int, int], letters: Mapping[str, str], mark: str) -> str:
    inner = text.strip()
    if len(inner) == 1 and inner in letters and not (before.isdigit() and inner in _ORDINALS):
        return text.replace(inner, letters[inner])
    if not any(char.isdigit() for char in inner):
        return text
    written = "".join(letters.get(char, char) if char.isalpha() else char.translate(digits) for char in inner)
    if any(char in written for char in "0123456789") or any(c.isalpha() and c.isascii() for c in written):
        return f"{mark}({inner})"
    return text.replace(inner, written)


# ---------------------------------------------------------------- formulas

_PASSED = frozenset(
    {"annotation", "annotation-xml", "rPr", "ctrlPr", "sSupPr", "sSubPr", "fPr", "radPr", "naryPr", "dPr", "rp"}
)


def formula(element: Any, depth: int = 0) -> str:
    """Write MathML or Office MathML (OMML) in one line: powers raised, fractions as (a)/(b), roots as \u221a(x)."""
    name = str(element.tag).rpartition("}")[2]
    if depth > DEPTH:
        return "".join(element.itertext())
    inner = [
        formula(child, depth + 1) for child in element if isinstance(child.tag, str) and _local(child) not in _PASSED
    ]
    form = _FORMS.get(name)
    if form is not None and len(inner) >= form[0]:
        return form[1](inner)
    text = (element.text or "").strip() if not inner else ""
    return text or _joined(inner)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _joined(parts: Iterable[str]) -> str:
    """Join parts without a space, as they are drawn; two numbers are never joined."""
    out = ""
    for part in parts:
        out += (" " if out[-1:].isdigit() and part[:1].isdigit() else "") + part
    return out


def _power(parts: list[str]) -> str:
    return parts[0] + _script(parts[1], "^")


def _index(parts: list[str]) -> str:
    return parts[0] + _script(parts[1], "_")


def _script(text: str, mark: str) -> str:
    written = (raised if mark == "^" else lowered)(text)
    return written if written != text else f"{mark}({text})"


def _both(parts: list[str]) -> str:
    return parts[0] + _script(parts[1], "_") + _script(parts[2], "^")


def _fraction(parts: list[str]) -> str:
    return f"({parts[0]})/({parts[1]})"


def _root(parts: list[str]) -> str:
    return f"\u221a({_joined(parts)})"


_FORMS: Mapping[str, tuple[int, Callable[[list[str]], str]]] = MappingProxyType(
    {
        "msup": (2, _power), "sSup": (2, _power), "msub": (2, _index), "sSub": (2, _index), "msubsup": (3, _both),
        "sSubSup": (3, _both), "mfrac": (2, _fraction), "f": (2, _fraction), "msqrt": (1, _root), "rad": (1, _root),
        "mover": (2, _power), "munder": (2, _index), "munderover": (3, _both),
    }
)  # fmt: skip
