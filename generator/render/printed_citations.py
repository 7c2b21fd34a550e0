"""Prints citations, the numbers of notes, and the bibliography, in the order of the page.

`Numbers` numbers citations and footnotes together. `notes.py` prints the texts of the notes with the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markupsafe import Markup

from generator.cite.csl_additions import spelled
from generator.model import BibliographyEntry, Citation, CitationGroup, CitationKind, FormattedCitations, Prose
from generator.render.labels import Labels
from generator.render.notes import NoteView, Printed, note_mark, unbroken
from generator.render.templating import Misuse, Plain


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the bibliography; citations in the text link to `id`."""

    id: str
    html: Markup


# ---------------------------------------------------------------- citations in the text


class Marks(Protocol):
    """Prints references to sources and notes, in the order of its calls."""

    def cite(self, group: CitationGroup | None) -> Markup:
        """One citation."""

    def footnotes_of(self, prose: Prose) -> Callable[[int], Markup]:
        """Return a function that prints references to the footnotes of one prose, for each time that it is printed."""


class Recorder:
    """Records citations and prints nothing. `inside`: notes can contain citations."""

    def __init__(self, *, inside: bool = True) -> None:
        self.citation_groups: list[CitationGroup] = []
        self.footnotes: list[Printed] = []
        self._inside = inside

    def cite(self, group: CitationGroup | None) -> Markup:
        if group is not None:
            self.citation_groups.append(group)
        return Markup()

    def footnotes_of(self, prose: Prose) -> Callable[[int], Markup]:
        printed: dict[int, Printed] = {}

        def refer(index: int) -> Markup:
            if index in printed:
                printed[index].times += 1
                return Markup()
            printed[index] = Printed(prose, prose.footnotes[index])
            self.footnotes.append(printed[index])
            self.citation_groups += printed[index].citation_groups(inside=self._inside)
            return Markup()

        return refer


@dataclass(frozen=True, slots=True)
class BackMatter:
    """Return notes and bibliography for the templates of the back matter."""

    kind: CitationKind = CitationKind.NOTE
    notes: tuple[NoteView, ...] = ()
    entries: tuple[EntryView, ...] = ()

    def plain(self) -> dict[str, Plain]:
        """Return it as templates get it."""
        notes = tuple[Plain, ...]({"number": note.number, "html": note.html} for note in self.notes)
        entries = tuple[Plain, ...]({"id": entry.id, "html": entry.html} for entry in self.entries)
        return {"kind": self.kind.value, "notes": notes, "entries": entries}


@dataclass(slots=True)
class Numbers:
    """Prints formatted citations in order, and the numbers of notes."""

    formatted: FormattedCitations
    labels: Labels
    used: int = field(default=0)
    """Number of printed citation groups, also in notes."""
    notes: int = field(default=0)

    def cite(self, group: CitationGroup | None) -> Markup:
        if group is None:
            return Markup()
        self._use()
        if self.formatted.kind is CitationKind.NOTE:
            self.notes += 1
            return self._beside() + self._mark(self.notes)
        return self.sentence(group, self.formatted.citation_groups[self.used - 1])

    def footnotes_of(self, prose: Prose) -> Callable[[int], Markup]:
        numbers: dict[int, list[int]] = {}

        def refer(index: int) -> Markup:
            if index not in numbers:
                self._use(1 + len(prose.footnotes[index].citation_groups))
                self.notes += 1
                numbers[index] = [self.notes, 0]
            numbers[index][1] += 1
            return self._mark(*numbers[index])

        return refer

    def _use(self, count: int = 1) -> None:
        if self.used + count > len(self.formatted.citation_groups):
            raise Misuse("the page cites more often than when it was first rendered")
        self.used += count

    def _mark(self, number: int, time: int = 1) -> Markup:
        return note_mark(number, self.labels("note_name", n=number), time)

    def _beside(self) -> Markup:
        """Return the text of a note style in the sentence: the author's name, if the prose uses it as part of the sentence."""
        in_text = self.formatted.in_text
        return Markup(in_text[self.used - 1]) if in_text else Markup()  # noqa: S704 safe HTML of the citation processor

    def sentence(self, group: CitationGroup, formatted: str) -> Markup:
        """Return the text in the sentence, as a link to the bibliography unless it has links of its own."""
        words = unbroken(formatted)
        keys = {entry.key for entry in self.formatted.bibliography}
        key = next((citation.key for citation in group.citations if citation.key in keys), None)
        if key is None or "<a " in words:
            return Markup('<span class="citation">{}</span>').format(words)
        return Markup('<a class="citation" href="#{}">{}</a>').format(source_id(key), words)


