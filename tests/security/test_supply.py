"""Whatever `make` and `.ci/run` install is named in a lock file with its version and the hashes of its files."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.security.limits import REPOSITORY

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
SCRIPTS = [
    REPOSITORY / "Makefile",
    *sorted(path for folder in ("scripts", ".ci") for path in (REPOSITORY / folder).iterdir() if path.is_file()),
]
LOCAL = re.compile(r"--no-deps (?:--no-build-isolation )?(?:--editable )?(?:\.|\S*\.whl)$")
"""Our own code, without what it depends on."""


INSTALLS = re.compile(r"(?:\$\(PIP\)|\b(?:pip|uv|pipx|uvx|conda)\b)[^#]*\b(?:install|wheel|sync|run)\b")


def commands() -> list[tuple[str, str]]:
    """Each command that installs a Python package, and the file that it is in."""
    lines = (
        (path.name, line) for path in SCRIPTS for line in path.read_text("utf-8").replace("\\\n", " ").splitlines()
    )
    return [(name, line.strip().removeprefix("@")) for name, line in lines if INSTALLS.search(line)]


def test_there_are_commands_that_install() -> None:
    assert {name for name, _ in commands()} == {"Makefile", "run"}
    assert len(commands()) >= 6


@pytest.mark.parametrize(("name", "line"), commands())
def test_each_installs_from_a_lock_with_hashes_or_our_own_code_alone(name: str, line: str) -> None:
    if "wheel" in line.split():
        assert {"--no-deps", "--no-build-isolation"} <= set(line.split())
        return
    locks = re.findall(r"-r (\S+)", line)
    if not locks:
        assert LOCAL.search(line), line
        return
    assert "--require-hashes" in line.split()
    assert set(locks) <= set(LOCKS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_nothing_is_fetched_in_another_way(path) -> None:
    text = re.sub(r"\bnpm ci\b", "", path.read_text("utf-8"))
    words = {word for line in text.splitlines() for word in line.partition("#")[0].split()}
    assert not words & {"curl", "wget", "npm", "npx", "uvx", "pipx", "easy_install", "gem", "cargo", "go"}


def test_npm_installs_only_what_its_lock_pins_with_hashes() -> None:
    users = {path.name for path in SCRIPTS if re.search(r"\bnpm\b", path.read_text("utf-8"))}
    assert users == {"check-scripts"}
    packages = json.loads((REPOSITORY / "scripts/typescript/package-lock.json").read_text("utf-8"))["packages"]
    assert packages.keys() - {""}
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


@pytest.mark.parametrize("lock", LOCKS)
def test_each_line_of_a_lock_pins_a_version_with_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (REPOSITORY / lock).read_text("utf-8").strip().replace("\\\n", " "))
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[a-z0-9_,-]+\])?==[^\s;]+", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]
        assert "://" not in entry


def names(requirements: list[str]) -> set[str]:
    return {canonical(re.match(r"[A-Za-z0-9._-]+", requirement)[0]) for requirement in requirements}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> set[str]:
    return names(re.findall(r"^[A-Za-z0-9][^\s=]*(?===)", (REPOSITORY / lock).read_text("utf-8"), re.MULTILINE))


def test_what_builds_the_package_and_what_make_calls_is_locked_too() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    needed = names([*project["build-system"]["requires"], *project["project"]["dependencies"], *extras["setup"]])
    assert needed <= locked("requirements.lock")
    assert needed | names([*extras["test"], *extras["dev"], "uv"]) <= locked("requirements-test.lock")
    assert names(extras["bench"]) <= locked("requirements-bench.lock")
