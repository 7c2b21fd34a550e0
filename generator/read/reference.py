"""The field reference of the documentation, made from the shapes so that it cannot fall behind them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from generator.read.files import json_schema

_TITLES = {
    "brief": "Fact file: `briefs/<slug>.yaml`",
    "experts": "Experts: `briefs/experts.yaml`",
    "sources": "Sources: `briefs/sources.yaml`",
    "house": "House style: `briefs/house.yaml`",
    "facts": "Shared facts: `briefs/facts.yaml`",
}


def field_reference() -> str:
    """Return Markdown: a table of fields for each kind of file and each record in it."""
    parts = [
        "# Fields\n\nEvery field that an author can write, with its type and meaning. A field in **bold** is required. "
        "Editors that know the YAML language server show the same while you type. What goes wrong when a field is missing, "
        "misspelt or of the wrong kind is told in [problems](problems.md) under `missing-field`, `unknown-key`, "
        "`wrong-type` and `bad-value`. This page is made by `brief schema --markdown`.\n"
    ]
    for kind, title in _TITLES.items():
        schema = json_schema(kind)
        parts.append(f"## {title}\n")
        if "properties" in schema:
            parts.append(_table(schema, kind))
        elif kind == "experts":
            parts.append("The keys are the experts' ids; each holds:\n")
        for name, record in sorted(schema.get("$defs", {}).items()):
            parts.append(f"### {_record_name(name)}\n")
            parts.append(_table(record, _record_name(name)))
    return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class Example:
    """A field as an author would write it (`written` is YAML), and the problems that are reported at it."""

    written: str
    problems: tuple[str, ...]


def examples() -> dict[str, dict[str, Example]]:
    """Return the examples by record and field; voices and positions share those of `Statement`."""
    text = files(__package__).joinpath("examples.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - every value stays text
    return {
        record: {field: Example(written, tuple(problems)) for field, (written, *problems) in fields.items()}
        for record, fields in found.items()
    }


def examples_of(record: str) -> dict[str, Example]:
    """Return the examples of one record's fields; none for sources, whose variables CSL defines."""
    known = examples()
    return known["Statement"] if record in _STATEMENTS else known.get(record, {})


_STATEMENTS = frozenset({"Position", "Earlier", "Voice", "PullQuote"})


def _table(record: dict[str, Any], name: str) -> str:
    required, shown = set(record.get("required", ())), examples_of(name)
    head = "| field | type | meaning |" + (" example | problems |" if shown else "")
    rows = [head, "| --- " * (head.count("|") - 1) + "|"]
    for field_name, field in record.get("properties", {}).items():
        title = f"**`{field_name}`**" if field_name in required else f"`{field_name}`"
        row = f"| {title} | {_type(field)} | {_meaning(field)} |"
        rows.append(row + (_shown(shown[field_name]) if shown else ""))
    return "\n".join(rows) + "\n"


def _shown(example: Example) -> str:
    problems = ", ".join(f"[{code}](problems.md#{code})" for code in example.problems)
    return f" `{example.written.replace('|', chr(92) + '|')}` | {problems} |"


def _meaning(field: dict[str, Any]) -> str:
    text = str(field.get("description", "")).replace("|", "\\|").replace("\n", " ")
    default = field.get("default")
    return text + (
        f" Default: `{str(default).lower() if isinstance(default, bool) else default}`."
        if default not in (None, "")
        else ""
    )


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return f"[{_record_name(field['$ref'].rsplit('/', 1)[1])}](#{_anchor(field['$ref'])})"
    if variants := [v for v in field.get("anyOf") or field.get("oneOf") or () if v.get("type") != "null"]:
        return " or ".join(dict.fromkeys(_type(variant) for variant in variants))
    if "enum" in field:
        shown = field["enum"] if len(field["enum"]) < 12 else [*field["enum"][:6], "…"]
        return ", ".join(f"`{value}`" for value in shown)
    if "const" in field:
        return f"`{field['const']}`"
    kind = field.get("type", "anything")
    if kind == "array":
        return f"list of {_type(field.get('items', {}))}"
    if kind == "object":
        extra = field.get("additionalProperties")
        return f"mapping to {_type(extra)}" if isinstance(extra, dict) else "mapping"
    if "pattern" in field:
        return "id"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "number": "number"}
    kinds = kind if isinstance(kind, list) else [kind]
    return " or ".join(names.get(one, str(one)) for one in kinds)


def _record_name(name: str) -> str:
    return name.removesuffix("Shape")


def _anchor(reference: str) -> str:
    return _record_name(reference.rsplit("/", 1)[1]).lower()
