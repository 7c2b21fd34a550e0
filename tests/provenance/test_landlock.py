"""A process without files and network: what it can no longer do, and that nothing is half restricted."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from generator.provenance import pdf_isolation
from generator.provenance.pdf_isolation import Unrestrictable, landlock_version, restrict

CAGED = pytest.mark.skipif(landlock_version() == 0, reason="this kernel has no Landlock")
ATTEMPTS = """
import os, socket, subprocess, sys, tempfile
from pathlib import Path
from generator.provenance.pdf_isolation import restrict
folder, secret = map(Path, sys.argv[1:])
restrict(folder)
def write_program(path):
    path.write_text("#!/bin/sh\\n")
    path.chmod(0o755)
attempts = {
    "read": lambda: secret.read_text(),
    "list": lambda: os.listdir(secret.parent),
    "write": lambda: secret.write_text("x"),
    "new": lambda: (secret.parent / "new").write_text("x"),
    "remove": lambda: secret.unlink(),
    "truncate": lambda: os.truncate(secret, 0),
    "link": lambda: (folder / "hard").hardlink_to(secret),
    "symlink": lambda: ((folder / "soft").symlink_to(secret), (folder / "soft").read_text()),
    "rename": lambda: secret.rename(folder / "moved"),
    "passwords": lambda: Path("/etc/passwd").read_text(),
    "home": lambda: os.listdir(os.path.expanduser("~root")),
    "inet": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "inet6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "other process": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "child": lambda: subprocess.run(["/bin/cat", str(secret)], check=True, capture_output=True),
    "child's network": lambda: subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], check=True, capture_output=True),
    "run what it wrote": lambda: (write_program(folder / "run"), subprocess.run([folder / "run"])),
}
for name, attempt in attempts.items():
    try:
        attempt()
    except (OSError, subprocess.CalledProcessError):
        continue
    print(name)
(folder / "own").write_text("fine")
assert (folder / "own").read_text() == "fine"
assert Path(tempfile.mkdtemp()).parent == folder
import json, pikepdf, weasyprint
subprocess.run([sys.executable, "-c", "import weasyprint"], check=True)
print("done")
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    return subprocess.run([sys.executable, "-c", *arguments], cwd=root, text=True, capture_output=True, check=False)


@CAGED
def test_a_restricted_process_has_its_folder_and_the_program_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    ran = run(ATTEMPTS, str(tmp_path / "inside"), str(secret))
    assert ran.stdout == "done\n", ran.stderr
    assert secret.read_text() == "secret"


@CAGED
def test_a_process_with_threads_is_not_restricted(tmp_path: Path) -> None:
    ran = run(
        "import threading, sys; from pathlib import Path; from generator.provenance.pdf_isolation import *\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "try: restrict(Path(sys.argv[1]))\n"
        "except Unrestrictable as fault: print(fault)",
        str(tmp_path),
    )
    assert "has started threads" in ran.stdout, ran.stderr


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("landlock_version", lambda: 0, "Landlock is missing"),
        ("platform", type("P", (), {"machine": lambda: "vax"}), "vax"),
    ],
)
def test_where_it_cannot_be_done_it_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, answer: object, words: str
) -> None:
    monkeypatch.setattr(pdf_isolation, "landlock_version", lambda: 7)
    monkeypatch.setattr(pdf_isolation, name, answer)
    with pytest.raises(Unrestrictable, match=words):
        restrict(tmp_path)


def test_a_system_that_is_not_linux_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert landlock_version() == 0


# ---------------------------------------------------------------- what the kernel is asked

PATH_RULE, RULES = "=Qi", pdf_isolation.EXECUTE | pdf_isolation.READ_FILE | pdf_isolation.READ_DIR


