"""Finding and reading page designs, and what is said of those that are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.problems import Location
from generator.render.preset import load_preset, preset_names
from generator.render.template_folders import template_roots
from tests.render.pages import HEAD, page, preset, printed

SHARED = template_roots()[-1]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A project with its own preset `ours`, copied from `briefing`; gives the preset's folder."""
    folder = tmp_path / "templates" / "presets" / "ours"
    shutil.copytree(SHARED / "presets" / "briefing", folder)
    return folder


def problems(ours: Path, said: str | None = None) -> list[tuple[str, int, str, str]]:
    if said is not None:
        (ours / "preset.yaml").write_text(said, encoding="utf-8")
    _, found = load_preset("ours", ours.parents[2])
    return [(one.code, one.place.line, one.message, one.hint) for one in found]


def test_a_copied_folder_is_a_preset_of_the_project(ours):
    assert {"briefing", "ours"} <= set(preset_names(ours.parents[2]))
    assert not problems(ours)
    assert preset("ours", ours.parents[2]).folders[0] == ours


def test_the_projects_templates_win_block_by_block(ours):
    (ours / "blocks").mkdir()
    (ours / "blocks" / "limits.html.j2").write_text("<p>{{ t('limits') }}: ours</p>\n")
    made = page(HEAD + "limits: None.\n", design=preset("ours", ours.parents[2]))
    assert "<p>Limits: ours</p>" in printed(made)


def test_blocks_are_printed_in_the_order_of_the_list(ours):
    (ours / "preset.yaml").write_text("blocks: [colophon, method]\n")
    html = printed(page(HEAD, design=preset("ours", ours.parents[2])))
    assert html.index('id="colophon"') < html.index('id="method"')
    assert 'id="notes"' not in html


def test_all_files_that_a_page_may_come_from_are_named(ours):
    (ours / "labels").mkdir()
    (ours / "labels" / "en.yaml").write_text("voices: Others\n", "utf-8")
    names = {path.name for path in preset("ours", ours.parents[2]).files()}
    assert {"preset.yaml", "page.html.j2", "print.css", "macros.html.j2", "positions.html.j2", "en.yaml"} <= names


# ---- what is wrong with a preset


def test_an_unknown_preset_has_the_nearest_known_name():
    found, told = load_preset("breifing", None, Location("briefs/a.yaml", 4, 9))
    assert found is None
    assert [(one.code, one.place.line, one.hint) for one in told] == [("preset-unknown", 4, "did you mean 'briefing'?")]


@pytest.mark.parametrize("name", ["../briefing", "", "briefing/..", "/etc"])
def test_a_name_that_is_a_path_is_no_preset(name):
    assert load_preset(name)[0] is None


def test_a_missing_file_is_named(ours):
    (ours / "print.css").unlink()
    assert problems(ours) == [
        ("preset-file-missing", 1, "the preset has no print.css", "copy print.css from the preset 'briefing'")
    ]


@pytest.mark.parametrize(
    ("said", "code", "line"),
    [
        ("blocks: [method]\ncolums: 6\n", "preset-key-unknown", 2),
        ("blocks: [method, sumary]\n", "preset-block", 1),
        ("blocks: method\n", "preset-value", 1),
        ("description: no blocks\n", "preset-value", 1),
        ("blocks: [method]\nsize: A7\n", "preset-value", 2),
        ("blocks: [method]\ncolumns: eight\n", "preset-value", 2),
        ("blocks: [method]\ncolumns: 0\n", "preset-value", 2),
        ("blocks: [method]\npages:\n  most: true\n", "preset-value", 3),
        ("blocks: [method]\npages: 12\n", "preset-value", 2),
        ("blocks: [method\n", "preset-unreadable", 2),
        ("- a list\n", "preset-unreadable", 1),
    ],
)
def test_each_mistake_is_told_at_its_line(ours, said, code, line):
    assert [found[:2] for found in problems(ours, said)] == [(code, line)]


def test_a_description_that_is_not_utf8_is_told(ours):
    (ours / "preset.yaml").write_bytes(b"description: caf\xe9\n")
    assert [found[0] for found in problems(ours)] == ["preset-unreadable"]


def test_all_mistakes_are_told_at_once(ours):
    told = problems(ours, "colums: 6\nblocks: [method, sumary]\nsize: A7\n")
    assert [found[0] for found in told] == ["preset-key-unknown", "preset-value", "preset-block"]
