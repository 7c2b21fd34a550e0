"""What the preview shows now: pages that are ahead of their PDF, and how each brief stands. Safe to ask from any thread.

Fed by a session; knows neither browsers nor addresses.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Condition

from generator.console.formatters import count, draw_text, ordered
from generator.engine import Ended, Outcome, Started, Status
from generator.engine.stat import FileStat, at_path
from generator.pipeline.load_project import load_house
from generator.pipeline.publish_brief import problems_of
from generator.preview.preview_messages import Done, PageMade, Stuck
from generator.preview.watcher import Changed, Told
from generator.project import HOUSE, Project, slug_of, stem_of

STATES = {Status.BUILT: "fine", Status.SKIPPED: "fine", Status.REFUSED: "errors", Status.BROKEN: "broken"}


@dataclass(slots=True)
class Standing:
    """How one brief stands."""

    state: str = "waiting"
    """`waiting`, `building`, `fine`, `errors` or `broken`."""
    count: str = ""
    """`2 errors, 1 warning`."""
    problems: str = ""
    """Drawn for people, as plain text."""


@dataclass(frozen=True, slots=True)
class View:
    """One brief as the preview shows it; plain values, equal as long as nothing has to be shown anew."""

    slug: str
    stem: str
    """Where its page and its PDF stand in the output folder, without their endings."""
    state: str
    count: str
    problems: str
    page: str
    """Digest of the page; empty if there is none."""
    pdf: str
    """Changes with the PDF; empty if there is none."""
    notice: str
    """What keeps anything from being built."""


@dataclass(slots=True)
class Board:
    """The state of a preview."""

    project: Project
    _changed: Condition = field(default_factory=Condition)
    _number: int = 0
    """Of changes so far."""
    _pages: dict[str, bytes] = field(default_factory=dict)
    """Pages whose PDF is still to come, by path in the output folder."""
    _standings: dict[str, Standing] = field(default_factory=dict)
    """By fact file."""
    _notice: str = ""
    _viewers: Counter[str] = field(default_factory=Counter)
    _house: tuple[FileStat | None, bool] | None = None
    """The house style's file when it was last read, and whether it has outputs beside each other."""

    def tell(self, told: Told) -> None:
        """Take in what a session tells."""
        with self._changed:
            self._take(told)
            self._number += 1
            self._changed.notify_all()

    def wait(self, known: int, seconds: float) -> int:
        """Wait until there were more changes than `known`, at most so long; how many there were."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != known, seconds)
            return self._number

    def page(self, path: str) -> bytes | None:
        """A page that is not in the output folder yet."""
        with self._changed:
            return self._pages.get(path)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Slug and path of every fact file."""
        return self.project.fact_files()

    def view(self, slug: str, file: str = "") -> View:
        """How a brief stands; one that does not exist is waited for. `file` is its fact file, if that is known."""
        file = file or dict(self.facts()).get(slug, f"briefs/{slug}.yaml")
        stem = self._stem(file)
        with self._changed:
            found = self._standings.get(file, Standing())
            draft, notice = self._pages.get(f"{stem}.html"), self._notice
        return View(
            slug,
            stem,
            found.state,
            found.count,
            found.problems,
            self._page_version(stem, draft),
            self._pdf_version(stem),
            notice,
        )

    @contextmanager
    def viewer(self, slug: str) -> Iterator[None]:
        """While somebody looks at a brief, it is built before others."""
        with self._changed:
            self._viewers[slug] += 1
        try:
            yield
        finally:
            with self._changed:
                self._viewers[slug] -= 1

    def viewed(self) -> tuple[str, ...]:
        with self._changed:
            return tuple(slug for slug, viewers in self._viewers.items() if viewers > 0)

    def _take(self, told: Told) -> None:
        if isinstance(told, Changed):
            self._notice = ""
        elif isinstance(told, Started):
            self._standings.setdefault(told.target, Standing()).state = "building"
        elif isinstance(told, PageMade):
            self._pages |= told.outputs
        elif isinstance(told, Ended):
            self._settle(told.outcome)
        elif isinstance(told, Stuck):
            self._notice = told.message
        elif isinstance(told, Done):
            self._notice = ""
            for outcome in told.report.outcomes:
                self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        if outcome.status in (Status.BUILT, Status.SKIPPED):
            self._pages.pop(f"{self._stem(outcome.target)}.html", None)
        problems = ordered(problems_of(outcome.notes))
        drawn = draw_text(problems, self.project.folder, lambda file: file)
        if outcome.failure is not None:
            drawn = f"could not be built: {outcome.failure.message}\n{drawn}"
        self._standings[outcome.target] = Standing(STATES[outcome.status], count(problems) if problems else "", drawn)

    def _stem(self, file: str) -> str:
        """Where a brief's outputs stand. The house style decides, and is read again when it has changed."""
        stat = at_path(self.project.folder / HOUSE)
        if self._house is None or self._house[0] != stat:
            self._house = (stat, load_house(self.project.open).outputs == "flat")
        return stem_of(slug_of(file), file, flat=self._house[1])

    def _page_version(self, stem: str, draft: bytes | None) -> str:
        with suppress(OSError):
            content = draft if draft is not None else (self.project.output / f"{stem}.html").read_bytes()
            return hashlib.blake2b(content, digest_size=8).hexdigest()
        return ""

    def _pdf_version(self, stem: str) -> str:
        with suppress(OSError):
            stat = (self.project.output / f"{stem}.pdf").stat()
            return f"{stat.st_mtime_ns:x}-{stat.st_ino:x}"
        return ""
