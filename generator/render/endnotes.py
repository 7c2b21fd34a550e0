"""The numbered notes of a page: what citations print in a note style, and authors' own footnotes, in one order.

Knows neither templates nor how citations are formatted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from markupsafe import Markup

from generator.model import CitationKind, Cluster, FactReference, Footnote, FormattedCitations, Prose
from generator.render.unbroken import unbroken
from generator.syntax.prose import render_footnote


@dataclass(frozen=True, slots=True)
class NoteView:
    """One endnote: its number and its text as safe HTML."""

    number: int
    html: Markup


@dataclass(slots=True)
class Printed:
    """A footnote as a page prints it: how often it is referred to there."""

    prose: Prose
    footnote: Footnote
    times: int = 1

    def clusters(self, *, inside: bool) -> Iterator[Cluster]:
        """The footnote, as a cluster without citations, and the clusters in it."""
        yield Cluster((), self.footnote.place)
        for index in self.footnote.clusters:
            yield replace(self.prose.clusters[index], inside=inside)


@dataclass(slots=True)
class Writing:
    """Writes the notes of a page from its formatted citations.

    `clusters` and `footnotes` are those that a page prints, in order; `sentence` prints a citation that is no note; `again` a link
    back from a note to the second, third ... place that refers to it.
    """

    formatted: FormattedCitations
    clusters: Sequence[Cluster]
    footnotes: Sequence[Printed]
    sentence: Callable[[Cluster, str], Markup]
    fact: Callable[[FactReference], str]
    again: Callable[[int, int], Markup]
    marks: tuple[str, str]
    """Quotation marks of the page."""
    _number: int = field(default=0, init=False)

    def notes(self) -> Iterator[NoteView]:
        """All notes, in the order of their numbers."""
        items = iter(zip(self.clusters, self.formatted.clusters, strict=True))
        printed = iter(self.footnotes)
        for cluster, text in items:
            if not cluster.citations:
                one = next(printed)
                self._number += 1
                inner = list(islice(items, len(one.footnote.clusters)))
                yield NoteView(self._number, self._footnote(one, inner))
            elif self.formatted.kind is CitationKind.NOTE:
                self._number += 1
                yield NoteView(self._number, unbroken(text))

    def _footnote(self, printed: Printed, inner: Sequence[tuple[Cluster, str]]) -> Markup:
        said = iter(inner)

        def cite(_index: int, _cluster: Cluster) -> str:
            cluster, text = next(said)
            return unbroken(text) if self.formatted.kind is CitationKind.NOTE else self.sentence(cluster, text)

        index = printed.prose.footnotes.index(printed.footnote)
        html = unbroken(render_footnote(printed.prose, index, cite, self.fact, self.marks))
        return html + Markup("").join(self.again(self._number, time) for time in range(2, printed.times + 1))


def note_mark(number: int, name: str, time: int = 1) -> Markup:
    """The number of a note in the text; `name` is what a listener hears: "Note 1".

    `time` counts the places that refer to it, the first of which the note leads back to.
    """
    return Markup(
        '<sup class="note-ref"><a id="{id}" href="#note-{n}" role="doc-noteref" aria-label="{name}">{n}</a></sup>'
    ).format(id=mark_id(number, time), n=number, name=name)


def mark_id(number: int, time: int = 1) -> str:
    """Where a note is referred to."""
    return f"ref-{number}" if time == 1 else f"ref-{number}-{time}"
