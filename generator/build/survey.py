"""Which of many files are not there or not as marked: looked at in chunks, with the help of other processes where that pays.

Asking the system takes most of the time of a build with nothing to do, and the interpreter asks for one file after another.
So forked helpers take chunks from the same queue, a pipe, as this process does. Whatever becomes of a helper, nothing is missed:
chunks that nobody has answered for are looked at here. Knows files and marks; knows not what they are files of.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self

from generator.build.signature import changed_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

CHUNKS = 60
"""In each folder, at most: so that nobody waits long for the last one. The number of a chunk is sent as one byte."""

SMALLEST = 100
"""Files in a chunk, at least."""

PAYS = 4_000
"""Files from which on another process saves more than it costs to fork it."""


class Folder(NamedTuple):
    """What there should be in a folder."""

    path: str
    marks: Mapping[str, int]


class Chunk(NamedTuple):
    folder: int
    """Its number."""
    path: str
    files: Sequence[str]
    marks: Sequence[int]

    def changed(self) -> list[str]:
        return changed_files(self.path, zip(self.files, self.marks, strict=True))


class Helper(NamedTuple):
    process: int
    answers: int
    """The end of a pipe: what it found, by chunk, as JSON."""


class Survey:
    """One look at all files of some folders. Helpers begin at once, this process when the answer is wanted."""

    def __init__(self, *folders: Folder, helpers: int | None = None) -> None:
        """As many helpers as pay, unless told. There may be up to four folders."""
        self._folders = folders
        self._chunks = [chunk for number, folder in enumerate(folders) for chunk in _cut(number, folder)]
        self._queue = _filled(len(self._chunks))
        self._helpers: list[Helper] = []
        wanted = _worthwhile(sum(len(folder.marks) for folder in folders)) if helpers is None else helpers
        with suppress(OSError):  # no process to be had: then there are fewer
            for _ in range(wanted):
                self._helpers.append(self._hire())

    def changed(self) -> list[list[str]]:
        """For each folder, the paths whose files are not there or not as marked."""
        found = self._look()
        for helper in self._helpers:
            found |= _answer(helper)
        changed: list[list[str]] = [[] for _ in self._folders]
        for number, chunk in enumerate(self._chunks):
            changed[chunk.folder] += found[number] if number in found else chunk.changed()
        return changed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave helpers nothing to do, and wait for their end."""
        while os.read(self._queue, 256):
            pass
        os.close(self._queue)
        for process, answers in self._helpers:
            os.close(answers)
            os.waitpid(process, 0)

    def _look(self) -> dict[int, list[str]]:
        """Take chunks until there are no more."""
        found = {}
        while taken := os.read(self._queue, 1):
            found[taken[0]] = self._chunks[taken[0]].changed()
        return found

    def _hire(self) -> Helper:
        answers, end = os.pipe()
        try:
            process = os.fork()
            if not process:
                self._help(end)
        except OSError:
            os.close(answers)
            raise
        finally:
            os.close(end)
        return Helper(process, answers)

    def _help(self, end: int) -> NoReturn:
        """The helper's side. It goes without a word, whatever happens: what is missing is looked at by the other process."""
        try:
            with os.fdopen(end, "w", closefd=False) as pipe:
                json.dump(self._look(), pipe)
        finally:
            os._exit(0)


def _cut(number: int, folder: Folder) -> Iterator[Chunk]:
    files, marks = list(folder.marks), list(folder.marks.values())
    size = max(SMALLEST, -(-len(files) // CHUNKS))
    for start in range(0, len(files), size):
        yield Chunk(number, folder.path, files[start : start + size], marks[start : start + size])


def _filled(chunks: int) -> int:
    """A pipe from which each byte, the number of a chunk, can be read once."""
    queue, end = os.pipe()
    os.write(end, bytes(range(chunks)))
    os.close(end)
    return queue


def _worthwhile(files: int) -> int:
    """How many helpers pay. None beside other threads: a forked child would have their locks and not them."""
    if threading.active_count() > 1:
        return 0
    return min(files // PAYS, len(os.sched_getaffinity(0)) - 1)


def _answer(helper: Helper) -> dict[int, list[str]]:
    """What a helper has found; nothing if it did not come to its end."""
    with os.fdopen(helper.answers, "rb", closefd=False) as pipe:
        told = pipe.read()
    try:
        return {int(number): changed for number, changed in json.loads(told).items()}
    except ValueError:
        return {}
