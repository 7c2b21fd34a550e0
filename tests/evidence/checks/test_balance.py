"""How much room each column has."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import findings
from tests.support import library

KNOWN = library(
    experts="\n".join(
        f"{who}: {{name: {who.title()} Example, affiliation_note: none}}" for who in ("ann", "ben", "cem")
    )
)


def matrix(*questions):
    """A brief whose cells have so many words; None is a gap."""
    lines = ["title: T", "experts: [ann, ben, cem]", "questions:"]
    for number, row in enumerate(questions):
        lines += [f"  - id: q{number}", "    ask: Does it work?", '    scale: ["No", "Yes"]', "    positions:"]
        for who, words in zip(("ann", "ben", "cem"), row, strict=True):
            said = " ".join(["word"] * (words or 0))
            cell = f'{{stance: "No", says: {said}, cite: "@talk"}}' if words else "{gap: declined}"
            lines.append(f"      {who}: {cell}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("questions", "lopsided"),
    [
        ([(40, 40, 40)], []),
        ([(81, 40, 40)], [("ann", "81 words a cell, the other columns 40")]),
        ([(80, 40, 40)], []),  # not more than twice
        ([(21, 10, 10)], []),  # too few words to be seen
        ([(60, 60, 29)], [("cem", "29 words a cell, the other columns 60")]),
        ([(60, 60, 30)], []),
        ([(100, 20, 20), (20, 100, 100)], []),  # on average even
        ([(40, 40, None), (40, None, None)], []),  # gaps do not count
        ([(90, None, None)], []),  # nobody to compare with
        ([(90, 30, None)], [("ann", "90 words"), ("ben", "30 words")]),
    ],
)
def test_a_column_has_at_most_twice_and_at_least_half_the_room_of_the_others(questions, lopsided):
    found = findings(matrix(*questions), "lopsided", known=KNOWN)
    assert len(found) == len(lopsided)
    for problem, (who, said) in zip(found, lopsided, strict=True):
        assert who in problem.message
        assert said in problem.message


def test_it_is_shown_at_the_column():
    (problem,) = findings(matrix((81, 40, 40)), "lopsided", known=KNOWN)
    assert (problem.place.line, problem.place.column) == (2, 11)


def test_quotations_count_and_supporting_passages_do_not():
    many = " ".join(["word"] * 60)
    text = matrix((30, 30, 30))
    assert findings(text.replace("says: word", f"quote: {many}, says: word", 1), "lopsided", known=KNOWN)
    assert not findings(text.replace("says: word", f"support: {many}, says: word", 1), "lopsided", known=KNOWN)
