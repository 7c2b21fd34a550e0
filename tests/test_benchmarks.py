"""Where the benchmarks write their tables, and that each size of them can be chosen."""

from __future__ import annotations

from pathlib import Path

from benchmarks.__main__ import PAGE, benchmarks
from benchmarks.changes import build, prepared
from benchmarks.sites import LANGUAGES, SHAPE, costs
from benchmarks.synthetic import write_project
from benchmarks.table import Row, lines, with_section

PLACE = "# Title\n\nWords.\n\n## One\n\n| old |\n\n## Two\n\nkept\n\n## What it says\n\nWords.\n"


def test_a_table_replaces_its_section_only() -> None:
    page = with_section(PLACE, "One", ["| new |"])
    assert page == PLACE.replace("| old |", "| new |")


def test_a_new_table_comes_before_the_last_section() -> None:
    page = with_section(PLACE, "Three", ["| new |"])
    assert page == PLACE.replace("## What it says", "## Three\n\n| new |\n\n## What it says")


def test_a_row_says_whether_its_target_is_reached() -> None:
    *_, reached, missed = lines([Row("a", "1 s", "", "2 s", reached=True), Row("b", "3 s", "", "2 s", reached=False)])
    assert (reached, missed) == ("| a | 1 s |  | 2 s | yes |", "| b | 3 s |  | 2 s | **no** |")


def test_the_documentation_has_a_section_for_each_benchmark() -> None:
    page = PAGE.read_text("utf-8")
    names = list(benchmarks(Path(), quick=True))
    assert names == list(benchmarks(Path(), quick=False))
    assert [name for name in names if f"\n## {name.capitalize()}\n" not in page] == []


def test_a_prepared_project_is_one_in_which_nothing_is_to_do(tmp_path: Path) -> None:
    project = prepared(tmp_path / "copies", 3, shared=1)
    build(project, "--json")
    assert '"started"' not in (project / "output.log").read_text("utf-8")


def test_a_site_is_built_in_any_language_for_the_benchmark(tmp_path: Path) -> None:
    write_project(tmp_path, 5, SHAPE, sources=11, languages=LANGUAGES)
    pages, site = costs(tmp_path)
    assert pages > 0
    assert site > 0
    assert (tmp_path / "build" / "index.html").is_file()
