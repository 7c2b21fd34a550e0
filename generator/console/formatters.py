"""Formats problems as text with source lines, JSON, GitHub annotations or SARIF."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted
from generator.problems.texts import text_of
from generator.system.regular_files import read_regular, refuse_outside

FORMATS = ("text", "json", "github", "sarif")
_WIDTH = 100
MOST_SHOWN = 1 << 24
"""Size of the largest file of which lines are shown, in bytes."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}

Rename = Callable[[str], str]
"""Returns the path to show for a file of the project, relative to the current folder."""


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place and remove duplicates, so output never depends on the order of work."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.severity != Severity.ERROR, p.code, p.message))
    )


def draw_text(problems: Sequence[Problem], folder: Path, rename: Rename, *, colour: bool = False) -> str:
    """Format problems for people. Source lines are read from the files under `folder`; unreadable ones are omitted."""
    lines_of = _line_reader(folder)
    return "\n".join(_drawn(problem, lines_of, rename, colour) for problem in problems)


def draw_json(problems: Sequence[Problem], rename: Rename) -> str:
    """Format problems as an array of objects with `file`, `line`, `column`, `severity`, `code`, `message` and `hint`."""
    objects = [
        {
            "file": rename(problem.place.file),
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": str(problem.severity),
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return _json(objects)


def draw_github(problems: Sequence[Problem], rename: Rename) -> str:
    """Format problems as workflow commands, which GitHub shows at the lines of a change (docs.github.com)."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    return "\n".join(
        f"::{levels[p.severity]} file={_property(rename(p.place.file))},line={p.place.line},col={p.place.column},"
        f"title={_property(p.code)}::{_data(p.message + (f' ({p.hint})' if p.hint else ''))}"
        for p in problems
    )


def draw_sarif(problems: Sequence[Problem], rename: Rename, codes: Iterable[Code], version: str) -> str:
    """Format problems as a SARIF 2.1.0 log (docs.oasis-open.org/sarif)."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    used = {problem.code for problem in problems}
    rules = [_rule(code) for code in codes if code.name in used]
    results = [
        {
            "ruleId": p.code,
            "level": levels[p.severity],
            "message": {"text": p.message + (f". {p.hint}" if p.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": rename(p.place.file)},
                        "region": {"startLine": p.place.line, "startColumn": p.place.column},
                    }
                }
            ],
        }
        for p in problems
    ]
    driver = {"name": "brief", "version": version, "rules": rules}
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return _json(log)


def _rule(code: Code) -> dict[str, object]:
    text = text_of(code.name)
    return {
        "id": code.name,
        "shortDescription": {"text": text.title},
        "fullDescription": {"text": text.explanation},
        "help": {"text": text.explanation, "markdown": text.explanation},
    }


def count(problems: Sequence[Problem]) -> str:
    """Return the number of errors and warnings: `2 errors, 1 warning`."""
    numbers = [(severity, sum(problem.severity is severity for problem in problems)) for severity in Severity]
    parts = [counted(number, severity) for severity, number in numbers if number]
    return ", ".join(parts) or "no problems"


def _drawn(problem: Problem, lines_of: Callable[[str], list[str]], rename: Rename, colour: bool) -> str:
    """Return one problem with its source line, caret, marked words and hint."""
    paint = _painter(colour)
    place = problem.place
    tint = _COLOURS[problem.severity]
    head = f"{paint(f'{_clean(rename(place.file))}:{place.line}:{place.column}', 'bold')}: "
    head += f"{paint(f'{problem.severity}[{problem.code}]', tint)}: {_clean(problem.message)}"
    lines = lines_of(place.file)
    out = [head]
    if 0 < place.line <= len(lines) and lines[place.line - 1].strip():
        out += _source_lines(
            lines[place.line - 1], place.line, place.column, place.length, lambda text: paint(text, tint)
        )
    out += [f"  {line}" for line in _marked(problem.marked, paint)]
    if problem.hint:
        out.append(f"  {paint('hint', 'cyan')}: {_clean(problem.hint)}")
    return "\n".join(out)


def _source_lines(line: str, number: int, column: int, length: int, tint: Callable[[str], str]) -> list[str]:
    """Return the line, or the part of a long one around the column, with carets under the marked characters."""
    start = max(0, column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[start : start + _WIDTH]
    at = min(column - 1 - start, len(shown))
    before = _clean(("…" if start else "") + shown[:at])
    span = _clean(shown[at : at + max(1, length)])
    after = "…" if start + _WIDTH < len(line) else ""
    gutter = f"{number:>5} | "
    return [
        f"{gutter}{before}{_clean(shown[at:])}{after}",
        f"{' ' * (len(gutter) - 2)}| {' ' * _cells(before)}{tint('^' * max(1, _cells(span)))}",
    ]


def _marked(marked: str, paint: Callable[[str, str], str]) -> list[str]:
    """Colour the words marked `[-left out-]` and `{+added+}`."""
    coloured = "\n".join(map(_clean, marked.splitlines()))
    for opening, closing, tint in (("[-", "-]", "red"), ("{+", "+}", "green")):
        parts = coloured.split(opening)
        coloured = parts[0] + "".join(
            paint(opening + part.split(closing, 1)[0] + closing, tint) + part.split(closing, 1)[1]
            if closing in part
            else opening + part
            for part in parts[1:]
        )
    return coloured.splitlines()


def _painter(colour: bool) -> Callable[[str, str], str]:
    if not colour:
        return lambda text, _: text
    import click

    return lambda text, tint: click.style(text, bold=True) if tint == "bold" else click.style(text, fg=tint, bold=True)


def _clean(text: str) -> str:
    """Replace control characters and those that reverse or hide text."""
    return "".join(" " if c == "\t" else "\ufffd" if _is_unseen(c) else c for c in text)


def _is_unseen(character: str) -> bool:
    """Whether a character is a control, a lone surrogate, a line separator, or changes the direction of text."""
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _BIDI


_LINE_END = re.compile(r"\r\n?|\n")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _json(value: object) -> str:
    """Return readable JSON with escaped control characters."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(f"\\u{ord(c):04x}" if c != "\n" and _is_unseen(c) else c for c in text)


def _cells(text: str) -> int:
    """Return the columns that a text needs on a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _line_reader(folder: Path) -> Callable[[str], list[str]]:
    """Return a function that returns the lines of a file, and reads each file once."""

    @cache
    def lines_of(file: str) -> list[str]:
        """Return the lines of a file of the project; none if it is not text or cannot be read."""
        try:
            if not file.startswith(
                ("/", "../")
            ):  # files outside can be named, as in `brief import`; a link must not lead there
                refuse_outside(folder, file)
            content = read_regular(folder / file, MOST_SHOWN)
        except OSError:
            return []
        if b"\0" in content:
            return []
        return _LINE_END.split(content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))

    return lines_of


def _data(text: str) -> str:
    text = "".join(c if c in "\r\n" else _clean(c) for c in text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
