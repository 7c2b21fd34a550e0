"""What the system sees of a build from a forged database and a poisoned cache: no file elsewhere is touched, no network is used."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.engine.cache import HEADER, Cache
from generator.engine.digest import of_bytes
from tests.provenance.conftest import build, project
from tests.security.forging import opened, sealed
from tests.security.limits import REPOSITORY

CHANGES = re.compile(
    r"\b(?:open|openat|openat2|creat|unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|rmdir|link|linkat|symlink|symlinkat"
    r"|chmod|fchmodat|chown|truncate|utimensat|mknod|mknodat)\((?P<arguments>.*)\)\s+= (?P<result>\d+)"
)
NAMES = re.compile(r'"((?:[^"\\]|\\.)*)"')
NETWORK = re.compile(r"\b(?:socket|connect|sendto|bind)\([^)]*AF_INET")
SOLELY_READ = re.compile(r"\bopen(?:at|at2)?\(.*O_RDONLY(?!.*O_(?:CREAT|TRUNC))")


def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    tried = subprocess.run([found, "-o", "/dev/null", "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("strace may not be used here")
    return found


def traced(log: Path, folder: Path, *command: str) -> list[str]:
    """The calls to the system of a command and of all that it starts."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "TMPDIR": str(folder.parent / "scratch"),
        "PATH": "/usr/bin:/bin",
        "SOURCE_DATE_EPOCH": "1717300000",
    }
    (folder.parent / "scratch").mkdir(exist_ok=True)
    subprocess.run(
        [
            strace(),
            "-f",
            "-qq",
            "-s",
            "4096",
            "-e",
            "trace=%file,%network",
            "-o",
            str(log),
            sys.executable,
            "-m",
            "generator",
            *command,
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=600,
        check=False,
    )
    return log.read_text("utf-8", "replace").splitlines()


def touched(calls: list[str], allowed: Path) -> list[str]:
    """Calls that changed a file by an absolute name outside a folder; relative names are below where the command runs."""
    found = []
    for call in calls:
        match = CHANGES.search(call)
        if match is None or SOLELY_READ.search(call):
            continue
        names = [name for name in NAMES.findall(match["arguments"]) if name.startswith("/") or ".." in name.split("/")]
        if any(not name.startswith((f"{allowed}/", "/dev/", "/proc/self/")) for name in names):
            found.append(call)
    return found


def test_a_forged_database_and_a_poisoned_cache_touch_nothing_elsewhere(tmp_path: Path) -> None:
    at = project(tmp_path / "desk")
    build(at)
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    columns = opened((at.store / "database").read_bytes())
    columns["output_paths"][0] = "../../precious"
    columns["outputs"] = of_bytes(b"mine") + columns["outputs"][40:]
    (at.store / "database").write_bytes(sealed(columns))
    for path in list(at.store.glob("cache/??/*")):
        content = path.read_bytes()[HEADER:].replace(b'"citation_groups": ["', b'"citation_groups": ["<script>')
        Cache.at(str(at.store / "cache")).put(path.parent.name + path.name, content)
    (at.briefs / "works.yaml").write_text((at.briefs / "works.yaml").read_text() + "# edited\n")
    calls = traced(tmp_path / "calls", at.folder, "build")
    assert any("works.pdf" in call for call in calls)
    assert touched(calls, tmp_path) == []
    assert [call for call in touched(calls, at.folder) if "/scratch" not in call] == []
    assert [call for call in calls if NETWORK.search(call)] == []
    assert precious.read_bytes() == b"mine"
    assert b"<script>" not in (at.output / "works.html").read_bytes()


def test_the_search_finds_what_it_looks_for() -> None:
    calls = [
        '1 openat(AT_FDCWD, "/home/x", O_WRONLY|O_CREAT, 0666) = 3',
        '1 unlink("/home/x") = 0',
        '1 unlink("../x") = 0',
        '1 unlink("/home/x") = -1 ENOENT (No such file or directory)',
        '1 openat(AT_FDCWD, "/home/x", O_RDONLY|O_CLOEXEC) = 3',
        '1 rename("/desk/a", "/home/x") = 0',
        '1 rename("/desk/a", "/desk/b") = 0',
    ]
    assert touched(calls, Path("/desk")) == [calls[0], calls[1], calls[2], calls[5]]
    assert NETWORK.search("1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3")
