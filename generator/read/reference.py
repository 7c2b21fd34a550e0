"""Makes the field reference of the documentation from the declarations."""

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
from generator.read.file_readers import FILES, records_in

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
_SHOWN = 12
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
            words = [f"`{word}`" for word in kind.words]
            return ", ".join(words if len(words) < _SHOWN else [*words[: _SHOWN // 2], "`…`"])
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
