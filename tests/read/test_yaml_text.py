"""YAML text: every fault of the file at its place, and no input that crashes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.read import yaml_text
from generator.read.yaml_nodes import MAX_DEPTH, Mapped, Scalar, plain
from generator.read.yaml_text import parse, parse_bytes


def found(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in parse(text, "f.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: 1\n\tb: 2", 2, 1, "a tab is used"),
        ("a: 'x\nb: 2\n", 1, 4, "never closed"),
        ('a: 1\nb: "x\n', 2, 4, "never closed"),
        ("a: b: c", 1, 5, "a colon followed by a space"),
        ("a: [1, 2\nb: 3", 1, 4, "bracket"),
        ("- a\nb: 1", 2, 1, "without a dash"),
        ("a: |\n  x\n y\n", 3, 2, "indentation"),
        ("a: *x", 1, 4, "alias"),
        ("a: @x", 1, 4, "a value cannot begin with @"),
        ("a: 1\nb: \x01", 2, 4, "control character"),
        ("? [a]\n: b", 1, 3, "a key must be a word"),
        ("--- a\n--- b", 2, 5, "a second YAML document"),
    ],
)
def test_bad_yaml_is_shown_at_its_place_in_plain_words(text: str, line: int, column: int, says: str) -> None:
    problem = parse(text, "f.yaml")[1][0]
    assert (problem.code, problem.place.line, problem.place.column) == ("bad-yaml", line, column)
    assert says in problem.message


def test_a_key_that_stands_twice_names_the_first_and_the_first_counts() -> None:
    root, problems = parse("title: One\nother: x\ntitle: Two\n", "f.yaml")
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [("duplicate-key", 3, 1)]
    assert "line 1" in problems[0].message
    assert root is not None
    assert plain(root) == {"title": "One", "other": "x"}


@pytest.mark.parametrize("value", ["no", "Yes", "on", "y", "1_000", "12:30", "010", "0x1F", "1e3", ".inf", "0o7"])
def test_values_that_yaml_versions_read_differently_are_refused_unless_quoted(value: str) -> None:
    assert found(f"country: {value}\n") == [("yaml-surprise", 1, 10)]
    assert found(f'country: "{value}"\n') == []


@pytest.mark.parametrize(
    "value", ["true", "false", "2025-02-14", "2025", "5.6", "Norway", "1,300", "0", "null", "12:75 h"]
)
def test_ordinary_values_are_text(value: str) -> None:
    root, problems = parse(f"a: {value}\n", "f.yaml")
    assert problems == ()
    assert isinstance(root, Mapped)
    node = root.entries["a"]
    assert isinstance(node, Scalar)
    assert node.value == value


def test_an_alias_that_holds_itself_is_refused() -> None:
    assert found("a: &a [*a]") == [("alias-bomb", 1, 4)]


def test_aliases_that_explode_are_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert [code for code, _, _ in found("\n".join(lines))] == ["alias-bomb"]


def test_an_alias_used_sparingly_is_fine() -> None:
    root, problems = parse("a: &a x\nb: *a\n", "f.yaml")
    assert problems == ()
    assert root is not None
    assert plain(root) == {"a": "x", "b": "x"}


def test_deep_nesting_is_refused() -> None:
    depth = MAX_DEPTH + 5
    assert [code for code, _, _ in found("[" * depth + "]" * depth)] == ["file-too-large"]


def test_a_large_file_is_refused() -> None:
    data = b"a: " + b"x" * yaml_text.MAX_BYTES
    assert [p.code for p in parse_bytes(data, "f.yaml")[1]] == ["file-too-large"]


def test_bytes_that_are_not_utf8_are_shown_where_they_stand() -> None:
    problem = parse_bytes("title: a\nname: Müller".encode("latin-1"), "f.yaml")[1][0]
    assert (problem.code, problem.place.line, problem.place.column) == ("not-utf8", 2, 8)


@pytest.mark.parametrize("data", [b"", b"# only a comment\n", b"\n\n", b"---\n", b"\xef\xbb\xbf"])
def test_a_file_without_content_is_said_to_be_empty(data: bytes) -> None:
    assert [p.code for p in parse_bytes(data, "f.yaml")[1]] == ["empty-file"]


def test_a_byte_order_mark_is_dropped() -> None:
    document, problems = parse_bytes(b"\xef\xbb\xbftitle: x\n", "f.yaml")
    assert problems == ()
    assert document.root is not None
    assert plain(document.root) == {"title": "x"}


def test_columns_count_characters_not_bytes() -> None:
    root, _ = parse("é: 'ü'\n日本: x\n", "f.yaml")
    assert isinstance(root, Mapped)
    assert root.entries["é"].place.column == 4
    assert root.entries["日本"].place.column == 5


@given(st.binary(max_size=200))
@example(b"%YAML 9\n--- a")
@example(b"!!python/object/apply:os.system [true]")
@example(b"a: !!binary x")
@settings(max_examples=300, deadline=None)
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    document, problems = parse_bytes(data, "f.yaml")
    assert document.root is not None or problems


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,? \n\t~0_1", max_size=80))
@settings(max_examples=500, deadline=None)
def test_no_yaml_like_text_crashes_the_reader(text: str) -> None:
    root, problems = parse(text, "f.yaml")
    assert root is not None or problems
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines) + 1


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("limits: We are #1 in this, see #2 now\n", "#1 in this, see #2 now"),
        ("venue: Room #4\n", "#4"),
        ("title: Regulation # 12 explained\n", "# 12 explained"),
        ("says: It fell by half # or so\n", "# or so"),
        ("limits: We are ranked\n  #1 in this\n", "#1 in this"),
        ("- a: We are ranked\n    #1 in this\n", "#1 in this"),
        ("says: several words\n  on two lines #3\n", "#3"),
    ],
)
def test_text_that_yaml_takes_for_a_comment_is_reported(text: str, comment: str) -> None:
    _, problems = parse(text, "a.yaml")
    (problem,) = problems
    place = problem.place
    assert problem.code == "text-in-comment"
    assert text.split("\n")[place.line - 1][place.column - 1 :][: place.length] == comment


@pytest.mark.parametrize(
    "text",
    [
        "status: draft # until Ann has read it\n",
        "title: Chips and the rules  # Ann has read it\n",
        "title: Chips and the rules\t # Ann has read it\n",
        "# a\ntitle: Chips and the rules\n# b\nsays: It fell by half\n",
        "a:\n  - b: Chips and the rules\n    # c\n    d: e\n",
        "title: 'Chips and the #1'\n",
        "says: |\n  Chips and\n  #1 in this\n",
        "a: C# and the rules\n",
        "a: one two three #\n",
    ],
)
def test_comments_are_let_be(text: str) -> None:
    assert parse(text, "a.yaml")[1] == ()
