"""Formats measurements as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    what: str
    measured: str
    compared: str = ""
    """Ratio to, or difference from, another measurement."""
    target: str = ""
    reached: bool | None = None


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def lines(rows: Iterable[Row]) -> Sequence[str]:
    head = ["| what | measured | compared | target | reached |", "| --- | --- | --- | --- | --- |"]
    words = {None: "", True: "yes", False: "**no**"}
    return [
        *head,
        *(f"| {row.what} | {row.measured} | {row.compared} | {row.target} | {words[row.reached]} |" for row in rows),
    ]
