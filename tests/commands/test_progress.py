"""What `brief build` says while it works: as its users and their programs read it."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.run import brief
from tests.site import site_project

LONG = 120.0

BROKEN = "title: Broken\nstatsu: draft\n"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "desk"
    assert brief("init", str(folder), cwd=folder.parent).code == 0
    return folder


@pytest.fixture
def project(starter: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(starter, tmp_path / "desk"))


@pytest.fixture(scope="module")
def built(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(starter, tmp_path_factory.mktemp("built") / "desk"))
    assert brief("build", cwd=folder).code == 0
    return folder


def test_a_draft_that_is_left_out_is_not_counted_as_built(tmp_path: Path) -> None:
    site_project.write(tmp_path, works=site_project.WORKS, draft=site_project.DRAFT)
    assert brief("build", cwd=tmp_path).out.endswith("2 briefs: 2 built\n")
    assert brief("build", "--no-drafts", cwd=tmp_path).out.endswith("2 briefs: 1 up to date, 1 draft left out\n")
    assert brief("build", "--no-drafts", cwd=tmp_path).out == "nothing to do: 1 brief up to date, 1 draft left out\n"
    events = brief("build", "--no-drafts", "--force", "--json", cwd=tmp_path).out.splitlines()
    end = json.loads(events[-1])
    assert (end["event"], end["built"], end["left_out"]) == ("finished", 1, 1)


def on_a_terminal(*arguments: str, cwd: Path, **environment: str) -> str:
    """What `brief` writes to a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env=environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen, end = b"", time.monotonic() + LONG
    while time.monotonic() < end:
        if not select.select([ours], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        seen += piece
        if not piece:
            break
    os.close(ours)
    process.wait(LONG)
    return seen.decode()


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_pipe_gets_a_line_for_each_brief_and_no_terminal_codes(project: Path) -> None:
    ran = brief("build", cwd=project)
    assert ran.out.startswith("briefs/example.yaml: build/example.html, build/example.pdf  (")
    assert ran.out.endswith("1 brief: 1 built\n")
    assert "\x1b" not in ran.out + ran.err


def test_quiet_says_nothing_when_all_is_well_and_the_problems_when_not(built: Path, project: Path) -> None:
    assert brief("build", "-q", cwd=built).out == ""
    (project / "briefs/example.yaml").unlink()
    (project / "briefs/broken.yaml").write_text(BROKEN)
    ran = brief("build", "--quiet", cwd=project)
    assert ran.code == 1
    assert "error[unknown-key]" in ran.err
    assert ran.out == "1 brief: 1 not published because of errors\n"


def test_json_tells_every_event_on_a_line_of_its_own(project: Path) -> None:
    (project / "briefs/broken.yaml").write_text(BROKEN)
    ran = brief("build", "--json", cwd=project)
    assert ran.code == 1
    assert ran.err == ""
    told = lines(ran.out)
    assert told[0] == {"event": "begun", "total": 3, "unchanged": 0}
    assert {"event": "started", "target": "briefs/example.yaml", "step": "page"} in told
    ended = {event["target"]: event for event in told if event["event"] == "ended"}
    assert ended["briefs/example.yaml"]["status"] == "built"
    assert ended["briefs/example.yaml"]["outputs"] == ["example.html", "example.pdf"]
    assert ended["briefs/broken.yaml"]["status"] == "rejected"
    problem = next(event for event in told if event["event"] == "problem")
    assert (problem["file"], problem["line"], problem["code"]) == ("briefs/broken.yaml", 2, "unknown-key")
    last = told[-1]
    assert (last["event"], last["built"], last["rejected"], last["interrupted"]) == ("finished", 1, 1, False)


def test_a_build_with_nothing_to_do_says_so_in_json_too(built: Path) -> None:
    told = lines(brief("build", "--json", cwd=built).out)
    assert [event["event"] for event in told if event["event"] != "problem"] == ["begun", "finished"]
    assert (told[-1]["skipped"], told[-1]["built"]) == (1, 0)


def test_a_terminal_shows_how_many_are_done_and_what_runs(project: Path) -> None:
    seen = on_a_terminal("build", cwd=project)
    assert "0/2" in seen
    assert "example (page)" in seen
    assert "briefs/example.yaml: build/example.html, build/example.pdf  (" in seen
    assert seen.rstrip().endswith("1 brief: 1 built")


def test_a_terminal_that_cannot_move_gets_plain_lines(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    seen = on_a_terminal("build", "--force", cwd=copy, TERM="dumb")
    assert "\x1b" not in seen


def test_nothing_to_do_loads_nothing_that_draws_progress_or_makes_pages(built: Path) -> None:
    settle(built)
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "generator", "build"],
        cwd=built,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "nothing to do: 1 brief up to date\n"
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert not loaded & {"rich", "watchfiles", "weasyprint", "http", "asyncio", "pypandoc"}
    assert not loaded & {"yaml", "multiprocessing", "generator.pipeline.inputs.load_project"}


def settle(folder: Path) -> None:
    """Build until all is believed: files that were only just written are looked at once more, for seconds where it is folders."""
    for _ in range(200):
        before = (folder / "build/.brief/database").stat().st_ino
        assert brief("build", cwd=folder).code == 0
        if (folder / "build/.brief/database").stat().st_ino == before:
            return
    pytest.fail("the database is written by each build")


def test_the_slowest_of_many_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    from generator.console.build_progress import Progress
    from generator.console.context import Context
    from generator.engine import Outcome, Report, TargetStatus

    many = tuple(Outcome(f"briefs/b{number}.yaml", TargetStatus.BUILT, seconds=float(number)) for number in range(12))
    Progress(Context(Path(), colour=False)).summarise(Report(many))
    assert "slowest: briefs/b11.yaml 11.0 s, briefs/b10.yaml 10.0 s" in capsys.readouterr().out
    Progress(Context(Path(), colour=False)).summarise(Report(many[:5]))
    assert "slowest" not in capsys.readouterr().out


def test_ctrl_c_keeps_what_is_finished_and_exits_with_130(project: Path) -> None:
    example = (project / "briefs/example.yaml").read_text("utf-8")
    for number in range(3):
        (project / f"briefs/more-{number}.yaml").write_text(example, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "-j", "1", "--json"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        told = []
        for line in process.stdout:
            told.append(json.loads(line))
            if told[-1]["event"] == "ended" and told[-1]["target"] != "assets":
                process.send_signal(signal.SIGINT)
                break
        told += lines(process.stdout.read())
        errors = process.stderr.read()
    assert process.returncode == 130
    assert errors == ""
    finished = [event["target"] for event in told if event["event"] == "ended" and event["target"] != "assets"]
    assert told[-1]["interrupted"] is True
    assert 1 <= len(finished) < 4
    for target in finished:
        slug = str(target).removeprefix("briefs/").removesuffix(".yaml")
        assert (project / f"build/{slug}.pdf").read_bytes().startswith(b"%PDF-")
    again = lines(brief("build", "--json", cwd=project).out)
    assert not {event["target"] for event in again if event["event"] == "ended"} & set(finished)
    assert again[-1]["built"] == 4 - len(finished)
