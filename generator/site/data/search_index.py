"""The search index: files for each language, which the browser reads one after another.

`heads` has titles, answers, questions and experts, which a search needs first; `texts` has statements and facts, which
`brief_extract.py` collects from a brief. `templates/site/search.js` searches.

A file depends only on the briefs in it. Each file is a script that contains JSON, because browsers can load scripts from a disk, but
not JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from generator.engine import Made, Plain, Reads, Rejected
from generator.languages import Searching, language, primary
from generator.languages.locales import own_name
from generator.render.scripts import direction_of
from generator.site import addresses
from generator.site.pages.site_frame import SitePage, draw, frame, read_entry

Document = tuple[str, str, str, str]
"""Kind, address, title and text of an entry."""


def make_search(
    reads: Reads, path: str, sections: tuple[str, ...], languages: Sequence[tuple[str, int, int]]
) -> Made | Rejected:
    """Make the page with the search form. It loads the titles of the site's own language itself, or else those of all languages.

    `languages` has the number of files of `heads` and `texts` of each language, as for `make_shard_list`.
    """
    around = frame(reads)
    own = [one for one in languages if one[0] == primary(around.language)]
    heads = [addresses.shard("heads", tag, number) for tag, count, _ in own or languages for number in range(count)]
    files: Plain = tuple({"path": file, "name": PurePosixPath(file).stem} for file in (addresses.SEARCH_INDEX, *heads))
    return draw(around, SitePage("search", path, sections, around.labels("search"), {"files": files}))


def make_shards(reads: Reads, path: str, part: str, slugs: Sequence[str]) -> Made:
    """Make one file of `heads` or `texts`: for each brief its language, its direction and its entries. Each expert is in the file once."""
    from generator.engine import Made

    reads.value("site-code")
    documents_of = _heads if part == "heads" else _texts
    named: set[str] = set()
    briefs = []
    for slug in slugs:
        documents = [one for one in documents_of(reads, slug) if one[0] != "expert" or one[1] not in named]
        named.update(address for kind, address, *_ in documents if kind == "expert")
        language_tag = read_entry(reads, slug, "title")["language"]
        briefs.append([language_tag, direction_of(language_tag), documents])
    return Made(outputs={path: _file(path, {"version": 3, "briefs": briefs})})


def make_shard_list(reads: Reads, path: str, languages: Sequence[tuple[str, int, int]]) -> Made:
    """The names of all files, from which the script begins: languages, with how many files of `heads` and `texts` each has.

    Each language has its rules for folding words, so that one form of a word finds the others.
    """
    from generator.engine import Made

    bare = frame(reads).pretty
    listed = {tag: _language(tag, heads, texts) for tag, heads, texts in languages}
    return Made(outputs={path: _file(path, {"version": 3, "pretty": bare, "languages": listed})})


def _language(tag: str, heads: int, texts: int) -> dict[str, Any]:
    """Return what the search needs for a language: its rules of folding, and the names of its shards."""
    folding = language(tag).searching or Searching()
    names = {
        part: [PurePosixPath(addresses.shard(part, tag, number)).stem for number in range(count)]
        for part, count in (("heads", heads), ("texts", texts))
    }
    return {
        "name": own_name(tag),
        "beginnings": list(folding.beginnings),
        "endings": list(folding.endings),
        "letters": dict(folding.letters or {}),
        **names,
    }


def _heads(reads: Reads, slug: str) -> Iterator[Document]:
    card = read_entry(reads, slug, "card")
    text = " · ".join(filter(None, (card["subtitle"], card["answer"] or card["description"], *card["topics"])))
    yield "brief", card["href"], card["title"], text
    names: dict[str, str] = {}
    for question in read_entry(reads, slug, "questions"):
        scale = f"{card['title']} ({' – '.join(question['scale'])})"
        yield "question", _place(card["href"], question["anchor"]), question["ask"], scale
        names.update((cell["who"], cell["name"]) for cell in question["cells"])
    for who, name in names.items():
        yield "expert", addresses.expert_page(who), name, card["title"]


def _texts(reads: Reads, slug: str) -> Iterator[Document]:
    title = read_entry(reads, slug, "title")
    for one in read_entry(reads, slug, "texts"):
        yield one["kind"], _place(title["href"], one["anchor"]), one["title"], one["text"]


def _place(href: str, anchor: str) -> str:
    return f"{href}#{anchor}" if anchor else href


def _file(path: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f'briefSearch("{PurePosixPath(path).stem}",{text});\n'.encode()
