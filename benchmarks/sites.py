"""The site around 1,000 briefs in five languages: from nothing, after one edit, and what a reader loads.

    python -m benchmarks.sites FOLDER [WORKERS]

builds the pages of the briefs and the site around them, in this process or in WORKERS others. It prints the elapsed seconds of the site,
and the processor seconds that this process spent on the pages and on the site.

No PDF is laid out: that is measured with full builds, and the site does not depend on it.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.cost import environment, own_cpu
from benchmarks.synthetic import SMALL, fact_file, write_project
from benchmarks.table import Row, seconds
from generator.engine import Executor, Limits, Pool
from generator.pipeline.brief_steps import WARM_UPS
from generator.system.garbage_collection import collect_seldom

LANGUAGES = ("en-GB", "de", "fr", "es", "ar")
SHAPE = replace(SMALL, experts=8, questions=2, facts=4)
EDIT_LIMIT = 1.0
"""Seconds for the site after one edit."""
WORKERS = "2"
_STYLE_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
PAGE_LIMIT = 120
"""Kilobytes of a page with its style sheets, compressed."""


def measure(folder: Path, briefs: int) -> Iterator[Row]:
    write_project(folder, briefs, SHAPE, sources=briefs // 5 + 10, languages=LANGUAGES)
    _, pages, site = costs(folder)
    yield Row(f"pages of {briefs:,} briefs in five languages", f"{seconds(pages)} of processor")
    yield Row(
        "the site around them, from nothing",
        f"{seconds(site)} of processor",
        f"{site / pages:.2f}x the pages of briefs",
    )
    yield _edited(folder, "one fact edited", "claim: ")
    yield _edited(folder, "one title edited", "title: ")
    idle = [costs(folder, WORKERS)[0] for _ in range(3)]
    yield Row("nothing to do: the site", seconds(min(idle)))
    yield from _weights(folder / "build")


def _edited(folder: Path, what: str, field: str) -> Row:
    """The quickest of three edits of the first such field of one brief with workers, and the cheapest of three without."""
    elapsed = min(_edit(folder, field, number, WORKERS)[0] for number in range(3))
    cost = min(_edit(folder, field, number)[2] for number in range(3, 6))
    spent = f"{seconds(cost)} of processor in one process"
    return Row(f"{what}: the site", seconds(elapsed), spent, "1 s", elapsed <= EDIT_LIMIT)


def _edit(folder: Path, field: str, number: int, *workers: str) -> tuple[float, ...]:
    file = fact_file(folder, 3)
    file.write_text(file.read_text().replace(field, f"{field}Edit {number}. ", 1))
    return costs(folder, *workers)


def costs(folder: Path, *workers: str) -> tuple[float, ...]:
    """In a process of its own, as each build is."""
    command = [sys.executable, "-m", "benchmarks.sites", str(folder), *workers]
    out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment()).stdout.split()
    return tuple(map(float, out[-3:]))


def _weights(site: Path) -> Iterator[Row]:
    index = site / "index.html"
    sheets = _STYLE_SHEET.findall(index.read_text("utf-8"))
    size = sum(_compressed(path) for path in (index, *(site / sheet for sheet in sheets))) / 1000
    yield Row(
        "the index with its style sheets, compressed", f"{size:.0f} kB", "", f"{PAGE_LIMIT} kB", size <= PAGE_LIMIT
    )
    shards = [_compressed(path) / 1000 for path in (site / "assets/search").glob("*.js")]
    yield Row(
        "the search index, compressed",
        f"{sum(shards):.0f} kB",
        f"{len(shards)} files, the largest {max(shards, default=0):.0f} kB",
    )
    files = [path for path in site.rglob("*") if path.is_file() and ".brief" not in path.parts]
    yield Row("the whole site", f"{sum(path.stat().st_size for path in files) / 1e6:.0f} MB", f"{len(files):,} files")


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def build(folder: Path, executor: Executor | None) -> tuple[float, float, float]:
    """Build the pages of the briefs, then the site. Return the elapsed seconds of the site, and the processor seconds of this process."""
    from generator.engine import TargetStatus
    from generator.pipeline import publish_brief
    from generator.pipeline.brief_steps import NO_LIBRARIES
    from generator.project import Project
    from generator.site.site_build import build_site

    begun = []

    def noting(*values: Any, **named: Any) -> Any:
        begun.append((time.perf_counter(), own_cpu()))
        return build_site(*values, **named)

    publish_brief.__dict__.update(build_site=noting, can_draw=lambda versions: False)
    start = own_cpu()
    report = publish_brief.publish(Project(folder), None, executor=executor)
    elapsed, end = time.perf_counter(), own_cpu()
    done = (one for one in report.outcomes if one.target != NO_LIBRARIES.name)
    wrong = [one for one in done if one.failure or one.status is TargetStatus.REJECTED]
    assert not wrong, wrong[0]
    ((clock, middle),) = begun
    return elapsed - clock, middle - start, end - middle


def main(folder: str, workers: str = "") -> None:
    collect_seldom()  # as the command does
    if not workers:
        print(*build(Path(folder), None))
        return
    with Pool(int(workers), Limits(), WARM_UPS) as pool:
        print(*build(Path(folder), pool))


if __name__ == "__main__":
    main(*sys.argv[1:])
