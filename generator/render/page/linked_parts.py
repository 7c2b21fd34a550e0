"""JSON-LD of a page's positions: claims and quotations as parts of the report (schema.org).

A paraphrase is a `Claim` of the expert, words of a source are a `Quotation`; each has its source. It is
not a `ClaimReview`, because nobody judges whether a claim is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Brief, Expert, ExpertKind, Library, Source, Statement
from generator.model.days import iso
from generator.model.walk import cells
from generator.render.page.statement import said_on
from generator.syntax.quotations import printed


def linked_parts(brief: Brief, library: Library, page: str) -> list[dict[str, Any]]:
    """Return every position and voice, in the order of the file; `page` is the brief's address, or empty."""
    statements = [(f"{question.id}-{who}", position.statement) for question, who, position in cells(brief)]
    statements += [(f"voice-{voice.id}", voice.statement) for voice in brief.voices]
    return [
        part
        for anchor, statement in statements
        for part in _parts(statement, library, f"{page}#{anchor}" if page else "")
    ]


def _parts(statement: Statement, library: Library, address: str) -> Iterator[dict[str, Any]]:
    expert = library.experts.get(statement.who)
    if expert is None:
        return
    who, day = _who(expert), said_on(statement, library)
    keys = (citation.key for citation in statement.cite.citations) if statement.cite else ()
    sources = [_source(library.sources[key]) for key in keys if key in library.sources]
    common = {"datePublished": iso(day) if day else "", "citation": sources, "url": address}
    if statement.says:
        yield _filled({"@type": "Claim", "text": " ".join(statement.says.plain.split()), "author": who, **common})
    if statement.quote:
        text = " ".join(printed(statement.quote.value).split())
        yield _filled({"@type": "Quotation", "text": text, "spokenByCharacter": who, **common})


def _who(expert: Expert) -> dict[str, str]:
    return {"@type": "Person" if expert.kind is ExpertKind.PERSON else "Organization", "name": expert.name}


def _source(source: Source) -> dict[str, str]:
    issued = iso(source.issued) if source.issued else ""
    name = source.title or source.short
    return _filled({"@type": "CreativeWork", "name": name, "url": source.url, "datePublished": issued})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
