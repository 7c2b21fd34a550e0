"""What all briefs claim, verified in this process or divided among others: the same result."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.synthetic import SMALL, fact_file, write_project
from generator.evidence import capture_lock
from generator.pipeline import inspect_project, pin_quotations
from generator.pipeline.inspect_project import inspect
from generator.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    write_project(tmp_path, 7, SMALL, sources=6)
    fact_file(tmp_path, 3).write_text(fact_file(tmp_path, 3).read_text().replace("quote: ", "quote: Never said "))
    fact_file(tmp_path, 5).write_text("title: [")
    return Project(tmp_path)


def test_processes_find_what_one_finds(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = pin_quotations.pinned(project)
    monkeypatch.setattr(pin_quotations, "FEW", 0)
    monkeypatch.setattr(pin_quotations, "BATCH", 2)
    monkeypatch.setattr("generator.engine.batches.processors", lambda: 2)
    told: list[tuple[int, int]] = []
    assert pin_quotations.pinned(project, lambda done, all_: told.append((done, all_))) == alone
    assert told == [(2, 7), (4, 7), (6, 7), (7, 7)]
    assert alone.briefs == 6
    assert {problem.place.file for problem in alone.problems if problem.is_error} == {
        "briefs/invented-00003.yaml",
        "briefs/invented-00005.yaml",
    }


def test_what_a_brief_no_longer_claims_is_not_pinned(project: Project) -> None:
    before = pin_quotations.pinned(project)
    fact_file(project.folder, 1).unlink()
    after = pin_quotations.pinned(project)
    assert after.claims < before.claims
    assert after.entries < before.entries


def test_the_lock_is_read_once_for_all_briefs(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = sorted(pin_quotations.pinned(project).entries)
    project.lock.write_text(capture_lock.write_lock(entries))
    read: list[str] = []
    entry = capture_lock._entry

    def reading(line: str) -> object:
        read.append(line)
        return entry(line)

    monkeypatch.setattr(capture_lock, "_entry", reading)
    capture_lock.read_lock.cache_clear()
    inspect(project, [slug for slug, _ in project.fact_files()])
    assert len(read) == len(entries)


def test_processes_check_what_one_checks(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = [slug for slug, _ in project.fact_files()]
    alone = inspect(project, slugs)
    monkeypatch.setattr(inspect_project, "FEW", 0)
    monkeypatch.setattr(inspect_project, "BATCH", 3)
    monkeypatch.setattr("generator.engine.batches.processors", lambda: 2)
    assert inspect(project, slugs) == alone
    assert {problem.place.file for problem in alone} >= {"briefs/invented-00003.yaml", "briefs/invented-00005.yaml"}
