"""Links between briefs: checks the targets of `brief:slug#id`, and finds their addresses.

Only the ids of the other brief are read, and they are recorded by entry. So a brief with a link is built again when the target
of the link is removed, but not after other edits of that brief.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model import BriefLink, Status
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import did_you_mean
from generator.project import FOLDER, Project, stem_of

if TYPE_CHECKING:
    from generator.engine import Reads
    from generator.model import Brief

UNKNOWN_BRIEF = Code("unknown-brief", Severity.ERROR)
UNKNOWN_ID = Code("unknown-link-id", Severity.ERROR)
UNPUBLISHED_LINK = Code("link-unpublished", Severity.WARNING)

_PARTS = {"questions": "question-", "facts": "fact-", "options": "option-", "voices": "voice-", "tables": "table-"}
"""Lists of a fact file whose items have ids, and the prefix of their anchors on the page."""


def resolve_links(reads: Reads, brief: Brief, *, flat: bool) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the target of each link to another brief, by its address, and the problems of links.

    `flat` says whether all outputs are in one folder. A brief that is built alone, as when a PDF is verified, has no other briefs;
    its links are not checked.
    """
    from generator.model.walk import walk

    links = list(walk(brief, BriefLink))
    if not links or reads.value("alone") == "True":
        return {}, ()
    files = dict(fact_files(reads))
    addresses: dict[str, str] = {}
    problems: list[Problem] = []
    for link in links:
        file = files.get(link.slug)
        if file is None:
            hint = did_you_mean(link.slug, files)
            problems.append(UNKNOWN_BRIEF.at(link.place, f"there is no brief '{link.slug}'", hint))
            continue
        anchors, status = _described(reads, file)
        if link.id and link.id not in anchors:
            message = f"'{link.slug}' has no question, fact, option, voice or table '{link.id}'"
            problems.append(UNKNOWN_ID.at(link.place, message, did_you_mean(link.id, anchors)))
            continue
        anchor = f"#{anchors[link.id]}" if link.id else ""
        addresses[link.address] = f"{stem_of(link.slug, file, flat=flat)}.html{anchor}"
        if brief.status is Status.PUBLISHED and status != Status.PUBLISHED:
            message = (
                f"'{link.slug}' is not published: it is {'withdrawn' if status == Status.WITHDRAWN else 'a draft'}"
            )
            problems.append(UNPUBLISHED_LINK.at(link.place, message, "publish it, or remove the link"))
    return addresses, tuple(problems)


def fact_files(reads: Reads) -> Iterator[tuple[str, str]]:
    """Yield slug and path of every fact file. Their folders are recorded, because a brief may be added or removed."""
    folders = {FOLDER}
    for slug, file in Project(Path(reads.root)).fact_files():
        parents = file.split("/")[:-1]
        folders |= {"/".join(parents[:count]) for count in range(1, len(parents) + 1)}
        yield slug, file
    for folder in sorted(folders):
        reads.folder(folder)


def _described(reads: Reads, file: str) -> tuple[Mapping[str, str], str]:
    """Return the anchors of another brief's page by the ids that links use, and its status; both are recorded by entry."""
    from generator.read.yaml_nodes import Mapped, Scalar
    from generator.read.yamltext import parse_bytes

    try:
        root = parse_bytes(reads.peek(file), file)[0].root
    except OSError:
        root = None
    entries = root.entries if isinstance(root, Mapped) else {}
    anchors = dict(_anchors(entries))
    for name in ("status", *(name for name in _PARTS if name != "facts")):
        reads.entry(file, name)
    for anchor in anchors.values():
        if anchor.startswith("fact-"):
            reads.entry(file, anchor.removeprefix("fact-"))  # each fact is an entry of its own
    status = entries.get("status")
    return anchors, status.value if isinstance(status, Scalar) else Status.DRAFT


def _anchors(entries: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the ids of a fact file and their anchors. If two parts have the same id, the first in `_PARTS` counts."""
    from generator.read.yaml_nodes import Mapped, Scalar, Sequence

    seen: set[str] = set()
    for name, before in _PARTS.items():
        items = entries.get(name)
        for item in items.items if isinstance(items, Sequence) else ():
            given = item.entries.get("id") if isinstance(item, Mapped) else None
            if not isinstance(item, Mapped) or not isinstance(given, Scalar) or given.value in seen:
                continue
            seen.add(given.value)
            yield given.value, f"{before}{given.value}"
            positions = item.entries.get("positions") if name == "questions" else None
            for who in positions.entries if isinstance(positions, Mapped) else ():
                yield f"{given.value}.{who}", f"{given.value}-{who}"
