"""The command `fresh-machine`: its options, its folder, and its report."""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.freshmachine import settings, steps
from scripts.freshmachine.machine import Failed, Machine, add_user, copy_clone, make_base, mount, remove
from scripts.freshmachine.readme import ROOT

PROGRAMS = ("debootstrap", "unshare", "setpriv", "chroot", "mount", "git")
INTERRUPTED = 130
SHOWN_LINES = 40
"""Number of printed lines of a failed step's log."""


def main(arguments: Sequence[str]) -> int:
    """Run the command: exit code 0 if every step passed, 1 if not, 2 if it cannot run."""
    options = _options(arguments)
    if options.inside:
        return _inside(options.inside, options)
    if reason := _unable():
        print(f"fresh-machine cannot run here: {reason}", file=sys.stderr)
        return 2
    folder = _folder(options.suite)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"fresh-machine cannot run here: another one is running in {folder}", file=sys.stderr)
            return 2
        return _outside(folder, options)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="fresh-machine", description="Follow the README on a new Debian, as a new user would. Needs root."
    )
    parser.add_argument("suite", type=_suite, help="the Debian release: bookworm, trixie, ...")
    parser.add_argument("--quick", action="store_true", help="run some of the tests, not all")
    parser.add_argument(
        "--soak", type=int, default=0, metavar="MINUTES", help="then watch 200 briefs under random edits"
    )
    parser.add_argument("--keep", action="store_true", help="keep the machine's folder")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _suite(name: str) -> str:
    """Return the name of a suite, which is also a folder's name. Raises ArgumentTypeError if it is not valid."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise argparse.ArgumentTypeError("a suite is a word such as trixie")
    return name


def _unable() -> str:
    """Return why a machine cannot be made here; empty if it can."""
    if os.geteuid() != 0:
        return "it needs root to make a machine in a folder"
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"install {', '.join(missing)}" if missing else ""


def _folder(suite: str) -> Path:
    """Return the folder for everything that this command writes."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(cache, "policy-brief-generator", "fresh-machine", suite)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def _outside(folder: Path, options: argparse.Namespace) -> int:
    """Run this command again in separate namespaces, which end with it; then remove the machine."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    remove(folder / "root")
    remove(folder / "logs")
    (folder / "logs").mkdir()
    spaces = ("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc")
    again = (
        sys.executable,
        str(ROOT / "scripts/fresh-machine"),
        options.suite,
        *(["--quick"] if options.quick else []),
        *(["--soak", str(options.soak)] if options.soak else []),
    )
    try:
        code = subprocess.run(
            ["setpriv", "--pdeathsig", "KILL", *spaces, *again, "--inside", str(folder)], check=False
        ).returncode
    except KeyboardInterrupt:
        code = INTERRUPTED
        print("interrupted")
    finally:
        if not options.keep:
            remove(folder / "root")
    print(f"logs: {folder / 'logs'}")
    return code if code in (0, INTERRUPTED) else 1


def _inside(folder: Path, options: argparse.Namespace) -> int:
    """Run all steps until one fails."""
    root, suite, begun = folder / "root", options.suite, time.monotonic()
    base = [
        steps.Step("the base system", lambda machine: _new(machine, suite)),
        *steps.FIRST,
        steps.Step("a clean clone", lambda machine: copy_clone(machine, ROOT)),
    ]
    taken = [
        *base,
        *(steps.QUICK if options.quick else steps.WHOLE),
        *([steps.soak(options.soak)] if options.soak else []),
    ]
    for number, step in enumerate(taken, 1):
        log = folder / "logs" / f"{number:02}-{step.name.replace(' ', '-').strip('.-')}.log"
        if not _take(step, root, log):
            return 1
    print(f"{suite}: {len(taken)} steps passed in {time.monotonic() - begun:.0f} s", flush=True)
    return 0


def _new(machine: Machine, suite: str) -> None:
    make_base(machine.root, suite, machine.log)
    mount(machine.root)
    add_user(machine)


def _take(step: steps.Step, root: Path, path: Path) -> bool:
    """Run one step and print its result, its time and, if it failed, the end of its log."""
    begun = time.monotonic()
    failure = _failure(step.take, root, path)
    print(f"{'FAILED' if failure else 'passed'}  {time.monotonic() - begun:6.1f} s  {step.name}", flush=True)
    if failure:
        with path.open(encoding="utf-8") as lines:
            print("".join(f"    {line}" for line in deque(lines, SHOWN_LINES)), f"  {failure}", sep="", flush=True)
    return failure is None


def _failure(take: Callable[[Machine], None], root: Path, path: Path) -> str | None:
    with path.open("w", encoding="utf-8") as log:
        try:
            take(Machine(root, log, settings.variables()))
        except (Failed, ValueError, OSError, subprocess.SubprocessError) as error:
            return str(error)
    return None
