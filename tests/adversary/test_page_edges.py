"""Words of a running head are no words of the sentence that goes on over the page."""

from __future__ import annotations

import pytest

from generator.evidence.gate import Transcript, judge

BEFORE = "The panel heard from many people in the year and found that the levy on ships did"
AFTER = "not solve the problem of the port, because the fee was too low for the large ships."


def report(head: str, foot: str) -> Transcript:
    """Return a report of six pages; a sentence goes on from the second to the third."""
    pages = []
    for number in range(1, 7):
        lines = [f"The quay of year {number}{k} was built by the office of harbour {k}{number}." for k in range(8)]
        body = [AFTER if number == 3 else lines[0], *lines[1:-1], BEFORE if number == 2 else lines[-1]]
        pages.append("\n".join(filter(None, (head.format(number), *body, foot.format(number)))))
    return Transcript("\f".join(pages))


@pytest.mark.parametrize(
    ("head", "foot", "spliced"),
    [
        ("", "{}", "the levy on ships did 2 not solve the problem"),
        (
            "",
            "{} | Harbour office | The Port in 2030",
            "did 2 | Harbour office | The Port in 2030 not solve the problem",
        ),
        ("{} The Levy", "", "the levy on ships did 3 The Levy not solve the problem"),
        ("{} The Levy", "", "The Levy not solve the problem of the port"),
        ("", "{} The Levy", "the levy on ships did 2 The Levy"),
    ],
)
def test_a_sentence_over_two_pages_is_quoted_without_their_heads_and_feet(head: str, foot: str, spliced: str) -> None:
    transcript = report(head, foot)
    assert judge("the levy on ships did not solve the problem", transcript, language="en").verdict == "verified"
    assert judge(spliced, transcript, language="en").verdict != "verified"


def test_a_running_head_alone_is_quoted() -> None:
    assert judge("The Port in 2030", report("", "{} | The Port in 2030"), language="en").verdict == "verified"
