"""Processes an untrusted PDF in a child process, without access to files and network.

    sandboxed(what, function, ...)    runs a function in a child process with limits; raises Unreadable
    restrict(folder)                  denies this process files and network; raises Unrestrictable if the kernel cannot do it

`restrict` uses Linux's Landlock and seccomp. It cannot be undone and applies to child processes too. Afterwards the process can read
the program, Python and the system's libraries, read and write one folder, and open no socket. Numbers are from Linux's `landlock.h`,
`seccomp.h`, `filter.h` and `prctl.h`.
"""

from __future__ import annotations

import ctypes
import mimetypes
import os
import platform
import site
import struct
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from generator.engine.processes import calls
from generator.pipeline.pdf_files.pdf_contents import Unreadable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""Numbers of system calls, the same on every architecture."""
VERSION_FLAG = 1
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights on files, by the version of Landlock that introduced them."""
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
"""Rights that a rule on a file, not a folder, can grant."""
BOTH_TCP, BOTH_SCOPES = 3, 3
"""Rights to bind and connect, and scopes of abstract sockets and signals."""

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER_MODE = 38, 22, 2
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: its seccomp architecture and the number of `socket`."""
IO_URING_SETUP = 425
_SYSTEM = (
    "/usr",
    "/nix/store",
    "/gnu/store",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/var/cache/fontconfig",
    "/dev/urandom",
    "/etc/localtime",
    *mimetypes.knownfiles,
)
"""Libraries, fonts and configuration that libraries read; no user data."""
_WRITTEN = ("/dev/null",)


class Unrestrictable(Exception):
    """The kernel cannot restrict this process; the message says why."""


def restrict(folder: Path) -> None:
    """Restrict this process and its children to `folder` and the files that Python and the program need.

    Raises Unrestrictable, if possible before anything is restricted; the process must then end.
    """
    version = landlock_version()
    if version < 1:
        raise Unrestrictable(
            "this system cannot block a process's access to files (Linux's Landlock is missing or switched off)"
        )
    if platform.machine() not in _CALLS:
        raise Unrestrictable(
            f"on this machine ({platform.machine()}) a process's access to the network cannot be blocked"
        )
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208 - only names
        raise Unrestrictable("the process has started threads, which would not be restricted")
    _call("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _deny_files(version, folder)
    _deny_sockets()
    os.environ.update(HOME=str(folder), TMPDIR=str(folder), XDG_CACHE_HOME=str(folder))
    tempfile.tempdir = str(folder)


def landlock_version() -> int:
    """Return the version of Landlock in the kernel; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(CREATE_RULESET, None, 0, VERSION_FLAG)))


def _deny_files(version: int, folder: Path) -> None:
    """Deny this process all files but the program's, the system's and those in `folder`. Raises Unrestrictable."""
    rights = RIGHTS[max(each for each in RIGHTS if each <= version)]
    attributes = struct.pack("QQQ", rights, BOTH_TCP, BOTH_SCOPES)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _call("syscall", CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for path in _readable():
            _allow(ruleset, path, (EXECUTE | READ_FILE | READ_DIR) & rights)
        for path in _WRITTEN:
            _allow(ruleset, path, (WRITE_FILE | READ_FILE) & rights)
        _allow(ruleset, str(folder), rights & ~EXECUTE)
        _call("syscall", RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _readable() -> Iterable[str]:
    """Return the folders of the program, its templates, Python and the system's libraries."""
    from generator.render.template_folders import template_roots

    package = Path(__file__).resolve().parents[1]
    installed = (sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return dict.fromkeys(
        map(str, (*_SYSTEM, sys.prefix, sys.base_prefix, *installed, *own, package, *template_roots()))
    )


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # it does not exist, so no rule is needed
    try:
        allowed = rights if Path(path).is_dir() else rights & OF_FILES
        _call("syscall", ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", allowed, place), 0)
    finally:
        os.close(place)


def _deny_sockets() -> None:
    """Filter system calls: `socket`, `io_uring_setup` and calls of another architecture fail with EPERM."""
    architecture, socket = _CALLS[platform.machine()]
    load, equal, above, answer = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001
    program = b"".join(
        struct.pack("HBBI", *instruction)
        for instruction in (
            (load, 0, 0, 4),
            (equal, 0, 5, architecture),
            (load, 0, 0, 0),
            (above, 3, 0, 0x40000000),  # x86-64's second table of calls
            (equal, 2, 0, socket),
            (equal, 1, 0, IO_URING_SETUP),
            (answer, 0, 0, allow),
            (answer, 0, 0, refuse),
        )
    )
    held = ctypes.create_string_buffer(program, len(program))
    _call("prctl", SET_SECCOMP, FILTER_MODE, struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held)), 0, 0)


def _call(name: str, *arguments: int | bytes) -> int:
    """Call the C library. Raises Unrestrictable if the kernel refuses."""
    converted = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    answer: int = getattr(_libc(), name)(*converted)
    if answer < 0:
        raise Unrestrictable(
            f"the kernel does not let a process be restricted ({os.strerror(ctypes.get_errno()).lower()})"
        )
    return answer


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


T = TypeVar("T")


def sandboxed(what: str, function: Callable[..., T], *arguments: object) -> T:
    """Return the function's result from a child process. The function must be importable, its arguments picklable.

    Raises Unreadable, also if the child exceeded a limit; `what` is the subject of that message.
    """
    try:
        return calls.sandboxed(what, function, *arguments, raises=Unreadable)
    except calls.GivenUp as fault:
        raise Unreadable(str(fault)) from None
