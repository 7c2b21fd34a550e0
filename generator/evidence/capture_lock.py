"""The lock: `briefs/captures.lock`, which pins every verified quotation to the capture that it was verified against.

    # captures.lock 2: written by `brief lock`, not by hand. Hashes only.
    <source> <claim> <text> <original> <captured> <check> <warnings> <where>

One line an entry, sorted, so that git merges two editors' locks by itself. `claim` is the SHA-256 of all that was verified
(`claims.Claim.digest`), `text` and `original` those of the capture, `check` a digest of the rest of the line, and `warnings`
the codes that the words had when they were verified (`-` for none). The lock holds no words of any source. A lock with one
bad line is not believed at all.

This module does not know how a claim is verified.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote, unquote

from generator.problems import Code, Location, Problem, Severity

FILE = "briefs/captures.lock"
VERSION = 2
HEADER = f"# captures.lock {VERSION}: written by `brief lock`, not by hand. Hashes only."

LOCK_DAMAGED = Code("lock-damaged", Severity.ERROR)
LOCK_CONFLICT = Code("lock-conflict", Severity.ERROR)
LOCK_VERSION = Code("lock-version", Severity.ERROR)
CODES = (LOCK_DAMAGED, LOCK_CONFLICT, LOCK_VERSION)

_HEADER = re.compile(r"# captures\.lock (\d{1,9}):")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7}|={7})(?: |$)")
_ENTRY = re.compile(
    r"(?P<source>\S+) (?P<claim>[0-9a-f]{64}) (?P<text>[0-9a-f]{64}) (?P<original>[0-9a-f]{64}) "
    r"(?P<captured>\d{4}-\d{2}-\d{2}) (?P<check>[0-9a-f]{16}) (?P<warnings>-|[a-z][a-z,-]*) (?P<where>.*)"
)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One verified claim. The digests are SHA-256, hexadecimal."""

    source: str
    claim: str
    text: str
    original: str
    captured: str
    """ISO date."""
    where: str
    """Where in the capture it stands: `para. 5`; empty where nothing can be counted."""
    warnings: tuple[str, ...] = ()
    """Codes of the warnings that the words had when they were verified, sorted."""


@dataclass(frozen=True)
class Lock:
    """What is pinned. A lock that could not be believed has no entries and says so in `believed`."""

    entries: tuple[Entry, ...] = ()
    believed: bool = True

    @cached_property
    def _by_claim(self) -> dict[tuple[str, str], Entry]:
        return {(entry.source, entry.claim): entry for entry in self.entries}

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources of which something is pinned."""
        return frozenset(entry.source for entry in self.entries)

    @cached_property
    def captures(self) -> frozenset[tuple[str, str, str]]:
        """The captures against which something was verified: source, and the digests of text and original."""
        return frozenset((entry.source, entry.text, entry.original) for entry in self.entries)

    def find(self, source: str, claim: str) -> Entry | None:
        """The entry of a claim in a source."""
        return self._by_claim.get((source, claim))


@lru_cache(maxsize=2)
def read_lock(text: str, file: str = FILE) -> tuple[Lock, tuple[Problem, ...]]:
    """Read a lock, once for all briefs that find the same text: a lock grows with their number.

    With any problem it has no entries; an empty text is an empty lock.
    """
    if not text.strip():
        return Lock(), ()
    text = text.replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    problems = tuple(_whole_problems(lines, file))
    entries = []
    if not problems:
        read = [(number, read_line(line)) for number, line in enumerate(lines[1:], start=2) if line != HEADER]
        entries = [entry for _, entry in read if entry is not None]
        problems = tuple(_damaged(file, number) for number, entry in read if entry is None)
    return (Lock((), believed=False), problems) if problems else (Lock(tuple(sorted(set(entries)))), ())


def open_lock(opener: Callable[[str], bytes], file: str = FILE) -> tuple[Lock, tuple[Problem, ...]]:
    """Read the lock of a project; an empty one where there is none yet. `opener` raises OSError where there is no file."""
    try:
        data = opener(file)
    except FileNotFoundError:
        return Lock(), ()
    except OSError as error:
        message = f"the lock cannot be read ({error.strerror or error})"
        return Lock((), believed=False), (LOCK_DAMAGED.at(Location(file), message),)
    try:
        return read_lock(data.decode("utf-8"), file)
    except UnicodeDecodeError:
        return Lock((), believed=False), (_damaged(file, 1),)


def write_lock(entries: Iterable[Entry]) -> str:
    """The text of a lock with these entries."""
    lines = (write_line(entry) for entry in sorted(set(entries)))
    return "\n".join((HEADER, *lines)) + "\n"


def _whole_problems(lines: list[str], file: str) -> Iterable[Problem]:
    conflicts = [number for number, line in enumerate(lines, start=1) if _CONFLICT.match(line)]
    if conflicts:
        message = "the lock has the marks of a merge conflict and is not believed"
        yield LOCK_CONFLICT.at(
            Location(file, conflicts[0], 1, 7), message, "keep the lines of both sides, or run `brief lock`"
        )
        return
    header = _HEADER.match(lines[0])
    if header is None:
        yield _damaged(file, 1)
    elif int(header[1]) != VERSION:
        message = f"the lock has form {header[1]}, and this version knows form {VERSION}; no quotation counts as locked"
        yield LOCK_VERSION.at(Location(file, 1, 1, len(lines[0])), message, "run `brief lock` where the captures are")


def _damaged(file: str, number: int) -> Problem:
    message = "this line of the lock was changed after it was written, so that the lock is not believed"
    return LOCK_DAMAGED.at(
        Location(file, number), message, "take the file from the last good commit, or run `brief lock`"
    )


def read_line(line: str) -> Entry | None:
    """Read one line of a lock; None if it was changed after it was written."""
    found = _ENTRY.fullmatch(line)
    if found is None:
        return None
    try:
        datetime.date.fromisoformat(found["captured"])
    except ValueError:
        return None
    hashes = found["claim"], found["text"], found["original"]
    warnings = () if found["warnings"] == "-" else tuple(found["warnings"].split(","))
    entry = Entry(unquote(found["source"]), *hashes, found["captured"], found["where"], warnings)
    return entry if write_line(entry) == line else None


def write_line(entry: Entry) -> str:
    """The line of a lock for an entry."""
    start = f"{quote(entry.source, safe='')} {entry.claim} {entry.text} {entry.original} {entry.captured}"
    rest = f"{','.join(entry.warnings) or '-'} {entry.where}"
    return f"{start} {_check(start, rest)} {rest}"


def _check(start: str, rest: str) -> str:
    return hashlib.sha256(f"{VERSION} {start} {rest}".encode()).hexdigest()[:16]
