"""Makes the extract of a brief for the site: its card, entries for experts and sources, texts to search.

All words are ready to print, in the brief's language. Only quotations that the brief prints are in it, never other words of a
capture.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.model import (
    Affiliation,
    Brief,
    Date,
    Evidence,
    Expert,
    Gap,
    Library,
    Position,
    Question,
    Statement,
    Status,
)
from generator.model.days import iso
from generator.render.page import Page
from generator.render.page.machine_metadata import description
from generator.render.page.matrix_views import Strip
from generator.render.page.people import head
from generator.render.page.statement import said_on, when, words
from generator.render.page.views import Words
from generator.site.extracts.expert_entries import ExpertEntry, question_key
from generator.site.extracts.extract_file import ExtractHead, encode
from generator.site.extracts.source_uses import source_entries
from generator.syntax.citations import citations

_CONTEXT = 32
"""Characters before and after a quotation, to find it if its words occur more than once (W3C Web Annotation)."""
_ID = re.compile(r'\sid="([^"]*)"')


def ids_in(page: str) -> frozenset[str]:
    """Return the ids of the elements of a page in HTML, which links can lead to."""
    return frozenset(html.unescape(match) for match in _ID.findall(page))


def extract(
    brief: Brief,
    library: Library,
    evidence: Sequence[Evidence],
    page: Page,
    ids: Collection[str],
    fonts: Sequence[str] = (),
    editions: Sequence[tuple[int, str]] = (),
) -> dict[str, bytes]:
    """The files of the extract of a brief that is sound, from what it says, what is known of its quotations, and its page.

    `ids` are those of its page, which links can lead to, `fonts` the slices of fonts of its page and of the site's pages,
    `editions` the number and SHA-256 of each kept PDF.
    """
    making = _EntryMaker(brief, library, page, ids)
    items = making.experts()
    sources = source_entries(brief, library, evidence, page, ids)
    captures = tuple((said.pop("captured"), said.pop("passages")) for said in sources.values())
    entries = {
        "title": _title(brief, page),
        "card": _card(brief, page),
        "picture": _picture(brief, page),
        "questions": making.questions(),
        "log": _log(brief),
        "texts": list(making.texts(items)),
        **{f"person:{who}": _person(library.experts[who]) for who in items},
        **{f"expert:{who}": said for who, said in items.items()},
        **{f"about:{key}": said.pop("source") for key, said in sources.items()},
        **{f"source:{key}": said for key, said in sources.items()},
    }
    extract_head = ExtractHead(
        slug=brief.slug,
        stem=brief.stem,
        date=_iso(brief.date),
        status=brief.status.value,
        language=brief.language,
        topics=brief.topics,
        experts=tuple(items),
        sources=tuple(sources),
        questions=len(brief.questions),
        address=bool(library.house.site),
        revised=_is_revised(brief),
        original=brief.translation_of.value if brief.translation_of else brief.slug,
        fonts=tuple(fonts),
        editions=tuple(editions),
        statements=tuple(
            tuple(ExpertEntry(item["kind"], item.get("reason", ""), question_key(item["ask"])) for item in said)
            for said in items.values()
        ),
        captures=captures,
        changed=_changed(brief),
    )
    return encode(extract_head, entries)


def _title(brief: Brief, page: Page) -> dict[str, Any]:
    """Return what a page needs to name and link a brief."""
    return {
        "href": f"{brief.stem}.html",
        "title": page.title,
        "iso": _iso(brief.date),
        "when": when(brief.date, brief.language).words if brief.date else "",
        "status": brief.status.value,
        "status_words": page.masthead.status,
        "language": brief.language,
    }


def _card(brief: Brief, page: Page) -> dict[str, Any]:
    """Return what a list of briefs shows of this brief."""
    return {
        **_title(brief, page),
        "slug": brief.slug,
        "changed": _changed(brief),
        "pdf": f"{brief.stem}.pdf",
        "subtitle": page.subtitle,
        "answer": _line(brief.answer.plain) if brief.answer else "",
        "description": description(brief),
        "line": list(page.masthead.line),
        "number": brief.number,
        "edition": brief.edition,
        "topics": list(brief.topics),
        "authors": [person.name for person in brief.authors],
        "experts": len(brief.experts),
        "questions": len(brief.questions),
        "strip": _strip(page.matrix.strips[0]) if page.matrix.strips else None,
    }


def _changed(brief: Brief) -> str:
    """Return the day of the brief or of its latest correction, whichever is later; empty if there is none."""
    return max(_iso(brief.date), *(iso(one.date) for one in brief.corrections), "")


def _picture(brief: Brief, page: Page) -> dict[str, Any]:
    """Return the content of the picture for shared links."""
    return {
        "language": brief.language,
        "title": page.title,
        "answer": _line(brief.answer.plain) if brief.answer else page.subtitle,
        "strip": _strip(page.matrix.strips[0]) if page.matrix.strips else None,
    }


def _is_revised(brief: Brief) -> bool:
    """Whether the log of corrections and editions has the brief. What a draft says of its edition is not published yet."""
    if brief.status is Status.DRAFT:
        return False
    return brief.edition > 1 or bool(brief.corrections) or brief.status is Status.WITHDRAWN


def _log(brief: Brief) -> dict[str, Any]:
    """Return what the log of corrections and editions shows of the brief."""
    return {
        "edition": brief.edition,
        "updates": _line(brief.updates.plain) if brief.updates else "",
        "corrections": [
            {"iso": iso(one.date), "when": when(one.date, brief.language).words, "what": _line(one.what.plain)}
            for one in brief.corrections
        ],
    }


def _strip(strip: Strip) -> dict[str, Any]:
    return {
        "ask": strip.ask,
        "ordinal": strip.ordinal,
        "counted": strip.counted,
        "steps": [{"label": step.label, "names": [one.words for one in step.experts]} for step in strip.steps],
        "silent": list(strip.silent),
    }


class _EntryMaker:
    """Makes the entries of one brief's questions and experts."""

    def __init__(self, brief: Brief, library: Library, page: Page, ids: Collection[str]) -> None:
        self._brief = brief
        self._library = library
        self._labels = page.labels
        self._ids = ids

    def questions(self) -> list[dict[str, Any]]:
        """Return each question with the position or gap of each expert."""
        return [
            {
                "id": question.id,
                "ask": question.ask.value.strip(),
                "scale": list(question.scale),
                "ordinal": question.ordinal,
                "anchor": self._anchor(f"question-{question.id}"),
                "cells": [self._brief_cell(question, text.value) for text in self._brief.experts],
            }
            for question in self._brief.questions
        ]

    def experts(self) -> dict[str, list[dict[str, Any]]]:
        """Return the statements and gaps of everybody with a column or a voice, by id."""
        items: dict[str, list[dict[str, Any]]] = {text.value: [] for text in self._brief.experts}
        for question in self._brief.questions:
            for who in items:
                items[who] += self._cell(question, who)
        for voice in self._brief.voices:
            ask = next(
                (one for one in self._brief.questions if voice.question and one.id == voice.question.value), None
            )
            entry = self._said(voice.statement, ask, None, self._anchor(f"voice-{voice.id}"), "voice")
            items.setdefault(voice.statement.who, []).append(entry)
        return {who: entry for who, entry in items.items() if who in self._library.experts}

    def texts(self, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[dict[str, str]]:
        """Yield the texts for the search, in addition to titles and questions: statements and facts."""
        for who, statements in items.items():
            name = self._library.experts[who].name
            for item in statements:
                if item["kind"] != "gap":
                    title = f"{name}{self._labels.colon}{item['ask']}" if item["ask"] else name
                    yield {"kind": "position", "anchor": item["anchor"], "title": title, "text": _found_text(item)}
        for fact in self._brief.facts:
            note = _line(fact.note.plain) if fact.note else ""
            anchor = self._anchor(f"fact-{fact.id}")
            yield {"kind": "fact", "anchor": anchor, "title": _line(fact.claim.plain), "text": note}

    def _brief_cell(self, question: Question, who: str) -> dict[str, Any]:
        cell = question.cells.get(who)
        expert = self._library.experts.get(who)
        stance = cell.stance if isinstance(cell, Position) else None
        return {
            "who": who,
            "name": expert.name if expert else who,
            "stance": question.scale[stance] if stance is not None and stance < len(question.scale) else "",
            "gap": cell.reason.value if isinstance(cell, Gap) else "",
            "anchor": self._anchor(f"{question.id}-{who}"),
        }

    def _cell(self, question: Question, who: str) -> Iterator[dict[str, Any]]:
        """Yield the position of one expert on one question and the earlier ones, or the gap."""
        cell, anchor = question.cells.get(who), self._anchor(f"{question.id}-{who}")
        if isinstance(cell, Position):
            yield self._said(cell.statement, question, cell.stance, anchor, "position")
            for one in cell.earlier:
                yield self._said(one.statement, question, one.stance, anchor, "earlier")
        elif isinstance(cell, Gap):
            yield {
                **_asked(question),
                "kind": "gap",
                "anchor": anchor,
                "reason": cell.reason.value,
                "searched": cell.searched.value if cell.searched else "",
                "note": cell.note.strip(),
                "iso": _iso(cell.until or self._brief.date),
            }

    def _anchor(self, name: str) -> str:
        """Return the anchor on the brief's page; empty if its design does not print that part."""
        return name if name in self._ids else ""

    def _said(
        self, statement: Statement, question: Question | None, stance: int | None, anchor: str, kind: str
    ) -> dict[str, Any]:
        """Return one statement of an extract as JSON values, in the words of the brief's language."""
        day: Date | None = said_on(statement, self._library)
        expert = self._library.experts.get(statement.who)
        printed = words(statement, expert.name if expert else statement.who, self._library, self._labels)
        then = head(statement.who, day, self._library, self._labels)
        return {
            **_asked(question),
            "kind": kind,
            "anchor": anchor,
            "stance": question.scale[stance] if question and stance is not None else "",
            "iso": _iso(day),
            "when": when(day, self._labels.language).words if day else "",
            "affiliation": then.affiliation_line,
            "sources": list(dict.fromkeys(citation.key for citation, _ in citations(statement))),
            **_around(statement, open_context=self._library.house.evidence_annex),
            **_words(printed),
        }


def _asked(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {"question": "", "ask": "", "scale": [], "ordinal": False}
    scale = list(question.scale)
    return {"question": question.id, "ask": question.ask.value.strip(), "scale": scale, "ordinal": question.ordinal}


def _around(statement: Statement, *, open_context: bool) -> dict[str, str]:
    """Return the words before and after a quotation, if the brief publishes them in a passage of `support` that contains it.

    Words of a capture are never among them. A publisher without an evidence annex publishes no passages.
    """
    quote, support = (" ".join(text.value.split()) if text else "" for text in (statement.quote, statement.support))
    before, found, behind = support.partition(quote) if quote and open_context else ("", "", "")
    return {"prefix": before[-_CONTEXT:], "suffix": behind[:_CONTEXT]} if found else {"prefix": "", "suffix": ""}


def _words(words: Words) -> dict[str, Any]:
    return {
        "paraphrase": _line(words.paraphrase.plain) if words.paraphrase else "",
        "quote": [{"text": run.text, "kind": run.kind} for run in words.quote],
        "opening": words.opening,
        "closing": words.closing,
        "marks": words.marks,
        "said": words.said,
        "source": words.source,
    }


def _found_text(item: Mapping[str, Any]) -> str:
    """Return what a search shows of a position: the editors' words and, in quotation marks, the source's."""
    quote = "".join(run["text"] for run in item["quote"])
    quoted = f"{item['opening']}{quote}{item['closing']}" if quote else ""
    return " · ".join(filter(None, (item["stance"], item["paraphrase"], quoted, item["source"])))


def _person(expert: Expert) -> dict[str, Any]:
    return {
        "id": expert.id,
        "name": expert.name,
        "family": expert.family,
        "kind": expert.kind.value,
        "note": expert.affiliation_note,
        "affiliations": [_affiliation(one) for one in expert.affiliations],
    }


def _affiliation(one: Affiliation) -> dict[str, str]:
    return {"role": one.role, "organisation": one.organisation, "start": _iso(one.start), "end": _iso(one.end)}


def _iso(date: Date | None) -> str:
    return iso(date) if date else ""


def _line(text: str) -> str:
    return " ".join(text.split())
