"""Executor that runs tasks on a Dask cluster. The only importer of `distributed`.

Contents are sent: the shared files once, as one task whose result all others use, and with each task the files that only it reads.
Results come back as bytes through Dask's scheduler. A worker has one task at a time, chosen here and not by Dask. So if a worker
dies, its task is the cause; it is then run again on another worker.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from generator.engine import digest
from generator.engine.errors import BuildError
from generator.engine.executor import Executor
from generator.engine.plain_data import WrongShape
from generator.engine.processes.worker import Limits
from generator.engine.remote import messages
from generator.engine.remote.dask_workers import DaskWorkers, SchedulerGone
from generator.engine.remote.input_bundle import INSTALLED, Bundler, InputBundle, Want, installed_place
from generator.engine.remote.remote_task import RemoteAnswer, RemoteTask, perform
from generator.engine.stat import FileStat, read_with_stat
from generator.engine.step import Failure, FailureKind, Task, TaskAnswer
from generator.engine.trace import Read, ReadKind, World, paths_read
from generator.system.regular_files import read_regular, reason_of

ROUNDS = 20
"""How often a step may ask for missing files before it fails."""

LIVES = 3
"""How many workers may die of a task before it fails."""

TICK = 1.0
"""Seconds between two checks of the list of workers."""

HANDOVER = 10.0
"""Seconds that a result may take to arrive before we check whether its worker is still there."""


@dataclass(slots=True)
class Assignment:
    """A task that is on a worker or waits to be sent again."""

    task: Task
    bundle: InputBundle
    stats: Mapping[str, tuple[FileStat, str]]
    """Of the files in the bundle."""
    future: Any = None
    worker: str = ""
    """Its current or last worker."""
    overdue: float = float("inf")
    """When its worker should have finished or stopped it, on the monotonic clock."""
    rounds: int = 1
    lives: int = LIVES


class DaskExecutor(Executor):
    """Executor of Dask workers. `identify` returns, on any machine, the versions that shape results.

    `shared` names files and folders that are sent to every worker, `foresee` guesses what else a task reads; both are relative to
    the root. `limits` apply to each task, except that of waiting; `jobs` is the number of workers used at once (0: all). `tell` is
    called with a message about each refused worker. Raises BuildError if there is no cluster, or none with the same versions.
    """

    def __init__(
        self,
        address: str,
        *,
        identify: Callable[[], Mapping[str, str]],
        foresee: Callable[[Task], Iterable[str]],
        limits: Limits,
        tell: Callable[[str], object],
        shared: Sequence[str] = (),
        jobs: int = 0,
        patience: float = 60.0,
    ) -> None:
        self._address = address
        self._identify = identify
        self._versions = dict(identify())
        self._paths = shared
        self._foresee = foresee
        self._limits = limits
        self._patience = patience
        self._waiting: deque[Assignment] = deque()
        self._assignments: dict[str, Assignment] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._answers: deque[TaskAnswer] = deque()
        self._snapshot: Snapshot | None = None
        self._installed: dict[str, tuple[str, FileStat, str] | None] = {}
        self._client = connected(address, patience)
        self._workers = DaskWorkers(self._client, address, patience, tell, jobs)
        self._workers.inspect(identify, self._versions)
        self._due = 0.0

    # ------------------------------------------------------------ what every executor does

    @property
    def room(self) -> int:
        return max(1, len(self._workers.fit)) - len(self._waiting) - len(self._assignments) - len(self._answers)

    def submit(self, task: Task) -> None:
        bundler = Bundler(task.world.root)
        bundle = bundler.pack(Want(ReadKind.FILE, path) for path in self._foresee(task))
        self._waiting.append(Assignment(task, bundle, bundler.stats))
        self._dispatch()

    def wait(self) -> Sequence[TaskAnswer]:
        workers = len(self._workers.fit)
        while not self._answers:
            now = time.monotonic()
            if now >= self._due:
                self._watch(now)
            self._dispatch()
            if len(self._workers.fit) > workers and self.room > 0:
                break  # a new worker need not wait until one of the others is done
            try:
                self._take(self._ended.get(timeout=TICK))
            except Empty:
                continue
        answers = list(self._answers)
        self._answers.clear()
        return answers

    def drop(self) -> None:
        futures = [assignment.future for assignment in self._assignments.values()]
        self._waiting.clear()
        self._assignments.clear()
        self._answers.clear()
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)

    def close(self) -> None:
        self._waiting.clear()
        self._assignments.clear()
        self._snapshot = None
        self._client.close(timeout=2)

    # ------------------------------------------------------------ out

    def _dispatch(self) -> None:
        """Send waiting tasks to free workers; a task that returns goes to another worker, if there is one."""
        busy = {assignment.worker for assignment in self._assignments.values()}
        free = [worker for worker in self._workers.fit if worker not in busy] if self._waiting else []
        while self._waiting and free:
            assignment = self._waiting.popleft()
            worker = next((each for each in free if each != assignment.worker), free[0])
            free.remove(worker)
            self._send(assignment, worker)

    def _send(self, assignment: Assignment, worker: str) -> None:
        """Submit a task to one worker of the cluster, with the files that it is expected to read."""
        limit = self._limits.wall_seconds
        snapshot = self._shared(assignment.task.world)
        remote_task = RemoteTask(
            assignment.task, assignment.bundle, snapshot.name, self._identify, self._versions, self._limits
        )
        token = uuid.uuid4().hex
        key = f"{assignment.task.label.rpartition(': ')[2]}-{token}"
        assignment.worker = worker
        assignment.overdue = time.monotonic() + (limit + self._patience if limit else float("inf"))
        assignment.future = self._submit(on_worker, remote_task, snapshot.future, key=key, workers=[worker])
        self._assignments[token] = assignment
        assignment.future.add_done_callback(lambda _: self._ended.put(token))

    def _shared(self, world: World) -> Snapshot:
        """Return the shared files of one build: the result of a task, which Dask runs again if it is lost with a worker.

        It is sent as bytes, so any worker can store it.
        """
        if self._snapshot is None or self._snapshot.world is not world:
            bundler = Bundler(world.root)
            bundle = bundler.everything(self._paths)
            future = self._submit(bytes, messages.packed_bundle(bundle), key=f"shared-{uuid.uuid4().hex}")
            self._snapshot = Snapshot(world, bundle.digest, bundler.stats, future)
        return self._snapshot

    def _submit(self, function: Callable[..., object], *arguments: object, **options: Any) -> Any:
        if self._client.status != "running":
            raise SchedulerGone(self._address)
        return self._client.submit(function, *arguments, pure=False, **options)

    # ------------------------------------------------------------ back

    def _take(self, token: str) -> None:
        """Process the result of an assignment. `_watch` checks results that are not available yet or were lost."""
        assignment = self._assignments.get(token)
        if assignment is None or assignment.future.status in UNSETTLED:
            return
        if assignment.future.status == "error":
            del self._assignments[token]
            self._fail(assignment, assignment.future.exception())
            return
        try:
            answered = assignment.future.result(timeout=HANDOVER)
        except Exception as fault:
            self._excuse(assignment, fault)
            return
        del self._assignments[token]
        try:
            self._receive(assignment, messages.opened(answered))
        except WrongShape:
            message = f"the worker at {assignment.worker} sent something that is not a result of a step"
            self._answers.append(failure(assignment, FailureKind.CRASHED, message))

    def _excuse(self, assignment: Assignment, fault: Exception) -> None:
        """Handle a result that could not be fetched. Without a scheduler this ends the build; `_watch` handles a lost worker."""
        status = assignment.future.status
        if status == "cancelled" or self._client.status != "running":
            raise SchedulerGone(self._address) from None
        if status == "finished" and not isinstance(fault, TimeoutError | OSError):
            raise fault

    def _receive(self, assignment: Assignment, returned: RemoteAnswer) -> None:
        if returned.answer is None:
            self._workers.refuse(returned.worker, returned.differences)
            self._waiting.append(assignment)
        elif not returned.lacking:
            self._answers.append(self._at_home(assignment, returned.answer))
        elif assignment.rounds == ROUNDS:
            message = f"it went on asking for files that it was not given, at last {returned.lacking[0].path}"
            self._answers.append(failure(assignment, FailureKind.CRASHED, message))
        else:
            self._waiting.append(self._with(assignment, returned.lacking))

    def _with(self, assignment: Assignment, lacking: Iterable[Want]) -> Assignment:
        bundler = Bundler(assignment.task.world.root)
        bundle = assignment.bundle | bundler.pack(lacking)
        stats = {**assignment.stats, **bundler.stats}
        return replace(assignment, bundle=bundle, stats=stats, rounds=assignment.rounds + 1)

    def _fail(self, assignment: Assignment, fault: BaseException | None) -> None:
        from distributed import KilledWorker

        if isinstance(fault, KilledWorker):
            self._try_again(assignment, deaths=fault.allowed_failures + 1)
        elif isinstance(fault, ImportError):
            self._workers.refuse(assignment.worker, (f"the generator is not installed there ({fault})",))
            self._waiting.append(assignment)
        else:
            message = f"the cluster could not run it: {type(fault).__name__}: {fault}"
            self._answers.append(failure(assignment, FailureKind.CRASHED, message))

    def _try_again(self, assignment: Assignment, *, deaths: int) -> None:
        assignment.lives -= deaths
        if assignment.lives > 0:
            self._waiting.append(assignment)
        else:
            message = "every worker that tried it died: killed, out of memory, crashed, or out of time"
            self._answers.append(failure(assignment, FailureKind.DIED, message))

    def _watch(self, now: float) -> None:
        """Find workers that are gone, with their tasks, and results that Dask has computed again."""
        self._workers.look()
        for token, assignment in list(self._assignments.items()):
            if assignment.worker not in self._workers.present or assignment.overdue < now:
                del self._assignments[token]
                self._try_again(assignment, deaths=1)
            elif assignment.future.status not in UNSETTLED:
                self._ended.put(token)
        self._due = now + TICK

    def _at_home(self, assignment: Assignment, answer: TaskAnswer) -> TaskAnswer:
        """Return the answer with the trace that the step would have recorded on this machine."""
        shared = self._snapshot.stats if self._snapshot else {}
        stats = {**shared, **assignment.stats}
        lines: list[Read] = []
        used: dict[str, tuple[FileStat, str]] = {}
        for read in answer.trace:
            if read.name.startswith(INSTALLED):
                ours = self._ours(read.name)
                if ours is None or ours[2] != read.digest:
                    message = f"a worker has another {read.name.removeprefix(INSTALLED)} than this machine"
                    return failure(assignment, FailureKind.CRASHED, message)
                used[ours[0]] = ours[1:]
                lines.append(read._replace(name=ours[0]))
            else:
                lines.append(read)
        root = f"{assignment.task.world.root}/"
        for path in paths_read(lines):
            if (relative := path.removeprefix(root)) in stats:
                used[path] = stats[relative]
        return replace(answer, number=assignment.task.number, trace=tuple(lines), stats=used)

    def _ours(self, name: str) -> tuple[str, FileStat, str] | None:
        """Return path, stat and digest of an installed file on this machine."""
        if name not in self._installed:
            path = installed_place(name)
            self._installed[name] = None if path is None else looked_at(path)
        return self._installed[name]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The shared files of one build, as they were sent."""

    world: World
    name: str
    stats: Mapping[str, tuple[FileStat, str]]
    future: Any


