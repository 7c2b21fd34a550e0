"""Downloads of a brief: its data as JSON and CSV, and the PDFs of its editions.

A quotation is a W3C TextQuoteSelector with its exact words. The words around it belong to the source; only those are included that the
brief publishes as a passage of its evidence.

The extract of a brief lists the editions that were accepted as PDFs of that brief (`pdf_files/edition_files.py`), with the SHA-256 of each
file. Only a file with this digest is published.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.engine import Made, Reads, Rejected
from generator.project import kept_edition
from generator.site import addresses
from generator.site.data.published_data import (
    AffiliationData,
    BriefData,
    BriefHead,
    ExpertData,
    Missing,
    QuestionData,
    Quotation,
    Said,
    as_json,
)
from generator.site.pages.site_frame import Frame, frame, read_whole
from generator.system.regular_files import refuse_outside

COLUMNS = ("question", "expert", "kind", "stance", "gap", "date", "affiliation", "paraphrase", "quotation", "source")
"""Columns of the table, which has a row for each position, earlier position, voice and gap."""
_SIGN = r"[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
_FORMULA = re.compile(rf"^(?=[\t\r\n]|[\s\u200b-\u200f\u2060-\u2069\ufeff]*{_SIGN})|(?<=[;\t\r\n])(?={_SIGN})")
"""Where spreadsheet programs begin to read a formula: at a sign of normal or full width (OWASP, "CSV Injection").

A sign after a semicolon counts too. Where a comma is the decimal sign, programs take the semicolon as the end of a cell.
"""


def make_data(reads: Reads, slug: str, experts: Sequence[str]) -> Made:
    """Make `data/SLUG.json`, whose format `docs/site.md` documents, and `data/SLUG.csv`."""
    around = frame(reads)
    entry = read_whole(reads, slug)
    people = [entry(f"person:{who}") for who in experts]
    rows = [
        (person, item)
        for person in people
        for item in sorted(entry(f"expert:{person['id']}"), key=lambda one: str(one["question"]))
    ]
    data = BriefData(
        schema=around.address + addresses.schema("data") if around.address else f"../{addresses.schema('data')}",
        version=1,
        brief=_head(around, entry("card")),
        questions=tuple(
            QuestionData(**{name: one[name] for name in ("id", "ask", "scale", "ordinal")})
            for one in entry("questions")
        ),
        experts=tuple(_expert(person) for person in people),
        statements=tuple(_statement(person, item) for person, item in rows),
    )
    text = json.dumps(as_json(data), ensure_ascii=False, indent=1, sort_keys=True)
    table = _table((person["name"], item) for person, item in rows)
    return Made(
        outputs={addresses.data(slug, "json"): f"{text}\n".encode(), addresses.data(slug, "csv"): table.encode()}
    )


def _head(around: Frame, card: dict[str, Any]) -> BriefHead:
    own = ("slug", "title", "subtitle", "answer", "status", "edition", "language", "topics", "authors")
    return BriefHead(
        **{name: card[name] for name in own},
        date=card["iso"],
        publisher=around.house.name,
        licence=around.house.licence.url or around.house.licence.name,
        url=around.url(card["href"]),
        pdf=around.address + card["pdf"],
    )


def _expert(person: dict[str, Any]) -> ExpertData:
    return ExpertData(
        **{**person, "affiliations": tuple(AffiliationData(**one) for one in person["affiliations"])},
    )


def _statement(person: dict[str, Any], item: dict[str, Any]) -> Said | Missing:
    common = {"expert": person["id"], "question": item["question"], "kind": item["kind"], "anchor": item["anchor"]}
    if item["kind"] == "gap":
        own = {name: item[name] for name in ("reason", "searched", "note")}
        return Missing(**common, **own, until=item["iso"])
    quote = _words(item)
    own = {name: item[name] for name in ("stance", "affiliation", "paraphrase", "marks", "sources")}
    source = _unmarked(item["source"])
    return Said(**common, **own, source=source, date=item["iso"], quotation=_selector(quote, item) if quote else None)


def _unmarked(source: str) -> str:
    """Return a citation without the marks of direction that it has on a page."""
    return source.replace("\u2068", "").replace("\u2069", "")


def _selector(quote: str, item: dict[str, Any]) -> Quotation:
    """A TextQuoteSelector; of the words around the quotation those that the brief publishes."""
    return Quotation(type="TextQuoteSelector", exact=quote, prefix=item["prefix"], suffix=item["suffix"])


def _words(item: dict[str, Any]) -> str:
    return "".join(run["text"] for run in item["quote"])


def _table(rows: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """Return CSV (RFC 4180) in UTF-8; no cell, and no part of one, begins like a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for name, item in rows:
        gap = item["kind"] == "gap"
        statement = ("", "", "", "", "") if gap else (
            item["iso"], item["affiliation"], item["paraphrase"], _words(item), _unmarked(item["source"]),
        )  # fmt: skip
        cells = (item["ask"], name, item["kind"], item.get("stance", ""), item.get("reason", ""), *statement)
        writer.writerow([_FORMULA.sub("'", cell) for cell in cells])
    return out.getvalue()


def make_edition(reads: Reads, slug: str, edition: int, digest: str) -> Made | Rejected:
    """One kept PDF, byte for byte. A file that has changed since it was accepted is not published; the build of the brief reports it."""
    path = kept_edition(slug, edition)
    try:
        content = reads.file(path)
        refuse_outside(reads.root, path)
    except OSError:
        return Rejected()
    if hashlib.sha256(content).hexdigest() != digest:
        return Rejected()
    return Made(outputs={addresses.edition_file(slug, edition): content})
