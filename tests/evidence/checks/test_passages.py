"""Which words are the editor's own, and where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Text
from generator.problems import Location
from generator.syntax.markdown.editors_words import editors_words, sentence_bounds
from generator.syntax.markdown.prose import read_prose
from tests.evidence.checks.findings import findings


def prose(markdown):
    return read_prose(Text(markdown, Location("briefs/sample.yaml"), markdown))[0]


def own(markdown):
    return " ".join(editors_words(prose(markdown)).split())


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("It fell [see @talk, p. 3; @press].", "It fell ."),
        ("As @talk [p. 3] says, it fell [#cost].", "As says, it fell ."),
        ("She said “it fell by $5” [@talk] and left.", "She said and left."),
        ('She said "it *fell* by $5" [@talk] and left.', "She said and left."),
        ("She said “it [@talk] fell” and left.", "She said and left."),
        ("He said:\n\n> It fell.\nBy much.\n\nThen he left.", "He said: Then he left."),
        ("See [the study](https://example.org/a_b).", "See [the study] ."),
        ("Write [at once] to them.", "Write [at once] to them."),
        ("It’s the firm’s own.", "It’s the firm’s own."),
    ],
)
def test_only_the_editors_words_are_left(markdown, words):
    assert own(markdown) == words


@settings(deadline=None)
@given(st.text(max_size=300))
def test_every_character_keeps_its_place(markdown):
    found = prose(markdown)
    words = editors_words(found)
    assert len(words) == len(found.text.value)
    assert all(char in (" ", was) for char, was in zip(words, found.text.value, strict=True))


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("It fell. It rose.", ["It fell. ", "It rose."]),
        ("It fell by 5.6 per cent in the U.S. market.", ["It fell by 5.6 per cent in the U.S. market."]),
        ("Dr. Example of St. Example spoke. Then he left.", ["Dr. Example of St. Example spoke. ", "Then he left."]),
        ("Did it? Yes! 5 times.", ["Did it? ", "Yes! ", "5 times."]),
        ("It fell (or so.) Then it rose.", ["It fell (or so.) ", "Then it rose."]),
        ("It fell\n\nthen it rose", ["It fell\n\n", "then it rose"]),
        ("Two:\n- one\n- other", ["Two:\n", "- one\n", "- other"]),
        ("Das ist z.B. so. Örtlich nicht.", ["Das ist z.B. so. ", "Örtlich nicht."]),
        ("It cost 5 million, e.g. for chips.", ["It cost 5 million, e.g. for chips."]),
    ],
)
def test_sentences(words, sentences):
    assert [words[start:end] for start, end in sentence_bounds(words)] == sentences


@settings(deadline=None)
@given(st.text(max_size=300))
def test_sentences_leave_nothing_out(words):
    bounds = list(sentence_bounds(words))
    assert "".join(words[start:end] for start, end in bounds).split() == words.split()


ODD = st.lists(
    st.sampled_from(
        ["[", "]", "[@talk]", "[#cost]", "“", "”", '"', "> ", "\n", "\n\n", " ", ". ", "$5 million ", "Ann admitted ",
         "experts say ", "*", "- ", "(", "https://", "probably ", "high confidence "]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ODD)
def test_no_prose_is_too_odd_to_be_checked(pieces):
    from generator.evidence.checks import check
    from generator.evidence.checks.subject import Subject
    from tests.evidence.checks.findings import TODAY
    from tests.support import library, read

    indented = "".join(pieces).replace("\n", "\n  ")
    text = "title: T\nfacts: [{id: cost, claim: C., figures: [{amount: 1, by: A}, {amount: 2, by: B}]}]\nlimits: |2\n  "
    found, _ = read(f"{text}{indented}\n")
    assert found is not None
    for problem in check(Subject(found, library(), TODAY)):
        assert problem.place.line >= 1


def test_titles_and_questions_are_the_editors_too():
    assert findings("title: Experts say it works\n", "vague-attribution")[0].place.line == 1
