"""Batches in worker processes: results in order, exceptions raised here."""

from __future__ import annotations

import os

import pytest

from generator.engine.processes.calls import in_batches


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def failing(number: int) -> int:
    if number == 2:
        raise ValueError("two")
    return number


def dying(number: int, parent: int) -> int:
    if os.getpid() != parent:
        os._exit(1)
    return number


def test_results_are_in_the_order_of_the_batches_and_from_other_processes() -> None:
    told: list[int] = []
    found = in_batches(squared, [(number,) for number in range(9)], told.append)
    assert [number for number, _ in found] == [number * number for number in range(9)]
    assert os.getpid() not in {process for _, process in found}
    assert told == list(range(1, 10))


def test_an_exception_of_a_batch_is_raised_here() -> None:
    with pytest.raises(ValueError, match="two"):
        in_batches(failing, [(1,), (2,)])


def test_a_batch_whose_worker_dies_is_run_here() -> None:
    assert in_batches(dying, [(1, os.getpid())]) == [1]
