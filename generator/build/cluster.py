"""Tasks on the workers of a Dask cluster. The only importer of `distributed`, an optional extra.

Content travels: the shared files once, as one task whose result all others take, and with each task what it alone reads; results
come back as bytes, by way of the scheduler. A worker has one task at a time, chosen here and not by Dask, so that the task is to blame
if the worker dies, and no other; it is then run again on another worker. Knows tasks; knows neither targets nor traces.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from generator.build import digest, envelope
from generator.build.errand import Errand, perform
from generator.build.faults import BuildFault
from generator.build.parcel import INSTALLED, Packer, Parcel, Want, installed_place
from generator.build.reads import FILE_KINDS, Kind, Read
from generator.build.roster import Roster, SchedulerGone
from generator.build.shapes import WrongShape
from generator.build.signature import Signature, read_settled
from generator.build.task import Answer, Failure, FailureKind, Task
from generator.build.worker import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from generator.build.errand import Returned
    from generator.build.reads import World

ROUNDS = 20
"""How often a step may ask for files that it was not given before it is given up."""

LIVES = 3
"""How many workers may die of a task before it is given up."""

TICK = 1.0
"""Seconds between two looks at which workers there are."""

HANDOVER = 10.0
"""Seconds that a result may take from a worker to here before we look whether the worker is still there."""


@dataclass(slots=True)
class Flight:
    """A task that is out, or waits to go out again."""

    task: Task
    parcel: Parcel
    signatures: Mapping[str, tuple[Signature, str]]
    """Of the files in the parcel."""
    future: Any = None
    worker: str = ""
    """Who has it, or had it last."""
    overdue: float = float("inf")
    """When its worker should have ended it, or itself: on the monotonic clock."""
    rounds: int = 1
    lives: int = LIVES


class Cluster:
    """An executor of Dask workers. `identify` tells, on any machine, the versions that shape results.

    `shared` names files and folders that travel to every worker, `foresee` guesses what else a task reads; both relative to
    the root. `tell` hears about workers that are refused. Raises BuildFault where there is no cluster, or none that fits.
    """

    def __init__(
        self,
        address: str,
        *,
        identify: Callable[[], Mapping[str, str]],
        shared: Sequence[str] = (),
        foresee: Callable[[Task], Iterable[str]] | None = None,
        limits: Limits | None = None,
        patience: float = 60.0,
        tell: Callable[[str], object] | None = None,
    ) -> None:
        self._address = address
        self._identify = identify
        self._versions = dict(identify())
        self._paths = shared
        self._foresee = foresee or files_among_arguments
        self._limits = limits or Limits()
        self._patience = patience
        self._waiting: deque[Flight] = deque()
        self._flights: dict[str, Flight] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._answers: deque[Answer] = deque()
        self._snapshot: Snapshot | None = None
        self._installed: dict[str, tuple[str, Signature, str] | None] = {}
        self._client = connected(address, patience)
        self._roster = Roster(self._client, address, patience, tell or (lambda message: None))
        self._roster.inspect(identify, self._versions)
        self._due = 0.0

    # ------------------------------------------------------------ what every executor does

    @property
    def room(self) -> int:
        return max(1, len(self._roster.fit)) - len(self._waiting) - len(self._flights) - len(self._answers)

    def submit(self, task: Task) -> None:
        packer = Packer(task.world.root)
        parcel = packer.pack(Want(Kind.FILE, path) for path in self._foresee(task))
        self._waiting.append(Flight(task, parcel, packer.signatures))
        self._dispatch()

    def wait(self) -> Sequence[Answer]:
        workers = len(self._roster.fit)
        while not self._answers:
            now = time.monotonic()
            if now >= self._due:
                self._watch(now)
            self._dispatch()
            if len(self._roster.fit) > workers and self.room > 0:
                break  # what has joined need not wait until one of the others is done
            try:
                self._take(self._ended.get(timeout=TICK))
            except Empty:
                continue
        answers = list(self._answers)
        self._answers.clear()
        return answers

    def drop(self) -> None:
        futures = [flight.future for flight in self._flights.values()]
        self._waiting.clear()
        self._flights.clear()
        self._answers.clear()
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)

    def close(self) -> None:
        self._waiting.clear()
        self._flights.clear()
        self._snapshot = None
        self._client.close(timeout=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ out

    def _dispatch(self) -> None:
        """Give what waits to workers that have nothing; to another one than last time, if there is one."""
        busy = {flight.worker for flight in self._flights.values()}
        free = [worker for worker in self._roster.fit if worker not in busy] if self._waiting else []
        while self._waiting and free:
            flight = self._waiting.popleft()
            worker = next((each for each in free if each != flight.worker), free[0])
            free.remove(worker)
            self._send(flight, worker)

    def _send(self, flight: Flight, worker: str) -> None:
        limit = self._limits.wall_seconds
        snapshot = self._shared(flight.task.world)
        errand = Errand(flight.task, flight.parcel, snapshot.name, self._identify, self._versions, limit)
        token = uuid.uuid4().hex
        key = f"{flight.task.function.__name__}-{token}"
        flight.worker = worker
        flight.overdue = time.monotonic() + (limit + self._patience if limit else float("inf"))
        flight.future = self._submit(on_worker, errand, snapshot.future, key=key, workers=[worker])
        self._flights[token] = flight
        flight.future.add_done_callback(lambda _: self._ended.put(token))

    def _shared(self, world: World) -> Snapshot:
        """The files that all tasks of one build share: the result of a task, which Dask runs again if it is lost with a worker.

        It travels as bytes, so that any worker can hold it.
        """
        if self._snapshot is None or self._snapshot.world is not world:
            packer = Packer(world.root)
            parcel = packer.everything(self._paths)
            future = self._submit(bytes, envelope.packed_parcel(parcel), key=f"shared-{uuid.uuid4().hex}")
            self._snapshot = Snapshot(world, parcel.digest, packer.signatures, future)
        return self._snapshot

    def _submit(self, function: Callable[..., object], *arguments: object, **options: Any) -> Any:
        if self._client.status != "running":
            raise SchedulerGone(self._address)
        return self._client.submit(function, *arguments, pure=False, **options)

    # ------------------------------------------------------------ back

    def _take(self, token: str) -> None:
        """Take in what came of a flight; `_watch` looks again at what is not at hand yet, or no more."""
        flight = self._flights.get(token)
        if flight is None or flight.future.status in UNSETTLED:
            return
        if flight.future.status == "error":
            del self._flights[token]
            self._fail(flight, flight.future.exception())
            return
        try:
            answered = flight.future.result(timeout=HANDOVER)
        except Exception as fault:
            self._excuse(flight, fault)
            return
        del self._flights[token]
        try:
            self._receive(flight, envelope.opened(answered))
        except WrongShape:
            message = f"the worker at {flight.worker} sent something that is no result of a step"
            self._answers.append(failure(flight, FailureKind.CRASHED, message))

    def _excuse(self, flight: Flight, fault: Exception) -> None:
        """A result that was there could not be had. Without a scheduler that is the end; without its worker, `_watch` sees to it."""
        status = flight.future.status
        if status == "cancelled" or self._client.status != "running":
            raise SchedulerGone(self._address) from None
        if status == "finished" and not isinstance(fault, TimeoutError | OSError):
            raise fault

    def _receive(self, flight: Flight, returned: Returned) -> None:
        if returned.answer is None:
            self._roster.refuse(returned.worker, returned.differences)
            self._waiting.append(flight)
        elif not returned.lacking:
            self._answers.append(self._at_home(flight, returned.answer))
        elif flight.rounds == ROUNDS:
            message = f"it went on asking for files that it was not given, at last {returned.lacking[0].path}"
            self._answers.append(failure(flight, FailureKind.CRASHED, message))
        else:
            self._waiting.append(self._with(flight, returned.lacking))

    def _with(self, flight: Flight, lacking: Iterable[Want]) -> Flight:
        packer = Packer(flight.task.world.root)
        parcel = flight.parcel | packer.pack(lacking)
        signatures = {**flight.signatures, **packer.signatures}
        return replace(flight, parcel=parcel, signatures=signatures, rounds=flight.rounds + 1)

    def _fail(self, flight: Flight, fault: BaseException | None) -> None:
        from distributed import KilledWorker

        if isinstance(fault, KilledWorker):
            self._try_again(flight, deaths=fault.allowed_failures + 1)
        elif isinstance(fault, ImportError):
            self._roster.refuse(flight.worker, (f"the generator is not installed there ({fault})",))
            self._waiting.append(flight)
        else:
            message = f"the cluster could not run it: {type(fault).__name__}: {fault}"
            self._answers.append(failure(flight, FailureKind.CRASHED, message))

    def _try_again(self, flight: Flight, *, deaths: int) -> None:
        flight.lives -= deaths
        if flight.lives > 0:
            self._waiting.append(flight)
        else:
            message = "every worker that tried it died: killed, out of memory, crashed, or out of time"
            self._answers.append(failure(flight, FailureKind.DIED, message))

    def _watch(self, now: float) -> None:
        """See which workers are gone, with what they had, and whether Dask has found again what it had lost."""
        self._roster.look()
        for token, flight in list(self._flights.items()):
            if flight.worker not in self._roster.present or flight.overdue < now:
                del self._flights[token]
                self._try_again(flight, deaths=1)
            elif flight.future.status not in UNSETTLED:
                self._ended.put(token)
        self._due = now + TICK

    def _at_home(self, flight: Flight, answer: Answer) -> Answer:
        """The answer with the trace that the step would have left on this machine."""
        shared = self._snapshot.signatures if self._snapshot else {}
        known = {**shared, **flight.signatures}
        lines: list[Read] = []
        found: dict[str, tuple[Signature, str]] = {}
        for read in answer.trace:
            if read.name.startswith(INSTALLED):
                ours = self._ours(read.name)
                if ours is None or ours[2] != read.digest:
                    message = f"a worker has another {read.name.removeprefix(INSTALLED)} than this machine"
                    return failure(flight, FailureKind.CRASHED, message)
                found[ours[0]] = ours[1:]
                lines.append(read._replace(name=ours[0]))
            else:
                lines.append(read)
        root = f"{flight.task.world.root}/"
        for read in lines:
            path = read.name.partition("#")[0] if read.kind == Kind.ENTRY else read.name
            if read.kind in FILE_KINDS and (relative := path.removeprefix(root)) in known:
                found[path] = known[relative]
        return replace(answer, number=flight.task.number, trace=tuple(lines), signatures=found)

    def _ours(self, name: str) -> tuple[str, Signature, str] | None:
        """Place, signature and digest of an installed file on this machine."""
        if name not in self._installed:
            path = installed_place(name)
            self._installed[name] = None if path is None else looked_at(path)
        return self._installed[name]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What all tasks of one build share, as it was sent."""

    world: World
    name: str
    signatures: Mapping[str, tuple[Signature, str]]
    future: Any