def bibliography_entry(entry: BibliographyEntry) -> EntryView:
    return EntryView(source_id(entry.key), unbroken(entry.html))


def source_id(key: str) -> str:
    """Return the anchor of a source in the bibliography, because HTML's ids cannot contain spaces."""
    return "source-" + re.sub(r"\s", "_", key)


_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~^])")


def by_number(
    formatted: FormattedCitations, citation_groups: Sequence[CitationGroup], anchor: Callable[[str], str], language: str
) -> FormattedCitations:
    """Return the citations in the form of a numeric style.

    `citation_groups` are those that `formatted` was made of; `anchor` gives the id of a source in the list.
    """
    entries = _listed(formatted, citation_groups)
    marking = _Marking({key: number for number, key in enumerate(entries, 1)}, anchor, language)
    in_text = formatted.in_text or ("",) * len(citation_groups)
    marks = (f"{name} {marking.group(group)}".strip() for name, group in zip(in_text, citation_groups, strict=True))
    return FormattedCitations(CitationKind.NUMERIC, tuple(marks), tuple(_numbered(entries.values())))


def _listed(formatted: FormattedCitations, citation_groups: Sequence[CitationGroup]) -> dict[str, BibliographyEntry]:
    """Return the entries of the list by key, in its order."""
    entries = {entry.key: entry for entry in formatted.bibliography}
    for group, note in zip(citation_groups, formatted.citation_groups, strict=True):
        for citation in group.citations:
            entries.setdefault(citation.key, BibliographyEntry(citation.key, note))
    return entries


def _numbered(entries: Iterable[BibliographyEntry]) -> Iterable[BibliographyEntry]:
    for number, entry in enumerate(entries, 1):
        yield BibliographyEntry(entry.key, f'<span class="entry-number">{number}</span> {entry.html}')


@dataclass(frozen=True, slots=True)
class _Marking:
    """Prints citation groups: each citation in square brackets, with the author's prefix and suffix.

    Groups of nothing but sources are in the order of the numbers, as in numeric CSL styles.
    """

    numbers: Mapping[str, int]
    anchor: Callable[[str], str]
    language: str

    def group(self, group: CitationGroup) -> Markup:
        citations = group.citations
        if not any(citation.prefix or citation.locator or citation.suffix for citation in citations):
            citations = tuple(sorted(citations, key=lambda citation: self.numbers[citation.key]))
        return Markup(", ").join(map(self._citation, citations))

    def _citation(self, citation: Citation) -> Markup:
        number = Markup('<a href="#{}">{}</a>').format(self.anchor(citation.key), self.numbers[citation.key])
        place = spelled(citation.locator, self.language) if citation.locator else ""
        inner = Markup(",\N{NO-BREAK SPACE}").join(
            filter(None, (number, place.replace(" ", "\N{NO-BREAK SPACE}"), _plain(citation.suffix)))
        )
        before = _plain(citation.prefix)
        return Markup("{}[{}]").format(f"{before} " if before else "", inner)


def _plain(text: str) -> str:
    """Return a prefix or suffix without Markdown and commas at its ends."""
    return _ESCAPED.sub(r"\1", text).strip().strip(",").strip()
