"""Starts a function in a fresh Python process, which dies with its parent.

A killed process removes nothing. So the folder for its temporary files contains a lock, which ends with the process in any case,
and the next process removes the folders whose lock nobody holds.

Nothing is forked. Pango 1.52 and newer starts a thread when fonts are set up, and a child that is forked after that waits
forever for a thread that it does not have. Other threads are equally dangerous. So a child is a new interpreter, which imports what
it needs.
"""

from __future__ import annotations

import atexit
import faulthandler
import fcntl
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


_PREFIX = "brief-scratch-"
NEW = 5.0
"""Seconds after the last change of a folder in which its owner may not have locked it yet."""


@cache
def scratch_folder() -> Path:
    """Return the folder of this process. The first call creates it and removes those of dead processes. Raises OSError."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(handle, fcntl.LOCK_EX)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def sweep() -> None:
    """Remove the folders of this user's killed processes from the system's folder for temporary files."""
    for path in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        with suppress(OSError):
            if not path.is_symlink() and path.stat().st_uid == os.geteuid() and _abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


def _abandoned(path: Path) -> bool:
    """Whether nobody holds the lock. The owner takes it right after creating the folder, so a new folder is never abandoned."""
    if time.time() - path.stat().st_mtime < NEW:
        return False
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


PR_SET_PDEATHSIG = 1
"""From Linux's `sys/prctl.h`. On other systems the closed pipe ends the child."""

_BOOT = (
    "import sys; from multiprocessing.connection import Connection; pipe = Connection(int(sys.argv[1])); "
    "sys.path[:] = pipe.recv(); from generator.engine.processes.child import begin; begin(pipe, *map(int, sys.argv[2:]))"
)
"""Program of the child. Its module path is the parent's, so both import the same files, and none from the current folder."""

_FRAME = re.compile(r'File "([^"]{1,1000})", line (\d{1,9}) in (\S{1,200})')


class Child(NamedTuple):
    """A running process."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    stack: IO[bytes]
    """File to which the interpreter writes its stack when a signal ends it."""
    folder: str
    """Folder for its temporary files, which it cannot remove when it is killed."""

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    @property
    def at_work(self) -> bool:
        """Whether it uses a processor, needs one or waits for a disk, or a process that it started does."""
        return self.running and not idle(self.process.pid)

    def kill(self) -> None:
        """Kill it and all processes that it started (it leads its own process group), and wait until it has ended."""
        self.pipe.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.stack.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def where(self) -> str:
        """Return the innermost frame at the time a signal ended it or `ask_where` was called; empty if it wrote none."""
        frame = _FRAME.search(self.stack_text())
        if frame is None:
            return ""
        return f"{frame[3]} ({'/'.join(Path(frame[1]).parts[-3:])}:{frame[2]})"

    def stack_text(self) -> str:
        """Return the stack that the interpreter wrote, innermost frame first; empty if it wrote none."""
        self.stack.seek(0)
        return self.stack.read(1 << 16).decode("utf-8", "replace")

    def ask_where(self) -> None:
        """Ask the interpreter to write its stack, also while it runs C code. Returns at once."""
        with suppress(ProcessLookupError, PermissionError):
            self.process.send_signal(signal.SIGUSR2)


def start(function: Callable[..., object], *arguments: object) -> Child:
    """Start `function(pipe, *arguments)` in a fresh interpreter, which ends when the function returns.

    The function and its arguments must be picklable; the function is imported by its name. SIGUSR1 is free for the function, and
    blocked until the function unblocks it. Raises OSError if the system has no process or no memory left.
    """
    from multiprocessing import Pipe  # imported here, because a run with nothing to do does not need it

    folder = tempfile.mkdtemp(dir=scratch_folder())
    ours, theirs = Pipe()
    stack = _unnamed_file()
    handles = (theirs.fileno(), stack.fileno())
    command = [sys.executable, *_flags(), "-c", _BOOT, str(handles[0]), str(os.getpid()), str(handles[1])]
    with _signals_blocked():
        process = subprocess.Popen(
            command,
            pass_fds=handles,
            stdin=subprocess.DEVNULL,
            process_group=0,
            env={**os.environ, "TMPDIR": folder},
        )
    theirs.close()
    child = Child(process, ours, stack, folder)
    try:
        ours.send(sys.path)
        ours.send((function, arguments))
    except OSError:  # it has died already; the reader of the pipe will notice
        pass
    except BaseException:
        child.kill()
        raise
    return child


def begin(pipe: Connection, parent: int, stack: int) -> None:
    """Run the child side of `start`."""
    _live_with(parent)
    _tell_stack(stack)
    with suppress(EOFError):
        function, arguments = pipe.recv()
        function(pipe, *arguments)


def idle(process: int) -> bool:
    """Whether every thread of a process, and of all processes that it started, waits for something other than a disk.

    Only then can it be stuck. False if the system does not report it (there is no /proc).
    """
    states = [_state(task) for task in _tasks(process)]
    return bool(states) and all(state == "S" for state in states)


def processor_time(process: int) -> int:
    """Return the clock ticks that a process and its children have used; 0 if the system does not report it."""
    return sum(sum(map(int, _fields(Path(f"/proc/{each}/stat"))[11:15])) for each in {process, *_descendants(process)})


# ---------------------------------------------------------------- the parent's side


def _flags() -> list[str]:
    """Return the options that the child shares with this interpreter; the current folder is never on its path (`-P`)."""
    isolated = "-I" if sys.flags.isolated else "-P"
    return [isolated, *(f"-W{option}" for option in sys.warnoptions), *(["-X", "dev"] if sys.flags.dev_mode else [])]


def _unnamed_file() -> IO[bytes]:
    """Return a file in memory if the system can, so a full disk does not matter."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("stack"), "w+b")
    return tempfile.TemporaryFile()


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block the signals that must not reach a new process before it has set its handlers."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGUSR1})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _descendants(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                yield child
                yield from _descendants(child)


def _tasks(process: int) -> Iterator[Path]:
    for each in (process, *_descendants(process)):
        yield from Path(f"/proc/{each}/task").glob("*/stat")


def _state(stat: Path) -> str:
    return (_fields(stat) or ["S"])[0]  # a process that has just ended has no fields


def _fields(stat: Path) -> list[str]:
    """Return the fields after the name in a `stat` file (proc(5)): state, parent, ...; empty if the process has ended."""
    with suppress(OSError):
        return stat.read_text("utf-8", "replace").rpartition(")")[2].split()
    return []


# ---------------------------------------------------------------- the child's side


def _live_with(parent: int) -> None:
    """Leave Ctrl-C to the parent, write no core dump, and die with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ImportError, OSError, AttributeError):
        from ctypes import CDLL

        libc: Any = CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _tell_stack(stack: int) -> None:
    """Write the stack when a limit or a memory fault ends this process, and when the parent asks for it."""
    faulthandler.enable(stack)
    for number in (signal.SIGXCPU, signal.SIGALRM):
        faulthandler.register(number, stack, chain=True)
    faulthandler.register(signal.SIGUSR2, stack)
