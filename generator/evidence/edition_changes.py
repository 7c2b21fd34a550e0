"""Compares a brief with the record of its published editions, field by field.

An edition may only change if its readers are informed: by a further entry under `corrections`, or as the next `edition`. It may be
withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from generator.evidence.edition_content import Field
from generator.evidence.edition_lock import Editions, Recorded
from generator.model import Brief, Status
from generator.problems import Code, Location, Problem, Severity
from generator.project import EDITIONS

EDITION_CHANGED = Code("edition-changed", Severity.ERROR)
EDITION_UNRECORDED = Code("edition-unrecorded", Severity.NOTE)
EDITION_GONE = Code("edition-gone", Severity.WARNING)
_CORRECTIONS = "corrections/"
ADDED = "was added"
Locate = Callable[[str, Location], Location]


def compare(brief: Brief, content: Iterable[Field], editions: Editions, locate: Locate) -> Iterator[Problem]:
    """Yield what differs from the published edition, or that an edition is not recorded; nothing if the record is damaged.

    Only for projects that have a record: others do not have to keep one. `locate` returns the place of a field from its path and
    the best place that its record has.
    """
    if editions.damaged:
        return
    last = editions.latest(brief.slug)
    fields = tuple(content)
    if last is not None and brief.edition <= last.edition:
        yield from _changes(brief, fields, last, locate)
    if brief.status is Status.PUBLISHED and not is_recorded(brief, last):
        message = f"edition {brief.edition} is published, but it is not in the record in this form"
        yield EDITION_UNRECORDED.at(
            locate("status", brief.place), message, f"run `brief publish {brief.slug}` when it is released"
        )


def is_recorded(brief: Brief, last: Recorded | None) -> bool:
    """Whether the edition of a brief is in the record with all its corrections."""
    return last is not None and (last.edition, last.corrections) == (brief.edition, len(brief.corrections))


def check_gone(editions: Editions, slugs: Iterable[str]) -> Iterator[Problem]:
    """Yield `edition-gone` for each brief that is in the record but not in the project."""
    there = set(slugs)
    for slug in dict.fromkeys(entry.slug for entry in editions.entries if entry.slug not in there):
        entry = next(one for one in editions.entries if one.slug == slug)
        message = f"edition {entry.edition} of '{slug}' is published, but its fact file no longer exists"
        hint = f"restore it with `status: withdrawn`, or run `brief publish --forget {slug}`"
        yield EDITION_GONE.at(Location(EDITIONS, entry.line, 1, len(slug)), message, hint)


def _changes(brief: Brief, fields: tuple[Field, ...], last: Recorded, locate: Locate) -> Iterator[Problem]:
    if brief.edition < last.edition:
        message = f"edition {last.edition} has been published, so the brief cannot be edition {brief.edition}"
        yield EDITION_CHANGED.at(
            locate("edition", brief.place),
            message,
            f"set `edition` to {last.edition}, or to {last.edition + 1} for a new one",
        )
        return
    if brief.status is Status.DRAFT:
        message = f"edition {last.edition} is published, so the brief cannot be a draft again"
        hint = f"set `status: published`, or `edition: {last.edition + 1}` for a draft of the next one"
        yield EDITION_CHANGED.at(locate("status", brief.place), message, hint)
    corrected = len(brief.corrections) > last.corrections
    hint = (
        "restore the correction: corrections can only be added"
        if corrected
        else f"restore it, or describe the error in `corrections`, or set `edition: {last.edition + 1}` and add `updates`"
    )
    for path, place, what in _different(brief, fields, last):
        if not corrected or (path.startswith(_CORRECTIONS) and what != ADDED):
            where = locate(path, place)
            yield EDITION_CHANGED.at(
                where, f"{_named(path, brief)} {what} since edition {last.edition} was published", hint
            )


def _different(brief: Brief, fields: tuple[Field, ...], last: Recorded) -> Iterator[tuple[str, Location, str]]:
    """Yield path, place and kind of each change; a whole record that was added or removed is one change."""
    now, then = {field.path: field for field in fields}, last.fields
    spared = _same_corrections(now, last)
    came = {path: _outermost(path, then) for path in now if path not in then}
    went = {path: _outermost(path, now) for path in then if path not in now and path not in spared}
    uneven = {path.rpartition("/")[0] for path in (*came.values(), *went.values())}  # lists whose order has to differ
    reported = set[str]()
    for field in fields:
        path = came.get(field.path, field.path)
        if path in reported or field.path in spared or (field.path in uneven and field.path in then):
            continue
        if field.path in came:
            reported.add(path)
            yield path, field.place, ADDED
        elif field.digest != then[path]:
            yield path, field.place, "has changed"
    for path in sorted(set(went.values())):
        yield path, _parent_place(path, now, brief), "was removed"


def _outermost(path: str, others: Iterable[str]) -> str:
    """Return the largest record around a field of which `others` have nothing."""
    parts = path.split("/")
    for length in range(1, len(parts)):
        record = "/".join(parts[:length])
        if not any(other == record or other.startswith(f"{record}/") for other in others):
            return record
    return path


def _same_corrections(now: dict[str, Field], last: Recorded) -> set[str]:
    """Return the paths of recorded corrections that still exist, under the same or another number of their day."""
    there = Counter(field.digest for path, field in now.items() if path.startswith(_CORRECTIONS))
    paths = set()
    for path, digest in last.fields.items():
        if path.startswith(_CORRECTIONS) and there[digest] > 0:
            there[digest] -= 1
            paths.add(path)
    return paths


def _parent_place(path: str, now: dict[str, Field], brief: Brief) -> Location:
    """Return the place of something that was removed: the record that contained it, or a place in the brief."""
    parent = now.get(path.rpartition("/")[0])
    return parent.place if parent else brief.place


def _named(path: str, brief: Brief) -> str:
    """Return a field in the author's words: `facts/cost`, or `experts.yaml/ann`, which a brief prints."""
    return f"`{path}`, which {brief.slug} prints," if ".yaml/" in path else f"`{path}`"
