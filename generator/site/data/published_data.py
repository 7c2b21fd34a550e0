"""Records and JSON Schemas of the JSON files that the site publishes.

They are `data/<slug>.json` and `index.json`.

The files are written from these records, and the schemas are made from the same declarations. So a file cannot have a
field that its schema lacks. A field with a default is left out if it has no other value.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.engine import Made, Reads
from generator.model import ExpertKind, GapReason, Status
from generator.site import addresses

SCHEMA_KEY = "$schema"
"""Key of the field `schema` in a file."""

Day = Annotated[str, {"pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"}]
"""A date in ISO 8601, as precise as it is known; empty if it is not known."""
Number = Annotated[int, {"minimum": 0}]
Edition = Annotated[int, {"minimum": 1}]
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A TextQuoteSelector of the W3C Web Annotation model. The words around it are given only if the brief publishes them."""

    type: Annotated[Literal["TextQuoteSelector"], "The kind of selector."]
    exact: Annotated[str, "The words as printed."]
    prefix: Annotated[str, "The words before them."] = ""
    suffix: Annotated[str, "The words after them."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement of an expert: a position, an earlier position, or a voice."""

    expert: Annotated[str, "Id of the expert."]
    question: Annotated[str, "Id of the question; empty for a voice without one."]
    kind: Annotated[Literal["position", "earlier", "voice"], "What kind of statement it is."]
    anchor: Annotated[str, "Its place on the brief's page; empty if the design does not print it."]
    stance: Annotated[str, "The label on the scale, as the editors coded it; empty for none."]
    date: Annotated[Day, "The day of the statement."]
    affiliation: Annotated[str, "The affiliation at that time, in words."]
    paraphrase: Annotated[str, "The statement in the editors' words; empty for none."]
    quotation: Annotated[Quotation | None, "The statement in the expert's words."]
    marks: Annotated[str, "What readers must know about the words, such as `translated`."]
    sources: Annotated[Texts, "Keys of the cited sources."]
    source: Annotated[str, "The citation in words."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A question on which an expert has no position."""

    expert: Annotated[str, "Id of the expert."]
    question: Annotated[str, "Id of the question."]
    kind: Annotated[Literal["gap"], "There is no position."]
    anchor: Annotated[str, "Its place on the brief's page; empty if the design does not print it."]
    reason: Annotated[GapReason, "Why there is none."]
    searched: Annotated[str, "What was searched."]
    until: Annotated[Day, "The day of the search."]
    note: Annotated[str, "A note for readers; empty for none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationData:
    """An affiliation of an expert with its dates."""

    role: Annotated[str, "The role."]
    organisation: Annotated[str, "The organisation."]
    start: Annotated[Day, "Since when."]
    end: Annotated[Day, "Until when."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertData:
    """An expert or institution."""

    id: Annotated[str, "The id, the same in all briefs of the publisher."]
    name: Annotated[str, "The full name."]
    family: Annotated[str, "The name used for sorting."]
    kind: Annotated[ExpertKind, "A person or an institution."]
    note: Annotated[str, "Why no affiliation is given; empty for none."]
    affiliations: Annotated[tuple[AffiliationData, ...], "The known affiliations."]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionData:
    """A question that experts are compared on."""

    id: Annotated[str, "The id in this brief."]
    ask: Annotated[str, "The question."]
    scale: Annotated[Texts, "The labels that positions are coded with."]
    ordinal: Annotated[bool, "Whether the labels have an order."]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefHead:
    """The brief itself."""

    slug: Annotated[str, "The name of the brief, unique on the site."]
    title: Annotated[str, "The title."]
    subtitle: Annotated[str, "The subtitle; empty for none."]
    answer: Annotated[str, "The answer in one or two sentences; empty for none."]
    date: Annotated[Day, "The date of the brief."]
    status: Annotated[Status, "Drafts are not finished; withdrawn briefs are no longer valid."]
    edition: Annotated[Edition, "The number of the edition."]
    language: Annotated[str, "A language tag (BCP 47)."]
    topics: Annotated[Texts, "What the brief is about."]
    authors: Annotated[Texts, "Names of the authors."]
    publisher: Annotated[str, "Name of the publisher."]
    licence: Annotated[str, "Address or name of the licence; empty for none."]
    url: Annotated[str, "Address of the page; relative to the site if its address is not known."]
    pdf: Annotated[str, "Address of the PDF; relative to the site if its address is not known."]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefData:
    """A brief as data: who says what on each question, with sources."""

    schema: Annotated[str, "Address of this schema."]
    version: Annotated[Literal[1], "The version of this format."]
    brief: Annotated[BriefHead, "The brief itself."]
    questions: Annotated[tuple[QuestionData, ...], "The questions, in the order of the brief."]
    experts: Annotated[tuple[ExpertData, ...], "Everybody with a column or a voice."]
    statements: Annotated[tuple[Said | Missing, ...], "What the experts said, and where they said nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A published brief."""

    slug: Annotated[str, "The name of the brief, unique on the site."]
    title: Annotated[str, "The title."]
    date: Annotated[Day, "The date of the brief."]
    url: Annotated[str, "Address of the page; relative to the site if its address is not known."]
    pdf: Annotated[str, "Address of the PDF; relative to the site if its address is not known."]
    status: Annotated[Status, "The status."]
    edition: Annotated[Edition, "The number of the edition."]
    language: Annotated[str, "A language tag (BCP 47)."]
    experts: Annotated[Number, "Number of experts with a column."]
    questions: Annotated[Number, "Number of questions."]
    subtitle: Annotated[str, "The subtitle."] = ""
    answer: Annotated[str, "The answer in one or two sentences."] = ""
    number: Annotated[str, "The publisher's number."] = ""
    topics: Annotated[Texts, "What the brief is about."] = ()
    authors: Annotated[Texts, "Names of the authors."] = ()
    related: Annotated[Texts, "Names of related briefs: same experts, topics or sources; the most similar first."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The published briefs of a site, newest first."""

    schema: Annotated[str, "Address of this schema."]
    version: Annotated[Literal[1], "The version of this format."]
    publisher: Annotated[str, "Name of the publisher."]
    briefs: Annotated[tuple[IndexEntry, ...], "The briefs."]


def as_json(value: Any) -> Any:
    """Return a record as JSON values, without the fields that have their default."""
    if isinstance(value, str | int):  # most values, so they are asked for first
        return value
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {key_of(field.name): as_json(one) for field, one in pairs if one != field.default}
    return [as_json(one) for one in value] if isinstance(value, tuple | list) else value


def key_of(name: str) -> str:
    """Return the key of a field in a file."""
    return SCHEMA_KEY if name == "schema" else name


Schema = dict[str, Any]
RECORDS: dict[str, type] = {"data": BriefData, "index": Index}
"""The record of each kind of file, by the name that `brief schema` takes."""
_SIMPLE: dict[Any, Schema] = {str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}}


def published_schema(kind: str, address: str = "") -> Schema:
    """Return the JSON Schema of one kind of file; `address` is where it is published, if that is known."""
    records: dict[str, Schema] = {}
    schema = _object(RECORDS[kind], records)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind}
    return head | ({"$id": address} if address else {}) | {"$defs": dict(sorted(records.items()))} | schema


def make_schemas(reads: Reads) -> Made:
    """Make the schemas that the files name in `$schema`."""
    from generator.site.pages.site_frame import frame

    around = frame(reads)
    outputs = {}
    for kind in RECORDS:
        path = addresses.schema(kind)
        schema = published_schema(kind, around.address and around.address + path)
        outputs[path] = f"{json.dumps(schema, indent=1, ensure_ascii=False)}\n".encode()
    return Made(outputs=outputs)


def _object(record: type, records: dict[str, Schema]) -> Schema:
    hints = get_type_hints(record, include_extras=True)
    return {
        "description": (record.__doc__ or "").strip(),
        "additionalProperties": False,
        "properties": {key_of(name): _of(hint, records) for name, hint in hints.items()},
        "required": [key_of(field.name) for field in fields(record) if field.default is MISSING],
        "type": "object",
    }


def _of(hint: Any, records: dict[str, Schema]) -> Schema:
    """Return the schema of a type; the schemas of its records are added to `records`."""
    origin, values = get_origin(hint), get_args(hint)
    if origin is Annotated:
        schema = _of(values[0], records)
        for note in values[1:]:
            schema = schema | (note if isinstance(note, dict) else {"description": note})
        return schema
    if origin in (Union, types.UnionType):
        return {"oneOf": [_of(one, records) for one in values]}
    if origin is Literal:
        return {"enum": list(values)}
    if origin is tuple:
        return {"items": _of(values[0], records), "type": "array"}
    if hint is type(None):
        return {"type": "null"}
    if isinstance(hint, type) and is_dataclass(hint):
        name = hint.__name__
        records.setdefault(name, _object(hint, records))
        return {"$ref": f"#/$defs/{name}"}
    if issubclass(hint, StrEnum):
        return {"enum": [one.value for one in hint], "type": "string"}
    return _SIMPLE[hint]
