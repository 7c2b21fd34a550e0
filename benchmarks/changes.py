"""Measures builds of briefs after no change and after small changes; `sites.py` measures the site around them."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import peers
from benchmarks.copies import build_copies
from benchmarks.cost import Cost, brief, least, run
from benchmarks.synthetic import SMALL, fact_file, slug, write_project
from benchmarks.table import Row, seconds


def nothing(folder: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """Measure builds with nothing to do. The last and largest is compared with the targets."""
    empty = least(5, lambda: run([sys.executable, "-c", "import click"], folder))
    yield Row("Python, importing click", seconds(empty.wall))
    for size in sizes:
        project = prepared(folder / f"idle-{size}", size)
        idle = least(5, lambda: build(project))  # noqa: B023
        above = idle.wall - empty.wall
        yield Row(
            f"nothing to do, {size:,} briefs", seconds(idle.wall), f"{seconds(above)} above Python",
            "0.5 s" if size == 10_000 else "", idle.wall <= 0.5 if size == 10_000 else None,
        )  # fmt: skip
    slugs = [slug(number) for number in range(sizes[-1])]
    yield from _peers(project, slugs, idle)


def _peers(project: Path, slugs: list[str], idle: Cost) -> Iterator[Row]:
    many = f"nothing to do, {len(slugs):,}"
    ninja = peers.ninja_noop(project, slugs)
    make, bare = peers.make_noop(project, slugs)
    yield Row(f"GNU make, {many}", seconds(make.wall), f"ours takes {idle.wall / make.wall:.2f} of it")
    others = (("GNU make without built-in rules", bare), ("ninja", ninja))
    yield from (Row(f"{name}, {many}", seconds(cost.wall), _times(idle, cost)) for name, cost in others)


def _times(ours: Cost, theirs: Cost) -> str:
    return f"ours takes {ours.wall / theirs.wall:.1f} times that"


def little(folder: Path, size: int, shared: int) -> Iterator[Row]:
    """Measure one edited fact, an edit that is not printed, and one source that some briefs share."""
    project = prepared(folder / "edited", size, shared)
    file = fact_file(project, size - 1)
    cold = least(3, lambda: _alone(project, file))
    edits = iter(range(100))
    edited = least(3, lambda: _edited(project, file, "claim: ", f"claim: Edit {next(edits)}. "))
    more = edited.wall - cold.wall
    yield Row(
        f"one edited fact, {size:,} briefs", seconds(edited.wall), f"{seconds(abs(more))} {'more' if more > 0 else 'less'} than "
        "that brief alone, cold", "at most 0.2 s more", more <= 0.2,
    )  # fmt: skip
    blank = least(3, lambda: _edited(project, file, "\nfacts:", "\n\nfacts:"))
    laid_out = _steps(project).count("layout")
    yield Row("white space edited", seconds(blank.wall), f"{laid_out} layouts", "none", laid_out == 0)
    cost = _edited(project, project / "briefs" / "sources.yaml", "report number 0\n", "report number nought\n")
    laid_out = _steps(project).count("layout")
    what = f"one source edited that {shared} of {size:,} cite"
    yield Row(what, seconds(cost.wall), f"{laid_out} layouts", str(shared), laid_out == shared)


def prepared(folder: Path, size: int, shared: int = 50) -> Path:
    """Make a project with copied results, in which `build` has nothing to do. Otherwise it would measure something else."""
    write_project(folder, size, SMALL, shared=shared)
    brief(folder, "lock")
    build_copies(folder, shared)
    time.sleep(0.1)  # so that fingerprints are older than the clock's tick, as usual
    build(folder, "--json")
    assert not _steps(folder), f"the copies are out of date: {_steps(folder)[:3]}"
    return folder


def build(project: Path, *words: str) -> Cost:
    """Build the briefs of a project, as the copies were."""
    return brief(project, "build", "--no-site", *words)


def _edited(project: Path, file: Path, old: str, new: str) -> Cost:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return build(project, "--json")


def _steps(project: Path) -> list[str]:
    """Return the steps that ran in the last build, from its events."""
    told = [json.loads(line) for line in (project / "output.log").read_text().splitlines()]
    return [event["step"] for event in told if event["event"] == "started"]


def _alone(project: Path, file: Path) -> Cost:
    """Build one brief alone in a new project."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "briefs").mkdir()
        for name in (file.name, "house.yaml", "experts.yaml", "sources.yaml", "captures.lock"):
            shutil.copy(project / "briefs" / name, folder / "briefs" / name)
        shutil.copytree(project / "captures", folder / "captures")
        return build(folder)
