"""The counts of the campaign, at the end of a test run."""

from __future__ import annotations

import pytest

COUNTS = pytest.StashKey[list[str]]()


@pytest.fixture
def summed_up(request: pytest.FixtureRequest):
    """Add a line to the summary of the run."""
    return request.config.stash.setdefault(COUNTS, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(COUNTS, []):
        terminalreporter.write_line(line)
