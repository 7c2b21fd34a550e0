"""No word of prose is left out of the page without a message."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import CitationGroup, Text
from generator.problems import Location, Severity
from generator.syntax.markdown.prose import ProseShape, read_prose, render_prose


def messages(value: str) -> list[tuple[str, int, int, str]]:
    _, problems = read_prose(Text(value, Location("a.yaml", 1, 1), value), shape=ProseShape.SECTION)
    return [(p.code, p.place.line, p.place.column, p.message) for p in problems]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("| a | b |\n|---|---|\n| c | d | extra words |\n", (3, 11, "“extra words” would not be printed")),
        ("> | a |\n> |---|\n> | c | extra |\n", (3, 9, "“extra” would not be printed")),
        ('See [the report](https://example.org "read this") now.', (1, 39, "“read this” would not be printed")),
        ("1. one\n3. three\n", (2, 1, "the number 3 would be printed as 2")),
        ("> " * 30 + "deep", (1, 61, "“deep” would not be printed")),
    ],
)
def test_words_that_markdown_drops_are_reported(value: str, expected: tuple[int, int, str]) -> None:
    (_code, line, column, message), *others = [one for one in messages(value) if one[0] == "words-lost"]
    assert (line, column) == expected[:2]
    assert message.startswith(expected[2])
    assert not others


@pytest.mark.parametrize(
    "value",
    [
        "1. one\n1. two\n\n1986\\. A year.\n\n7. seven\n8. eight\n   1. nested\n   2. nested\n",
        "| a | b |\n|---|---|\n| c |\n| d \\| e | f |\n",
        "Word[^1] ~1~ ^2^ &amp; `code` <b>word</b> [a link](https://example.org/a).\n\n[^1]: Its text.\n\n    More text.\n",
        "- a\n\n  b\n  * c\n    > d\n\n***\n\n___\n\nfour\\\nfive  \nsix",
        "### Heading ###\n\n![#picture:harbour]\n\ntext",
    ],
)
def test_words_that_are_printed_are_not_reported(value: str) -> None:
    assert [one for one in messages(value) if one[0] == "words-lost"] == []


def test_a_block_of_code_is_refused_because_its_quotations_would_not_be_checked() -> None:
    assert [one[:3] for one in messages('Text.\n\n~~~ info\n"made up words" he said\n~~~\n')] == [
        ("foreign-markup", 3, 1)
    ]
    assert [one[:2] for one in messages("- ```\n  never closed\n")] == [("foreign-markup", 1)]


_PIECES = ["w", "\n", "\n\n", "  ", "    ", "> ", "* ", "1. ", "3) ", "| ", "|---|\n", "```", "~~~", "# ", "---", "[", "](",
           ")", "]: ", "[^", "*", "_", "`", "\\", "&amp;", "<b>", '"t"', "![", "#", "^", "~", "{.scare}", ":::", "\t", "@k",
           "[@k, p. 1]", "![#box:", "$"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
@example(["[", "w", "[@k, p. 1]", "]("])  # the words before a nested citation are in its note
def test_without_an_error_each_word_is_on_the_page(pieces: list[str]) -> None:
    words = iter(f"word{number}x" for number in range(99))
    value = "".join(next(words) + " " if piece == "w" else piece for piece in pieces)
    prose, problems = read_prose(Text(value, Location("a.yaml", 1, 1), value), shape=ProseShape.SECTION)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return
    for inline in (False, True):
        page = render_prose(prose, _cited, lambda _: "", lambda _: "", inline=inline)
        notes = set(re.findall(r"word\d+x", " ".join(note.label for note in prose.footnotes)))
        kept = set(re.findall(r"word\d+x", page)) | notes
        assert {word for word in re.findall(r"word\d+x", value) if word not in kept} <= _elsewhere(value)


def _cited(_: int, group: CitationGroup) -> str:
    """Return all that a citation says, as its note does."""
    return " ".join(f"{one.prefix} {one.key} {one.locator} {one.suffix}" for one in group.citations)


def _elsewhere(value: str) -> set[str]:
    """Return the words that may be in the texts of footnotes."""
    return set(re.findall(r"word\d+x", value)) if "[^" in value else set()
