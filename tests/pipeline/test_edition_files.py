"""What is published as an edition of a brief is that edition: other files are refused, with the reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from generator.engine import TargetStatus
from generator.pipeline.edition_pdfs import edition_pdfs
from generator.pipeline.inspect_project import inspect
from generator.pipeline.publish_brief import publish
from generator.project import Project
from generator.provenance.signatures import sign
from tests.provenance.conftest import certificate, pem

HOUSE = "name: Example Desk\nlanguage: en-GB\n"
SOURCES = "references:\n  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n"
BRIEF = """\
title: Does it work?
date: 2025-02-14
status: published
edition: 1
summary: It works [@talk].
"""
SECOND = BRIEF.replace("edition: 1", "edition: 2\nupdates: It is new.")


def write(folder: Path, **briefs: str) -> Project:
    for name, text in {"house": HOUSE, "sources": SOURCES, "experts": "{}", **briefs}.items():
        path = folder / f"briefs/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Project(folder)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The PDFs of four briefs, by slug."""
    draft = BRIEF.replace("published", "draft")
    project = write(tmp_path_factory.mktemp("made"), works=BRIEF, other=BRIEF, later=SECOND, draft=draft)
    made, problems = edition_pdfs(project, ["works", "other", "later", "draft"])
    assert problems == ()
    return made


def keep(project: Project, **files: bytes) -> None:
    folder = project.folder / "briefs/editions"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name.replace('_', '-')}.pdf").write_bytes(content)


def found(project: Project) -> list[tuple[str, str]]:
    slugs = [slug for slug, _ in project.fact_files()]
    return [(one.place.file, one.message) for one in inspect(project, slugs) if one.code == "edition-file"]


def refusal(project: Project) -> str:
    """Return why the one kept file is refused."""
    ((file, message),) = found(project)
    assert file == "briefs/editions/works-1.pdf"
    return message.partition(": ")[2]


def test_the_pdf_of_an_edition_is_accepted_and_read_once(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    project = write(tmp_path, works=SECOND)
    keep(project, works_1=pdfs["works"])
    assert found(project) == []
    assert publish(project, None).ok
    assert (project.output / "editions/works-1.pdf").read_bytes() == pdfs["works"]
    again = publish(project, None)
    assert {outcome.status for outcome in again.outcomes} == {TargetStatus.SKIPPED}


def test_a_signed_edition_is_accepted(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    forms = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(*forms))
    (tmp_path / "cert.pem").write_bytes(pem(certificate("Example Desk", key, "Example Desk", key, ca=False)))
    signed = sign(pdfs["works"], tmp_path / "key.pem", tmp_path / "cert.pem")
    project = write(tmp_path, works=BRIEF)
    keep(project, works_1=signed)
    assert found(project) == []
    keep(project, works_1=signed + b"% more\n")
    assert refusal(project).startswith("data was added after it was made: ")


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        ("other", "it is a PDF of the brief 'other'"),
        ("later", "it is a PDF of the brief 'later'"),
        ("draft", "it is a PDF of the brief 'draft'"),
    ],
)
def test_the_pdf_of_another_brief_is_refused(tmp_path: Path, pdfs: dict[str, bytes], of: str, reason: str) -> None:
    project = write(tmp_path, works=BRIEF)
    keep(project, works_1=pdfs[of])
    assert refusal(project) == reason


@pytest.mark.parametrize(
    ("slug", "reason"),
    [("later", "it is a PDF of edition 2"), ("draft", "its brief has `status: draft`")],
)
def test_another_edition_and_a_draft_are_refused(
    tmp_path: Path, pdfs: dict[str, bytes], slug: str, reason: str
) -> None:
    project = write(tmp_path, **{slug: BRIEF})
    keep(project, **{f"{slug}_1": pdfs[slug]})
    ((_, message),) = found(project)
    assert message.endswith(reason)


def test_a_changed_pdf_and_other_files_are_refused(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    project = write(tmp_path, works=BRIEF)
    keep(project, works_1=b"Notes on the first edition.\n")
    assert refusal(project) == "it is not a PDF"
    whole = pdfs["works"]
    keep(project, works_1=whole[: len(whole) // 2])
    assert refusal(project)
    changed = whole.replace("🖤".encode(), "🖥".encode(), 1)  # a comment that readers ignore
    assert changed != whole
    keep(project, works_1=changed)
    assert refusal(project) == "it was changed after it was made"


def test_a_page_that_an_update_replaces_is_refused(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    """The original file is unchanged and sealed, and readers show the page after its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdfs["works"]))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    updated = io.BytesIO()
    writer.write(updated)
    assert updated.getvalue().startswith(pdfs["works"])
    project = write(tmp_path, works=BRIEF)
    keep(project, works_1=updated.getvalue())
    assert refusal(project).startswith("data was added after it was made: ")


def test_a_link_out_of_the_project_is_refused(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    (tmp_path / "works.pdf").write_bytes(pdfs["works"])
    project = write(tmp_path / "desk", works=BRIEF)
    (project.folder / "briefs/editions").mkdir()
    (project.folder / "briefs/editions/works-1.pdf").symlink_to(tmp_path / "works.pdf")
    assert "leads out of the project" in refusal(project)


def test_a_pdf_that_no_brief_publishes_is_reported(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    project = write(tmp_path, works=BRIEF)
    keep(project, works_1=pdfs["works"], works_2=b"", gone_1=b"", notes=b"", works_0=b"")
    (tmp_path / "briefs/editions/README.md").write_text("About these files.")
    reasons = {file.rpartition("/")[2]: message.partition(": ")[2] for file, message in found(project)}
    assert reasons == {
        "works-2.pdf": "'works' is at edition 1",
        "gone-1.pdf": "there is no brief 'gone'",
        "notes.pdf": "its name has no number of an edition",
        "works-0.pdf": "its name has no number of an edition",
    }


def test_a_brief_with_a_wrong_file_keeps_its_last_good_output(tmp_path: Path, pdfs: dict[str, bytes]) -> None:
    project = write(tmp_path, works=BRIEF)
    keep(project, works_1=b"notes")
    report = publish(project, None)
    assert not report.ok
    assert not (project.output / "editions").exists()
    assert not (project.output / "works.html").exists()
    keep(project, works_1=pdfs["works"])
    assert publish(project, None).ok
    page = (project.output / "works.html").read_bytes()
    keep(project, works_1=b"notes")
    assert not publish(project, None).ok
    assert (project.output / "works.html").read_bytes() == page
    assert (project.output / "editions/works-1.pdf").read_bytes() == pdfs["works"]
