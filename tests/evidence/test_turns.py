"""Words that an ellipsis joins are one speaker's, as far as quotation marks and labels show."""

from __future__ import annotations

import pytest

from generator.evidence.gate import Transcript, find
from generator.evidence.gate.quotation import quotation

JOINED = quotation("the levy failed … the town paid")


def stands(text: str) -> bool:
    return bool(find(JOINED, Transcript(text), "en"))


@pytest.mark.parametrize(
    "text",
    [
        "So the levy failed. And the town paid.",
        "So the levy failed.\n\nAnd the town paid.",
        "“Hm.” So the levy failed. And the town paid.",
        "“So the levy failed,” he said, “and the town paid.”",
        "“So the levy failed.” “And the town paid.” She left.",
        "“So the levy failed.” “And the town paid.”",
        "“So the levy failed. And the town paid,” she said.",
    ],
)
def test_one_speaker(text: str) -> None:
    assert stands(text)


@pytest.mark.parametrize(
    "text",
    [
        # from what is told to what is quoted, and back
        "So the levy failed. “And the town paid.”",
        "So the levy failed.\n\n“And the town paid.”",
        "So the levy failed.\n\n“Hm. And the town paid,” she said.",
        "“So the levy failed.” And the town paid.",
        "“So the levy failed.”\n\nAnd the town paid.",
        "“So the levy failed,” he said.\n\nAnd the town paid.",
        # a mark that is missing tells nothing
        "“So the levy failed.\n\n“And the town paid.”",
        # from one quotation to another
        "“So the levy failed,” he said. Mary added: “And the town paid.”",
        "“So the levy failed.” Mary added, “And the town paid.”",
        "“So the levy failed.” “And the town paid,” she said.",
        "“So the levy failed.” “And the town paid.” she said.",
        "“So the levy failed.”\n\n“And the town paid.”",
        # labels
        "Ann: So the levy failed.\n\nBen: And the town paid.",
        "So the levy failed.\n\nBEN. And the town paid.",
        "So the levy failed.\n\nQ. Why?\n\nAnd the town paid.",
        "So the levy failed.\n\n– And the town paid.",
        "1\n\n2\n\nSo the levy failed.\n\nBen: Hm.\n\nAnd the town paid.",
    ],
)
def test_two_speakers_or_what_cannot_be_told(text: str) -> None:
    assert not stands(text)
