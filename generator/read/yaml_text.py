"""Reads a file's bytes as located YAML nodes, and reports every fault as a problem.

PyYAML's C parser composes the tree (`yaml_nodes.py`); values stay text. Refused are: what YAML 1.1 and 1.2 read differently,
duplicate keys, aliases that make a file huge or endless, and files that are too large, empty or not UTF-8.
"""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterator

import yaml

from generator.problems import Code, Location, Problem, Severity
from generator.project import SHARED, slug_of
from generator.read.yaml_diagnosis import diagnose
from generator.read.yaml_nodes import (
    MAX_DEPTH,
    MAX_NODES,
    Document,
    Fault,
    Mapped,
    Node,
    Scalar,
    Sequence,
    TooMuch,
    compose,
    walk_nodes,
)
from generator.syntax.characters import escaped, in_file, referenced
from generator.system.garbage_collection import garbage_left
from generator.system.regular_files import reason_of

TEXT_IN_COMMENT = Code("text-in-comment", Severity.ERROR)
"""` #` ends an unquoted value (YAML 1.2.2, section 7.3.3), so `We are #1 in this` is read as `We are`. A real comment has two spaces
before it, or a line of its own."""

SENTENCE = 3
"""Words from which on a value counts as text."""

_BEHIND = re.compile(r"[ \t](?P<comment>#[^\n]*)")
_NUMBER_SIGN = re.compile(r"#(?:\S|[ \t]+\d)")
"""`#1`, `# 1`, `#tag`: rather text than a comment."""
_BELOW = re.compile(r"[ \t]*\n(?P<indent> +)(?P<comment>#[^\n]*)")


def cut_text(text: str, start: int, end: int, file: str, line: int) -> Problem | None:
    """Return the problem if the unquoted value at `text[start:end]` is cut short by what may be a part of it.

    `line` is the line in which the value ends.
    """
    match = _BEHIND.match(text, end) or _BELOW.match(text, end)
    if match is None:
        return None
    if match.re is _BELOW and len(match["indent"]) <= _indentation(text, start):
        return None
    comment = match["comment"]
    if len(comment) < 2 or not (_NUMBER_SIGN.match(comment) or len(text[start:end].split()) >= SENTENCE):
        return None
    at = match.start("comment")
    place = Location(file, line + (match.re is _BELOW), at - text.rfind("\n", 0, at), len(comment))
    message = f"YAML reads “{comment[:40]}” as a comment, so it would not be printed"
    return TEXT_IN_COMMENT.at(place, message, "quote the whole text; or put two spaces before a comment")


def _indentation(text: str, at: int) -> int:
    """Return the column of the key on the line of a value, after the dashes of a list."""
    begin = text.rfind("\n", 0, at) + 1
    marks = re.compile(r"(?:- *+|  *+)*+").match(text, begin, at)
    return marks.end() - begin if marks else 0


NOT_UTF8 = Code("not-utf8", Severity.ERROR)
OTHER_KIND = Code("other-kind-of-file", Severity.ERROR)

