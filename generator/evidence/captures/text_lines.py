"""Sets characters as lines of text: by their positions, raised and lowered, and in formulas.

A PDF stores a line with right-to-left words in the order of drawing, and PDF readers treat it differently. So the characters are
first ordered from left to right, and then reordered by Unicode's bidirectional algorithm (UAX 9), which is its own inverse for
plain lines.

`10⁶`, drawn as `10` and a raised `6`, must never be read as `106`. Both readers of PDFs give their characters to `set_lines`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType
from typing import Any

from generator.syntax.characters import LOWERED, RAISED

APART = "\u241e"
"""Stands in place of what is left out inside a line. It is a token of its own, so that no quotation goes on over it."""
VEIL = APART * 2
"""Stands before and after words of a line that readers may not see. What is behind an odd number of them is not quoted."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_TURNED = re.compile(r"\)[^()\n]*\(")
_UPRIGHT = re.compile(r"\([^()\n]*\)")
_MIRRORED = str.maketrans("()[]{}\u00ab\u00bb", ")(][}{\u00bb\u00ab")


def is_right_to_left(text: str) -> bool:
    """Whether a text has letters of a right-to-left script."""
    return _RIGHT_TO_LEFT.search(text) is not None


def read_order(lines: Iterable[list[tuple[float, str]]]) -> str:
    """Return the text of a page from its lines: characters with their left edges."""
    characters = list(lines)
    plain = ["".join(char for _, char in line) for line in characters]
    page_turns = _turns("".join(plain))
    there = [is_right_to_left(text) or (page_turns and not _LETTER.search(text)) for text in plain]
    texts = [
        _logical("".join(char for _, char in sorted(line, key=lambda one: one[0]))) if is_there else text
        for line, text, is_there in zip(characters, plain, there, strict=True)
    ]
    words = "\n".join(text for text, is_there in zip(texts, there, strict=True) if is_there)
    if len(_TURNED.findall(words)) > len(_UPRIGHT.findall(words)):
        texts = [text.translate(_MIRRORED) if is_there else text for text, is_there in zip(texts, there, strict=True)]
    return "\n".join(texts)


def _turns(text: str) -> bool:
    """Whether most letters are of right-to-left scripts."""
    there = len(_RIGHT_TO_LEFT.findall(text))
    return there > 0 and there * 2 >= len(_LETTER.findall(text))


def _logical(drawn: str) -> str:
    from bidi import get_display

    base = "R" if _turns(drawn) or not _LETTER.search(drawn) else "L"
    return str(get_display(drawn.strip(), base_dir=base))


_SHIFTED = frozenset("0123456789+-\u2212")
_LEAST, _MOST = 0.15, 0.9
"""Least and most distance of a raised or lowered baseline from that of the line, as a share of the height of the character before it."""
_GAP = 0.1
"""Width of a space, as a share of the height, for a line break that the reader put between two characters of one line."""
_WIDE = 1.5
"""Width of a gap between columns or cells, as a share of the height."""
GAP = 4
"""Spaces that are written for it; the gate takes as many for the border of a column."""
_OTHER_SIZE = 1.15
"""Proportion of the heights of two lines from which a blank line is put between them: a heading, a caption, a note."""
_OTHER_DIGIT = 1.25
"""Proportion of the heights of two digits from which they are not of one number."""
Line = list[tuple[float, str]]
"""Characters with their left edges, in the reader's order."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a page. Lengths are in points; `left` and `y` are of its origin on the baseline; `y` grows upwards."""

    char: str
    left: float = 0.0
    right: float = 0.0
    y: float = 0.0
    height: float = 0.0
    placed: bool = True
    """False for a space or line break that the reader added: it has no position."""


def set_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of a page. A line break next to a raised digit on the same line is removed.

    `GAP` spaces stand in a wide gap of a line, and a blank line between lines whose letters have different sizes.
    """
    lines: list[Line] = [[]]
    heights: list[list[float]] = [[]]
    base: Glyph | None = None
    last: Glyph | None = None
    broken = False
    for glyph in glyphs:
        if not glyph.placed:
            broken = broken or glyph.char == "\n"
            lines[-1] += [(_beside(last), glyph.char)] if not broken and glyph.char != "\n" else []
            continue
        if broken:
            broken, same = False, base is not None and last is not None and _goes_on(glyph, base, last)
            if same and last is not None:
                lines[-1].append((_beside(last), _gap(glyph, last)))
            else:
                lines.append([])
                heights.append([])
                base = last = None
        if last is not None and glyph.left - last.right > _WIDE * max(glyph.height, last.height):
            lines[-1] += [(_beside(last), " ")] * GAP
        shift = _shift(glyph, base)
        lines[-1] += (
            [(_beside(last), f" {APART} ")] if last is not None and not shift and _other_size(glyph, last) else []
        )
        lines[-1].append((glyph.left, glyph.char.translate(RAISED if shift > 0 else LOWERED) if shift else glyph.char))
        base = base if shift or glyph.char.isspace() else glyph
        last = glyph
        heights[-1] += [] if shift or glyph.char.isspace() else [glyph.height]
    return list(_set_apart(lines, [median(some) if some else 0.0 for some in heights]))


def _set_apart(lines: list[Line], heights: list[float]) -> Iterator[Line]:
    """Yield the lines, with an empty one where the size of the letters changes."""
    before = 0.0
    for line, height in zip(lines, heights, strict=True):
        if before and height and max(before, height) > min(before, height) * _OTHER_SIZE:
            yield []
        before = height or before
        yield line


def _beside(last: Glyph | None) -> float:
    """Return the position of a space that has none: on the side of the previous character where reading continues."""
    if last is None:
        return 0.0
    return last.left - 0.01 if is_right_to_left(last.char) else last.right


def _shift(glyph: Glyph, base: Glyph | None) -> int:
    """Return 1 for a digit or sign raised above the baseline, -1 for one below it, 0 for everything else."""
    if base is None or glyph.char not in _SHIFTED or glyph.left < base.right - base.height / 4:
        return 0
    distance = (glyph.y - base.y) / max(base.height, 0.1)
    return (distance > 0) - (distance < 0) if _LEAST < abs(distance) < _MOST else 0


def _other_size(glyph: Glyph, last: Glyph) -> bool:
    """Whether a digit follows one of another size on its line: a mark of a note may follow a number."""
    sizes = sorted((glyph.height, last.height))
    joined = glyph.char.isdecimal() and last.char.isdecimal() and abs(glyph.left - last.right) < _GAP * sizes[1]
    return joined and sizes[1] > sizes[0] * _OTHER_DIGIT


def _goes_on(glyph: Glyph, base: Glyph, last: Glyph) -> bool:
    """Whether a glyph after a line break is still on the line of `base`, next to a raised or lowered digit."""
    near = -base.height / 2 < glyph.left - last.right < base.height
    level = abs(glyph.y - base.y) < _LEAST * base.height
    was_shifted = last is not base and last.char in _SHIFTED and bool(_shift(last, base))
    return near and ((level and was_shifted) or bool(_shift(glyph, base)))


def _gap(glyph: Glyph, last: Glyph) -> str:
    return " " if glyph.left - last.right > _GAP * glyph.height and not glyph.char.isspace() else ""


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
    {
        "annotation",
        "annotation-xml",
        "rPr",
        "ctrlPr",
        "sSupPr",
        "sSubPr",
        "fPr",
        "radPr",
        "naryPr",
        "dPr",
        "rp",
        "mphantom",
    }
)


def formula(element: Any, depth: int = 0) -> str:
    """Write MathML or Office MathML (OMML) in one line: powers raised, fractions as (a)/(b), roots as \u221a(x)."""
    if depth > DEPTH:
        return "".join(element.itertext())
    inner = [
        formula(child, depth + 1) for child in element if isinstance(child.tag, str) and _local(child) not in _PASSED
    ]
    form = _FORMS.get(_local(element))
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
