"""State of the preview: pages without their PDF yet, and the state of each brief.

The watcher updates it. It is thread-safe.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Condition

from generator.console.formatters import count, draw_text, ordered
from generator.engine import Ended, Outcome, Started, TargetStatus
from generator.engine.stat import FileStat, at_path
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.inputs.load_project import load_house
from generator.preview.builder import Done, PageMade, Stuck
from generator.preview.watcher import Changed, Message
from generator.project import HOUSE, Project, slug_of, stem_of

STATES = {
    TargetStatus.BUILT: "fine",
    TargetStatus.SKIPPED: "fine",
    TargetStatus.REJECTED: "errors",
    TargetStatus.BROKEN: "broken",
}


@dataclass(slots=True)
class BriefState:
    """State of one brief."""

    state: str = "waiting"
    """`waiting`, `building`, `fine`, `errors` or `broken`."""
    count: str = ""
    """`2 errors, 1 warning`."""
    problems: str = ""
    """Formatted for people, as plain text."""


@dataclass(frozen=True, slots=True)
class BriefView:
    """One brief as the preview shows it. Plain values: equal as long as the browser has nothing new to show."""

    slug: str
    stem: str
    """Path of its page and PDF in the output folder, without ending."""
    state: str
    count: str
    problems: str
    page: str
    """Digest of the page; empty if there is none."""
    pdf: str
    """Changes with the PDF; empty if there is none."""
    notice: str
    """Reason why nothing can be built."""


@dataclass(slots=True)
class PreviewState:
    """The state of a preview."""

    project: Project
    _changed: Condition = field(default_factory=Condition)
    _number: int = 0
    """Number of changes so far."""
    _pages: dict[str, bytes] = field(default_factory=dict)
    """Pages whose PDF is not ready yet, by path in the output folder."""
    _briefs: dict[str, BriefState] = field(default_factory=dict)
    """By fact file."""
    _notice: str = ""
    _viewers: Counter[str] = field(default_factory=Counter)
    _house: tuple[FileStat | None, bool] | None = None
    """Stat of the house style when it was last read, and whether it puts all outputs into one folder."""

    def tell(self, message: Message) -> None:
        """Update the state with a message of the watcher."""
        with self._changed:
            self._take(message)
            self._number += 1
            self._changed.notify_all()

    def wait(self, count: int, seconds: float) -> int:
        """Wait until there are more changes than `count`, at most `seconds`; return their number."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != count, seconds)
            return self._number

    def page(self, path: str) -> bytes | None:
        """Return a page that is not in the output folder yet."""
        with self._changed:
            return self._pages.get(path)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return slug and path of every fact file."""
        return self.project.fact_files()

    def view(self, slug: str, file: str = "") -> BriefView:
        """Return the state of a brief, `waiting` if it does not exist. `file` is its fact file, if known."""
        file = file or dict(self.facts()).get(slug, f"briefs/{slug}.yaml")
        stem = self._stem(file)
        with self._changed:
            state = self._briefs.get(file, BriefState())
            draft, notice = self._pages.get(f"{stem}.html"), self._notice
        return BriefView(
            slug,
            stem,
            state.state,
            state.count,
            state.problems,
            self._page_version(stem, draft),
            self._pdf_version(stem),
            notice,
        )

    @contextmanager
    def viewer(self, slug: str) -> Iterator[None]:
        """While this context is open, the brief is being viewed and is built before others."""
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

    def _take(self, message: Message) -> None:
        """Update the states of briefs and pages from a message of the watcher."""
        if isinstance(message, Changed):
            self._notice = ""
        elif isinstance(message, Started):
            self._briefs.setdefault(message.target, BriefState()).state = "building"
        elif isinstance(message, PageMade):
            self._pages |= message.outputs
        elif isinstance(message, Ended):
            self._settle(message.outcome)
        elif isinstance(message, Stuck):
            self._notice = message.message
        elif isinstance(message, Done):
            self._notice = ""
            for outcome in message.report.outcomes:
                self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        if outcome.status in (TargetStatus.BUILT, TargetStatus.SKIPPED):
            self._pages.pop(f"{self._stem(outcome.target)}.html", None)
        problems = ordered(problems_of(outcome.notes))
        drawn = draw_text(problems, self.project.folder, lambda file: file)
        if outcome.failure is not None:
            drawn = f"could not be built: {outcome.failure.message}\n{drawn}"
        self._briefs[outcome.target] = BriefState(STATES[outcome.status], count(problems) if problems else "", drawn)

    def _stem(self, file: str) -> str:
        """Return the path of a brief's outputs. It depends on the house style, which is read again when it has changed."""
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
