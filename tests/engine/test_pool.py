"""Workers that die, hang or eat the machine fail their own task, and nothing else."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from generator.engine import Ended, FailureKind, Limits, Made, Pool, Reads, Report, Serial, Step, Target, build
from generator.engine.processes import child, pool
from generator.engine.step import Task
from generator.engine.trace import World
from tests.engine.aftermath import Aftermath

LONG = 120.0
"""Seconds that a busy machine may take; a test ends as soon as it has seen what it waits for."""

NARROW = {
    FailureKind.WALL: Limits(wall_seconds=3),
    FailureKind.STUCK: Limits(stall_seconds=1),
    FailureKind.CPU: Limits(cpu_seconds=1),
    FailureKind.MEMORY: Limits(memory_bytes=256 << 20),
}
"""Limits of which one alone can be reached, however busy the machine."""

DEAF = Limits(wall_seconds=10)
"""For what the parent has to end, which counts the start of the worker too."""


WARM: list[str] = []


def behave(reads: Reads, name: str, how: str) -> Made:
    if how.startswith("wait for /"):
        wait_until(Path(how.removeprefix("wait for ")).exists)
    if how.startswith("listen to /"):
        return Made(outputs={name: Path(how.removeprefix("listen to ")).read_bytes()})
    if how.startswith("compute for /"):
        compute()
        Path(how.removeprefix("compute for ")).write_bytes(b"computed")
    return Made(outputs={name: BEHAVIOURS.get(how, how.encode)()})


def hang_deaf() -> bytes:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    time.sleep(60)
    return b""


def wait_for_itself() -> bytes:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()  # in C, without end, as a child waits that was forked beside a thread
    return b""


def nap() -> bytes:
    time.sleep(3)
    return b""


def compute() -> None:
    end = time.process_time() + 3
    while time.process_time() < end:
        pass


def have_it_computed() -> bytes:
    """Wait, for longer than a worker may that does nothing, for a process that computes, as pandoc does."""
    program = "import time; end = time.process_time() + 3\nwhile time.process_time() < end: pass"
    subprocess.run([sys.executable, "-c", program], check=True)
    return b"computed"


def burn() -> bytes:
    while True:
        pass


def eat_bit_by_bit() -> bytes:
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))


def fail() -> bytes:
    raise RuntimeError("oh")


BEHAVIOURS: dict[str, Callable[[], Any]] = {
    "hang": lambda: time.sleep(60),
    "hang deaf": hang_deaf,
    "wait for itself": wait_for_itself,
    "have it computed": have_it_computed,
    "burn": burn,
    "eat": lambda: b"x" * (1 << 40),
    "eat bit by bit": eat_bit_by_bit,
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crash": lambda: signal.raise_signal(signal.SIGQUIT),
    "exit": lambda: os._exit(3),
    "raise": fail,
    "unsendable": lambda: lambda: None,
    "pid": lambda: str(os.getpid()).encode(),
    "nap": nap,
    "warmth": lambda: " ".join(WARM).encode(),
}


def note(path: str) -> None:
    """Write the number of this process into a file, whole at once, unless another process was first."""
    Path(f"{path}.{os.getpid()}").write_text(str(os.getpid()))
    with suppress(FileExistsError):
        os.link(f"{path}.{os.getpid()}", path)


def warm_up() -> None:
    WARM.append(str(os.getpid()))


def fail_to_warm_up() -> None:
    raise ImportError("no such font")


def run(folder: Path, executor, *behaviours: str, warm=None) -> Report:
    step = (Step("behave", behave, warm=warm),)
    targets = [Target(f"{number}", step, (f"{number}", how)) for number, how in enumerate(behaviours)]
    with executor:
        return build(targets, root=folder, out=folder / "out", store=folder / "store", executor=executor)


def made(folder: Path, report: Report) -> list[str]:
    return [(folder / "out" / outcome.target).read_text() for outcome in report.outcomes]


@pytest.mark.parametrize(
    ("how", "kind", "message"),
    [
        ("hang", FailureKind.WALL, "it took longer than 3 s, in <lambda> (tests/engine/test_pool.py:"),
        ("hang deaf", FailureKind.WALL, "it took longer than 10 s, in hang_deaf (tests/engine/test_pool.py:"),
        (
            "wait for itself",
            FailureKind.STUCK,
            "it hung: it did nothing for 1 s, in wait_for_itself (tests/engine/test_pool",
        ),
        ("burn", FailureKind.CPU, "it took more than 1 s of processor time, in burn (tests/engine/test_pool.py:"),
        ("eat", FailureKind.MEMORY, "it needed more memory than it may use"),
        ("eat bit by bit", FailureKind.MEMORY, "it needed more memory than it may use"),
        ("killed", FailureKind.DIED, "its process was killed, perhaps because the system had no memory left"),
        ("crash", FailureKind.DIED, "its process was ended by SIGQUIT"),
        ("exit", FailureKind.DIED, "its process ended with exit code 3"),
        ("raise", FailureKind.CRASHED, "RuntimeError: oh"),
    ],
)
def test_a_task_that_goes_wrong_fails_alone(tmp_path, monkeypatch, how, kind, message):
    if how == "hang":
        monkeypatch.setattr(
            pool, "GRACE", LONG
        )  # it is the kernel that ends it, which counts from the start of the step
    limits = DEAF if how == "hang deaf" else NARROW.get(kind)
    report = run(tmp_path, Pool(2, limits), "a", how, "b", "c", "d")
    statuses = [str(outcome.status) for outcome in report.outcomes]
    assert statuses == ["built", "broken", "built", "built", "built"]
    failure = report.outcomes[1].failure
    assert failure.kind == kind
    assert failure.message.startswith(message)


def test_a_worker_is_replaced_after_its_seconds_of_work(tmp_path, monkeypatch):
    assert len(set(made(tmp_path, run(tmp_path, Pool(1), "pid", "pid", "pid")))) == 1
    monkeypatch.setattr(pool, "SECONDS_A_WORKER", 0.0)
    assert len(set(made(tmp_path / "more", run(tmp_path / "more", Pool(1), "pid", "pid", "pid")))) == 3


def test_a_step_that_waits_for_a_process_at_work_is_not_stuck(tmp_path):
    report = run(tmp_path, Pool(1, Limits(stall_seconds=1)), "have it computed")
    assert made(tmp_path, report) == ["computed"]


def test_a_step_that_waits_for_another_worker_at_work_is_not_stuck(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    report = run(
        tmp_path, Pool(2, Limits(stall_seconds=1)), f"listen to {tmp_path / 'pipe'}", f"compute for {tmp_path / 'pipe'}"
    )
    assert [str(outcome.status) for outcome in report.outcomes] == ["built", "built"]


def test_the_time_in_which_nobody_looks_at_a_step_does_not_count(tmp_path, monkeypatch):
    """As after a pause of the whole machine: its clock has gone on, and no process has."""
    os.mkfifo(tmp_path / "pipe")
    clock = time.monotonic
    pauses: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: clock() + sum(pauses))

    def pause(event: object) -> None:
        if isinstance(event, Ended) and event.outcome.target == "first":
            pauses.append(3600.0)
        elif isinstance(event, Ended) and event.outcome.target == "last":
            with os.fdopen(os.open(tmp_path / "pipe", os.O_WRONLY | os.O_NONBLOCK), "wb") as pipe:
                pipe.write(b"heard")

    step = (Step("behave", behave),)
    orders = {"waits": f"listen to {tmp_path / 'pipe'}", "first": "nap", "last": "nap"}
    targets = [Target(name, step, (name, how)) for name, how in orders.items()]
    with Pool(2, Limits(wall_seconds=0, stall_seconds=LONG)) as executor:
        places = {"root": tmp_path, "out": tmp_path / "out", "store": tmp_path / "store", "executor": executor}
        report = build(targets, on_event=pause, **places)
    assert [str(outcome.status) for outcome in report.outcomes] == ["built"] * 3
    assert (tmp_path / "out/waits").read_bytes() == b"heard"


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ("eat 512", FailureKind.MEMORY),
        ("die-unless {mended}", FailureKind.DIED),
        ("wait-for {mended}", FailureKind.WALL),
    ],
    ids=["out of memory", "killed", "hung"],
)
def test_a_target_whose_worker_fails_keeps_its_outputs_until_it_can_be_made(workshop, monkeypatch, order, kind):
    """As on a machine that has too little memory today, and enough tomorrow: nothing was edited in between."""
    monkeypatch.setattr(pool, "GRACE", LONG)
    aftermath, mended = Aftermath(workshop, "x", "y", "z"), workshop.root / "mended"
    for name in "xyz":
        workshop.write(name, "print one")
    aftermath.learn()
    aftermath.build()
    for name in "xyz":
        workshop.write(name, "print two", order.format(mended=mended) if name == "y" else "")
    mended.touch()
    aftermath.learn()
    mended.unlink()
    limits = {FailureKind.MEMORY: Limits(memory_bytes=256 << 20), FailureKind.WALL: Limits(wall_seconds=3)}
    with Pool(2, limits.get(kind)) as executor:
        report = aftermath.build(executor=executor)
    assert [str(outcome.status) for outcome in report.outcomes] == ["built", "broken", "built"]
    assert report.outcomes[1].failure.kind == kind
    assert workshop.read("y.pdf") == "%PDF y one"
    mended.touch()
    with Pool(2) as executor:
        finished = aftermath.assert_survived(executor=executor)
    assert [str(outcome.status) for outcome in finished.outcomes] == ["skipped", "built", "skipped"]


def test_a_result_that_cannot_be_sent_is_a_failure(tmp_path):
    report = run(tmp_path, Pool(1), "unsendable", "fine")
    assert report.outcomes[0].failure.message.startswith("its result cannot be sent")
    assert report.outcomes[1].status == "built"


def test_a_task_that_cannot_be_sent_fails_alone(tmp_path):
    steps = (Step("local", lambda reads, name, how: Made()),), (Step("behave", behave),)
    targets = [Target(f"{number}", step, (f"{number}", "fine")) for number, step in enumerate(steps)]
    with Pool(1) as executor:
        report = build(targets, root=tmp_path, out=tmp_path / "out", store=tmp_path / "store", executor=executor)
    assert [str(outcome.status) for outcome in report.outcomes] == ["broken", "built"]
    assert report.outcomes[0].failure.message.startswith("it cannot be sent to a worker: ")


def test_an_idle_worker_that_was_killed_is_replaced(tmp_path):
    """It is noticed before the next task is handed to it, or while that is sent."""
    with Pool(1) as executor:
        places = {"root": tmp_path, "out": tmp_path / "out", "store": tmp_path / "store", "executor": executor}
        step = (Step("behave", behave),)
        build([Target("first", step, ("first", "pid"))], **places)
        killed = int((tmp_path / "out/first").read_text())
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: gone(killed))
        build([Target("second", step, ("second", "pid"))], prune=False, **places)
        assert int((tmp_path / "out/second").read_text()) != killed


def test_where_no_process_can_be_started_tasks_fail_until_one_can(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    with Pool(2, ahead=(warm_up,)) as executor:
        places = {"root": tmp_path, "out": tmp_path / "out", "store": tmp_path / "store", "executor": executor}
        targets = [Target(name, (Step("behave", behave),), (name, "fine")) for name in "ab"]
        monkeypatch.setattr(child, "start", refuse)
        executor.prepare()
        failures = [outcome.failure for outcome in build(targets, **places).outcomes]
        assert [failure.message for failure in failures] == ["no process could be started for it"] * 2
        monkeypatch.undo()
        assert build(targets, **places).ok


def test_a_pool_takes_one_task_more_than_it_has_workers(tmp_path):
    how = f"wait for {tmp_path / 'end'}"
    rooms = []
    with Pool(2) as executor:
        for number in range(3):
            rooms.append(executor.room)
            executor.submit(Task(number, "t: behave", behave, (str(number), how), World(str(tmp_path))))
        rooms.append(executor.room)
        (tmp_path / "end").touch()
        answered = 0
        while answered < 3:
            answered += len(executor.wait())
        rooms.append(executor.room)
    assert rooms == [3, 2, 1, 0, 3]


def test_there_are_as_many_workers_as_this_process_may_use_processors():
    program = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
        "from generator.engine.processes.pool import processors; print(processors())"
    )
    ran = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert ran.stdout == "1\n"


def test_workers_are_used_again(tmp_path):
    report = run(tmp_path, Pool(1), "pid", "pid", "pid")
    assert len(set(made(tmp_path, report))) == 1


def test_a_worker_warms_itself_before_the_step(tmp_path):
    report = run(tmp_path, Pool(1), "warmth", "pid", warm=warm_up)
    assert len(set(made(tmp_path, report))) == 1


def test_an_idle_worker_runs_the_warm_ups_that_it_was_given(tmp_path):
    with Pool(1, ahead=(fail_to_warm_up, partial(note, str(tmp_path / "warm")))) as executor:
        executor.prepare()
        wait_until(lambda: (tmp_path / "warm").exists())
        places = {"root": tmp_path, "out": tmp_path / "out", "store": tmp_path / "store", "executor": executor}
        build([Target("t", (Step("behave", behave),), ("t", "pid"))], **places)
        assert (tmp_path / "out/t").read_text() == (tmp_path / "warm").read_text()


def test_the_next_task_finds_a_worker_that_was_started_for_it(tmp_path):
    with Pool(2, ahead=(partial(note, str(tmp_path / "warm")),)) as executor:
        places = {"root": tmp_path, "out": tmp_path / "out", "store": tmp_path / "store", "executor": executor}
        step = (Step("behave", behave),)
        build([Target("first", step, ("first", f"wait for {tmp_path / 'warm'}"))], **places)
        build([Target("second", step, ("second", "pid"))], prune=False, **places)
        assert (tmp_path / "out/second").read_text() == (tmp_path / "warm").read_text()


def test_a_wait_can_be_interrupted_until_it_is_resumed(tmp_path):
    executor = Pool(1)
    threading.Timer(0.2, executor.interrupt).start()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            executor.wait()
    executor.resume()
    assert made(tmp_path, run(tmp_path, executor, "goes on")) == ["goes on"]


@pytest.mark.parametrize("executor", [Serial, Pool])
def test_a_warm_up_that_fails_is_a_failure_of_the_task(tmp_path, executor):
    (outcome,) = run(tmp_path, executor(), "fine", warm=fail_to_warm_up).outcomes
    assert outcome.failure.message == "ImportError: no such font"


def test_steps_are_imported_from_where_the_parent_found_them(tmp_path, monkeypatch):
    (tmp_path / "steps_elsewhere.py").write_text(
        "import os\n"
        "from generator.engine import Made\n"
        "def step(reads, name, how):\n"
        "    if how == 'exit': os._exit(3)\n"
        "    return Made(outputs={name: reads.file(how)})\n"
    )
    (tmp_path / "good").write_text("content")
    monkeypatch.syspath_prepend(tmp_path)
    steps = (Step("step", import_module("steps_elsewhere").step),)
    targets = [Target("a", steps, ("a", "good")), Target("b", steps, ("b", "exit"))]
    with Pool(1) as executor:
        report = build(targets, root=tmp_path, out=tmp_path / "out", store=tmp_path / "store", executor=executor)
    assert [str(outcome.status) for outcome in report.outcomes] == ["built", "broken"]
    assert (tmp_path / "out/a").read_text() == "content"


SLOW_STEP = """
import os, time
from pathlib import Path
from generator.engine import Made

