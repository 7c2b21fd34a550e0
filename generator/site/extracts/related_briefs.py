"""Related briefs: those with the same experts, topics and sources.

They are on a separate page, because a brief's own page is built without reading the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.site import addresses
from generator.site.extracts.extract_file import ExtractHead

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
    versions: dict[str, list[ExtractHead]] = defaultdict(list)
    for head in heads:
        versions[head.original].append(head)
    items = {head.slug: frozenset(_items(head)) for head in heads}
    scores = _scores({head.slug: tuple(_items(head)) for head in heads})
    nearest = {head.slug: _nearest(head, by_slug, versions, scores[head.slug]) for head in heads}
    return {
        slug: tuple(_shared(other, items[slug] & items[other]) for other in others) for slug, others in nearest.items()
    }


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
    versions: Mapping[str, Sequence[ExtractHead]],
    scores: Mapping[str, float],
) -> list[str]:
    """Return the briefs that share most with one, the rarest the most weight, each original in one language only."""
    best: dict[str, str] = {}
    for _, slug in sorted((-score, slug) for slug, score in scores.items()):
        other = by_slug[slug]
        if other.original in best or other.original == head.original or not _may_name(head, other):
            continue
        others = versions[other.original] if other.language != head.language else ()
        same = (one for one in others if one.language == head.language and _may_name(head, one))
        fitting = [(-scores[one.slug], one.slug) for one in same if one.slug in scores]
        best[other.original] = min(fitting)[1] if fitting else slug
        if len(best) == MOST:
            break
    return list(best.values())


def _may_name(head: ExtractHead, other: ExtractHead) -> bool:
    """Whether a brief may lead to another: a published one does not lead to drafts."""
    return other.status == "published" or head.status != "published"


def _shared(slug: str, items: Iterable[Item]) -> Shared:
    kinds: dict[str, list[str]] = {"expert": [], "topic": [], "source": []}
    for kind, key in items:
        kinds[kind].append(key)
    return slug, tuple(sorted(kinds["expert"])), tuple(sorted(kinds["topic"])), len(kinds["source"])


def _items(head: ExtractHead) -> Iterator[Item]:
    """Yield the items that a brief may share with others, each once."""
    yield from (("expert", who) for who in head.experts)
    yield from dict.fromkeys(("topic", addresses.topic_key(topic)) for topic in head.topics)
    yield from (("source", key) for key in head.sources)
