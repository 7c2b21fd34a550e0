"""What holds for all tests: those that fork run in a process without threads, and what they count is printed at the end."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("brief", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("brief")  # how long an example takes says what else the machine does

for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGQUIT, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:  # as a shell leaves it for what runs in its background
        signal.signal(number, usual)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A child forked beside threads (Pango's is enough) may wait for ever; so the test is run anew in a pytest of its own."""
    if pyfuncitem.get_closest_marker("forks") is None or len([*Path("/proc/self/task").iterdir()]) == 1:
        return None
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", pyfuncitem.nodeid]
    ran = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.fail(ran.stdout + ran.stderr, pytrace=False)
    return True


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Adds a line to the summary of the run. It travels with the report of the test, as tests may run in several processes."""
    return lambda line: record_property("count", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, line in report.user_properties:
            if name == "count":
                terminalreporter.write_line(line)
