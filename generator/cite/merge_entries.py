"""Merges CSL entries into the text of `sources.yaml` without changing other text.

New entries are appended as text. An existing entry stays unchanged, with its comments. If the incoming entry differs, the
differences are reported, and only for the keys that the user names are the differing fields rewritten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.cite.csl_yaml import entry_text, field_text
from generator.cite.draft_conversion import shown, wild_date
from generator.problems import Code, Location, Problem, Severity
from generator.read import csl

SOURCE_DIFFERS = Code("source-differs", Severity.WARNING)
NOT_MERGEABLE = Code("not-mergeable", Severity.ERROR)


class NotMergeable(Exception):
    """A file of sources has a form to which text cannot be appended. `line` counts from 1."""

    def __init__(self, message: str, line: int = 1, file: str = "") -> None:
        super().__init__(message)
        self.line, self.file = line, file

    @property
    def problem(self) -> Problem:
        return NOT_MERGEABLE.at(Location(self.file, self.line), str(self))


@dataclass(frozen=True, slots=True)
class Difference:
    key: str
    field: str
    there: str
    """The value in `sources.yaml`; "" if the field is missing."""
    incoming: str
    line: int
    """Line of the field in `sources.yaml`, or of its entry."""

    def problem(self, file: str) -> Problem:
        old = f"“{self.there}”" if self.there else "nothing"
        message = f"'{self.field}' of '{self.key}' is {old} here and “{self.incoming}” in the import"
        return SOURCE_DIFFERS.at(Location(file, self.line), message, f"--update {self.key} takes the imported values")


@dataclass(frozen=True, slots=True)
class MergeResult:
    text: str
    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    differences: tuple[Difference, ...]
    """Differences that were not applied."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of the existing entries, by key; empty if an entry has none."""


def merge(existing_text: str, incoming: Sequence[Mapping[str, Any]], update: Collection[str] = ()) -> MergeResult:
    """Merge entries (from `bibliographies.read_bibliography`, each key once) into the text of a `sources.yaml`.

    Entries with keys in `update` get the incoming values of differing fields. Raises NotMergeable.
    """
    there = _File(existing_text)
    added: dict[str, Mapping[str, Any]] = {}
    updated, unchanged, differences = [], [], []
    edits: list[_Edit] = []
    for entry in incoming:
        key = str(entry["id"])
        if key not in there.entries:
            added.setdefault(key, entry)
            continue
        differing = _differences(there.entries[key], entry)
        if not differing:
            unchanged.append(key)
        elif key in update:
            edits += (there.edit(key, difference.field, entry[difference.field]) for difference in differing)
            updated.append(key)
        else:
            differences += differing
    text = there.with_edits(edits)
    text = _File(text).with_entries(added.values())
    _check(text, there, added)
    return MergeResult(
        text, tuple(added), tuple(dict.fromkeys(updated)), tuple(unchanged), tuple(differences), there.titles()
    )


# ---------------------------------------------------------------- the existing file


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _EntryText:
    node: yaml.MappingNode
    values: Mapping[str, Any]

    def pair(self, name: str) -> tuple[yaml.Node, yaml.Node] | None:
        return next((pair for pair in self.node.value if pair[0].value == name), None)


