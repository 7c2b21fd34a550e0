"""Links between briefs: `brief:slug#id` and translations, with their problems.

Of the target of a link only the ids are read, and they are recorded by entry. So a brief with a link is built again when the target
is removed, but not after other edits of that brief.

The original lists its translations, and each translation names the original. So every page can link to the others without reading
all fact files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from generator.engine import Reads
from generator.model import Brief, BriefLink, Fact, HouseStyle, LanguageVersion, Position, Question, Status, Text
from generator.model.walk import walk
from generator.pipeline.inputs.load_project import load_brief
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import did_you_mean
from generator.project import FOLDER, Project, stem_of
from generator.read.yaml_nodes import Mapped, Scalar, Sequence
from generator.read.yaml_text import parse_bytes

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


LINK = Code("translation-link", Severity.ERROR)
BEHIND = Code("translation-behind", Severity.WARNING)

_SHOWN = 6
"""Most parts in a message."""
_LISTS = ("facts", "questions", "options", "voices", "tables", "charts", "sections", "boxes", "pictures", "pull_quotes")
"""Lists of a brief whose items have ids."""


def resolve_translations(
    reads: Reads, brief: Brief, house: HouseStyle, *, flat: bool
) -> tuple[tuple[LanguageVersion, ...], tuple[Problem, ...]]:
    """Return the same brief in other languages, original first, and the problems of their references to each other.

    A page of a published brief links only to published ones. A brief that is built alone, as when a PDF is verified, has no others.
    """
    named = [brief.translation_of] if brief.translation_of else list(brief.translations)
    if not named or reads.value("alone") == "True":
        return (), ()
    translations = _Translations(reads, brief, house)
    problems = tuple(translations.problems(named))
    shown = sorted(translations.others(), key=lambda one: (not _is_original(one), one.language))
    return tuple(
        LanguageVersion(one.language, stem_of(one.slug, one.file, flat=flat), _is_original(one)) for one in shown
    ), problems


def _is_original(brief: Brief) -> bool:
    return brief.translation_of is None


class _Translations:
    """Reads the other briefs of one brief, each once."""

    def __init__(self, reads: Reads, brief: Brief, house: HouseStyle) -> None:
        self._reads = reads
        self._brief = brief
        self._house = house
        self._files = dict(fact_files(reads))
        self._read: dict[str, Brief | None] = {}

    def problems(self, named: list[Text]) -> Iterator[Problem]:
        """Yield the problems of each brief that this one names."""
        for slug in named:
            other = self._other(slug.value)
            if slug.value not in self._files:
                hint = did_you_mean(slug.value, self._files)
                yield UNKNOWN_BRIEF.at(slug.place, f"there is no brief '{slug.value}'", hint)
            elif other is not None:
                yield from self._linked(slug, other)

    def _linked(self, slug: Text, other: Brief) -> Iterator[Problem]:
        """Yield the first thing that is wrong between this brief and one that it names as a translation or original."""
        own, back = self._brief.slug, [text.value for text in other.translations]
        if self._brief.translation_of and self._brief.translations:
            place = self._brief.translations[0].place
            yield LINK.at(place, "a translation has no translations of its own", "list them in the original")
        elif other.language == self._brief.language:
            message = f"'{slug.value}' is also in '{other.language}'"
            yield LINK.at(slug.place, message, "set `language` in one of the two, or name another brief")
        elif self._brief.translation_of and other.translation_of:
            message = f"'{slug.value}' is itself a translation, of '{other.translation_of}'"
            remove = "remove `translation_of` in the one that is the original"
            hint = remove if other.translation_of.value == own else f"write `translation_of: {other.translation_of}`"
            yield LINK.at(slug.place, message, hint)
        elif self._brief.translation_of and own not in back:
            hint = f"write `translations: [{', '.join([*back, own])}]` in {other.file}"
            yield LINK.at(slug.place, f"'{slug.value}' does not list this brief among its translations", hint)
        elif not self._brief.translation_of and (not other.translation_of or other.translation_of.value != own):
            hint = f"write `translation_of: {own}` in {other.file}"
            yield LINK.at(slug.place, f"'{slug.value}' does not say that it is a translation of this brief", hint)
        elif self._brief.translation_of and (parts := list(_behind(self._brief, other))):
            more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
            message = f"this translation is behind '{slug.value}': {', '.join(islice(parts, _SHOWN))}{more}"
            yield BEHIND.at(slug.place, message, "translate the changes of the original")

    def others(self) -> Iterator[Brief]:
        """Return the briefs to which the page links."""
        original = self._other(self._brief.translation_of.value) if self._brief.translation_of else self._brief
        if original is None:
            return
        family = [original, *(self._other(text.value) for text in original.translations)]
        for one in family:
            if one is not None and one.slug != self._brief.slug and self._may_link(one):
                yield one

    def _may_link(self, other: Brief) -> bool:
        return other.status is Status.PUBLISHED or self._brief.status is not Status.PUBLISHED

    def _other(self, slug: str) -> Brief | None:
        if slug == self._brief.slug:
            return self._brief
        if slug not in self._read:
            file = self._files.get(slug)
            self._read[slug] = load_brief(self._reads.file, slug, file, self._house)[0] if file else None
        return self._read[slug]


def _behind(translation: Brief, original: Brief) -> Iterator[str]:
    """Yield what its translation lacks or has differently, as far as this can be compared without language."""
    if original.edition > translation.edition:
        yield f"edition {original.edition}"
    if len(original.corrections) > len(translation.corrections):
        yield f"`corrections` ({len(original.corrections)})"
    if original.date != translation.date and original.date and translation.date:
        yield "`date`"
    yield from (f"`experts/{who}`" for who in _names(original.experts) if who not in _names(translation.experts))
    for name in _LISTS:
        own = {item.id: item for item in getattr(translation, name)}
        for item in getattr(original, name):
            if item.id not in own:
                yield f"`{name}/{item.id}`"
            elif name == "questions":
                yield from _cells_behind(own[item.id], item)
            elif name == "facts" and _amounts(own[item.id]) != _amounts(item):
                yield f"`facts/{item.id}`"


def _cells_behind(own: Question, original: Question) -> Iterator[str]:
    if len(own.scale) != len(original.scale):
        yield f"`questions/{original.id}/scale`"
    for who, cell in original.cells.items():
        if _coded(own.cells.get(who)) != _coded(cell):
            yield f"`questions/{original.id}/{who}`"


def _coded(cell: object) -> object:
    """Return the parts of a cell that are the same in every language."""
    return (cell.stance, len(cell.earlier)) if isinstance(cell, Position) else type(cell).__name__


def _amounts(fact: Fact) -> list[tuple[object, ...]]:
    """Units are words of a language, so they do not count."""
    return [(figure.amount.low, figure.amount.high, figure.amount.qualifier) for figure in fact.figures]


def _names(texts: tuple[Text, ...]) -> list[str]:
    return [text.value for text in texts]
