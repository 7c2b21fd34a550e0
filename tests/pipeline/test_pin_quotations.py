"""What all briefs claim, verified in this process or divided among others: the same result."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic import SMALL, fact_file, write_project
from generator.engine import db_format
from generator.evidence import capture_lock
from generator.evidence.verification.verify_brief import examination
from generator.model import Brief
from generator.pipeline import inspect_project, pin_quotations, quotation_step
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
    shutil.rmtree(project.store)  # which remembers what was verified
    monkeypatch.setattr(pin_quotations, "FEW", 0)
    monkeypatch.setattr("generator.engine.processes.pool.processors", lambda: 2)
    told: list[tuple[int, int]] = []
    assert pin_quotations.pinned(project, lambda done, all_: told.append((done, all_))) == alone
    assert told == [(done, 7) for done in range(1, 8)]
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
    entry = capture_lock.read_line

    def reading(line: str) -> object:
        read.append(line)
        return entry(line)

    monkeypatch.setattr(capture_lock, "read_line", reading)
    capture_lock.read_lock.cache_clear()
    inspect(project, [slug for slug, _ in project.fact_files()])
    assert len(read) == len(entries)


def test_processes_check_what_one_checks(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = [slug for slug, _ in project.fact_files()]
    alone = inspect(project, slugs)
    monkeypatch.setattr(inspect_project, "FEW", 0)
    monkeypatch.setattr(inspect_project, "BATCH", 3)
    monkeypatch.setattr("generator.engine.processes.pool.processors", lambda: 2)
    assert inspect(project, slugs) == alone
    assert {problem.place.file for problem in alone} >= {"briefs/invented-00003.yaml", "briefs/invented-00005.yaml"}


# ---------------------------------------------------------------- what is verified again


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fact files that are verified, in order."""
    seen: list[str] = []

    def noting(brief: Brief, *ground: Any) -> Any:
        seen.append(brief.file)
        return examination(brief, *ground)

    monkeypatch.setattr(quotation_step, "examination", noting)
    return seen


WRONG = "briefs/invented-00003.yaml"
SOUND = [f"briefs/invented-{number:05}.yaml" for number in (0, 1, 2, 4, 6)]


def test_without_a_change_nothing_is_verified_again(project: Project, examined: list[str]) -> None:
    first = pin_quotations.pinned(project)
    assert examined == sorted([*SOUND, WRONG])
    project.lock.write_text(capture_lock.write_lock(first.entries))
    examined.clear()
    assert pin_quotations.pinned(project) == first
    assert examined == []


def test_without_its_captures_a_brief_depends_on_the_lock(project: Project, examined: list[str]) -> None:
    first = pin_quotations.pinned(project)
    project.lock.write_text(capture_lock.write_lock(first.entries))
    shutil.rmtree(project.captures)
    assert pin_quotations.pinned(project).entries == first.entries
    project.lock.write_text(capture_lock.write_lock([]))
    examined.clear()
    assert pin_quotations.pinned(project).entries == frozenset()
    assert sorted(examined) == sorted([*SOUND, WRONG])


def test_a_project_that_can_only_be_read_is_verified(project: Project) -> None:
    first = pin_quotations.pinned(project)
    shutil.rmtree(project.output)
    project.output.write_text("no folder")
    assert pin_quotations.pinned(project) == first