def step(reads, name, seconds):
    if seconds:
        Path("pid").write_text(str(os.getpid()))
        time.sleep(seconds)
    return Made(outputs={name: b"done"})
"""

INTERRUPTED = """
import sys
from pathlib import Path
from generator.engine import Ended, Pool, Step, Target, build
from slow_step import step

def show(event):
    if isinstance(event, Ended):
        print(event.outcome.target, flush=True)

if __name__ == "__main__":
    steps = (Step("step", step),)
    targets = [Target(n, steps, (n, s)) for n, s in (("a", 0), ("b", 0), ("slow", float(sys.argv[1])), ("c", 0))]
    with Pool(1) as executor:
        report = build(targets, root=Path(), out=Path("out"), store=Path("store"), executor=executor, on_event=show)
    print([(each.target, str(each.status)) for each in report.outcomes], report.interrupted, flush=True)
"""


ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def running(tmp_path):
    """A build that has finished two targets and hangs in the third."""
    (tmp_path / "script.py").write_text(INTERRUPTED)
    (tmp_path / "slow_step.py").write_text(SLOW_STEP)
    process = subprocess.Popen(
        [sys.executable, "script.py", "60"], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert [process.stdout.readline() for _ in "ab"] == ["a\n", "b\n"]
    wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    yield process
    process.kill()
    process.communicate()


def test_an_interruption_ends_the_workers_and_keeps_what_is_finished(tmp_path, running):
    running.send_signal(signal.SIGINT)
    output, _ = running.communicate(timeout=LONG)
    assert output.strip() == "[('a', 'built'), ('b', 'built')] True"
    assert gone(int((tmp_path / "pid").read_text()))
    finished = subprocess.run(
        [sys.executable, "script.py", "0"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert finished.stdout.splitlines()[-1] == (
        "[('a', 'skipped'), ('b', 'skipped'), ('slow', 'built'), ('c', 'built')] False"
    )


def test_workers_die_with_a_parent_that_is_killed(tmp_path, running):
    running.kill()
    running.wait()
    wait_until(lambda: gone(int((tmp_path / "pid").read_text())))


def wait_until(true) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """No such process, or one that has ended and whose parent has not noticed."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