class Kernel:
    """Stands in for the C library: keeps what it is asked, and refuses one of the calls."""

    def __init__(self, version: int, refused: int = -1) -> None:
        self.version, self.refused = version, refused
        self.calls: list[str] = []
        self.attributes = b""
        self.rules: dict[str, int] = {}
        self.program = b""

    def syscall(self, number, *arguments) -> int:
        code = getattr(number, "value", number)
        if code == pdf_isolation.CREATE_RULESET and arguments[0] is None:
            return self.version
        name = {
            pdf_isolation.CREATE_RULESET: "create",
            pdf_isolation.ADD_RULE: "add",
            pdf_isolation.RESTRICT_SELF: "restrict",
        }[code]
        if code == pdf_isolation.CREATE_RULESET:
            self.attributes = arguments[0]
        if code == pdf_isolation.ADD_RULE:
            allowed, place = struct.unpack(PATH_RULE, arguments[2])
            self.rules[str(Path(f"/proc/self/fd/{place}").readlink())] = allowed
        return self._answer(name) or (os.open(os.devnull, os.O_RDONLY) if name == "create" else 0)

    def prctl(self, option, *arguments) -> int:
        if option.value == pdf_isolation.NO_NEW_PRIVILEGES:
            return self._answer("no new privileges")
        length, address = struct.unpack("HxxxxxxP", arguments[1])
        self.program = ctypes.string_at(address, 8 * length)
        return self._answer("filter")

    def _answer(self, name: str) -> int:
        self.calls.append(name)
        if len(self.calls) - 1 != self.refused:
            return 0
        ctypes.set_errno(errno.EPERM)
        return -1


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch):
    """Puts a kernel in place of this one, for a process that seems to have one thread and one of the known machines."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "before")

    def put(version: int = 6, refused: int = -1, machine: str = "x86_64") -> Kernel:
        made = Kernel(version, refused)
        monkeypatch.setattr(pdf_isolation, "_libc", lambda: made)
        monkeypatch.setattr(platform, "machine", lambda: machine)
        monkeypatch.setattr(os, "listdir", lambda _: ["1"])
        return made

    return put


@pytest.mark.parametrize(
    ("version", "size", "rights"),
    [(1, 8, 13), (2, 8, 14), (3, 8, 15), (4, 16, 15), (5, 16, 16), (6, 24, 16), (9, 24, 16)],
)
def test_each_kernel_is_asked_for_all_that_it_can_deny(tmp_path: Path, kernel, version, size, rights) -> None:
    asked = kernel(version)
    restrict(tmp_path)
    numbers = struct.unpack("QQQ", asked.attributes.ljust(24, b"\0"))
    assert len(asked.attributes) == size
    assert numbers == (2**rights - 1, 3 if size > 8 else 0, 3 if size > 16 else 0)


def test_only_the_folder_may_be_written_and_nothing_in_it_be_run(tmp_path: Path, kernel) -> None:
    asked = kernel()
    restrict(tmp_path)
    assert asked.calls == ["no new privileges", "create", *["add"] * len(asked.rules), "restrict", "filter"]
    assert asked.rules.pop(str(tmp_path)) == (2**16 - 1) & ~pdf_isolation.EXECUTE
    assert asked.rules.pop(os.devnull) == pdf_isolation.WRITE_FILE | pdf_isolation.READ_FILE
    assert {allowed & ~RULES for allowed in asked.rules.values()} == {0}
    assert {sys.prefix, str(Path(pdf_isolation.__file__).parents[1])} <= set(asked.rules)
    assert not {"/", "/home", "/root", "/tmp", "/etc", "/proc", "/var"} & set(asked.rules)
    assert (os.environ["HOME"], os.environ["TMPDIR"], tempfile.gettempdir()) == (str(tmp_path),) * 3


def test_a_rule_on_a_file_grants_nothing_that_only_folders_have(tmp_path: Path, kernel) -> None:
    """The kernel refuses such a rule."""
    asked = kernel()
    restrict(tmp_path)
    files = [allowed for path, allowed in asked.rules.items() if not Path(path).is_dir()]
    assert files
    assert not [allowed for allowed in files if allowed & pdf_isolation.READ_DIR]


def test_whatever_the_kernel_refuses_the_process_is_not_taken_for_restricted(tmp_path: Path, kernel) -> None:
    whole = kernel()
    restrict(tmp_path)
    os.environ["HOME"] = "before"
    for number in {0, 1, 2, len(whole.calls) - 2, len(whole.calls) - 1}:
        asked = kernel(refused=number)
        with pytest.raises(Unrestrictable, match="operation not permitted"):
            restrict(tmp_path)
        assert asked.calls == whole.calls[: number + 1]
        assert os.environ["HOME"] == "before"


def filtered(program: bytes, architecture: int, call: int) -> int:
    """What a filter of system calls answers: an interpreter of the instructions that ours has (Linux's `filter.h`)."""
    steps, data, held, at = [*struct.iter_unpack("HBBI", program)], {0: call, 4: architecture}, 0, 0
    while True:
        code, if_so, if_not, number = steps[at]
        if code == 0x06:
            return number
        holds = {0x20: True, 0x15: held == number, 0x35: held >= number}[code]
        held = data[number] if code == 0x20 else held
        at += 1 + (0 if code == 0x20 else if_so if holds else if_not)


@pytest.mark.parametrize(
    ("machine", "own", "other", "socket"),
    [("x86_64", 0xC000003E, 0xC00000B7, 41), ("aarch64", 0xC00000B7, 0xC000003E, 198)],
)
def test_no_socket_is_opened_by_whatever_call(tmp_path: Path, kernel, machine, own, other, socket) -> None:
    asked = kernel(machine=machine)
    restrict(tmp_path)
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.EPERM
    refused = {call for call in range(600) if filtered(asked.program, own, call) != allow}
    assert refused == {socket, 425}
    assert {filtered(asked.program, own, call) for call in refused} == {refuse}
    assert filtered(asked.program, own, 0x40000000) == filtered(asked.program, own, 0x40000000 + socket) == refuse
    assert filtered(asked.program, other, 0) == refuse
