"""What the server remembers between two keystrokes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editor import open_projects
from generator.editor.open_projects import OpenProject, Stale
from generator.engine import Reads
from generator.pipeline.check_brief import Examined, examine
from tests.lsp.editor_client import BRIEF, EXPERTS, project


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the briefs that are examined, in order."""
    slugs: list[str] = []

    def examining(reads: Reads, slug: str, *rest: str) -> Examined:
        slugs.append(slug)
        return examine(reads, slug, *rest)

    monkeypatch.setattr(open_projects, "examine", examining)
    return slugs


def check(opened: OpenProject) -> None:
    for slugs in opened.rounds():
        opened.problems(slugs, opened.version)


def test_only_what_a_change_matters_to_is_examined_again(tmp_path: Path, examined: list[str]) -> None:
    path = project(tmp_path, other=BRIEF.replace("[ann, ben]", "[ben, cleo]").replace("ann:", "cleo:"))
    opened = OpenProject(tmp_path)
    opened.put("briefs/levy.yaml", BRIEF)
    check(opened)
    assert examined == ["levy", "other"]
    check(opened)
    assert examined == ["levy", "other"]
    opened.put("briefs/levy.yaml", BRIEF.replace("Did the levy", "Did a levy", 1))
    check(opened)
    assert examined[2:] == ["levy"]
    opened.put("briefs/experts.yaml", EXPERTS.replace("University", "College"))
    check(opened)
    assert examined[3:] == ["levy"]  # the other brief does not speak of the expert that has changed
    path.with_name("house.yaml").write_text("name: Another Desk\n", "utf-8")
    check(opened)
    assert examined[4:] == ["levy", "other"]


def test_a_check_that_is_out_of_date_ends_before_the_next_brief(tmp_path: Path, examined: list[str]) -> None:
    project(tmp_path, other=BRIEF)
    opened = OpenProject(tmp_path)
    opened.put("briefs/levy.yaml", BRIEF)
    with pytest.raises(Stale):
        opened.problems(("levy", "other"), opened.version - 1)
    assert examined == []


def test_in_large_projects_only_open_briefs_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path, other=BRIEF)
    opened = OpenProject(tmp_path)
    opened.put("briefs/levy.yaml", BRIEF)
    assert opened.rounds() == [("levy",), ("levy", "other")]
    monkeypatch.setattr("generator.editor.open_projects.MOST_BRIEFS", 1)
    assert opened.rounds() == [("levy",)]
