"""Runs the garbage collector less often, or pauses it.

It is paused while many permanent objects are created.

A module of its own, because it has nothing to do with files.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_left() -> Iterator[None]:
    """Pause the garbage collector, which would scan the many new objects repeatedly."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def collect_seldom() -> None:
    """Run the garbage collector less often in this process.

    Commands and layouts create millions of objects, of which the collector can free few; at Python's default interval it takes a tenth
    of their time.
    """
    gc.set_threshold(10_000, 10, 10)
