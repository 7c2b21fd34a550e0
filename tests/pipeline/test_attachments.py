"""What travels in a PDF, and what a change in it costs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import publish_brief
from generator.project import Project
from generator.provenance.verification import Result, verify
from generator.render.template_folders import template_roots
from tests.provenance.conftest import project


@pytest.fixture
def at(tmp_path: Path) -> Project:
    built = project(tmp_path)
    ran(built)
    return built


def ran(at: Project) -> tuple[str, ...]:
    """Which steps a build runs."""
    return publish_brief.publish(at, ["works"]).outcomes[0].ran


def change(at: Project, file: str, how: Callable[[str], str]) -> tuple[bytes, bytes]:
    """Change a file; the PDF before and after the next build."""
    before = (at.output / "works.pdf").read_bytes()
    path = at.folder / file
    changed = how(path.read_text("utf-8"))
    assert changed != path.read_text("utf-8")
    path.write_text(changed, "utf-8")
    return before, (at.output / "works.pdf").read_bytes()


def test_other_experts_and_sources_and_their_order_cost_no_pdf(at: Project) -> None:
    change(at, "briefs/experts.yaml", lambda text: text + "\nyan: {name: Yan Newcomer, affiliation_note: none given}\n")
    assert "pdf" not in ran(at)
    change(at, "briefs/sources.yaml", lambda text: text + "  - {id: new, type: book, title: New, issued: 2021}\n")
    assert "pdf" not in ran(at)
    change(at, "briefs/experts.yaml", lambda text: "\n".join(reversed(text.split("\n\n"))) + "\n")
    assert "pdf" not in ran(at)


def test_a_copy_of_the_programs_templates_is_no_design_of_the_project(at: Project) -> None:
    """As in a clone of the program's repository, with another installation of it."""
    (own,) = template_roots()
    shutil.copytree(own, at.folder / "templates", ignore=shutil.ignore_patterns("__pycache__"))
    ran(at)
    found = verify((at.output / "works.pdf").read_bytes())
    assert (found.result, found.design) == (Result.AS_MADE, "")
    with (at.folder / "templates/parts/screen.css").open("a") as sheet:
        sheet.write("\n/* ours */\n")
    ran(at)
    assert verify((at.output / "works.pdf").read_bytes()).result is Result.OWN_DESIGN


def test_a_comment_or_white_space_costs_no_layout(at: Project) -> None:
    """Such an edit changes what travels in the PDF, and nothing that is printed."""
    page = (at.output / "works.html").read_bytes()
    before, _ = change(at, "briefs/works.yaml", lambda text: text.replace("the question of the day", "another remark"))
    assert ran(at) == ("page", "pdf")
    commented, _ = change(at, "briefs/works.yaml", lambda text: text.replace("\nstatus:", "\n\nstatus:"))
    assert ran(at) == ("page", "pdf")
    assert (at.output / "works.html").read_bytes() == page
    assert len({before, commented, (at.output / "works.pdf").read_bytes()}) == 3


def test_what_is_bound_to_a_kept_layout_is_what_a_full_build_makes(at: Project) -> None:
    change(at, "briefs/works.yaml", lambda text: text + "\n# checked again\n")
    ran(at)
    bound = (at.output / "works.pdf").read_bytes()
    report = publish_brief.publish(at, ["works"], force=True)
    assert report.outcomes[0].ran == ("page", "layout", "pdf")
    assert (at.output / "works.pdf").read_bytes() == bound


def test_a_capture_that_goes_leaves_page_and_pdf_as_they_are(at: Project) -> None:
    """What was verified is printed alike whether the text is here or the lock pins it."""
    import shutil

    from generator.pipeline.pdf_files.pdf_contents import open_contents

    made = {path.name: path.read_bytes() for path in at.output.glob("works.*")}
    (at.folder / "briefs/captures.lock").write_bytes(open_contents(made["works.pdf"]).files["briefs/captures.lock"])
    shutil.rmtree(at.captures)
    assert "pdf" not in ran(at)
    assert {path.name: path.read_bytes() for path in at.output.glob("works.*")} == made