_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[^\s:/\[\]]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
"""Scheme, host and port. For some other texts, such as `ws://` without a server, Dask waits for ever."""

UNSETTLED = ("pending", "lost")
"""States of a future that is not done, or whose result was lost with its worker."""


def connected(address: str, patience: float) -> Any:
    """Return a client of the scheduler at an address or in a scheduler file, once it has a worker. Raises BuildError."""
    try:
        from distributed import Client
    except ImportError:
        raise BuildError("building on a cluster needs Dask: install the extra `cluster`") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # important errors are raised as exceptions
    where = listed_in(address) if address.endswith(".json") else address
    if not _ADDRESS.fullmatch(where):
        raise BuildError(
            f"“{where}” is not the address of a Dask scheduler; write it as tcp://10.0.0.5:8786, or name its scheduler file"
        )
    try:
        client: Any = _in_time(
            lambda: Client(where, timeout=min(patience, 10), set_as_default=False, name="brief"),  # type: ignore[no-untyped-call]
            patience + 5,
        )
    except Exception as fault:  # Dask raises anything if something else answers
        raise BuildError(f"no Dask scheduler answers at {address}: {fault or type(fault).__name__}") from None
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        client.close(timeout=2)
        raise BuildError(f"no worker joined the scheduler at {address} within {patience:g} s") from None
    return client