def test_an_interruption_ends_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(quotation_step, "examination", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pin_quotations.pinned(project)


def test_a_fault_of_the_program_is_raised(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(quotation_step, "examination", failing)
    with pytest.raises(ZeroDivisionError):
        pin_quotations.pinned(project)


def test_a_changed_brief_is_verified_again(project: Project, examined: list[str]) -> None:
    pin_quotations.pinned(project)
    examined.clear()
    file = fact_file(project.folder, 4)
    file.write_text(file.read_text().replace("quote: ", "quote: Never said "))
    assert any(
        problem.place.file == "briefs/invented-00004.yaml" for problem in pin_quotations.pinned(project).problems
    )
    assert examined == ["briefs/invented-00004.yaml"]


def quoted(folder: Path, file: str) -> str:
    """The source of the first quotation of a brief."""
    found = re.search(r"quote: .*\n +cite: \"@([a-z0-9-]+),", (folder / file).read_text())
    assert found
    return found[1]


def edit(name: str, before: str, after: str) -> Callable[[Path], object]:
    def edited(folder: Path) -> None:
        file = folder / name.replace("KEY", quoted(folder, SOUND[2]))
        start = file.read_text().find(f"- id: {quoted(folder, SOUND[2])}")
        text = file.read_text()[max(0, start) :]
        assert before in text
        file.write_text(file.read_text()[: max(0, start)] + text.replace(before, after, 1))

    return edited


@pytest.mark.parametrize(
    "change",
    [
        edit("briefs/house.yaml", "Invented Desk", "Other Desk"),
        edit("briefs/experts.yaml", "Invented Person", "Other Person"),
        edit("captures/KEY/text.txt", "a", "o"),
        edit("captures/KEY/original.txt", "a", "o"),
        edit("captures/KEY/capture.json", "2024-01-01", "2024-01-02"),
        edit("briefs/sources.yaml", "publisher: Invented", "publisher: Other"),
        lambda folder: shutil.rmtree(folder / "captures" / quoted(folder, SOUND[2])),
    ],
)
def test_what_a_brief_rests_on_is_compared(
    project: Project, examined: list[str], change: Callable[[Path], object]
) -> None:
    pin_quotations.pinned(project)
    change(project.folder)
    remembered = pin_quotations.pinned(project)
    assert SOUND[2] in examined[6:]
    shutil.rmtree(project.store)
    assert pin_quotations.pinned(project) == remembered


def test_another_source_changes_nothing(project: Project, examined: list[str]) -> None:
    pin_quotations.pinned(project)
    examined.clear()
    with (project.folder / "briefs/sources.yaml").open("a") as sources:
        sources.write("  - id: new\n    title: New\n    type: book\n")
    pin_quotations.pinned(project)
    assert examined == []


def test_a_table_belongs_to_its_brief(project: Project, examined: list[str]) -> None:
    (project.folder / "briefs/costs.csv").write_text("what,which\none,other\n")
    with fact_file(project.folder, 6).open("a") as file:
        file.write("tables:\n  - {id: costs, table: costs.csv, caption: Costs, cite: '@report-0001, para. 1'}\n")
    pin_quotations.pinned(project)
    examined.clear()
    pin_quotations.pinned(project)
    assert "briefs/invented-00006.yaml" not in examined
    (project.folder / "briefs/costs.csv").write_text("what,which\none,another\n")
    pin_quotations.pinned(project)
    assert "briefs/invented-00006.yaml" in examined


def forge(project: Project, change: Callable[[str], str]) -> None:
    """Change the record of each brief as somebody who can write to the database may."""
    file = project.store / pin_quotations.STORE / "database"
    db = db_format.load(file)
    db.texts = {name: change(text) for name, text in db.texts.items()}
    db_format.save(file, db)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"\{.*\}", "{}"),
        (r"\{.*\}", "1"),
        (r'"claims":\d+', '"claims":"2"'),
        (r'"needs_old":false', '"needs_old":0'),
        (r'"entries":\[.*?\]', '"entries":""'),
        (r'"entries":\[.*?\]', '"entries":[1]'),
        (r'"entries":\["', '"entries":["0'),
        (r"(?<= )[0-9a-f]{64}(?= )", "0" * 64),
        (r".*", ""),
    ],
)
def test_a_forged_result_is_not_taken(project: Project, examined: list[str], before: str, after: str) -> None:
    first = pin_quotations.pinned(project)
    forge(project, lambda text: re.sub(before, after, text, count=1))
    examined.clear()
    assert pin_quotations.pinned(project) == first
    assert set(SOUND) <= set(examined)
