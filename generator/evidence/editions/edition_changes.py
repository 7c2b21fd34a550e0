"""Whether a published edition still says what it said: compares a brief with the record of its editions, field by field.

An edition may change only where its readers are told: by a further entry under `corrections`, or as the next `edition`. It may be
withdrawn. This module does not know how a digest is made, nor where the record is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from generator.evidence.editions.edition_content import Field
from generator.evidence.editions.edition_lock import EDITIONS_DAMAGED, FILE, Editions, Recorded
from generator.model import Brief, Status
from generator.problems import Code, Location, Problem, Severity

EDITION_CHANGED = Code("edition-changed", Severity.ERROR)
EDITION_UNRECORDED = Code("edition-unrecorded", Severity.NOTE)
EDITION_GONE = Code("edition-gone", Severity.WARNING)
CODES = (EDITION_CHANGED, EDITION_UNRECORDED, EDITION_GONE, EDITIONS_DAMAGED)
_CORRECTIONS = "corrections/"
ADDED = "was added"
Locate = Callable[[str, Location], Location]


def keep_place(_: str, place: Location) -> Location:
    return place


def compare(
    brief: Brief, content: Iterable[Field], editions: Editions, locate: Locate = keep_place
) -> Iterator[Problem]:
    """Yield what is different from the published edition, and that an edition is not recorded; nothing of a damaged record.

    To be called for projects that have a record: others are not asked to keep one.

    `locate` gives the place of a field from its path and the best place that its record knows.
    """
    if editions.damaged:
        return
    last = editions.latest(brief.slug)
    fields = tuple(content)
    if last is not None and brief.edition <= last.edition:
        yield from _changes(brief, fields, last, locate)
    if brief.status is Status.PUBLISHED and not is_recorded(brief, last):
        message = f"edition {brief.edition} is published and not recorded as it is"
        yield EDITION_UNRECORDED.at(
            locate("status", brief.place), message, f"run `brief publish {brief.slug}` when it goes out"
        )


def is_recorded(brief: Brief, last: Recorded | None) -> bool:
    """Whether the edition of a brief is in the record with all its corrections."""
    return last is not None and (last.edition, last.corrections) == (brief.edition, len(brief.corrections))


def check_gone(editions: Editions, slugs: Iterable[str]) -> Iterator[Problem]:
    """`edition-gone`, for each brief that is in the record and not in the project."""
    there = set(slugs)
    for slug in dict.fromkeys(entry.slug for entry in editions.entries if entry.slug not in there):
        entry = next(one for one in editions.entries if one.slug == slug)
        message = f"edition {entry.edition} of '{slug}' is published, and there is no such brief any more"
        hint = f"bring it back with `status: withdrawn`, or run `brief publish --forget {slug}`"
        yield EDITION_GONE.at(Location(FILE, entry.line, 1, len(slug)), message, hint)


def _changes(brief: Brief, fields: tuple[Field, ...], last: Recorded, locate: Locate) -> Iterator[Problem]:
    if brief.edition < last.edition:
        message = f"edition {last.edition} has been published, so this cannot be edition {brief.edition}"
        yield EDITION_CHANGED.at(
            locate("edition", brief.place),
            message,
            f"set `edition` to {last.edition}, or to {last.edition + 1} for a new one",
        )
        return
    if brief.status is Status.DRAFT:
        message = f"edition {last.edition} is published and cannot be a draft again"
        hint = f"set `status: published`, or `edition: {last.edition + 1}` for a draft of the next one"
        yield EDITION_CHANGED.at(locate("status", brief.place), message, hint)
    corrected = len(brief.corrections) > last.corrections
    hint = (
        "put the correction back: corrections are only added to"
        if corrected
        else f"put it back, or say in `corrections` what was wrong, or make it `edition: {last.edition + 1}` with `updates`"
    )
    for path, place, what in _different(brief, fields, last):
        if not corrected or (path.startswith(_CORRECTIONS) and what != ADDED):
            where = locate(path, place)
            yield EDITION_CHANGED.at(
                where, f"{_named(path, brief)} {what} since edition {last.edition} was published", hint
            )


def _different(brief: Brief, fields: tuple[Field, ...], last: Recorded) -> Iterator[tuple[str, Location, str]]:
    """Yield path, place and kind of each change: a record that came or went once, not each of its fields."""
    now, then = {field.path: field for field in fields}, last.fields
    spared = _same_corrections(now, last)
    came = {path: _outermost(path, then) for path in now if path not in then}
    went = {path: _outermost(path, now) for path in then if path not in now and path not in spared}
    uneven = {path.rpartition("/")[0] for path in (*came.values(), *went.values())}  # lists whose order has to differ
    told = set[str]()
    for field in fields:
        path = came.get(field.path, field.path)
        if path in told or field.path in spared or (field.path in uneven and field.path in then):
            continue
        if field.path in came:
            told.add(path)
            yield path, field.place, ADDED
        elif field.digest != then[path]:
            yield path, field.place, "has changed"
    for path in sorted(set(went.values())):
        yield path, _parent_place(path, now, brief), "was removed"


def _outermost(path: str, others: Iterable[str]) -> str:
    """The largest record around a field of which `others` have nothing."""
    parts = path.split("/")
    for length in range(1, len(parts)):
        record = "/".join(parts[:length])
        if not any(other == record or other.startswith(f"{record}/") for other in others):
            return record
    return path


def _same_corrections(now: dict[str, Field], last: Recorded) -> set[str]:
    """The paths of recorded corrections that are there still, under the same or another number of their day."""
    there = Counter(field.digest for path, field in now.items() if path.startswith(_CORRECTIONS))
    found = set()
    for path, digest in last.fields.items():
        if path.startswith(_CORRECTIONS) and there[digest] > 0:
            there[digest] -= 1
            found.add(path)
    return found


def _parent_place(path: str, now: dict[str, Field], brief: Brief) -> Location:
    """Where something stood that is gone: in the record that held it, or somewhere in the brief."""
    parent = now.get(path.rpartition("/")[0])
    return parent.place if parent else brief.place


def _named(path: str, brief: Brief) -> str:
    """A field in the words of its author: `facts/cost`, or `experts.yaml/ann`, which a brief prints."""
    return f"`{path}`, which {brief.slug} prints," if ".yaml/" in path else f"`{path}`"
