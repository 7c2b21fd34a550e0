"""No regular expression of the program takes more than linear time, on any input."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.security.limits import REPOSITORY
from tests.security.patterns import modules

PARTS = ["the rest", *sorted({".".join(name.split(".")[:2]) for name in modules() if name.count(".") > 1})]


def slow(names: list[str]) -> list[str]:
    command = [sys.executable, "-m", "tests.security.patterns", *names]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.parametrize("part", PARTS)
def test_no_regular_expression_is_slow(part: str) -> None:
    found = slow(
        [name for name in modules() if part == next((p for p in PARTS if f"{name}.".startswith(f"{p}.")), PARTS[0])]
    )
    assert found == []


def test_slow_ones_would_be_found(tmp_path) -> None:
    program = """
import re, signal
from tests.security import patterns
signal.signal(signal.SIGVTALRM, patterns._stop)
patterns.SECONDS = 0.5
for text, method in ((r"(?:a+)+b", "search"), (r"\\s*x", "search"), (r"\\s*,?\\s*\\{", "match"), (r"<!--.*?-->", "sub"),
                     (r"<[^>]*>", "sub"), (r"a*b", "match")):
    print(bool(patterns.tried(patterns.Used("", re.compile(text), frozenset((method,))))))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=True
    )
    assert done.stdout.split() == ["True"] * 5 + ["False"]