_IMPORT = "import it with `brief import FILE`"
_CAPTURE = "write the content as YAML text; `brief capture` keeps documents as evidence"
_KINDS = (
    (re.compile(rb"PK\x03\x04"), "a ZIP archive, such as a Word or Excel file", _CAPTURE),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Word or Excel file", _CAPTURE),
    (re.compile(rb"%PDF-"), "a PDF", _CAPTURE),
    (re.compile(rb"\{\\rtf"), "a Rich Text file", _CAPTURE),
    (re.compile(rb"(?i)\s*<(?:!doctype html|html|\?xml)"), "a web page or XML", _CAPTURE),
    (re.compile(rb"(?:\s|%[^\n]*\n)*@[A-Za-z]+\s*\{"), "a BibTeX bibliography", _IMPORT),
    (re.compile(rb"\s*TY  - "), "an RIS bibliography", _IMPORT),
    (
        re.compile(rb"version https://git-lfs"),
        "a pointer of Git LFS, without the content",
        "fetch it with `git lfs pull`",
    ),
)
_LONE_RETURN = re.compile(r"\r(?!\n)")
"""The line end of old Macs."""
_MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which some programs write."""


def decode(data: bytes, file: str) -> str | Problem:
    """Return the text without a byte order mark, with lines that end in LF or CR LF; or the problem that it is not text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\0" in data[:4] and not data.startswith(b"PK")):
        hint = "save the file as UTF-8, not as “Unicode” or “Unicode text”"
        return NOT_UTF8.at(Location(file), "the file is UTF-16 or UTF-32 text", hint)
    begin = data[:1000].removeprefix(_MARK)
    for pattern, what, hint in _KINDS:
        if pattern.match(begin):
            return OTHER_KIND.at(Location(file), f"this is not YAML but {what}", hint)
    try:
        return _LONE_RETURN.sub("\n", data.removeprefix(_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        place, message = bad_byte(data, error.start, file)
        return NOT_UTF8.at(place, message, "save the file as UTF-8")


def bad_byte(data: bytes, at: int, file: str) -> tuple[Location, str]:
    """Return the place of a byte that is not UTF-8, and a message about it."""
    before = data[:at].removeprefix(_MARK).decode("utf-8", "replace")
    place = Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    byte = data[at : at + 1]
    letter = byte.decode("windows-1252", "ignore")
    meant = f"; in Windows-1252 it is “{letter}”" if letter.isprintable() and letter else ""
    return place, f"byte 0x{byte.hex()} is not UTF-8{meant}"


MAX_BYTES = 2_000_000
MOST_SHOWN = 5
"""Further places that one message names."""

BAD_YAML = Code("bad-yaml", Severity.ERROR)
DUPLICATE_KEY = Code("duplicate-key", Severity.ERROR)
YAML_SURPRISE = Code("yaml-surprise", Severity.ERROR)
ALIAS_BOMB = Code("alias-bomb", Severity.ERROR)
FILE_TOO_LARGE = Code("file-too-large", Severity.ERROR)
MERGE_CONFLICT = Code("merge-conflict", Severity.ERROR)
EMPTY_FILE = Code("empty-file", Severity.ERROR)
UNREADABLE = Code("unreadable-file", Severity.ERROR)

_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks of YAML 1.1 that editors do not count. Each is a problem; here none changes the number of the lines below."""
_CONFLICT = re.compile(r"^(?:(?:<{7}|>{7})(?: .*)?|={7})\r?$", re.MULTILINE)

# Values that YAML 1.1 (yaml.org/type) does not read as text, and YAML 1.2 reads as text or as something else.
_SURPRISES = (
    (r"(?i:y|yes|n|no|on|off)", "a truth value"),
    (r"[-+]?[0-9](?=[0-9]*_)[0-9_]++(?:\.[0-9_]*+)?", "a number without its underscores"),
    (r"[-+]?[0-9]++(?::[0-5]?[0-9])++(?:\.[0-9]*+)?", "a number to the base of sixty"),
    (r"[-+]?0[0-7]+", "a number to the base of eight"),
    (r"[-+]?0(?:[xX][0-9a-fA-F]+|[bB][01]+|o[0-7]+)", "a number in another base"),
    (r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+", "a number in some programs and text in others"),
    (r"(?i:[-+]?\.(?:inf|nan))", "infinity or not a number"),
)
_SURPRISE = re.compile("|".join(f"({pattern})" for pattern, _ in _SURPRISES))
_LONGEST_WORD = len("yes")
"""Longest surprising value that begins with a letter; most values are longer."""


def unreadable(file: str, error: OSError) -> tuple[Document, tuple[Problem, ...]]:
    """Return an empty document and the problem that the file could not be opened."""
    reason = reason_of(error)
    hint = (
        "allow your user to read it"
        if error.errno == errno.EACCES
        else "put the file itself there, or remove this name"
    )
    if isinstance(error, FileNotFoundError) and slug_of(file) in SHARED:
        hint = "run `brief init`, which writes the files that every project needs"
    return _unread(file, UNREADABLE.at(Location(file), f"cannot open {file}: {reason}", hint))


def parse_bytes(data: bytes, file: str) -> tuple[Document, tuple[Problem, ...]]:
    """Decode and parse; a byte order mark is dropped."""
    if len(data) > MAX_BYTES:
        return _unread(file, _too_large(file, f"it has more than {MAX_BYTES:,} bytes"))
    text = decode(data, file)
    if isinstance(text, Problem):
        return _unread(file, text)
    root, faults = parse(text, file)
    unseen = in_file(text, file)
    places = {problem.place for problem in unseen}  # a control character is both invisible and forbidden
    problems = (*unseen, *(problem for problem in faults if problem.place not in places))
    return Document(file, text, root, hashlib.sha256(data).hexdigest(), problems), problems


def _unread(file: str, problem: Problem) -> tuple[Document, tuple[Problem, ...]]:
    return Document(file, "", None, problems=(problem,)), (problem,)


def parse(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse YAML text. The node is None if the text cannot be read; the problems then say why."""
    conflicts = tuple(_conflicts(text, file))
    if conflicts:
        return None, conflicts
    with garbage_left():  # the tree is permanent and large
        return _parsed(text if text.isascii() else _BREAKS.sub(" ", text), file)


def _parsed(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of a text without conflict markers, and its problems; None if the text is no YAML or too much."""
    try:
        composed = compose(text)
    except TooMuch as error:
        return None, (FILE_TOO_LARGE.at(Location(file, error.line, error.column), str(error), "split the file"),)
    except yaml.YAMLError as error:
        return None, (_bad_yaml(diagnose(error, text), file),)
    faults = tuple(_bad_yaml(fault, file) for fault in composed.faults)
    if composed.root is None or (isinstance(composed.root, yaml.ScalarNode) and not composed.root.value):
        hint = "write its content, or remove the file"
        return None, faults or (EMPTY_FILE.at(Location(file), f"{file} has no content", hint),)
    converter = _Converter(text, file)
    try:
        root = converter.convert(composed.root, 1)
    except _UnreadableFile as refused:
        return None, (*converter.problems, refused.problem)
    return root, (*faults, *converter.problems, *_surprises(root))


def _bad_yaml(fault: Fault, file: str) -> Problem:
    place = Location(file, fault.line + 1, fault.column + 1, fault.length)
    return BAD_YAML.at(place, fault.message, fault.hint)


def _conflicts(text: str, file: str) -> Iterator[Problem]:
    """Yield one problem for each conflict, at its first marker; if that is missing, at the last."""
    opened = False
    for mark in _CONFLICT.finditer(text):
        if mark[0].startswith("<") or not opened:
            place = Location(file, text.count("\n", 0, mark.start()) + 1, 1, 7)
            hint = "keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>"
            yield MERGE_CONFLICT.at(place, "a merge conflict was not resolved here", hint)
        opened = not mark[0].startswith(">")


class _UnreadableFile(Exception):
    """Stops the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Converter:
    """Converts PyYAML's graph into our tree, within limits."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.count = 0
        self.open: set[int] = set()
        self.path: list[int | str] = []
        self.comments = " #" in text or "\t#" in text

    def convert(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or id(node) in self.open:
            what = "an alias contains itself" if id(node) in self.open else f"more than {MAX_NODES:,} values"
            raise _UnreadableFile(
                ALIAS_BOMB.at(self.place(node), what, "write the values out instead of using aliases")
            )
        if depth > MAX_DEPTH:  # through an alias; `compose` has checked the rest
            raise _UnreadableFile(FILE_TOO_LARGE.at(self.place(node), f"nested more than {MAX_DEPTH} levels deep"))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                items = [self.below(index, item, depth) for index, item in enumerate(node.value)]
                return Sequence(tuple(items), self.place(node))
            return self.mapping(node, depth)
        finally:
            self.open.discard(id(node))

    def below(self, step: int | str, node: yaml.Node, depth: int) -> Node:
        self.path.append(step)
        try:
            return self.convert(node, depth + 1)
        finally:
            self.path.pop()

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        first, last = node.start_mark, node.end_mark
        start, end, value = first.index, last.index, node.value
        raw, place = self.text[start:end], self.place(node)
        plain = node.style is None or node.style == ""
        if plain:
            if self.comments and (problem := cut_text(self.text, start, end, self.file, last.line + 1)):
                self.problems.append(problem)
        elif node.style == '"':
            self.problems += escaped(value, raw, place)
        if "&" in value:
            self.problems += referenced(value, self.text, start, end, place)
        return Scalar(value, place, raw, plain)

    def mapping(self, node: yaml.Node, depth: int) -> Mapped:
        entries: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "quote it if it starts with [ or {"
                self.problems.append(BAD_YAML.at(self.place(key_node), "a key must be a word", hint))
                continue
            written = self.scalar(key_node)
            key, place = written.value, written.place
            value = self.below(key, value_node, depth)
            if key in entries:
                if value_node.start_mark.index == key_node.end_mark.index:
                    continue  # the rest of a value with several commas, `{amount: 2,000,000}`: one problem is enough
                message = f"'{key}' occurs twice; the first is in line {keys[key].line}"
                hint = "remove or rename one of them"
                self.problems.append(DUPLICATE_KEY.at(place, message, hint, part=(*self.path, key)))
                continue
            entries[key], keys[key] = value, place
        return Mapped(entries, keys, self.place(node))

    def place(self, node: yaml.Node) -> Location:
        start, end = node.start_mark, node.end_mark
        line, column = start.line, start.column
        length = end.column - column if end.line == line else 1
        return Location(self.file, line + 1, column + 1, length or 1)


def _surprises(root: Node) -> Iterator[Problem]:
    """Yield one problem for all values of a file that are misread in the same way: `scale: [No, Yes]`, and each `stance: No`."""
    by_meaning: dict[str, list[Scalar]] = {}
    for node in walk_nodes(root):
        if not isinstance(node, Scalar) or not node.plain or len(node.value) > 40:
            continue
        if len(node.value) > _LONGEST_WORD and node.value[0].isalpha():
            continue
        if surprise := _SURPRISE.fullmatch(node.value):
            by_meaning.setdefault(_SURPRISES[(surprise.lastindex or 1) - 1][1], []).append(node)
    for meaning, nodes in by_meaning.items():
        first, others = nodes[0], [f"{node.value} in line {node.place.line}" for node in nodes[1:]]
        message = f"YAML may read {first.value} as {meaning}"
        message += f"; and {', '.join(others[:MOST_SHOWN])}" if others else ""
        message += f" and {len(others) - MOST_SHOWN:,} more" if len(others) > MOST_SHOWN else ""
        hint = f'write "{first.value}" in quotes' + (", each time" if others else "")
        hint = f"write true or false; if text is meant, {hint}" if meaning == "a truth value" else hint
        yield YAML_SURPRISE.at(first.place, message, hint)


def _too_large(file: str, why: str) -> Problem:
    return FILE_TOO_LARGE.at(Location(file), f"{file} is too large: {why}")
