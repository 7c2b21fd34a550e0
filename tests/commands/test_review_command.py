"""`brief review` and `brief coverage`, run as the command runs them."""

from __future__ import annotations

import pytest

from generator.cli import run

FACT_FILE = """\
title: Chips
experts: [ann, ben]
facts:
  - {id: cost, claim: It cost COST million dollars., cite: "@talk"}
questions:
  - id: works
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      ann: {stance: "No", says: It fails., cite: "@talk", rests_on: [cost]}
      ben: {gap: declined}
"""


@pytest.fixture
def project(tmp_path):
    briefs = tmp_path / "briefs"
    briefs.mkdir()
    (briefs / "house.yaml").write_text("name: Example Desk\n")
    (briefs / "experts.yaml").write_text("ann: {name: Ann Example}\nben: {name: Ben Sample}\n")
    (briefs / "sources.yaml").write_text("references: [{id: talk, type: speech, title: A talk}]\n")
    (briefs / "chips.yaml").write_text(FACT_FILE.replace("COST", "5"))
    return tmp_path


@pytest.fixture
def brief(project, capsys):
    def called(*arguments):
        status = run(["-C", str(project), *arguments])
        return status, capsys.readouterr().out

    return called


def test_a_link_is_due_marked_and_due_again_when_its_fact_changes(project, brief):
    lock = project / "briefs" / "reviews.lock"
    assert brief("review", "--list") == (1, "chips: position/works/ann rests on cost, not reviewed before\n")
    assert not lock.exists()
    assert brief("review")[1].endswith("1 marked as reviewed\n")
    first = lock.read_bytes()
    assert brief("review") == (0, "nothing is due for review\n")
    assert lock.read_bytes() == first
    (project / "briefs" / "chips.yaml").write_text(FACT_FILE.replace("COST", "1300"))
    assert brief("review", "--list", "chips")[1].startswith(
        "chips: position/works/ann rests on cost, which has changed"
    )
    assert brief("review", "chips")[0] == 0
    assert lock.read_bytes() != first


def test_only_the_record_named_is_marked(project, brief):
    assert brief("review", "--only", "option/none") == (0, "nothing is due for review\n")
    assert brief("review", "--only", "position/works/ann")[1].endswith("1 marked as reviewed\n")


def test_entries_of_briefs_that_are_no_more_go(project, brief):
    lock = project / "briefs" / "reviews.lock"
    lock.write_text(f"gone option/o f {'0' * 32} 2025-01-01\n")
    brief("review")
    assert "gone" not in lock.read_text()


def test_a_damaged_file_is_not_overwritten(project, brief):
    lock = project / "briefs" / "reviews.lock"
    lock.write_text("<<<<<<< HEAD\n")
    assert brief("review")[0] == 1
    assert lock.read_text() == "<<<<<<< HEAD\n"


def test_what_cannot_be_read_cannot_be_marked(project, brief):
    (project / "briefs" / "chips.yaml").write_text(FACT_FILE.replace('"@talk"}\nq', '"talk"}\nq'))
    assert brief("review")[0] == 1
    assert not (project / "briefs" / "reviews.lock").exists()


def test_a_file_that_cannot_be_read_is_a_fault_of_the_user(project, brief):
    (project / "briefs" / "reviews.lock").mkdir()
    assert brief("review")[0] == 2


def test_coverage_lists_who_has_what_by_question(brief):
    assert brief("coverage") == (
        0,
        "chips: 2 cells: 1 paraphrase, 1 declined\n  works\n    paraphrase: ann\n    declined: ben\n",
    )


@pytest.fixture
def crowded(project):
    """Twelve experts with long ids, and a brief without questions."""
    names = [f"person-number-{number}-of-a-long-name" for number in range(1, 12)]
    people = "".join(f"{name}: {{name: P}}\n" for name in names)
    (project / "briefs" / "experts.yaml").write_text("ann: {name: Ann Example}\nben: {name: Ben Sample}\n" + people)
    gaps = "".join(f"      {name}: {{gap: not-asked}}\n" for name in names)
    text = FACT_FILE.replace("COST", "5").replace("[ann, ben]", f"[ann, ben, {', '.join(names)}]") + gaps
    (project / "briefs" / "chips.yaml").write_text(text)
    (project / "briefs" / "empty.yaml").write_text("title: Empty\n")
    return names


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_coverage_fits_any_terminal(crowded, brief, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = brief("coverage")[1].splitlines()
    assert max(map(len, lines)) <= columns
    assert all(name in "".join(lines).replace(" ", "") for name in crowded)
    assert "empty: 0 cells" in lines


def test_coverage_in_a_pipe_is_a_line_for_each_kind(crowded, brief, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert f"    not-asked: {', '.join(crowded)}\n" in brief("coverage")[1]


def test_coverage_as_csv(brief):
    assert brief("coverage", "--csv", "chips")[1].splitlines()[1] == "chips,works,ann,paraphrase,No,"


def test_coverage_of_what_is_not_there(brief):
    assert brief("coverage", "chps")[0] == 2
