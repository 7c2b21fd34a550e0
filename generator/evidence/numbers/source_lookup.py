"""Looks for numbers in the captures of the sources that are cited for them.

For a source whose capture is not here, the numbers are looked up in the lock.

A source that was never captured cannot be checked, so nothing is reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.evidence.capture_lock import Lock, LockEntry
from generator.evidence.captures.capture_store import Capture, Captures
from generator.evidence.claims import identity
from generator.model import Brief, Library, Status
from generator.problems import Code, Location, Problem, Severity


@dataclass(frozen=True, slots=True)
class Supported:
    """The result for what was looked for: a problem, or the entry that pins it; `pinned` is the lock's own entry."""

    problem: Problem | None = None
    entry: LockEntry | None = None
    pinned: LockEntry | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The captures here do not contain what was looked for, and the lock does not pin it."""

    present: Mapping[str, Capture]
    """The captures by the keys of their sources."""
    missing: tuple[str, ...]
    """Keys of sources without a capture here."""

    def problem(
        self, code: Code, place: Location, what: str, hint: str, *, severity: Severity | None = None, count: int = 1
    ) -> Problem:
        """Return the problem of `count` numbers that are not in the sources; without their captures it says that."""
        it, is_ = ("it", "is") if count == 1 else ("them", "are")
        if not self.missing:
            return code.at(place, f"{what} {is_} not in {', '.join(self.present)}", hint, severity=severity)
        message = f"{what} cannot be checked: the lock does not contain {it}, and there is no capture of {self.missing[0]} here"
        return code.at(place, message, "run `brief lock` on a machine with the captures", severity=severity)


@dataclass(frozen=True, slots=True)
class SourceLookup:
    """What numbers of a brief are looked for in."""

    brief: Brief
    library: Library
    captures: Captures
    lock: Lock

    def look(
        self,
        keys: tuple[str, ...],
        digest: Callable[[str], str],
        where: str,
        holding: Callable[[Mapping[str, Capture]], str | None],
    ) -> Supported | Unsupported:
        """Look for a claim in the sources `keys`.

        `holding` returns the key of a capture that holds the claim, alone or with the others. `digest` returns the claim's digest for
        the lock by key, and `where` stands in for the place in the entry. An entry for a capture here that was changed does not count.
        """
        read = {key: self.captures.get(key) for key in keys}
        present = {key: capture for key, capture in read.items() if isinstance(capture, Capture)}
        missing = tuple(key for key in keys if key not in present)
        pins = {key: self.lock.find(key, digest(key)) for key in keys}
        key = holding(present)
        if key is not None:
            capture = present[key]
            text, original = capture.sha256, capture.original_sha256
            entry = LockEntry(key, digest(key), text, original, capture.captured, where)
            return Supported(entry=entry, pinned=pins[key])
        if missing:
            unchanged = (
                pin for key, pin in pins.items() if pin and (key in missing or pin.text == present[key].sha256)
            )
            pinned = next(unchanged, None)
            if pinned is not None or self.lock.sources.isdisjoint(missing):
                return Supported(
                    entry=pinned, pinned=pinned
                )  # without a pin: never captured, or the lock has its own problem
        return Unsupported(present, missing)

    def language(self, key: str) -> str:
        """Return the language in which the numbers of a source are read: its own, or the brief's if it states none."""
        source = self.library.sources.get(key)
        return str(source.csl.get("language") or self.brief.language) if source else self.brief.language

    def dated(self, key: str) -> str:
        """Return the title of a source and its date, in which a number of the source may be too."""
        source = self.library.sources.get(key)
        return f"{source.title} {source.csl.get('issued', '')}" if source else ""

    @property
    def severity(self) -> Severity:
        """Return the severity of an unsupported figure: a draft may be published only without it."""
        return Severity.ERROR if self.brief.status is Status.PUBLISHED else Severity.WARNING

    def identity(self, key: str) -> str:
        """Return what a reader takes a source for, which is part of each digest."""
        return identity(self.library.sources.get(key))


def digest_of(*claim: str) -> str:
    """Return the digest of a claim and of the identity of its sources, for the lock."""
    return hashlib.sha256("\x1f".join(claim).encode()).hexdigest()
