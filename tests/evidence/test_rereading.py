"""A document that is kept beside a capture is read again once a process, however many briefs rest on it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.evidence.capture_lock import Lock
from generator.evidence.captures import originals
from generator.evidence.captures.capture_store import Captures, Damage, capture
from generator.evidence.captures.document_limits import DocumentText
from generator.evidence.captures.document_text import extract
from generator.evidence.captures.originals import Audited
from generator.project import Project


def test_a_document_is_read_again_once_and_a_replaced_one_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(name: str, data: bytes, **more: Any) -> DocumentText:
        read.append(name)
        return extract(name, data, **more)

    monkeypatch.setattr(originals, "extract", reading)
    words = f"The levy of {tmp_path} failed badly."
    capture(tmp_path, "talk", [("talk.txt", words.encode())], datetime.date(2024, 6, 1))
    project = Project(tmp_path)
    for _ in range(3):
        assert Audited(Captures(project.open), Lock(())).get("talk").text == words  # type: ignore[union-attr]
    assert read == ["talk.txt"]
    (tmp_path / "captures/talk/original.txt").write_text("Another text.", "utf-8")
    assert isinstance(Audited(Captures(project.open), Lock(())).get("talk"), Damage)
