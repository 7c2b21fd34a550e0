"""Links in a project of somebody else: nothing outside the project is read, written or emptied."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.engine import atomic
from generator.engine.digest import of_bytes
from generator.engine.errors import CannotWrite
from generator.render.preset import load_preset
from generator.render.template_folders import template_roots
from tests.commands.run import brief
from tests.engine.conftest import Workshop

SECRET = "A key of somebody's machine\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A new project, and next to it a folder `home` with a file."""
    assert brief("init", "desk", cwd=tmp_path).code == 0
    (tmp_path / "home").mkdir()
    (tmp_path / "home/key").write_text(SECRET)
    return tmp_path / "desk"


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("folder", ["build", "captures", "templates", "briefs/editions", "briefs/sources"])
def test_a_project_with_a_folder_behind_a_link_out_of_it_is_not_opened(desk: Path, tmp_path: Path, folder: str) -> None:
    shutil.rmtree(desk / folder, ignore_errors=True)
    (desk / folder).symlink_to(tmp_path / "home")
    ran = brief("check", cwd=desk)
    assert ran.code == 2
    assert (
        f"{folder}: it leads out of the project folder, to {tmp_path / 'home'}; move the folder here, or mount it"
        in ran.err
    )
    assert contents(tmp_path / "home") == {"key": SECRET}


def test_a_folder_behind_a_link_within_the_project_is_used(desk: Path) -> None:
    (desk / "designs").mkdir()
    (desk / "templates").symlink_to("designs")
    assert brief("check", cwd=desk).code == 0


def test_the_capture_of_a_source_is_not_written_through_a_link(desk: Path, tmp_path: Path) -> None:
    (desk / "report.txt").write_text("The tariff costs 2 million euros a year.\n")
    (desk / "captures").mkdir(exist_ok=True)
    (desk / "captures/debate-2024").symlink_to(tmp_path / "home")
    ran = brief("capture", "debate-2024", "report.txt", cwd=desk)
    assert (ran.code, "it leads out of the project folder" in ran.err) == (1, True), ran
    assert contents(tmp_path / "home") == {"key": SECRET}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    (tmp_path / "project").mkdir()
    (tmp_path / "key").write_text(SECRET)
    made = Workshop(tmp_path / "project")
    made.write("x", "print hello")
    made.build("x")
    return made


@pytest.mark.parametrize("name", ["lock", "cache", ""])
def test_a_link_in_the_place_of_the_lock_the_cache_or_the_store_ends_the_build(
    workshop: Workshop, tmp_path: Path, name: str
) -> None:
    store = next(workshop.root.rglob("database")).parent
    shutil.rmtree(store)
    if name:
        store.mkdir()
    (tmp_path / "home").mkdir()
    (store / name if name else store).symlink_to(tmp_path / ("key" if name == "lock" else "home"))
    with pytest.raises(CannotWrite):
        workshop.build("x")
    assert (tmp_path / "key").read_text() == SECRET
    assert contents(tmp_path / "home") == {}


def test_a_file_is_not_written_through_a_link_with_the_name_of_an_unfinished_one(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET)
    (tmp_path / "briefs").mkdir()
    unfinished = f"{atomic.PREFIX}{os.getpid()}-{of_bytes(b'works.lock')[:12]}"
    (tmp_path / "briefs" / unfinished).symlink_to(tmp_path / "key")
    atomic.write(tmp_path / "briefs/works.lock", b"second")
    assert not (tmp_path / "briefs" / unfinished).is_symlink()
    assert (tmp_path / "briefs/works.lock").read_bytes() == b"second"
    assert (tmp_path / "key").read_text() == SECRET


# ---------------------------------------------------------------- designs


@pytest.fixture
def design(desk: Path) -> Path:
    """A page design of the project, `ours`, that the example uses."""
    folder = desk / "templates/presets/ours"
    shutil.copytree(template_roots()[-1] / "presets/briefing", folder)
    house = desk / "briefs/house.yaml"
    house.write_text(house.read_text("utf-8").replace("preset: briefing", "preset: ours"), "utf-8")
    return folder


@pytest.mark.parametrize("file", ["presets/ours/screen.css", "presets/ours/preset.yaml", "parts/more.html.j2"])
def test_a_design_with_a_file_behind_a_link_out_of_the_project_is_not_used(design: Path, file: str) -> None:
    desk = design.parents[2]
    place = desk / "templates" / file
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(desk.parent / "home/key")
    preset, (problem,) = load_preset("ours", desk)
    assert preset is None
    assert problem.code == "preset-unreadable"
    assert problem.message == f"templates/{file} is not read: it leads out of the project folder"


def test_a_template_that_only_another_names_is_not_read_through_a_link(design: Path) -> None:
    desk = design.parents[2]
    (desk / "templates/leak").symlink_to(desk.parent / "home/key")
    page = design / "page.html.j2"
    page.write_text(page.read_text("utf-8") + '{% include "leak" %}\n', "utf-8")
    ran = brief("build", cwd=desk)
    assert ran.code == 1
    assert "leak leads out of the folder of templates" in ran.err
    assert not [path for path in desk.rglob("build/*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_a_citation_style_behind_a_link_out_of_the_project_is_not_read(desk: Path) -> None:
    (desk / "our.csl").symlink_to(desk.parent / "home/key")
    house = desk / "briefs/house.yaml"
    house.write_text(house.read_text("utf-8").replace(": chicago-notes-bibliography", ": our.csl"), "utf-8")
    ran = brief("check", cwd=desk)
    assert ran.code == 1
    assert "bad-style" in ran.out
    assert "the style “our.csl” is not read: it leads out of the project folder" in ran.out


def test_a_description_of_a_design_that_is_endless_as_text_is_reported(design: Path) -> None:
    """Aliases: each list has the one before ten times."""
    bomb = "a: &a [x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    settings = "description: *j\nsize: *j\nnotes: *j\ncolours: [*j]\nblocks: [summary]\n"
    (design / "preset.yaml").write_text(bomb + settings, "utf-8")
    preset, problems = load_preset("ours", design.parents[2])
    messages = [problem.message for problem in problems if problem.code == "preset-value"]
    assert preset is None
    assert messages[:3] == ["'size' is not a text", "'notes' is not a text", "'description' is not a text"]
    assert len(messages) == 4
