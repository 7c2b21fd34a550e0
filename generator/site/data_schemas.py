"""JSON Schemas of the files that the site publishes, made from the records that the files are written from."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.site import addresses
from generator.site.published_data import BriefData, Index, key_of

if TYPE_CHECKING:
    from generator.engine import Made, Reads

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
    from generator.engine import Made
    from generator.site.site_frame import frame

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
