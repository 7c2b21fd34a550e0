"""What the breaking of lines does to words, told from the HTML.

Where WeasyPrint ends a line it drops the space there, or adds a hyphen to half a word; a space between two elements it
does not paint at all. On the page nobody misses them. But whoever reads the marks one after another would read
"thechip" and "inter- national". The text of an HTML element, consumed in step with its boxes, says which was which; and
whatever is left over at the end has been lost on the way to the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = re.compile("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}]")


class Ending(Enum):
    """What stands between a box's text and the text that follows in the same element."""

    NOTHING = ""
    SPACE = " "
    HYPHEN = "-"
    """The box ends in a hyphen that only divides a word."""


@dataclass(slots=True)
class _Stream:
    """The text of one element without that of the elements in it; `at` is how far its boxes have come."""

    element: Any
    text: str
    at: int = 0
    lost_track: bool = False


class Words:
    """Follows the boxes of all elements through their text. Boxes are to be given in the document's order, once."""

    def __init__(self) -> None:
        self._streams: dict[int, _Stream] = {}

    def ending(self, box: Any) -> Ending:
        """Consume the text of a `TextBox`; generated content (`q::before`) has none in the HTML."""
        if box.element is None or "::" in box.element_tag:
            return Ending.NOTHING
        stream = self._stream(box.element)
        if stream.lost_track:
            return Ending.NOTHING
        shown = _plain(box.text)
        if self._consume(stream, shown):
            return (
                Ending.SPACE
                if stream.text[stream.at : stream.at + 1] == " " and not shown.endswith(" ")
                else Ending.NOTHING
            )
        hyphen = box.style["hyphenate_character"]
        if shown.endswith(hyphen) and self._consume(stream, shown.removesuffix(hyphen)):
            return Ending.HYPHEN
        stream.lost_track = True
        return Ending.NOTHING

    def lost(self) -> list[str]:
        """The rest of each text of which only the beginning reached a page."""
        rests = (stream.text[stream.at :].strip() for stream in self._streams.values() if not stream.lost_track)
        return [rest for rest in rests if rest]

    def _stream(self, element: Any) -> _Stream:
        if (known := self._streams.get(id(element))) is not None:
            return known
        # A piece begins where an inner element ends: with that element's words between them, their spaces never meet.
        pieces = [element.text or "", *(child.tail or "" for child in element)]
        return self._streams.setdefault(id(element), _Stream(element, _plain("".join(pieces))))

    def _consume(self, stream: _Stream, shown: str) -> bool:
        at = stream.at
        if stream.text[at : at + 1] == " " and not shown.startswith(" "):
            at += 1
        elif shown.startswith(" ") and stream.text[at : at + 1] != " ":
            shown = shown[1:]
        found = stream.text[at : at + len(shown)]
        if found != shown and found.casefold() != shown.casefold():
            return False
        if shown:
            stream.at = at + len(shown)
        return True


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _UNSEEN.sub("", text))
