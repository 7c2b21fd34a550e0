"""YAML text -> located nodes, with every fault of the file as a problem.

PyYAML's C parser composes the tree (`composing.py`); values stay text.
Refused here: what YAML 1.1 and 1.2 read differently, keys that stand
twice, aliases that explode or bite their own tail, files that are too large, empty or not UTF-8. Knows nothing of briefs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import yaml

from generator.garbage import garbage_left
from generator.problems import Code, Location, Problem, Severity
from generator.read.comments import TEXT_IN_COMMENT, cut_text
from generator.read.composing import MAX_DEPTH, MAX_NODES, TooMuch, compose
from generator.read.nodes import Document, Mapped, Node, Scalar, Sequence, walk
from generator.read.unseen import INVISIBLE_CHARACTER, escaped, in_file, referenced

MAX_BYTES = 2_000_000

BAD_YAML = Code(
    "bad-yaml",
    Severity.ERROR,
    "The file is not YAML",
    "The file cannot be read at the place shown, so nothing after it is checked. The usual causes are a tab used for "
    "indentation, a line indented differently from its neighbours, a quotation mark that is never closed, and a colon "
    "followed by a space inside unquoted text.",
    'title: Chips: the "small yard"',
    "title: 'Chips: the \"small yard\"'",
)
DUPLICATE_KEY = Code(
    "duplicate-key",
    Severity.ERROR,
    "A key stands twice",
    "YAML programs silently keep one of the two values, and not all keep the same one. Remove or rename one of them.",
    "title: One\ntitle: Two",
    "title: One",
)
YAML_SURPRISE = Code(
    "yaml-surprise",
    Severity.ERROR,
    "An unquoted value means different things to different YAML programs",
    "In YAML 1.1 an unquoted `no` is false, `1_000` is a thousand, `12:30` is 750 and `010` is eight; in YAML 1.2 they are "
    "something else. Put the value in quotes so that every program reads what you wrote; write truth values as `true` and "
    "`false`.",
    "venue: no",
    'venue: "no"',
)
ALIAS_BOMB = Code(
    "alias-bomb",
    Severity.ERROR,
    "Aliases make the file too large or endless",
    f"A YAML alias (`*name`) repeats what its anchor (`&name`) holds. Here the repetition never ends, or comes to more than "
    f"{MAX_NODES:,} values. Write the values out.",
    "a: &a [*a]",
    "a: [one, two]",
)
FILE_TOO_LARGE = Code(
    "file-too-large",
    Severity.ERROR,
    "The file is too large",
    f"Files may hold {MAX_BYTES:,} bytes, {MAX_NODES:,} values and {MAX_DEPTH} levels. A fact file is one publication: "
    "split it.",
)
NOT_UTF8 = Code(
    "not-utf8",
    Severity.ERROR,
    "The file is not UTF-8 text",
    "Save the file as UTF-8 (in most editors: *Save with encoding*). A file in another encoding would print wrong letters.",
)
EMPTY_FILE = Code(
    "empty-file",
    Severity.ERROR,
    "The file holds nothing",
    "There is no content, or only comments. `brief new SLUG` writes a fact file to start from.",
)
UNREADABLE = Code(
    "unreadable-file",
    Severity.ERROR,
    "The file cannot be opened",
    "It is missing, a folder, or its permissions forbid reading.",
)

CODES = (
    BAD_YAML,
    DUPLICATE_KEY,
    YAML_SURPRISE,
    ALIAS_BOMB,
    FILE_TOO_LARGE,
    NOT_UTF8,
    EMPTY_FILE,
    UNREADABLE,
    INVISIBLE_CHARACTER,
    TEXT_IN_COMMENT,
)

# What YAML 1.1 (yaml.org/type) resolves to something other than the text, and YAML 1.2 does not, or differently.
_SURPRISES = (
    (re.compile(r"(?i)(?:y|yes|n|no|on|off)"), "a truth value"),
    (re.compile(r"[-+]?[0-9](?=[0-9]*_)[0-9_]++(?:\.[0-9_]*+)?"), "a number without its underscores"),
    (re.compile(r"[-+]?[0-9]++(?::[0-5]?[0-9])++(?:\.[0-9]*+)?"), "a number to the base of sixty"),
    (re.compile(r"[-+]?0[0-7]+"), "a number to the base of eight"),
    (re.compile(r"[-+]?0(?:[xX][0-9a-fA-F]+|[bB][01]+|o[0-7]+)"), "a number in another base"),
    (re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+"), "a number to some and text to others"),
    (re.compile(r"(?i)[-+]?\.(?:inf|nan)"), "infinity or not a number"),
)
_LONGEST_WORD = len("yes")
"""No surprise that begins with a letter is longer, and most values are."""


def unreadable(file: str, error: OSError) -> tuple[Document, tuple[Problem, ...]]:
    """Return an empty document and the problem that the file could not be opened."""
    reason = (error.strerror or str(error)).lower()
    hint = "`brief init` writes the files that every project needs" if isinstance(error, FileNotFoundError) else ""
    return Document(file, "", None), (UNREADABLE.at(Location(file), f"cannot open {file}: {reason}", hint),)


def parse_bytes(data: bytes, file: str) -> tuple[Document, tuple[Problem, ...]]:
    """Decode and parse; a byte order mark is dropped."""
    if len(data) > MAX_BYTES:
        return Document(file, "", None), (_too_large(file, f"it has more than {MAX_BYTES:,} bytes"),)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        problem = NOT_UTF8.at(Location(file), "this looks like UTF-16 or UTF-32 text", "save the file as UTF-8")
        return Document(file, "", None), (problem,)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = Location(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        problem = NOT_UTF8.at(place, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        return Document(file, "", None), (problem,)
    root, problems = parse(text, file)
    return Document(file, text, root, hashlib.sha256(data).hexdigest()), (*in_file(text, file), *problems)


def parse(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse YAML text. The node is None when the text cannot be read, and the problems then say why."""
    with garbage_left():  # the tree stays, and is large
        return _parsed(text, file)


