"""The command `brief`, also as `python -m generator`."""

import atexit
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    from generator.cli import run

    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller, as in `brief check >&-`
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115, PTH123 - open until the end
    _end(run(sys.argv[1:]))


def _end(code: int) -> NoReturn:
    """Skip interpreter shutdown when nothing is registered for it.

    Python frees memory object by object before it ends, which for ten thousand briefs takes a good part of the time of a build with
    nothing to do. The system frees it all at once.
    """
    told = atexit._ncallbacks() or threading.active_count() > 1 or sys.getprofile() or sys.gettrace() or _monitored()
    if not told:
        with suppress(OSError, ValueError):  # a failed write is reported in the usual way
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)


def _monitored() -> bool:
    """Whether a profiler or debugger uses `sys.monitoring` (PEP 669), as `cProfile` does since Python 3.13."""
    if sys.version_info < (3, 12):
        return False
    return any(sys.monitoring.get_tool(number) for number in range(6))


if __name__ == "__main__":
    main()
