"""The briefs of this repository, published by the real command from a clone without captures."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

from generator.model import Gap, Position
from generator.pipeline.inputs.load_project import load
from tests.commands.run import brief

ROOT = Path(__file__).parents[1]
FOUR = ["ding", "heim", "kennedy", "villasenor"]


def clone(to: Path) -> Path:
    """Copy what a clone has: the fact files and the locks, no captures."""
    shutil.copytree(ROOT / "briefs", to / "briefs")
    return to


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = clone(tmp_path_factory.mktemp("here"))
    ran = brief("build", "--jobs", "1", cwd=folder, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1")
    assert ran.code == 0, ran.err
    return folder


def test_a_clone_without_captures_checks_without_a_problem(tmp_path: Path) -> None:
    ran = brief("check", "--strict", "--format", "json", cwd=clone(tmp_path))
    assert json.loads(ran.out) == []
    assert ran.code == 0


def test_each_brief_has_the_four_columns_and_no_blank_cell() -> None:
    loaded = load(ROOT)
    assert len(loaded.briefs) >= 3
    for one in loaded.briefs:
        assert [str(who) for who in one.experts] == FOUR
        for question in one.questions:
            assert sorted(question.cells) == FOUR
            assert all(isinstance(cell, Gap | Position) for cell in question.cells.values())


def test_every_source_is_used_and_said_to_be_a_report() -> None:
    loaded = load(ROOT)
    assert {source.provenance for source in loaded.library.sources.values()} == {"report"}
    assert len(loaded.library.sources) == 5


def test_a_changed_quotation_cannot_be_published(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "copy"))
    before = {path.name: path.read_bytes() for path in (folder / "build").glob("chip-controls.*")}
    file = folder / "briefs/chip-controls.yaml"
    text = file.read_text("utf-8")
    assert "does not undermine" in text
    file.write_text(text.replace("does not undermine", "does undermine"), "utf-8")
    ran = brief("build", "chip-controls", cwd=folder)
    assert ran.code == 1
    assert "error[quote-unverified]" in ran.err
    assert {path.name: path.read_bytes() for path in (folder / "build").glob("chip-controls.*")} == before


def test_the_same_briefs_are_the_same_bytes_elsewhere(built: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    there = clone(tmp_path_factory.mktemp("a folder with spaces, elsewhere"))
    ran = brief("build", "--jobs", "2", cwd=there, TZ="America/Lima", LC_ALL="C.UTF-8", PYTHONHASHSEED="77")
    assert ran.code == 0, ran.err
    outputs = {path.relative_to(built / "build") for path in (built / "build").rglob("*") if path.is_file()}
    published = sorted(path for path in outputs if path.parts[0] != ".brief")
    assert len([path for path in published if path.suffix == ".pdf"]) >= 3
    for path in published:
        assert (there / "build" / path).read_bytes() == (built / "build" / path).read_bytes(), path


def test_a_page_says_nothing_of_the_machine_that_made_it(built: Path) -> None:
    for path in (built / "build").glob("*.*"):
        if path.is_file():
            data = path.read_bytes()
            assert str(built).encode() not in data
            assert str(ROOT).encode() not in data


def test_a_page_can_travel_as_one_file(tmp_path: Path) -> None:
    folder = clone(tmp_path)
    assert brief("build", "chip-controls", "--self-contained", cwd=folder).code == 0
    html = (folder / "build/chip-controls.html").read_text("utf-8")
    assert not re.search(r'<link[^>]+rel="stylesheet"', html)
    assert re.search(r"url\(\"data:font/woff2;base64,", html)
    assert not (folder / "build/assets").exists()


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    """What pytest does not look into does not fail."""
    patterns = request.config.getini("norecursedirs")
    folders = {path.parent.name for path in Path(__file__).parent.rglob("test_*.py")}
    assert "engine" in folders
    assert not [name for name in folders for pattern in patterns if fnmatch(name, pattern)]


def test_each_file_of_the_program_has_a_name_of_its_own() -> None:
    """Who knows the name of a module finds its file."""
    names = Counter(path.name for path in (ROOT / "generator").rglob("*.py") if path.name != "__init__.py")
    assert [name for name, number in names.items() if number > 1] == []


def test_no_module_of_the_program_is_too_long_to_read_at_once() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "generator").rglob("*.py")}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}
