"""The file that a brief leaves for the pages of the site: a head, then one named entry a line.

The head says what the plan needs, with a digest for each entry; so a page depends on the entries that it prints and not on
the whole brief. The format is JSON lines in UTF-8. This module does not know what is in an entry.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FOLDER = "site"
"""Below the build engine's own folder."""
_VERSION = 2
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?")
_STEM = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")


def extract_path(slug: str) -> str:
    """Where the extract of a brief lies, below the output folder."""
    return f".brief/{FOLDER}/{slug}.jsonl"


class BadExtract(ValueError):
    """The file is not an extract of this version; the brief's next build writes it anew."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a plan needs to know of a brief."""

    slug: str
    stem: str
    """Where the brief's page stands in the output folder, without its ending."""
    date: str
    """ISO 8601, as exactly as it is known; empty where there is none."""
    status: str
    language: str
    topics: tuple[str, ...]
    experts: tuple[str, ...]
    """Ids of everybody whom the brief has words or a column of."""
    sources: tuple[str, ...]
    questions: int
    """How many questions it asks."""
    address: bool
    """Whether the house style says where the site is published."""
    revised: bool
    """Whether the log of corrections and editions has something to say of it."""
    original: str
    """The brief that it is a translation of, or its own slug."""
    fonts: tuple[str, ...]
    """The slices of fonts (`generator.render.web_fonts`) that its page and those around it are drawn with."""


def encode(head: Head, entries: Mapping[str, Any]) -> bytes:
    """Write an extract. Entries are JSON values; the same ones give the same bytes."""
    lines = {name: json.dumps([name, value], ensure_ascii=False, sort_keys=True) for name, value in entries.items()}
    digests = {name: hashlib.sha256(line.encode()).hexdigest()[:32] for name, line in lines.items()}
    said = {name: getattr(head, name) for name in Head.__slots__}
    first = json.dumps({"version": _VERSION, **said, "entries": digests}, ensure_ascii=False, sort_keys=True)
    return "\n".join([first, *lines.values(), ""]).encode()


def read_head(content: bytes) -> Head:
    """The head of an extract, from the file or its first line. Raises BadExtract."""
    said = _first(content)
    try:
        lists = {name: tuple(said[name]) for name in ("topics", "experts", "sources", "fonts")}
        head = Head(**{**{name: said[name] for name in Head.__slots__}, **lists})
    except (KeyError, TypeError) as error:
        raise BadExtract(str(error)) from None
    lines = (head.slug, head.stem, head.date, head.status, head.language, head.original)
    texts = (*lines, *head.topics, *head.experts, *head.sources, *head.fonts)
    if not all(isinstance(text, str) and not _SURROGATE.search(text) for text in texts):
        raise BadExtract("a text is of another type")
    if not _DAY.fullmatch(head.date) or not _STEM.fullmatch(head.stem):
        raise BadExtract("a value is of another form")
    if type(head.questions) is not int or {type(head.address), type(head.revised)} != {bool}:
        raise BadExtract("a value is of another type")
    return head


def entry(content: bytes, name: str) -> Any:
    """The value of an entry. Raises BadExtract where there is none."""
    at = content.find(b"\n" + json.dumps([name], ensure_ascii=False)[:-1].encode() + b",")
    if at < 0:
        raise BadExtract(f"there is no entry {name}")
    return json.loads(content[at + 1 : content.index(b"\n", at + 1)])[1]


def extract_digests(path: str, content: bytes) -> dict[str, str]:
    """The digest of each entry by name, for the build engine; none where the content is no extract."""
    try:
        return dict(_first(content)["entries"])
    except (BadExtract, KeyError, TypeError, ValueError):
        return {}


def _first(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content.partition(b"\n")[0])
    except (ValueError, RecursionError) as error:
        raise BadExtract(str(error)) from None
    if not isinstance(said, dict) or said.get("version") != _VERSION:
        raise BadExtract("not an extract of this version")
    return said
