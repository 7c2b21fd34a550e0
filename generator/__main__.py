"""The command `brief`, also as `python -m generator`."""

import atexit
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    from generator.cli import run

    _end(run(sys.argv[1:]))


def _end(code: int) -> NoReturn:
    """End at once where nobody wants to be told of it, or else as Python does.

    Python gives memory back piece by piece before it ends, which for ten thousand briefs is a good part of the time that a
    build with nothing to do takes. The system does the same in one go.
    """
    told = atexit._ncallbacks() or threading.active_count() > 1 or sys.getprofile() or sys.gettrace() or _monitored()
    if not told:
        with suppress(OSError, ValueError):  # what cannot be written is reported the ordinary way
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)


def _monitored() -> bool:
    """Tell whether a profiler or debugger uses `sys.monitoring` (PEP 669), as `cProfile` does since Python 3.13."""
    if sys.version_info < (3, 12):
        return False
    return any(sys.monitoring.get_tool(number) for number in range(6))


if __name__ == "__main__":
    main()
