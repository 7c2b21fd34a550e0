"""`briefs/experts.yaml` -> the people that briefs speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Expert, ExpertKind
from generator.read.files import EXPERTS
from generator.read.nodes import Mapped
from generator.read.reading import Reading, Record, Values
from generator.read.record_reader import read_entries
from generator.read.shape_problems import wrapped

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.read.nodes import Document


def read_experts(document: Document) -> tuple[dict[str, Expert], tuple[Problem, ...]]:
    """Read all experts, by id."""
    root = document.root
    if isinstance(root, Mapped) and root.entries.keys() == {"experts"} and isinstance(root.entries["experts"], Mapped):
        return {}, (wrapped(root.keys["experts"], "experts"),)
    reading = Reading(document, makers={Expert: _expert})
    experts = read_entries(EXPERTS, reading)
    return experts, tuple(reading.problems)


def _expert(values: Values, record: Record, reading: Reading) -> Expert:
    """An expert, called by the id if no name could be read, and by the last word of the name if no family name is given."""
    name = values.pop("name") or record.entry
    is_body = values.get("kind") is ExpertKind.INSTITUTION
    family = values.pop("family", "") or (name if is_body else name.split()[-1])
    return Expert(name=name, family=family, **values)
