"""Messages count in one way: `1 passage`, `2 passages`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from generator.problems.message_words import counted

ROOT = Path(__file__).parents[1]
CONSTANT = re.compile(r"(?:\w+\.)?_?[A-Z][A-Z_]+|most|limit|max_bytes")
"""Limits, of which none is one."""
NO_ADJECTIVES = {"of", "the", "holds", "has", "gives", "is", "are", "in", "to", "beside", "and", "or"}
FILES = sorted((ROOT / "generator").rglob("*.py"))


@pytest.mark.parametrize(
    ("number", "nouns", "expected"),
    [
        (0, ("passage",), "0 passages"),
        (1, ("passage",), "1 passage"),
        (2, ("passage",), "2 passages"),
        (12_345, ("entry", "entries"), "12,345 entries"),
        (1, ("byte differs", "bytes differ"), "1 byte differs"),
    ],
)
def test_a_number_has_its_noun(number: int, nouns: tuple[str, ...], expected: str) -> None:
    assert counted(number, *nouns) == expected


def plurals() -> set[str]:
    """The plural of every noun that is counted anywhere."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "counted":
                nouns = [str(one.value) for one in node.args[1:] if isinstance(one, ast.Constant)]
                found |= {(nouns[-1] if len(nouns) > 1 else f"{nouns[0]}s").split()[-1] for nouns in (nouns,) if nouns}
    return found - {"are", "differ", "have"}


def uncounted(source: str, nouns: set[str]) -> Iterator[str]:
    """Values of f-strings, other than constants, that are followed by the plural of a noun, and plurals made by hand."""
    for node in ast.walk(ast.parse(source)):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        for value, behind in pairwise(parts):
            if isinstance(value, ast.FormattedValue) and isinstance(behind, ast.Constant):
                written, words = ast.unparse(value.value), re.match(r"(?: [a-z-]+){0,3}", str(behind.value))
                noun = next((word for word in words[0].split() if word in nouns | NO_ADJECTIVES), "") if words else ""
                if noun in nouns and not CONSTANT.fullmatch(written):
                    yield f"{{{written}}}{behind.value!s}"
        ends = (
            {getattr(end, "value", None) for end in (node.body, node.orelse)} if isinstance(node, ast.IfExp) else set()
        )
        if ends == {"s", ""}:
            yield ast.unparse(node)


def test_no_message_counts_by_hand() -> None:
    nouns = plurals()
    assert {"passages", "briefs", "words", "pages", "entries"} <= nouns
    found = [
        f"{path.relative_to(ROOT)}: {text}" for path in FILES for text in uncounted(path.read_text("utf-8"), nouns)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source", ['f"{len(x)} passages"', 'f"{n:,} quoted passages are"', "f\"{n} page{'s' if n != 1 else ''}\""]
)
def test_a_count_by_hand_is_found(source: str) -> None:
    assert list(uncounted(source, {"passages"}))
