"""What the last builds left behind: marks of the files that were read and written, and behind them the `Details`.

One state belongs to one output folder. A build with nothing to do needs few of its parts, and only those are opened for it: the
details wait on disk until somebody asks for them.
Knows neither how a file is checked (`verify.py`, `outputs.py`) nor how the state is laid out on disk (`statefile.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.build.reads import Kind, Read, split_entry
from generator.build.signature import Signature, settled_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from generator.build.details import Details
    from generator.build.records import TargetRecord
    from generator.build.step import Plain


class Remark(NamedTuple):
    """What has to be said of a target although nothing has changed."""

    refused: bool
    notes: tuple[Plain, ...]


def no_details() -> Details:
    from generator.build.details import Details

    return Details()


class State:
    def __init__(
        self,
        *,
        marks: dict[str, int] | None = None,
        output_marks: dict[str, int] | None = None,
        remarks: dict[str, Remark] | None = None,
        listing: str = "",
        watched: Sequence[tuple[int, Read]] = (),
        strays: Sequence[str] = (),
        open_details: Callable[[], Details] = no_details,
        changed: bool = False,
    ) -> None:
        self.marks = marks or {}
        """Of files that were read, by path: the mark of the signature that the file had when its digest was taken."""
        self.output_marks = output_marks or {}
        """Of files that the build made, by path."""
        self.remarks = remarks or {}
        """By target; few have one."""
        self.listing = listing
        """The digest of all targets that have a record, and how they are made. As of loading."""
        self.watched = watched
        """Lines of all traces, with their numbers, that may cease to hold while no file that was read changes. As of loading."""
        self.strays = strays
        """Targets without a record that own outputs: those that broke while they were written. As of loading."""
        self.changed = changed
        """Whether it differs from what is on disk."""
        self._open_details = open_details
        self._details: Details | None = None
        self._fresh: dict[str, Signature] = {}
        """Outputs of this run, which `settle` will look at."""

    @property
    def details(self) -> Details:
        if self._details is None:
            self._details = self._open_details()
        return self._details

    def record(self, name: str, record: TargetRecord) -> None:
        self.details.record(name, record)
        self.remarks.pop(name, None)
        if record.refused or record.notes:
            self.remarks[name] = Remark(record.refused, record.notes)
        self.changed = True

    def forget(self, name: str) -> None:
        """Of a target, its record; not which outputs are its."""
        self.details.forget(name)
        self.remarks.pop(name, None)
        self.changed = True

    def saw_input(self, path: str, signature: Signature, now: int, digest: str) -> None:
        """A file was read at `now`. If it is another than the state knew, nothing is known of its entries any more."""
        inputs, mark = self.details.inputs, settled_mark(signature, now)
        if inputs.get(path) != digest:
            self.details.entries.pop(path, None)
        if inputs.get(path) != digest or self.marks.get(path) != mark:
            inputs[path] = digest
            self.marks[path] = mark
            self.changed = True

    def saw_entry(self, path: str, key: str, found: str) -> None:
        """An entry of a file, as it is in the version that the state knows."""
        self.details.entries.setdefault(path, {})[key] = found
        self.changed = True

    def saw_entries(self, trace: tuple[Read, ...], seen: Container[str]) -> None:
        """A trace names entries of files that were seen just now; not of those that could not be read."""
        for kind, name, found in trace:
            if kind == Kind.ENTRY:
                path, key = split_entry(name)
                if path in seen:
                    self.saw_entry(path, key, found)

    def saw_output(self, path: str, signature: Signature) -> None:
        """An output is on disk as it was made, and `stat` says this of it."""
        self.output_marks[path] = signature.mark
        self._fresh[path] = signature
        self.changed = True

    def own(self, path: str, target: str, digest: str) -> None:
        self.details.own(path, target, digest)
        self.changed = True

    def disown(self, path: str) -> None:
        self.details.disown(path)
        self.output_marks.pop(path, None)
        self._fresh.pop(path, None)
        self.changed = True

    def settle(self, now: int) -> None:
        """Distrust the signatures of outputs that were written too recently to tell them from later changes."""
        for path, signature in self._fresh.items():
            self.output_marks[path] = settled_mark(signature, now)

    def compact(self) -> None:
        """Drop what no target rests on any more."""
        for path in self.details.compact():
            self.marks.pop(path, None)
