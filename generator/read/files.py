"""The kinds of file an author writes, with their shapes and JSON Schemas."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, WithJsonSchema, create_model

from generator.read import csl
from generator.read.shape import ExpertShape, FactFile, FactShape, HouseFile, Id, Shape

_NAME = {"type": "object", "properties": {part: {} for part in sorted(csl.NAME_PARTS)}, "additionalProperties": False}
Names = Annotated[Any, WithJsonSchema({"type": "array", "items": _NAME})]
CslDate = Annotated[Any, WithJsonSchema({"type": ["string", "integer", "array", "object"]})]
CslText = Annotated[Any, WithJsonSchema({"type": ["string", "number"]})]


class ExpertsFile(Shape):
    experts: dict[Id, ExpertShape]


def _reference() -> type[BaseModel]:
    """Make the shape of one source: CSL's variables, which hold hyphens and so cannot be written as a class."""
    fields: dict[str, Any] = {
        "id": (str, Field(description="The key that citations use: `@id`.")),
        "type": (Literal[tuple(sorted(csl.TYPES))], Field(description="What it is, in CSL's words.")),
        "provenance": (
            Literal[csl.PROVENANCES],
            Field(
                default="primary",
                description="`report` where the source tells what others said: prints 'as quoted in'.",
            ),
        ),
        "custom": (Any, Field(default=None, description="Whatever other programs keep here; not read.")),
        "categories": (Any, Field(default=None, description="Not read.")),
    }
    for kind, names, meaning in (
        (Names, csl.NAMES, "Names: `- {family: Example, given: Ann}` for a person, `- literal: Some Body` for a body."),
        (CslDate, csl.DATES, "A date: `2025-01-29`, `2025-01`, `2025`, or `{literal: Spring 2025}`."),
        (CslText, csl.TEXTS | csl.NUMBERS, "Text, as CSL defines this variable."),
    ):
        for name in sorted(names):
            fields[name.replace("-", "_") + "_"] = (kind, Field(default=None, alias=name, description=meaning))
    return create_model("Reference", __base__=Shape, **fields)


Reference = _reference()


class SourcesFile(Shape):
    references: list[Reference]  # type: ignore[valid-type]
    """The sources. Each may hold any variable of CSL 1.0.2."""


class FactsFile(Shape):
    """Facts that several briefs use: `briefs/facts.yaml`, in the language of the house style."""

    facts: list[FactShape]
    """Cited claims and figures. A brief refers to one as `[#shared:id]`, or lists its id under `uses`."""


SHAPES: dict[str, type[BaseModel]] = {
    "brief": FactFile,
    "experts": ExpertsFile,
    "sources": SourcesFile,
    "house": HouseFile,
    "facts": FactsFile,
}
"""By the name that `brief schema` takes."""


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of file, as YAML editors use it."""
    schema = SHAPES[kind].model_json_schema()
    if kind == "experts":
        schema = {"$defs": schema["$defs"]} | schema["properties"]["experts"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind} | schema | {"title": kind}
