"""Caches the problems of each brief until one of its reads has changed.

The trace of a check (`engine.Reads`) has its reads. So a keystroke causes checks only of the briefs that it affects.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.engine.trace import Kind, split_entry
from generator.pipeline.check_brief import examine

if TYPE_CHECKING:
    from generator.engine import Reads
    from generator.pipeline.check_brief import Examined

MOST = 500
"""Briefs that are remembered; the oldest are forgotten."""

_Trace = dict[tuple[str, str], str]


class Stale(Exception):
    """The text has changed since it was asked what is wrong with it."""


class Memory:
    """What was found of the briefs of one project."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[_Trace, Examined]] = {}

    def looker(self, is_stale: Callable[[], bool]) -> Callable[[Reads, str, str, str], Examined]:
        """A function for `inspect_project.inspect`. It raises Stale before a brief is looked at as soon as `is_stale` says so."""

        def look(reads: Reads, slug: str, file: str, twin: str = "") -> Examined:
            if is_stale():
                raise Stale
            trace, examined = self._found.pop((file, twin), ({}, None))
            if examined is None or not _holds(trace, reads):
                reads.trace.clear()
                examined = examine(reads, slug, file, twin)
                trace = dict(reads.trace)
            self._found[file, twin] = (trace, examined)
            for oldest in list(self._found)[: len(self._found) - MOST]:
                del self._found[oldest]
            return examined

        return look


def _holds(trace: _Trace, reads: Reads) -> bool:
    """Whether reading the same things gives what it gave before."""
    for (kind, name), digest in trace.items():
        _read(reads, kind, name)
        if reads.trace.get((kind, name)) != digest:
            return False
    return True


def _read(reads: Reads, kind: str, name: str) -> None:
    if kind == Kind.FILE:
        with suppress(OSError):
            reads.file(name)
    elif kind == Kind.ENTRY:
        reads.entry(*split_entry(name))
    elif kind == Kind.FOLDER:
        reads.folder(name)
    else:
        reads.value(name)
