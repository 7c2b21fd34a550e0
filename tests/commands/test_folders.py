"""Briefs in folders below `briefs/`: what is one, where its outputs go, and what is reported instead of left out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest

from generator.console.context import chosen
from generator.project import DEPTH, Project
from tests.commands.run import Ran, brief


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project whose only brief lies in a folder."""
    assert brief("init", "desk", cwd=tmp_path).code == 0
    desk = tmp_path / "desk"
    move(desk, "example", "2024/example")
    return desk


def move(desk: Path, old: str, new: str) -> None:
    (desk / f"briefs/{new}.yaml").parent.mkdir(parents=True, exist_ok=True)
    (desk / f"briefs/{old}.yaml").rename(desk / f"briefs/{new}.yaml")


def outputs(desk: Path) -> set[str]:
    """Of the brief: not what the build keeps for itself, nor what the site says of it."""
    found = (path.relative_to(desk / "build").as_posix() for path in (desk / "build").rglob("example.*"))
    return {path for path in found if not path.startswith((".brief/", "data/", "related/"))}


def test_outputs_follow_the_folders_and_their_links_lead_somewhere(desk: Path) -> None:
    ran = brief("build", cwd=desk)
    assert ran.code == 0, ran
    assert outputs(desk) == {"2024/example.html", "2024/example.pdf"}
    page = desk / "build/2024/example.html"
    links = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.read_text("utf-8"))
    assert links
    assert all((page.parent / link).is_file() for link in links)
    assert (page.parent / re.findall(r'href="([^"]+\.pdf)"', page.read_text("utf-8"))[0]).is_file()
    verified = brief("verify", "build/2024/example.pdf", cwd=desk)
    assert verified.code == 0, verified
    assert brief("extract", "build/2024/example.pdf", "again", cwd=desk).code == 0
    assert (desk / "again/briefs/2024/example.yaml").is_file()


def test_a_moved_brief_leaves_nothing_behind_and_a_house_can_have_them_flat(desk: Path) -> None:
    assert brief("build", cwd=desk).code == 0
    move(desk, "2024/example", "archive/2024/example")
    ran = brief("build", cwd=desk)
    assert "removed build/2024/example.html: it is no longer built" in ran.out
    assert outputs(desk) == {"archive/2024/example.html", "archive/2024/example.pdf"}
    assert not (desk / "build/2024").exists()
    with (desk / "briefs/house.yaml").open("a", encoding="utf-8") as house:
        house.write("outputs: flat\nsite: https://desk.example/\n")
    assert brief("build", cwd=desk).code == 0
    assert outputs(desk) == {"example.html", "example.pdf"}
    assert 'href="https://desk.example/example.html"' in (desk / "build/example.html").read_text("utf-8")
    assert brief("verify", "build/example.pdf", cwd=desk).code == 0
    assert "nothing to do" in brief("build", cwd=desk).out


def test_the_address_has_the_folder(desk: Path) -> None:
    with (desk / "briefs/house.yaml").open("a", encoding="utf-8") as house:
        house.write("site: https://desk.example/\n")
    assert brief("build", cwd=desk).code == 0
    assert 'href="https://desk.example/2024/example.html"' in (desk / "build/2024/example.html").read_text("utf-8")


def test_a_brief_is_named_by_its_slug_its_path_or_its_folder(desk: Path) -> None:
    project = Project(desk)
    paths = (
        "example",
        "2024/example",
        "briefs/2024/example.yaml",
        "./briefs/2024/example.yaml",
        "2024",
        "2024/",
        "briefs/2024",
    )
    for name in (*paths, "../2024/example.yaml", "example.yaml", f"{desk}/briefs/2024/example.yaml"):
        assert chosen(project, [name]) == ("example",), name
    assert "1 brief checked" in brief("check", "2024/", cwd=desk).out


def test_a_path_that_no_brief_has_names_none(desk: Path) -> None:
    for name in (
        "2023/example",
        "briefs/2023/example.yaml",
        "briefs/example.yaml",
        "2023/",
        "",
        ".",
        "..",
        "/",
        "024/example",
    ):
        with pytest.raises(click.UsageError, match="there is no brief"):
            chosen(Project(desk), [name])


def test_new_writes_into_folders_and_never_a_name_twice(desk: Path) -> None:
    assert "wrote briefs/2025/tariffs.yaml" in brief("new", "2025/tariffs", cwd=desk).out
    assert "wrote briefs/2026/ports.yaml" in brief("new", "briefs/2026/ports.yaml", cwd=desk).out
    for name, message in {
        "2025/example": "briefs/2024/example.yaml has the name 'example' already",
        "2025/Chips": "'Chips' cannot be part of an address",
        "../chips": "'..' cannot be part of an address",
        "2025/": "'.yaml' cannot be part of an address",
        "sources/old/chips": "files of sources have to be in briefs/sources/ itself",
        "2025/assets/chips": "a folder of briefs cannot have the reserved name 'assets'",
        "2025/house": "'house.yaml' is the name of a shared file",
        "house": "'house.yaml' is the name of a shared file",
    }.items():
        ran = brief("new", name, cwd=desk)
        assert (ran.code, message in ran.err) == (2, True), ran


def checked(desk: Path) -> Ran:
    ran = brief("check", cwd=desk)
    assert "Traceback" not in ran.out + ran.err
    return ran


