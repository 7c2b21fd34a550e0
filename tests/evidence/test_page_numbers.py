"""What a page is called: the number printed on it where pages count, and marked numbers where only its place is known."""

from __future__ import annotations

import pytest

from generator.evidence.captures.capture_store import Capture
from generator.evidence.captures.page_numbers import page_name
from generator.evidence.source_listing import paragraphs


def capture(pages: list[str], labels: tuple[str, ...] = ()) -> Capture:
    return Capture("review", "\f".join(pages), "", "2026-01-01", (), labels)


def names(pages: list[str], labels: tuple[str, ...] = (), first: str = "") -> list[str]:
    made = capture(pages, labels)
    return [str(page_name(n, made, first)) for n in range(1, len(pages) + 1)]


BODY = "The levy failed.\nNobody paid in the end.\nThe port was closed."


def numbered(*numbers: object, line: str = "{}") -> list[str]:
    return [f"{BODY}\n{line.format(number)}" if number else BODY for number in numbers]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (numbered(233, 234, 235, 236), ["233", "234", "235", "236"]),
        (numbered(12, 13, 14, line="Page {} of 90"), ["12", "13", "14"]),
        (numbered(12, 13, 14, line="Review 2019 | {}"), ["12", "13", "14"]),
        (numbered("i", "ii", "iii", "iv", 1, 2, 3), ["i", "ii", "iii", "iv", "1", "2", "3"]),
        (numbered("", "", 1, 2, 3), ["[1]", "[2]", "1", "2", "3"]),
        (numbered(7, 8, "", 10, 11), ["7", "8", "9", "10", "11"]),
        (numbered(2019, 2019, 2019), ["[1]", "[2]", "[3]"]),
        (numbered(5, 9, 2, 40), ["[1]", "[2]", "[3]", "[4]"]),
        (numbered(12, 13), ["[1]", "[2]"]),
        ([f"{n}\n{BODY}\n{n + 100}" for n in range(1, 5)], ["[1]", "[2]", "[3]", "[4]"]),
        (numbered("3.1", "3.2", "3.3"), ["[1]", "[2]", "[3]"]),
        (numbered(1, 2, 3, 8, 9, 10), ["1", "2", "3", "8", "9", "10"]),
    ],
)
def test_a_number_counts_if_the_pages_around_it_agree(pages: list[str], expected: list[str]) -> None:
    assert names(pages) == expected


def test_journal_and_labels_come_after_what_is_printed() -> None:
    labels = ("i", "ii", "1", "2")
    assert names(numbered("", "", "", ""), labels) == ["i", "ii", "1", "2"]
    assert names(numbered("", "", "", ""), labels, "233-236") == ["233", "234", "235", "236"]
    assert names(numbered(40, 41, 42, 43), labels, "233-236") == ["40", "41", "42", "43"]


def test_the_list_of_pages_says_which_kind_their_numbers_are() -> None:
    lines = list(paragraphs(capture(numbered("", "", 1, 2, 3))))
    assert lines[0] == "page numbers: place in the PDF (2), as printed (3)"
    assert lines[1].startswith("   p. [1]  The levy failed.")


def test_what_a_terminal_would_obey_is_not_printed_raw() -> None:
    lines = list(paragraphs(capture(["The \x1b[31mlevy\u202e failed."])))
    assert "\x1b" not in "".join(lines)
    assert "\u202e" not in "".join(lines)
