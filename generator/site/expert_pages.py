"""Pages of experts: positions by question over time, and gaps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from generator.languages.locales import sort_key
from generator.site import addresses
from generator.site.linked_data import profile
from generator.site.site_frame import Frame, SitePage, draw, frame, read_entry
from generator.syntax.dates import format_date, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.engine import Made, Plain, Reads, Rejected

    Item = dict[str, Any]
    """An entry of an expert: a position, an earlier one, a voice or a gap, with the brief that has it."""


def make_experts(
    reads: Reads, path: str, sections: tuple[str, ...], experts: Sequence[tuple[str, str, int]]
) -> Made | Rejected:
    """Make the page of all experts by name. `experts` has id, a brief with the expert, and the number of such briefs."""
    around = frame(reads)
    people = []
    for who, slug, count in experts:
        person = read_entry(reads, slug, f"person:{who}")
        line = _affiliation(around, _current(person["affiliations"]) or {}) or person["note"]
        href = addresses.expert_page(who)
        by = sort_key(f"{person['family']} {person['name']}", around.house.language)
        people.append((by, {"name": person["name"], "href": href, "line": line, "count": count}))
    people.sort(key=lambda one: one[0])
    view = {"people": tuple(person for _, person in people)}
    return draw(around, SitePage("experts", path, sections, around.labels("site_experts"), view))


def make_expert(
    reads: Reads, path: str, sections: tuple[str, ...], who: str, slugs: Sequence[str], feed: str
) -> Made | Rejected:
    """Make the page of one expert from the entries of the briefs with the expert, newest brief first."""
    around = frame(reads)
    person = read_entry(reads, slugs[0], f"person:{who}")
    items = [
        {**item, "brief": title, "sources": _sources(item)}
        for slug in slugs
        for title in [read_entry(reads, slug, "title")]
        for item in read_entry(reads, slug, f"expert:{who}")
    ]
    current = _current(person["affiliations"])
    view: dict[str, Plain] = {
        "person": {
            "name": person["name"],
            "institution": person["kind"] == "institution",
            "note": person["note"],
            "affiliations": tuple(_dated(around, one) for one in person["affiliations"]),
        },
        "counts": _counts(items, len(slugs)),
        "gaps": _gaps(items),
        "questions": tuple(_questions(around, items)),
        "voices": tuple(_by_date(item for item in items if not item["question"])),
    }
    description = around.labels("site_expert_description", name=person["name"])
    data = profile(around, path, person, current["organisation"] if current else "")
    return draw(around, SitePage("expert", path, sections, person["name"], view, description, feed, data))


def _sources(item: Item) -> tuple[Plain, ...]:
    return tuple(addresses.source_page(key) for key in item.get("sources", ()))


def _counts(items: Sequence[Item], briefs: int) -> dict[str, int]:
    kinds = Counter(item["kind"] for item in items)
    asked = {_family(item) for item in items if item["question"]}
    statements = kinds["position"] + kinds["earlier"] + kinds["voice"]
    return {"positions": statements, "gaps": kinds["gap"], "questions": len(asked), "briefs": briefs}


def _gaps(items: Iterable[Item]) -> tuple[Plain, ...]:
    """Count the gaps for each reason, the most frequent first."""
    counts = Counter(item["reason"] for item in items if item["kind"] == "gap")
    return tuple({"reason": reason.replace("-", "_"), "count": count} for reason, count in counts.most_common())


def _family(item: Item) -> str:
    """Return the key of a question: questions with the same words are the same, in any brief."""
    return " ".join(item["ask"].casefold().split())


def _questions(around: Frame, items: Iterable[Item]) -> list[Plain]:
    """Group the entries by question, latest statement first; questions with only gaps come last."""
    families: dict[str, list[Item]] = {}
    for item in items:
        if item["question"]:
            families.setdefault(_family(item), []).append(item)
    ordered = sorted(families.values(), key=_latest_word, reverse=True)
    return [_question(around, _by_date(family)) for family in ordered]


def _latest_word(family: Sequence[Item]) -> tuple[bool, str]:
    """Return whether a question has a position, and the day of the latest entry."""
    return any(item["kind"] != "gap" for item in family), max(map(_day, family))


def _question(around: Frame, family: Sequence[Item]) -> dict[str, Plain]:
    first = family[0]
    return {
        "ask": first["ask"],
        "language": first["brief"]["language"],
        "items": tuple(_shown(item) for item in family),
        "change": _change(around, family),
    }


def _shown(item: Item) -> dict[str, Plain]:
    """Return an entry with its place on the scale: true at one step."""
    on = item["kind"] != "gap" and item["stance"] and item["ordinal"]
    steps = tuple(label == item["stance"] for label in item["scale"]) if on else ()
    reason = item["reason"].replace("-", "_") if item["kind"] == "gap" else ""
    return {**item, "steps": steps, "reason": reason}


def _change(around: Frame, family: Sequence[Item]) -> tuple[Plain, ...]:
    """Return the different stances in order of time. Only dated stances on the same scale are compared."""
    dated = [item for item in reversed(family) if item["kind"] != "gap" and item["iso"] and item["stance"]]
    one_scale = len({tuple(item["scale"]) for item in dated}) == 1
    if not one_scale or len({item["stance"] for item in dated}) < 2:
        return ()
    steps: list[dict[str, Plain]] = []
    for item in dated:
        if not steps or steps[-1]["stance"] != item["stance"]:
            when = format_date(read_date(item["iso"]), around.labels.language)
            steps.append({"stance": item["stance"], "iso": item["iso"], "when": when})
    return tuple(steps)


def _by_date(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=_day, reverse=True)


def _day(item: Item) -> str:
    return str(item["iso"])


def _current(affiliations: Sequence[Mapping[str, str]]) -> Mapping[str, str] | None:
    """Return the affiliation without an end; of several, the one that began last."""
    return max((one for one in affiliations if not one["end"]), key=lambda one: one["start"], default=None)


def _affiliation(around: Frame, one: Mapping[str, str]) -> str:
    role, organisation = one.get("role", ""), one.get("organisation", "")
    if role and organisation:
        return around.labels("affiliation", role=role, organisation=organisation)
    return role or organisation


def _dated(around: Frame, one: Mapping[str, str]) -> dict[str, str]:
    """Return an affiliation in words, with its dates."""
    language = around.labels.language
    start, end = (format_date(read_date(one[name]), language) if one[name] else "" for name in ("start", "end"))
    words = _affiliation(around, one)
    form = "_".join(name for name, date in (("from", start), ("until", end)) if date)
    time = around.labels(f"site_{form}", start=start, end=end) if form else ""
    return {"words": words[:1].upper() + words[1:] if one["role"] else words, "time": time}
