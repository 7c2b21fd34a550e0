"""Rows and table of `brief sources`: citing briefs, age of captures, verified quotations.

`stale` and `days` are its option `--stale`.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.evidence.captures.capture_store import Capture, Captures, Damage
from generator.evidence.captures.document_limits import visible
from generator.evidence.captures.page_numbers import page_name
from generator.evidence.gate.paragraphs import plain
from generator.evidence.verification.verify_brief import Examination
from generator.model import Brief, Library, Verdict
from generator.syntax.citations import citations

_PERIOD = re.compile(r"(\d{1,5})\s*([dwmy]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source."""

    key: str
    cited: tuple[str, ...]
    """The slugs of the briefs that cite it."""
    captured: str
    """ISO date; from the lock if the capture is not here; empty if neither has it."""
    age: int | None
    """Days since then."""
    verdicts: tuple[tuple[Verdict, int], ...]
    trouble: str = ""
    """What is wrong with it."""


def rows(
    briefs: Iterable[Brief],
    library: Library,
    captures: Captures,
    examinations: Iterable[Examination],
    today: datetime.date,
) -> tuple[SourceRow, ...]:
    """Return one row for each source, by key: those of the library, and cited ones that are not in it."""
    cited: dict[str, list[str]] = {key: [] for key in library.sources}
    for brief in briefs:
        for citation, _ in citations(brief):
            slugs = cited.setdefault(citation.key, [])
            slugs += [brief.slug] if brief.slug not in slugs else []
    evidence = [one for examination in examinations for one in examination.evidence]
    made = []
    for key in sorted(cited):
        mine = [one for one in evidence if one.source == key]
        capture = captures.get(key)
        date = capture.captured if isinstance(capture, Capture) else max((one.captured for one in mine), default="")
        age = (today - datetime.date.fromisoformat(date)).days if date else None
        counted = Counter(one.verdict for one in mine)
        verdicts = tuple((verdict, counted[verdict]) for verdict in Verdict if counted[verdict])
        made.append(SourceRow(key, tuple(cited[key]), date, age, verdicts, _trouble(key, library, capture)))
    return tuple(made)


def _trouble(key: str, library: Library, capture: Capture | Damage | None) -> str:
    if key not in library.sources:
        return "not in sources.yaml"
    if isinstance(capture, Damage):
        return visible(f"damaged capture: {capture.reason}")
    return visible("; ".join(capture.notes)) if capture else ""


def stale(rows: Iterable[SourceRow], days: int) -> tuple[SourceRow, ...]:
    """Return the sources that are cited and were captured more than `days` ago, or never."""
    return tuple(row for row in rows if row.cited and (row.age is None or row.age > days))


def days(period: str) -> int | None:
    """Return `180d`, `26w`, `6m` or `1y` in days; None if it has another form."""
    match = _PERIOD.fullmatch(period.strip().lower())
    return int(match[1]) * _DAYS[match[2]] if match else None


def table(rows: Iterable[SourceRow]) -> Iterator[str]:
    """Yield the rows as lines of text."""
    lines: list[tuple[str, ...]] = [("source", "captured", "days", "verified", "locked", "open", "absent", "cited in")]
    lines += [_cells(row) for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cells(row: SourceRow) -> tuple[str, ...]:
    counted = dict(row.verdicts)
    numbers = (
        counted.get(verdict, 0) for verdict in (Verdict.VERIFIED, Verdict.LOCKED, Verdict.UNCHECKED, Verdict.ABSENT)
    )
    where = ", ".join(row.cited) or "nowhere"
    trouble = f"  ! {row.trouble}" if row.trouble else ""
    age = "" if row.age is None else str(row.age)
    return (row.key, row.captured or "never", age, *(str(n) if n else "" for n in numbers), where + trouble)


def paragraphs(capture: Capture, first_page: str = "", width: int = 100) -> Iterator[str]:
    """Yield the beginnings of a capture's paragraphs with the names for locators; of its pages if it has pages.

    `first_page` is the `page` of the source. Control characters, which a terminal would obey, are written as their codes.
    """
    layout, text = capture.transcript.layout, capture.text
    yield from _kinds(capture, first_page)
    last = 0
    for number, (start, end) in enumerate(layout.paragraphs, start=1):
        page = layout.page(start)
        if layout.countable:
            name = f"para. {number}"
        else:
            name = f"p. {page_name(page, capture, first_page)}" if page != last else ""
            last = page
        words = visible(plain(text[start:end]))
        yield f"{name:>9}  {words if len(words) <= width else words[: width - 1] + '…'}"


def _kinds(capture: Capture, first_page: str) -> Iterator[str]:
    """Yield which kinds of page numbers the list has, if it has pages."""
    if not capture.transcript.layout.countable:
        names = (page_name(page, capture, first_page) for page in range(1, len(capture.transcript.layout.pages) + 1))
        kinds = Counter(name.kind for name in names)
        yield "page numbers: " + ", ".join(f"{kind} ({count})" for kind, count in kinds.items())
