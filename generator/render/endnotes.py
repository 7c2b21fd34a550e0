"""Numbers the notes of a page: citations of a note style and authors' footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from markupsafe import Markup

from generator.model import CitationGroup, CitationKind, FactReference, Footnote, FormattedCitations, Prose
from generator.render.unbroken import unbroken
from generator.syntax.prose import render_footnote
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
