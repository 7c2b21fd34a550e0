"""Collects what a brief claims about its sources: each quotation and passage, with citation and speaker.

The walk follows the fields of the records, so a quotation in a new field of the model is not forgotten. Quotations in captions, titles
and other lines are claims too, with the citations of the record that contains the line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from generator.evidence.gate.quotation import WantedQuotation, quotation
from generator.model import (
    Citation,
    CitationGroup,
    DataTable,
    Fact,
    Library,
    Line,
    Prose,
    ProseQuotation,
    Source,
    Statement,
    Text,
)
from generator.model.walk import parts
from generator.problems import Location
from generator.syntax.quotations import is_phrase, quoted_in

_IDENTITY = ("author", "editor", "issued")


@dataclass(frozen=True)
class Claim:
    """Words that are said to be in a source."""

    words: str
    kind: str
    """`quote`, `support`, `attributed` or `prose`."""
    citations: tuple[Citation, ...]
    """The citations of which one must contain it."""
    place: Location
    who: str = ""
    """The id of the speaker; empty in prose."""
    attributed: str = ""
    """The passage that attributes the words to the speaker, if there is one."""
    introduces: str = ""
    """The paragraph that this passage introduces, as a locator."""
    alterations: str = ""
    """Who has checked the alterations that cannot be judged, and why they are right."""
    emphasised: bool = False
    block: bool = False
    text: Text | None = field(default=None, compare=False)
    """The words as written in their file; None in prose."""

    @cached_property
    def quotation(self) -> WantedQuotation:
        return quotation(self.words, emphasised=self.emphasised, in_sentence=self.kind == "prose" and not self.block)

    def digest(self, citation: Citation, library: Library) -> str:
        """Return the SHA-256 of everything that is verified: the words in the form in which they are compared, the speaker's id and
        name, the passage that names them, the locator, and the identity of the source (`identity`). It is the same for all typographic
        forms of the words.
        """
        tie = quotation(self.attributed).canonical if self.attributed else ""
        locator = f"{citation.locator.label} {citation.locator.value}" if citation.locator else ""
        who = library.experts.get(self.who)
        name = who.name if who else ""
        source = identity(library.sources.get(citation.key))
        checked = filter(None, (self.alterations,))
        parts = (self.kind, self.quotation.canonical, self.who, name, tie, self.introduces, locator, source, *checked)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def identity(source: Source | None) -> str:
    """Return what a reader takes a source for, in canonical form: title, date, authors, editors, and whether it reports others."""
    if source is None:
        return ""
    named = {name: source.csl[name] for name in _IDENTITY if name in source.csl}
    return json.dumps([source.title, source.provenance, named], ensure_ascii=True, sort_keys=True, default=str)


def gather(record: object, cited: tuple[Citation, ...] = ()) -> Iterator[Claim]:
    """Yield every claim in a record, in the order of its fields. `cited` is used for prose that has no citation near."""
    cited = own_citations(record) or cited
    if isinstance(record, Statement):
        yield from _of_statement(record)
    if isinstance(record, Line):
        yield from (Claim(quoted.words, "prose", cited, quoted.place) for quoted in record.quotations)
        return
    if isinstance(record, Prose):
        yield from (_of_prose(quoted, record, cited) for quoted in record.quotations if not quoted.scare)
        return
    if isinstance(record, DataTable):
        yield from _of_cells(record, cited)
    for part in parts(record):
        yield from gather(part, cited)


def _of_cells(table: DataTable, cited: tuple[Citation, ...]) -> Iterator[Claim]:
    """Yield the quotations in the cells of a table or chart and in its heading; terms of a few words are none."""
    cells = [(cell.text, cell.place) for row in table.rows for cell in row]
    for text, place in [*((head, table.place) for head in table.head), *cells]:
        yield from (Claim(words, "prose", cited, place) for words, _ in quoted_in(text) if not is_phrase(words))


def own_citations(record: object) -> tuple[Citation, ...]:
    """Return the citations of a record itself, and those of a fact's figures."""
    cite = getattr(record, "cite", None)
    citation_groups = [cite] if isinstance(cite, CitationGroup) else []
    if isinstance(record, Fact):
        citation_groups += [figure.cite for figure in record.figures if figure.cite is not None]
    return tuple(dict.fromkeys(citation for group in citation_groups for citation in group.citations))


def _of_statement(statement: Statement) -> Iterator[Claim]:
    """Yield the quotation, the passage that supports it, and the words that tie it to its speaker."""
    citations = statement.cite.citations if statement.cite else ()
    tie = statement.attributed.value if statement.attributed else ""

    def claim(text: Text, kind: str) -> Claim:
        emphasised = kind == "quote" and statement.emphasis_added
        tied = "" if kind == "attributed" else tie
        introduces = statement.introduces if tied else ""
        return Claim(
            text.value,
            kind,
            citations,
            text.place,
            statement.who,
            tied,
            introduces,
            statement.alterations,
            emphasised,
            text=text,
        )

    if statement.quote and not statement.translated_by:
        yield claim(statement.quote, "quote")
    if statement.support:
        yield claim(statement.support, "support")
    if statement.attributed:
        yield claim(statement.attributed, "attributed")


def _of_prose(quoted: ProseQuotation, prose: Prose, cited: tuple[Citation, ...]) -> Claim:
    near = tuple(citation for index in quoted.citation_groups for citation in prose.citation_groups[index].citations)
    return Claim(quoted.words, "prose", near or cited, quoted.place, block=quoted.block)
