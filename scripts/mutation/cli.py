"""The command `python -m scripts.mutation`: checks on a sample whether tests notice small changes to the code."""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.mutation.mutants import Mutant, sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("explained.txt")
"""Mutants without a visible effect, or that are accepted: file, mutant, reason."""
PROCESSOR_SECONDS = 180
"""Limits of the tests of one mutant; a mutant that never ends counts as noticed."""
WALL_SECONDS = 1800

ENGINE = ("test_engine.py", "test_batches.py", "test_build_lock.py", "test_cache.py", "test_db.py", "test_depfile.py", "test_pool.py",
          "test_racy.py", "test_stat.py", "test_child.py", "test_model.py")  # fmt: skip
GATE = (
    "tests/evidence/test_gate.py",
    "tests/evidence/test_turns.py",
    "tests/evidence/test_brackets.py",
    "tests/evidence/test_nearest.py",
    "tests/evidence/test_examine.py",
    "tests/evidence/test_speakers.py",
    "tests/evidence/test_cited_places.py",
    "tests/evidence/checks/test_passages.py",
    "tests/evidence/test_mutations.py",
    "tests/adversary/test_languages.py",
    "tests/adversary/test_hidden_text.py",
    "tests/adversary/test_layouts.py",
    "tests/commands/test_fixing.py",
)
TESTS = {
    "generator/evidence/gate": GATE,
    "generator/evidence/verification": GATE,
    "generator/evidence/speakers": GATE,
    "generator/evidence/claims.py": GATE,
    "generator/evidence/numbers": (*GATE, "tests/evidence/test_supported.py", "tests/pipeline/test_data_tables.py"),
    "generator/read": (
        "tests/read",
        "tests/pipeline/test_data_tables.py",
        "tests/pipeline/test_pictures.py",
        "tests/pipeline/test_source_files.py",
        "tests/pipeline/test_used_facts.py",
        "tests/cite/test_import_command.py",
        "tests/pipeline/test_check_brief.py",
        "tests/adversary/test_fields.py",
    ),
    "generator/pipeline/pdf_files/pdf_contents.py": ("tests/provenance",),
    "generator/pipeline/pdf_files/check_pdf_updates.py": ("tests/provenance",),
    "generator/pipeline/pdf_files/check_update_layout.py": ("tests/provenance",),
    "generator/provenance": ("tests/provenance",),
    "generator/engine/remote": (
        "tests/engine/test_remote_task.py",
        "tests/security/test_envelope.py",
        "tests/engine/test_cluster.py",
    ),
    "generator/engine": (
        *(f"tests/engine/{name}" for name in ENGINE),
        "tests/security/test_database.py",
        "tests/security/test_cache.py",
    ),
}
"""Tests of each folder of modules, quick and effective ones first; the first matching folder is used."""


def main(arguments: Sequence[str]) -> int:
    """Run the command: exit code 0 if each mutant is noticed or explained."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.mutation",
        description="Make small changes to modules, one at a time, and list those that no test notices.",
    )
    parser.add_argument("paths", nargs="*", help="modules or folders; default: all that have tests in this list")
    parser.add_argument("--number", type=int, default=6, help="number of mutants of each module")
    parser.add_argument("--line", type=int, default=0, help="all mutants of this line, and no others")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that running tests are ended too
    with tempfile.TemporaryDirectory() as scratch:
        copy = copied(Path(scratch) / "copy")
        tallies = [tried(copy, module, options.number, options.line) for module in modules(options.paths or TESTS)]
    killed, explained, survived = (sum(column) for column in zip(*tallies, strict=True))
    total = killed + explained + survived
    noticed = f"{killed / (total - explained):.1%}" if total > explained else "none"
    print(
        f"{total} mutants: {killed} noticed, {explained} explained, {survived} survived; {noticed} of the others noticed"
    )
    return int(survived > 0)


def copied(copy: Path) -> Path:
    """Copy the files in git and new files that git does not ignore; the environment is shared."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    for folder in ("generator", "tests"):
        compileall.compile_dir(copy / folder, quiet=2)  # once, not again for each mutant
    return copy


def modules(paths: Sequence[str] | dict[str, tuple[str, ...]]) -> list[str]:
    files = (file for path in paths for file in (sorted((ROOT / path).rglob("*.py")) or [ROOT / path]))
    return list(dict.fromkeys(str(file.resolve().relative_to(ROOT)) for file in files))


def chosen_tests(module: str) -> list[str]:
    """Return the tests of a module, those with its name first."""
    named = next(tests for folder, tests in TESTS.items() if f"{module}/".startswith(f"{folder}/"))
    files = [file for path in named for file in sorted((ROOT / path).rglob("test_*.py")) or [ROOT / path]]
    files += (ROOT / "tests").rglob(f"test_{Path(module).stem}.py")
    files.sort(key=lambda file: file.name != f"test_{Path(module).stem}.py")
    return list(dict.fromkeys(str(file.relative_to(ROOT)) for file in files))


def tried(copy: Path, module: str, number: int, line: int) -> tuple[int, int, int]:
    """Run the tests of a module on its mutants, and print the unnoticed ones. Return killed, explained, surviving."""
    source = (copy / module).read_bytes()
    chosen = sample(source, 10**6 if line else number, module)
    chosen = [mutant for mutant in chosen if line in (0, mutant.line)]
    known, tests = set(explanations(module)), chosen_tests(module)
    killed = explained = 0
    left: list[Mutant] = []
    for mutant in chosen:
        if (mutant.code, str(mutant)) in known:
            explained += 1
            continue
        (copy / module).write_bytes(mutant.applied(source))
        if passes(copy, tests):
            left.append(mutant)
        else:
            killed += 1
    (copy / module).write_bytes(source)
    print(f"{module}: {killed} of {len(chosen) - explained} noticed", flush=True)
    for mutant in left:
        print(f"    {module} ¦ {mutant.code} ¦ {mutant}   (line {mutant.line})", flush=True)
    return killed, explained, len(left)


def explanations(module: str) -> Iterator[tuple[str, str]]:
    """Yield the line and the change of each explained mutant of a module."""
    for line in EXPLAINED.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            file, code, change, _reason = line.split(" ¦ ")
            if file == module:
                yield code, change


def passes(copy: Path, tests: Sequence[str]) -> bool:
    """Whether all tests pass, in a separate process group that is ended completely."""
    command = [str(ROOT / ".venv/bin/python"), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command,
        cwd=copy,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS)),
    )
    try:
        return process.wait(WALL_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
