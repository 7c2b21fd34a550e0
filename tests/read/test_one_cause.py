"""A value that cannot be read is one error: nothing else is concluded from what is missing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.cli import run

EXAMPLES = Path(__file__).parents[2] / "examples"
SLUG = "harbour-charge"
FACTS = (EXAMPLES / "briefs" / f"{SLUG}.yaml").read_text(encoding="utf-8")


def values(node: yaml.Node, path: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Every value below a node, by its path with stars for indices and ids of experts."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from values(value, f"{path}.{'*' if path.endswith('.positions') else key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from values(value, f"{path}.*")
    elif isinstance(node, yaml.ScalarNode):
        yield path, node


ONE_OF_EACH = dict(reversed(tuple(values(yaml.compose(FACTS)))))
"""The first value of each kind."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example project, whose fact file each test writes anew."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("briefs", "captures", "documents"):
        shutil.copytree(EXAMPLES / name, folder / name)
    return folder


@pytest.mark.parametrize("path", sorted(ONE_OF_EACH))
def test_a_value_that_is_a_mapping_is_one_error(path: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node = ONE_OF_EACH[path]
    start, end = node.start_mark.index, node.end_mark.index
    rest = FACTS[end:] if node.style not in ("|", ">") else "\n" + FACTS[end:]
    (project / "briefs" / f"{SLUG}.yaml").write_text(f"{FACTS[:start]}{{zzz: 1}}{rest}", encoding="utf-8")
    run(["-C", str(project), "check", "--format", "json", SLUG])
    problems = json.loads(capsys.readouterr().out)
    errors = [(problem["code"], problem["line"]) for problem in problems if problem["severity"] == "error"]
    assert len(errors) == 1, errors
    assert errors[0][1] == node.start_mark.line + 1


def test_the_example_has_most_kinds_of_values() -> None:
    kinds = {re.sub(r"\.\*", "", path) for path in ONE_OF_EACH}
    assert {".questions.positions.quote", ".facts.figures.amount", ".charts.rows", ".voices.who"} <= kinds
