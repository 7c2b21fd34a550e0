"""Paths of the site's pages in the output folder, with names that every file system accepts."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata

from generator.project import pretty

INDEX, NOT_FOUND = "index.html", "404.html"
SEARCH, SEARCH_SCRIPT, SEARCH_INDEX = "search.html", "assets/site/search.js", "assets/search/index.js"
COMPARE, COMPARE_SCRIPT = "experts/compare.html", "assets/site/compare.js"
CORRECTIONS, ABOUT, ACCESSIBILITY = "corrections.html", "about.html", "accessibility.html"
TOPICS, EXPERTS, SOURCES, QUESTIONS = "topics", "experts", "sources", "questions"
RELATED = "related"
FEED, SITEMAP, ROBOTS, LLMS, JSON_INDEX = "feed.xml", "sitemap.xml", "robots.txt", "llms.txt", "index.json"
SHEET, ICON = "assets/site/site.css", "assets/site/icon.svg"

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = re.compile(r"compare|index(-[0-9]+)?|([a-z0-9-]*-)?[0-9a-f]{8}|aux|con|nul|prn|(com|lpt)[0-9]")
"""Plain names that are not available: names of other pages, names that look like a name with a digest, and device names of Windows."""
_LINK = re.compile(r'(<(?:a|link|form)\b[^<>]*?\s(?:href|action)=")((?!\w+:|//|#)[^"#?]*\.html(?:[?#][^"]*)?)"')
"""A link from one page of the site to another: whole addresses are already as they shall be."""
_LONGEST = 60
"""Most characters of a name in an address."""


def file_name(key: str) -> str:
    """Return a file name without suffix for any key; different keys have different names.

    A key of lower-case letters, digits and single hyphens is its own name, unless a page has this name. Any other key gets a part of its
    digest, so that `Vale` and `vale` differ on file systems that ignore case.
    """
    if _PLAIN.fullmatch(key) and len(key) <= _LONGEST and not _TAKEN.fullmatch(key):
        return key
    folded = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:_LONGEST].strip("-")
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest


def topic_page(topic: str, ending: str = "html") -> str:
    """Return the page of a topic, or with `xml` its feed. Case and spaces of the topic are ignored."""
    return f"{TOPICS}/{file_name(topic_key(topic))}.{ending}"


def topic_key(topic: str) -> str:
    """Return the key of a topic: its words without case, joined as in an address. Topics with the same key are the same."""
    return "-".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", topic).casefold()).split())


def expert_page(expert: str, ending: str = "html") -> str:
    """Return the page of an expert by id, or with `xml` the feed."""
    return f"{EXPERTS}/{file_name(expert)}.{ending}"


def source_page(key: str) -> str:
    """Return the page of a source by its key."""
    return f"{SOURCES}/{file_name(key)}.html"


def related_page(slug: str) -> str:
    """The briefs that are related to one."""
    return f"{RELATED}/{slug}.html"


def numbered(folder: str, number: int) -> str:
    """Return a page of a list with several pages: `index.html`, `index-2.html`; `folder` may be empty."""
    name = "index.html" if number == 1 else f"index-{number}.html"
    return posixpath.join(folder, name)


def continued(path: str, number: int) -> str:
    """Return a further page of a list: `topics/trade.2.html` follows `topics/trade.html`; no other list has this name."""
    return path if number == 1 else path.replace(".html", f".{number}.html")


def shard(part: str, language: str, number: int) -> str:
    """A piece of the search index of a language: `heads` or `texts`, of which there are several."""
    return f"assets/search/{part}-{language}-{number}.js"


def data(slug: str, ending: str) -> str:
    """Return the path of a brief's data: `json` or `csv`."""
    return f"data/{slug}.{ending}"


def schema(kind: str) -> str:
    """The JSON Schema of a published kind of file. No brief can have its name, because of the point in it."""
    return f"data/{kind}.schema.json"


def edition_file(slug: str, edition: int) -> str:
    """An edition that stays as it was published."""
    return f"editions/{slug}-{edition}.pdf"


def embed(slug: str, name: str) -> str:
    """The page of a part of a brief for frames on other sites: `positions`, or the `strip_name` of a question."""
    return f"embed/{slug}/{file_name(name)}.html"


def strip_name(question: str) -> str:
    """The part of a brief that is the strip of a question, by its id."""
    return f"strip-{question}"


def picture(slug: str) -> str:
    """What a link to a brief looks like where it is shared."""
    return f"assets/shared/{slug}.png"


def with_pretty_links(html: str) -> str:
    """A page whose links to other pages of the site leave out `.html`."""
    return _LINK.sub(lambda link: f'{link[1]}{pretty(link[2])}"', html)


def up(path: str) -> str:
    """Return the path from the folder of a page to the output folder: `../` for each folder."""
    return "../" * path.count("/")
