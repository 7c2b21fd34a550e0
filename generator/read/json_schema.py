"""Makes the JSON Schemas (draft 2020-12) of the files that authors write, for YAML editors.

They are made from the declarations of the model. A value that a schema rejects is a problem of `brief check` too; a value that it
accepts may still be an invalid date, amount or citation.
"""

from __future__ import annotations

from typing import Any

from generator.model.fields import Field, Shape, shape_of
from generator.model.kinds import (
    ByLanguage,
    Choice,
    Either,
    Form,
    Kind,
    ListOf,
    MappingOf,
    RecordOf,
    Single,
    Suppressions,
)
from generator.read import csl
from generator.read.file_readers import FILES, MEANINGS
from generator.read.value_readers import FACT_ID_PATTERN, ID_PATTERN

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NAME = {"type": "object", "properties": {part: {} for part in sorted(csl.NAME_PARTS)}, "additionalProperties": False}
_OF_FORM: dict[Form, Schema] = {
    Form.MARKDOWN: _TEXT | {"description": "Markdown, with citations `[@key, p. 3]` and facts `[#id]`."},
    Form.BODY: _TEXT
    | {"description": "Markdown, with citations `[@key, p. 3]`, facts `[#id]` and headings `### ...`."},
    Form.ID: _TEXT | {"pattern": f"^{ID_PATTERN}$"},
    Form.FIGURE: _TEXT | {"pattern": f"^{ID_PATTERN}$"},
    Form.FACT_ID: _TEXT | {"pattern": f"^{FACT_ID_PATTERN}$"},
    Form.DATE: {"type": ["string", "integer"], "examples": ["2025-02-14", "2025-02", 2025]},
    Form.AMOUNT: {"type": ["string", "number"], "examples": ["5.6 million", "10–12"]},
    Form.CITE: _TEXT | {"examples": ["@rise-2025, para. 5; see also @other"]},
    Form.FLAG: {"type": "boolean"},
    Form.COUNT: {"type": "integer", "minimum": 1},
    Form.CSL_NAMES: {"type": "array", "items": _NAME},
    Form.CSL_DATE: {"type": ["string", "integer", "array", "object"]},
    Form.CSL_TEXT: {"type": ["string", "number"]},
    Form.VALUE: {"type": ["string", "number"]},
    Form.CELL: {"type": ["string", "number", "null"]},
    Form.ANYTHING: {},
}
"""Values of all other forms are text."""


def json_schema(kind: str) -> Schema:
    """Return the JSON Schema of one kind of file, by the name that `brief schema` takes."""
    records: dict[str, Schema] = {}
    of_file = FILES[kind]
    schema = _object(shape_of(of_file), records) if isinstance(of_file, RecordOf) else _of(of_file, records)
    meaning = {"description": MEANINGS[kind]} if kind in MEANINGS else {}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind}
    return head | meaning | {"$defs": dict(sorted(records.items()))} | schema


def _of(kind: Kind[Any, Any], records: dict[str, Schema]) -> Schema:
    """Return the schema of a kind; the schemas of its records are added to `records`."""
    match kind:
        case Single():
            return _OF_FORM.get(kind.form, _TEXT)
        case Choice():
            return {"enum": list(kind.words), "type": "string"}
        case ListOf():
            return {"items": _of(kind.item, records), "type": "array"}
        case MappingOf():
            keys = {"propertyNames": _OF_FORM[Form.ID]} if kind.ids else {}
            return {"additionalProperties": _of(kind.value, records), "type": "object"} | keys
        case Suppressions():
            return {"additionalProperties": _TEXT, "type": "object"}
        case ByLanguage():
            text = _of(kind.text, records)
            return {"oneOf": [text, {"additionalProperties": text, "minProperties": 1, "type": "object"}]}
        case Either():
            return {"oneOf": [_of(kind.other, records), _of(kind.marked, records)]}
        case RecordOf():
            reference = _reference(shape_of(kind), records)
            return (
                {"oneOf": [_of(shape_of(kind).fields[kind.alone].kind, records), reference]}
                if kind.alone
                else reference
            )
    raise TypeError(f"no schema for {kind}")


def _reference(shape: Shape, records: dict[str, Schema]) -> Schema:
    if shape.name not in records:
        records[shape.name] = {}  # a record may contain others of its own kind
        records[shape.name] = _object(shape, records)
    return {"$ref": f"#/$defs/{shape.name}"}


def _object(shape: Shape, records: dict[str, Schema]) -> Schema:
    return {
        "additionalProperties": False,
        "properties": {key: _property(field, records) for key, field in shape.fields.items()},
        "required": [key for key, field in shape.fields.items() if field.required],
        "type": "object",
    }


def _property(field: Field, records: dict[str, Schema]) -> Schema:
    schema = _of(field.kind, records)
    nullable = field.nullable and schema != {} and not _is_csl(field.kind)
    shown = {} if field.default is None else {"default": field.written_default}
    return ({"anyOf": [schema, {"type": "null"}]} if nullable else schema) | {"description": field.meaning} | shown


def _is_csl(kind: Kind[Any, Any]) -> bool:
    return isinstance(kind, Single) and kind.form in (Form.CSL_NAMES, Form.CSL_DATE, Form.CSL_TEXT)
