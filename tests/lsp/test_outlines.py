"""Where a cursor is in YAML: as the parser says of files that it can read, and near it in broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editor.cursor import spot
from generator.editor.document_view import UNITS, Point, Written
from generator.problems import Location
from generator.read.yaml_nodes import Mapped, Node, Scalar, Sequence
from generator.read.yaml_text import parse

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "briefs").glob("*.yaml")), *sorted((ROOT / "generator/starters").rglob("*.yaml"))]


def scalars(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from scalars(item, (*path, number))
    elif isinstance(node, Mapped):
        for key, value in node.entries.items():
            yield from scalars(value, (*path, key))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_value_of_our_files_is_found_at_its_path(file: Path) -> None:
    text = file.read_text("utf-8")
    root, _ = parse(text, file.name)
    written, count = Written(text), 0
    for path, node in scalars(root) if root else ():
        start = written.offset_of_place(node.place)
        end = start + len(node.raw.rstrip()) - (node.raw[:1] in ("'", '"'))
        for offset in {end, (start + end + 1) // 2} if node.raw[:1] not in ("|", ">") else {end}:
            assert spot(text, offset).path == path, (path, text[start:offset])
            count += 1
    assert count


CASES = {
    "a:\n  - b: 1\n    |": (("a", 0), True),
    "a:\n  - b: 1\n  |": (("a",), True),
    "a:\n- b: 1\n- c: |": (("a", 1, "c"), False),
    "a: >\n  x: y\n\n  - z|": (("a",), False),
    "a: >\n  x\nb|": ((), True),
    "a: 'never closed\nb: |": (("b",), False),
    "a: [x, {y: 1, z: |": (("a", 1, "z"), False),
    "a: {b: [1, |": (("a", "b", 1), True),
    'a: "x: {y"\nb: |': (("b",), False),
    "a:\n  b: c\n  # d: e\n  f: |": (("a", "f"), False),
    '"a b": 1\n"c": |': (("c",), False),
    "a:\r\n  b: |": (("a", "b"), False),
    "\ufeffa: |": (("a",), False),
    "|": ((), True),
    "a:\n  - b: >\n      x\n  # y\n  - c: |": (("a", 1, "c"), False),
    "a: [x, # don't\n  y, |": (("a", 2), True),
    "a: {b: 'it # is', c: |": (("a", "c"), False),
}


@pytest.mark.parametrize("text", CASES)
def test_the_place_of_a_cursor(text: str) -> None:
    offset = text.index("|")
    found = spot(text.replace("|", ""), offset)
    assert (found.path, found.in_key) == CASES[text]


ODD = st.text(st.sampled_from("a:-#'\"[]{},|>&*@ \n\r\t\x85\u2028\ufeff\u0301\U0001f389\ud800"), max_size=60)


@given(ODD, st.integers(0, 70))
def test_no_text_confuses_it(text: str, offset: int) -> None:
    found = spot(text, min(offset, len(text)))
    assert 0 <= found.start <= len(text)


@given(ODD, st.sampled_from(sorted(UNITS)))
def test_positions_lead_back_to_their_offsets(text: str, encoding: str) -> None:
    written = Written(text, encoding)
    for offset in range(len(text) + 1):
        back = written.offset(written.point(offset))
        assert back == offset or text[back : offset + 1] in ("\r\n", "\r")
    written.offset(Point(99, 99))
    written.offset(Point(0, 10**9))
    start, end = written.span(Location("", 3, 7, 5))
    assert 0 <= start <= end <= len(text)


LONG = (
    "a: [\n" + "  b,\n" * 20_000,
    'a: "\n' + "  b\\\n" * 20_000,
    "a: >\n" + "  b: [\n" * 20_000,
    "- " * 20_000,
    "a: [" + "{b: [" * 20_000,
    "a: '" + "'' " * 20_000,
)


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_the_end_of_a_long_text_is_placed(text: str) -> None:
    """How the time that this takes grows with the text is looked at with that of all other readers, in tests/security."""
    assert spot(text, len(text)) == spot(text, len(text) + 1)


def test_half_a_character_is_the_whole_one() -> None:
    assert Written("\U0001f389b").offset(Point(0, 1)) == 0
    assert Written("\U0001f389b").offset(Point(0, 2)) == 1
