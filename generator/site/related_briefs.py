"""Related briefs: those with the same experts, topics and sources.

They are on a separate page, because a brief's own page is built without reading the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.site import addresses
from generator.site.extract_file import ExtractHead

Shared = tuple[str, tuple[str, ...], tuple[str, ...], int]
"""A brief, the experts and topics that it shares with another, and the number of shared sources."""
MOST = 6
"""Most related briefs on one page."""
_NEAR = 5
"""Number of briefs before and after that are compared, in date order, of all briefs with an expert, a topic or a source."""
_WEIGHTS = {"expert": 3.0, "topic": 2.0, "source": 1.0}
"""Weight of each kind, divided by the number of briefs that share the item: frequent items say little."""

Item = tuple[str, str]
"""Kind and key of an expert, a topic or a source."""


def related(heads: Sequence[ExtractHead]) -> dict[str, tuple[Shared, ...]]:
    """Return the related briefs of each brief by slug, most similar first. `heads` are in date order.

    Only one language of a brief is related: the same language, or the first one.
    """
    by_slug = {head.slug: head for head in heads}
    items = {head.slug: tuple(_items(head)) for head in heads}
    scores = _scores(items)
    return {head.slug: tuple(_nearest(head, by_slug, items, scores[head.slug])) for head in heads}


def _scores(items: Mapping[str, Iterable[Item]]) -> dict[str, dict[str, float]]:
    """Return how similar each brief is to those that it is compared with, from the items of each brief, in date order."""
    lists: dict[Item, list[str]] = defaultdict(list)
    for slug, had in items.items():
        for item in had:
            lists[item].append(slug)
    scores: dict[str, dict[str, float]] = {slug: defaultdict(float) for slug in items}
    for item, slugs in lists.items():
        weight = _WEIGHTS[item[0]] / len(slugs)
        for at, slug in enumerate(slugs):
            own = scores[slug]
            for other in slugs[at + 1 : at + 1 + _NEAR]:
                own[other] += weight
                scores[other][slug] += weight
    return scores


def _nearest(
    head: ExtractHead,
    by_slug: Mapping[str, ExtractHead],
    items: Mapping[str, Sequence[Item]],
    scores: Mapping[str, float],
) -> Iterator[Shared]:
    """Yield the briefs that share most with one, the rarest the most weight, each original in one language only."""
    best: dict[str, ExtractHead] = {}
    for _, slug in sorted((-score, slug) for slug, score in scores.items()):
        other = by_slug[slug]
        if other.original == head.original or (other.status != "published" and head.status == "published"):
            continue
        if other.original not in best or other.language == head.language != best[other.original].language:
            best[other.original] = other
    own = set(items[head.slug])
    for other in list(best.values())[:MOST]:
        shared = sorted(own.intersection(items[other.slug]))
        experts, topics = (tuple(key for kind, key in shared if kind == one) for one in ("expert", "topic"))
        yield other.slug, experts, topics, sum(kind == "source" for kind, _ in shared)


def _items(head: ExtractHead) -> Iterator[Item]:
    """Yield the items that a brief may share with others, each once."""
    yield from (("expert", who) for who in head.experts)
    yield from dict.fromkeys(("topic", addresses.topic_key(topic)) for topic in head.topics)
    yield from (("source", key) for key in head.sources)
