"""A PDF that brings a page design of its own: it is never used unasked, and what its pages say is not proved."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from generator.engine import BuildError
from generator.pipeline.pdf_files.pdf_contents import Unreadable, open_contents
from generator.project import Project
from generator.provenance import pdf_isolation, rebuild_brief
from generator.provenance.rebuild_brief import (
    ASIDE,
    DEFAULTS,
    Isolation,
    Remade,
    aside,
    asking_for,
    design_of,
    digest_of,
    in_default_design,
    remake,
)
from generator.provenance.verification import Result, Verification, judge, verify
from generator.render.template_folders import template_roots
from tests.commands.run import brief
from tests.provenance.conftest import Brief, build, project
from tests.provenance.pdfs import with_attachments, with_manifest

CAGED = pytest.mark.skipif(pdf_isolation.landlock_version() == 0, reason="this kernel has no Landlock")
OWN = "ours"


def with_design(folder: Path, *, css: str = "", page: str = "", labels: str = "") -> Path:
    """The brief's project with a design of its own, a copy of `briefing` with these additions."""
    at = project(folder)
    preset = at.folder / "templates" / "presets" / OWN
    shutil.copytree(template_roots()[-1] / "presets" / "briefing", preset)
    (preset / "print.css").write_text((preset / "print.css").read_text("utf-8") + css, "utf-8")
    if page:
        (preset / "page.html.j2").write_text(page, "utf-8")
    if labels:
        (at.folder / "templates" / "labels").mkdir()
        (at.folder / "templates" / "labels" / "en.yaml").write_text(labels, "utf-8")
    (at.folder / "briefs/house.yaml").write_text(
        "name: Example Desk\n", "utf-8"
    )  # without the annex, which repeats quotations
    file = at.folder / "briefs/works.yaml"
    file.write_text(f"preset: {OWN}\n" + file.read_text("utf-8"), "utf-8")
    return at.folder


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return build(Project(with_design(tmp_path_factory.mktemp("honest"), css="h1 { color: #123456 }\n")))


@pytest.fixture(scope="module")
def found(honest: bytes) -> Verification:
    return verify(honest)


def design(pdf: bytes) -> str:
    return digest_of(design_of(open_contents(pdf).files))


def test_an_honest_design_of_ones_own_is_not_proved_and_every_statement_is_found(
    honest: bytes, found: Verification
) -> None:
    assert found.result is Result.OWN_DESIGN
    assert "not proved" in found.reason
    assert found.statements > 5
    assert found.differences.missing == ()
    assert found.design == design(honest)
    assert [one.words for one in found.evidence] == ["the harbour works very well indeed"]


