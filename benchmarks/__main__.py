"""All benchmarks in one run: tables and a plot in benchmarks/results/; a full run also writes its tables into docs/benchmarks.md.

    python -m benchmarks [--quick] [--only NAME ...]

The full run takes about an hour on two idle processors, `--quick` a few minutes. Ratios are more reliable than times, because
both sides of a ratio are measured in the same run.
"""

from __future__ import annotations

import argparse
import datetime
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import changes, fullbuilds, growth, importing, locking, machine, memory, plot, sites, table, watching

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument(
        "--only", nargs="+", choices=list(benchmarks(Path(), quick=True)), help="some of the benchmarks"
    )
    options = parser.parse_args()
    began = machine.describe()
    found: dict[str, list[table.Row]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        known = benchmarks(Path(place), quick=options.quick)
        for name in options.only or known:
            found[name] = shown(name, known[name]())
            keep("quick" if options.quick else "full", began, found)
            if not options.quick:
                publish(name, began, found[name])


def keep(kind: str, began: list[str], found: dict[str, list[table.Row]]) -> None:
    """Write the results so far, so that an interrupted run keeps them."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    sections = [
        line for name, rows in found.items() for line in (f"## {name.capitalize()}", "", *table.lines(rows), "")
    ]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{kind}.md").write_text("\n".join([f"# Benchmarks, {kind} run of {today}", "", *began, "", *sections]))


def publish(name: str, began: list[str], rows: list[table.Row]) -> None:
    """Write the table of one benchmark into the documentation, with the day and the machine."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    lines = [f"Measured on {today}:", "", *began, "", *table.lines(rows)]
    PAGE.write_text(table.with_section(PAGE.read_text(), name.capitalize(), lines))


def benchmarks(folder: Path, *, quick: bool) -> dict[str, Callable[[], Iterable[table.Row]]]:
    def grown() -> Iterable[table.Row]:
        curves = list(growth.measure(folder / "growth", growth.QUICK if quick else growth.FULL))
        RESULTS.mkdir(exist_ok=True)
        for file in (
            [RESULTS / "growth-quick.svg"] if quick else [RESULTS / "growth-full.svg", PAGE.with_name("growth.svg")]
        ):
            file.write_text(plot.svg(curves))
        return growth.rows(curves)

    sizes = (100, 1_000) if quick else (100, 1_000, 10_000)
    return {
        "nothing changed": lambda: changes.nothing(made(folder), sizes),
        "little changed": lambda: changes.little(made(folder), *((200, 10) if quick else (1_000, 50))),
        "verifying": lambda: locking.measure(folder / "lock", *((500, 100) if quick else (10_000, 1_000))),
        "importing": lambda: importing.measure(folder / "import", 2_000 if quick else 50_000),
        "the site": lambda: sites.measure(folder / "site", 30 if quick else 1_000),
        "full builds": lambda: fullbuilds.measure(folder / "full", 10 if quick else 200),
        "watching": lambda: watching.measure(folder / "watch"),
        "memory": lambda: memory.measure(folder / "memory", *((20, 1_000) if quick else (200, 10_000))),
        "growth": grown,
    }


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def shown(name: str, rows: Iterable[table.Row]) -> list[table.Row]:
    """Print each figure when it is measured."""
    kept = []
    for row in rows:
        print(f"{name}: {row.what}: {row.measured} {row.compared}", flush=True)
        kept.append(row)
    return kept


if __name__ == "__main__":
    main()
