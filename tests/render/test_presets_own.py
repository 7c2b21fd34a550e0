"""A user's own copy of a preset, from the folder to the published brief; and the list of presets on the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from lxml import html as parser

from generator.pipeline import gallery
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.publish_brief import publish
from generator.project import Project
from generator.render.preset import load_preset, template_roots
from generator.starters import starter
from tests.commands.run import brief
from tests.render.pages import words

SHARED = template_roots()[-1]
BLOCK = '<section class="block full house-line" aria-labelledby="house-line"><h2 id="house-line">Our own line</h2></section>\n'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A project that `brief init` might have begun, with `mine`, a copy of `note`; gives the preset's folder."""
    for name in ("house", "experts", "sources", "example"):
        path = tmp_path / "briefs" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(starter(f"{name}.yaml"), encoding="utf-8")
    folder = tmp_path / "templates" / "presets" / "mine"
    shutil.copytree(SHARED / "presets" / "note", folder)
    example = tmp_path / "briefs" / "example.yaml"
    example.write_text(example.read_text("utf-8") + "preset: mine\n", encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def built(mine: Path):
    project = Project(mine.parents[2])
    report = publish(project, ["example"])
    return project.output, [one for outcome in report.outcomes for one in problems_of(outcome.notes)]


def test_a_copy_with_another_colour_and_another_block_is_published(mine):
    change(mine / "screen.css", "--deep: #0c4a46", "--deep: #123456")
    change(mine / "preset.yaml", "  - limits\n", "  - limits\n  - house-line\n")
    (mine / "blocks" / "house-line.html.j2").write_text(BLOCK, encoding="utf-8")
    out, problems = built(mine)
    root = parser.document_fromstring((out / "example.html").read_text("utf-8"))
    assert words(root.get_element_by_id("house-line")) == "Our own line"
    assert "#123456" in (out / "assets" / "mine" / "screen.css").read_text("utf-8")
    assert (out / "example.pdf").read_bytes().startswith(b"%PDF")
    assert not [one for one in problems if one.is_error]


def test_what_is_wrong_with_a_copy_is_told_and_nothing_is_published(mine):
    change(mine / "preset.yaml", "notes: end", "note: end")
    change(mine / "preset.yaml", "  - limits\n", "  - limits\n  - mising\n")
    out, problems = built(mine)
    told = {one.code: (one.place.file, one.hint) for one in problems if one.is_error}
    assert told["preset-key-unknown"] == ("templates/presets/mine/preset.yaml", "did you mean 'notes'?")
    assert told["preset-block"][0] == "templates/presets/mine/preset.yaml"
    assert not (out / "example.html").exists()
    assert not (out / "example.pdf").exists()


def test_files_that_appear_and_faults_that_are_mended_build_the_brief_again(mine):
    project = Project(mine.parents[2])

    def outcome() -> str:
        return str(publish(project, ["example"]).outcomes[0].status)

    assert (outcome(), outcome()) == ("built", "skipped")
    for block in (project.folder / "templates" / "blocks" / "limits.html.j2", mine / "blocks" / "limits.html.j2"):
        block.parent.mkdir(exist_ok=True)
        block.write_text(f"<p>{block.parent.parent.name}</p>\n", encoding="utf-8")
        assert (outcome(), outcome()) == ("built", "skipped")
    labels = project.folder / "templates" / "labels" / "en.yaml"
    labels.parent.mkdir()
    for path, wrong in ((labels, "voices: '{x}'\n"), (mine / "preset.yaml", "nonsense: 1\n")):
        right = path.read_text("utf-8") if path.is_file() else "voices: Others\n"
        path.write_text(wrong, encoding="utf-8")
        assert (outcome(), outcome()) == ("rejected", "rejected")
        path.write_text(right, encoding="utf-8")
        assert outcome() == "built"


@pytest.mark.parametrize(("said", "code"), [("notes: below", "preset-value"), ("size: A4 upright", "preset-value")])
def test_places_of_notes_and_sizes_are_checked(mine, said, code):
    key = said.partition(":")[0]
    text = (mine / "preset.yaml").read_text("utf-8")
    lines = [said if line.startswith(f"{key}:") else line for line in text.splitlines()]
    (mine / "preset.yaml").write_text("\n".join(lines), encoding="utf-8")
    found, problems = load_preset("mine", mine.parents[2])
    assert found is None
    assert [one.code for one in problems] == [code]


def test_a_published_brief_outside_the_limits_is_refused_and_a_draft_is_not(mine):
    change(mine / "preset.yaml", "pages: {least: 2, most: 4}", "pages: {least: 9, most: 9}")
    out, problems = built(mine)
    assert [one.severity for one in problems if one.code == "preset-pages"] == ["warning"]
    assert (out / "example.pdf").exists()
    change(mine.parents[2] / "briefs" / "example.yaml", "status: draft", "status: published")
    _, problems = built(mine)
    (problem,) = (one for one in problems if one.code == "preset-pages")
    assert problem.is_error
    assert (problem.place.file, problem.place.line) == ("briefs/example.yaml", 1)


# ---------------------------------------------------------------- brief presets


def test_presets_are_listed_with_paper_limits_and_purpose(mine):
    ran = brief("presets", cwd=mine.parents[2])
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert "in-focus (US letter, exactly 2 pages)" in lines
    assert "mine (A4, 2 to 4 pages; from this project)" in lines
    assert "report (A4, any number of pages)" in lines


def test_they_are_listed_outside_of_a_project_too(tmp_path):
    ran = brief("presets", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("briefing (A4, up to 12 pages)")


def test_what_is_wrong_with_a_preset_is_told_with_the_list(mine):
    change(mine / "preset.yaml", "columns: 4", "columns: four")
    ran = brief("presets", cwd=mine.parents[2])
    assert ran.code == 1
    assert "preset-value" in ran.err
    assert "note (A4, 2 to 4 pages)" in ran.out


def test_samples_are_printed_in_the_projects_own_preset(mine):
    found, _ = load_preset("mine", mine.parents[2])
    assert found is not None
    (sample,) = gallery.samples([found], mine.parents[2])
    assert sample.pdf is not None
    assert sample.pdf.startswith(b"%PDF")
    page = gallery.index([(found, ["mine-1.png"])])
    root = parser.document_fromstring(page)
    assert root.xpath("//img/@src") == ["mine-1.png"]
    assert set(root.xpath("//a/@href")) == {"mine.pdf"}


def test_without_a_rasteriser_there_are_no_pictures(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(gallery.NoRasteriser):
        gallery.pictures(b"%PDF-1.7")
