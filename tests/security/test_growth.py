"""Reading takes linear time, whatever is repeated how often; see `growth.py` for what is tried."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.security.growth import FUNCTIONS
from tests.security.limits import REPOSITORY
from tests.security.mutating import FULL

LENGTHS = ("10000", "50000") if FULL else ("1000", "10000")
GROUPS = [list(FUNCTIONS)[start::2] for start in range(2)]


@pytest.mark.parametrize("names", GROUPS, ids=", ".join)
def test_no_function_takes_more_than_linear_time(names: list[str]) -> None:
    command = [sys.executable, "-m", "tests.security.growth", *LENGTHS, *names]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=3000, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""