class _File:
    """The text of `sources.yaml` with the places of its entries."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self._root = _composed(text)
        self._list = _references(self._root)
        self.entries: dict[str, _EntryText] = {}
        for node in self._list.value if self._list else ():
            values = _plain(node)
            if isinstance(node, yaml.MappingNode) and isinstance(values, dict) and "id" in values:
                self.entries.setdefault(str(values["id"]), _EntryText(node, values))

    def titles(self) -> dict[str, str]:
        return {key: str(entry.values.get("title", "")) for key, entry in self.entries.items()}

    def edit(self, key: str, name: str, value: Any) -> _Edit:
        """Return the text edit that sets a field of an entry. Raises NotMergeable for an entry in braces."""
        entry = self.entries[key]
        if entry.node.flow_style:
            raise NotMergeable(f"the entry '{key}' is written in {{braces}}", entry.node.start_mark.line + 1)
        written = field_text(name, value, entry.node.start_mark.column).replace("\n", self.newline)
        if pair := entry.pair(name):
            start = pair[0].start_mark.index
            return _Edit(start, _end(pair[1], self.text), written.strip())
        end = _end(entry.node, self.text)
        return _Edit(end, end, self.newline + written.rstrip())

    def with_edits(self, edits: Sequence[_Edit]) -> str:
        # from the end, so earlier offsets stay valid; additions at the same place keep their order
        text = self.text
        for edit in sorted(edits, key=lambda one: one.start)[::-1]:
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def with_entries(self, entries: Collection[Mapping[str, Any]]) -> str:
        """Return the text with new entries after the last one."""
        if not entries:
            return self.text
        indent = self._list.start_mark.column if self._list and self._list.value else 2
        texts = [entry_text(entry, indent).replace("\n", self.newline) for entry in entries]
        new = (self.newline if self._spaced() else "").join(texts)
        if self._list is None or not self._list.value:
            return self._begun() + new
        place = self._place_behind()
        before, after = self.text[:place], self.text[place:]
        gap = ("" if before.endswith("\n") else self.newline) + (self.newline if self._spaced() else "")
        apart = self.newline if after and after[0] not in "\r\n" else ""
        return before + gap + new + apart + after

    def _spaced(self) -> bool:
        """Whether a blank line separates entries: like the last two; True if there are fewer than two."""
        if self._list is None or len(self._list.value) < 2:
            return True
        last, before = self._list.value[-1], self._list.value[-2]
        between = self.text[_end(before, self.text) : last.start_mark.index]
        return between.replace("\r", "").count("\n\n") > 0

    def _begun(self) -> str:
        """Return the text with a `references:` without entries at its end."""
        if self._list is None:
            before = self.text.rstrip()
            return f"{before}{self.newline if before else ''}references:{self.newline}"
        if self._following() is not None:
            raise NotMergeable("move `references:` to the end of the file", self._list.start_mark.line + 1)
        start = int(self._list.start_mark.index)
        text = (
            self.text[:start].rstrip() + self.text[self._list.end_mark.index :] if self._list.flow_style else self.text
        )
        return text.rstrip() + self.newline

    def _place_behind(self) -> int:
        """Return the end of the file, or the line before the comments of the next key."""
        following = self._following()
        if following is None:
            return len(self.text)
        lines = self.text[: following.start_mark.index].splitlines(keepends=True)
        while lines and (lines[-1].startswith("#") or not lines[-1].strip()):
            lines.pop()
        return len("".join(lines))

    def _following(self) -> yaml.Node | None:
        """Return the key after `references`, if there is one."""
        keys = [key for key, _ in self._root.value] if self._root else []
        names = [key.value for key in keys]
        place = names.index("references") + 1 if "references" in names else len(keys)
        return keys[place] if place < len(keys) else None


def _composed(text: str) -> yaml.MappingNode | None:
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotMergeable("the file is not YAML; 'brief check' says why", mark.line + 1 if mark else 1) from None
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise NotMergeable("the file has to contain `references:` with a list below it")
    return root


def _references(root: yaml.MappingNode | None) -> yaml.SequenceNode | None:
    """Return the list of references; an empty one if the key has no value, None without the key. Raises NotMergeable."""
    for key, value in root.value if root else ():
        if key.value != "references":
            continue
        if isinstance(value, yaml.ScalarNode) and not value.value:
            return yaml.SequenceNode(value.tag, [], value.start_mark, value.end_mark)
        if not isinstance(value, yaml.SequenceNode):
            raise NotMergeable("`references:` has to contain a list", value.start_mark.line + 1)
        if value.flow_style and value.value:
            raise NotMergeable(
                "write the list below `references:` with a dash for each entry", value.start_mark.line + 1
            )
        return value
    return None


def _plain(node: yaml.Node) -> Any:
    """Return the value with all scalars as text."""
    if isinstance(node, yaml.MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _end(node: yaml.Node, text: str) -> int:
    """Return the end of a node's text, without the comments and blank lines that PyYAML includes in a block."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) or not node.value or node.flow_style:  # type: ignore[attr-defined]
        return start + len(text[start:end].rstrip())
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last, text)


# ---------------------------------------------------------------- differences


def _differences(there: _EntryText, incoming: Mapping[str, Any]) -> list[Difference]:
    """Return the fields of the incoming entry that the existing entry lacks or has with another value."""
    key = str(incoming["id"])
    differences = []
    for name, value in incoming.items():
        old = there.values.get(name, "")
        if name in csl.OURS or _same_form(name, old) == _same_form(name, value):
            continue
        pair = there.pair(name)
        line = (pair[0] if pair else there.node).start_mark.line + 1
        differences.append(Difference(key, name, shown(old), shown(value), line))
    return differences


def _same_form(name: str, value: Any) -> Any:
    """Normalize a value for comparison: numbers as text, dates as ISO 8601, single spaces."""
    if name in csl.DATES and value:
        value = wild_date(value).value
    if isinstance(value, Mapping):
        parts = {str(key): _same_form("", inner) for key, inner in value.items()}
        return {key: inner for key, inner in sorted(parts.items()) if inner}
    if isinstance(value, list | tuple):
        return [_same_form("", inner) for inner in value]
    return " ".join((str(value).lower() if isinstance(value, bool) else str(value)).split())


def _check(text: str, there: _File, added: Mapping[str, Any]) -> None:
    """Raise NotMergeable if the new text lost or changed an entry, because the file may have an unexpected form."""
    now = _File(text)
    all_kept = all(key in now.entries for key in there.entries)
    if not all_kept or list(now.entries) != [*there.entries, *added]:
        raise NotMergeable(
            "the form of the file is not supported; put each entry on its own lines, with a dash before `id:`"
        )