def test_the_command_says_so_and_ends_with_1(honest: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(honest)
    for options in ((), ("--text",)):
        ran = brief("verify", "x.pdf", *options, cwd=tmp_path)
        assert ran.code == 1
        assert ran.out.startswith("x.pdf: not proved: own design\n")
        assert f"attached design (SHA-256): {design(honest)}" in ran.out
        assert ": as made" not in ran.out
    said = json.loads(brief("verify", "x.pdf", "--json", cwd=tmp_path).out)
    assert (said["finding"], said["missing"], said["design"]) == ("own design", [], design(honest))


HIDING = """
.quote p { visibility: hidden }
.quote::after { visibility: visible; content: "the harbour works very badly indeed" }
"""


def test_a_design_that_hides_words_and_prints_others_is_caught_by_the_words(tmp_path: Path) -> None:
    """`visibility: hidden`, `::after`, labels and templates: the data are whole, and the page says something else."""
    said = verify(build(Project(with_design(tmp_path / "css", css=HIDING))))
    assert said.result is Result.OWN_DESIGN
    assert [one.about for one in said.differences.missing] == ["question 1, Ann Example, quotation"]
    assert any("works very badly indeed" in words for words in said.differences.unexplained)
    page = (
        '{% extends "parts/page.html.j2" %}{% block content %}<p>Ann Example was convicted of fraud.</p>{% endblock %}'
    )
    said = verify(build(Project(with_design(tmp_path / "page", page=page))))
    assert said.result is Result.OWN_DESIGN
    assert len(said.differences.missing) > 3
    assert any("ann example was convicted of fraud" in words for words in said.differences.unexplained)
    labels = "gap_no_position_found_in_until: 'Refused, {searched} {until}'\n"
    said = verify(build(Project(with_design(tmp_path / "labels", labels=labels))))
    assert said.result is Result.OWN_DESIGN
    assert [one.about for one in said.differences.missing] == ["question 1, Ben Sample, gap"]


def test_a_citation_style_is_a_design_too(tmp_path: Path) -> None:
    at = project(tmp_path)
    from generator.cite.styles import find_style

    style = find_style("chicago-notes-bibliography", at.folder).read_text("utf-8")
    (at.folder / "own.csl").write_text(style.replace("forthcoming", "false words"), "utf-8")
    file = at.folder / "briefs/works.yaml"
    file.write_text("citation_style: own.csl\n" + file.read_text("utf-8"), "utf-8")
    said = verify(build(at))
    assert (said.result, said.differences.missing) == (Result.OWN_DESIGN, ())


def test_a_design_that_is_named_and_neither_here_nor_attached_is_not_ours(made: Brief) -> None:
    text = b"preset: elsewhere\n" + made.contents.files["briefs/works.yaml"]

    def relist(said):
        (listed,) = (one for one in said["files"] if one["name"] == "works.yaml")
        listed.update(bytes=len(text), sha256=hashlib.sha256(text).hexdigest())

    said = verify(with_manifest(with_attachments(made.pdf, {"works.yaml": text}), relist))
    assert (said.result, said.design) == (Result.OWN_DESIGN, "")


# ---------------------------------------------------------------- the design is not run


WRITING = "{{ page.preset.folders[0].joinpath('/tmp/brief-escaped').write_text('x') }}"


@pytest.mark.parametrize("body", ["{{ nonsense }}", WRITING, "{% for a in range(10**9) %}{% endfor %}"])
def test_templates_of_a_stranger_are_not_even_read(honest: bytes, body: str) -> None:
    """With them replaced the finding is the same: nothing comes of what they say."""
    name = f"templates%2Fpresets%2F{OWN}%2Fpage.html.j2"
    attached = {listed.name for listed in open_contents(honest).manifest.files}
    assert name in attached

    def relist(said):
        (listed,) = (one for one in said["files"] if one["name"] == name)
        listed.update(bytes=len(body), sha256=hashlib.sha256(body.encode()).hexdigest())

    pdf = with_manifest(with_attachments(honest, {name: body.encode()}), relist)
    said = verify(pdf)
    assert (said.result, said.differences.missing, said.problems) == (Result.OWN_DESIGN, (), ())
    assert not Path("/tmp/brief-escaped").exists()


# ---------------------------------------------------------------- the design that one trusts


@CAGED
def test_a_design_that_the_reader_trusts_is_used_and_proves_every_byte(honest: bytes, tmp_path: Path) -> None:
    said = verify(honest, trusted_design=design(honest))
    assert said.result is Result.AS_MADE
    assert "in the design that you trust" in said.reason
    (tmp_path / "x.pdf").write_bytes(honest)
    assert brief("verify", "x.pdf", "--trust-design", design(honest).upper(), cwd=tmp_path).code == 0
    assert brief("verify", "x.pdf", "--trust-design", "0" * 64, cwd=tmp_path).code == 1
    ran = brief("verify", "x.pdf", "--trust-design", "abc", cwd=tmp_path)
    assert ran.code == 2
    assert "64 hexadecimal digits" in ran.err


def without_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a kernel that has none: then nothing is restricted, and the brief can be remade in this very process."""
    monkeypatch.setattr(pdf_isolation, "landlock_version", lambda: 0)
    monkeypatch.setattr(rebuild_brief, "sandboxed", lambda what, function, *arguments: function(*arguments))


def test_where_the_kernel_cannot_keep_it_from_files_a_design_is_not_used_and_the_reason_is_given(
    honest: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_landlock(monkeypatch)
    said = verify(honest, trusted_design=design(honest))
    assert said.result is Result.UNKNOWN
    assert "the attached design is not used here: this system cannot block a process's access to files" in said.reason


def test_without_a_cage_our_own_designs_are_still_made(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    without_landlock(monkeypatch)
    assert remake(made.contents.files, "briefs/works.yaml").pdf == made.pdf
    assert remake(made.contents.files, "briefs/works.yaml", Isolation.NEEDED).pdf is None


def test_why_attachments_make_no_pdf_is_told(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    without_landlock(monkeypatch)
    wrong = remake({**made.contents.files, "briefs/works.yaml": b"tittle: Wrong\n"}, "briefs/works.yaml")
    assert (wrong.pdf, wrong.reason) == (None, "the attached fact file has errors")
    assert {problem.is_error for problem in wrong.problems} == {True}
    unreadable = remake({**made.contents.files, "briefs/works.yaml": b"title: ["}, "briefs/works.yaml")
    assert (unreadable.pdf, unreadable.statements) == (None, ())
    assert unreadable.problems

    def refuse(*_: object) -> None:
        raise BuildError("there is no Pango")

    monkeypatch.setattr("generator.pipeline.publish_brief.build_alone", refuse)
    assert remake(made.contents.files, "briefs/works.yaml").reason == "there is no Pango"


def test_words_that_cannot_be_read_prove_nothing(honest: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(_: bytes) -> tuple[str, ...]:
        raise Unreadable("its words were not read")

    monkeypatch.setattr("generator.provenance.verification._words", unread)
    said = judge(honest, open_contents(honest), Remade(honest, (), in_default=True))
    assert (said.result, said.differences.missing) == (Result.UNKNOWN, ())
    assert said.reason.endswith("is not proved; its words were not read")


def test_a_digest_is_of_all_files_of_the_design() -> None:
    one = {"templates/a.css": b"x", "own.csl": b"y"}
    digests = {
        digest_of(files)
        for files in (
            one,
            {**one, "own.csl": b"z"},
            {"templates/a.css": b"x"},
            {"templates/b.css": b"x", "own.csl": b"y"},
        )
    }
    assert len(digests) == 4
    assert digest_of({}) == ""
    assert design_of({**one, "briefs/works.yaml": b""}) == one


# ---------------------------------------------------------------- the data in the default design


@pytest.mark.parametrize(
    "text",
    [
        "title: x\n",
        "preset: mine\ntitle: x\n",
        "title: x\npreset: 'a\n  b'   # why\n",
        "preset:\ntitle: x\n",
        "{title: x, preset: &a mine, citation_style: 'own.csl'}",
        "# first\n---\n  title: x\n  citation_style: own.csl\n",
        "title: é\u2028\npreset: mine\n",
        '"preset": mine',
    ],
)
def test_a_fact_file_is_set_to_the_default_design_and_is_otherwise_as_it_was(text: str) -> None:
    import yaml

    before, after = yaml.safe_load(text), yaml.safe_load(asking_for(DEFAULTS, text.encode()))
    assert after == {**before, **DEFAULTS}


@pytest.mark.parametrize("data", [b"", b"- a\n", b"\xff", b"a: [", b"a"])
def test_what_is_no_fact_file_stays_as_it_is(data: bytes) -> None:
    assert asking_for(DEFAULTS, data) == data


def test_no_file_of_the_design_is_left_among_the_data(honest: bytes) -> None:
    contents = open_contents(honest)
    files = in_default_design(contents.files, contents.manifest.file)
    assert not [path for path in files if not path.startswith("briefs/")]


# ---------------------------------------------------------------- extract


def test_extract_puts_a_design_aside_with_a_note(honest: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(honest)
    ran = brief("extract", "x.pdf", "out", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert not (tmp_path / "out/templates").exists()
    assert (tmp_path / "out" / ASIDE / "templates/presets" / OWN / "page.html.j2").is_file()
    note = (tmp_path / "out" / ASIDE / "README.txt").read_text("utf-8")
    assert "They are not used." in note
    assert design(honest) in note
    assert "is not used: see" in ran.out
    assert brief("check", "works", cwd=tmp_path / "out").code == 1
    for path in (tmp_path / "out" / ASIDE).iterdir():
        shutil.move(path, tmp_path / "out" / path.name)
    assert build(Project(tmp_path / "out")) == honest


def test_extract_puts_a_design_in_its_place_if_the_reader_trusts_it(honest: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(honest)
    ran = brief("extract", "x.pdf", "out", "--trust-design", design(honest), cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert build(Project(tmp_path / "out")) == honest


def test_without_a_design_nothing_is_put_aside(made: Brief) -> None:
    assert aside(made.contents.files) == dict(made.contents.files)