def _in_time(make: Callable[[], Any], seconds: float) -> Any:
    """Return what `make` returns. Raises TimeoutError: Dask waits for ever for a server that is no scheduler."""
    results: SimpleQueue[Any] = SimpleQueue()

    def run() -> None:
        try:
            results.put(make())
        except Exception as fault:
            results.put(fault)

    threading.Thread(target=run, daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except Empty:
        raise TimeoutError("what answers is no scheduler") from None
    if isinstance(result, Exception):
        raise result
    return result


def listed_in(file: str) -> str:
    """Return the address in a scheduler file (`dask scheduler --scheduler-file`). Raises BuildError."""
    try:
        return str(json.loads(read_regular(file))["address"])
    except OSError as fault:
        raise BuildError(f"cannot read the scheduler file {file}: {reason_of(fault)}") from None
    except (ValueError, LookupError, TypeError):
        raise BuildError(f"{file} is not a scheduler file: it names no address") from None


def on_worker(remote_task: RemoteTask, shared: bytes) -> bytes:
    """Run a task on a worker; return an envelope. The worker removes its folder when it ends."""
    from distributed import get_worker

    worker = get_worker()
    folder = Path(worker.local_directory) / "steps"
    returned = perform(remote_task, messages.opened_bundle(shared), folder)
    return messages.packed(replace(returned, worker=worker.address))


def looked_at(path: str) -> tuple[str, FileStat, str] | None:
    try:
        content, stat = read_with_stat(path)
    except OSError:
        return None
    return path, stat, digest.of_bytes(content)


def failure(assignment: Assignment, kind: FailureKind, message: str) -> TaskAnswer:
    return TaskAnswer(assignment.task.number, Failure(kind, message))
