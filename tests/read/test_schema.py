"""The JSON Schemas: what they accept is what reads without a problem of shape."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator.console import codes
from generator.read.files import SHAPES, json_schema
from generator.read.reference import examples, examples_of, field_reference
from generator.starters import FILES, starter

ROOT = Path(__file__).parents[2]
KIND_OF = {"house": "house", "experts": "experts", "sources": "sources"}


@pytest.mark.parametrize("kind", SHAPES)
def test_each_schema_is_a_valid_schema_and_the_one_in_the_repository_is_current(kind: str) -> None:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads((ROOT / f"schemas/{kind}.schema.json").read_text("utf-8")) == schema


@pytest.mark.parametrize("path", sorted((ROOT / "briefs").glob("*.yaml")), ids=lambda path: path.name)
def test_the_files_of_the_repository_fit_their_schemas(path: Path) -> None:
    data = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
    jsonschema.Draft202012Validator(json_schema(KIND_OF.get(path.stem, "brief"))).validate(data)


@pytest.mark.parametrize("name", [name for name in FILES.values() if name.endswith(".yaml")])
def test_the_starters_fit_their_schemas(name: str) -> None:
    data = json.loads(json.dumps(yaml.safe_load(starter(name)), default=str))
    kind = KIND_OF.get(name.removesuffix(".yaml"), "brief")
    jsonschema.Draft202012Validator(json_schema(kind)).validate(data)


def test_a_misspelt_key_does_not_fit() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"title": "A", "sumary": "B"}, json_schema("brief"))


def test_every_field_has_a_meaning() -> None:
    rows = [line for line in field_reference().splitlines() if line.startswith("| ") and "`" in line.split("|")[1]]
    assert len(rows) > 100
    assert [row for row in rows if not row.split(" | ")[2].strip(" |")] == []


def records() -> list[tuple[str, dict[str, object], dict[str, object]]]:
    """Every record of every file but sources: its name in the documentation, its schema, and the definitions it needs."""
    found = []
    for kind in ("brief", "experts", "house"):
        schema = json_schema(kind)
        defs = {"$defs": schema.get("$defs", {})}
        found += [(name.removesuffix("Shape"), record, defs) for name, record in schema.get("$defs", {}).items()]
        found += [(kind, {key: schema[key] for key in ("properties", "type")}, defs)] if "properties" in schema else []
    return found


@pytest.mark.parametrize(("name", "record", "defs"), records(), ids=[name for name, _, _ in records()])
def test_every_field_has_an_example_that_fits_it(
    name: str, record: dict[str, dict[str, object]], defs: dict[str, object]
) -> None:
    shown = examples_of(name)
    assert set(record["properties"]) <= set(shown)
    for field, schema in record["properties"].items():
        value = json.loads(json.dumps(yaml.safe_load(shown[field].written), default=str))
        jsonschema.Draft202012Validator({**defs, "allOf": [schema]}).validate(value)


def test_the_problems_named_at_fields_are_problems_that_there_are() -> None:
    known = {code.name for code in codes.codes()}
    named = {code for fields in examples().values() for example in fields.values() for code in example.problems}
    assert named - known == set()


def test_the_field_reference_is_current() -> None:
    assert (ROOT / "docs/fields.md").read_text("utf-8") == field_reference()
