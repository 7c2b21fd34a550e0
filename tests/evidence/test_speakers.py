"""Who said it: names as people write them, beside quotations in short invented reports."""

from __future__ import annotations

import pytest

from generator.evidence.gate import Transcript, find
from generator.evidence.quotation import quotation
from generator.evidence.speakers import is_author, is_named, speaker
from generator.model import Source
from generator.problems import Location
from tests.support import library

PEOPLE = library(
    """
    varga: {name: Ottoline Varga, affiliation_note: none, also: [the institute's head]}
    thrale: {name: Benedek J. Thrale, affiliation_note: none}
    okonjo: {name: Ilse Okonjo-Brandt, affiliation_note: none}
    kiss: {name: "Kiss Márta", family: Kiss, affiliation_note: none}
    tanaka: {name: 田中花子, family: 田中, affiliation_note: none}
    office: {name: Harbour Office, kind: institution, affiliation_note: none}
    """
).experts
WORDS = "the barrier works twice a day"


def told(text: str, who: str = "varga", *, inside: bool = False) -> tuple[bool, str]:
    transcript = Transcript(text)
    (place,) = find(quotation(WORDS), transcript)
    found = speaker(PEOPLE[who], PEOPLE.values(), place, transcript, inside=inside)
    return found.named, found.other


NAMED = [
    f"“{WORDS},” said Ottoline Varga.",
    f"Ottoline M. Varga told us that {WORDS}.",
    f"O. Varga told us that {WORDS}.",
    f"Varga, Ottoline: {WORDS}.",
    f"OTTOLINE VARGA: {WORDS}.",
    f"Ottoline\u00a0Varga told us that {WORDS}.",
    f"The institute's head told us: {WORDS}. Or the institute’s head did.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\n“{WORDS},” said Dr Varga.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\nVarga’s view is that {WORDS}.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\nBut Varga said that {WORDS}.",
    f"“{WORDS},” she said.\n\nThat was Ottoline Varga.",
]
UNNAMED = [
    f"She told us that {WORDS}.",
    f"Varga told us that {WORDS}.",  # no full name anywhere: it may be another Varga
    f"Zoltan Varga told us that {WORDS}.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\n“{WORDS},” she said.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\nThen the poet Zoltan Varga said that {WORDS}.",
    f"Ottoline Vargas told us that {WORDS}.",
    f"The varga told us that {WORDS}.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_name_nearby_counts(text: str) -> None:
    assert told(text) == (True, "")


@pytest.mark.parametrize("text", UNNAMED)
def test_what_is_no_name_of_theirs_does_not(text: str) -> None:
    assert told(text) == (False, "")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"Benedek Thrale said that {WORDS}.", "thrale"),
        (f"Ilse Okonjo\u2011Brandt said that {WORDS}.", "okonjo"),
        (f"Ilse Okonjo-\nBrandt said that {WORDS}.", "okonjo"),
        (f"Kiss Márta said that {WORDS}.", "kiss"),
        (f"Kiss Ma\u0301rta said that {WORDS}.", "kiss"),
        (f"田中花子は言った: {WORDS}。", "tanaka"),
        (f"The Harbour Office said that {WORDS}.", "office"),
    ],
)
def test_names_of_all_kinds(text: str, who: str) -> None:
    assert told(text, who) == (True, "")


def test_an_institution_has_no_family_name() -> None:
    assert told(f"Harbour Office opened.\n\nIt rained.\n\nThe Office said that {WORDS}.", "office") == (False, "")


def test_a_name_inside_the_words_says_nothing_of_who_speaks_unless_they_are_a_reporter_s() -> None:
    text = "Someone said that as Ottoline Varga knows it works, and that was all."
    transcript = Transcript(text)
    (place,) = find(quotation("as Ottoline Varga knows it works"), transcript)
    assert not speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=False).named
    assert speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=True).named


NEARER = [
    (f"Ottoline Varga came in. “{WORDS},” said Benedek Thrale.", "thrale"),
    (f"“It fails,” said Ottoline Varga. “{WORDS},” said Benedek Thrale.", "thrale"),
    (f"“It fails,” said Benedek Thrale. “{WORDS},” said Ottoline Varga.", ""),
    (f"“{WORDS},” said Ottoline Varga. Benedek Thrale laughed.", ""),
    (f"Ottoline Varga and Benedek Thrale said that {WORDS}.", ""),
    (f"“{WORDS},” said Benedek Thrale and Ottoline Varga.", ""),
]


@pytest.mark.parametrize(("text", "other"), NEARER)
def test_somebody_nearer_is_told(text: str, other: str) -> None:
    assert told(text) == (True, other)


def test_a_passage_may_name_somebody() -> None:
    transcript = Transcript("We met Ottoline Varga at noon. Varga laughed.")
    assert is_named(PEOPLE["varga"], PEOPLE.values(), "Varga laughed", transcript)
    assert not is_named(PEOPLE["varga"], PEOPLE.values(), "at noon", transcript)


@pytest.mark.parametrize(
    ("author", "provenance", "own"),
    [
        ({"family": "Varga", "given": "Ottoline"}, "primary", True),
        ({"family": "Varga", "given": "O."}, "primary", True),
        ({"literal": "Ottoline Varga"}, "primary", True),
        ({"family": "Varga", "given": "Zoltan"}, "primary", False),
        ({"family": "Varga", "given": "Ottoline"}, "report", False),
        ("Varga", "primary", False),
    ],
)
def test_a_text_of_their_own(author: object, provenance: str, own: bool) -> None:
    source = Source("x", {"author": [author]}, Location("s"), "X", provenance, None, "X")
    assert is_author(PEOPLE["varga"], source) == own
