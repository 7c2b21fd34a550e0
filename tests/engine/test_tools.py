"""What a build of briefs needs beside the project is missing or dies: fonts and pandoc. The packages are really not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.engine import Report
from generator.pipeline.publish_brief import publish
from generator.project import Project
from generator.starters import FILES, starter
from tests.engine.aftermath import Aftermath

TOP = Path(__file__).parents[2]
PACKAGES = Path(sysconfig.get_path("purelib"))


@dataclass(frozen=True)
class Desk:
    """A project with one brief."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "build"

    def write(self, title: str, paragraph: int) -> None:
        """What the brief cites differs too, so that pandoc has to be asked."""
        for file, name in FILES.items():
            path = self.root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            text = starter(name).replace("Should the invented tariff stay?", title)
            path.write_text(text.replace("para. 3", f"para. {paragraph}"), "utf-8")

    def build(self, *slugs: str, out: Path, **options: Any) -> Report:
        """Here, where nothing is missing. Another folder than our own stands for another machine."""
        options.pop("store")
        if out == self.out:
            return publish(Project(self.root), slugs, **options)
        other = Desk(out.parent / "desk")
        shutil.copytree(self.root, other.root, ignore=shutil.ignore_patterns("build", "fresh"))
        report = publish(Project(other.root), slugs, **options)
        other.out.rename(out)
        return report

    def build_elsewhere(self, packages: Path) -> subprocess.CompletedProcess[str]:
        """With the command, by a Python that has these packages and no others."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TOP), str(packages)])}
        command = [sys.executable, "-S", "-m", "generator", "build", "--jobs", "1"]
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, timeout=300, check=False
        )


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "desk")


@pytest.fixture
def aftermath(desk):
    """Of a brief that was built, and has another title now."""
    found = Aftermath(desk, "example", out=desk.out, store=desk.out / ".brief")
    desk.write("What was asked before?", 3)
    found.learn()
    found.build()
    desk.write("What is asked now?", 4)
    found.learn()
    return found


def packages_without(folder: Path, *names: str) -> Path:
    """A folder with links to all installed packages but these."""
    folder.mkdir()
    for path in PACKAGES.iterdir():
        if not path.name.startswith(names):
            (folder / path.name).symlink_to(path)
    return folder


def packages_with_pandoc(folder: Path, script: str) -> Path:
    """The installed packages, with a script in pandoc's place; in it, PANDOC is the real one."""
    packages_without(folder, "pypandoc")
    for path in PACKAGES.glob("pypandoc*"):
        shutil.copytree(path, folder / path.name, copy_function=os.symlink)
    pandoc = folder / "pypandoc/files/pandoc"
    real = pandoc.resolve()
    pandoc.unlink()
    pandoc.write_text(f"#!/bin/sh\n{script.replace('PANDOC', str(real))}\n")
    pandoc.chmod(0o755)
    return folder


def test_a_font_package_that_is_missing(desk, aftermath, tmp_path):
    done = desk.build_elsewhere(packages_without(tmp_path / "packages", "fontpkg_ibm_plex_serif"))
    assert done.returncode == 3
    assert "pip install fontpkg-ibm-plex-serif" in done.stderr
    assert "briefs/example.yaml" in done.stderr
    aftermath.assert_survived()


def test_a_pandoc_that_is_killed_each_time_half_way_through_a_request(desk, aftermath, tmp_path):
    packages = packages_with_pandoc(tmp_path / "packages", "head -c 1 > /dev/null; kill -KILL $$")
    done = desk.build_elsewhere(packages)
    assert done.returncode == 3
    assert "pandoc ended twice without an answer" in done.stderr
    assert "briefs/example.yaml" in done.stderr
    aftermath.assert_survived()


def test_a_pandoc_that_is_killed_once_is_asked_again(desk, aftermath, tmp_path):
    mark = tmp_path / "mark"
    once = f'if [ ! -e "{mark}" ]; then : > "{mark}"; head -c 1 > /dev/null; kill -KILL $$; fi; exec "PANDOC" "$@"'
    done = desk.build_elsewhere(packages_with_pandoc(tmp_path / "packages", once))
    assert done.returncode == 0, done.stderr
    assert mark.exists()
    report = aftermath.assert_survived()
    assert not report.outcomes[0].ran
