"""Where the benchmarks write their tables, and that each size of them can be chosen."""

from __future__ import annotations

from pathlib import Path

from benchmarks.__main__ import PAGE, benchmarks
from benchmarks.changes import build, prepared
from benchmarks.growth import Curve, measure, rows
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
    assert all(figure > 0 for figure in costs(tmp_path))
    assert costs(tmp_path, "1")[0] > 0, "with a worker too"
    assert (tmp_path / "build" / "index.html").is_file()


def test_a_row_of_growth_says_how_much_of_it_is_weasyprint() -> None:
    steep = Curve("pages", [(1, 1.0), (11, 2.0), (101, 101.0)], [(1, 0.5), (11, 1.5), (101, 50.5)])
    (row,) = rows([steep])
    assert row.measured == "1: 1.0 s, 11: 2.0 s, 101: 101.0 s"
    assert row.compared == "exponent 2.00 at the end; WeasyPrint alone 1.70, 50% of the time there"
    assert row.reached is False


def test_growth_measures_the_build_and_weasyprint_alone_on_the_same_brief(tmp_path: Path) -> None:
    (curve,) = measure(tmp_path, {"experts": (2,)})
    (whole,), (alone,) = curve.points, curve.alone
    assert whole[0] == alone[0] == 2
    assert (tmp_path / "experts" / "alone" / "page.pdf").read_bytes().startswith(b"%PDF-")
