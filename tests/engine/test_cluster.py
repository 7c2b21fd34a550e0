"""Steps on a real Dask scheduler and real workers, on this machine: what travels, who is refused, and what dies."""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

pytest.importorskip("distributed", reason="Dask is not installed: it comes with the extras `cluster` and `test`")

from distributed import Client

from generator.engine import BuildError, Ended, FailureKind, Limits, Report, Serial, Started, Step, Target, build
from generator.engine.remote.dask_executor import DaskExecutor
from generator.engine.step import Task
from tests.engine.aftermath import Aftermath

LONG = 120.0
"""Seconds that a busy machine may take; a test ends as soon as it has seen what it waits for."""

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = '''
import os, signal, time
from pathlib import Path
import click
from generator.engine import Made, Rejected

def identify():
    return {"weasyprint": os.environ.get("OTHER_VERSION", "70.0")}

def other():
    return {"weasyprint": "71.0"}

def probe(path, content):
    return dict(line.split("=") for line in content.decode().split())

def page(reads, name, path):
    """Obey each line of a fact file."""
    text = reads.file(path).decode()
    found = [DEEDS[deed](reads, rest) or "" for deed, _, rest in (line.partition(" ") for line in text.splitlines())]
    return Made({"print": "\\n".join(found).encode()}, {f"{name}.html": f"{reads.value('version')} {found}".encode()})

def pdf(reads, printed):
    return Made(outputs={f"{len(printed)}.pdf": printed}) if printed == b"print me" else Made()

def tried(reads, path):
    try:
        return reads.file(path).decode()
    except FileNotFoundError:
        return "nothing"

def on_disk(reads, path):
    reads.file(path)
    return Path(reads.root, path).read_text()

def entry(reads, text):
    path, key = text.split("#")
    reads.peek(path)
    reads.entry(path, key)

def below_root(reads, path):
    return reads.file(f"{reads.root}/{path}").decode()

def die(reads, deaths):
    with open(deaths, "a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)

def die_once(reads, deaths):
    if not Path(deaths).exists():
        die(reads, deaths)

def hold(reads, marker):
    while not Path(marker).exists():
        time.sleep(0.01)

DEEDS = {
    "say": lambda reads, text: text,
    "try": tried,
    "disk": on_disk,
    "entry": entry,
    "below": below_root,
    "folder": lambda reads, path: ",".join(reads.folder(path)),
    "installed": lambda reads, _: str(len(reads.file(click.__file__))),
    "outside": lambda reads, path: reads.file(path),
    "raise": lambda reads, text: 1 / 0,
    "die": die,
    "die-once": die_once,
    "hold": hold,
    "hang": lambda reads, _: time.sleep(60),
    "burn": lambda reads, _: [0 for _ in iter(int, 1)],
    "eat": lambda reads, _: (bytearray(600 << 20), time.sleep(60)),
    "kill": lambda reads, pid: (time.sleep(0.2), os.kill(int(pid), signal.SIGKILL), time.sleep(60)),
    "cached": lambda reads, text: reads.cached("shout", text.encode(), text.upper().encode, bytes.isupper).decode(),
}
'''


