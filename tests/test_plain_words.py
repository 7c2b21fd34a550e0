"""Whether code and documents use standard terms and plain English: no word of the lists below occurs in them.

A list cannot find bad style. It keeps words from coming back that were replaced, each for the stated reason.
"""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.languages.language_files import own_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

RETIRED = {
    "errands?": "remote task",
    "parcels?": "input bundle",
    "rosters?": "workers",
    "statefiles?": "database",
    "stat helpers?": "stat scan",
    "savers?": "checkpoint",
    "furniture": "page artifacts",
    "silenc(?:es|ed|ing|eable)": "suppression, suppress; the key is called `silence`",
    "citation clusters?": "citation group",
    "stat signatures?": "stat",
}
"""Names of the project's own for things that have a standard name, as patterns of whole words, with that name."""

ARCHAIC = {
    "(?:where|there|here)(?:in|of|by|upon|unto|to|from)": "say in what, of what, by what",
    "whereas|whilst|amongst|hitherto|henceforth|thenceforth": "but, while, among, until now, from now on",
    "whence|thence|whither|thither": "from where, there",
    "beside": "next to, near, in addition to",
    "who(?:so|m|mso)?ever|whatsoever": "the person who is meant: a reader, an author",
    "anew": "again",
    "n[ao]ught|aught": "nothing, anything",
    "lest": "so that ... not",
    "behold|amiss|forthwith|albeit|betwixt": "see, wrong, at once, although, between",
    "knows? not|know not|holds? no more|speaks? not|says? not": "does not know, is no longer valid",
    "(?:is|are|was|be) to be had": "is available",
    "is not believed|are not believed": "is not used",
    "stands? twice|is there twice": "occurs twice",
}
"""Forms that a reader who is not a native speaker has to look up, with what to write."""

_TEXTS = ("docs/*.md", "*.md", "examples/*.md", "templates/**/*.j2", "templates/**/*.md", "generator/problems/*.md")
_HISTORY = {"CHANGELOG.md"}
"""What earlier versions called things stays as it was written."""


_STRINGS = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
"""Tokens with text that people read. From Python 3.12 on, the words of an f-string are tokens of their own."""


def prose_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield comments and strings of Python code, docstrings and messages among them, with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in _STRINGS:
            text = re.sub(r"\{[^{}]*\}", "{}", token.string)  # what an f-string computes is code
            for offset, line in enumerate(text.splitlines()):
                yield token.start[0] + offset, line


@cache
def lines() -> tuple[tuple[str, str], ...]:
    """Return place and text of each line that people read, except names in code."""
    texts = []
    for path in sorted((ROOT / "generator").rglob("*.py")):
        texts += [(f"{path.relative_to(ROOT)}:{number}", line) for number, line in prose_of(path.read_text("utf-8"))]
    for path in sorted(path for pattern in _TEXTS for path in ROOT.glob(pattern) if path.name not in _HISTORY):
        content = path.read_text("utf-8").splitlines()
        texts += [(f"{path.relative_to(ROOT)}:{number}", line) for number, line in enumerate(content, 1)]
    texts += [(f"generator/languages/en.yaml: {name}", label) for name, label in own_labels("en").items()]
    return tuple(texts)


def occurrences(pattern: str) -> list[str]:
    """Return place and text of each line that has a word or phrase, except as a name in backticks."""
    word = re.compile(rf"(?<![\w`-])(?:{pattern})(?![\w`-])", re.IGNORECASE)
    return [f"{place}: {line.strip()}" for place, line in lines() if word.search(line)]


@pytest.mark.parametrize(("pattern", "instead"), (RETIRED | ARCHAIC).items())
def test_a_word_that_was_replaced_does_not_come_back(pattern: str, instead: str) -> None:
    assert occurrences(pattern) == [], f"write: {instead}"


def test_comments_docstrings_and_messages_are_found_and_names_are_not() -> None:
    source = '"""A summary."""\nfurniture = 1  # why\nraise ValueError(f"it is {furniture}")\n'
    summary, comment, message = prose_of(source)
    assert (summary, comment) == ((1, '"""A summary."""'), (2, "# why"))
    assert message[0] == 3
    assert "it is" in message[1]
    assert "furniture" not in message[1]
