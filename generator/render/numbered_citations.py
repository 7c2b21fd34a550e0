"""Citations by the number of a source in the list of sources: `[2, para. 4]`.

For presets without notes. The list is the bibliography of a note style; for a style without one, it has the first note of each
source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.cite.csl_additions import spelled
from generator.model import BibliographyEntry, Citation, CitationGroup, CitationKind, FormattedCitations

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
    """Prints citation groups: each citation in square brackets, with the author's prefix and suffix."""

    numbers: Mapping[str, int]
    anchor: Callable[[str], str]
    language: str

    def group(self, group: CitationGroup) -> Markup:
        return Markup(", ").join(map(self._citation, group.citations))

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