class Steps(NamedTuple):
    module: Any
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": os.pathsep.join([str(self.folder), *sys.path])}

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            env={**self.environment, **more},
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def scheduler(self, name: str) -> tuple[subprocess.Popen[bytes], str]:
        file = self.folder / f"{name}.json"
        process = self.start(
            *("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        )
        wait_until(lambda: file.exists() and file.read_text().endswith("}"))
        return process, str(file)

    def worker(self, scheduler: str, *options: str, **more: str) -> subprocess.Popen[bytes]:
        fixed = ("--scheduler-file", scheduler, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard")
        return self.start("worker", *fixed, "--local-directory", str(self.folder), *options, **more)


def end(process: subprocess.Popen[bytes]) -> None:
    """With the processes that it started: each leads a session of its own."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(3 if kind == signal.SIGTERM else None)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    folder = tmp_path_factory.mktemp("steps")
    (folder / "cluster_steps.py").write_text(STEPS)
    sys.path.insert(0, str(folder))
    yield Steps(importlib.import_module("cluster_steps"), folder)
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def scheduler(steps):
    """A scheduler and two workers, which nannies start again when they die."""
    process, file = steps.scheduler("main")
    workers = [steps.worker(file) for _ in range(2)]
    yield file
    for each in (*workers, process):
        end(each)


class Shop(NamedTuple):
    root: Path
    steps: Steps

    def write(self, path: str, *lines: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(lines))

    def build(self, *names: str, executor: Any = None, **options: Any) -> Report:
        """One target for each fact file."""
        module = self.steps.module
        brief = (Step("page", module.page), Step("pdf", module.pdf, inputs=("page.print",)))
        targets = [Target(name, brief, (name, f"{name}.facts")) for name in names]
        settings = {"root": self.root, "out": self.root / "out", "store": self.root / "store", **options}
        with executor or Serial() as chosen:
            return build(targets, executor=chosen, values={"version": "7"}, probe=module.probe, **settings)

    def build_all(self, executor: Any, **facts: str) -> Report:
        self.write_all(**facts)
        return self.build(*facts, executor=executor)

    def write_all(self, **facts: str) -> None:
        """One fact file each, with the orders in it."""
        for name, orders in facts.items():
            self.write(f"{name}.facts", orders)

    def aftermath(self, *built: str, **facts: str) -> Aftermath:
        """With outputs of a build that went well, for facts that will now be others.

        If only one is `built`, it is the first that the next build begins: those that took long go first, then new ones.
        """
        self.write_all(**facts)
        found = Aftermath(self, *facts)
        found.learn()
        self.build(*(built or facts))
        return found

    def cluster(self, address: str, **options: Any) -> DaskExecutor:
        usual = {"identify": self.steps.module.identify, "limits": Limits(), "patience": LONG}
        return DaskExecutor(address, **{**usual, "foresee": fact_files, "tell": lambda message: None, **options})


def fact_files(task: Task) -> list[str]:
    return [value for value in task.arguments if isinstance(value, str) and Path(task.world.root, value).is_file()]


@pytest.fixture
def shop(tmp_path, steps):
    return Shop(tmp_path, steps)


def test_content_travels_and_traces_are_as_if_made_here(shop, scheduler):
    shop.write("templates/page.html", "a template")
    shop.write("sources", "mill=1859 other=1900")
    shop.write("captures/mill", "never seen coming")
    facts = {
        "a": "disk templates/page.html\nbelow templates/page.html\nfolder templates\ncached loud\ninstalled",
        "b": "entry sources#mill\ntry captures/mill\ntry captures/none\nfolder captures\nfolder none",
        "c": "say print me",
    }
    on_cluster = shop.build_all(shop.cluster(scheduler, shared=("templates", "sources")), **facts)
    assert [str(outcome.status) for outcome in on_cluster.outcomes] == ["built"] * 3
    made = {path.name: path.read_text() for path in (shop.root / "out").iterdir()}
    assert "a template" in made["a.html"]
    assert "LOUD" in made["a.html"]
    assert made["b.html"] == "7 ['', 'never seen coming', 'nothing', 'mill', '']"
    assert made["8.pdf"] == "print me"
    here = shop.build_all(Serial(), **facts)
    assert [str(outcome.status) for outcome in here.outcomes] == ["skipped"] * 3
    shop.write("templates/page.html", "another template")
    shop.write("captures/none", "now there")
    later = shop.build_all(Serial(), **facts)
    assert [str(outcome.status) for outcome in later.outcomes] == ["built", "built", "skipped"]


def test_a_step_that_fails_there_is_told_of_here(shop, scheduler):
    report = shop.build_all(shop.cluster(scheduler), bad="raise", outside="outside /etc/hostname", fine="say so")
    assert [str(outcome.status) for outcome in report.outcomes] == ["broken", "broken", "built"]
    assert report.outcomes[0].failure.message.startswith("ZeroDivisionError")
    assert "/etc/hostname is outside the project" in report.outcomes[1].failure.message


def test_what_a_dying_worker_was_at_is_done_elsewhere(shop, scheduler, tmp_path):
    deaths = tmp_path / "deaths"
    aftermath = shop.aftermath(a="say 0", b="say 0", c="say 0")
    shop.write_all(a="say a", b=f"die-once {deaths}\nsay b", c="say c")
    deaths.touch()
    aftermath.learn()
    deaths.unlink()
    report = aftermath.build(executor=shop.cluster(scheduler))
    assert [str(outcome.status) for outcome in report.outcomes] == ["built"] * 3
    assert deaths.read_text() == "x"
    assert [str(each.status) for each in aftermath.assert_survived().outcomes] == ["skipped"] * 3


def test_a_result_that_is_lost_with_its_worker_is_made_again(shop, scheduler, monkeypatch):
    """The worker dies when it has said that it is done, and before it was asked for what it has made."""
    take = DaskExecutor._take
    killed: list[int] = []

    def take_late(cluster: DaskExecutor, token: str) -> None:
        assignment = cluster._assignments.get(token)
        if assignment and not killed:
            killed.append(cluster._client.run(os.getpid, workers=[assignment.worker])[assignment.worker])
            os.kill(killed[0], signal.SIGKILL)
            wait_until(lambda: assignment.future.status == "lost")
        take(cluster, token)

    monkeypatch.setattr(DaskExecutor, "_take", take_late)
    aftermath = shop.aftermath(a="say 0", b="say 0")
    shop.write_all(a="say a", b="say b")
    aftermath.learn()
    assert aftermath.build(executor=shop.cluster(scheduler)).ok
    assert killed
    aftermath.assert_survived()


def test_a_brief_that_kills_three_workers_is_given_up_and_the_rest_goes_on(shop, scheduler, tmp_path):
    """Nor is what runs at the same time taken for what kills."""
    facts = {"poison": "say 0", "a": "say 0", "endless": "say 0", "b": "say 0", "c": "say 0"}
    aftermath = shop.aftermath(**facts)
    new = {name: f"say {name}" for name in facts}
    shop.write_all(**new)
    aftermath.learn()
    shop.write_all(**{**new, "poison": f"die {tmp_path}/deaths", "endless": "hang"})
    report = aftermath.build(executor=shop.cluster(scheduler, limits=Limits(wall_seconds=3)))
    assert [str(outcome.status) for outcome in report.outcomes] == ["broken", "built", "broken", "built", "built"]
    broken = [outcome.failure for outcome in report.outcomes if outcome.failure]
    assert {failure.kind for failure in broken} == {FailureKind.DIED}
    assert "every worker that tried it died" in broken[0].message
    assert (tmp_path / "deaths").read_text() == "xxx"
    aftermath.assert_whole()
    shop.write_all(**new)
    finished = aftermath.assert_survived()
    assert [str(outcome.status) for outcome in finished.outcomes] == ["built", "skipped", "built", "skipped", "skipped"]


@pytest.mark.parametrize(
    ("deed", "limits"),
    [
        ("burn", Limits(cpu_seconds=1, wall_seconds=0)),
        ("eat", Limits(cpu_seconds=0, wall_seconds=0, memory_bytes=200 << 20)),
    ],
    ids=["processor time", "memory"],
)
def test_limits_hold_on_a_cluster_too(shop, scheduler, deed, limits):
    aftermath = shop.aftermath(a="say 0", b="say 0")
    shop.write_all(a=f"{deed} x", b="say 1")
    report = aftermath.build(executor=shop.cluster(scheduler, limits=limits))
    assert [str(outcome.status) for outcome in report.outcomes] == ["broken", "built"]
    assert report.outcomes[0].failure.kind == FailureKind.DIED


def test_no_more_workers_are_used_than_there_are_jobs(shop, scheduler):
    with shop.cluster(scheduler, jobs=1) as executor:
        assert executor.room == 1


def wait_until(true: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_a_worker_with_other_versions_is_refused_and_the_others_work(shop, steps, scheduler):
    stranger = steps.worker(scheduler, "--no-nanny", OTHER_VERSION="69.0")
    said: list[str] = []
    try:
        with Client(scheduler_file=scheduler, set_as_default=False) as lookout:
            lookout.wait_for_workers(3, timeout=LONG)
        facts = {name: f"say {name}" for name in "abcdef"}
        report = shop.build_all(shop.cluster(scheduler, tell=said.append), **facts)
    finally:
        end(stranger)
    assert report.ok
    (message,) = said
    assert message.endswith("is refused: weasyprint is 69.0 there and 70.0 here")


def test_a_worker_that_joins_late_with_other_versions_is_refused_and_the_others_work(shop, steps, tmp_path):
    """It joins while the only good worker is held up by `a`, which goes on when the stranger has been refused."""
    process, file = steps.scheduler("joined")
    started, said = [process, steps.worker(file, "--no-nanny")], []

    def refused(message: str) -> None:
        said.append(message)
        (tmp_path / "go on").touch()

    def join(event: object) -> None:
        if event == Started("a", "page"):
            started.append(steps.worker(file, "--no-nanny", OTHER_VERSION="69.0"))

    aftermath = shop.aftermath("a", a="say 0", b="say 0", c="say 0")
    shop.write_all(a=f"hold {tmp_path}/go on", b="say b", c="say c")
    (tmp_path / "go on").touch()
    aftermath.learn()
    (tmp_path / "go on").unlink()
    try:
        report = aftermath.build(
            executor=shop.cluster(file, tell=refused, limits=Limits(wall_seconds=LONG)), on_event=join
        )
    finally:
        for each in reversed(started):
            end(each)
    assert report.ok
    (message,) = said
    assert message.endswith("is refused: weasyprint is 69.0 there and 70.0 here")
    aftermath.assert_survived()


def test_where_only_workers_that_do_not_fit_are_left_the_build_ends(shop, steps, tmp_path):
    process, file = steps.scheduler("deserted")
    started = [process, steps.worker(file, "--no-nanny"), steps.worker(file, "--no-nanny", OTHER_VERSION="69.0")]
    aftermath = shop.aftermath("a", a="say 0", b="say 0")
    shop.write_all(a="say a", b="say b")
    aftermath.learn()
    shop.write_all(b=f"die {tmp_path}/deaths")
    try:
        with Client(scheduler_file=file, set_as_default=False) as lookout:
            lookout.wait_for_workers(2, timeout=LONG)
        cluster = shop.cluster(file, patience=5.0)
        with pytest.raises(BuildError, match=r"no worker that fits for 5 s; .* weasyprint is 69.0 there and 70.0 here"):
            aftermath.build(executor=cluster)
    finally:
        for each in reversed(started):
            end(each)
    aftermath.assert_whole()
    shop.write_all(b="say b")
    assert [str(each.status) for each in aftermath.assert_survived().outcomes] == ["skipped", "built"]


def test_where_no_worker_fits_nothing_is_begun(shop, steps, scheduler):
    with pytest.raises(BuildError, match=r"no worker of the cluster fits; .* weasyprint is 70.0 there and 71.0 here"):
        shop.cluster(scheduler, identify=only_here(steps.module.identify, steps.module.other))


def only_here(there, here):
    """Something that is one function in this process, and pickles as another."""
    return type(
        "Identify", (), {"__call__": lambda _: here(), "__reduce__": lambda _: (getattr, (there, "__call__"))}
    )()


@pytest.mark.parametrize("when", ["a task is out", "no task is out"])
def test_a_scheduler_that_goes_ends_the_build_and_what_is_finished_is_kept(shop, steps, when):
    process, file = steps.scheduler("doomed")
    worker = steps.worker(file, "--no-nanny")
    aftermath = shop.aftermath("a", a="say 0", b="say 0")
    shop.write_all(a="say a", b="say b")
    aftermath.learn()

    def kill(event: object) -> None:
        if isinstance(event, Ended) and event.outcome.target == "a":
            process.kill()
            process.wait()

    options: dict[str, Any] = {"on_event": kill}
    if when == "a task is out":
        shop.write_all(b=f"kill {process.pid}")
        options = {}
    try:
        with pytest.raises(BuildError, match=r"the Dask scheduler at .*doomed.json is gone; what was finished is kept"):
            aftermath.build(executor=shop.cluster(file), **options)
    finally:
        end(worker)
        end(process)
        Path(file).unlink()
    aftermath.assert_whole()
    shop.write_all(b="say b")
    assert [str(outcome.status) for outcome in aftermath.assert_survived().outcomes] == ["skipped", "built"]


def test_where_there_is_no_cluster_the_message_says_so(shop, tmp_path):
    with pytest.raises(BuildError, match=r"cannot read the scheduler file .*none.json: no such file"):
        shop.cluster(str(tmp_path / "none.json"))
    with pytest.raises(BuildError, match=r"no Dask scheduler answers at tcp://127.0.0.1:1"):
        shop.cluster("tcp://127.0.0.1:1", patience=0.5)
    (tmp_path / "odd.json").write_text(json.dumps({"type": "Scheduler"}))
    with pytest.raises(BuildError, match=r"odd.json is not a scheduler file"):
        shop.cluster(str(tmp_path / "odd.json"))
    for address in ("", "tcp://", "10.0.0.5", "tcp://127.0.0.1:port", "ws://127.0.0.1:1"):
        with pytest.raises(BuildError, match="is not the address of a Dask scheduler; write it as tcp://"):
            shop.cluster(address)
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        pytest.raises(BuildError, match=r"no Dask scheduler answers at .*: what answers is no scheduler"),
    ):
        shop.cluster(f"tcp://127.0.0.1:{mute.getsockname()[1]}", patience=0.5)
