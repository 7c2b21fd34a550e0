"""`briefs/sources.yaml` (CSL-YAML) -> sources, as the citation processor and the page want them.

CSL-YAML is what pandoc reads and Zotero's Better BibTeX writes. How a citation looks is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.model import Date, Source
from generator.model.fields import shape_of
from generator.model.kinds import record
from generator.problems import Code, Location, Problem, Severity
from generator.read import csl
from generator.read.csl_reference import Reference
from generator.read.files import SOURCES
from generator.read.nodes import Document, Scalar
from generator.read.reading import Reading, Record, Values
from generator.read.record_reader import read_file
from generator.read.shape_problems import BAD_VALUE
from generator.syntax.lines import words_of_rich

DUPLICATE_SOURCE = Code("duplicate-source", Severity.ERROR)
CODES = (DUPLICATE_SOURCE,)

_NAMES = {key: field.name for key, field in shape_of(record(Reference)).fields.items() if key not in csl.OURS}
"""CSL's variables and the names that records have for them."""


class _Entry(NamedTuple):
    """A source with the place of its id."""

    source: Source
    place: Location


def read_sources(document: Document) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """Read all sources, by key, in the file's order."""
    reading = Reading(document, makers={Reference: _entry})
    file = read_file(SOURCES, reading)
    sources: dict[str, Source] = {}
    for source, place in file.references if file else ():
        if source.key.startswith("@"):
            hint = f"write `id: {source.key.lstrip('@')}`; only citations have the @"
            reading.problems.append(BAD_VALUE.at(place, f"the id '{source.key}' begins with @", hint))
        elif source.key in sources:
            first = sources[source.key].place.line
            message = f"'{source.key}' stands twice; the first is in line {first}"
            reading.problems.append(DUPLICATE_SOURCE.at(place, message, "rename one of them"))
        elif source.key:
            sources[source.key] = source
    return sources, tuple(reading.problems)


def _entry(values: Values, record: Record, reading: Reading) -> _Entry:
    data = {key: values[_NAMES[key]] for key in record.node.entries if _NAMES.get(key) in values}
    issued = _issued(data.get("issued"))
    title = _written(record, "title")
    source = Source(
        key=values["id"],
        csl=data,
        place=record.place,
        title=words_of_rich(title),
        provenance=values.get("provenance", "primary"),
        issued=issued,
        short=words_of_rich(_written(record, "title-short") or _written(record, "shortTitle") or title),
        url=_written(record, "URL"),
    )
    return _Entry(source, record.node.keys.get("id", record.place))


def _written(record: Record, key: str) -> str:
    """The words of a variable as the author wrote them."""
    node = record.node.entries.get(key)
    return " ".join(node.value.split()) if isinstance(node, Scalar) and not node.is_null else ""


def _issued(value: Mapping[str, Any] | None) -> Date | None:
    parts = value.get("date-parts") if value else None
    return Date(*parts[0][:3]) if parts and parts[0] else None
