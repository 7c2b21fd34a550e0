"""`brief check --fix`, run as the command runs it: what it writes, and that it touches nothing else."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import run

Check = Callable[..., tuple[int, str, str]]

TEXT = (
    "When the levy ends, we will lower the fees for everybody in town. "
    "After the storm we closed four gates of the old harbour at once.\n\n"
    'The board, as Ann Example said, has built it\'s "old pier" and its members like it very much.\n\n'
    "The mayor opened the pier: north of town, with music.\n\n"
    "They paid for the bridge in spring. We paid for the bridge in autumn.\n"
)
HEAD = """\
title:   "The levy"   # a comment, with   spaces
experts: [ann]
questions:
  - id: work
    ask: Does it work?
    scale: ["No",   'Yes']
    positions:
      ann:
        stance: "No"
        cite: "@press"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    briefs = tmp_path / "project" / "briefs"
    briefs.mkdir(parents=True)
    (briefs / "house.yaml").write_text("name: Example Desk\n")
    (briefs / "experts.yaml").write_text("ann: {name: Ann Example}\n")
    entries = "{id: press, type: article, title: A report, language: en, provenance: primary}"
    (briefs / "sources.yaml").write_text(f"references: [{entries}]\n")
    document = tmp_path / "report.txt"
    document.write_text(TEXT)
    (briefs / "levy.yaml").write_text(HEAD)
    run(["-C", str(briefs.parent), "capture", "press", str(document), "--date", "2025-02-14"])
    return briefs.parent


@pytest.fixture
def check(project: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    def called(record: str, *arguments: str) -> tuple[int, str, str]:
        (project / "briefs" / "levy.yaml").write_bytes((HEAD + record).encode())
        capsys.readouterr()
        status = run(["-C", str(project), "check", "--fix", *arguments])
        return status, *capsys.readouterr()

    return called


def written(project: Path) -> str:
    return (project / "briefs" / "levy.yaml").read_bytes().decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("quote: When the levy ends, [they] will lower the fees", "[they|we]"),
        ("quote: 'When the levy ends, [they] will lower the fees'   # why", "[they|we]"),
        ('quote: "When the levy\\x20ends, [they] will lower the fees"', "[they|we]"),
        ("quote: When the levy ends,\n          [they]\n          will lower the fees", "[they|we]"),
        ("quote: |\n          When the levy ends,\n          [they] will lower the fees\n", "[they|we]"),
        ("quote: >-\n          When   the levy ends,\n          [they] will lower\n          the fees\n", "[they|we]"),
        ("quote: &anchor !!str When the levy ends, [they] will lower the fees", "[they|we]"),
        ("quote: 'After the storm [sic] [they] closed four gates […] at once.'", "[they|we]"),
    ],
)
def test_writes_what_the_source_has_and_nothing_else(check: Check, project: Path, before: str, after: str) -> None:
    _, out, _ = check(f"        {before}\n")
    assert written(project) == f"        {before}\n".replace("[they]", after)
    assert "[quote-" not in out, out


def test_all_parts_of_a_quotation(check: Check, project: Path) -> None:
    check(
        "        quote: When the levy ends, [they] will lower the fees … [a]fter the storm [they] closed four gates\n"
    )
    assert written(project).count("[they|we]") == 2


@pytest.mark.parametrize("form", ["'{}'", '"{}"'])
def test_words_with_quotation_marks_are_escaped(check: Check, project: Path, form: str) -> None:
    quote = "as Ann Example said, has built [a harbour] and its members like it very much."
    check(f"        quote: {form.format(quote)}\n")
    changed = written(project)
    original = 'it\'s "old pier"'
    escaped = original.replace("'", "''") if form[0] == "'" else original.replace('"', '\\"')
    assert changed == f"        quote: {form.format(quote)}\n".replace("harbour]", f"harbour|{escaped}]")


@pytest.mark.parametrize(
    "quote",
    [
        "The mayor opened [a building] of town, with music.",  # `: ` would end the scalar
        "[Somebody] paid for the bridge",  # two readings
        "we closed [three] gates of the old harbour",  # a number
        "When the levy ends, [however] we will lower the fees",  # only adds
        "When the levy ends, [they] will raise the fees",  # not the source's words
    ],
)
def test_leaves_alone_what_leaves_a_choice_or_stays_wrong(check: Check, project: Path, quote: str) -> None:
    _, _, err = check(f"        quote: {quote}\n")
    assert written(project) == f"        quote: {quote}\n"
    assert "\n+ " not in err


def test_shows_the_change_before_the_problems_that_remain(check: Check, project: Path) -> None:
    _, out, err = check("        quote: When the levy ends, [they] will lower the fees\n", "--format", "json")
    assert err.splitlines()[1:] == [
        "- quote: When the levy ends, [they] will lower the fees",
        "+ quote: When the levy ends, [they|we] will lower the fees",
    ]
    assert err.splitlines()[0].endswith("briefs/levy.yaml:11")
    assert "quote-absent" not in {problem["code"] for problem in json.loads(out)}


def test_line_ends_byte_order_mark_and_mode_stay(check: Check, project: Path) -> None:
    record = "        quote: When the levy ends, [they] will lower the fees\n"
    path = project / "briefs" / "levy.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + record).replace("\n", "\r\n").encode())
    path.chmod(0o640)
    before = path.read_bytes()
    run(["-C", str(project), "check", "--fix"])
    assert path.read_bytes() == before.replace(b"[they]", b"[they|we]")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_without_the_option_nothing_is_written(project: Path) -> None:
    path = project / "briefs" / "levy.yaml"
    path.write_text(f"{HEAD}        quote: When the levy ends, [they] will lower the fees\n")
    before = path.read_bytes()
    assert run(["-C", str(project), "check"]) == 1
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_said(check: Check, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.engine import atomic
    from generator.engine.errors import CannotWrite

    def refuse(path: Path, content: bytes, *, durable: bool) -> None:
        raise CannotWrite(path, OSError(28, "no space left"))

    monkeypatch.setattr(atomic, "write", refuse)
    status, _, err = check("        quote: When the levy ends, [they] will lower the fees\n")
    assert status != 0
    assert "no space left" in err
