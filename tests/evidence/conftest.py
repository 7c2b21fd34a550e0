"""What the tests of evidence share: two invented articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.evidence.gate import Transcript

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(scope="session")
def harbour() -> Transcript:
    return Transcript((CORPUS / "harbour.txt").read_text("utf-8"))


@pytest.fixture(scope="session")
def quarry() -> Transcript:
    return Transcript((CORPUS / "quarry.txt").read_text("utf-8"))
