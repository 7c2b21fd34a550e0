"""Prints the notes of a page, places their numbers, and keeps words on one line.

Each note is put after its number, and the layout engine moves it down. This is not done inside tables, because a footnote in a cell is
printed twice if the table crosses a page; notes of a table are in a list below it.

Layout engines break a line at each space, and after a dash even between two digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from markupsafe import Markup

from generator.model import CitationGroup, CitationKind, FactReference, Footnote, FormattedCitations, Prose
from generator.syntax.markdown.prose import render_footnote
from generator.syntax.quotations import QuotationMarks


@dataclass(frozen=True, slots=True)
class NoteView:
    """One endnote: its number and its text as safe HTML."""

    number: int
    html: Markup


@dataclass(slots=True)
class Printed:
    """A footnote on a page, with the number of references to it."""

    prose: Prose
    footnote: Footnote
    times: int = 1

    def citation_groups(self, *, inside: bool) -> Iterator[CitationGroup]:
        """Return the footnote, as a group without citations, and the citation groups in it."""
        yield CitationGroup((), self.footnote.place)
        for index in self.footnote.citation_groups:
            yield replace(self.prose.citation_groups[index], inside=inside)


@dataclass(slots=True)
class Writing:
    """Writes the notes of a page from its formatted citations.

    `citation_groups` and `footnotes` are those that a page prints, in order; `sentence` prints a citation outside notes; `again` a link
    back from a note to the second, third ... reference to it.
    """

    formatted: FormattedCitations
    citation_groups: Sequence[CitationGroup]
    footnotes: Sequence[Printed]
    sentence: Callable[[CitationGroup, str], Markup]
    fact: Callable[[FactReference], str]
    again: Callable[[int, int], Markup]
    marks: QuotationMarks
    """Quotation marks of the page."""
    spoken: Callable[[CitationGroup], str] = lambda _: ""
    """Attributes of words quoted from a source in another language than the page's."""
    _number: int = field(default=0, init=False)

    def notes(self) -> Iterator[NoteView]:
        """Return all notes, in the order of their numbers."""
        items = iter(zip(self.citation_groups, self.formatted.citation_groups, strict=True))
        printed = iter(self.footnotes)
        for group, text in items:
            if not group.citations:
                one = next(printed)
                self._number += 1
                inner = list(islice(items, len(one.footnote.citation_groups)))
                yield NoteView(self._number, self._footnote(one, inner))
            elif self.formatted.kind is CitationKind.NOTE:
                self._number += 1
                yield NoteView(self._number, unbroken(text))

    def _footnote(self, printed: Printed, inner: Sequence[tuple[CitationGroup, str]]) -> Markup:
        texts = iter(inner)

        def cite(_index: int, _citation_group: CitationGroup) -> str:
            group, text = next(texts)
            return unbroken(text) if self.formatted.kind is CitationKind.NOTE else self.sentence(group, text)

        index = printed.prose.footnotes.index(printed.footnote)
        html = unbroken(render_footnote(printed.prose, index, cite, self.fact, self.marks, self.spoken))
        return html + Markup("").join(self.again(self._number, time) for time in range(2, printed.times + 1))


def note_mark(number: int, name: str, time: int = 1) -> Markup:
    """Return the number of a note in the text; `name` is its name for screen readers: "Note 1".

    `time` counts the references to it, and the note links back to the first.
    """
    return Markup(
        '<sup class="note-ref"><a id="{id}" href="#note-{n}" role="doc-noteref" aria-label="{name}">{n}</a></sup>'
    ).format(id=mark_id(number, time), n=number, name=name)


def mark_id(number: int, time: int = 1) -> str:
    """Return the id of a reference to a note."""
    return f"ref-{number}" if time == 1 else f"ref-{number}-{time}"


