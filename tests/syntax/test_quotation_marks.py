"""Which marks in a line of plain text make a quotation."""

from __future__ import annotations

import pytest

from generator.syntax.quotations import quoted_in

MARKS = [
    "“{}”", "„{}“", "„{}”", "”{}”", "«{}»", "»{}«", "« {} »", '"{}"', "‘{}’", "‚{}‘", "’{}’", "'{}'", "''{}''", "``{}''", "´{}´", "‹{}›",
    "「{}」", "『{}』", "｢{}｣", "〝{}〟", "〞{}〞", "״{}״", "❝{}❞", "❮{}❯", "⟪{}⟫", "🙶{}🙷", "ʺ{}ʺ", "˝{}˝", "ˮ{}ˮ", "‵{}′", "‵‵{}′′",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_words_between_marks_are_a_quotation(mark: str) -> None:
    found = [words for words, _ in quoted_in(f"They say {mark.format('we paid for it')} to us.")]
    assert found == ["we paid for it"]


@pytest.mark.parametrize(
    "line",
    [
        "לפי צה״ל היום", 'לפי צה"ל היום', "לפי צה”ל היום", 'ראש המו"מ וגם צה"ל אמרו', 'דו"חות ומנכ"לים בארה"ב',
        "’s avonds en ’s ochtends", "the ’30s and the workers’ union", "It’s the firms’ day", "d’État n’est pas l’homme", "5’ and 6’ tall",
    ],
)  # fmt: skip
def test_a_mark_that_belongs_to_a_word_makes_none(line: str) -> None:
    assert list(quoted_in(line)) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("הוא אמר ״כך צה״ל הודיע לנו״ אתמול", "כך צה״ל הודיע לנו"),
        ('הוא אמר "כך צה"ל הודיע לנו" אתמול', 'כך צה"ל הודיע לנו'),
        ("“כך צה”ל הודיע לנו” אתמול", "כך צה”ל הודיע לנו"),
        ('ה"מומחים שלנו" אמרו', "מומחים שלנו"),
    ],
)
def test_a_hebrew_abbreviation_does_not_end_a_quotation(line: str, words: str) -> None:
    assert [found for found, _ in quoted_in(line)] == [words]
