"""Finds what a brief uses from each source: where it is cited, and which quotations were verified.

Only quotations that the brief prints are listed. Passages under `support` are printed only in the evidence annex.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from generator.model import Brief, Evidence, Library, Position, Source, Statement, Verdict
from generator.model.days import iso
from generator.model.walk import walk
from generator.problems import Location
from generator.render.labels import Labels
from generator.render.page import Page
from generator.render.printed_citations import source_id
from generator.syntax.citations import citations
from generator.syntax.quotations import printed

PRINTED = ("quote", "prose")
"""Kinds of evidence whose words are printed on the brief's page."""
_VERIFIED = (Verdict.VERIFIED, Verdict.LOCKED)


def source_entries(
    brief: Brief, library: Library, evidence: Sequence[Evidence], page: Page, ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the entries of all cited sources that the library has, by key. `ids` are those of the brief's page.

    `captured` (day of the latest capture, or empty) and `passages` (number of verified ones) are for the head of the extract.
    """
    parts = [part for part in (*_parts(brief, library, page.labels), *_texts(brief, page)) if part[0] in ids]
    places, speakers = _cited(brief, parts), _speakers(brief, library, parts)
    entries = {}
    for key in sorted(places):
        source = library.sources.get(key)
        if source is None:
            continue
        passages = [one for one in evidence if one.source == key and one.verdict in _VERIFIED]
        entries[key] = {
            "source": _source(source),
            "captured": max((one.captured for one in passages), default=""),
            "passages": len(passages),
            "places": list(places[key].values()) or _listed(key, page, ids),
            "quotations": [_quotation(one, speakers) for one in passages if one.kind in PRINTED],
        }
    return entries


def with_capture_days(html: str, library: Library, evidence: Sequence[Evidence]) -> str:
    """A page whose links to sources say when these were captured (robustlinks.mementoweb.org)."""
    days: dict[str, str] = {}
    for one in evidence:
        source = library.sources.get(one.source)
        if source and source.url and one.captured and one.verdict in _VERIFIED:
            days[source.url] = max(one.captured, days.get(source.url, ""))
    for url, day in sorted(days.items()):
        link = re.compile(rf'(<a\b)([^<>]*? href="{re.escape(str(escape(url)))}")')
        html = link.sub(rf'\1 data-versiondate="{day}"\2', html)
    return html


def _source(source: Source) -> dict[str, Any]:
    """Return what the page of a source says about it, as JSON values."""
    return {
        "key": source.key,
        "title": source.title,
        "short": source.short,
        "type": str(source.csl.get("type", "")),
        "authors": list(_names(source.csl.get("author"))),
        "container": str(source.csl.get("container-title", "")),
        "publisher": str(source.csl.get("publisher", "")),
        "url": source.url if source.url.startswith(("https://", "http://")) else "",
        "doi": str(source.csl.get("DOI", "")),
        "provenance": source.provenance,
        "iso": iso(source.issued) if source.issued else "",
    }


def _names(people: object) -> Iterator[str]:
    """Return the names of a CSL list of people, in reading order."""
    for person in people if isinstance(people, list | tuple) else ():
        parts = (person.get(name, "") for name in ("given", "non-dropping-particle", "family", "literal"))
        yield " ".join(str(part) for part in parts if part)


def _quotation(one: Evidence, speakers: Mapping[Location, tuple[str, str]]) -> dict[str, str]:
    who, anchor = speakers.get(one.place, ("", ""))
    return {"words": " ".join(printed(one.words).split()), "where": one.where, "who": who, "anchor": anchor}


def _cited(brief: Brief, parts: Iterable[tuple[str, str, object]]) -> dict[str, dict[str, dict[str, str]]]:
    """Return the places of the page where each source is cited, by key and then by anchor."""
    uses: dict[str, dict[str, dict[str, str]]] = {}
    for anchor, label, record in parts:
        for citation, _ in citations(record):
            uses.setdefault(citation.key, {}).setdefault(anchor, {"anchor": anchor, "what": label})
    for citation, _ in citations(brief):
        uses.setdefault(citation.key, {})
    return uses


def _parts(brief: Brief, library: Library, labels: Labels) -> Iterator[tuple[str, str, object]]:
    """Yield the parts of a brief that have an anchor on its page, with their words."""
    for question in brief.questions:
        for who, cell in question.cells.items():
            if isinstance(cell, Position):
                label = f"{_name(who, library)}{labels.colon}{question.ask.value.strip()}"
                yield f"{question.id}-{who}", label, cell
    for fact in brief.facts:
        yield f"fact-{fact.id}", " ".join(fact.claim.plain.split()), fact
    for voice in brief.voices:
        yield f"voice-{voice.id}", _name(voice.statement.who, library), voice
    for option in brief.options:
        yield f"option-{option.id}", " ".join(option.option.plain.split()), option


def _texts(brief: Brief, page: Page) -> Iterator[tuple[str, str, object]]:
    """Yield the texts of a brief that are found by their heading, with its words."""
    for section in brief.sections:
        yield f"section-{section.id}", section.heading, section
    texts: dict[str, object] = {
        "summary": (brief.summary, brief.key_points),
        "timeline": brief.timeline,
        "limits": brief.limits,
        "method": (brief.selection, brief.method),
    }
    for name, text in texts.items():
        yield name, page.labels(name), text


def _listed(key: str, page: Page, ids: Collection[str]) -> list[dict[str, str]]:
    """Return the place of a source in the brief's list, for one that is cited only where no heading is, such as in the answer."""
    anchor = source_id(key)
    return [{"anchor": anchor, "what": page.labels("bibliography")}] if anchor in ids else []


def _speakers(
    brief: Brief, library: Library, parts: Iterable[tuple[str, str, object]]
) -> dict[Location, tuple[str, str]]:
    """Return speaker and anchor of each quotation, by its location."""
    anchors = {statement.place: anchor for anchor, _, record in parts for statement in walk(record, Statement)}
    return {
        statement.quote.place: (_name(statement.who, library), anchors.get(statement.place, ""))
        for statement in walk(brief, Statement)
        if statement.quote
    }


def _name(who: str, library: Library) -> str:
    return library.experts[who].name if who in library.experts else who
