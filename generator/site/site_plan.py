"""Plans the pages of the site from the heads of all extracts, each with its briefs.

The list of its briefs is part of a planned page. So the engine makes the page again if this list changes, but not if
another brief changes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from generator.engine import Plain
from generator.languages import primary
from generator.render.web_fonts import LATIN, sheet
from generator.site import addresses
from generator.site.extracts.expert_entries import count_entries, divide
from generator.site.extracts.extract_file import ExtractHead
from generator.site.extracts.related_briefs import related

BRIEFS_A_PAGE, SOURCES_A_PAGE, FEED_LENGTH = 30, 100, 30
"""Briefs on one page of a list, sources on one page of sources, and entries of a feed."""
SHARDS = {"heads": 250, "texts": 50}
"""About how many briefs are in one shard (file) of each part of the search index."""

_T = TypeVar("_T")


class Planned(NamedTuple):
    """A page, or a few files that are made together, with the arguments of their step."""

    kind: str
    """The step that makes it: a key of `site_build.MAKERS`."""
    path: str
    """Path of the page relative to the output folder; for several files, of the first."""
    values: tuple[Plain, ...]


def plan(heads: Iterable[ExtractHead], *, pictures: bool = True) -> list[Planned]:
    """Return all pages of the site. Feeds and a sitemap are planned only if the address of the site is known.

    Drafts are in lists and on the pages of experts and sources, where they are marked. Feeds and sitemap contain no drafts, and no topics
    or experts that only drafts have. `pictures`: pages can be drawn here as pictures for shared links.
    """
    return list(_Planning(heads, pictures=pictures).pages())


def plan_fonts(names: Iterable[str]) -> list[Planned]:
    """Return the files of fonts that draw the briefs and the pages around them. `names` are those of their slices."""
    return [Planned("fonts", sheet(name), (name,)) for name in sorted({LATIN, *names})]


class _Planning:
    def __init__(self, heads: Iterable[ExtractHead], *, pictures: bool) -> None:
        self._pictures = pictures
        self._heads = sorted(sorted(heads, key=lambda head: head.slug), key=lambda head: head.date, reverse=True)
        self._address = any(head.address for head in self._heads)
        self._topics, self._names = self._by_topic()
        self._years = _grouped((head.date[:4], head) for head in self._heads if head.date)
        self._languages = _grouped((head.language, head) for head in self._heads)
        self._experts = _grouped((who, head) for head in self._heads for who in head.experts)
        self._sources = _grouped((key, head) for head in self._heads for key in head.sources)
        self._captures = self._by_source()
        self._versions = _grouped((head.original, head) for head in self._heads)
        self._asking = [head for head in self._heads if head.questions]
        self._sections = self._present()
        self._similar = related(self._heads)

    def pages(self) -> Iterator[Planned]:
        yield from self._lists()
        yield from self._people()
        yield from self._cited()
        yield from self._questions()
        yield from self._related()
        yield from self._apart()
        yield from self._for_programs()

    def _present(self) -> tuple[str, ...]:
        """Return the sections of the site that are not empty, for its navigation."""
        filled = {"topics": self._topics, "experts": self._experts, "questions": self._asking, "sources": self._sources}
        return tuple(name for name, there in filled.items() if there)

    def _by_topic(self) -> tuple[dict[str, list[ExtractHead]], dict[str, str]]:
        """Group briefs by the key of a topic, with the spelling of the newest brief."""
        names: dict[str, str] = {}
        for head in self._heads:
            for topic in head.topics:
                names.setdefault(addresses.topic_key(topic), topic)
        pairs = ((addresses.topic_key(topic), head) for head in self._heads for topic in head.topics)
        return _grouped(pairs), names

    def _by_source(self) -> dict[str, tuple[str, int]]:
        """Return the day of the latest capture of each source, and the number of its verified passages in all briefs."""
        captures: dict[str, tuple[str, int]] = {}
        for head in self._heads:
            for key, (day, passages) in zip(head.sources, head.captures, strict=False):
                latest, total = captures.get(key, ("", 0))
                captures[key] = (max(latest, day), total + passages)
        return captures

    def _planned(self, kind: str, path: str, *values: Plain) -> Planned:
        return Planned(kind, path, (path, self._sections, *values))

    # ---------------------------------------------------------------- lists of briefs

    def _lists(self) -> Iterator[Planned]:
        """Yield the lists of briefs: all, by topic, by year and, if there are several, by language."""
        more = self._filters()
        for number, of, part in _pages(self._heads, BRIEFS_A_PAGE):
            path = addresses.numbered("", number)
            yield self._planned("index", path, self._cards(part), number, of, more if number == 1 else ())
        if self._topics:
            topics = tuple((name, href, count) for kind, name, href, count in more if kind == "topic")
            yield self._planned("topics", addresses.numbered(addresses.TOPICS, 1), topics)
        for key, name in self._names.items():
            yield from self._list("topic", name, addresses.topic_page(key), self._topics[key])
        for year, heads in self._years.items():
            yield from self._list("year", year, f"years/{year}.html", heads)
        if len(self._languages) > 1:
            for tag, heads in self._languages.items():
                yield from self._list("language", tag, f"languages/{addresses.file_name(tag.lower())}.html", heads)

    def _cards(self, heads: Iterable[ExtractHead]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Return the briefs of a list, each with language and page of its other versions. For a published brief, these are never drafts."""
        return tuple((head.slug, tuple(self._others(head))) for head in heads)

    def _others(self, head: ExtractHead) -> Iterator[tuple[str, str]]:
        for other in sorted(self._versions[head.original], key=lambda one: one.language):
            if other is not head and (other.status == "published" or head.status != "published"):
                yield other.language, f"{other.stem}.html"

    def _filters(self) -> tuple[tuple[str, str, str, int], ...]:
        """Return the lists that the first page links to: kind, name, address and number of briefs."""
        lists = [
            ("topic", self._names[key], addresses.topic_page(key), len(heads))
            for key, heads in sorted(self._topics.items())
        ]
        lists += [("year", year, f"years/{year}.html", len(heads)) for year, heads in self._years.items()]
        if len(self._languages) > 1:
            lists += [
                ("language", tag, f"languages/{addresses.file_name(tag.lower())}.html", len(heads))
                for tag, heads in sorted(self._languages.items())
            ]
        return tuple(lists)

    def _list(self, kind: str, name: str, path: str, heads: Sequence[ExtractHead]) -> Iterator[Planned]:
        feed = path.replace(".html", ".xml") if self._has_feed(heads) and kind == "topic" else ""
        for number, of, part in _pages(heads, BRIEFS_A_PAGE):
            place = addresses.continued(path, number)
            yield self._planned("list", place, kind, name, path, self._cards(part), number, of, len(heads), feed)
        if feed:
            yield self._feed(feed, kind, name, path, heads)

    # ---------------------------------------------------------------- experts, sources, questions

    def _people(self) -> Iterator[Planned]:
        if not self._experts:
            return
        people = tuple((who, heads[0].slug, len(heads)) for who, heads in sorted(self._experts.items()))
        yield self._planned("experts", addresses.numbered(addresses.EXPERTS, 1), people)
        yield self._planned("compare", addresses.COMPARE, people)
        yield Planned("script", addresses.COMPARE_SCRIPT, (addresses.COMPARE_SCRIPT,))
        for who, heads in self._experts.items():
            path = addresses.expert_page(who)
            feed = addresses.expert_page(who, "xml") if self._has_feed(heads) else ""
            yield from self._expert(who, path, heads, feed)
            if feed:
                yield self._feed(feed, "expert", who, path, heads)

    def _expert(self, who: str, first: str, heads: Sequence[ExtractHead], feed: str) -> Iterator[Planned]:
        """Plan the pages of an expert. An archive page keeps its address: they are numbered from the oldest on."""
        said = {head.slug: head.said_by(who) for head in heads}
        entries = [entry for entries in said.values() for entry in entries]
        counts = (*count_entries(entries), len(heads))
        pages = divide(said)
        paths = [first, *(addresses.continued(first, number) for number in range(len(pages), 1, -1))]
        for number, (path, briefs) in enumerate(zip(paths, (pages[0], *reversed(pages[1:])), strict=True)):
            around = (paths[number - 1] if number else "", paths[number + 1] if number + 1 < len(paths) else "")
            place = (number + 1, len(paths), *around)
            yield self._planned("expert", path, who, briefs, place, feed, () if number else counts)

    def _cited(self) -> Iterator[Planned]:
        sources = [(key, heads[0].slug, len(heads)) for key, heads in sorted(self._sources.items())]
        for number, of, part in _pages(sources, SOURCES_A_PAGE) if sources else ():
            path = addresses.numbered(addresses.SOURCES, number)
            yield self._planned("sources", path, tuple(part), number, of)
        for key, heads in self._sources.items():
            first = addresses.source_page(key)
            for number, of, citing in _pages(heads, BRIEFS_A_PAGE):
                place = addresses.continued(first, number)
                about = (heads[0].slug, *self._captures.get(key, ("", 0)))
                yield self._planned("source", place, key, first, about, _slugs(citing), number, of)

    def _questions(self) -> Iterator[Planned]:
        for number, of, part in _pages(self._asking, BRIEFS_A_PAGE) if self._asking else ():
            path = addresses.numbered(addresses.QUESTIONS, number)
            yield self._planned("questions", path, _slugs(part), number, of)

    def _related(self) -> Iterator[Planned]:
        for slug, others in self._similar.items():
            yield self._planned("related", addresses.related_page(slug), slug, others)

    def _related_to(self, heads: Iterable[ExtractHead]) -> tuple[tuple[str, ...], ...]:
        """Return the related briefs of each brief, most similar first."""
        return tuple(tuple(other for other, *_ in self._similar[head.slug]) for head in heads)

    # ---------------------------------------------------------------- the rest

    def _apart(self) -> Iterator[Planned]:
        revised = [head for head in self._heads if head.revised]
        yield self._planned("corrections", addresses.CORRECTIONS, _slugs(revised))
        yield self._planned("about", addresses.ABOUT, len(self._heads), len(self._experts), len(self._sources))
        yield self._planned("accessibility", addresses.ACCESSIBILITY)
        yield self._planned("not-found", addresses.NOT_FOUND)
        yield Planned("script", addresses.SEARCH_SCRIPT, (addresses.SEARCH_SCRIPT,))
        yield Planned("icon", addresses.ICON, (addresses.ICON,))
        yield Planned("sheet", addresses.SHEET, (addresses.SHEET,))

    def _for_programs(self) -> Iterator[Planned]:
        """Yield the files for programs: data of briefs, search, feed, site map. Some need the site's address."""
        public = _public(self._heads)
        yield Planned("lists", addresses.JSON_INDEX, (_slugs(public), self._related_to(public)))
        yield Planned("schemas", addresses.schema("data"), ())
        for head in self._heads:
            for number, digest in head.editions:
                yield Planned("edition", addresses.edition_file(head.slug, number), (head.slug, number, digest))
            yield Planned("data", addresses.data(head.slug, "json"), (head.slug, head.experts))
        yield from self._search(sorted(public, key=lambda head: head.slug))
        yield Planned("robots", addresses.ROBOTS, (self._address,))
        for head in public if self._address and self._pictures else ():
            yield Planned("picture", addresses.picture(head.slug), (head.slug,))
        if self._address:
            yield self._feed(addresses.FEED, "all", "", addresses.INDEX, self._heads)
            yield Planned("sitemap", addresses.SITEMAP, (self._mapped(public),))

    def _search(self, public: Sequence[ExtractHead]) -> Iterator[Planned]:
        """Plan the index by language. The slug of a brief determines its file, so that a new brief seldom moves others."""
        counts = []
        for tag, heads in sorted(_grouped((primary(head.language), head) for head in public).items()):
            files = {part: _divided(heads, size) for part, size in SHARDS.items()}
            counts.append((tag, len(files["heads"]), len(files["texts"])))
            for part, groups in files.items():
                for number, group in enumerate(groups):
                    path = addresses.shard(part, tag, number)
                    yield Planned("shard", path, (path, part, _slugs(group)))
        yield Planned("shards", addresses.SEARCH_INDEX, (addresses.SEARCH_INDEX, tuple(counts)))
        yield self._planned("search", addresses.SEARCH, tuple(counts))

    def _mapped(self, public: Sequence[ExtractHead]) -> tuple[tuple[str, str], ...]:
        """Return the pages for the sitemap, with the day of their last change if it is known."""
        newest = _latest_change(public)
        pages = [(addresses.INDEX, newest), *((f"{head.stem}.html", head.changed) for head in public)]
        for page, groups in ((addresses.topic_page, self._topics), (addresses.expert_page, self._experts)):
            dates = {key: _latest_change(shown) for key, heads in sorted(groups.items()) if (shown := _public(heads))}
            pages += [(page(key), date) for key, date in dates.items()]
        pages += [(addresses.numbered(name, 1), newest) for name in self._sections]
        return (*pages, (addresses.CORRECTIONS, ""), (addresses.ABOUT, ""), (addresses.ACCESSIBILITY, ""))

    def _has_feed(self, heads: Iterable[ExtractHead]) -> bool:
        """Whether a list has a feed. A list with only drafts has none, because its address would reveal them."""
        return bool(self._address and _public(heads))

    def _feed(self, path: str, kind: str, name: str, page: str, heads: Sequence[ExtractHead]) -> Planned:
        return Planned("feed", path, (path, kind, name, page, _slugs(_public(heads)[:FEED_LENGTH])))


