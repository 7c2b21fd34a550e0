"""What the source has where a bare bracket stands: the readings that are offered to the author."""

from __future__ import annotations

import pytest

from generator.evidence.gate import Transcript
from generator.evidence.gate.quotation import quotation
from generator.evidence.gate.verdict import bracket_readings


def readings(quote: str, source: str) -> tuple[str, ...]:
    (fragment,) = quotation(quote).fragments
    return bracket_readings(fragment, Transcript(source))


@pytest.mark.parametrize(
    ("quote", "source", "expected"),
    [
        ("opened [it] at once", "the mayor opened the pier at once", ["opened [it|the pier] at once"]),
        (
            "the mayor opened [it] to [people] in spring",
            "Then the mayor opened the pier to the whole town in spring.",
            ["the mayor opened [it|the pier] to [people|the whole town] in spring"],
        ),
        ("[She] and [I] opened the pier", "Later, Ann and Ben opened the pier", ["[She|Ann] and [I|Ben] opened the pier"]),
        ("and [I] opened the pier", "and Ben opened the pier", ["and [I|Ben] opened the pier"]),
        ("[She] opened the pier", "Ann opened the pier", ["[She|Ann] opened the pier"]),
        ("the mayor opened [it]", "the mayor opened the pier.", ["the mayor opened [it|the pier]"]),
        ("the mayor opened [it]", "the mayor opened the pier", ["the mayor opened [it|the pier]"]),
        ("we [have] open[ed] it", "we do open it", ["we [have|do] open[ed] it"]),
        (
            "the levy [then] failed",
            "the levy soon failed; the levy later failed; the levy at last failed",
            ["the levy [then|soon] failed", "the levy [then|later] failed", "the levy [then|at last] failed"],
        ),
    ],
)  # fmt: skip
def test_words_of_the_source_are_put_behind_a_bar(quote: str, source: str, expected: list[str]) -> None:
    found = readings(quote, source)
    assert set(expected) <= set(found)
    assert all("|" in one for one in found)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("[She|Ann] opened the pier", "Then Ben opened the pier"),
        ("[She] opened the pier", "the mayor shut the pier"),
        ("[She] opened the pier", "a very long and most tiring speech later she opened the pier"),
        ("and [I] opened the pier", "Ben opened the pier and left it"),
        ("[x][y] opened the pier", "Ann Ben opened the pier"),
        ("the pier [was] closed", "the pier closed"),
        ("the pier [was] closed", "the pier that nobody had wanted for years closed"),
        ("a [b] c [d] e [f] g [h] i [j] k", "a x c x e x g x i x k"),
    ],
)
def test_where_no_reading_is_possible_none_is_offered(quote: str, source: str) -> None:
    assert readings(quote, source) == ()


def test_five_readings_are_enough() -> None:
    source = "; ".join(f"the levy {word} failed" for word in ("never", "soon", "later", "nearly", "really", "also"))
    assert len(readings("the levy [then] failed", source)) == 5
