"""The field reference of the documentation, made from the shapes so that it cannot fall behind them."""

from __future__ import annotations

from typing import Any

from generator.read.files import json_schema

_TITLES = {
    "brief": "Fact file: `briefs/<slug>.yaml`",
    "experts": "Experts: `briefs/experts.yaml`",
    "sources": "Sources: `briefs/sources.yaml`",
    "house": "House style: `briefs/house.yaml`",
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
            parts.append(_table(schema))
        elif kind == "experts":
            parts.append("The keys are the experts' ids; each holds:\n")
        for name, record in sorted(schema.get("$defs", {}).items()):
            parts.append(f"### {_record_name(name)}\n")
            parts.append(_table(record))
    return "\n".join(parts)


def _table(record: dict[str, Any]) -> str:
    required = set(record.get("required", ()))
    rows = ["| field | type | meaning |", "| --- | --- | --- |"]
    for name, field in record.get("properties", {}).items():
        shown = f"**`{name}`**" if name in required else f"`{name}`"
        rows.append(f"| {shown} | {_type(field)} | {_meaning(field)} |")
    return "\n".join(rows) + "\n"


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
