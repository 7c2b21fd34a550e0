"""Decides into which file each imported entry is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.cite.csl_yaml import entry_text
from generator.cite.merge_entries import Difference, MergeResult, NotMergeable, merge
from generator.problems import Problem
from generator.read.entries import SourceIndex, index_sources
from generator.read.yaml_text import parse_bytes

LARGE = 500
"""More new entries than these go into a file of their own."""
HEAD = "references:\n"

Entry = Mapping[str, Any]


@dataclass(slots=True)
class Placed:
    """The changes of an import."""

    texts: dict[str, str] = field(default_factory=dict)
    """The new text of each file that changes, by its path in the project."""
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    further: set[str] = field(default_factory=set)
    """Files besides `sources.yaml` that entries were appended to."""
    differing: dict[str, tuple[Difference, ...]] = field(default_factory=dict)
    """By file, the differences that were not applied."""

    def problems(self) -> list[Problem]:
        """Return the differences as problems, one for each field."""
        return [one.problem(file) for file, differences in self.differing.items() for one in differences]

    def take(self, file: str, before: str, result: MergeResult) -> None:
        """Record the result of a merge."""
        self.added += result.added
        self.updated += result.updated
        self.unchanged += result.unchanged
        if result.text != before:
            self.texts[file] = result.text
        if result.differences:
            self.differing[file] = (*self.differing.get(file, ()), *result.differences)


@dataclass(frozen=True, slots=True)
class Files:
    """The sources that a project has."""

    main: str
    """Path of `sources.yaml` in the project."""
    text: str
    """Its text; empty if there is none."""
    folder: str
    """Path of the folder of further files."""
    indexes: Sequence[SourceIndex] = ()


def place(
    files: Files, incoming: Iterable[Entry], name: str, update: Collection[str] = (), made: Collection[str] = ()
) -> Placed:
    """Place entries with unique keys. `name` is the name of a new file, if one is needed. Raises NotMergeable.

    Keys in `made` may be changed: if another source has such a key, the entry gets the next free one.
    """
    placed = Placed()
    holders = {key: index for index in files.indexes for key in index.entries}
    titles = _merged(files.main, files.text, (), ()).titles
    incoming = _distinct(list(incoming), made, holders, titles) if made else incoming
    there = {index.file: list[Entry]() for index in files.indexes}
    rest: list[Entry] = []
    for entry in incoming:
        holder = holders.get(str(entry["id"]))
        (rest if holder is None else there[holder.file]).append(entry)
    for index in files.indexes:
        if there[index.file]:
            placed.take(index.file, index.text, _merged_index(index, there[index.file], update))
    new = [entry for entry in rest if str(entry["id"]) not in titles]
    old = [entry for entry in rest if str(entry["id"]) in titles]
    _place_rest(files, new, old, update, placed, name)
    _check(placed)
    return placed


def _distinct(
    entries: Sequence[Entry], made: Collection[str], holders: Mapping[str, SourceIndex], titles: Mapping[str, str]
) -> list[Entry]:
    """Return the entries with made keys that no other source has."""
    taken = {str(entry["id"]) for entry in entries}
    distinct: list[Entry] = []
    for entry in entries:
        key = first = str(entry["id"])
        number = 1
        while (first in made and _is_other(entry, key, holders, titles)) or (key != first and key in taken):
            number += 1
            key = f"{first}-{number}"
        taken.add(key)
        distinct.append({**entry, "id": key})
    return distinct


def _is_other(entry: Entry, key: str, holders: Mapping[str, SourceIndex], titles: Mapping[str, str]) -> bool:
    """Whether a source with this key exists and has another title."""
    if key in holders:
        there = holders[key].read([key])[0]
        title = there[key].title if key in there else ""
    elif key in titles:
        title = titles[key]
    else:
        return False
    return _folded(title) != _folded(str(entry.get("title", "")))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _check(placed: Placed) -> None:
    """Raise NotMergeable if a new file text does not contain the added entries, because the file may have an unexpected form."""
    for index in _indexed({file: text for file, text in placed.texts.items() if file in placed.further}):
        if index.whole is not None or index.repeated:
            raise NotMergeable("the form of the file is not supported", file=index.file)


def _place_rest(
    files: Files, new: list[Entry], old: list[Entry], update: Collection[str], placed: Placed, name: str
) -> None:
    """Place entries that no further file has: `sources.yaml` may have them, or have room for new ones."""
    if not new and not old:
        return
    if len(new) <= LARGE:
        result = _merged(files.main, files.text, [*old, *new], update)
        if _fits(result.text, files.main):
            placed.take(files.main, files.text, result)
            return
    if old:
        placed.take(files.main, files.text, _merged(files.main, files.text, old, update))
    elif not files.text.strip():
        placed.texts[files.main] = "references: []\n"
    _append(files, new, name, placed)


def _append(files: Files, new: Sequence[Entry], name: str, placed: Placed) -> None:
    """Append entries to a file of their own, which may exist from an earlier import."""
    by_file = {index.file: index for index in files.indexes}
    number = 1
    while True:
        file = f"{files.folder}/{name}{'' if number == 1 else f'-{number}'}.yaml"
        index = by_file.get(file)
        if index is None or index.whole is None:
            break
        number += 1
    before = placed.texts.get(file, index.text if index else HEAD).rstrip("\n").removesuffix("\n...")
    column = _column(index) if index else 2
    placed.texts[file] = f"{before}\n" + "".join(entry_text(entry, column) for entry in new)
    placed.further.add(file)
    placed.added += (str(entry["id"]) for entry in new)


def _column(index: SourceIndex) -> int:
    """Return the column of the dashes in a file."""
    first = next(iter(index.entries.values()))
    return index.text[first.start : first.end].index("-")


def _merged_index(index: SourceIndex, entries: Sequence[Entry], update: Collection[str]) -> MergeResult:
    """Merge entries into a further file, each into its own slice if the file has the simple form."""
    if index.whole is not None:
        return _merged(index.file, index.text, entries, update)
    column = _column(index)
    unchanged: list[str] = []
    updated: list[str] = []
    differences: list[Difference] = []
    changed: dict[str, str] = {}
    for entry in entries:
        key = str(entry["id"])
        if index.slice(key) == entry_text(entry, column):
            unchanged.append(key)
            continue
        before = HEAD + index.slice(key)
        result = _merged(index.file, before, [entry], update, index.entries[key].line - 2)
        unchanged += result.unchanged
        updated += result.updated
        differences += [replace(one, line=one.line + index.entries[key].line - 2) for one in result.differences]
        if result.text != before:
            changed[key] = result.text.removeprefix(HEAD)
    return MergeResult(_with(index, changed), (), tuple(updated), tuple(unchanged), tuple(differences))


def _with(index: SourceIndex, changed: Mapping[str, str]) -> str:
    """Return the text of a file with some entries replaced."""
    pieces, at = [], 0
    for entry in sorted((index.entries[key] for key in changed), key=lambda one: one.start):
        pieces += [index.text[at : entry.start], changed[entry.key].rstrip("\n")]
        at = entry.start + len(index.text[entry.start : entry.end].rstrip())
    return "".join((*pieces, index.text[at:]))


def _merged(file: str, text: str, entries: Sequence[Entry], update: Collection[str], above: int = 0) -> MergeResult:
    """Call `merge`; an error names the file. `above` is the number of lines before the text."""
    try:
        return merge(text, entries, update)
    except NotMergeable as error:
        error.file, error.line = file, error.line + above
        raise


def _fits(text: str, file: str) -> bool:
    """Whether the project's reader accepts the size of the file, in bytes and values."""
    return parse_bytes(text.encode(), file)[0].root is not None


def file_name(stem: str) -> str:
    """Return a name for a file of sources from the bibliography's name: lower-case letters, digits and hyphens."""
    folded = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60] or "imported"


def _indexed(texts: Mapping[str, str]) -> list[SourceIndex]:
    """Return indexes of files that will be written."""
    return [index_sources(text.encode(), file) for file, text in texts.items()]
