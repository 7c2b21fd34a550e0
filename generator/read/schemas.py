"""JSON Schemas and the field reference, made from the declarations of the model.

A value that a schema rejects is a problem of `brief check` too; a value that it
accepts may still be an invalid date, amount or citation.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from generator.read.file_readers import FILES
from generator.read.shape_problems import ID

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_NAME = {"type": "object", "properties": {part: {} for part in sorted(csl.NAME_PARTS)}, "additionalProperties": False}

_ID: Schema = _TEXT | {"pattern": f"^{ID.pattern}$"}

_FORMS: dict[Form, tuple[str, Schema]] = {
    Form.MARKDOWN: ("Markdown", _TEXT | {"description": "Markdown, with citations `[@key, p. 3]` and facts `[#id]`."}),
    Form.PARAGRAPH: (
        "Markdown in one paragraph",
        _TEXT | {"description": "Markdown in one paragraph, with citations `[@key, p. 3]` and facts `[#id]`."},
    ),
    Form.BODY: (
        "Markdown with headings",
        _TEXT | {"description": "Markdown, with citations `[@key, p. 3]`, facts `[#id]` and headings `### ...`."},
    ),
    Form.ID: ("id", _ID),
    Form.FIGURE: ("id", _ID),
    Form.REFERENCE: ("id", _ID),
    Form.FACT_REFERENCE: ("id", _TEXT | {"pattern": f"^(shared:)?{ID.pattern}$"}),
    Form.DATE: ("date", {"type": ["string", "integer"], "examples": ["2025-02-14", "2025-02", 2025]}),
    Form.AMOUNT: ("amount", {"type": ["string", "number"], "examples": ["5.6 million", "10–12"]}),
    Form.CITE: ("citation", _TEXT | {"examples": ["@rise-2025, para. 5; see also @other"]}),
    Form.FLAG: ("true or false", {"type": "boolean"}),
    Form.COUNT: ("whole number", {"type": "integer", "minimum": 1}),
    Form.CSL_NAMES: ("list of names", {"type": "array", "items": _NAME}),
    Form.CSL_DATE: ("text, whole number, list or mapping", {"type": ["string", "integer", "array", "object"]}),
    Form.CSL_TEXT: ("text or number", {"type": ["string", "number"]}),
    Form.VALUE: ("text or number", {"type": ["string", "number"]}),
    Form.CELL: ("text, number or nothing", {"type": ["string", "number", "null"]}),
    Form.ANYTHING: ("anything", {}),
}
"""What the documentation calls values of a form, and their schema. Values of all other forms are text."""
_ANY_TEXT = ("text", _TEXT)

_FILES = {
    "brief": ("Fact file: `briefs/<slug>.yaml`", "One publication: `briefs/<slug>.yaml`."),
    "experts": ("Experts: `briefs/experts.yaml`", ""),
    "sources": ("Sources: `briefs/sources.yaml`", ""),
    "house": ("House style: `briefs/house.yaml`", "What all briefs of a publisher share: `briefs/house.yaml`."),
    "facts": (
        "Shared facts: `briefs/facts.yaml`",
        "Facts that several briefs use: `briefs/facts.yaml`, in the language of the house style.",
    ),
}
"""The title of each kind of file in the documentation, and its description in the schema."""


def json_schema(kind: str) -> Schema:
    """Return the JSON Schema of one kind of file, by the name that `brief schema` takes."""
    records: dict[str, Schema] = {}
    of_file = FILES[kind]
    schema = _object(shape_of(of_file), records) if isinstance(of_file, RecordOf) else _of(of_file, records)
    _, meaning = _FILES[kind]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind}
    return head | ({"description": meaning} if meaning else {}) | {"$defs": dict(sorted(records.items()))} | schema


def _of(kind: Kind[Any, Any], records: dict[str, Schema]) -> Schema:
    """Return the schema of a kind; the schemas of its records are added to `records`."""
    match kind:
        case Single():
            return _FORMS.get(kind.form, _ANY_TEXT)[1]
        case Choice():
            return {"enum": list(kind.words), "type": "string"}
        case ListOf():
            return {"items": _of(kind.item, records), "type": "array"}
        case MappingOf():
            keys = {"propertyNames": _ID} if kind.ids else {}
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
    nullable = field.nullable and schema != {} and not csl.is_csl(field.kind)
    shown = {} if field.default is None else {"default": field.written_default}
    return ({"anyOf": [schema, {"type": "null"}]} if nullable else schema) | {"description": field.meaning} | shown


_TYPES = {
    "text": "words that are printed as they are, without Markdown",
    "Markdown": "words in which `*emphasis*`, `[links](https://example.org)`, citations `[@key, p. 3]` and facts `[#id]` are "
    "allowed: see [text](fact-file.md#text)",
    "id": "a name that you choose: lower-case letters, digits and single hyphens, such as `training-cost`",
    "date": "`2025-02-14`, `2025-02` or `2025`",
    "list of ...": "several values: `[one, two]`, or a line for each that begins with a hyphen",
    "mapping to ...": "names with values: `{en: Method, de: Methode}`, or an indented line for each",
    "a name with a link, such as [Author](#author)": "several fields: the table under this name lists them",
}
"""What the names of types in the documentation mean."""
_STANDARDS = (
    "A *BCP 47 tag* is the short name of a language, such as `en`, `en-GB` or `zh-Hant`. A *CSL style* is a citation style in the "
    "format that Zotero uses too.\n"
)


def field_reference() -> str:
    """Return Markdown: a table of fields for each kind of file and each record in it."""
    parts = [
        "# Fields\n\nEvery field that an author can write, with its type and meaning. A field in **bold** is required. "
        "Editors that know the YAML language server show the same while you type. What goes wrong when a field is missing, "
        "misspelt or of the wrong kind is described in [problems](problems.md) under `missing-field`, `unknown-key`, "
        "`wrong-type` and `bad-value`. This page is made by `brief schema --markdown`.\n",
        "| type | what you write |\n| --- | --- |",
        *(f"| {name} | {meaning} |" for name, meaning in _TYPES.items()),
        f"\n{_STANDARDS}",
    ]
    for kind, (title, _) in _FILES.items():
        parts.append(f"## {title}\n")
        of_file = FILES[kind]
        if isinstance(of_file, RecordOf):
            parts.append(_table(shape_of(of_file)))
        else:
            parts.append(f"The keys are the ids of the {kind}; each entry has:\n")
        for name, shape in sorted(records_in(of_file).items()):
            parts += [f"### {name}\n", _table(shape)]
    return "\n".join(parts)


def records_in(kind: Kind[Any, Any]) -> dict[str, Shape]:
    """Return the shapes of all records that a value of a kind may contain, by name; without the kind itself if it is a file."""
    shapes: dict[str, Shape] = {}
    inner = shape_of(kind).fields.values() if isinstance(kind, RecordOf) else ()
    waiting = [field.kind for field in inner] or list(_parts(kind))
    while waiting:
        current = waiting.pop()
        if isinstance(current, RecordOf):
            shape = shape_of(current)
            if shape.name not in shapes:
                shapes[shape.name] = shape
                waiting += [field.kind for field in shape.fields.values()]
        else:
            waiting += _parts(current)
    return shapes


def _parts(kind: Kind[Any, Any]) -> Iterator[Kind[Any, Any]]:
    match kind:
        case ListOf():
            yield kind.item
        case MappingOf():
            yield kind.value
        case Either():
            yield from (kind.other, kind.marked)


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
    """Return the name of a kind in the reference of fields."""
    match kind:
        case Single():
            return _FORMS.get(kind.form, _ANY_TEXT)[0]
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
