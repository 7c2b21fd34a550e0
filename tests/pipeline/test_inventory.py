"""Versions are asked for again when anything that they were read from may have changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.engine import atomic  # noqa: F401 - imported before Python's path is replaced
from generator.pipeline import inventory, versions
from generator.pipeline.inventory import known_versions

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages, all that is on Python's path, in which nothing is too young to be believed."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setattr("sys.path", [str(folder)])
    monkeypatch.setattr(inventory, "SETTLED", -(1 << 62))
    return folder


@pytest.fixture
def asked(packages: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was answered whenever versions were asked for."""
    answers: list[str] = []

    def versions() -> dict[str, str]:
        answers.append(f"answer {len(answers)}")
        return {"pango": answers[-1], "harfbuzz": "6.0"}

    monkeypatch.setattr(inventory, "versions", versions)
    return answers


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    return tmp_path / "store/versions"


def test_they_are_asked_for_once(memo: Path, asked: list[str]) -> None:
    assert [known_versions(memo)["pango"] for _ in range(3)] == ["answer 0"] * 3


def test_that_a_library_is_missing_is_not_remembered(
    memo: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inventory, "versions", lambda: {"pango": versions.MISSING, "harfbuzz": "6.0"})
    assert known_versions(memo)["pango"] == versions.MISSING
    monkeypatch.setattr(inventory, "versions", lambda: {"pango": "1.50", "harfbuzz": "6.0"})
    assert known_versions(memo)["pango"] == "1.50"


def test_what_is_remembered_is_what_was_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "SETTLED", -(1 << 62))
    memo = tmp_path / "versions"
    first = known_versions(memo)
    monkeypatch.setattr(inventory, "versions", dict)
    assert known_versions(memo) == first
    assert list(known_versions(memo)) == list(first)


def install(packages: Path) -> None:
    (packages / "pydyf-2.dist-info").mkdir()


def look_elsewhere(packages: Path) -> None:
    os.environ["LD_LIBRARY_PATH"] = str(packages)


def load_another(packages: Path) -> None:
    os.environ["LD_PRELOAD"] = "libpango-2.so"


@pytest.mark.parametrize("change", [install, look_elsewhere, load_another])
def test_they_are_asked_for_again_when_other_files_may_be_found(
    memo: Path, asked: list[str], packages: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    for name in ("LD_LIBRARY_PATH", "LD_PRELOAD"):
        monkeypatch.setenv(name, "")
    known_versions(memo)
    change(packages)
    assert [known_versions(memo)["pango"] for _ in range(2)] == ["answer 1"] * 2


@pytest.mark.parametrize("name", ["the linker's cache", "a library"])
def test_they_are_asked_for_again_when_a_file_is_another(
    memo: Path, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file = tmp_path / "file"
    file.write_text("one")
    if name == "a library":
        monkeypatch.setattr(inventory, "_loaded", lambda: [str(file)])
    else:
        monkeypatch.setattr(inventory, "LINKER_CACHE", str(file))
    known_versions(memo)
    (tmp_path / "new").write_text("one")
    (tmp_path / "new").rename(file)
    assert [known_versions(memo)["pango"] for _ in range(2)] == ["answer 1"] * 2


def test_libraries_are_known_by_where_the_linker_found_them() -> None:
    versions.versions()
    found = inventory._loaded()
    assert {Path(path).name for path in found} == set(versions.LIBRARIES)
    assert all(Path(path).is_file() for path in found)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{}", b"\xff", b'{"grounds": "", "libraries": 1}'])
def test_damage_means_asking_again(memo: Path, asked: list[str], damage: bytes) -> None:
    known_versions(memo)
    memo.write_bytes(damage)
    assert [known_versions(memo)["pango"] for _ in range(2)] == ["answer 1"] * 2


def test_what_changed_only_just_now_is_not_believed(
    memo: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inventory, "SETTLED", 1 << 62)
    assert [known_versions(memo)["pango"] for _ in range(2)] == ["answer 0", "answer 1"]


def test_where_the_linker_keeps_no_cache_they_are_asked_for_each_time(
    memo: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inventory, "LINKER_CACHE", "/nowhere")
    assert [known_versions(memo)["pango"] for _ in range(2)] == ["answer 0", "answer 1"]


def test_no_folder_is_made_for_them(tmp_path: Path, asked: list[str]) -> None:
    known_versions(tmp_path / "build/.brief/versions")
    assert not (tmp_path / "build").exists()
