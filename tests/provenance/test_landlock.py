"""A process without files and network: what it can no longer do, and that nothing is half restricted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.provenance import isolation
from generator.provenance.isolation import Unrestrictable, landlock_version, restrict

CAGED = pytest.mark.skipif(landlock_version() == 0, reason="this kernel has no Landlock")
ATTEMPTS = """
import os, socket, subprocess, sys, tempfile
from pathlib import Path
from generator.provenance.isolation import restrict
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
        "import threading, sys; from pathlib import Path; from generator.provenance.isolation import *\n"
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
    monkeypatch.setattr(isolation, "landlock_version", lambda: 7)
    monkeypatch.setattr(isolation, name, answer)
    with pytest.raises(Unrestrictable, match=words):
        restrict(tmp_path)


def test_a_system_that_is_not_linux_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert landlock_version() == 0
