"""However the process ends, whoever wants to be told of it is told, and what was said has been written."""

from __future__ import annotations

import subprocess
import sys

from generator import __version__

SAID = f"brief, version {__version__}\n"
CALL = "sys.argv = ['brief', '--version']; from generator.__main__ import main; main()"


def python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout


def test_what_was_said_is_written_before_the_end() -> None:
    assert python("-m", "generator", "--version") == SAID


def test_what_is_registered_for_the_end_is_called() -> None:
    assert python("-c", f"import atexit, sys; atexit.register(print, 'the end'); {CALL}") == f"{SAID}the end\n"


def test_threads_are_waited_for() -> None:
    late = "threading.Thread(target=lambda: (threading.main_thread().join(), print('late'))).start()"
    assert python("-c", f"import sys, threading; {late}; {CALL}") == f"{SAID}late\n"


def test_a_profiler_gets_its_say() -> None:
    assert "function calls" in python("-m", "cProfile", "-m", "generator", "--version")


def test_the_exit_code_is_what_the_command_returned() -> None:
    assert subprocess.run([sys.executable, "-m", "generator", "nonsense"], stderr=subprocess.PIPE).returncode == 2
