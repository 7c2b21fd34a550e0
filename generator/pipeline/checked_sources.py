"""Checks entries of large files of sources, and remembers valid ones by digest.

This only saves time. An entry that a brief cites is read again with the brief.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.read.entries import SourceIndex

FILE = "sources-checked"
_SIZE = 16
_LINK = re.compile(r"(?:^|[\s\[{,:])[*&]\S")
"""Possible YAML anchors and aliases. An entry with one is read alone, because entries must not share them."""
_BATCH = 250
"""Entries that are parsed together, because a call for each takes twice the time."""


def damage(
    indexes: Iterable[SourceIndex], store: Path, tell: Callable[[int, int], object] = lambda done, all_: None
) -> Iterator[Problem]:
    """Yield the problems of all entries, and record in `store` which entries are valid.

    `tell` is called with the number of parsed entries and the number of entries to parse.
    """
    before = _remembered(store)
    fine: set[bytes] = set()
    for index in indexes:
        yield from index.problems
        if index.whole is None:
            yield from _damage_of(index, before, fine, tell)
    if fine != before:
        _remember(store, fine)


def remember_fine(indexes: Iterable[SourceIndex], keys: Collection[str], store: Path) -> None:
    """Record the entries of these keys as valid, after each of them was read elsewhere without a problem."""
    fine = {_digest(index.slice(key)) for index in indexes for key in index.entries.keys() & keys}
    _remember(store, _remembered(store) | fine)


def _damage_of(
    index: SourceIndex, before: set[bytes], fine: set[bytes], tell: Callable[[int, int], object]
) -> Iterator[Problem]:
    digests = {key: _digest(index.slice(key)) for key in index.entries}
    unknown = [key for key, digest in digests.items() if digest not in before]
    fine.update(digests.values())
    for start in range(0, len(unknown), _BATCH):
        tell(start, len(unknown))
        keys = unknown[start : start + _BATCH]
        together = [key for key in keys if not _LINK.search(index.slice(key))]
        for key in keys if not _sound(index, together) else sorted({*keys} - {*together}):
            _, problems = index.read([key])
            yield from problems
            if problems:
                fine.discard(digests[key])


def _sound(index: SourceIndex, keys: list[str]) -> bool:
    """Whether entries are valid together. Then each is valid alone, because none has an anchor or an alias."""
    from generator.read.entries import read_text

    sources, problems = read_text("".join(index.slice(key) for key in keys), index.file, 2)
    return not problems and list(sources) == keys


def _remembered(store: Path) -> set[bytes]:
    try:
        head, _, data = (store / FILE).read_bytes().partition(b"\n")
    except OSError:
        return set()
    if head != _head():
        return set()
    return {data[start : start + _SIZE] for start in range(0, len(data), _SIZE)}


def _remember(store: Path, fine: set[bytes]) -> None:
    from contextlib import suppress

    from generator.engine.atomic import write
    from generator.engine.errors import CannotWrite

    with suppress(CannotWrite, OSError):
        store.mkdir(parents=True, exist_ok=True)
        write(store / FILE, _head() + b"\n" + b"".join(sorted(fine)))


def _head() -> bytes:
    """The version of the check: another version of the program checks the entries again."""
    from generator.pipeline.versions import code_digest

    return f"sources-checked 1 {code_digest()}".encode()


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_SIZE).digest()
