"""Reads the steps for its reader from a Markdown document, so that a program can run them.

| in the document | meaning |
| --- | --- |
| a block `sh` | commands; each must succeed |
| a block `console` | `$ command`, and below it its whole output; a line `…` matches any lines, and `…` in a line any text |
| a block with `file=PATH` | the text of a file |
| a block with `in=PATH` | a record, which replaces the one in the file that begins with the same line |
| a block `sh no-run: REASON` | commands that are not run here, and why |
| `<!-- run: COMMANDS -->` | what the reader does by hand, or has done already |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

_PART = re.compile(
    r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<body>.*?)^ *```$|^ *<!-- run:(?P<hidden>.*?)-->",
    re.DOTALL | re.MULTILINE,
)
_COMMAND = re.compile(
    r"^ {0,8}(?:\$ \S|sudo |(?:brief|make|pip|pip3|python3?|export|git|dask) [A-Za-z.-]|make$)", re.MULTILINE
)
_REASON = " no-run: "


class BadDocument(Exception):
    """A document has commands in a form that cannot be run; the text says where."""


@dataclass(frozen=True, slots=True)
class Run:
    """Commands that must succeed."""

    line: int
    script: str


@dataclass(frozen=True, slots=True)
class Show:
    """A command and its output; its exit code is not checked."""

    line: int
    command: str
    output: str


@dataclass(frozen=True, slots=True)
class Put:
    """A text that becomes a file, or replaces a record in it."""

    line: int
    path: str
    text: str
    record: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Commands that are not run, with the reason."""

    line: int
    script: str
    reason: str


Step = Run | Show | Put | Left


def steps(document: Path, section: str = "") -> tuple[Step, ...]:
    """Return the steps of a document, or of the section with this heading. Raises BadDocument."""
    text = document.read_text("utf-8")
    first, last = _section(text, section)
    found = [step for match in _PART.finditer(text, first, last) for step in _steps(match, document)]
    _demand_marked(text, document)
    return tuple(found)


def _section(text: str, heading: str) -> tuple[int, int]:
    if not heading:
        return 0, len(text)
    match = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    if match is None:
        raise BadDocument(f"there is no section {heading!r}")
    end = re.compile(rf"^#{{1,{len(match[1])}}} ", re.MULTILINE).search(text, match.end())
    return match.end(), end.start() if end else len(text)


def _line(match: re.Match[str]) -> int:
    return match.string.count("\n", 0, match.start()) + 1


def _steps(match: re.Match[str], document: Path) -> Iterator[Step]:
    line = _line(match)
    if match["hidden"] is not None:
        yield Run(line, dedent(match["hidden"]).strip())
        return
    body = re.sub(rf"^ {{0,{len(match['indent'])}}}", "", match["body"], flags=re.MULTILINE)
    language, _, rest = match["info"].partition(" ")
    if rest and match["info"].startswith(f"{language}{_REASON}"):
        yield Left(line, body, rest.removeprefix(_REASON.strip()).strip())
    elif rest.startswith(("file=", "in=")):
        kind, _, path = rest.partition("=")
        yield Put(line, path, body, kind == "in")
    elif rest:
        raise BadDocument(f"{document.name}:{line}: what does {rest!r} mean?")
    elif language == "sh":
        yield Run(line, body)
    elif language == "console":
        yield from _shows(body, line)


def _shows(body: str, line: int) -> Iterator[Show]:
    for match in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
        yield Show(line + 1 + body.count("\n", 0, match.start()), match[1], match[2])


def _demand_marked(text: str, document: Path) -> None:
    """Raise BadDocument if commands are in a block without a mark, which would not be run."""
    unmarked = [(_line(match), match["body"]) for match in _PART.finditer(text) if match["info"] == ""]
    prose = _PART.sub(lambda match: re.sub(r"[^\n]", "", match[0]), text)
    indented = [(_line(match), match[0]) for match in re.finditer(r"(?<=\n\n)(?: {4}\S.*\n)+", prose)]
    for line, block in (*unmarked, *indented):
        if _COMMAND.search(block):
            raise BadDocument(f"{document.name}:{line}: these commands are in a block that is neither sh nor console")
