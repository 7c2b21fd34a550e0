"""Moves notes to the bottom of the PDF's pages, in finished HTML.

Each note is put after its number, and the layout engine moves it down. This is not done inside tables, because a footnote in a cell is
printed twice if the table crosses a page; notes of a table are in a list below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PIECES = re.compile(
    r'(<table\b|</table>|<sup class="note-ref[^"<>]*+"><a id="ref-(\d+)"[^<]*+(?:<(?!/?sup\b)[^<]*+)*+</sup>)'
)


def at_the_foot(html: str, notes: Mapping[int, str], back: str) -> str:
    """Return the page with its notes at their citations.

    `notes` are HTML by number; `back` are the words of a link from a note to its number, with `{n}` for it.
    """
    depth = 0
    waiting: list[int] = []

    def placed(match: re.Match[str]) -> str:
        nonlocal depth
        piece = match[1]
        if piece == "<table":
            depth += 1
        elif piece == "</table>":
            depth -= 1
            if depth == 0 and waiting:
                piece += _list(waiting, notes, back)
                waiting.clear()
        elif depth:
            waiting.append(int(match[2]))
        else:
            number = int(match[2])
            piece += f'<span class="footnote" role="doc-footnote" {_inside(number, notes, back)}</span>'
        return piece

    return _PIECES.sub(placed, html)


def _list(numbers: list[int], notes: Mapping[int, str], back: str) -> str:
    items = "".join(f"<li {_inside(number, notes, back)}</li>" for number in numbers)
    return f'<ol class="note-list table-notes">{items}</ol>'


def _inside(number: int, notes: Mapping[int, str], back: str) -> str:
    """Return the words of each note by id."""
    label = back.replace("{n}", str(number))
    return (
        f'id="note-{number}"><a class="note-number" href="#ref-{number}" role="doc-backlink" '
        f'aria-label="{label}">{number}</a><span class="note-text"> {notes[number]}</span>'
    )
