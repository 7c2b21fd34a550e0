"""Where sentences end, in every kind of text."""

from __future__ import annotations

import pytest

from generator.syntax.sentences import sentence_ends, sentences


@pytest.mark.parametrize(
    "written",
    [
        "It fails.| Nobody knows why.",
        "“It fails.”| “Why?” asked nobody.| “Why not?”",
        "It costs 5.6 million.| It rose!",
        "Dr. Example met Sen. Sample at Example Inc. in St. Louis.| They spoke.",
        "See para. 4 and Cf. Art. 5.| It is there.",
        "The U.S. Government, J. R. Example and e.g. others agree.| So it is.",
        "Das gilt z.B. für Chips, d.h. bzw. Nr. 5.| Mehr nicht.",
        "He left … and came back.| Then he stayed…",
        "它失败了。|没有人知道。|",
        "「失敗した。」|誰も知らない。",
        "یہ ناکام ہے۔| کوئی نہیں جانتا؟| ہاں",
        "Το ξέρεις;| Όχι.",
        "It ends here.| 5 firms left.",
        "It fails.| \ufffc and so on.",
        "It fails. and goes on without a capital.",
        "no end at all",
        "",
    ],
)
def test_sentences_are_divided_where_the_bar_is(written: str) -> None:
    text = written.replace("|", "").replace(";", "\u037e") if "Το" in written else written.replace("|", "")
    parts = [text[start:end] for start, end in sentences(text)]
    assert "".join(parts) == text
    expected = [part for part in written.split("|") if part]
    assert [part.strip().replace("\u037e", ";") for part in parts] == [part.strip() for part in expected]


def test_ends_are_looked_for_in_a_stretch_only_and_know_what_stands_before_it() -> None:
    text = "Dr. Example spoke. She left. Then"
    assert [match.start() for match in sentence_ends(text, 2)] == [17, 27]
    assert list(sentences(text, 4, 18)) == [(4, 18)]


def test_many_marks_cost_no_more_than_their_number() -> None:
    assert sum(1 for _ in sentence_ends("a.b" * 20_000 + ". " * 20_000)) > 0
