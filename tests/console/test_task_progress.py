"""Progress: nothing in the first second, a line that moves on a terminal, lines now and then elsewhere."""

from __future__ import annotations

import sys

import pytest

from generator.console.task_progress import Counting


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("generator.console.task_progress.time.monotonic", lambda: now[0])
    return now


def run(clock: list[float], steps: int, seconds: float) -> None:
    with Counting("verifying quotations", "brief", "briefs") as shown:
        for number in range(steps):
            clock[0] += seconds
            shown.tell(number / steps, number)


def test_what_takes_no_second_says_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    run(clock, 9, 0.1)
    assert capsys.readouterr() == ("", "")


def test_lines_now_and_then_where_there_is_no_terminal(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    run(clock, 25, 0.5)
    assert capsys.readouterr().err == "verifying quotations: 4%, 1 brief\nverifying quotations: 84%, 21 briefs\n"


def test_one_moving_line_on_a_terminal(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run(clock, 4, 0.5)
    assert capsys.readouterr().err == (
        "\r\x1b[Kverifying quotations: 25%, 1 brief"
        "\r\x1b[Kverifying quotations: 50%, 2 briefs"
        "\r\x1b[Kverifying quotations: 75%, 3 briefs\r\x1b[K"
    )


def test_the_line_is_taken_away_before_something_else_is_printed(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Counting("capturing", "source", "sources") as shown:
        clock[0] += 2
        shown.tell(0.5, 1)
        shown.clear()
        assert capsys.readouterr().err.endswith("\r\x1b[K")
    assert capsys.readouterr().err == ""
