"""Digests of the entries of shared files, and an index of large files of sources.

Files in `briefs/sources/` may have tens of thousands of entries. The index needs a simple form: `references:`, then entries that
begin with `- id:` at one indentation, and whose other lines are indented further. In that form each entry means the same alone as
within its file. A file in another form is read whole, within the usual limits.

The build engine needs digests when a shared file has changed; there are none if the file cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from generator.problems import Code, Location, Severity
from generator.problems.problem import Unread

if TYPE_CHECKING:
    import yaml

    from generator.model import Source
    from generator.problems import Problem


MAX_BYTES = 256_000_000
LIBRARY_TOO_LARGE = Code("library-too-large", Severity.ERROR)

_HEAD = re.compile(
    r"\A(?:---[ \t]*+\n|(?<![ \t])[ \t]*+(?:#[^\n]*+)?\n)*+references:[ \t]*+\n"
    r"(?:(?<![ \t])[ \t]*+(?:#[^\n]*+)?\n)*+(?=((?<! ) *+)- id: )"
)

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n]*")
_QUOTED = re.compile(r"(?:\"(?:[^\"\\\n]|\\[^\n])*\"|'(?:[^'\n]|'')*')[ \t]*(?:#.*)?")


class Entry(NamedTuple):
    """Where one entry is. `start` and `end` count characters from 0; `line` counts from 1."""

    key: str
    start: int
    end: int
    line: int


class SourceIndex(NamedTuple):
    """The entries of one file by key; if a key occurs several times, the first of them."""

    file: str
    text: str
    entries: dict[str, Entry]
    repeated: tuple[Entry, ...]
    """Entries with a key that an earlier entry has."""
    whole: dict[str, Source] | None = None
    """All sources, if the file does not have the simple form."""
    problems: tuple[Problem, ...] = ()
    """The problems of a file that was read whole."""
    unread: tuple[Unread, ...] = ()
    """The parts of it that could not be read, as parts of the project's sources."""

    def slice(self, key: str) -> str:
        """Return the text of an entry, with a line break at its end."""
        entry = self.entries[key]
        return self.text[entry.start : entry.end].rstrip() + "\n"

    def read(self, keys: Iterable[str]) -> tuple[dict[str, Source], tuple[Problem, ...]]:
        """Read the entries of these keys; missing keys are skipped."""
        if self.whole is not None:
            return {key: self.whole[key] for key in keys if key in self.whole}, self.problems
        sources: dict[str, Source] = {}
        problems: list[Problem] = []
        for key in keys:
            if key in self.entries:
                sources_read, wrong = read_text(self.slice(key), self.file, self.entries[key].line)
                sources |= {key: sources_read[key]} if key in sources_read else {}
                problems += wrong
        return sources, tuple(problems)


def read_text(entries: str, file: str, line: int) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """Read the text of list items as sources. `line` is that of the first item, from 2, so all places are right."""
    from generator.read.file_readers import read_sources
    from generator.read.yaml_nodes import Document
    from generator.read.yamltext import parse

    text = "\n" * (line - 2) + "references:\n" + entries
    root, wrong = parse(text, file)
    sources, problems = read_sources(Document(file, text, root))
    return sources, (*wrong, *problems)


@lru_cache(maxsize=8)
def index_sources(content: bytes, file: str) -> SourceIndex:
    """Index a file's content, once for all briefs of a process with the same content."""
    if len(content) > MAX_BYTES:
        problem = LIBRARY_TOO_LARGE.at(Location(file), f"{file} has more than {MAX_BYTES:,} bytes", "divide it")
        return SourceIndex(file, "", {}, (), {}, (problem,), (Unread("/sources"),))
    simple = simple_entries(content)
    if simple is None:
        return _whole(content, file)
    text, listed = simple
    entries: dict[str, Entry] = {}
    repeated = [entry for entry in listed if entries.setdefault(entry.key, entry) is not entry]
    return SourceIndex(file, text, entries, tuple(repeated))


def simple_entries(content: bytes) -> tuple[str, tuple[Entry, ...]] | None:
    """Return the text and its entries in the file's order; None if the file does not have the simple form."""
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    head = _HEAD.match(text)
    if head is None or "\r" in text:
        return None
    indent = head[1]
    other = re.compile(rf"^(?!{indent}- id: |{indent}  |[ \t]*$|[ \t]*#)", re.MULTILINE)
    end = len(text.rstrip().removesuffix("\n..."))
    if other.search(text, head.end(), end):
        return None
    entries = tuple(_entries(text, head.end(), end, indent))
    return None if any(entry is None for entry in entries) else (text, entries)  # type: ignore[return-value]