def _parsed(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    try:
        composed = compose(text)
    except TooMuch as error:
        return None, (FILE_TOO_LARGE.at(Location(file, error.line, error.column), str(error), "split the file"),)
    except yaml.YAMLError as error:
        return None, (_bad_yaml(error, text, file),)
    if composed is None or (isinstance(composed, yaml.ScalarNode) and not composed.value):
        hint = "write its content, or remove the file"
        return None, (EMPTY_FILE.at(Location(file), f"{file} holds no content", hint),)
    converter = _Converter(text, file)
    try:
        root = converter.convert(composed, 1)
    except _Refused as refused:
        return None, (*converter.problems, refused.problem)
    return root, (*converter.problems, *_surprises(root))


class _Refused(Exception):
    """Reading this file has to stop."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Converter:
    """Turns PyYAML's graph into our tree, within limits."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.count = 0
        self.open: set[int] = set()

    def convert(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or id(node) in self.open:
            what = "an alias holds itself" if id(node) in self.open else f"more than {MAX_NODES:,} values"
            raise _Refused(ALIAS_BOMB.at(self.place(node), what, "write the values out instead of using aliases"))
        if depth > MAX_DEPTH:  # through an alias; `compose` has seen to the rest
            raise _Refused(FILE_TOO_LARGE.at(self.place(node), f"nested more than {MAX_DEPTH} levels deep"))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return Sequence(tuple(self.convert(item, depth + 1) for item in node.value), self.place(node))
            return self.mapping(node, depth)
        finally:
            self.open.discard(id(node))

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        start, end = node.start_mark.index, node.end_mark.index
        raw, place = self.text[start:end], self.place(node)
        plain = node.style is None or node.style == ""
        if plain and (problem := cut_text(self.text, start, end, self.file, node.end_mark.line + 1)):
            self.problems.append(problem)
        elif node.style == '"':
            self.problems += escaped(node.value, raw, place)
        self.problems += referenced(node.value, self.text, start, end, place)
        return Scalar(node.value, place, raw, plain)

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
            value = self.convert(value_node, depth + 1)
            if key in entries:
                message = f"'{key}' stands twice; the first is in line {keys[key].line}"
                self.problems.append(DUPLICATE_KEY.at(place, message, "remove or rename one of them"))
                continue
            entries[key], keys[key] = value, place
        return Mapped(entries, keys, self.place(node))

    def place(self, node: yaml.Node) -> Location:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Location(self.file, start.line + 1, start.column + 1, max(1, length))


def _surprises(root: Node) -> Iterator[Problem]:
    for node in walk(root):
        if not isinstance(node, Scalar) or not node.plain or len(node.value) > 40:
            continue
        if len(node.value) > _LONGEST_WORD and node.value[0].isalpha():
            continue
        for pattern, meaning in _SURPRISES:
            if pattern.fullmatch(node.value):
                yield YAML_SURPRISE.at(
                    node.place,
                    f"YAML may read {node.value} as {meaning}",
                    f'write "{node.value}" in quotes' + (", or true or false" if meaning == "a truth value" else ""),
                )
                break


def _too_large(file: str, why: str) -> Problem:
    return FILE_TOO_LARGE.at(Location(file), f"{file} is too large: {why}")


def _bad_yaml(error: yaml.YAMLError, text: str, file: str) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position] if isinstance(error.position, int) else ""
        place = Location(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        return BAD_YAML.at(place, "a control character stands here that YAML does not allow", "delete it")
    problem = str(getattr(error, "problem", "") or error)
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    message, hint, at_start = _in_plain_words(problem, context, line, mark.column if mark else 0)
    mark = start if at_start and start else mark
    place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    return BAD_YAML.at(place, message, hint)


def _in_plain_words(problem: str, context: str, line: str, column: int) -> tuple[str, str, bool]:
    """Say what PyYAML found in an author's words: message, hint, and whether the fault is where the construct began."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[column : column + 1] == "\t":
        return "a tab is used for indentation", "use spaces; most editors can convert tabs", False
    if "quoted scalar" in context:
        return "this quotation mark is never closed", "close it, or double a mark that belongs to the text", True
    if "mapping values are not allowed" in problem:
        return (
            "a colon followed by a space is not allowed here",
            "put the whole text in quotes, or check the indentation",
            False,
        )
    if "flow sequence" in context or "flow mapping" in context:
        return "this bracket is never closed, or a comma is missing in it", "close it", True
    if "block mapping" in context or "block collection" in context or "block sequence" in context:
        return "the indentation does not fit the lines above", "align it with its neighbours; use spaces", False
    if "undefined alias" in problem:
        return "this alias has no anchor", "an asterisk begins a YAML alias: put the text in quotes", False
    if "simple key" in context or "could not find expected ':'" in problem:
        return "a colon is missing after a key", "write `key: value`", True
    if "cannot start any token" in problem:
        return "this character cannot begin a value", "put the text in quotes", False
    if "block scalar" in context:
        return "the indentation of this text block is wrong", "indent its lines alike", False
    return (f"{context}, {problem}" if context else problem), "check indentation, quotes and brackets near here", False
