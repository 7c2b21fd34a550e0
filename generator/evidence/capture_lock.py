"""Reads and writes the lock, which pins each verified quotation to its capture.

    # captures.lock 3: written by `brief lock`, not by hand. Hashes only.
    <source> <claim> <text> <original> <captured> <check> <rules> <warnings> <where>

One line an entry, sorted, so that git can merge the locks of two editors. `claim` is the SHA-256 of everything that was
verified (`claims.Claim.digest`), `text` and `original` are those of the capture, `check` is a digest of the rest of the line,
`rules` is the version of the rules by which the words were verified (`RULES`), and `warnings` are the codes of the warnings then (`-` for
none). The lock contains no words of any source. If one line is damaged, the whole lock is not used.

A line of format 2 has no `rules`: they are 1. Both kinds of lines can be in one file, because git merges locks line by line.

How a claim is verified is in `verification/`.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote, unquote

from generator.problems import Code, Location, Problem, Severity
from generator.project import CAPTURE_LOCK, Opener

VERSION, OLD_VERSION = 3, 2
RULES = 7
"""Version of the rules by which words are verified. Raise it if the gate, or the check of the speaker, now refuses words that it verified
before: only so do people without captures learn that an entry is older."""
HEADER = f"# captures.lock {VERSION}: written by `brief lock`, not by hand. Hashes only."

LOCK_DAMAGED = Code("lock-damaged", Severity.ERROR)
LOCK_CONFLICT = Code("lock-conflict", Severity.ERROR)
LOCK_VERSION = Code("lock-version", Severity.ERROR)

_HEADER = re.compile(r"# captures\.lock (\d{1,9}):")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7}|={7})(?: |$)")
_ENTRY = re.compile(
    r"(?P<source>\S+) (?P<claim>[0-9a-f]{64}) (?P<text>[0-9a-f]{64}) (?P<original>[0-9a-f]{64}) "
    r"(?P<captured>\d{4}-\d{2}-\d{2}) (?P<check>[0-9a-f]{16}) (?:(?P<rules>[1-9]\d{0,8}) )?(?P<warnings>-|[a-z][a-z,-]*) (?P<where>.*)"
)


@dataclass(frozen=True, slots=True, order=True)
class LockEntry:
    """One verified claim. The digests are SHA-256, hexadecimal."""

    source: str
    claim: str
    text: str
    original: str
    captured: str
    """ISO date."""
    where: str
    """Where it is in the capture: `para. 5`; empty if nothing can be counted."""
    warnings: tuple[str, ...] = ()
    """Codes of the warnings when the words were verified, sorted."""
    rules: int = RULES
    """Version of the rules by which they were verified."""

    @property
    def is_outdated(self) -> bool:
        """Whether the present rules may refuse the words."""
        return self.rules < RULES


@dataclass(frozen=True)
class Lock:
    """The entries of a lock; none, and `believed` is false, if the lock is damaged."""

    entries: tuple[LockEntry, ...] = ()
    believed: bool = True

    @cached_property
    def _by_claim(self) -> dict[tuple[str, str], LockEntry]:
        return {(entry.source, entry.claim): entry for entry in self.entries}

    @cached_property
    def sources(self) -> frozenset[str]:
        """Return the sources that have an entry."""
        return frozenset(entry.source for entry in self.entries)

    @cached_property
    def captures(self) -> frozenset[tuple[str, str, str]]:
        """Return the captures that have an entry: source, and the digests of text and original."""
        return frozenset((entry.source, entry.text, entry.original) for entry in self.entries)

    def find(self, source: str, claim: str) -> LockEntry | None:
        """Return the entry of a claim in a source."""
        return self._by_claim.get((source, claim))


@lru_cache(maxsize=2)
def read_lock(text: str) -> tuple[Lock, tuple[Problem, ...]]:
    """Read a lock, once for all briefs with the same text, because a lock grows with the number of briefs.

    A lock with a problem has no entries; an empty text is an empty lock.
    """
    if not text.strip():
        return Lock(), ()
    text = text.replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    problems = tuple(_whole_problems(lines))
    entries = []
    if not problems:
        read = [(number, read_line(line)) for number, line in enumerate(lines[1:], start=2) if not _is_header(line)]
        entries = [entry for _, entry in read if entry is not None]
        problems = tuple(_damaged(number) for number, entry in read if entry is None)
    return (Lock((), believed=False), problems) if problems else (Lock(tuple(sorted(set(entries)))), ())


def open_lock(opener: Opener) -> tuple[Lock, tuple[Problem, ...]]:
    """Read the lock of a project; an empty one if there is none yet. `opener` raises OSError if there is no file."""
    try:
        data = opener(CAPTURE_LOCK)
    except FileNotFoundError:
        return Lock(), ()
    except OSError as error:
        message = f"the lock cannot be read ({error.strerror or error})"
        return Lock((), believed=False), (LOCK_DAMAGED.at(Location(CAPTURE_LOCK), message),)
    try:
        return read_lock(data.decode("utf-8"))
    except UnicodeDecodeError:
        return Lock((), believed=False), (_damaged(1),)


def write_lock(entries: Iterable[LockEntry]) -> str:
    """Return the text of a lock with these entries."""
    lines = (write_line(entry) for entry in sorted(set(entries)))
    return "\n".join((HEADER, *lines)) + "\n"


def _whole_problems(lines: list[str]) -> Iterable[Problem]:
    """Yield what makes the whole lock unusable: a conflict of git, another header, another format."""
    conflicts = [number for number, line in enumerate(lines, start=1) if _CONFLICT.match(line)]
    if conflicts:
        message = "the lock contains the conflict markers of a git merge and is not used"
        yield LOCK_CONFLICT.at(
            Location(CAPTURE_LOCK, conflicts[0], 1, 7), message, "keep the lines of both sides, or run `brief lock`"
        )
        return
    header = _HEADER.match(lines[0])
    if header is None:
        yield _damaged(1)
    elif not _is_header(lines[0]):
        read = f"this version reads formats {OLD_VERSION} and {VERSION}"
        message = f"the lock has format {header[1]}, and {read}; no quotation counts as locked"
        yield LOCK_VERSION.at(
            Location(CAPTURE_LOCK, 1, 1, len(lines[0])), message, "run `brief lock` on a machine with the captures"
        )


def _is_header(line: str) -> bool:
    """Whether a line is the first of a lock that can be read; merging keeps the header of each side."""
    header = _HEADER.match(line)
    return header is not None and int(header[1]) in (VERSION, OLD_VERSION)


def _damaged(number: int) -> Problem:
    message = "this line of the lock was changed after it was written, so the lock is not used"
    return LOCK_DAMAGED.at(
        Location(CAPTURE_LOCK, number), message, "restore the file from the last good commit, or run `brief lock`"
    )


def read_line(line: str) -> LockEntry | None:
    """Read one line of a lock. Return None if it was changed after it was written."""
    match = _ENTRY.fullmatch(line)
    if match is None:
        return None
    try:
        datetime.date.fromisoformat(match["captured"])
    except ValueError:
        return None
    hashes = match["claim"], match["text"], match["original"]
    warnings = () if match["warnings"] == "-" else tuple(match["warnings"].split(","))
    rules = int(match["rules"] or 1)
    entry = LockEntry(unquote(match["source"]), *hashes, match["captured"], match["where"], warnings, rules)
    return entry if write_line(entry) == line else None


def write_line(entry: LockEntry) -> str:
    """Return the line of a lock for an entry."""
    start = f"{quote(entry.source, safe='')} {entry.claim} {entry.text} {entry.original} {entry.captured}"
    rest = f"{','.join(entry.warnings) or '-'} {entry.where}"
    version = OLD_VERSION if entry.rules == 1 else VERSION
    rest = rest if version == OLD_VERSION else f"{entry.rules} {rest}"
    check = hashlib.sha256(f"{version} {start} {rest}".encode()).hexdigest()[:16]
    return f"{start} {check} {rest}"
