"""The JSON Schemas: what they accept is what reads without a problem of shape."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator.console import codes
from generator.model.fields import Field, Shape, shape_of
from generator.model.kinds import RecordOf
from generator.read.file_readers import FILES as KINDS
from generator.read.schemas import field_reference, json_schema, records_in
from generator.starters import FILES, starter

ROOT = Path(__file__).parents[2]
KIND_OF = {"house": "house", "experts": "experts", "sources": "sources"}


@pytest.mark.parametrize("kind", KINDS)
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


def records() -> list[tuple[str, Shape]]:
    """Every record of every file, with the kind of file."""
    shapes = [(kind, shape) for kind, of_file in KINDS.items() for shape in records_in(of_file).values()]
    return shapes + [(kind, shape_of(of_file)) for kind, of_file in KINDS.items() if isinstance(of_file, RecordOf)]


def fields() -> list[Field]:
    return [field for _, shape in records() for field in shape.fields.values()]


@pytest.mark.parametrize(("kind", "shape"), records(), ids=lambda one: getattr(one, "name", one))
def test_every_field_has_an_example_that_fits_it(kind: str, shape: Shape) -> None:
    schema = json_schema(kind)
    record = schema["$defs"].get(shape.name, schema)
    assert set(record["properties"]) == set(shape.fields)
    for key, field in shape.fields.items():
        value = json.loads(json.dumps(yaml.safe_load(field.example), default=str))
        jsonschema.Draft202012Validator({"$defs": schema["$defs"], "allOf": [record["properties"][key]]}).validate(
            value
        )


def test_the_problems_named_at_fields_are_problems_that_there_are() -> None:
    known = {code.name for code in codes.codes()}
    named = {code for field in fields() for code in field.problems}
    assert len(named) > 50
    assert named - known == set()


def test_the_field_reference_is_current() -> None:
    assert (ROOT / "docs/fields.md").read_text("utf-8") == field_reference()
