"""Which marks in a line of plain text make a quotation."""

from __future__ import annotations

import pytest

from generator.model import Text
from generator.problems import Location
from generator.syntax.markdown.prose import read_prose
from generator.syntax.quotations import quoted_in
from generator.syntax.unpaired_marks import line_marks

MARKS = [
    "“{}”", "„{}“", "„{}”", "”{}”", "«{}»", "»{}«", "« {} »", '"{}"', "‘{}’", "‚{}‘", "’{}’", "'{}'", "''{}''", "``{}''", "´{}´", "‹{}›",
    "「{}」", "『{}』", "｢{}｣", "〝{}〟", "〞{}〞", "״{}״", "❝{}❞", "❮{}❯", "⟪{}⟫", "🙶{}🙷", "ʺ{}ʺ", "˝{}˝", "ˮ{}ˮ", "‵{}′", "‵‵{}′′",
    "《{}》", "〈{}〉", "﹁{}﹂", "﹃{}﹄",
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


def unpaired(line: str) -> list[int]:
    """The columns of unpaired marks in a line, which are the same in prose."""
    place = Location("file", 1, 1)
    columns = [problem.place.column - 1 for problem in line_marks(Text(line, place, line))]
    prose = [one for one in read_prose(Text(line, place, line))[1] if one.code == "unpaired-mark"]
    assert [one.place.column - 1 for one in prose] == columns
    return columns


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("We cheated.” They know.", [11]), ("We cheated.“ They know.", [11]), ("We cheated.» They know.", [11]),
        ("We cheated.« They know.", [11]), ("We cheated” they say.", [10]), ('We cheated." They know.', [11]),
        ("We cheated.’ They know.", [11]), ("‘We cheated, they say.", [0]),
        ("⸂We cheated⸃ they say.", [0, 11]), ("cheated」 they say.", [7]), ("Yes “A” and B”.", [13]),
        ('in 2015" they say', [7]), ('cheated" they say', [7]), ("a 12” disk", [4]),
    ],
)  # fmt: skip
def test_a_mark_without_its_partner_is_reported_at_its_place(line: str, columns: list[int]) -> None:
    assert unpaired(line) == columns


@pytest.mark.parametrize(
    "line",
    [
        "They say “we cheated” and ‘you did’.", "„Wir“ und »ihr« und ”oss” und « nous ».", "``We cheated'' and ''you'' did.",
        "The firms’ day, ’30s, d’État, Hawai‘i, 5’ and 12″.", 'a 5" disk', 'צה"ל ו״אנחנו״', "《人工智能法案的全部内容和条例说明》",
        "“A ‘b’ c”",
        "“We cheated all of them for years, and each paragraph of these words opens with a mark.",
    ],
)  # fmt: skip
def test_pairs_and_apostrophes_are_not_reported(line: str) -> None:
    assert unpaired(line) == []


def test_titles_of_works_in_east_asian_texts_are_no_quotations() -> None:
    assert list(quoted_in("读《Web内容无障碍指南的全部内容和条例说明》了")) == []
