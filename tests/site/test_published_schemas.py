"""The JSON files of a site are what their published schemas say."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.cli import run
from generator.evidence.captures.capture_store import capture
from generator.project import Project
from tests.site import site_project as it

FIRST = it.WORKS.replace("@talk, p. 3", "@talk, para. 2").replace(
    "says: It works & it holds.", "says: It holds.\n        quote: it really works"
)
"""A quotation, an earlier position, a gap and a voice."""


def write(folder: Path, **briefs: str) -> Project:
    """A project with the text of the talk, in which the quotation is."""
    project = it.write(folder, **briefs)
    talk = "A talk.\n\nAnn Example said: “it really works, as it always has.”\n"
    capture(folder, "talk", [("talk.txt", talk.encode())], datetime.date(2024, 6, 1))
    return project


def checked(schema: Any, data: Any) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(data)


@pytest.mark.parametrize("site", ["site: https://example.org/\n", ""])
def test_every_file_is_valid_under_the_schema_that_it_names(tmp_path: Path, site: str) -> None:
    house = it.HOUSE.replace("site: https://example.org/\n", site)
    empty = "title: Nothing yet\nstatus: published\ndate: 2025\n"
    project = write(tmp_path, works=FIRST, costs=it.COSTS, draft=it.DRAFT, empty=empty, house=house)
    it.made(project)
    files = [
        project.output / "index.json",
        *(project.output / f"data/{slug}.json" for slug in ("works", "costs", "draft", "empty")),
    ]
    for file in files:
        data = json.loads(file.read_text("utf-8"))
        named = data["$schema"]
        place = project.output / named.removeprefix("https://example.org/") if site else file.parent / named
        schema = json.loads(place.read_text("utf-8"))
        assert schema.get("$id", "") == (named if site else "")
        checked(schema, data)
    kinds = {one["kind"] for one in json.loads((project.output / "data/works.json").read_text("utf-8"))["statements"]}
    assert kinds == {"position", "earlier", "voice", "gap"}


def test_a_schema_refuses_other_fields_and_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = write(tmp_path, works=FIRST)
    it.made(project)
    assert run(["schema", "data"]) == 0
    schema = json.loads(capsys.readouterr().out)
    data = json.loads((project.output / "data/works.json").read_text("utf-8"))
    checked(schema, data)
    statement = next(one for one in data["statements"] if one["kind"] == "position")
    for wrong in (
        {**data, "more": 1},
        {**data, "brief": {**data["brief"], "date": "in May"}},
        {**data, "statements": [{**statement, "kind": "guess"}]},
        {**data, "statements": [{**statement, "quotation": {"exact": "it works"}}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            checked(schema, wrong)


def test_the_index_names_related_briefs(tmp_path: Path) -> None:
    project = write(tmp_path, works=it.WORKS, costs=it.COSTS, draft=it.DRAFT)
    it.made(project)
    index = json.loads((project.output / "index.json").read_text("utf-8"))
    assert {one["slug"]: one.get("related") for one in index["briefs"]} == {"works": ["costs"], "costs": ["works"]}
