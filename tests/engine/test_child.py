"""Processes of our own begin as fresh interpreters, whatever their parent holds, and leave nothing behind."""

from __future__ import annotations

import ast
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.engine.processes import child

REPOSITORY = Path(__file__).parents[2]
FORKS = {"fork", "forkpty", "register_at_fork"}

NO_FORKS = """
import os, sys
def refuse(event, arguments):
    if event in ("os.fork", "os.forkpty"):
        os.write(2, b"this process forks\\n")
        os._exit(99)
sys.addaudithook(refuse)
"""

THREADS_FIRST = """
import os, sys, threading
from pathlib import Path

if __name__ == "__main__":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    from generator.pipeline.publish_brief import publish
    from generator.engine import Pool
    from generator.project import Project
    from generator.render.layout.pdf import warm
    warm()
    assert len(os.listdir("/proc/self/task")) > 1
    with Pool(2) as pool:
        report = publish(Project(Path.cwd()), None, executor=pool)
    print([(outcome.target, str(outcome.status)) for outcome in report.outcomes])
"""


def test_no_source_file_forks() -> None:
    for path in (REPOSITORY / "generator").rglob("*.py"):
        names = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert not names & FORKS, path
        assert "get_context" not in names, path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "hooks").mkdir()
    (folder / "hooks/sitecustomize.py").write_text(NO_FORKS)
    assert brief(folder, "init", "desk").returncode == 0
    return folder


def brief(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "hooks"), str(REPOSITORY)])}
    inside = folder / "desk" if (folder / "desk").exists() else folder
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=inside,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_command_forks_while_it_runs(desk: Path) -> None:
    for command in (
        ["build"],
        ["check"],
        ["verify", "build/example.pdf"],
        ["extract", "build/example.pdf", "out"],
    ):
        ran = brief(desk, *command)
        assert "forks" not in ran.stderr
        assert ran.returncode == 0, ran.stderr


def test_a_process_with_threads_and_fonts_builds(desk: Path) -> None:
    (desk / "desk/threads_first.py").write_text(THREADS_FIRST)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    ran = subprocess.run(
        [sys.executable, "threads_first.py"],
        cwd=desk / "desk",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "('briefs/example.yaml', " in ran.stdout, ran.stderr
    assert "broken" not in ran.stdout


def answer_with_path(pipe, name: str) -> None:
    pipe.send((name, sys.path, os.environ["TMPDIR"]))
    pipe.recv()


def wait(pipe) -> None:
    pipe.send("waiting")
    time.sleep(60)


def test_a_child_imports_from_where_its_parent_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yaml.py").write_text("raise SystemExit('a file of the current folder was imported')")
    monkeypatch.chdir(tmp_path)
    started = child.start(answer_with_path, "x")
    name, path, folder = started.pipe.recv()
    assert (name, path) == ("x", sys.path)
    assert Path(folder).is_dir()
    started.kill()
    assert not Path(folder).exists()


def test_a_function_that_cannot_be_sent_leaves_no_process() -> None:
    def children() -> set[str]:
        return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())

    before, folders = children(), set(child.scratch_folder().iterdir())
    with pytest.raises((AttributeError, pickle.PicklingError)):
        child.start(lambda pipe: None)
    assert children() <= before
    assert set(child.scratch_folder().iterdir()) <= folders


def test_a_child_ends_when_nobody_listens_any_more() -> None:
    started = child.start(answer_with_path, "x")
    started.pipe.recv()
    started.pipe.close()
    assert started.process.wait(120) == 0
    started.kill()


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_a_child_says_where_it_is_when_asked() -> None:
    started = child.start(wait)
    started.pipe.recv()
    wait_until(lambda: child.idle(started.process.pid))  # it has come back from saying that it waits
    started.ask_where()
    wait_until(lambda: started.where() != "")
    assert started.where().startswith("wait (tests/engine/test_child.py:")
    started.kill()


def test_ctrl_c_does_not_reach_a_child_that_has_just_been_started() -> None:
    started = child.start(answer_with_path, "x")
    os.kill(started.process.pid, signal.SIGINT)
    assert started.pipe.recv()[0] == "x"
    started.kill()


def test_a_child_may_be_started_by_any_thread() -> None:
    names = []

    def start() -> None:
        started = child.start(answer_with_path, "thread")
        names.append(started.pipe.recv()[0])
        started.kill()

    thread = threading.Thread(target=start)
    thread.start()
    thread.join(60)
    assert names == ["thread"]


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import os, time; from generator.engine.processes import child; "
        "folder = child.scratch_folder(); (folder / 'left').write_text('x'); "
        "os.utime(folder, (1, 1)); print(folder, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        child.sweep()
        assert (folder / "left").exists(), "it lives"
        process.kill()
    child.sweep()
    assert not folder.exists()


def test_nobody_elses_folder_is_taken_for_an_abandoned_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_text("x")
    (tmp_path / "brief-scratch-link").symlink_to(tmp_path / "precious")
    (tmp_path / "brief-scratch-new").mkdir()
    (tmp_path / "brief-scratch-file").write_bytes(b"")
    theirs = tmp_path / "brief-scratch-theirs"
    theirs.mkdir()
    for old in (theirs, tmp_path / "precious", tmp_path / "brief-scratch-file"):
        os.utime(old, (1, 1))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    child.sweep()
    assert theirs.exists()
    monkeypatch.undo()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    child.sweep()
    assert not theirs.exists()
    assert (tmp_path / "precious/file").exists()
    assert (tmp_path / "brief-scratch-new").exists()
    assert (tmp_path / "brief-scratch-file").exists()
