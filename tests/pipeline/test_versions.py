"""Whatever shapes a page or a finding makes pages anew: each file of the package, Python, each package that takes part."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from generator.engine import Reads
from generator.languages.language_files import known_tags
from generator.pipeline import versions
from generator.pipeline.page_step import make_page
from generator.pipeline.publish_brief import world_of
from generator.project import Project

ROOT = Path(__file__).parents[2]
SPEAKING = {"click", "rich", "watchfiles"}
"""Packages that shape what is said on the terminal, and when; neither pages nor findings."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, with its templates where the installed one has them."""
    folder = tmp_path_factory.mktemp("installed")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=ignored)
    shutil.copytree(ROOT / "templates", folder / "generator/templates", ignore=ignored)
    return folder / "generator"


def test_an_edit_of_any_file_of_the_package_is_noticed(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_TOP", str(package))

    def state() -> tuple[str, str]:
        versions.code_state.cache_clear()
        versions.code_digest.cache_clear()
        return versions.code_state(), versions.code_digest()

    files = [
        path for path in package.rglob("*") if path.is_file() and "templates" not in path.relative_to(package).parts
    ]
    assert {path.suffix for path in files} >= {".py", ".lua", ".yaml", ".txt"}
    assert {path.relative_to(package).as_posix() for path in files} >= {f"languages/{tag}.yaml" for tag in known_tags()}
    before, originals = state(), {path: path.read_bytes() for path in files}
    for path, original in originals.items():
        path.write_bytes(original + b"#")
        after = state()
        assert after[0] != before[0], path
        assert after[1] != before[1], path
        before = after
    for path, original in originals.items():
        path.write_bytes(original)
    versions.code_state.cache_clear()
    versions.code_digest.cache_clear()


def test_each_package_that_the_program_needs_is_among_the_versions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {
        line.partition(">")[0].partition("<")[0].partition("[")[0].strip().lower() for line in project["dependencies"]
    }
    assert needed - SPEAKING <= {*versions._PACKAGES, *versions._READING}


def test_an_upgrade_of_any_package_that_takes_part_makes_pages_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page is made from is a value that its step reads; each package is in it, Babel and Jinja2 like the others."""

    def code() -> str:
        for memory in (versions.versions, versions.code_state):
            memory.cache_clear()
        return world_of(Project(tmp_path), None).values["code"]

    before = code()
    monkeypatch.syspath_prepend(tmp_path)
    for name in (*versions._PACKAGES, *versions._READING):
        upgraded = tmp_path / f"{name.replace('-', '_').replace('.', '_')}-9999.dist-info"
        upgraded.mkdir()
        (upgraded / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 9999\n\n")
        after = code()
        assert after != before, name
        before = after
    for memory in (versions.versions, versions.code_state):
        memory.cache_clear()


def test_a_page_is_made_from_the_code_that_makes_it(tmp_path: Path) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/one.yaml").write_text("title: A brief that is refused\n")
    reads = Reads(world_of(Project(tmp_path), None))
    make_page(reads, "one", "briefs/one.yaml")
    assert ("value", "code") in reads.trace


def test_another_python_makes_pages_anew() -> None:
    assert versions.code_state().startswith(sys.version)


def test_a_word_list_that_was_edited_is_used_by_the_next_build(package: Path, tmp_path: Path) -> None:
    """The whole way, through the command."""

    def brief(*arguments: str, cwd: Path) -> str:
        command = [sys.executable, "-m", "generator", *arguments]
        environment = {"PYTHONPATH": str(package.parent), "PATH": "/usr/bin:/bin", "PYTHONSAFEPATH": "1"}
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True).stdout

    brief("init", "desk", cwd=tmp_path)
    brief("build", cwd=tmp_path / "desk")
    assert "nothing to do" in brief("build", cwd=tmp_path / "desk")
    words = package / "languages/en.yaml"
    words.write_text(words.read_text("utf-8") + "\n# edited\n", "utf-8")
    assert "nothing to do" not in brief("build", cwd=tmp_path / "desk")
