"""A project folder out of a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import Verdict
from generator.pipeline.pdf_files.pdf_contents import open_contents
from generator.project import Project
from generator.provenance.rebuild_brief import Occupied, lay_out, remake
from generator.provenance.verification import judge
from generator.provenance.verification_report import as_text
from generator.render.layout.pdf_binder import KINDS, attached_name, kind_of
from tests.commands.run import brief
from tests.provenance.conftest import Brief, build, project
from tests.provenance.pdfs import with_attachments


def test_the_folder_builds_the_same_pdf_and_attaches_the_same(made: Brief, tmp_path: Path) -> None:
    lay_out(made.contents.files, tmp_path / "out")
    assert build(Project(tmp_path / "out")) == made.pdf


def test_a_draft_with_a_quotation_that_nobody_could_check_is_made_again_too(tmp_path: Path) -> None:
    import shutil

    at = project(tmp_path / "here")
    file = at.folder / "briefs/works.yaml"
    file.write_text(file.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    shutil.rmtree(at.captures)
    pdf = build(at)
    contents = open_contents(pdf)
    assert "briefs/captures.lock" not in contents.files
    remade = remake(contents.files, "briefs/works.yaml")
    assert remade.pdf == pdf
    assert [one.verdict for one in remade.evidence] == [Verdict.UNCHECKED]
    assert "0 of 1 verified" in as_text("x.pdf", judge(pdf, contents, remade))


def test_nothing_is_overwritten(made: Brief, tmp_path: Path) -> None:
    (tmp_path / "briefs").mkdir()
    with pytest.raises(Occupied):
        lay_out(made.contents.files, tmp_path)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Occupied):
        lay_out(made.contents.files, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_where_one_file_cannot_be_written_none_is_left(tmp_path: Path) -> None:
    files = {"a.csl": b"<style/>", "templates/a": b"", "templates/a/b.css": b"", "briefs/works.yaml": b""}
    with pytest.raises(OSError, match="templates"):
        lay_out(files, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_unpacks_a_whole_pdf_and_nothing_of_a_damaged_one(made: Brief, tmp_path: Path) -> None:
    (tmp_path / "works.pdf").write_bytes(made.pdf)
    (tmp_path / "bad.pdf").write_bytes(with_attachments(made.pdf, {"works.yaml": b"title: Another\n"}))
    ran = brief("extract", "works.pdf", "out", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert (tmp_path / "out/briefs/works.yaml").read_bytes() == made.contents.files["briefs/works.yaml"]
    assert brief("extract", "works.pdf", "out", cwd=tmp_path).code == 2
    ran = brief("extract", "bad.pdf", "other", cwd=tmp_path)
    assert (ran.code, (tmp_path / "other").exists()) == (1, False)
    assert "its hash differs" in ran.err


def test_a_page_design_and_a_citation_style_of_the_projects_own_travel_too(tmp_path: Path) -> None:
    import shutil

    from generator.cite.styles import find_style
    from generator.render.template_folders import template_roots

    at = project(tmp_path / "here")
    (own,) = template_roots()
    shutil.copytree(own / "presets/briefing", at.folder / "templates/presets/ours")
    with (at.folder / "templates/presets/ours/print.css").open("a") as sheet:
        sheet.write("h1 { letter-spacing: 0.2em }\n")
    (at.folder / "styles").mkdir()
    shutil.copy(find_style("apa", at.folder), at.folder / "styles/our own.csl")
    with (at.folder / "briefs/works.yaml").open("a") as file:
        file.write("preset: ours\ncitation_style: styles/our own.csl\n")
    pdf = build(at)
    files = open_contents(pdf).files
    assert {"styles/our own.csl", "templates/presets/ours/print.css", "templates/presets/ours/page.html.j2"} <= set(
        files
    )
    assert not any(path.startswith("templates/") and "/ours/" not in path for path in files)
    lay_out(files, tmp_path / "there")
    assert build(Project(tmp_path / "there")) == pdf


@pytest.mark.parametrize(
    "path",
    ["../x.csl", "/x.csl", "a/../x.csl", ".x.csl", "a//x.csl", "briefs/X.yaml",
     "briefs/sources/b.yaml", "briefs/A/b.yaml", "briefs/a/../b.yaml",
     "x", "x.yaml", "captures/a/text.txt",
     "templates/..", "templates/a/../b", "templates/a\0b", "templates/a\nb", "templates/é.css", "briefs/captures.lock/x", ""],
)  # fmt: skip
def test_no_other_path_is_ever_attached(path: str) -> None:
    assert kind_of(path) is None


def test_two_files_never_share_a_name() -> None:
    paths = ["templates/a/b.css", "templates/a%2Fb.css", "a.csl", "a/b.csl", "briefs/house.yaml", "briefs/works.yaml"]
    assert len({attached_name(path) for path in paths}) == len(paths)
    assert len({kind.path for kind in KINDS}) == len(KINDS)
