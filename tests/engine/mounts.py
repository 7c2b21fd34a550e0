"""Disks of a test's own: small ones, read-only ones. They are mounted in a child's name space, so that nobody else sees them."""

from __future__ import annotations

import ctypes
import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
CAPABILITIES_3, CAP_DAC_OVERRIDE = 0x20080522, 1
IMPOSSIBLE = 77


class Impossible(Exception):
    """This system does not let the test do that, whoever runs it."""


def in_child(body: Callable[[], object]) -> None:
    """Run `body`, with its assertions, in a process that may change its own view of the machine."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            body()
            code = 0
        except Impossible as reason:
            os.write(writing, str(reason).encode())
            code = IMPOSSIBLE
        except BaseException:
            os.write(writing, traceback.format_exc()[-4000:].encode())
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        message = said.read().decode()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == IMPOSSIBLE:
        pytest.skip(message)
    assert code == 0, message


def own_mounts() -> None:
    """From now on mounts are this process's own; as root, or as one who may make a name space of users."""
    user, group = os.geteuid(), os.getegid()
    try:
        if call("unshare", CLONE_NEWNS):
            if problem := call("unshare", CLONE_NEWUSER | CLONE_NEWNS):
                raise Impossible(f"no mounts of one's own here: {os.strerror(problem)}")
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"0 {user} 1")
            Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    except (OSError, AttributeError) as fault:
        raise Impossible(f"no mounts of one's own here: {fault}") from None
    mount("none", Path("/"), MS_REC | MS_PRIVATE)


def small_disk(place: Path, size: int) -> None:
    place.mkdir(exist_ok=True)
    mount("tmpfs", place, options=f"size={size}")


def make_mount_point(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    mount(str(folder), folder, MS_BIND)


def set_read_only(folder: Path, read_only: bool) -> None:
    mount("none", folder, MS_REMOUNT | MS_BIND | (MS_RDONLY if read_only else 0))


def mount(source: str, place: Path, flags: int = 0, options: str = "") -> None:
    if problem := call("mount", source.encode(), bytes(place), b"tmpfs", flags, options.encode()):
        raise Impossible(f"cannot mount {place}: {os.strerror(problem)}")


def obey_modes() -> None:
    """Give up root's right to write where modes forbid it. Others have none to give up."""
    if os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0)
        data = (ctypes.c_uint32 * 6)()
        if problem := call("capget", header, data):
            raise Impossible(os.strerror(problem))
        for first in (0, 1):  # effective, permitted
            data[first] &= ~(1 << CAP_DAC_OVERRIDE)
        if problem := call("capset", header, data):
            raise Impossible(os.strerror(problem))


def call(name: str, *arguments: object) -> int:
    """A call of the C library; the error's number, zero if there was none."""
    library = ctypes.CDLL(None, use_errno=True)
    return ctypes.get_errno() if getattr(library, name)(*arguments) else 0
