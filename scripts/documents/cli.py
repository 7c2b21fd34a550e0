"""The command `follow-documents`: runs the commands in README.md and docs/ in a copy of the repository."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.documents.following import PUT, differences, script
from scripts.documents.steps import BadDocument, Left, Step, steps

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "README.md"
"""Followed first; the other documents start from the folder that it leaves."""
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
"""For contributors: followed only if it is named, because it needs an environment with the tests' packages."""
SECONDS = 900


def documents() -> list[Path]:
    """Return the documents with commands, in reading order. Pages made from the code are left out."""
    made = {ROOT / "docs/problems.md", ROOT / "docs/fields.md", ROOT / "docs/languages.md"}
    return [FIRST, ROOT / "examples/README.md", *sorted({*(ROOT / "docs").glob("*.md")} - made), CONTRIBUTING]


def main(arguments: Sequence[str]) -> int:
    """Run the command: exit code 0 if all documents are right, 1 if not."""
    parser = argparse.ArgumentParser(
        prog="follow-documents",
        description="Run the commands in README.md and docs/ in a new folder, and compare their output.",
    )
    parser.add_argument("--venv", type=Path, default=Path(sys.prefix), help="the environment with the command brief")
    parser.add_argument(
        "documents", nargs="*", type=Path, help="only these, after README.md; default: all documents for readers"
    )
    options = parser.parse_args(arguments)
    named = [path.resolve() for path in options.documents] or [one for one in documents() if one != CONTRIBUTING]
    with tempfile.TemporaryDirectory() as scratch:
        clone = copy_of_clone(Path(scratch) / "clone", options.venv.absolute())
        further = [document for document in documents()[1:] if document in named]
        code = _followed(FIRST, clone, options.venv.absolute())
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            codes = pool.map(lambda document: _followed(document, clone, options.venv.absolute()), further)
            return max([code, *codes])


def _followed(document: Path, clone: Path, venv: Path) -> int:
    """Follow one document, print the result, and return its exit code."""
    begun, name = time.monotonic(), document.relative_to(ROOT)
    try:
        taken = steps(document)
    except BadDocument as error:
        print(f"FAILED  {error}", flush=True)
        return 1
    left = [step for step in taken if isinstance(step, Left)]
    if len(left) == len(taken):
        return 0
    folder = clone if document == FIRST else Path(shutil.copytree(clone, clone.with_name(name.stem), symlinks=True))
    found = follow(taken, folder, venv)
    passed = f"{len(taken) - len(left)} steps of {name}" + "".join(
        f"; not line {one.line}: {one.reason}" for one in left
    )
    lines = [f"{'FAILED' if found else 'passed'}  {time.monotonic() - begun:6.1f} s  {passed}"]
    print("\n".join([*lines, *(f"{name}:{difference}" for difference in found)]), flush=True)
    return 1 if found else 0


def follow(taken: Sequence[Step], folder: Path, venv: Path) -> list[str]:
    """Run the steps in a folder, without this environment's variables but with a virtual environment; return the differences."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    known = {"HOME": str(home), "PATH": f"{venv}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}
    put = f"{shlex.quote(sys.executable)} {shlex.quote(str(PUT))}"
    done = subprocess.run(
        ["bash", "-c", script(taken, put)],
        cwd=folder,
        env=known,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
    )
    return differences(taken, done.stdout)


def copy_of_clone(target: Path, venv: Path) -> Path:
    """Copy the files in git from the work tree, and give them the environment that `make` would set up."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    (target / ".venv").symlink_to(venv)
    (venv / ".ready").touch()
    return target
