"""Entries of shared files: their digests, excerpts for PDFs, an index of sources.

Files in `briefs/sources/` may have tens of thousands of entries. The index needs a simple form: `references:`, then entries that
begin with `- id:` at one indentation, and whose other lines are indented further. In that form each entry means the same alone as
within its file. A file in another form is read whole, within the usual limits.

The build engine needs digests when a shared file has changed; there are none if the file cannot be read.

An excerpt is a shared file cut down to the entries that a brief uses, for the PDF: experts, sources, facts. Entries are slices of
the text, so they keep their comments and their form. If a slice would not mean the same alone (such as an alias of another entry),
the entry is written again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
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

_Nodes = tuple[str, "yaml.Node", "yaml.Node"]
"""The key of an entry, with its first node and its last node."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n]*")
_QUOTED = re.compile(r"(?:\"(?:[^\"\\\n]|\\[^\n])*\"|'(?:[^'\n]|'')*')[ \t]*(?:#.*)?")


class SourceEntry(NamedTuple):
    """Where one entry is. `start` and `end` count characters from 0; `line` counts from 1."""

    key: str
    start: int
    end: int
    line: int


class SourceIndex(NamedTuple):
    """The entries of one file by key; if a key occurs several times, the first of them."""

    file: str
    text: str
    entries: dict[str, SourceEntry]
    repeated: tuple[SourceEntry, ...]
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
    from generator.read.yaml_text import parse

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
    entries: dict[str, SourceEntry] = {}
    repeated = [entry for entry in listed if entries.setdefault(entry.key, entry) is not entry]
    return SourceIndex(file, text, entries, tuple(repeated))


def simple_entries(content: bytes) -> tuple[str, tuple[SourceEntry, ...]] | None:
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


def _entries(text: str, start: int, end: int, indent: str) -> Iterator[SourceEntry | None]:
    """Yield each entry, and None for one whose key is written in another way than on one line."""
    item = re.compile(rf"^{indent}- id: +(.*)$|^{indent}- id: *$", re.MULTILINE)
    matches = list(item.finditer(text, start, end))
    line = text.count("\n", 0, start) + 1
    place = start
    for match, following in zip(matches, [*(one.start() for one in matches[1:]), end], strict=True):
        line += text.count("\n", place, match.start())
        place = match.start()
        key = _key(match[1] or "")
        yield SourceEntry(key, place, _last(text, place, following, len(indent)), line) if key else None


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
    from generator.read.reading_state import of_shared_file, settle
    from generator.read.yaml_text import parse_bytes

    document, wrong = parse_bytes(content, file)
    sources, faults = read_sources(document)
    problems, unread = settle(document, faults)
    entries = {key: SourceEntry(key, 0, 0, source.place.line) for key, source in sources.items()}
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
    if (digests := _simple(content)) is not None:
        return digests
    composed = _composed(content)
    if composed is None:
        return {}
    text, root = composed
    digests = {
        key: _digest(text[first.start_mark.index : last.end_mark.index].rstrip())
        for key, first, last in entry_nodes(root)
    }
    return digests | {NAMES: _digest("\n".join(_names(root)))} if file.endswith("experts.yaml") else digests


def _composed(content: bytes) -> tuple[str, yaml.MappingNode] | None:
    """Return the text of a file and its mapping; None if it cannot be read, or is no mapping."""
    import yaml

    from generator.read.yaml_nodes import compose

    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8").replace("\r\n", "\n")
        root = compose(text).root
    except (UnicodeDecodeError, yaml.YAMLError):
        return None
    return (text, root) if isinstance(root, yaml.MappingNode) else None


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


def entry_nodes(root: yaml.MappingNode) -> Iterator[_Nodes]:
    """Yield key, first and last node of each entry: items of `references` or `facts` by their id, otherwise values by their key."""
    import yaml

    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in LISTS and isinstance(value, yaml.SequenceNode):
            yield from _items(value)
        else:
            yield key.value, key, value


def _items(sequence: yaml.SequenceNode) -> Iterator[_Nodes]:
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


LIST = "references"
"""The key under which sources are listed; experts are the keys of the file itself."""


def excerpt(content: bytes, keys: Collection[str]) -> bytes:
    """Return the entries of these keys, sorted, so neither their order in the file nor its other entries matter.

    The result is always valid YAML; missing entries are left out. It is empty if the file cannot be read.
    """
    read = _read(content)
    if read is None:
        return b""
    text, key, entries = read
    used = sorted((entry for entry in entries if entry[0] in keys), key=lambda entry: entry[0])
    if not used:
        return f"{key}: []\n".encode() if key else b"{}\n"
    slices = "\n".join(_slice(text, first, last, "  - " if key else "") for _, first, last in used)
    sliced = f"{key}:\n{slices}" if key else slices
    return (sliced if _same(sliced, used) else _anew(used, key)).encode()


@lru_cache(maxsize=4)
def _read(content: bytes) -> tuple[str, str, tuple[_Nodes, ...]] | None:
    """Return the text, the key under which it lists entries ("" if they are the file's own keys), and its entries.

    Read once for all briefs of a process.
    """
    composed = _composed(content)
    if composed is None:
        return None
    text, root = composed
    lists = (key.value for key, value in root.value if key.value in LISTS and value.id == "sequence")
    return text, next(lists, ""), tuple(entry_nodes(root))


def _slice(text: str, first: yaml.Node, last: yaml.Node, mark: str) -> str:
    """Return the lines of an entry at the margin after `mark`, without the comments after it that belong to the next entry."""
    column, indent = first.start_mark.column, " " * len(mark)
    begin, *lines = text[first.start_mark.index : last.end_mark.index].rstrip().split("\n")
    while lines and _is_remark(lines[-1], column):
        lines.pop()
    moved = (indent + (line[column:] if not line[:column].strip() else line.lstrip()) for line in lines)
    return "\n".join((mark + begin, *(line.rstrip() if not line.strip() else line for line in moved))) + "\n"


def _is_remark(line: str, column: int) -> bool:
    """Whether a line is empty, or a comment left of the entry's own text or at its margin, where no text can be."""
    match = re.fullmatch(r"( *)(#.*)?", line)
    return match is not None and (not match[2] or len(match[1]) <= max(0, column - 1))


def _same(sliced: str, wanted: Sequence[_Nodes]) -> bool:
    """Whether the slices together mean what the entries meant."""
    composed = _composed(sliced.encode())
    read_again = entry_nodes(composed[1]) if composed else ()
    return [(key, _canonical(node)) for key, _, node in read_again] == [
        (key, _canonical(node)) for key, _, node in wanted
    ]


def _canonical(node: yaml.Node) -> str:
    """Return a text that is the same for all nodes that mean the same; made by libyaml, because it is needed for each brief."""
    import yaml

    return str(yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True))


def _anew(wanted: Sequence[_Nodes], listed: str) -> str:
    import yaml

    def word(text: str) -> yaml.ScalarNode:
        return yaml.ScalarNode("tag:yaml.org,2002:str", text)

    pairs = [(word(key), node) for key, _, node in wanted]
    if listed:
        items = yaml.SequenceNode("tag:yaml.org,2002:seq", [node for _, node in pairs], flow_style=False)
        pairs = [(word(listed), items)]
    return str(yaml.serialize(yaml.MappingNode("tag:yaml.org,2002:map", pairs), allow_unicode=True))
