"""`brief capture`, `brief lock` and `brief sources`, run as the command runs them."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import run

Brief = Callable[..., tuple[int, str, str]]

TEXT = "A report.\n\n“The levy failed badly,” said Ann Example at noon.\n\nThe end."
FACT_FILE = """\
title: The levy
experts: [ann]
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      ann: {stance: "No", quote: The levy failed badly, cite: "@press, para. 2"}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    briefs = tmp_path / "project" / "briefs"
    briefs.mkdir(parents=True)
    (briefs / "house.yaml").write_text("name: Example Desk\n")
    (briefs / "experts.yaml").write_text("ann: {name: Ann Example}\n")
    entries = "{id: press, type: article, title: A report, provenance: report}, {id: talk, type: speech, title: A talk}"
    (briefs / "sources.yaml").write_text(f"references: [{entries}]\n")
    (briefs / "levy.yaml").write_text(FACT_FILE)
    return briefs.parent


@pytest.fixture
def brief(project: Path, capsys: pytest.CaptureFixture[str]) -> Brief:
    def called(*arguments: str) -> tuple[int, str, str]:
        status = run(["-C", str(project), *arguments])
        return status, *capsys.readouterr()

    return called


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    return str(path)


def test_capture_then_lock_then_a_clone_without_captures(project: Path, brief: Brief, document: str) -> None:
    assert brief("capture", "press", document, "--date", "2025-02-14")[:2] == (
        0,
        "captured press: 13 words, 3 paragraphs (plain text)\n",
    )
    status, out, _ = brief("lock")
    assert (status, out.splitlines()[0]) == (0, "1 passage or number locked; 1 quotation or passage in 1 brief")
    lock = (project / "briefs/captures.lock").read_text()
    assert "levy failed" not in lock
    assert brief("lock", "--check")[0] == 0
    shutil.rmtree(project / "captures")
    assert brief("lock", "--check")[0] == 0
    assert brief("lock")[0] == 0
    assert (project / "briefs/captures.lock").read_text() == lock


def test_a_changed_quotation_does_not_get_into_the_lock(project: Path, brief: Brief, document: str) -> None:
    brief("capture", "press", document)
    brief("lock")
    (project / "briefs/levy.yaml").write_text(FACT_FILE.replace("failed badly", "failed"))
    assert brief("lock", "--check")[0] == 1
    (project / "briefs/levy.yaml").write_text(FACT_FILE.replace("failed badly", "worked badly"))
    status, _, err = brief("lock")
    assert status == 1
    assert "quote-absent" in err
    assert "[-failed-]{+worked+}" in err
    assert (project / "briefs/captures.lock").read_text().count("\n") == 1


def test_a_negation_next_to_a_quotation_is_locked_only_with_a_reason(
    project: Path, brief: Brief, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT.replace("The levy failed badly", "The levy did not fail badly in the town"))
    brief("capture", "press", str(report))
    cut = FACT_FILE.replace("The levy failed badly", "fail badly in the town").replace(
        "title", "status: published\ntitle"
    )
    (project / "briefs/levy.yaml").write_text(cut)
    status, _, err = brief("lock")
    assert (status, err.count("negation-cut")) == (1, 1)
    reason = ', silence: {negation-cut: "The brief says that it did not."}}'
    (project / "briefs/levy.yaml").write_text(cut.replace('para. 2"}', f'para. 2"{reason}'))
    assert brief("lock")[0] == 0
    shutil.rmtree(project / "captures")
    assert "negation-cut" not in brief("check")[1]
    (project / "briefs/levy.yaml").write_text(cut)
    assert "error[negation-cut]" in brief("check")[1]


def test_a_damaged_lock_is_not_replaced_where_it_is_needed(project: Path, brief: Brief, document: str) -> None:
    brief("capture", "press", document)
    brief("lock")
    lock = project / "briefs/captures.lock"
    lock.write_text(lock.read_text().replace("para. 2", "para. 3"))
    touched = lock.read_text()
    (project / "captures").rename(project / "away")
    status, _, err = brief("lock")
    assert (status, lock.read_text()) == (1, touched)
    assert "lock-damaged" in err
    assert "not written" in err
    (project / "away").rename(project / "captures")
    assert brief("lock")[0] == 0
    assert "para. 2" in lock.read_text()


def test_entries_stay_while_a_brief_cannot_be_read(project: Path, brief: Brief, document: str) -> None:
    brief("capture", "press", document)
    brief("lock")
    before = (project / "briefs/captures.lock").read_text()
    (project / "briefs/levy.yaml").write_text("title: [")
    assert brief("lock")[0] == 1
    assert (project / "briefs/captures.lock").read_text() == before


def test_capture_from_standard_input(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert brief("capture", "press", "-")[0] == 0


def test_capture_all_that_are_named_after_sources(brief: Brief, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "talk").mkdir(parents=True)
    (folder / "talk" / "1.txt").write_text("One.")
    (folder / "talk" / "2.md").write_text("*Two.*")
    (folder / "press.txt").write_bytes(b"\x00\x01")
    (folder / "other.txt").write_text("Three.")
    status, out, err = brief("capture", "--all", str(folder))
    assert status == 1
    assert "captured talk: 2 words" in out
    assert "1 of 2 sources captured" in out
    assert "left out: other.txt" in err
    assert "capture-unreadable" in err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["pres", "x.txt"], 2, "did you mean 'press'?"),
        (["entirely-new", "x.txt"], 2, "Add an entry for the source there first"),
        (["press"], 2, "give a source's key and its file"),
        (["press", "/nowhere/x.txt"], 1, "No such file"),
    ],
)
def test_capture_says_what_is_wrong(brief: Brief, arguments: list[str], status: int, message: str) -> None:
    found, _, err = brief("capture", *arguments)
    assert (found, message in err) == (status, True)


def test_sources_are_listed(brief: Brief, document: str) -> None:
    brief("capture", "press", document, "--date", "2020-01-01")
    status, out, _ = brief("sources")
    rows = {line.split()[0]: line.split() for line in out.splitlines()[1:]}
    assert status == 0
    assert (rows["press"][1], rows["press"][3], rows["press"][-1]) == ("2020-01-01", "1", "levy")
    assert rows["talk"][1:] == ["never", "nowhere"]
    status, out, _ = brief("sources", "--stale", "180d")
    assert (status, [line.split()[0] for line in out.splitlines()]) == (1, ["source", "press"])
    assert brief("sources", "--stale", "99y")[0] == 0
    assert brief("sources", "--stale", "soon")[0] == 2


def test_paragraphs_are_counted_for_locators(brief: Brief, document: str) -> None:
    brief("capture", "press", document)
    status, out, _ = brief("sources", "--paragraphs", "press")
    assert (status, out.splitlines()[1]) == (0, "  para. 2  'The levy failed badly,' said Ann Example at noon.")
    assert brief("sources", "--paragraphs", "talk")[0] == 2


def test_an_encoding_is_named_where_the_text_does_not_state_it(project: Path, brief: Brief, tmp_path: Path) -> None:
    document = tmp_path / "talk.txt"
    document.write_bytes("Комитет заявил, что сбор не решит проблему порта.".encode("koi8-r"))
    status, _, problems = brief("capture", "talk", str(document))
    assert (status, "--encoding windows-1252" in problems) == (1, True)
    assert brief("capture", "talk", str(document), "--encoding", "no-such")[0] == 2
    status, words, _ = brief("capture", "talk", str(document), "--encoding", "KOI8-R")
    assert (status, "encoding koi8-r" in words) == (0, True)
    assert "сбор не решит" in (project / "captures/talk/text.txt").read_text("utf-8")
