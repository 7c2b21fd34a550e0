"""Captures on disk: kept whole, read back, and not believed when they were touched."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.captures.capture_store import (
    Capture,
    Captures,
    Damage,
    capture,
    capture_folder,
    documents_in,
    matched,
    read_capture,
)
from generator.evidence.captures.document_limits import CannotCapture, DocumentText

DAY = datetime.date(2025, 2, 14)


def read(folder: Path, key: str) -> Capture | Damage | None:
    return read_capture(lambda name: (folder / name).read_bytes(), key)


def test_a_capture_is_read_back(tmp_path: Path) -> None:
    made = capture(tmp_path, "review", [("a page.html.txt", b"The levy failed.\r\n")], DAY)
    assert read(tmp_path, "review") == made
    assert (made.text, made.captured, made.originals[0].name) == ("The levy failed.\n", "2025-02-14", "a page.html.txt")
    assert (tmp_path / "captures/review/original.txt").read_bytes() == b"The levy failed.\r\n"


def test_the_same_document_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        capture(tmp_path / name, "review", [("a.txt", b"The levy failed.")], DAY)
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name / "captures/review").iterdir()}
        for name in ("one", "two")
    ]
    assert files[0] == files[1]
    assert set(files[0]) == {"capture.json", "text.txt", "original.txt"}


def test_a_folder_is_one_capture_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    for number in (10, 9, 1):
        (parts / f"page-{number}.txt").write_text(f"Page {number}.")
    made = capture(tmp_path, "review", documents_in(parts), DAY)
    assert made.text == "Page 1.\n\nPage 9.\n\nPage 10."
    assert len({made.original_sha256, *(original.sha256 for original in made.originals)}) == 4


def test_a_new_capture_replaces_the_old(tmp_path: Path) -> None:
    capture(tmp_path, "review", [("a.txt", b"One."), ("b.md", b"Two.")], DAY)
    capture(tmp_path, "review", [("c.txt", b"Three.")], DAY)
    found = read(tmp_path, "review")
    assert isinstance(found, Capture)
    assert found.text == "Three."
    names = {path.name for path in (tmp_path / "captures/review").iterdir()}
    earlier = {name for name in names if name.startswith("earlier-")}
    assert names == {"capture.json", "text.txt", "original.txt", "earlier.json", *earlier}
    assert [(tmp_path / "captures/review" / name).read_text("utf-8") for name in earlier] == ["One.\n\nTwo."]


def test_a_refused_document_leaves_the_old_capture(tmp_path: Path) -> None:
    made = capture(tmp_path, "review", [("a.txt", b"One.")], DAY)
    with pytest.raises(CannotCapture):
        capture(tmp_path, "review", [("a.txt", b"\x00\x01")], DAY)
    assert read(tmp_path, "review") == made


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "review") is None


DAMAGES = [
    ("text.txt", b"The levy did not fail.", "changed after it was captured"),
    ("text.txt", b"\xff", "changed after it was captured"),
    ("text.txt", None, "its text is missing"),
    ("capture.json", b"{", "cannot be read"),
    ("capture.json", b"[]", "cannot be read"),
    ("capture.json", b'{"version": 99}', "format 99"),
]


@pytest.mark.parametrize(("file", "content", "reason"), DAMAGES)
def test_a_touched_capture_is_damaged(tmp_path: Path, file: str, content: bytes | None, reason: str) -> None:
    capture(tmp_path, "review", [("a.txt", b"The levy failed.")], DAY)
    path = tmp_path / "captures/review" / file
    path.write_bytes(content) if content is not None else path.unlink()
    found = read(tmp_path, "review")
    assert isinstance(found, Damage)
    assert reason in found.reason


def test_the_capture_of_another_source_is_damaged(tmp_path: Path) -> None:
    capture(tmp_path, "review", [("a.txt", b"The levy failed.")], DAY)
    (tmp_path / "captures/review").rename(tmp_path / "captures/diary")
    found = read(tmp_path, "diary")
    assert isinstance(found, Damage)
    assert "'review'" in found.reason


def test_a_description_without_a_document_is_damaged(tmp_path: Path) -> None:
    capture(tmp_path, "review", [("a.txt", b"The levy failed.")], DAY)
    path = tmp_path / "captures/review/capture.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"originals": []}))
    found = read(tmp_path, "review")
    assert isinstance(found, Damage)
    assert "does not name a document" in found.reason


@pytest.mark.parametrize("field", ["text", "originals", "captured", "pages"])
def test_a_description_without_a_field_is_damaged(tmp_path: Path, field: str) -> None:
    capture(tmp_path, "review", [("a.txt", b"The levy failed.")], DAY)
    path = tmp_path / "captures/review/capture.json"
    description = json.loads(path.read_bytes())
    del description[field]
    path.write_text(json.dumps(description))
    assert isinstance(read(tmp_path, "review"), Damage)


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_every_key_has_a_folder_of_its_own_inside_captures(one: str, other: str) -> None:
    try:
        folders = [Path(capture_folder(key)) for key in (one, other)]
    except UnicodeEncodeError:
        return  # half characters cannot come from a file
    assert all(folder.parts[0] == "captures" and len(folder.parts) == 2 for folder in folders)
    assert all(folder.name not in {".", ".."} for folder in folders)
    assert (folders[0] == folders[1]) == (one == other)


def test_captures_are_read_once(tmp_path: Path) -> None:
    capture(tmp_path, "review", [("a.txt", b"The levy failed.")], DAY)
    asked: list[str] = []

    def opener(name: str) -> bytes:
        asked.append(name)
        return (tmp_path / name).read_bytes()

    captures = Captures(opener)
    assert captures.get("review") is captures.get("review")
    assert asked == ["captures/review/capture.json", "captures/review/text.txt"]


def test_files_are_matched_by_their_names(tmp_path: Path) -> None:
    for name in ("review.pdf", "DIARY.txt", "who%2F2025.html", "notes.txt", ".hidden"):
        (tmp_path / name).write_text("x")
    found, unknown = matched(tmp_path, ["review", "diary", "who/2025", "speech"])
    assert {key: path.name for key, path in found.items()} == {
        "review": "review.pdf", "diary": "DIARY.txt", "who/2025": "who%2F2025.html"
    }  # fmt: skip
    assert [path.name for path in unknown] == ["notes.txt"]


PDF_CAPTURE = DocumentText("One.\f", "application/pdf", "a 1", ("i",), (), "0ne.\f")


def test_a_second_reading_is_kept_with_its_hash(tmp_path: Path) -> None:
    made = capture(tmp_path, "review", [("a.pdf", b"")], DAY, lambda name, data: PDF_CAPTURE)
    assert read(tmp_path, "review") == made
    assert made.other is not None
    assert (made.text, made.other.text, made.other.sha256 == made.sha256) == ("One.\f", "0ne.\f", True)
    (tmp_path / "captures/review/second.txt").write_text("One.")
    found = read(tmp_path, "review")
    assert isinstance(found, Damage)
    assert found.file.endswith("second.txt")
    (tmp_path / "captures/review/second.txt").unlink()
    assert isinstance(read(tmp_path, "review"), Damage)


def test_a_capture_without_a_second_reading_removes_the_old_one(tmp_path: Path) -> None:
    capture(tmp_path, "review", [("a.pdf", b"")], DAY, lambda name, data: PDF_CAPTURE)
    capture(tmp_path, "review", [("a.txt", b"One.")], DAY)
    assert not (tmp_path / "captures/review/second.txt").exists()


def test_pages_of_several_documents_follow_each_other(tmp_path: Path) -> None:
    made = capture(tmp_path, "review", [("a.pdf", b""), ("b.pdf", b"")], DAY, lambda name, data: PDF_CAPTURE)
    assert (made.text, made.second, made.pages) == ("One.\fOne.\f", "0ne.\f0ne.\f", ("i", "i"))


def test_a_capture_of_the_first_form_is_read(tmp_path: Path) -> None:
    capture(tmp_path, "review", [("a.txt", b"The levy failed.")], DAY)
    path = tmp_path / "captures/review/capture.json"
    description = json.loads(path.read_bytes())
    del description["second"]
    path.write_text(json.dumps({**description, "version": 1}))
    assert isinstance(read(tmp_path, "review"), Capture)


def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "link.pdf").symlink_to("/dev/zero")
    for name in ("pipe.pdf", "link.pdf"):
        with pytest.raises(CannotCapture, match="a pipe, a device or a socket"):
            documents_in(tmp_path / name)
    with pytest.raises(CannotCapture, match="pipe"):
        documents_in(tmp_path)
