"""Captures whose text and document were changed after they were captured, hashes and all."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from generator.evidence.capture_lock import Lock, LockEntry
from generator.evidence.captures.capture_store import Capture, Captures, Damage, capture
from generator.evidence.captures.originals import Audited

TEXT = "The levy would not improve the harbour."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    capture(tmp_path, "review", [("review.txt", TEXT.encode())], datetime.date(2025, 2, 14))
    return tmp_path


def forged(folder: Path, text: str) -> None:
    """Change the captured text and its hash."""
    here = folder / "captures/review"
    (here / "text.txt").write_text(text)
    described = json.loads((here / "capture.json").read_text())
    described["text"]["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    (here / "capture.json").write_text(json.dumps(described))


def got(folder: Path, lock: Lock | None = None, **options: Any) -> Capture | Damage | None:
    captures = Captures(lambda name: (folder / name).read_bytes())
    return Audited(captures, lock or Lock(), **options).get("review")


def pinned(folder: Path) -> Lock:
    found = got(folder)
    assert isinstance(found, Capture)
    return Lock((LockEntry("review", "0" * 64, found.sha256, found.original_sha256, found.captured, ""),))


def test_a_text_that_was_altered_with_its_hash_is_noticed(folder: Path) -> None:
    lock = pinned(folder)
    forged(folder, TEXT.replace("not ", ""))
    for found in (got(folder), got(folder, lock)):
        assert isinstance(found, Damage)
        assert "not the text of its document" in found.reason


def test_a_document_that_was_replaced_is_noticed(folder: Path) -> None:
    lock = pinned(folder)
    (folder / "captures/review/original.txt").write_text(TEXT.replace("not ", ""))
    assert isinstance(got(folder), Damage)
    found = got(folder, lock, originals=True)
    assert isinstance(found, Damage)
    assert found.file == "captures/review/original.txt"


def test_without_the_document_nothing_can_be_told(folder: Path) -> None:
    forged(folder, TEXT.replace("not ", ""))
    (folder / "captures/review/original.txt").unlink()
    assert isinstance(got(folder), Capture)


def test_several_documents_are_read_as_they_were(tmp_path: Path) -> None:
    pages = [("1.txt", b"One.\n"), ("2.txt", b"Two words and more."), ("3.md", b"*Three*")]
    capture(tmp_path, "review", pages, datetime.date(2025, 2, 14))
    assert isinstance(got(tmp_path), Capture)
