"""All text that a PDF draws, by the Unicode maps of its fonts.

A screen reader reads tagged text; running heads, and words that are drawn over others, have no tags. Pictures and glyphs with a false
shape are not read.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.pipeline.pdf_files.pdf_contents import Unreadable
from generator.provenance.page_statements import runs_of, tokens_of
from generator.render.layout.structure_reader import unicode_map

_DEPTH = 8
"""Most levels of included forms."""
_MOST = 20_000
"""Most included forms that are read, of all pages together."""
_HYPHEN = "\N{HYPHEN}\n"
_SHOWING = ("Tj", "TJ", "'", '"')


@dataclass(frozen=True, slots=True)
class Drawn:
    """The text that a PDF draws."""

    tokens: tuple[str, ...]
    """Words, numbers and currency signs, in drawing order."""
    pages: int


def drawn_by(pdf: bytes) -> Drawn:
    """Read all text that a PDF draws. Raises Unreadable."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            drawing = _Drawing()
            for page in opened.pages:
                drawing.page(page)
            return Drawn(tokens_of("".join(drawing.pieces).replace(_HYPHEN, "")), len(opened.pages))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"its page content cannot be read ({type(error).__name__})") from None


def strange_tokens(drawn: Sequence[str], expected: Collection[str], pages: int) -> tuple[str, ...]:
    """Return sequences of drawn words that are unknown, also when joined over a line end. Page numbers up to `pages` are known."""
    vocabulary = {*expected, *map(str, range(1, pages + 1))}
    divided = {at + half for at, pair in enumerate(pairwise(drawn)) if "".join(pair) in vocabulary for half in (0, 1)}
    strange = (token not in vocabulary and at not in divided for at, token in enumerate(drawn))
    return tuple(dict.fromkeys(runs_of(drawn, strange)))


class _Drawing:
    """The text drawn so far, with a line end after each operator that shows text."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._left = _MOST

    def page(self, page: Any) -> None:
        self._content(page, page.obj.get("/Resources", {}), _DEPTH)
        for annotation in page.obj.get("/Annots", ()):
            for look in _looks(annotation.get("/AP", {}).get("/N")):
                self._form(look, _DEPTH)

    def _form(self, form: Any, depth: int) -> None:
        self._left -= 1
        if depth == 0 or self._left < 0:
            raise Unreadable("it includes too much, or too deeply")
        self._content(form, form.get("/Resources", {}), depth - 1)

    def _content(self, content: Any, resources: Any, depth: int) -> None:
        """Read the text that a content stream draws, and that of the forms that it includes. Raises Unreadable."""
        import pikepdf

        fonts = {name: _Font(font) for name, font in resources.get("/Font", {}).items()}
        font = _Font(None)
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "Tf":
                font = fonts.get(str(operands[0]), _Font(None))
            elif operator in _SHOWING:
                self.pieces.append(font.read(operands[-1]) + "\n")
            elif operator == "Do":
                included = resources.get("/XObject", {}).get(str(operands[0]))
                if included is not None and str(included.get("/Subtype")) == "/Form":
                    self._form(included, depth)


def _looks(appearance: Any) -> Iterator[Any]:
    """Return the streams of an appearance, one for each state."""
    import pikepdf

    if isinstance(appearance, pikepdf.Stream):
        yield appearance
    elif isinstance(appearance, pikepdf.Dictionary):
        yield from (look for _, look in appearance.items() if isinstance(look, pikepdf.Stream))


class _Font:
    """Maps the codes of a font to text."""

    def __init__(self, font: Any) -> None:
        self._wide = font is not None and str(font.get("/Subtype")) == "/Type0"
        self._meanings = {} if font is None else unicode_map(font)

    def read(self, shown: Any) -> str:
        import pikepdf

        strings = shown if isinstance(shown, pikepdf.Array) else [shown]
        return "".join(self._text(bytes(one)) for one in strings if isinstance(one, pikepdf.String))

    def _text(self, glyphs: bytes) -> str:
        width = 2 if self._wide else 1
        codes = (int.from_bytes(glyphs[at : at + width], "big") for at in range(0, len(glyphs), width))
        return "".join(
            self._meanings.get(code, "\N{REPLACEMENT CHARACTER}" if self._wide else chr(code)) for code in codes
        )
