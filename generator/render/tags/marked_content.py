"""Marked content: the part of a page's content stream for each box, and its tag.

WeasyPrint encloses each text and picture in `/Span <</MCID 7>> BDC ... EMC`. Only while a page is painted does its stream have the
number of each box; `MarkedPage` records it. Every mark starts as an artifact (a running head, a repeated heading, an ornament);
those in the tree get a number and a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pydyf

from generator.render.tags.clusters import Bracketing, Cluster, words_of

_LAST_GLYPH = re.compile(rb"<((?:[0-9a-f]{4})*)([0-9a-f]{4})>([^<>]*)\] TJ$")
"""The end of an operator that shows text: WeasyPrint writes four hexadecimal digits a glyph, between kerning numbers."""
_SOFT_HYPHEN = b"/Span <</ActualText <FEFF00AD>>> BDC"


@dataclass(slots=True, eq=False)
class Mark:
    """One bracketed stretch of a page's content. `number` is its MCID once the tree has claimed it."""

    page: int
    text: str
    content: list[Any]
    """The page's operators; the bracket opens with `content[start]` (name) and `content[start + 1]` (properties)."""
    start: int
    spaces: dict[bytes, bytes] = field(default_factory=dict)
    """By a font's name in the content: the glyph of its space, if the page has one."""
    words: tuple[Cluster, ...] = ()
    """The words of its glyphs, if they are not simple letters."""
    number: int | None = None
    said: bool = False
    """Whether its words must be stated, because a space that belongs to them is not painted."""
    kind: str = "Pagination"
    """Kind of artifact until the tree claims it (ISO 32000-1, 14.8.2.2.2)."""
    edge: str = ""
    """`Header` or `Footer`, for content of the page's margin."""

    def settle(self) -> None:
        """Write the bracket: as content of the tree, or as an artifact."""
        if self.number is None:
            self.content[self.start] = "/Artifact"
            properties = {"Type": f"/{self.kind}"} | ({"Subtype": f"/{self.edge}"} if self.edge else {})
            self.content[self.start + 1] = pydyf.Dictionary(properties)
        else:
            self.content[self.start] = "/Span"
            said = {"ActualText": pydyf.String(self.text)} if self.said else {}
            self.content[self.start + 1] = pydyf.Dictionary({"MCID": self.number} | said)
        if self.words and not self.said:
            self._bracket_words()

    def _bracket_words(self) -> None:
        bracketing = Bracketing(self.words)
        for index in range(self.start + 3, len(self.content)):
            if self.content[index] == b"EMC":
                break
            if isinstance(self.content[index], bytes):
                self.content[index] = bracketing.rewritten(self.content[index])

    @property
    def backwards(self) -> bool:
        """Whether it is painted from right to left, so that its glyphs come in another order than its words."""
        return any(word.backwards for word in self.words)

    def add_space(self) -> None:
        """End its words with a space, if they do not: it is invisible, but is read."""
        last = self._last_shown()
        if last is None or self.text.endswith(" "):
            return
        self.text += " "
        if self.backwards:  # the end is at the left, and no glyph may come before the others
            return
        if (glyph := self._space_glyph(last)) is None:
            self.said = True
        else:
            self.content[last] = self.content[last].removesuffix(b"] TJ") + b"<" + glyph + b">] TJ"

    def soften_hyphen(self) -> None:
        """Mark its last glyph as a hyphen that only divides a word (ISO 32000-1, 14.8.2.2.3)."""
        last = self._last_shown()
        if last is None or not (match := _LAST_GLYPH.search(self.content[last])):
            return
        rest, hyphen, kerning = match.groups()
        before = self.content[last][: match.start()] + (b"<" + rest + b">" if rest else b"") + b"] TJ"
        after = b"[<" + hyphen + b">" + kerning + b"] TJ"
        self.content[last] = b"\n".join((before, _SOFT_HYPHEN, after, b"EMC"))
        self.text = self.text[:-1]

    def _last_shown(self) -> int | None:
        """Return the position of the last operator that shows text, inside the bracket."""
        last = None
        for index in range(self.start + 3, len(self.content)):
            item = self.content[index]
            if item == b"EMC":
                break
            if isinstance(item, bytes) and item.endswith(b"] TJ"):
                last = index
        return last

    def _space_glyph(self, shown: int) -> bytes | None:
        """Return the glyph of a space in the font at that position."""
        for item in reversed(self.content[:shown]):
            if isinstance(item, bytes) and item.endswith(b" Tf"):
                return self.spaces.get(item.split()[0][1:])
        return None


@dataclass(slots=True, eq=False)
class MarkedPage:
    """A `weasyprint.document.Page` that records the mark of each of its boxes when it is painted."""

    page: Any
    marks: dict[Any, Mark] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        self.page.paint(stream, scale)
        places, spaces = _places(stream.stream), _spaces(stream._fonts)
        for box, mark in (stream._tags or {}).items():
            if (place := places.get(mark["mcid"])) is not None:
                text = getattr(box, "text", "")
                words = words_of(box, stream) if text else ()
                self.marks[box] = Mark(0, text, stream.stream, place, spaces, words)

    def texts(self) -> list[str]:
        """Return the words of each painted box, including running heads."""
        return [mark.text for mark in self.marks.values()]

    def claimed(self) -> list[Mark]:
        """Return the marks of the tree, in painting order."""
        return sorted((mark for mark in self.marks.values() if mark.number is not None), key=lambda mark: mark.start)


def _spaces(fonts: dict[Any, Any]) -> dict[bytes, bytes]:
    """Return the glyph of the space in each font of the document that has painted one so far."""
    return {
        font.hash.encode(): b"%04x" % glyph
        for font in fonts.values()
        for glyph, meaning in font.to_unicode.items()
        if meaning == " "
    }


def _places(content: list[Any]) -> dict[int, int]:
    """Return where in a content stream the bracket of each MCID opens."""
    return {
        item["MCID"]: index - 1
        for index, item in enumerate(content)
        if isinstance(item, pydyf.Dictionary) and "MCID" in item
    }
