"""Restores the spaces and hyphens that line breaking removes or adds.

At the end of a line, WeasyPrint drops a space or adds a hyphen; a space between two elements is not painted at all. A reader of
the marks would read "thechip" and "inter- national". The text of the HTML element, consumed in step with its boxes, decides. Text
that is left over at the end was lost in the layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

_SPACES = re.compile(r"[ \t\n\r\f]+")
_GAP = "\x1f"
"""Replaces an inner element in the text of an element."""
_AHEAD = re.compile(f"[ {_GAP}]+")
_SPACE_AHEAD = re.compile(f"{_GAP}* ?")
_UNSEEN = re.compile("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}]")


class Ending(Enum):
    """The link between a box's text and the following text of the same element."""

    NOTHING = ""
    SPACE = " "
    HYPHEN = "-"
    """The box ends with a hyphen that only divides a word."""


@dataclass(frozen=True, slots=True)
class Edges:
    """What is not painted around a box's text: a space before it, and the link to the text after it."""

    space_before: bool = False
    ending: Ending = Ending.NOTHING


@dataclass(slots=True)
class _Stream:
    """The text of one element without that of inner elements; `at` is the position after its last box."""

    element: Any
    text: str
    at: int = 0
    lost_track: bool = False

    def space_ahead(self) -> bool:
        """Whether there is a space before the next word."""
        match = _AHEAD.match(self.text, self.at)
        return match is not None and " " in match[0]

    def skip_space(self) -> bool:
        """Skip a space, which then belongs to the words before it; return False if there is none."""
        has_space = self.text.startswith(" ", self.at)
        self.at += has_space
        return has_space

    def consume(self, shown: str) -> bool:
        """Skip these words, which a style may have changed to capitals; return False if the text has other words."""
        shown = shown.lstrip(" ")
        # a box with only a space must not include the space after the next element
        ahead = (_AHEAD if shown else _SPACE_AHEAD).match(self.text, self.at)
        at = self.at if ahead is None else ahead.end()
        words = self.text[at : at + len(shown)]
        if words != shown and words.casefold() != shown.casefold():
            return False
        self.at = at + len(shown)
        return True


class BoxWords:
    """Follows the boxes of all elements through their text. Boxes must be given once, in the document's order."""

    def __init__(self) -> None:
        self._streams: dict[int, _Stream] = {}

    def edges(self, box: Any) -> Edges:
        """Consume the text of a `TextBox`; generated content (`q::before`) has none in the HTML."""
        if box.element is None or "::" in box.element_tag:
            return Edges()
        stream = self._stream(box.element)
        if stream.lost_track:
            return Edges()
        shown, hyphen = _plain(box.text), box.style["hyphenate_character"]
        space_before = stream.space_ahead() and not shown.startswith(" ")
        if stream.consume(shown):
            space_after = not shown.endswith(" ") and stream.skip_space()
            return Edges(space_before, Ending.SPACE if space_after else Ending.NOTHING)
        if shown.endswith(hyphen) and stream.consume(shown.removesuffix(hyphen)):
            return Edges(space_before, Ending.HYPHEN)
        stream.lost_track = True
        return Edges()

    def lost(self) -> list[str]:
        """Return the rest of each text of which only the beginning is on a page."""
        rests = (
            stream.text[stream.at :].replace(_GAP, "").strip()
            for stream in self._streams.values()
            if not stream.lost_track
        )
        return [rest for rest in rests if rest]

    def _stream(self, element: Any) -> _Stream:
        if (stream := self._streams.get(id(element))) is not None:
            return stream
        pieces = [element.text or "", *(child.tail or "" for child in element)]
        return self._streams.setdefault(id(element), _Stream(element, _GAP.join(map(_plain, pieces))))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _UNSEEN.sub("", text))
