"""Tasks on the workers of a Dask cluster. The only importer of `distributed`, an optional extra.

Content travels: the shared files once, as one task whose result all others take, and with each task what it alone reads; results
come back as bytes, by way of the scheduler. Dask runs again elsewhere what a worker that dies was at. Knows tasks; knows
neither targets nor traces.
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

from generator.build import digest
from generator.build.errand import Errand, Returned, differing, perform
from generator.build.faults import BuildFault
from generator.build.parcel import INSTALLED, Packer, Parcel, Want, installed_place
from generator.build.reads import FILE_KINDS, Kind, Read
from generator.build.signature import Signature, read_settled
from generator.build.task import Answer, Failure, FailureKind, Task
from generator.build.worker import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from generator.build.reads import World

ROUNDS = 20
"""How often a step may ask for files that it was not given before it is given up."""

LIVES = 3
"""How many workers a task may outlast where we, not Dask, send it to another one."""

TICK = 2.0
"""Seconds between two looks at which workers there are."""


@dataclass(slots=True)
class Flight:
    """A task that is out."""

    task: Task
    parcel: Parcel
    signatures: Mapping[str, tuple[Signature, str]]
    """Of the files in the parcel."""
    future: Any
    workers: frozenset[str] = frozenset()
    """The only ones that may take it; none named: all."""
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
        self._tell = tell or (lambda message: None)
        self._flights: dict[str, Flight] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._answers: deque[Answer] = deque()
        self._unfit: dict[str, tuple[str, ...]] = {}
        self._snapshot: Snapshot | None = None
        self._installed: dict[str, tuple[str, Signature, str] | None] = {}
        self._client = connected(address, patience)
        self._workers: dict[str, int] = {}
        self._seen = time.monotonic()
        self._look_around()
        self._inspect()

    # ------------------------------------------------------------ what every executor does

    @property
    def room(self) -> int:
        """A step for each thread: what waits on a worker that dies would be blamed for it too."""
        fit = sum(threads for worker, threads in self._workers.items() if worker not in self._unfit)
        return max(1, fit) - len(self._flights) - len(self._answers)

    def submit(self, task: Task) -> None:
        packer = Packer(task.world.root)
        parcel = packer.pack(Want(Kind.FILE, path) for path in self._foresee(task))
        self._send(Flight(task, parcel, packer.signatures, None))

    def wait(self) -> Sequence[Answer]:
        while not self._answers:
            try:
                self._take(self._ended.get(timeout=TICK))
            except Empty:
                self._watch()
        if time.monotonic() - self._seen > TICK:
            self._watch()
        answers = list(self._answers)
        self._answers.clear()
        return answers

    def drop(self) -> None:
        futures = [flight.future for flight in self._flights.values()]
        self._flights.clear()
        self._answers.clear()
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)

    def close(self) -> None:
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

    def _send(self, flight: Flight) -> None:
        snapshot = self._shared(flight.task.world)
        token = uuid.uuid4().hex
        errand = Errand(
            flight.task, flight.parcel, snapshot.name, self._identify, self._versions, self._limits.wall_seconds
        )
        flight.workers = frozenset(self._workers.keys() - self._unfit.keys()) if self._unfit else frozenset()
        flight.future = self._client.submit(
            on_worker,
            errand,
            snapshot.future,
            key=f"{flight.task.function.__name__}-{token}",
            workers=sorted(flight.workers) or None,
            pure=False,
        )
        self._flights[token] = flight
        flight.future.add_done_callback(lambda _: self._ended.put(token))

    def _shared(self, world: World) -> Snapshot:
        """The files that all tasks of one build share; sent as the result of a task, which Dask can make again if it is lost."""
        if self._snapshot is None or self._snapshot.world is not world:
            packer = Packer(world.root)
            parcel = packer.everything(self._paths)
            future = self._client.submit(
                as_it_is,
                parcel,
                key=f"shared-{uuid.uuid4().hex}",
                workers=sorted(self._workers.keys() - self._unfit.keys()) if self._unfit else None,
                allow_other_workers=bool(self._unfit),
                pure=False,
            )
            self._snapshot = Snapshot(world, parcel.digest, packer.signatures, future)
        return self._snapshot

    # ------------------------------------------------------------ back

    def _take(self, token: str) -> None:
        flight = self._flights.pop(token, None)
        if flight is None:
            return
        status = flight.future.status
        if status in ("cancelled", "lost"):
            raise BuildFault(f"the Dask scheduler at {self._address} is gone; what was finished is kept")
        if status == "error":
            self._fail(flight, flight.future.exception())
            return
        self._receive(flight, flight.future.result())

    def _receive(self, flight: Flight, returned: Returned) -> None:
        if returned.answer is None:
            self._refuse(returned.worker, returned.differences)
            self._send(flight)
        elif not returned.lacking:
            self._answers.append(self._at_home(flight, returned.answer))
        elif flight.rounds == ROUNDS:
            message = f"it went on asking for files that it was not given, at last {returned.lacking[0].path}"
            self._answers.append(failure(flight, FailureKind.CRASHED, message))
        else:
            self._send(self._with(flight, returned.lacking))

    def _with(self, flight: Flight, lacking: Iterable[Want]) -> Flight:
        packer = Packer(flight.task.world.root)
        parcel = flight.parcel | packer.pack(lacking)
        signatures = {**flight.signatures, **packer.signatures}
        return replace(flight, parcel=parcel, signatures=signatures, rounds=flight.rounds + 1)

    def _fail(self, flight: Flight, fault: BaseException | None) -> None:
        from distributed import KilledWorker

        if isinstance(fault, KilledWorker):
            message = "every worker that tried it died: killed, out of memory, crashed, or out of time"
            self._answers.append(failure(flight, FailureKind.DIED, message))
        else:
            message = f"the cluster could not run it: {type(fault).__name__}: {fault}"
            self._answers.append(failure(flight, FailureKind.CRASHED, message))

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

    # ------------------------------------------------------------ which workers there are, and which will do

    def _watch(self) -> None:
        self._look_around()
        gone = [token for token, flight in self._flights.items() if flight.workers and not self._reachable(flight)]
        for token in gone:
            flight = self._flights.pop(token)
            flight.lives -= 1
            if flight.lives:
                self._send(flight)
            else:
                self._answers.append(failure(flight, FailureKind.DIED, f"{LIVES} workers that tried it died"))

    def _reachable(self, flight: Flight) -> bool:
        return not flight.workers.isdisjoint(self._workers)

    def _look_around(self) -> None:
        """See which workers there are; raises BuildFault where there have been none for too long."""
        if self._client.status != "running":
            raise BuildFault(f"the Dask scheduler at {self._address} is gone; what was finished is kept")
        try:
            found = self._client.scheduler_info(n_workers=-1)["workers"]
        except (OSError, TimeoutError):
            return  # the futures tell, if the scheduler is gone
        self._workers = {address: worker["nthreads"] for address, worker in found.items()}
        now = time.monotonic()
        if self._workers:
            self._seen = now
        elif now - self._seen > self._patience:
            raise BuildFault(f"the cluster at {self._address} has had no worker for {self._patience:g} s")

    def _inspect(self) -> None:
        """Ask all workers for their versions. Those that join later are asked with their first task."""
        for worker, told in self._client.run(self._identify, on_error="return").items():
            if isinstance(told, ModuleNotFoundError):
                self._refuse(worker, (f"the generator is not installed there ({told})",))
            elif isinstance(told, BaseException):
                self._refuse(worker, (f"{type(told).__name__}: {told}",))
            elif differences := differing(self._versions, told):
                self._refuse(worker, differences)

    def _refuse(self, worker: str, differences: tuple[str, ...]) -> None:
        if worker not in self._unfit:
            self._unfit[worker] = differences
            self._tell(f"worker {worker} is refused: {'; '.join(differences)}")
        if not self._workers.keys() - self._unfit.keys():
            raise BuildFault(f"no worker of the cluster fits; {worker} is refused: {'; '.join(differences)}")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What all tasks of one build share, as it was sent."""

    world: World
    name: str
    signatures: Mapping[str, tuple[Signature, str]]
    future: Any


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


def on_worker(errand: Errand, shared: Parcel) -> Returned:
    """What Dask runs. The worker removes its folder when it ends."""
    from distributed import get_worker

    worker = get_worker()
    return replace(perform(errand, shared, Path(worker.local_directory) / "steps"), worker=worker.address)


def as_it_is(parcel: Parcel) -> Parcel:
    return parcel


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
