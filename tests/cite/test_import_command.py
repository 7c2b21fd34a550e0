from __future__ import annotations

from pathlib import Path

import pytest

from generator.cite.entry_files import LARGE
from generator.cli import run
from generator.console.task_progress import Counting
from generator.engine.trace import Reads, World
from generator.pipeline.inputs.source_files import damage, project_indexes
from generator.project import Project
from generator.read.file_readers import read_sources
from generator.read.yaml_text import parse_bytes

BIB = """@report{story,
  title = {A story}, institution = {Example Institute}, date = {2031-03-05},
  owner = {someone else},
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    return tmp_path


def imported(project: Path, *options: str) -> int:
    return run(["-C", str(project), "import", str(project / "refs.bib"), *options])


def library(project: Path, number: int) -> None:
    entries = (f"@book{{k{one}, title = {{Title {one}}}, year = 2031}}\n" for one in range(number))
    (project / "refs.bib").write_text("".join(entries), "utf-8")


def checked(project: Path) -> list[str]:
    """The codes of all that the project's reader has against what was written."""
    document, problems = parse_bytes(sources(project).read_bytes(), "briefs/sources.yaml")
    found = [*problems, *read_sources(document)[1]]
    return [one.code for one in (*found, *damage(project_indexes(Project(project))[0], Reads(World())))]


def sources(project: Path) -> Path:
    return project / "briefs" / "sources.yaml"


