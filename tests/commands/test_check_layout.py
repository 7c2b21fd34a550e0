"""`brief check --layout`: the pages are laid out, and what is wrong with them is a problem like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.run import brief

OWN = Path(__file__).parents[2] / "templates/presets/briefing"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert brief("init", str(tmp_path / "desk"), cwd=tmp_path).code == 0
    return tmp_path / "desk"


def test_pages_are_looked_at_only_on_request(project: Path) -> None:
    (project / "templates/presets").mkdir(parents=True)
    shutil.copytree(OWN, project / "templates/presets/ours")
    with (project / "templates/presets/ours/print.css").open("a") as sheet:
        sheet.write("\n.subtitle { font-size: 7pt }\n")
    file = project / "briefs/example.yaml"
    file.write_text("preset: ours\n" + file.read_text("utf-8"), "utf-8")
    assert "small-text" not in brief("check", cwd=project).out
    ran = brief("check", "--layout", cwd=project)
    assert "warning[small-text]: page 1 has text of 7.0 points: “" in ran.out
    assert ran.out.count("small-text") == 1
    assert not (project / "build/example.pdf").exists()


def test_a_brief_with_errors_has_no_pages_to_look_at(project: Path) -> None:
    file = project / "briefs/example.yaml"
    file.write_text(file.read_text("utf-8") + "\nnonsense: 1\n", "utf-8")
    ran = brief("check", "--layout", cwd=project)
    assert ran.code == 1
    assert "[unknown-key]" in ran.out