def _entries(text: str, start: int, end: int, indent: str) -> Iterator[Entry | None]:
    """Yield each entry, and None for one whose key is written in another way than on one line."""
    item = re.compile(rf"^{indent}- id: +(.*)$|^{indent}- id: *$", re.MULTILINE)
    matches = list(item.finditer(text, start, end))
    line = text.count("\n", 0, start) + 1
    place = start
    for match, following in zip(matches, [*(one.start() for one in matches[1:]), end], strict=True):
        line += text.count("\n", place, match.start())
        place = match.start()
        key = _key(match[1] or "")
        yield Entry(key, place, _last(text, place, following, len(indent)), line) if key else None


def _last(text: str, start: int, end: int, indent: int) -> int:
    """Return the end of an entry's text, without blank lines and comments that belong to the next entry."""
    while (line := text.rfind("\n", start, end)) >= 0:
        written = text[line + 1 : end]
        if written.strip() and (not written.lstrip().startswith("#") or len(written) - len(written.lstrip()) > indent):
            break
        end = line
    return end


def _key(written: str) -> str:
    """Return the key of a value on one line; empty if it is not a plain or quoted text."""
    if _PLAIN.fullmatch(written) and ": " not in written and not written.rstrip().endswith(":"):
        return written.partition(" #")[0].strip()
    if not _QUOTED.fullmatch(written):
        return ""
    import yaml

    try:
        return str(yaml.load(written, Loader=yaml.CBaseLoader))  # noqa: S506 - every value stays text
    except yaml.YAMLError:
        return ""


def _whole(content: bytes, file: str) -> SourceIndex:
    from generator.read.file_readers import read_sources
    from generator.read.reading import of_shared_file, settle
    from generator.read.yamltext import parse_bytes

    document, wrong = parse_bytes(content, file)
    sources, faults = read_sources(document)
    problems, unread = settle(document, faults)
    entries = {key: Entry(key, 0, 0, source.place.line) for key, source in sources.items()}
    parts = of_shared_file("sources", unread)
    return SourceIndex(file, document.text, entries, (), sources, (*wrong, *problems), parts)


NAMES = "(names)"
"""The key for all names in `experts.yaml`: a brief's evidence depends on them, whichever expert it names."""
LISTS = frozenset({"references", "facts"})
"""Keys under which a file lists entries with an `id`."""
_NAMED = frozenset({"name", "family", "also"})


def entry_digests(file: str, content: bytes) -> dict[str, str]:
    """Return the digest of each entry of `file` by its key: a source's id, an expert's id, a brief's slug in a lock."""
    if file.endswith(".lock"):
        return _lines_by_first_word(content)
    if file.startswith("briefs/sources/") and (digests := _simple(content)) is not None:
        return digests
    import yaml

    from generator.read.yaml_nodes import compose

    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        root = compose(text).root
    except (UnicodeDecodeError, yaml.YAMLError):
        return {}
    if not isinstance(root, yaml.MappingNode):
        return {}
    digests = {
        key: _digest(text[first.start_mark.index : last.end_mark.index].rstrip())
        for key, first, last in entry_nodes(root)
    }
    return digests | {NAMES: _digest("\n".join(_names(root)))} if file.endswith("experts.yaml") else digests


def _simple(content: bytes) -> dict[str, str] | None:
    """Return the digests of a file of sources without parsing it; None if it has to be parsed."""
    entries_found = simple_entries(content)
    if entries_found is None:
        return None
    text, entries = entries_found
    slices: dict[str, str] = {}
    for entry in entries:  # if a key occurs twice, both entries count
        slices[entry.key] = slices.get(entry.key, "") + text[entry.start : entry.end].rstrip()
    return {key: _digest(one) for key, one in slices.items()}


def _names(root: yaml.MappingNode) -> Iterator[str]:
    import yaml

    for who, expert in root.value:
        for key, value in expert.value if isinstance(expert, yaml.MappingNode) else ():
            if key.value in _NAMED:
                yield f"{who.value} {key.value} {yaml.serialize(value)}"


def entry_nodes(root: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield key, first and last node of each entry: items of `references` or `facts` by their id, otherwise values by their key."""
    import yaml

    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in LISTS and isinstance(value, yaml.SequenceNode):
            yield from _items(value)
        else:
            yield key.value, key, value


def _items(sequence: yaml.SequenceNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    import yaml

    for item in sequence.value:
        fields = item.value if isinstance(item, yaml.MappingNode) else ()
        for key, value in fields:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                yield value.value, item, item


def _lines_by_first_word(content: bytes) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for line in content.decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition(" ")
        lines.setdefault(word, []).append(rest)
    return {word: _digest("\n".join(rest)) for word, rest in lines.items()}


def _digest(text: str) -> str:
    import hashlib  # imported here, because every build imports this module but few need it

    return hashlib.sha256(text.encode()).hexdigest()
