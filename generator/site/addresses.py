"""Where the pages of the site stand below the output folder, and names for them that any file system takes."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata

INDEX, NOT_FOUND = "index.html", "404.html"
SEARCH, SEARCH_SCRIPT, SEARCH_INDEX = "search.html", "assets/site/search.js", "assets/search/index.js"
CORRECTIONS, ABOUT, ACCESSIBILITY = "corrections.html", "about.html", "accessibility.html"
TOPICS, EXPERTS, SOURCES, QUESTIONS = "topics", "experts", "sources", "questions"
RELATED = "related"
FEED, SITEMAP, ROBOTS, LLMS, JSON_INDEX = "feed.xml", "sitemap.xml", "robots.txt", "llms.txt", "index.json"
SHEET = "assets/site/site.css"

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = re.compile(r"index(-[0-9]+)?|([a-z0-9-]*-)?[0-9a-f]{8}|aux|con|nul|prn|(com|lpt)[0-9]")
"""Plain names that pages of lists have, that look as if they ended in a digest, and that Windows keeps for devices."""
_LONGEST = 60
"""Characters of a name in an address, at most."""


def file_name(key: str) -> str:
    """A file name, without its ending, for a key that may hold anything; different keys have different names.

    A key of lower-case letters, digits and single hyphens is its own name, unless a page has it. Any other gets a piece of its
    digest, so that `Vale` and `vale` stay apart where a file system takes them for one.
    """
    if _PLAIN.fullmatch(key) and len(key) <= _LONGEST and not _TAKEN.fullmatch(key):
        return key
    folded = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:_LONGEST].strip("-")
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest


def topic_page(topic: str, ending: str = "html") -> str:
    """The page, or with `xml` the feed, of a topic; its case and spaces do not matter."""
    return f"{TOPICS}/{file_name(topic_key(topic))}.{ending}"


def topic_key(topic: str) -> str:
    """What makes two topics the same: their words, whatever their case; joined as in an address."""
    return "-".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", topic).casefold()).split())


def expert_page(expert: str, ending: str = "html") -> str:
    """The page, or with `xml` the feed, of an expert, by id."""
    return f"{EXPERTS}/{file_name(expert)}.{ending}"


def source_page(key: str) -> str:
    """The page of a source, by its key."""
    return f"{SOURCES}/{file_name(key)}.html"


def related_page(slug: str) -> str:
    """The briefs that are related to one."""
    return f"{RELATED}/{slug}.html"


def numbered(folder: str, number: int) -> str:
    """A page of a list that goes on over several: `index.html`, `index-2.html`; `folder` may be empty."""
    name = "index.html" if number == 1 else f"index-{number}.html"
    return posixpath.join(folder, name)


def continued(path: str, number: int) -> str:
    """A further page of a list: `topics/trade.html` goes on in `topics/trade.2.html`, which no other list is called."""
    return path if number == 1 else path.replace(".html", f".{number}.html")


def shard(part: str, language: str, number: int) -> str:
    """A piece of the search index of a language: `heads` or `texts`, of which there are several."""
    return f"assets/search/{part}-{language}-{number}.js"


def data(slug: str, ending: str) -> str:
    """A brief as data: `json` or `csv`."""
    return f"data/{slug}.{ending}"


def picture(slug: str) -> str:
    """What a link to a brief looks like where it is shared."""
    return f"assets/shared/{slug}.png"


def up(path: str) -> str:
    """From the folder of a page to the output folder: `../` for each folder that it stands in."""
    return "../" * path.count("/")
