"""Makes a minimal Debian in a folder, and runs commands in it as root or as an ordinary user.

All mounts are in a separate mount namespace, and all processes in a separate process namespace. When the first
process there ends for any reason, the kernel ends the others and removes the mounts. Nothing of the host is mounted.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scripts.freshmachine import settings

USER, UID = "author", 1000
HOME = f"/home/{USER}"
CLONE = f"{HOME}/policy-brief-generator"

_DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9), "tty": (5, 0)}
_ADDRESS = re.compile(r"\b[a-z][a-z+]*://[^\s'\"<>]+|host='[^']*'|\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev)\b")


class Failed(Exception):
    """A step failed; the text says why."""


@dataclass(frozen=True, slots=True)
class Done:
    """Result of a command: its exit code, and its output and errors in one text, without network addresses."""

    code: int
    output: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A minimal Debian in the folder `root`. Each command's output is written to `log`."""

    root: Path
    log: IO[str]
    variables: Mapping[str, str] = field(default_factory=dict)

    def as_root(self, script: str) -> Done:
        """Run a shell script as root. Raises Failed if it fails."""
        return _demand(script, self._run(script, 0, "/", {"DEBIAN_FRONTEND": "noninteractive"}))

    def attempt(self, script: str, folder: str = HOME, **variables: str) -> Done:
        """Run a shell script as an ordinary user."""
        return self._run(script, UID, folder, variables)

    def run(self, script: str, folder: str = HOME, **variables: str) -> Done:
        """Run a shell script as an ordinary user. Raises Failed if it fails."""
        return _demand(script, self.attempt(script, folder, **variables))

    def path(self, path: str) -> Path:
        """Return the path on the host of a path of the machine."""
        return self.root / path.lstrip("/")

    def write(self, path: str, text: str) -> None:
        """Write a text file that the user owns."""
        self.path(path).write_text(text, "utf-8")
        os.chown(self.path(path), UID, UID)

    def _run(self, script: str, uid: int, folder: str, variables: Mapping[str, str]) -> Done:
        home = HOME if uid else "/root"
        known = {
            "HOME": home,
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
        }
        environment = [f"{name}={value}" for name, value in {**known, **self.variables, **variables}.items()]
        user = ("--groups=", f"--userspec={uid}:{uid}")
        inside = ("env", "-i", *environment, "bash", "-euc", f"cd {shlex.quote(folder)}\n{script}")
        return logged(["chroot", *user, str(self.root), *inside], self.log)


def logged(command: list[str], log: IO[str]) -> Done:
    """Run a command of the host. Its output is written to `log` and returned, both without network addresses."""
    print(f"$ {without_addresses(command[-1])}", file=log, flush=True)
    output = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            output.append(without_addresses(line))
            print(output[-1], end="", file=log, flush=True)
    return Done(process.returncode, "".join(output))


def without_addresses(text: str) -> str:
    """Return `text` with each network address and host name replaced by a dash."""
    return _ADDRESS.sub("-", text)


def _demand(script: str, done: Done) -> Done:
    if done.code != 0:
        raise Failed(f"exit code {done.code} from: {script.strip().splitlines()[-1]}")
    return done


def make_base(root: Path, suite: str, log: IO[str]) -> None:
    """Unpack a minimal Debian into `root`, from the package sources of the host's apt. Raises Failed."""
    main = [source.address for source in settings.host_sources(suite) if source.suite == suite]
    done = logged(["debootstrap", "--variant=minbase", suite, str(root), *main[:1]], log)
    if done.code != 0:
        raise Failed(f"debootstrap failed with exit code {done.code}")


def mount(root: Path) -> None:
    """Mount /proc, /dev, /dev/pts and /dev/shm: new ones, none of the host's."""
    _mount("proc", root / "proc", "nosuid,noexec,nodev")
    _mount("tmpfs", root / "dev", "nosuid,mode=0755")
    for name, (major, minor) in _DEVICES.items():
        os.mknod(root / "dev" / name, 0o020666, os.makedev(major, minor))
        (root / "dev" / name).chmod(0o666)
    for name, target in {"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"}.items():
        (root / "dev" / name).symlink_to(f"/proc/self/fd{target}")
    (root / "dev/pts").mkdir()
    (root / "dev/shm").mkdir()
    _mount("devpts", root / "dev/pts", "newinstance,ptmxmode=0666,mode=0620,nosuid,noexec")
    _mount("tmpfs", root / "dev/shm", "nosuid,nodev,mode=1777")
    (root / "dev/ptmx").symlink_to("pts/ptmx")


def _mount(kind: str, place: Path, options: str) -> None:
    subprocess.run(["mount", "-t", kind, "-o", options, kind, str(place)], check=True)


def add_user(machine: Machine) -> None:
    """Add the ordinary user, and give the machine the host's settings."""
    suite = re.search(r"^VERSION_CODENAME=(\w+)", machine.path("/etc/os-release").read_text("utf-8"), re.MULTILINE)
    assert suite is not None
    settings.copy(machine.root, suite[1])
    machine.as_root(f"useradd --uid {UID} --create-home --shell /bin/bash {USER}")


def copy_clone(machine: Machine, repository: Path) -> None:
    """Copy a clean clone of the repository's last commit into the user's home."""
    target = machine.path(CLONE)
    clone = [
        "git",
        "-c",
        "advice.detachedHead=false",
        "clone",
        "--quiet",
        "--no-hardlinks",
        str(repository),
        str(target),
    ]
    if logged(clone, machine.log).code != 0:
        raise Failed("the repository cannot be cloned")
    for place, folders, files in os.walk(target):
        for name in (".", *folders, *files):
            os.chown(Path(place, name), UID, UID, follow_symlinks=False)


def remove(root: Path) -> None:
    """Remove a machine's folder, with everything that an earlier run left."""
    shutil.rmtree(root, ignore_errors=True)
