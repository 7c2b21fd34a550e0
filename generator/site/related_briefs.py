"""Related briefs: those with the same experts, topics and sources.

They are on a separate page, because a brief's own page is built without reading the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.site import addresses
from generator.site.extract_file import Head

Shared = tuple[str, tuple[str, ...], tuple[str, ...], int]
"""A brief, the experts and topics that it shares with another, and the number of shared sources."""
MOST = 6
"""Most related briefs on one page."""
_NEAR = 5
"""Number of briefs before and after that are compared, in date order, of all briefs with an expert, a topic or a source."""
_WEIGHTS = {"expert": 3.0, "topic": 2.0, "source": 1.0}
"""Weight of each kind, divided by the number of briefs that share the item: frequent items say little."""


def related(heads: Sequence[Head]) -> dict[str, tuple[Shared, ...]]:
    """Return the related briefs of each brief by slug, most similar first. `heads` are in date order.

    Only one language of a brief is related: the same language, or the first one.
    """
    by_slug = {head.slug: head for head in heads}
    lists: dict[tuple[str, str], list[str]] = defaultdict(list)
    for head in heads:
        for kind, key in _had(head):
            lists[kind, key].append(head.slug)
    places = {key: {slug: at for at, slug in enumerate(slugs)} for key, slugs in lists.items()}
    return {head.slug: tuple(_nearest(head, by_slug, lists, places)) for head in heads}


def _nearest(
    head: Head,
    by_slug: Mapping[str, Head],
    lists: Mapping[tuple[str, str], Sequence[str]],
    places: Mapping[tuple[str, str], Mapping[str, int]],
) -> Iterator[Shared]:
    """Yield the briefs that share most with one, the rarest the most weight, each original in one language only."""
    scores: dict[str, float] = defaultdict(float)
    shared: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key in _had(head):
        at = places[key][head.slug]
        for slug in lists[key][max(0, at - _NEAR) : at + _NEAR + 1]:
            scores[slug] += _WEIGHTS[key[0]] / len(lists[key])
            shared[slug].add(key)
    best: dict[str, Head] = {}
    for slug in sorted(scores, key=lambda one: (-scores[one], one)):
        other = by_slug[slug]
        if other.original == head.original or (other.status != "published" and head.status == "published"):
            continue
        if other.original not in best or other.language == head.language != best[other.original].language:
            best[other.original] = other
    for other in list(best.values())[:MOST]:
        keys = sorted(shared[other.slug])
        experts, topics = (tuple(key for kind, key in keys if kind == one) for one in ("expert", "topic"))
        yield other.slug, experts, topics, sum(kind == "source" for kind, _ in keys)


def _had(head: Head) -> Iterable[tuple[str, str]]:
    """Yield the items that a brief may share with others, each once."""
    yield from (("expert", who) for who in head.experts)
    yield from dict.fromkeys(("topic", addresses.topic_key(topic)) for topic in head.topics)
    yield from (("source", key) for key in head.sources)
