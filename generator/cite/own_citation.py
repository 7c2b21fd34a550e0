"""Writes the citation of a brief for reference managers: BibTeX, RIS and CSL-JSON.

All three are made from one CSL item. Pandoc writes BibTeX, in which marks and commands have to be escaped; RIS is plain text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.cite import pandoc
from generator.model import Brief, HouseStyle

_RIS_TAGS = {
    "PB": "publisher",
    "T3": "collection-title",
    "M1": "number",
    "SN": "ISSN",
    "ET": "edition",
    "LA": "language",
    "DO": "DOI",
    "UR": "URL",
}
FORMATS = ("BibTeX", "RIS", "CSL-JSON")


def own_item(brief: Brief, house: HouseStyle, title: str, address: str) -> dict[str, Any]:
    """Return the CSL item of a brief. `title` includes its subtitle; `address` is where it is published, or empty.

    Names stay whole: which of their words is the family name is not known.
    """
    date = brief.date
    parts = [part for part in (date.year, date.month, date.day) if part] if date else []
    item = {
        "id": brief.slug,
        "type": "report",
        "title": title,
        "author": [{"literal": person.name} for person in brief.authors] or [{"literal": house.name}],
        "issued": {"date-parts": [parts]} if parts else None,
        "publisher": house.name,
        "collection-title": house.series if brief.number else "",
        "number": brief.number,
        "edition": str(brief.edition) if brief.edition > 1 else "",
        "language": brief.language,
        "URL": address,
        "DOI": brief.doi,
        "ISSN": house.issn,
    }
    return {name: value for name, value in item.items() if value}


def own_citation(item: dict[str, Any]) -> bytes:
    """Return the item in all FORMATS, as JSON for `read_own`. Raises PandocFailed."""
    text = json.dumps([item], ensure_ascii=False)
    bibtex = pandoc.ask({"do": "convert", "from": "csljson", "to": "biblatex", "text": text})
    pretty = json.dumps([item], ensure_ascii=False, indent=1, sort_keys=True)
    written = (str(bibtex).strip(), "\n".join(_ris(item)), pretty)
    return json.dumps(dict(zip(FORMATS, written, strict=True)), ensure_ascii=False).encode()


def request_of(item: dict[str, Any]) -> bytes:
    """Return everything that `own_citation` depends on."""
    return json.dumps([pandoc.version(), pandoc.SCRIPT.read_text("utf-8"), item], sort_keys=True).encode()


def read_own(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return name and text of each format. Raises ValueError for anything that `own_citation` has not written."""
    found = json.loads(content)
    if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in FORMATS):
        raise ValueError("not a citation of a brief")
    return tuple((name, found[name]) for name in FORMATS)


def is_own(content: bytes) -> bool:
    """Whether bytes are what `own_citation` writes."""
    try:
        read_own(content)
    except ValueError:
        return False
    return True


def _ris(item: dict[str, Any]) -> Iterator[str]:
    """A reference of the type "report" (RIS format specifications, 2001)."""
    yield "TY  - RPRT"
    for tag, value in (("TI", item["title"]), *(("AU", one["literal"]) for one in item["author"])):
        yield f"{tag}  - {value}"
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if parts:
        yield f"PY  - {parts[0]:04}"
        padded = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
        yield f"DA  - {'/'.join((*padded, '', '', '')[:3])}/"
    yield from (f"{tag}  - {item[name]}" for tag, name in _RIS_TAGS.items() if name in item)
    yield "ER  - "
