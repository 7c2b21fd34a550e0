"""The worker's side of a cluster: a step sees what was sent, asks for the rest, and names files as the sender does."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine import Made, Reads
from generator.engine.remote.input_bundle import InputBundle, Want
from generator.engine.remote.remote_task import RemoteAnswer, RemoteTask, perform
from generator.engine.step import Failure, Task
from generator.engine.trace import ReadKind, World

if TYPE_CHECKING:
    from generator.engine.step import Function

HOME = "/home/sender/project"
SHARED = InputBundle({"templates/page": b"page", "secret": errno.EACCES}, {"templates": ("page",)})


def performed(folder: Path, function: Function, *arguments: object, own: InputBundle | None = None) -> RemoteAnswer:
    task = Task(7, "brief: page", function, arguments, World(HOME))
    return perform(RemoteTask(task, own or InputBundle(), SHARED.digest, dict, {}), SHARED, folder)


def read(reads: Reads, path: str) -> Made:
    return Made({"content": reads.file(path.format(root=reads.root))})


def listed(reads: Reads, path: str) -> Made:
    return Made({"content": " ".join(reads.folder(path)).encode()})


def on_disk(reads: Reads) -> Made:
    names = (path.relative_to(reads.root).as_posix() for path in Path(reads.root).rglob("*") if path.is_file())
    return Made({"content": " ".join(sorted(name for name in names if name != ".whole")).encode()})


def result(returned: RemoteAnswer) -> str:
    """The content that a step returned, or its failure."""
    assert returned.answer is not None
    outcome = returned.answer.result
    return outcome.message if isinstance(outcome, Failure) else dict(outcome.parts)["content"].decode()  # type: ignore[union-attr]


def names(returned: RemoteAnswer) -> list[str]:
    assert returned.answer is not None
    return [line.name for line in returned.answer.trace]


def test_a_step_reads_what_was_sent_and_its_trace_has_the_senders_names(tmp_path: Path) -> None:
    returned = performed(tmp_path, read, "templates/page")
    assert (result(returned), names(returned), returned.lacking) == ("page", ["templates/page"], ())
    returned = performed(tmp_path, read, "{root}/templates/page")
    assert (result(returned), names(returned)) == ("page", [f"{HOME}/templates/page"])
    returned = performed(tmp_path, listed, "templates")
    assert (result(returned), names(returned)) == ("page", ["templates"])


def test_what_was_not_sent_is_asked_for(tmp_path: Path) -> None:
    assert performed(tmp_path, read, "briefs/x.yaml").lacking == (Want(ReadKind.FILE, "briefs/x.yaml"),)
    assert performed(tmp_path, listed, "captures").lacking == (Want(ReadKind.FOLDER, "captures"),)
    own = InputBundle({"briefs/x.yaml": b"title: X"})
    returned = performed(tmp_path, read, "briefs/x.yaml", own=own)
    assert (result(returned), returned.lacking) == ("title: X", ())


def test_a_file_that_the_sender_cannot_read_cannot_be_read_here(tmp_path: Path) -> None:
    returned = performed(tmp_path, read, "secret")
    assert (result(returned), returned.lacking) == ("PermissionError: [Errno 13] Permission denied: 'secret'", ())


def test_of_this_machine_only_files_of_packages_are_read(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("x")
    for path in (str(tmp_path / "private"), "{root}/../../private"):
        returned = performed(tmp_path / "worker/steps", read, path)
        assert result(returned) != "x"
        assert result(returned).startswith(("OutsideBundle: ", "FileNotFoundError: "))
        assert returned.lacking == ()
    returned = performed(tmp_path / "worker/steps", read, json.__file__)
    assert result(returned) == Path(json.__file__).read_text("utf-8")
    assert names(returned) == ["installed:json/__init__.py"]


def test_files_are_written_for_steps_that_use_the_folder_itself(tmp_path: Path) -> None:
    own = InputBundle({"briefs/x.yaml": b"title: X", "../outside": b"x"})
    assert result(performed(tmp_path / "steps", on_disk, own=own)) == "briefs/x.yaml templates/page"
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "steps/outside").exists()


def test_a_worker_with_other_versions_does_not_run_the_step(tmp_path: Path) -> None:
    task = Task(7, "brief: page", read, ("templates/page",), World(HOME))
    versions = {"weasyprint": "70.0", "generator": "1"}
    returned = perform(RemoteTask(task, InputBundle(), SHARED.digest, dict, versions), SHARED, tmp_path)
    assert returned.answer is None
    assert returned.differences == (
        "generator is missing there and 1 here",
        "weasyprint is missing there and 70.0 here",
    )
    assert list(tmp_path.iterdir()) == []
