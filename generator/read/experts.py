"""`briefs/experts.yaml` -> the people that briefs speak of."""

from __future__ import annotations

from generator.model import Affiliation, Expert, ExpertKind
from generator.problems import Location, Problem
from generator.read.declared import shaped
from generator.read.fields import Fields, root_fields
from generator.read.nodes import Document


def read_experts(document: Document) -> tuple[dict[str, Expert], tuple[Problem, ...]]:
    """Read all experts, by id."""
    from generator.read.files import ExpertsFile

    document, problems = shaped(document, ExpertsFile, "experts")
    fields = root_fields(document.root, problems)
    if fields is None:
        return {}, tuple(problems)
    experts = {who: _expert(who, item, fields.place_of(who)) for who, item in fields.entries()}
    return experts, tuple(problems)


def _expert(who: str, fields: Fields, place: Location) -> Expert:
    name = fields.line("name", who)
    kind = ExpertKind.INSTITUTION if fields.line("kind") == "institution" else ExpertKind.PERSON
    family = fields.line("family") or (name if kind is ExpertKind.INSTITUTION else name.split()[-1])
    return Expert(
        id=who,
        name=name,
        family=family,
        kind=kind,
        also=tuple(str(text) for text in fields.texts("also")),
        affiliations=tuple(_affiliation(item) for item in fields.records("affiliations")),
        affiliation_note=fields.line("affiliation_note"),
        place=place,
        language=fields.language("language", ""),
    )


def _affiliation(fields: Fields) -> Affiliation:
    return Affiliation(
        fields.line("role"), fields.line("organisation"), fields.date("from"), fields.date("until"), fields.place
    )
