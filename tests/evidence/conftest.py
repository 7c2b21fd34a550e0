"""What the tests of evidence share: two invented articles, and the count of mutants and variants at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.evidence.gate import Transcript

CORPUS = Path(__file__).parent / "corpus"
COUNTS = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def harbour() -> Transcript:
    return Transcript((CORPUS / "harbour.txt").read_text("utf-8"))


@pytest.fixture(scope="session")
def quarry() -> Transcript:
    return Transcript((CORPUS / "quarry.txt").read_text("utf-8"))


@pytest.fixture
def count(request: pytest.FixtureRequest):
    """Add a line to the summary of the run."""
    return request.config.stash.setdefault(COUNTS, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(COUNTS, []):
        terminalreporter.write_line(line)
