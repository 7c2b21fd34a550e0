"""The files for hosting, containers and citing: what they refer to is there, and what is said twice is the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml

import generator
from generator.cli import COMMANDS
from scripts.freshmachine.readme import packages

ROOT = Path(__file__).parents[1]
HOSTING = ("action.yml", ".pre-commit-hooks.yaml", ".github/workflows/ci.yml", "Dockerfile", ".dockerignore",
           ".devcontainer/devcontainer.json", "CITATION.cff", "docs/ci.md", "CONTRIBUTING.md")  # fmt: skip
FOR_WORK = {"git", "make"}
"""Packages that the README asks for and only those need who work in a clone."""
CERTIFICATES = "ca-certificates"
"""Comes with every system that is installed by hand, and with no bare image."""


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def loaded(name: str) -> Any:
    return yaml.safe_load(text(name))


def project() -> dict[str, Any]:
    return tomllib.loads(text("pyproject.toml"))["project"]


def supported_pythons() -> list[str]:
    """The versions of Python that the package says it supports."""
    return [one for line in project()["classifiers"] for one in re.findall(r"Python :: (3\.\d+)$", line)]


# ---------------------------------------------------------------- the version


def test_the_version_is_in_one_place() -> None:
    """The package's version is read from the code when it is built; no other file states one."""
    whole = tomllib.loads(text("pyproject.toml"))
    assert (whole["project"]["dynamic"], whole["tool"]["hatch"]["version"]) == (
        ["version"],
        {"path": "generator/__init__.py"},
    )
    assert "version" not in loaded("CITATION.cff")
    for name in HOSTING:
        assert generator.__version__ not in text(name), name


def test_the_citation_says_what_the_package_says() -> None:
    citation = loaded("CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["license"] == project()["license"]
    assert citation["abstract"] == project()["description"]
    (author,) = citation["authors"]
    assert author["name"].removeprefix("The ") in text("LICENSE")


# ---------------------------------------------------------------- the workflow and the action


def steps_of(job: dict[str, Any]) -> str:
    return "\n".join(step["run"] for step in job["steps"] if "run" in step)


def test_the_workflow_runs_what_has_to_pass_and_the_tests_with_each_python() -> None:
    jobs = loaded(".github/workflows/ci.yml")["jobs"]
    assert re.search(r"^\.ci/run$", steps_of(jobs["everything"]), re.MULTILINE)
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert re.search(r"^make test$", steps_of(jobs["tests"]), re.MULTILINE)
    assert jobs["tests"]["strategy"]["matrix"]["python"] == supported_pythons()


@pytest.mark.parametrize("name", [".github/workflows/ci.yml", "action.yml", "docs/ci.md"])
def test_actions_of_others_are_named_with_their_major_version(name: str) -> None:
    used = re.findall(r"uses: (\S+)", text(name))
    assert used
    assert [
        one for one in used if not re.fullmatch(r"actions/[a-z-]+@v\d+|OWNER/policy-brief-generator@TAG", one)
    ] == []


@pytest.mark.parametrize("name", HOSTING)
def test_no_registry_is_named(name: str) -> None:
    """Whoever runs them decides where packages and images come from."""
    hosts = re.findall(r"\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev)\b", text(name))
    assert set(hosts) <= {"github.com", "semver.org", "example.org"}


def test_the_action_installs_the_package_that_it_comes_with() -> None:
    (install,) = (step for step in loaded("action.yml")["runs"]["steps"] if step["name"] == "Install brief")
    assert install["env"]["ACTION"] == "${{ github.action_path }}"
    assert '--require-hashes -r "$ACTION/requirements.lock"' in install["run"]
    assert '--no-deps --no-build-isolation "$ACTION"' in install["run"]
    assert loaded("action.yml")["inputs"]["python-version"]["default"] in supported_pythons()
    inputs = set(loaded("action.yml")["inputs"])
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text("docs/ci.md"), re.MULTILINE)) == inputs
    assert set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", text("action.yml"))) == inputs


