"""Reads the heads of the extracts in the output folder.

A module of its own, because `extract_file` knows the format of an extract, and nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.project import is_name
from generator.site.extracts.extract_file import (
    EXTRACTS,
    BadExtract,
    ExtractHead,
    details_path,
    extract_path,
    read_head,
)


def heads(output: Path, extracts: Iterable[str]) -> Iterator[ExtractHead]:
    """Return the head of each extract; one that another version wrote is left out until its brief is built again.

    So is an extract without one of its files.
    """
    intact = frozenset(extracts)
    for path in sorted(intact):
        slug = path.removeprefix(f"{EXTRACTS}/").removesuffix(".jsonl")
        if not is_name(slug) or details_path(slug) not in intact:
            continue
        try:
            with (output / path).open("rb") as file:
                head = read_head(file.readline())
        except (OSError, BadExtract):
            continue
        if path == extract_path(head.slug):
            yield head
