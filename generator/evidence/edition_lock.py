"""Reads and writes the record of published editions, `briefs/editions.lock`.

    # editions.lock 1: written by `brief publish`, not by hand. Digests of what each published edition says, by field.
    chips 1 2025-02-14 corrections=0 <digest of the lines below>
    chips 1 title <digest>
    chips 1 facts/cost/claim <digest>

Lines are sorted, with a line for each field, so a change of the file shows the fields and editions that it concerns. The first
line of an edition contains a digest of its other lines: an edition that was changed by hand, or merged from two, is noticed.
This module reads no file.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from generator.problems import Code, Location, Problem, Severity
from generator.project import EDITIONS

VERSION = 1
HEADER = f"# editions.lock {VERSION}: written by `brief publish`, not by hand. Digests of what each published edition says, by field."
WAY_OUT = "restore the file from the last good commit, then run `brief publish` for what was published since"
EDITIONS_DAMAGED = Code("editions-damaged", Severity.ERROR)
_VERSION = re.compile(r"# editions\.lock (\d{1,9}):")

_FIRST = re.compile(
    r"(?P<slug>\S+) (?P<edition>[1-9]\d{0,8}) (?P<day>\d{4}-\d\d-\d\d) corrections=(?P<corrections>\d{1,9}) (?P<digest>[0-9a-f]{32})"
)

_FIELD = re.compile(r"(?P<slug>\S+) (?P<edition>[1-9]\d{0,8}) (?P<path>\S+) (?P<digest>[0-9a-f]{32})")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7}|={7})(?: |$)")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One published edition."""

    slug: str
    edition: int
    day: str
    """When it was last recorded, an ISO date."""
    corrections: int
    """How many corrections it had then."""
    fields: Mapping[str, str] = field(hash=False)
    """Digests by field."""
    line: int = field(default=1, compare=False)
    """Its first line in the file."""


@dataclass(frozen=True)
class Editions:
    """The content of the file; nothing if it is damaged."""

    entries: tuple[Recorded, ...] = ()
    damaged: bool = False

    @cached_property
    def _latest(self) -> dict[str, Recorded]:
        return {one.slug: one for one in sorted(self.entries, key=lambda one: one.edition)}

    def latest(self, slug: str) -> Recorded | None:
        """Return the last edition of a brief that was published."""
        return self._latest.get(slug)


def write_editions(entries: Iterable[Recorded]) -> str:
    """Return the text of the file."""
    lines = [line for entry in sorted(entries, key=lambda one: (one.slug, one.edition)) for line in _lines(entry)]
    return "\n".join([HEADER, *lines]) + "\n"


def read_editions(text: str) -> tuple[Editions, tuple[Problem, ...]]:
    """Read the text of the file. With a problem there are no editions; an empty text has no editions either."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if not text.strip():
        return Editions(), ()
    problems = list(_whole_problems(lines))
    if problems:
        return Editions(damaged=True), tuple(problems)
    by_edition: dict[tuple[str, int], Recorded] = {}
    groups, problems = _grouped(lines)
    for number, group in groups:
        entry = _entry(group, number)
        if entry is None:
            slug, edition = group[0].split(" ")[:2]
            message = f"edition {edition} of '{slug}' was changed after it was written, by hand or by a merge"
            problems.append(EDITIONS_DAMAGED.at(_at(number, group[0]), message, WAY_OUT))
        elif by_edition.setdefault((entry.slug, entry.edition), entry) is not entry:
            message = f"edition {entry.edition} of '{entry.slug}' occurs twice"
            hint = "delete all lines of one of them; `brief check` then compares the brief with the other"
            problems.append(EDITIONS_DAMAGED.at(_at(number, group[0]), message, hint))
    return (Editions(damaged=True), tuple(problems)) if problems else (Editions(tuple(by_edition.values())), ())


def unreadable(error: OSError) -> tuple[Editions, tuple[Problem, ...]]:
    """Return the result for a file that cannot be opened."""
    message = f"the file cannot be read ({error.strerror or error})"
    return Editions(damaged=True), (
        EDITIONS_DAMAGED.at(Location(EDITIONS), message, "allow reading it, or restore it"),
    )


def _whole_problems(lines: list[str]) -> Iterator[Problem]:
    """Yield what makes the whole record unusable: a conflict of git, another first line, another format."""
    for number, line in enumerate(lines, start=1):
        if _CONFLICT.match(line):
            hint = "delete the conflict markers and keep the editions of both sides, each whole; if both have an edition, keep one"
            yield EDITIONS_DAMAGED.at(
                Location(EDITIONS, number, 1, 7), "the file contains the conflict markers of a git merge", hint
            )
            return
    version = _VERSION.match(lines[0])
    if version is None:
        yield EDITIONS_DAMAGED.at(_at(1, lines[0]), "the first line is not that of an editions.lock", WAY_OUT)
    elif int(version[1]) != VERSION:
        message = f"the file has format {version[1]}, and this version reads format {VERSION}"
        yield EDITIONS_DAMAGED.at(_at(1, lines[0]), message, "use the version of the generator that wrote it")


def _grouped(lines: list[str]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the lines of each edition with the number of its first one, and a problem for each line that belongs to none."""
    groups: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], start=2):
        if line in ("", HEADER):  # merging keeps the header of each side
            continue
        if _FIRST.fullmatch(line):
            groups.append((number, [line]))
        elif groups and _FIELD.fullmatch(line) and line.split(" ")[:2] == groups[-1][1][0].split(" ")[:2]:
            groups[-1][1].append(line)
        else:
            problems.append(EDITIONS_DAMAGED.at(_at(number, line), "this line is not an entry of an edition", WAY_OUT))
    return groups, problems


def _entry(group: list[str], number: int) -> Recorded | None:
    """Read the lines of one edition; None if they were changed."""
    first = _FIRST.fullmatch(group[0])
    assert first is not None
    try:
        datetime.date.fromisoformat(first["day"])
    except ValueError:
        return None
    digests = dict(line.split(" ")[2:] for line in group[1:])
    entry = Recorded(
        first["slug"], int(first["edition"]), first["day"], int(first["corrections"]), MappingProxyType(digests), number
    )
    return entry if _lines(entry) == group else None


def _lines(entry: Recorded) -> list[str]:
    own = [f"{entry.slug} {entry.edition} {path} {digest}" for path, digest in sorted(entry.fields.items())]
    start = " ".join([entry.slug, str(entry.edition), str(entry.day), f"corrections={entry.corrections}"])
    check = hashlib.sha256("\n".join([start, *own]).encode()).hexdigest()[:32]
    return [f"{start} {check}", *own]


def _at(number: int, line: str) -> Location:
    return Location(EDITIONS, number, 1, max(len(line), 1))