_NOTES = r'(?:<sup class="note-ref">[^<]*+(?:<(?!/?sup\b)[^<]*+)*+</sup>\s*+)++'
_LOOSE = re.compile(rf"(?<!\s)\s*+({_NOTES})([.,;:!?…]?)")
"""Note numbers with the space before them and the punctuation after them."""
_OUTSIDE = re.compile(rf"(?<!</time>)(?<!</em>)(?<!</cite>)(?<!</span>)((?:</(?:time|em|cite|span)>)++)({_NOTES})")
"""Note numbers just after the end of an element, where a line could break before them."""
_TOGETHER = re.compile(_NOTES)
_WORD = re.compile(r"(?<![^\s<>])[^\s<>]*+\Z")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that do not put spaces between words."""
_LONG_WORD, _LAST_LETTERS = 24, 8
"""A longer word may be wider than its column; this many letters stay with the note number."""
_FIRST_LETTERS = _LONG_WORD - _LAST_LETTERS
_LONG = re.compile(rf"[^\s<>]{{{_FIRST_LETTERS}}}")
"""What stands before those letters, where a line may break."""


def tuck(html: str) -> str:
    """Move note numbers directly after the punctuation of their word: `word [1].` becomes `word.¹`."""

    def closed(match: re.Match[str]) -> str:
        notes, after = match[1], match[2]
        space = "" if after or notes == notes.rstrip() else " "
        return after + notes.rstrip() + space

    return _LOOSE.sub(closed, html)


def tie(html: str) -> str:
    """Keep note numbers on the line of their word, and separate adjacent ones by a comma."""
    html, tied, done = _OUTSIDE.sub(r"\2\1", html), [], 0
    for match in _TOGETHER.finditer(html):
        word = _word_before(html, done, match.start())
        notes = match[0].rstrip()
        apart = re.sub(r'</sup>\s*<sup class="note-ref">', '</sup><sup class="note-ref also">', notes)
        joined = "\N{WORD JOINER}" if word == match.start() else ""  # what no element can keep together
        joined = "<wbr>" if _LONG.fullmatch(html, max(done, word - _FIRST_LETTERS), word) else joined
        tied += [html[done:word], f'{joined}<span class="tied">{html[word : match.start()]}{apart}</span>']
        done = match.start() + len(notes)
    return "".join([*tied, html[done:]])


def _word_before(html: str, start: int, end: int) -> int:
    """Return where the word that ends at `end` begins, not before `start`. A very long word may break before its last letters."""
    match = _WORD.search(html, max(start, html.rfind(" ", start, end)), end)
    if match is None or _RIGHT_TO_LEFT.search(match[0]):  # two elements would divide a right-to-left line into two
        return end
    if _UNSPACED.search(match[0]):
        return _last_character(html, match.start(), end)
    return match.start() if end - match.start() <= _LONG_WORD else _before_letters(html, match.start(), end)


def _last_character(html: str, start: int, end: int) -> int:
    """Return where the last letter before the punctuation begins: lines of such a script break between letters."""
    letters = [at for at in range(start, end) if _UNSPACED.match(html, at) and not _is_mark(html[at])]
    return letters[-1] if letters else end


def _is_mark(character: str) -> bool:
    """Whether a character is drawn on the one before it."""
    return unicodedata.category(character).startswith("M")


def _before_letters(html: str, start: int, end: int) -> int:
    """Return a place near the end of a long word that is not inside a character reference."""
    place = end - _LAST_LETTERS
    reference = html.rfind("&", start, place)
    return place if reference < 0 or ";" in html[reference:place] else reference


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


_LABEL = r"(?<![^\W\d_])(?:[^\W\d_]{1,6}\.|[§¶]{1,2})"
_DIGITS = r"\[?\d(?:[\w.:–\]]{0,11}[\w\]])?"
_PLACE = re.compile(rf"{_LABEL} (?:{_DIGITS}|\[?[ivxlc]{{1,8}}\b)(?:(?:,| [^\W\d_]{{1,3}}| &amp;) {_DIGITS}){{0,3}}")
"""A label and up to four numbers, with a comma or a short word of any language between them."""
_RANGE = re.compile(r"\[?\w[\w:.]{0,9}\]?–\[?\d[\w:.]{0,9}\]?")
_BARE = re.compile(r"(?<=,) (?=\[?\d[\w:–]{0,9}\]?[.;]?$)")
"""The space before a number without a label that ends a note."""
_MARKUP = re.compile(r"(<[^<>]*>)")


def unbroken(html: str) -> Markup:
    """Return safe HTML of a citation or a note, in which a label stays with its number, and a range together."""
    parts = _MARKUP.split(html)
    parts[::2] = map(_text, parts[::2])
    return Markup("".join(parts))  # noqa: S704 of safe HTML


def _text(text: str) -> str:
    text = _PLACE.sub(lambda match: match[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
    text = _BARE.sub("\N{NO-BREAK SPACE}", text)
    return _RANGE.sub(r'<span class="tied">\g<0></span>', text)