UNSETTLED = ("pending", "lost")
"""Of a future: not done; or done, and gone again with the worker that held the result."""


def connected(address: str, patience: float) -> Any:
    """A client of the scheduler at an address, or in a scheduler file, once there is a worker. Raises BuildFault."""
    try:
        from distributed import Client
    except ImportError:
        raise BuildFault("building on a cluster needs Dask: install the extra `cluster`") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it comes back as exceptions
    where = listed_in(address) if address.endswith(".json") else address
    try:
        client: Any = Client(where, timeout=min(patience, 10), set_as_default=False, name="brief")  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as fault:
        raise BuildFault(f"no Dask scheduler answers at {address}: {fault}") from None
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        client.close(timeout=2)
        raise BuildFault(f"no worker joined the scheduler at {address} within {patience:g} s") from None
    return client


def listed_in(file: str) -> str:
    """The address in a scheduler file (`dask scheduler --scheduler-file`). Raises BuildFault."""
    try:
        return str(json.loads(Path(file).read_text("utf-8"))["address"])
    except OSError as fault:
        raise BuildFault(f"cannot read the scheduler file {file}: {fault.strerror}") from None
    except (ValueError, LookupError, TypeError):
        raise BuildFault(f"{file} is not a scheduler file: it names no address") from None


def on_worker(errand: Errand, shared: bytes) -> bytes:
    """What Dask runs; an envelope comes back. The worker removes its folder when it ends."""
    from distributed import get_worker

    worker = get_worker()
    folder = Path(worker.local_directory) / "steps"
    returned = perform(errand, envelope.opened_parcel(shared), folder)
    return envelope.packed(replace(returned, worker=worker.address))


def files_among_arguments(task: Task) -> list[str]:
    """The guess of one who knows nothing of the steps: short strings that name a file."""
    texts = [value for value in task.arguments if isinstance(value, str) and len(value) < 1000]
    return [text for text in texts if Path(task.world.root, text).is_file()]


def looked_at(path: str) -> tuple[str, Signature, str] | None:
    try:
        content, signature = read_settled(path)
    except OSError:
        return None
    return path, signature, digest.of_bytes(content)


def failure(flight: Flight, kind: FailureKind, message: str) -> Answer:
    return Answer(flight.task.number, Failure(kind, message))