def _latest_change(heads: Iterable[ExtractHead]) -> str:
    return max((head.changed for head in heads), default="")


def _public(heads: Iterable[ExtractHead]) -> list[ExtractHead]:
    return [head for head in heads if head.status == "published"]


def _slugs(heads: Iterable[ExtractHead]) -> tuple[str, ...]:
    return tuple(head.slug for head in heads)


def _grouped(pairs: Iterable[tuple[str, ExtractHead]]) -> dict[str, list[ExtractHead]]:
    """Group briefs by key, in the given order, each once."""
    groups: dict[str, dict[str, ExtractHead]] = defaultdict(dict)
    for key, head in pairs:
        groups[key][head.slug] = head
    return {key: list(heads.values()) for key, heads in groups.items()}


def _pages(items: Sequence[_T], most: int) -> Iterator[tuple[int, int, Sequence[_T]]]:
    """Yield the items in pages: number of the page, number of pages, and its items. No items give one empty page."""
    of = max(1, -(-len(items) // most))
    for number in range(1, of + 1):
        yield number, of, items[(number - 1) * most : number * most]


def _divided(heads: Sequence[ExtractHead], size: int) -> list[list[ExtractHead]]:
    """Divide briefs into groups of about `size`. The number of groups is a power of two.

    The digest of its slug determines the group of a brief, so others move only when the number of groups changes.
    """
    count = 1
    while count * size < len(heads):
        count *= 2
    groups: list[list[ExtractHead]] = [[] for _ in range(count)]
    for head in heads:
        groups[int(hashlib.sha256(head.slug.encode()).hexdigest()[:8], 16) % count].append(head)
    return groups
