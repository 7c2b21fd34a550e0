"""The evidence line: numbers of sources, dates, experts, positions and gaps.

Everything is counted from the brief itself, so the line is always right.
"""

from __future__ import annotations

from generator.model import Brief, Citation, Date, Library, Source
from generator.model.cell_counts import coverage
from generator.model.walk import walk
from generator.render.labels import Labels
from generator.syntax.dates import format_date


def evidence_line(brief: Brief, library: Library, labels: Labels) -> tuple[str, ...]:
    """Return the parts of the line in the brief's language; empty for a brief without citations and experts."""
    return tuple(filter(None, (_sources(brief, library, labels), *_people(brief, labels))))


def newest(brief: Brief, library: Library, labels: Labels) -> str:
    """Return the date of the newest dated source for the masthead."""
    dates = _dates(_cited(brief, library))
    return labels("newest_source", date=format_date(dates[-1], labels.language)) if dates else ""


def _cited(brief: Brief, library: Library) -> tuple[Source, ...]:
    keys = dict.fromkeys(citation.key for citation in walk(brief, Citation))
    return tuple(library.sources[key] for key in keys if key in library.sources)


def _dates(sources: tuple[Source, ...]) -> list[Date]:
    dates = (source.issued for source in sources if source.issued)
    return sorted(dates, key=lambda date: (date.year, date.month or 0, date.day or 0))


def _sources(brief: Brief, library: Library, labels: Labels) -> str:
    sources = _cited(brief, library)
    reports = sum(source.provenance == "report" for source in sources)
    kinds = (("line_primary", len(sources) - reports), ("line_reports", reports))
    counted = labels.join([labels.count(name, number) for name, number in kinds if number])
    return f"{counted}{labels.comma}{_dated(sources, labels)}" if counted else ""


def _dated(sources: tuple[Source, ...], labels: Labels) -> str:
    """Return how many sources have a date, and the first and last date."""
    dates = [format_date(date, labels.language) for date in _dates(sources)]
    if not dates:
        return labels("line_undated")
    whole = "line_dated" if len(dates) == len(sources) else "line_dated_some"
    if dates[0] == dates[-1]:
        return labels.count(whole, len(dates), date=dates[0])
    return labels(f"{whole}_span", n=len(dates), first=dates[0], last=dates[-1])


def _people(brief: Brief, labels: Labels) -> tuple[str, ...]:
    if not brief.questions or not brief.experts:
        return ()
    found = coverage(brief)
    positions, gaps = found.quoted + found.kinds.get("paraphrase", 0), sum(found.gaps.values())
    counts = (
        ("line_experts", len(brief.experts)),
        ("line_positions", positions),
        ("line_gaps", gaps),
    )
    return tuple(labels.count(name, number) for name, number in counts if number)
