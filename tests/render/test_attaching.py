"""The files that travel in a PDF, there and back."""

from __future__ import annotations

import io
import json
from datetime import date

import pikepdf
import pytest

from generator.render.attaching import MANIFEST, Enclosure, attachments_for, read_enclosed
from generator.render.pdf import AttachedFile, DocumentInfo, write_pdf

DAY = date(2025, 2, 14)
PAGE = "<html lang=en><title>T</title><body><h1>T</h1><p>Words.</p>"
FACTS = Enclosure("briefs/chip-controls.yaml", b"title: Chips\n", "The fact file as it was checked")
LOCK = Enclosure("briefs/captures.lock", b"rise 0e9e\n", "The lock entries used", "text/plain")


def sent(attachments: tuple[AttachedFile, ...]) -> bytes:
    return write_pdf(PAGE, [], DocumentInfo("T", "en", DAY, DAY), attachments).data


def changed(pdf: bytes, name: str, data: bytes | None) -> bytes:
    """The same PDF with another attachment of that name, or none."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.attachments[name]
        if data is not None:
            opened.attachments[name] = data
        opened.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return sent(attachments_for([FACTS, LOCK], {"weasyprint": "70.0"}, PAGE, DAY))


def test_what_was_enclosed_comes_out_under_its_paths(pdf: bytes) -> None:
    enclosed = read_enclosed(pdf)
    assert enclosed.damage == ()
    assert enclosed.files == {FACTS.path: FACTS.data, LOCK.path: LOCK.data}
    assert enclosed.manifest["versions"] == {"weasyprint": "70.0"}


def test_the_manifest_does_not_depend_on_the_order_of_anything() -> None:
    one = attachments_for([FACTS, LOCK], {"a": "1", "b": "2"}, PAGE, DAY)
    assert one == attachments_for([LOCK, FACTS], {"b": "2", "a": "1"}, PAGE, DAY)


def test_changed_missing_and_smuggled_attachments_are_told(pdf: bytes) -> None:
    assert read_enclosed(changed(pdf, "captures.lock", b"rise ffff\n")).damage == (
        "the attachment captures.lock is not the one that the manifest names",
    )
    assert read_enclosed(changed(pdf, "captures.lock", None)).damage == ("the attachment captures.lock is missing",)
    stowaway = AttachedFile("more.yaml", b"x", "text/plain", "", DAY)
    with_more = sent((*attachments_for([FACTS], {}, PAGE, DAY), stowaway))
    assert read_enclosed(with_more).damage == ("the attachment more.yaml is not in the manifest",)


def test_a_pdf_without_a_manifest_or_with_a_strange_one_is_told(pdf: bytes) -> None:
    assert "carries no manifest.json" in read_enclosed(sent(())).damage[0]
    assert "cannot be read" in read_enclosed(changed(pdf, MANIFEST, b"{")).damage[0]
    assert "cannot be read" in read_enclosed(changed(pdf, MANIFEST, b"[]")).damage[0]
    with pytest.raises(ValueError, match="damaged"):
        read_enclosed(b"no pdf")


@pytest.mark.parametrize("path", ["/etc/passwd", "../x.yaml", "briefs/../../x", ".git/config", "a/.b", "c:\\x"])
def test_nothing_is_taken_out_to_a_place_outside_a_project(pdf: bytes, path: str) -> None:
    manifest = json.loads(attachments_for([FACTS, LOCK], {}, PAGE, DAY)[-1].data)
    manifest["files"]["captures.lock"]["path"] = path
    enclosed = read_enclosed(changed(pdf, MANIFEST, json.dumps(manifest).encode()))
    assert "outside a project folder" in enclosed.damage[0]
    assert path not in enclosed.files


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        attachments_for([FACTS, Enclosure("other/chip-controls.yaml", b"", "")], {}, PAGE, DAY)
