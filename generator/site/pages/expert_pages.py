"""Pages of experts: positions by question over time, and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.engine import Made, Plain, Reads, Rejected
from generator.languages.locales import sort_key
from generator.site import addresses
from generator.site.extracts.expert_entries import Briefs, question_key
from generator.site.pages.linked_data import profile
from generator.site.pages.site_frame import Frame, SitePage, draw, frame, read_entry
from generator.syntax.dates import format_date, read_date

Item = dict[str, Any]
"""An entry of an expert: a position, an earlier one, a voice or a gap, with the brief that has it."""


def make_experts(
    reads: Reads, path: str, sections: tuple[str, ...], experts: Sequence[tuple[str, str, int]]
) -> Made | Rejected:
    """Make the page of all experts by name. `experts` has id, a brief with the expert, and the number of such briefs."""
    around = frame(reads)
    view = {"people": _people(reads, around, experts)}
    return draw(around, SitePage("experts", path, sections, around.labels("site_experts"), view))


def make_comparison(
    reads: Reads, path: str, sections: tuple[str, ...], experts: Sequence[tuple[str, str, int]]
) -> Made | Rejected:
    """Make the page that compares experts: all of them by name. Its script reads the pages of those that a reader chooses."""
    around = frame(reads)
    view = {"people": _people(reads, around, experts)}
    return draw(around, SitePage("compare", path, sections, around.labels("site_compare"), view))


def _people(reads: Reads, around: Frame, experts: Sequence[tuple[str, str, int]]) -> tuple[Plain, ...]:
    people: list[tuple[Any, Plain]] = []
    for who, slug, count in experts:
        person = read_entry(reads, slug, f"person:{who}")
        line = _affiliation(around, _current(person["affiliations"]) or {}) or person["note"]
        href = addresses.expert_page(who)
        by = sort_key(f"{person['family']} {person['name']}", around.house.language)
        people.append((by, {"id": who, "name": person["name"], "href": href, "line": line, "count": count}))
    people.sort(key=lambda one: one[0])
    return tuple(person for _, person in people)


def make_expert(
    reads: Reads,
    path: str,
    sections: tuple[str, ...],
    who: str,
    briefs: Briefs,
    place: tuple[int, int, str, str],
    feed: str,
    counts: tuple[Any, ...],
) -> Made | Rejected:
    """Make one of the pages of an expert from the entries of these briefs.

    `place` has the number of the page, the number of pages, and the paths of the newer and the older page. `counts` has the number of
    statements, questions, gaps by reason, and briefs, of all pages together; only the first page has it, because each new brief changes it.
    """
    around = frame(reads)
    person = read_entry(reads, briefs[0][0], f"person:{who}")
    items = [
        {**item, "brief": title, "sources": _sources(item)}
        for slug, keys in briefs
        for title in [read_entry(reads, slug, "title")]
        for item in read_entry(reads, slug, f"expert:{who}")
        if question_key(item["ask"]) in keys
    ]
    others = _others(reads, who, [slug for slug, _ in briefs])
    number, of, newer, older = place
    current = _current(person["affiliations"])
    view: dict[str, Plain] = {
        "person": {
            "id": who,
            "name": person["name"],
            "institution": person["kind"] == "institution",
            "note": person["note"],
            "affiliations": tuple(_dated(around, one) for one in person["affiliations"]),
        },
        "counts": _counts(*counts) if counts else None,
        "number": number,
        "of": of,
        "pager": {"previous": newer, "next": older},
        "questions": tuple(_questions(around, items, others)),
        "voices": tuple(_by_date(item for item in items if not item["question"])),
    }
    description = around.labels("site_expert_description", name=person["name"])
    data = profile(around, path, person, current["organisation"] if current else "")
    statuses = frozenset(item["brief"]["status"] for item in items)
    name = person["name"]
    title = name if number == 1 else around.labels("site_page", title=name, n=number)
    return draw(around, SitePage("expert", path, sections, title, view, description, feed, data, statuses))


def _sources(item: Item) -> tuple[Plain, ...]:
    return tuple(addresses.source_page(key) for key in item.get("sources", ()))


def _counts(positions: int, questions: int, gaps: Sequence[tuple[str, int]], briefs: int) -> dict[str, Plain]:
    by_reason: tuple[Plain, ...] = tuple({"reason": reason.replace("-", "_"), "count": count} for reason, count in gaps)
    total = sum(count for _, count in gaps)
    return {"positions": positions, "questions": questions, "gaps": total, "by_reason": by_reason, "briefs": briefs}


def _others(reads: Reads, who: str, slugs: Iterable[str]) -> dict[str, list[Plain]]:
    """Return the other experts with a column, by the key of a question: each with the stance or gap in the newest of the briefs."""
    others: dict[str, dict[str, Plain]] = {}
    for slug in slugs:
        title = read_entry(reads, slug, "title")
        for question in read_entry(reads, slug, "questions"):
            named = others.setdefault(question_key(question["ask"]), {})
            for cell in question["cells"]:
                if cell["who"] != who:
                    named.setdefault(cell["who"], {**cell, "gap": cell["gap"].replace("-", "_"), "brief": title})
    return {key: list(named.values()) for key, named in others.items()}


def _questions(around: Frame, items: Iterable[Item], others: Mapping[str, list[Plain]]) -> list[Plain]:
    """Group the entries by question, latest statement first; questions with only gaps come last."""
    families: dict[str, list[Item]] = {}
    for item in items:
        if item["question"]:
            families.setdefault(question_key(item["ask"]), []).append(item)
    ordered = sorted(families.values(), key=_latest_word, reverse=True)
    return [_question(around, _by_date(family), others) for family in ordered]


def _latest_word(family: Sequence[Item]) -> tuple[bool, str]:
    """Return whether a question has a position, and the day of the latest entry."""
    return any(item["kind"] != "gap" for item in family), max(map(_day, family))


def _question(around: Frame, family: Sequence[Item], others: Mapping[str, list[Plain]]) -> dict[str, Plain]:
    first = family[0]
    key = question_key(first["ask"])
    return {
        "key": key,
        "ask": first["ask"],
        "language": first["brief"]["language"],
        "items": tuple(_shown(item) for item in family),
        "change": _change(around, family),
        "others": tuple(others.get(key, ())),
    }


def _shown(item: Item) -> dict[str, Plain]:
    """Return an entry with its place on the scale: true at one step."""
    on = item["kind"] != "gap" and item["stance"] and item["ordinal"]
    steps = tuple(label == item["stance"] for label in item["scale"]) if on else ()
    reason = item["reason"].replace("-", "_") if item["kind"] == "gap" else ""
    return {**item, "steps": steps, "reason": reason}


def _change(around: Frame, family: Sequence[Item]) -> tuple[Plain, ...]:
    """Return the different stances in order of time. Only dated stances on the same scale are compared.

    Stances of the same date are one step, because none of them is the later one. If a date is only the year or month of
    another, their order is unknown, and nothing is said.
    """
    dated = [item for item in reversed(family) if item["kind"] != "gap" and item["iso"] and item["stance"]]
    days: dict[str, list[str]] = {}
    for item in dated:
        days.setdefault(_day(item), []).append(item["stance"])
    one_scale = len({tuple(item["scale"]) for item in dated}) == 1
    if not one_scale or any(later.startswith(earlier) for earlier, later in pairwise(days)):
        return ()
    steps: list[dict[str, Plain]] = []
    for day, stances in days.items():
        words = " / ".join(dict.fromkeys(stances))
        if not steps or steps[-1]["stance"] != words:
            when = format_date(read_date(day), around.labels.language)
            steps.append({"stance": words, "iso": day, "when": when})
    return tuple(steps) if len(steps) > 1 else ()


def _by_date(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=_day, reverse=True)


def _day(item: Item) -> str:
    return str(item["iso"])


def _current(affiliations: Sequence[Mapping[str, str]]) -> Mapping[str, str] | None:
    """Return the affiliation without an end; of several, the one that began last."""
    return max((one for one in affiliations if not one["end"]), key=lambda one: one["start"], default=None)


def _affiliation(around: Frame, one: Mapping[str, str]) -> str:
    """Return an affiliation as a line of its own: a role begins with a capital letter."""
    role, organisation = one.get("role", ""), one.get("organisation", "")
    if not role:
        return organisation
    words = around.labels("affiliation", role=role, organisation=organisation) if organisation else role
    return words[:1].upper() + words[1:]


def _dated(around: Frame, one: Mapping[str, str]) -> dict[str, str]:
    """Return an affiliation in words, with its dates."""
    language = around.labels.language
    start, end = (format_date(read_date(one[name]), language) if one[name] else "" for name in ("start", "end"))
    form = "_".join(name for name, date in (("from", start), ("until", end)) if date)
    time = around.labels(f"site_{form}", start=start, end=end) if form else ""
    return {"words": _affiliation(around, one), "time": time}
