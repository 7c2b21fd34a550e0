"""JSON Schemas and the field reference, made from the declarations of the model.

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
from generator.read.file_readers import FILES, MEANINGS, records_in
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


_TITLES = {
    "brief": "Fact file: `briefs/<slug>.yaml`",
    "experts": "Experts: `briefs/experts.yaml`",
    "sources": "Sources: `briefs/sources.yaml`",
    "house": "House style: `briefs/house.yaml`",
    "facts": "Shared facts: `briefs/facts.yaml`",
}

_FORMS = {
    Form.ID: "id",
    Form.FACT_ID: "id",
    Form.FIGURE: "id",
    Form.MARKDOWN: "Markdown",
    Form.BODY: "Markdown with headings",
    Form.CITE: "citation",
    Form.DATE: "date",
    Form.AMOUNT: "amount",
    Form.FLAG: "true or false",
    Form.COUNT: "whole number",
    Form.CSL_NAMES: "list of names",
    Form.CSL_DATE: "text, whole number, list or mapping",
    Form.CSL_TEXT: "text or number",
    Form.VALUE: "text or number",
    Form.CELL: "text, number or nothing",
    Form.ANYTHING: "anything",
}
"""What documentation calls values of a form; the others are text."""
"""Most words of a choice that are all listed."""


def field_reference() -> str:
    """Return Markdown: a table of fields for each kind of file and each record in it."""
    parts = [
        "# Fields\n\nEvery field that an author can write, with its type and meaning. A field in **bold** is required. "
        "Editors that know the YAML language server show the same while you type. What goes wrong when a field is missing, "
        "misspelt or of the wrong kind is described in [problems](problems.md) under `missing-field`, `unknown-key`, "
        "`wrong-type` and `bad-value`. This page is made by `brief schema --markdown`.\n"
    ]
    for kind, title in _TITLES.items():
        parts.append(f"## {title}\n")
        of_file = FILES[kind]
        if isinstance(of_file, RecordOf):
            parts.append(_table(shape_of(of_file)))
        else:
            parts.append(f"The keys are the ids of the {kind}; each entry has:\n")
        for name, shape in sorted(records_in(of_file).items()):
            parts += [f"### {name}\n", _table(shape)]
    return "\n".join(parts)


def _table(shape: Shape) -> str:
    with_examples = shape.name not in ("sources", "Reference")  # CSL defines its variables
    head = "| field | type | meaning |" + (" example | problems |" if with_examples else "")
    rows = [head, "| --- " * (head.count("|") - 1) + "|"]
    for key, field in shape.fields.items():
        title = f"**`{key}`**" if field.required else f"`{key}`"
        row = f"| {title} | {_type(field.kind)} | {_meaning(field)} |"
        rows.append(row + (_example(field) if with_examples else ""))
    return "\n".join(rows) + "\n"


def _example(field: Field) -> str:
    problems = ", ".join(f"[{code}](problems.md#{code})" for code in field.problems)
    return f" `{field.example.replace('|', chr(92) + '|')}` | {problems} |"


def _meaning(field: Field) -> str:
    text = field.meaning.replace("|", "\\|")
    default = field.written_default
    shown = str(default).lower() if isinstance(default, bool) else default
    return text if default is None else f"{text} Default: `{shown}`."


def _type(kind: Kind[Any, Any]) -> str:
    match kind:
        case Single():
            return _FORMS.get(kind.form, "text")
        case Choice():
            return ", ".join(f"`{word}`" for word in kind.words)
        case ListOf():
            return f"list of {_type(kind.item)}"
        case MappingOf():
            return f"mapping to {_type(kind.value)}"
        case Suppressions():
            return "mapping to text"
        case ByLanguage():
            return "text or mapping to text"
        case Either():
            return f"{_type(kind.other)} or {_type(kind.marked)}"
        case RecordOf():
            name = shape_of(kind).name
            alone = f"{_type(shape_of(kind).fields[kind.alone].kind)} or " if kind.alone else ""
            return f"{alone}[{name}](#{name.lower()})"
    raise TypeError(f"no name for {kind}")