def checked_by_the_action(temporary: Path, folder: Path, strict: str) -> subprocess.CompletedProcess[str]:
    """Run the action's last step as the host does: bash, with its inputs in the environment."""
    bin_folder = temporary / "brief/bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "brief").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n', "utf-8")
    (bin_folder / "brief").chmod(0o755)
    step = loaded("action.yml")["runs"]["steps"][-1]
    known = {"RUNNER_TEMP": str(temporary), "FOLDER": str(folder), "STRICT": strict}
    assert set(step["env"]) <= set(known)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=folder.parent, env=os.environ | known, capture_output=True, text=True, check=False
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project without a problem, in a folder with a space in its name."""
    return Path(shutil.copytree(ROOT / "examples", tmp_path / "my desk", ignore=shutil.ignore_patterns("build")))


def test_the_action_passes_over_a_sound_project(tmp_path: Path, desk: Path) -> None:
    done = checked_by_the_action(tmp_path / "t", desk, "true")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_action_annotates_the_line_from_the_root_of_the_repository(tmp_path: Path, desk: Path) -> None:
    (desk / "briefs/night-ferry.yaml").write_text("tittle: Wrong\n", "utf-8")
    done = checked_by_the_action(tmp_path / "t", desk, "false")
    assert done.returncode == 1
    assert "file=my desk/briefs/night-ferry.yaml,line=1" in done.stdout


def test_the_action_lets_warnings_fail_only_if_it_is_told_to(tmp_path: Path, desk: Path) -> None:
    file = desk / "briefs/sources.yaml"
    extra = "  - {id: unused-one, type: report, title: Nobody cites it, issued: 2024-01-01}\n"
    file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + extra, "utf-8")
    lenient, strict = (checked_by_the_action(tmp_path / word, desk, word) for word in ("false", "true"))
    assert "::warning" in lenient.stdout
    assert (lenient.returncode, strict.returncode) == (0, 1)


# ---------------------------------------------------------------- the hook


def test_the_hook_runs_a_command_that_the_package_installs() -> None:
    for hook in loaded(".pre-commit-hooks.yaml"):
        program, command = hook["entry"].split()
        assert program in entry_points(group="console_scripts").names
        assert command in COMMANDS
        assert hook["language"] == "python"
        assert f"- id: {hook['id']}\n" in text("docs/ci.md")


@pytest.mark.parametrize(
    "changed", ["briefs/a.yaml", "briefs/captures.lock", "policy/briefs/data/a.csv", "templates/labels/en.yaml"]
)
def test_the_hook_runs_when_what_briefs_read_has_changed(changed: str) -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert re.search(hook["files"], changed)
    assert not re.search(hook["files"], "debriefs/notes.md")


# ---------------------------------------------------------------- the containers


def installed_in(stage: str) -> set[str]:
    """Return the Debian packages that a stage of the Dockerfile installs itself; the last stage has no name."""
    stages = re.split(r"^FROM ", text("Dockerfile").replace("\\\n", " "), flags=re.MULTILINE)[1:]
    (body,) = (one for one in stages if one.partition("\n")[0].endswith(f" AS {stage}"))
    (names,) = re.findall(r"apt-get install -y --no-install-recommends ([^&\n]+)", body)
    return set(names.split())


def test_the_image_has_the_packages_that_the_readme_asks_for() -> None:
    assert installed_in("base") == set(packages()) - FOR_WORK


def test_the_development_container_has_what_make_test_asks_for() -> None:
    """`scripts/system-packages` names them; with all of them there, it asks for none."""
    wanted = set(re.findall(r"\|\| want ([a-z0-9.+-]+)", text("scripts/system-packages").partition("= fresh")[0]))
    wanted |= {"chromium"}
    assert installed_in("base") | installed_in("develop") == wanted | FOR_WORK | {CERTIFICATES}
    container = json.loads(text(".devcontainer/devcontainer.json"))
    assert container["build"] == {"dockerfile": "../Dockerfile", "context": "..", "target": "develop"}
    assert f"AS {container['build']['target']}\n" in text("Dockerfile")


def test_the_image_runs_as_an_ordinary_user() -> None:
    last = text("Dockerfile").rpartition("\nFROM ")[2]
    (user,) = re.findall(r"^USER (\w+)$", last, re.MULTILINE)
    assert f"useradd --create-home --uid 1000 --shell /bin/bash {user}\n" in text("Dockerfile")
    assert 'ENTRYPOINT ["brief"]' in last


def test_an_image_gets_what_it_copies_and_nothing_else() -> None:
    lines = [line for line in text(".dockerignore").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", text("Dockerfile"), re.MULTILINE)
    assert allowed == {name for line in copies for name in line.split()}
    assert [name for name in allowed if not (ROOT / name).exists()] == []
