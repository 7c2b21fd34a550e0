"""Formats measurements as a Markdown table."""

from __future__ import annotations

import re
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


def with_section(page: str, name: str, lines: Sequence[str]) -> str:
    """Return a page in Markdown with these lines as the whole section of that name; a new one comes before the last section."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    section = "\n".join([f"## {name}", "", *lines, "", ""])
    there = [number for number, part in enumerate(parts) if part.startswith(f"## {name}\n")]
    if there:
        parts[there[0]] = section
    else:
        parts.insert(len(parts) - 1, section)
    return "".join(parts)


def lines(rows: Iterable[Row]) -> Sequence[str]:
    head = ["| what | measured | compared | target | reached |", "| --- | --- | --- | --- | --- |"]
    words = {None: "", True: "yes", False: "**no**"}
    return [
        *head,
        *(f"| {row.what} | {row.measured} | {row.compared} | {row.target} | {words[row.reached]} |" for row in rows),
    ]
