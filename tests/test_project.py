"""Finding a project and reading all of it."""

from __future__ import annotations

import pickle
from pathlib import Path
from types import MappingProxyType

import pytest

from generator.pipeline.inputs.load_project import load
from generator.project import NoProject, Project, find_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/house.yaml").write_text("name: Desk\n")
    (tmp_path / "briefs/experts.yaml").write_text("ann: {name: Ann Example}\n")
    (tmp_path / "briefs/sources.yaml").write_text("references: [{id: talk, type: speech}]\n")
    (tmp_path / "briefs/one.yaml").write_text("title: One\n")
    return tmp_path


def test_a_project_is_found_from_inside_it(folder: Path) -> None:
    (folder / "a/b").mkdir(parents=True)
    assert find_project(folder / "a/b") == Project(folder)


@pytest.mark.parametrize("unsaved", [{}, {"briefs/one.yaml": b"title: Two"}])
def test_a_project_can_be_sent_to_another_process(folder: Path, unsaved: dict[str, bytes]) -> None:
    """`brief serve` and `brief watch` build in one of their own."""
    sent = pickle.loads(pickle.dumps(Project(folder, MappingProxyType(unsaved))))
    assert (sent.folder, dict(sent.unsaved)) == (folder, unsaved)


def test_without_a_briefs_folder_there_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(NoProject):
        find_project(tmp_path)


def test_everything_is_read_and_shared_files_are_no_briefs(folder: Path) -> None:
    (folder / "briefs/two.yaml").write_text("title: Two\n")
    loaded = load(folder)
    assert [brief.slug for brief in loaded.briefs] == ["one", "two"]
    assert list(loaded.library.experts) == ["ann"]
    assert loaded.problems == ()
    assert [brief.slug for brief in load(folder, ["two"]).briefs] == ["two"]


@pytest.mark.parametrize("name", ["Chip Controls.yaml", "a--b.yaml", "übung.yaml", "plain.yml"])
def test_a_file_whose_name_cannot_be_an_address_is_reported(folder: Path, name: str) -> None:
    (folder / "briefs" / name).write_text("title: X\n")
    assert [problem.code for problem in load(folder).problems] == ["bad-slug"]


def test_a_file_that_cannot_be_opened_is_a_problem(folder: Path) -> None:
    (folder / "briefs/dir.yaml").mkdir()
    (folder / "briefs/experts.yaml").unlink()
    assert [problem.code for problem in load(folder).problems] == ["unreadable-file", "unreadable-file"]