def test_two_briefs_of_one_name_are_a_problem_at_both_and_neither_is_built(desk: Path) -> None:
    (desk / "briefs/2025").mkdir()
    shutil.copy(desk / "briefs/2024/example.yaml", desk / "briefs/2025/example.yaml")
    for ran in (checked(desk), brief("build", cwd=desk), brief("check", "2025/example", cwd=desk)):
        assert ran.code == 1
        said = ran.out + ran.err
        assert (
            "briefs/2024/example.yaml:1:1: error[slug-twice]: briefs/2025/example.yaml also has the name 'example'"
            in said
        )
        assert (
            "briefs/2025/example.yaml:1:1: error[slug-twice]: briefs/2024/example.yaml also has the name 'example'"
            in said
        )
    assert outputs(desk) == set()
    (desk / "briefs/2025/example.yaml").unlink()
    assert brief("build", cwd=desk).code == 0
    assert outputs(desk) == {"2024/example.html", "2024/example.pdf"}


STRAYS = {
    "2024/house.yaml": "'house.yaml' is the name of a shared file, which has to be in briefs/ itself",
    "2024/sources.yaml": "'sources.yaml' is the name of a shared file",
    "sources/old/more.yaml": "files of sources have to be in briefs/sources/ itself, not in a folder below it",
    "2024/sources/more.yaml": "a folder of briefs cannot have the reserved name 'sources'",
    "captures/more.yaml": "a folder of briefs cannot have the reserved name 'captures'",
    "topics/more.yaml": "a folder of briefs cannot have the reserved name 'topics'",
    "2024/index.yaml": "'index' is the name of a page of the site",
    "assets/more.yaml": "a folder of briefs cannot have the reserved name 'assets'",
    "d/" * (DEPTH + 1) + "more.yaml": f"it is more than {DEPTH} folders deep",
    "2024/more.yml": "briefs/2024/more.yml is not read: fact files end in .yaml",
    "2024/more.YAML": "briefs/2024/more.YAML is not read: fact files end in .yaml",
    "2024/more.yaml.txt": "briefs/2024/more.yaml.txt is not read: fact files end in .yaml",
    "sources/more.yml": "briefs/sources/more.yml is not read: files of sources end in .yaml",
    "Year 2024/more.yaml": "'Year 2024' cannot be part of an address",
    "2024/More.yaml": "'More' cannot be part of an address",
    "2024/.more.yaml": "'.more' cannot be part of an address",
    "2024/.yaml": "'.yaml' cannot be part of an address",
    "ÜBER/more.yaml": "'ÜBER' cannot be part of an address",
}


def test_yaml_files_that_are_no_briefs_are_problems_for_check_and_build(desk: Path) -> None:
    for path in STRAYS:
        file = desk / "briefs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("title: Found nowhere\nsummary: Nothing is lost.\n", "utf-8")
    for ran in (checked(desk), brief("build", cwd=desk)):
        assert ran.code == 1
        said = ran.out + ran.err
        for path, message in STRAYS.items():
            assert message in said
            assert said.count(f"briefs/{path}:1:") == 1, f"{path}: one problem, the root cause"
    assert outputs(desk) == {"2024/example.html", "2024/example.pdf"}


def test_hidden_folders_and_other_files_are_no_briefs(desk: Path) -> None:
    for path in ("briefs/.history/old.yaml", "briefs/2024/.trash/old.yaml"):
        (desk / path).parent.mkdir()
        (desk / path).write_text("no: brief", "utf-8")
    (desk / "briefs/data").mkdir()
    (desk / "briefs/data/costs.csv").write_text("a,b\n", "utf-8")
    assert checked(desk).code == 0


def test_links_to_folders_are_reported_and_not_followed(desk: Path) -> None:
    (desk / "briefs/again").symlink_to(desk / "briefs/2024")
    (desk / "briefs/2024/loop").symlink_to(desk / "briefs")
    ran = checked(desk)
    assert ran.code == 1
    assert "briefs/again:1:1: error[misplaced]: briefs/again is a link to a folder" in ran.out
    assert "briefs/2024/loop is a link to a folder" in ran.out
    assert "1 brief checked: 2 errors" in ran.out


def test_links_to_folders_without_briefs_are_left_alone(desk: Path) -> None:
    (desk / "data").mkdir()
    (desk / "data/costs.csv").write_text("a,b\n", "utf-8")
    (desk / "briefs/data").symlink_to(desk / "data")
    (desk / "briefs/dead").symlink_to(desk / "nowhere")
    (desk / "briefs/self").symlink_to(desk / "briefs/self")
    assert checked(desk).code == 0


def test_a_folder_that_cannot_be_read_is_reported_and_its_outputs_stay(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    scan = os.scandir

    def closed(path: Path) -> object:
        if str(path).endswith("2024"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = Project(desk).brief_files()
    assert found.closed == (("briefs/2024", "Permission denied"),)
    assert not found.complete


def test_a_brief_in_a_folder_is_locked_listed_and_covered(desk: Path) -> None:
    assert "1 brief" in brief("lock", cwd=desk).out
    assert "example: " in brief("coverage", cwd=desk).out
    assert "example" in brief("sources", cwd=desk).out
