"""File format of extracts, which the pages of the site are made from.

A brief has two files, each with a head, and then one named entry in each line.

The first file has what the plan needs, and the entries that lists of many briefs print; so a list reads few bytes. The
second one has the other entries. Each head has the digest of each entry. So a page depends only on the entries that it prints, not on
the whole brief. The format is JSON lines in UTF-8. `brief_extract.py` makes the entries.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.site.extracts.expert_entries import ExpertEntry

EXTRACTS = ".brief/site"
"""Folder of the extracts in the output folder."""
LISTED = frozenset({"title", "card", "questions", "log"})
"""Names of the entries in the first file."""
_VERSION = 8
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENTRY = re.compile(r"[a-z]+:[a-z-]*:[0-9a-f]*")
"""Kind, reason and question of an entry of an expert."""
_STEM = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")


def extract_path(slug: str) -> str:
    """Return the path of the first file of a brief's extract, relative to the output folder."""
    return f"{EXTRACTS}/{slug}.jsonl"


def details_path(slug: str) -> str:
    """Return the path of the second file. No brief can have its name, because of the point in it."""
    return f"{EXTRACTS}/{slug}.details.jsonl"


def entry_path(slug: str, name: str) -> str:
    """Return the path of the file that has an entry."""
    return extract_path(slug) if name in LISTED else details_path(slug)


class BadExtract(ValueError):
    """The file is not an extract of this version; the next build of the brief writes it again."""


@dataclass(frozen=True, slots=True)
class ExtractHead:
    """What the plan needs about a brief."""

    slug: str
    stem: str
    """Path of the brief's page in the output folder, without suffix."""
    date: str
    """ISO 8601, as precise as it is known; empty if there is none."""
    status: str
    language: str
    topics: tuple[str, ...]
    experts: tuple[str, ...]
    """Ids of everybody with a column or a voice in the brief."""
    sources: tuple[str, ...]
    questions: int
    """Number of questions."""
    address: bool
    """Whether the house style has the site's address."""
    revised: bool
    """Whether the brief is in the log of corrections and editions."""
    original: str
    """The brief that it is a translation of, or its own slug."""
    fonts: tuple[str, ...]
    """The slices of fonts (`generator.render.web_fonts`) that its page and those around it are drawn with."""
    editions: tuple[tuple[int, str], ...]
    """Number and SHA-256 of the PDF of each edition that has an address of its own."""
    statements: tuple[tuple[ExpertEntry, ...], ...] = ()
    """The entries of each of `experts`, in the same order."""
    captures: tuple[tuple[str, int], ...] = ()
    """Of each of `sources`, in the same order: day of the latest capture (empty for none), and number of verified passages."""
    changed: str = ""
    """The day of the brief or of its latest correction, like `date`."""

    def said_by(self, expert: str) -> tuple[ExpertEntry, ...]:
        """Return the entries of one of `experts`."""
        return dict(zip(self.experts, self.statements, strict=False)).get(expert, ())


def encode(head: ExtractHead, entries: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of an extract by path. Entries are JSON values; the same entries give the same bytes."""
    fields = {name: getattr(head, name) for name in ExtractHead.__slots__}
    fields["statements"] = [[":".join(one) for one in entries] for entries in head.statements]
    listed = {name: value for name, value in entries.items() if name in LISTED}
    details = {name: value for name, value in entries.items() if name not in LISTED}
    return {extract_path(head.slug): _encoded(fields, listed), details_path(head.slug): _encoded({}, details)}


def _encoded(fields: Mapping[str, Any], entries: Mapping[str, Any]) -> bytes:
    lines = {name: json.dumps([name, value], ensure_ascii=False, sort_keys=True) for name, value in entries.items()}
    digests = {name: hashlib.sha256(line.encode()).hexdigest()[:32] for name, line in lines.items()}
    first = json.dumps({"version": _VERSION, **fields, "entries": digests}, ensure_ascii=False, sort_keys=True)
    return "\n".join([first, *lines.values(), ""]).encode()


def read_head(content: bytes) -> ExtractHead:
    """Return the head of an extract, from its first file or the first line of it. Raises BadExtract."""
    fields = _first(content)
    try:
        lists: dict[str, Any] = {name: tuple(fields[name]) for name in ("topics", "experts", "sources", "fonts")}
        lists["editions"] = tuple((number, digest) for number, digest in fields["editions"])
        lists["captures"] = tuple((day, passages) for day, passages in fields["captures"])
        lists["statements"] = tuple(tuple(map(_entry, entries)) for entries in fields["statements"])
        head = ExtractHead(**{**{name: fields[name] for name in ExtractHead.__slots__}, **lists})
    except (KeyError, TypeError, ValueError) as error:
        raise BadExtract(str(error)) from None
    lines = (head.slug, head.stem, head.date, head.status, head.language, head.original, head.changed)
    texts = (*lines, *head.topics, *head.experts, *head.sources, *head.fonts)
    if not all(isinstance(text, str) for text in texts) or _SURROGATE.search("\n".join(texts)):
        raise BadExtract("a text is of another type")
    if not _DAY.fullmatch(head.date) or not _DAY.fullmatch(head.changed) or not _STEM.fullmatch(head.stem):
        raise BadExtract("a value is of another form")
    if type(head.questions) is not int or {type(head.address), type(head.revised)} != {bool}:
        raise BadExtract("a value is of another type")
    if not all(type(number) is int and _DIGEST.fullmatch(str(digest)) for number, digest in head.editions):
        raise BadExtract("an edition is of another form")
    if not all(type(passages) is int and _DAY.fullmatch(str(day)) for day, passages in head.captures):
        raise BadExtract("a capture is of another form")
    return head


@lru_cache(maxsize=4096)
def _entry(text: str) -> ExpertEntry:
    """Return an entry of an expert; many are the same. Raises TypeError, and ValueError if it is of another form."""
    if not _ENTRY.fullmatch(text):
        raise ValueError(text)
    kind, reason, question = text.split(":")
    return ExpertEntry(kind, reason, question)


def entry(content: bytes, name: str) -> Any:
    """Return the value of an entry of a file. Raises BadExtract if it does not exist."""
    at = content.find(b"\n" + json.dumps([name], ensure_ascii=False)[:-1].encode() + b",")
    if at < 0:
        raise BadExtract(f"there is no entry {name}")
    return json.loads(content[at + 1 : content.index(b"\n", at + 1)])[1]


def extract_digests(path: str, content: bytes) -> dict[str, str]:
    """Return the digest of each entry by name, for the build engine; empty if the content is not an extract."""
    try:
        return dict(_first(content)["entries"])
    except (BadExtract, KeyError, TypeError, ValueError):
        return {}


def _first(content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content.partition(b"\n")[0])
    except (ValueError, RecursionError) as error:
        raise BadExtract(str(error)) from None
    if not isinstance(fields, dict) or fields.get("version") != _VERSION:
        raise BadExtract("not an extract of this version")
    return fields
