"""Names and titles of the other direction in citations: what stands between the marks ⁨ and ⁩ does not move its neighbours."""

from __future__ import annotations

import pytest

from generator.model import BibliographyEntry, CitationKind, FormattedCitations
from generator.render.isolated_citations import isolate


@pytest.mark.parametrize(
    ("language", "html", "isolated"),
    [
        ("ar", "<em>The Times</em>, 3 مايو، 2024.", "<em>⁨The Times⁩</em>, 3 مايو، 2024."),
        ("ar", '"A report", <em>The Times</em>, 3 مايو.', '"⁨A report⁩", <em>⁨The Times⁩</em>, 3 مايو.'),
        ("ar", 'Ann Example, "A report", <em>Times</em> 3', '⁨Ann Example, "A report"⁩, <em>⁨Times⁩</em> 3'),
        (
            "ar",
            '12, <a href="https://a.example">https://a.example</a>.',
            '12, <a href="https://a.example">⁨https://a.example⁩</a>.',
        ),
        (
            "ar",
            '<a href="https://a.example">https://a.example/(b)3.CO;2-8</a> 12',
            '<a href="https://a.example">⁨https://a.example/(b)3.CO;2-8⁩</a> 12',
        ),
        (
            "ar",
            '<a href="https://a.example">https://a.example/كلمة/b_1</a>.',
            '<a href="https://a.example">⁨https://a.example/كلمة/b_1⁩</a>.',
        ),
        ("ar", '"A report", 12.', '"⁨A report⁩", 12.'),
        ("ar", "Rise &amp; fall (revised), 2 مايو", "⁨Rise &amp; fall (revised)⁩, 2 مايو"),
        ("ar", "<em>حوار <sup>1</sup> Journal</em> 3", "<em>حوار <sup>1</sup> ⁨Journal⁩</em> 3"),
        ("ar", 'Ann <span class="smallcaps">Example</span> 3', '⁨Ann <span class="smallcaps">Example</span>⁩ 3'),
        ("ar", "A (B<sup>c</sup>) <sub>d</sub>, 3", "⁨A (B<sup>c</sup>) <sub>d</sub>⁩, 3"),
        ("ar", "<em>صحيفة المثال</em>, 4 مايو، 2024.", "<em>صحيفة المثال</em>, 4 مايو، 2024."),
        ("he", "“A report”, 3 במאי", "“⁨A report⁩”, 3 במאי"),
        ("en-GB", "<em>صحيفة المثال</em>, 4 May 2024.", "<em>⁨صحيفة المثال⁩</em>, 4 May 2024."),
        ("en-GB", "‘حوار’ (<em>صحيفة</em>), 4 May 2024.", "‘⁨حوار⁩’ (<em>⁨صحيفة⁩</em>), 4 May 2024."),
        ("en-GB", "<em>Zürcher Beispiel</em>, 4 May 2024.", "<em>Zürcher Beispiel</em>, 4 May 2024."),
    ],
)
def test_numbers_and_marks_next_to_words_of_the_other_direction_stay_in_place(
    language: str, html: str, isolated: str
) -> None:
    entry = BibliographyEntry("talk", html)
    formatted = isolate(FormattedCitations(CitationKind.NOTE, (html,), (entry,), (html,)), language)
    assert formatted.citation_groups == formatted.in_text == (formatted.bibliography[0].html,) == (isolated,)
