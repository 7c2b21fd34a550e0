"""Workers of a Dask cluster, and which of them can be used."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from generator.engine.errors import BuildError
from generator.engine.remote.remote_task import differing


class SchedulerGone(BuildError):
    def __init__(self, address: str) -> None:
        super().__init__(f"the Dask scheduler at {address} is gone; what was finished is kept")


class DaskWorkers:
    """The usable workers of a cluster. `client` is Dask's. `tell` is called about refused workers; at most `most` are used (0: all).

    Raises SchedulerGone, and BuildError if no usable worker has been there for `patience` seconds.
    """

    def __init__(
        self, client: Any, address: str, patience: float, tell: Callable[[str], object], most: int = 0
    ) -> None:
        self._client = client
        self._address = address
        self._patience = patience
        self._tell = tell
        self._most = most
        self._refused: dict[str, str] = {}
        """Refused workers: the reason, by address."""
        self.present: frozenset[str] = frozenset()
        self.fit: tuple[str, ...] = ()
        """Workers that can have a task: neither refused nor paused, and at most `most`."""
        self._seen = time.monotonic()
        self.look()

    def look(self) -> None:
        """Update the list of workers."""
        if self._client.status != "running":
            raise SchedulerGone(self._address)
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
        except (OSError, TimeoutError):
            return  # the futures show if the scheduler is gone
        self.present = frozenset(workers)
        self._running = [address for address, worker in workers.items() if worker.get("status", "running") == "running"]
        self._choose()
        now = time.monotonic()
        if self.fit:
            self._seen = now
        elif now - self._seen > self._patience:
            refused = "".join(f"; {reason}" for reason in self._refused.values())
            raise BuildError(
                f"the cluster at {self._address} has had no worker that fits for {self._patience:g} s{refused}"
            )

    def inspect(self, identify: Callable[[], Mapping[str, str]], ours: Mapping[str, str]) -> None:
        """Ask all workers for their versions. Workers that join later are asked with their first task.

        Raises BuildError if none of them can be used.
        """
        try:
            answers = self._client.run(identify, on_error="return")
        except OSError:
            raise SchedulerGone(self._address) from None
        for worker, reply in answers.items():
            if isinstance(reply, OSError):
                continue  # it is ending; if not, it is asked with its first task
            if isinstance(reply, ModuleNotFoundError):
                self.refuse(worker, (f"the generator is not installed there ({reply})",))
            elif isinstance(reply, BaseException):
                self.refuse(worker, (f"{type(reply).__name__}: {reply}",))
            elif differences := differing(ours, reply):
                self.refuse(worker, differences)
        if self._refused and self.present <= self._refused.keys():
            raise BuildError(f"no worker of the cluster fits; {next(iter(self._refused.values()))}")

    def refuse(self, worker: str, differences: tuple[str, ...]) -> None:
        """Send no more tasks to a worker."""
        if worker not in self._refused:
            self._refused[worker] = f"{worker} is refused: {'; '.join(differences)}"
            self._tell(f"worker {self._refused[worker]}")
        self._choose()

    def _choose(self) -> None:
        fit = sorted(worker for worker in self._running if worker not in self._refused)
        self.fit = tuple(fit[: self._most or None])
