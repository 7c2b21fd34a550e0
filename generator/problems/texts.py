"""Texts of codes: title, explanation and examples, from `CODE.md` in this folder.

The form of a text:

    # title, in one line

    The explanation, in Markdown: why it matters and what to do.

    ## Wrong

    ~~~yaml
    title: Controls work!
    ~~~

    ## Right

    ~~~yaml
    title: Do controls work?
    ~~~

An example is one or more steps, in order: fenced blocks (``` or ~~~). The words after the language of a fence say what the block is.

| fence | step |
| --- | --- |
| `yaml` | fields of a fact file |
| `yaml briefs/house.yaml` | fields of that file; in a file with another ending, its whole content |
| `text @key` | the text of the source `key`, as it was captured |
| `console` | commands, each after `$ ` |

`tests/problems/` runs every example: the wrong one raises the code at a line of its own, and the right one does not raise it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_FENCE = re.compile(r"(?P<marks>```|~~~)(?P<language>\w+)(?: (?P<target>\S+))?")
"""The line that a fenced block begins with."""


class BadText(ValueError):
    """A file in this folder does not have the form of a code's text."""


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One block of an example."""

    language: str
    """Of the block, for colouring: `yaml`, `text`, `console`."""
    target: str
    """The file, as a path relative to the project folder; `@key` for the text of a source; "" for the fact file and for commands."""
    text: str
    """With a line feed at the end; "" for an empty file."""


@dataclass(frozen=True, slots=True)
class CodeText:
    """What people read about a code."""

    title: str
    """One line without a full stop, for lists."""
    explanation: str
    """Markdown: why it matters and what to do."""
    wrong: tuple[ExampleStep, ...]
    right: tuple[ExampleStep, ...]


@cache
def text_of(name: str) -> CodeText:
    """Return the text of the code `name`. Raises BadText if its file is missing or malformed."""
    path = FOLDER / f"{name}.md"
    try:
        content = path.read_text("utf-8")
    except OSError as error:
        raise BadText(f"{path.name}: the code '{name}' has no text: {error.strerror}") from error
    title, _, rest = content.partition("\n\n")
    explanation, _, examples = rest.partition("\n\n## Wrong\n\n")
    wrong, _, right = examples.partition("\n## Right\n\n")
    if not title.startswith("# ") or "\n" in title or not all((title[2:], explanation, wrong, right)):
        raise BadText(
            f"{path.name}: expected '# title', an explanation, '## Wrong' and '## Right', with blank lines between"
        )
    return CodeText(title[2:], explanation, _steps(path, wrong), _steps(path, right))


def labelled(steps: Sequence[ExampleStep]) -> Iterator[tuple[str, ExampleStep]]:
    """Yield each step of an example with the label above its block; "" if it needs none."""
    for step in steps:
        if step.target.startswith("@"):
            yield f"The source `{step.target}`:", step
        elif step.target:
            yield f"`{step.target}`:", step
        else:
            yield ("The fact file:" if step.language == "yaml" and len(steps) > 1 else ""), step


def names() -> tuple[str, ...]:
    """Return the names of all codes that have a text, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def _steps(path: Path, example: str) -> tuple[ExampleStep, ...]:
    """Read the fenced blocks of an example. Raises BadText if there is anything else in it."""
    steps: list[ExampleStep] = []
    lines = example.splitlines()
    while lines:
        fence = _FENCE.fullmatch(lines[0])
        if fence is None or fence["marks"] not in lines[1:]:
            raise BadText(f"{path.name}: an example consists of fenced blocks only, near {lines[0][:40]!r}")
        end = lines.index(fence["marks"], 1)
        text = "".join(f"{line}\n" for line in lines[1:end])
        steps.append(ExampleStep(fence["language"], fence["target"] or "", text))
        lines = lines[end + 1 :]
        while lines and not lines[0].strip():
            lines = lines[1:]
    return tuple(steps)
