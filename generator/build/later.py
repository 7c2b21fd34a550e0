"""An executor that is made when there is something to run: a build that finds nothing to do starts and connects to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

    from generator.build.executor import Executor
    from generator.build.task import Answer, Task


class Later:
    """Stands for the executor that `make` gives; what `make` raises ends the build."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._made: Executor | None = None

    @property
    def room(self) -> int:
        return self._executor().room

    def submit(self, task: Task) -> None:
        self._executor().submit(task)

    def wait(self) -> Sequence[Answer]:
        return self._executor().wait()

    def drop(self) -> None:
        if self._made is not None:
            self._made.drop()

    def close(self) -> None:
        if self._made is not None:
            self._made.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _executor(self) -> Executor:
        if self._made is None:
            self._made = self._make()
        return self._made