def test_writes_what_is_new(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(project) == 0
    out, err = capsys.readouterr()
    assert sources(project).read_text(encoding="utf-8") == (
        "references:\n  - id: story\n    type: report\n    title: A story\n"
        '    publisher: Example Institute\n    issued: "2031-03-05"\n'
    )
    assert "added 1" in out
    assert "refs.bib:3" in err
    assert "'owner' of 'story'" in err


def test_dry_run_shows_and_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(project, "--dry-run") == 0
    assert "+  - id: story" in capsys.readouterr().out
    assert not sources(project).exists()


def test_differences_are_reported_until_updated(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = "references:\n  - id: story  # mine\n    type: report\n    title: My title\n"
    sources(project).write_text(mine, encoding="utf-8")
    assert imported(project) == 0
    assert "'title' of 'story' is “My title” here" in capsys.readouterr().err
    assert sources(project).read_text(encoding="utf-8") == mine
    assert imported(project, "--update", "story", "--update", "typo") == 0
    assert "typo" in capsys.readouterr().err
    assert "id: story  # mine\n    type: report\n    title: A story\n" in sources(project).read_text(encoding="utf-8")


def test_a_bad_file_is_an_error_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "refs.bib").write_text("@report{a,\n  title = {b}\n@report{", encoding="utf-8")
    assert imported(project) == 1
    assert "refs.bib:1:1: error[bad-import-entry]" in capsys.readouterr().err


def test_a_sources_file_in_another_form_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources(project).write_text("references: [{id: a}]\n", encoding="utf-8")
    assert imported(project) == 1
    assert "sources.yaml:1:1: error[not-mergeable]" in capsys.readouterr().err


def test_other_kinds_of_file_are_wrong_use(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "refs.docx").write_bytes(b"")
    assert run(["-C", str(project), "import", str(project / "refs.docx")]) == 2
    assert ".bib, .ris, .json" in capsys.readouterr().err


def test_a_large_library_goes_to_a_file_of_its_own(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(project, LARGE + 1)
    assert imported(project) == 0
    out, err = capsys.readouterr()
    assert f"added {LARGE + 1} to briefs/sources/refs.yaml" in out
    assert all(line.startswith("reading refs.bib: ") for line in err.splitlines())  # on a busy machine
    assert sources(project).read_text("utf-8") == "references: []\n"
    assert checked(project) == []
    assert imported(project) == 0
    assert f"added 0, updated 0, kept {LARGE + 1} that are the same" in capsys.readouterr().out


def test_a_second_import_appends_to_the_same_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(project, LARGE + 1)
    imported(project)
    library(project, 2 * (LARGE + 1))
    assert imported(project) == 0
    assert f"added {LARGE + 1} to briefs/sources/refs.yaml" in capsys.readouterr().out
    assert checked(project) == []
    assert (project / "briefs/sources/refs.yaml").read_text("utf-8").count("- id: ") == 2 * (LARGE + 1)


def test_update_of_an_entry_in_a_large_library(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(project, LARGE + 1)
    imported(project)
    file = project / "briefs/sources/refs.yaml"
    file.write_text(file.read_text("utf-8").replace("title: Title 7\n", "title: Mine\n    note: kept\n"), "utf-8")
    capsys.readouterr()
    assert imported(project) == 0
    place = "briefs/sources/refs.yaml:32:1: warning[source-differs]"
    assert place in capsys.readouterr().err
    assert imported(project, "--update", "k7") == 0
    assert "title: Title 7\n    note: kept\n" in file.read_text("utf-8")
    assert "updated 1, kept 500 that are the same and 0 that differ" in capsys.readouterr().out


def test_only_some_keys(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(project, 9)
    assert imported(project, "--keys", "k3, @k5,nobody") == 0
    out, err = capsys.readouterr()
    assert "added 2," in out
    assert "--keys nobody: the file has no such source" in err
    assert sources(project).read_text("utf-8").count("- id: ") == 2


def test_a_bibliography_of_which_nothing_is_cited_is_no_fault(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(project, "--cited") == 0
    assert "added 0" in capsys.readouterr().out
    (project / "refs.bib").write_text("Not a bibliography\n", "utf-8")
    assert imported(project, "--cited") == 1
    assert "this file contains no entry" in capsys.readouterr().err


def test_only_what_is_cited(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(project, 9)
    (project / "briefs/house.yaml").write_text("name: Desk\nmethod: As told [@k4].\n", "utf-8")
    (project / "briefs/one.yaml").write_text("title: One\nsummary: As told [@k2].\n", "utf-8")
    assert imported(project, "--cited") == 0
    assert "added 2," in capsys.readouterr().out
    assert sources(project).read_text("utf-8").count("- id: ") == 2


def test_a_sources_file_without_room_is_not_filled(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = "".join(f"  - id: old{number}\n    type: book\n    note: {'x' * 4000}\n" for number in range(490))
    sources(project).write_text("references:\n" + entries, "utf-8")
    library(project, 300)
    assert imported(project) == 0
    assert "added 300 to briefs/sources/refs.yaml" in capsys.readouterr().out
    assert checked(project) == []


def test_made_keys_give_way_to_other_sources(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = "TY  - NEWS\nAU  - Example, Anna\nPY  - 2031\nTI  - {}\nER  - \n"
    for title in ("One", "Two", "One"):
        (project / "refs.ris").write_text(record.format(title), "utf-8")
        assert run(["-C", str(project), "import", str(project / "refs.ris")]) == 0
    assert "kept 1 that are the same" in capsys.readouterr().out
    assert "id: example-2031\n" in sources(project).read_text("utf-8")
    assert "id: example-2031-2\n" in sources(project).read_text("utf-8")
    assert sources(project).read_text("utf-8").count("- id:") == 2


def test_a_bad_entry_leaves_the_rest_and_an_exit_code(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "refs.bib").write_text("@book{a, title={A}}\n@book{title={x}}\n@book{b, title={B}}\n", "utf-8")
    assert imported(project) == 1
    out, err = capsys.readouterr()
    assert "refs.bib:2:1: error[bad-import-entry]" in err
    assert "added 2," in out
    assert "1 could not be read" in out


def test_a_dry_run_of_a_large_library_is_short(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(project, LARGE + 1)
    assert imported(project, "--dry-run") == 0
    assert len(capsys.readouterr().out.splitlines()) < 8
    assert not (project / "briefs/sources").exists()


def test_progress_is_shown_when_it_takes_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.5, 1.5, 1.6, 99.0])
    monkeypatch.setattr("generator.console.task_progress.time.monotonic", lambda: next(clock))
    with Counting("reading refs.bib", "entry", "entries") as counting:
        for number in range(4):
            counting.tell(number / 4, number * 1000)
    assert capsys.readouterr().err == "reading refs.bib: 25%, 1,000 entries\nreading refs.bib: 75%, 3,000 entries\n"
