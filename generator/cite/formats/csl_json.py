"""Reads CSL-JSON, also of Crossref and DataCite, as drafts of CSL entries."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from generator.cite.formats import Draft, Drafts, NotReadable, WrittenField, bad_entry
from generator.problems import Problem
from generator.read import csl

_CROSSREF = {
    "journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "proceedings-article": "paper-conference", "posted-content": "article", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "reference-entry": "entry", "dissertation": "thesis", "report-component": "report",
    "report-series": "report", "peer-review": "review", "journal": "periodical", "proceedings": "book", "component": "document",
    "other": "document", "blog": "post-weblog", "web": "webpage",
}  # fmt: skip
_OTHER_NAMES = {"short-title": "title-short", "short-container-title": "container-title-short", "isbn": "ISBN",
                "issn": "ISSN", "doi": "DOI", "url": "URL"}  # fmt: skip
_HOUSEKEEPING = frozenset(
    """indexed reference-count content-domain created deposited prefix member score link resource relation
    is-referenced-by-count references-count issn-type isbn-type content-created content-updated published published-print
    published-online update-policy alternative-id assertion license funder reference subject journal-issue crossmark
    copyright citation-key archive-note""".split()
)
"""Crossref's own administrative fields, which no citation needs."""
_OPENING = re.compile(r"\s*(?:\[|\{)")
_BETWEEN = re.compile(r"[\s,]*")


def read_csl_json(text: str, file: str) -> Drafts:
    """Read a list of entries, or an object that contains one. Entries before a syntax error are read. Raises NotReadable."""
    for line, item in _items(text):
        yield item if isinstance(item, Problem) else _draft(item, line, file)


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each entry with its line. Raises NotReadable at a syntax error."""
    start = _start(text)
    if start is None:
        yield 1, _object(text)
        return
    lines = [match.start() for match in re.finditer(r"\n", text)]
    decoder = json.JSONDecoder()
    at = start
    while True:
        match = _BETWEEN.match(text, at)
        at = match.end() if match else at
        if text[at : at + 1] in ("]", ""):
            break
        line = bisect_right(lines, at) + 1
        try:
            item, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise NotReadable(f"this is not JSON: {error.msg.lower()}", error.lineno, error.colno) from None
        except RecursionError:
            raise NotReadable("this is not JSON: nested too deeply") from None
        yield line, item
    if text[at : at + 1] != "]":
        raise NotReadable("this is not JSON: the list is never closed", len(lines) + 1)


def _object(text: str) -> dict[str, Any]:
    """Read a file with a single entry. Raises NotReadable."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotReadable(f"this is not JSON: {error.msg.lower()}", error.lineno, error.colno) from None
    except RecursionError:
        raise NotReadable("this is not JSON: nested too deeply") from None
    if not {"title", "DOI", "type", "message"} & set(content):
        raise NotReadable("CSL-JSON is a list of entries")
    return dict(content)


def _start(text: str) -> int | None:
    """Return the start of the first entry, after the bracket of the list; None if there is no list."""
    match = _OPENING.match(text)
    if match is None:
        raise NotReadable("this is not JSON: it begins with neither [ nor {")
    if text[match.end() - 1] == "[":
        return match.end()
    listed = re.search(r'"(?:items|references)"\s*:\s*\[', text)
    return listed.end() if listed else None


def _draft(item: Any, line: int, file: str) -> Draft | Problem:
    """Return one entry of CSL-JSON or of Crossref, with the fields that have no place in CSL."""
    if isinstance(item, dict) and isinstance(item.get("message"), dict):
        item = item["message"]
    if not isinstance(item, dict):
        return bad_entry(file, line, "this is not an entry: an entry is an object in {braces}")
    key = item.get("citation-key") or item.get("id") or item.get("DOI")
    if not key or isinstance(key, list | dict):
        return bad_entry(file, line, "this entry has no id", "give each entry an id")
    entry: dict[str, Any] = {"id": str(key)}
    left_out = []
    for field, value in item.items():
        name = _OTHER_NAMES.get(field, field)
        if value in (None, "", [], {}) or field in _HOUSEKEEPING or name == "id":
            continue
        if name == "type":
            entry["type"] = _CROSSREF.get(str(value), str(value))
        elif name in csl.VARIABLES:
            entry.setdefault(name, _value(name, value))
        else:
            left_out.append(WrittenField(field, "", line))
    if "issued" not in entry and isinstance(item.get("published"), Mapping):
        entry["issued"] = item["published"]
    return Draft(line, entry, left_out)


def _value(name: str, value: Any) -> Any:
    if name in csl.NAMES and isinstance(value, list):
        return [_person(one) for one in value]
    if isinstance(value, list) and name not in csl.DATES | {"custom"}:
        texts = [str(one) for one in value if isinstance(one, str | int)]
        return ", ".join(texts) if name in ("ISSN", "ISBN", "keyword", "categories") else texts[0] if texts else None
    return value


def _person(one: Any) -> Any:
    """Return a name with CSL's parts only: Crossref uses `name` for a body, and adds ORCID iDs and affiliations."""
    if not isinstance(one, Mapping):
        return {"literal": str(one)}
    if one.get("name") and not one.get("family"):
        return {"literal": str(one["name"])}
    return {part: value for part, value in one.items() if part in csl.NAME_PARTS and value not in (None, "")}
