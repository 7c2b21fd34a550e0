"""Marked content: the part of a page's content stream for each box, its tag and its text.

WeasyPrint encloses each text and picture in `/Span <</MCID 7>> BDC ... EMC`. Only while a page is painted does its stream have the
number of each box; `MarkedPage` records it. Every mark starts as an artifact (a running head, a repeated heading, an ornament);
those in the tree get a number and a name.

A PDF gives the characters of each glyph. If letters join, change places or are drawn in several parts (Devanagari,
Tamil, Thai ...), one glyph has different characters in different words. So each word of such a script is bracketed with its characters
(`/ActualText`, ISO 32000-1, 14.9.4).

Right-to-left text is painted from the left, and programs that extract text reverse it, character by character.
There the glyphs get characters for which this works; some programs would also reverse a bracket, and others not.
The structure tree has the words in order (`tree_writer.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.text.ffi import ffi, pango

_LAST_GLYPH = re.compile(rb"<((?:[0-9a-f]{4})*)([0-9a-f]{4})>([^<>]*)\] TJ$")
"""The end of an operator that shows text: WeasyPrint writes four hexadecimal digits a glyph, between kerning numbers."""
_SOFT_HYPHEN = b"/Span <</ActualText <FEFF00AD>>> BDC"


@dataclass(slots=True, eq=False)
class MarkedSequence:
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
    marks: dict[Any, MarkedSequence] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        self.page.paint(stream, scale)
        places, spaces = _places(stream.stream), _spaces(stream._fonts)
        for box, mark in (stream._tags or {}).items():
            if (place := places.get(mark["mcid"])) is not None:
                text = getattr(box, "text", "")
                words = words_of(box, stream) if text else ()
                self.marks[box] = MarkedSequence(0, text, stream.stream, place, spaces, words)

    def texts(self) -> list[str]:
        """Return the words of each painted box, including running heads."""
        return [mark.text for mark in self.marks.values()]

    def claimed(self) -> list[MarkedSequence]:
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


_COMPLEX = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Scripts whose letters join, change places or are above each other."""
_SHOWN = re.compile(rb"\[([^\[\]]*)\] TJ")
_PIECE = re.compile(rb"<([0-9a-f]*)>|[^<>]+")
_JOINERS = re.compile("[\u200c\u200d]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The smallest group of glyphs for whole characters; also a whole word of such groups."""

    text: str
    glyphs: tuple[int, ...]
    backwards: bool
    """Whether it is painted from right to left."""


def words_of(box: Any, stream: Any) -> tuple[Cluster, ...]:
    """Return the words of a `TextBox` that was painted on a stream, from the left; empty if its letters are simple.

    Glyphs that are painted from right to left get their characters here, in the fonts of the document.
    """
    if not box.text.strip() or (box.style["direction"] == "ltr" and not _COMPLEX.search(box.text)):
        return ()
    layout = box.pango_layout
    layout.reactivate(box.style)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    found: list[Cluster] = []
    run = line.runs[0]
    while run != ffi.NULL:
        clusters = list(_of_run(run.data, text))
        font, _ = stream.add_font(run.data.item.analysis.font)
        for cluster in clusters:
            if cluster.backwards:
                font.to_unicode.update(_turned(cluster))
        found += _words(clusters)
        run = run.next
    layout.deactivate()
    return tuple(found)


def _of_run(item: Any, text: bytes) -> Iterator[Cluster]:
    """Yield the clusters of one Pango run. An invisible character, such as a joiner, belongs to the one before it."""
    string, start, length = item.glyphs, item.item.offset, item.item.length
    backwards = item.item.analysis.level % 2 == 1
    painted: dict[int, tuple[int, ...]] = {}
    for index in range(string.num_glyphs):
        at, glyph = string.log_clusters[index], string.glyphs[index].glyph
        painted[at] = painted.get(at, ()) + (() if glyph == pango.PANGO_GLYPH_EMPTY else (glyph,))
    ends = dict(zip(sorted(painted), [*sorted(painted)[1:], length], strict=True))
    joined: list[Cluster] = []
    for at in sorted(painted):
        words = text[start + at : start + ends[at]].decode()
        if joined and not painted[at]:
            joined[-1] = Cluster(joined[-1].text + words, joined[-1].glyphs, backwards)
        else:
            joined.append(Cluster(words, painted[at], backwards))
    yield from reversed(joined) if backwards else joined


def _turned(cluster: Cluster) -> dict[int, str]:
    """Meanings of glyphs, as an extractor has to find them that turns them around, brackets included.

    Pango's mark for a missing glyph is not the number of a glyph: a subset up to it would need gigabytes.
    """
    if any(glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG for glyph in cluster.glyphs):
        return {}
    backwards = _JOINERS.sub("", cluster.text)[::-1].translate(_MIRRORED)  # the glyph also occurs without a joiner
    if len(cluster.glyphs) == len(backwards):
        return dict(zip(cluster.glyphs, backwards, strict=True))
    return {cluster.glyphs[0]: backwards} if len(cluster.glyphs) == 1 else {}


def _words(clusters: list[Cluster]) -> Iterator[Cluster]:
    """Join neighbouring clusters between spaces; right-to-left clusters stay separate."""
    word: list[Cluster] = []
    for cluster in clusters:
        if word and (cluster.backwards or cluster.text.isspace() or word[-1].text.isspace()):
            yield _joined(word)
            word = []
        word.append(cluster)
    if word:
        yield _joined(word)


def _joined(word: list[Cluster]) -> Cluster:
    text, glyphs = "".join(one.text for one in word), tuple(glyph for one in word for glyph in one.glyphs)
    return Cluster(text, glyphs, word[0].backwards)


class Bracketing:
    """Reads the operators of one text and brackets its words."""

    def __init__(self, words: tuple[Cluster, ...]) -> None:
        self._words = iter(words)
        self._left = 0
        """Remaining glyphs of the current word."""
        self._open = False

    def rewritten(self, operator: bytes) -> bytes:
        """Return an operator with brackets in it; operators that do not show text do not change."""
        return _SHOWN.sub(lambda shown: self._shown(shown[1]), operator)

    def _shown(self, array: bytes) -> bytes:
        """Return an array of glyphs in parts, so that each part is the marked content of one box."""
        lines: list[bytes] = []
        pieces: list[bytes] = []

        def flush() -> None:
            if pieces:
                lines.append(b"[" + b"".join(pieces) + b"] TJ")
                pieces.clear()

        for piece in _PIECE.finditer(array):
            if piece[1] is None:
                pieces += [b" "] * (bool(pieces) and not pieces[-1].endswith(b">")) + [piece[0]]
                continue
            for at in range(0, len(piece[1]), 4):
                if not self._left and (opening := self._begun()):
                    flush()
                    lines.append(opening)
                pieces.append(b"<" + piece[1][at : at + 4] + b">")
                self._left -= 1
                if self._open and not self._left:
                    flush()
                    lines.append(b"EMC")
                    self._open = False
        flush()
        return b"\n".join(lines).replace(b"><", b"")

    def _begun(self) -> bytes:
        """Go to the next word; return the bracket that begins it, if it needs one."""
        word = next((one for one in self._words if one.glyphs), None)
        if word is None:
            self._left = 1
            return b""
        self._left = len(word.glyphs)
        if word.backwards or not _COMPLEX.search(word.text):
            return b""
        self._open = True
        return b"/Span <</ActualText %s>> BDC" % pydyf.String(word.text).data
