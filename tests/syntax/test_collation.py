"""Names in the order of each language's alphabet."""

from __future__ import annotations

import pytest

from generator.languages.locales import sort_key, sortable


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Abel Ångström de-Gaulle Łukasz O'Brien Öz Zürn"),
        ("de-AT", "Abel Ärmel Azar Öhler Oja Straß Strasser"),
        ("sv", "Zorn Åberg Äng Öberg"),
        ("da", "Zahle Ærø Østergård Åkjær"),
        ("pl", "Lato Luty Łoś Mazur Zych Źródło Żak"),
        ("es", "Nadal Nuñez Ñandú Oca"),
        ("cs", "Cibulka Čapek Havel"),
        ("ru", "Иванов Йорданов Климов"),
        ("uk", "Гайдар Ґалаґан Дорош Європа Жук"),
        ("el", "Άλφα Βήτα Ωμέγα"),
    ],
)
def test_names_are_sorted_by_the_alphabet_of_the_language(language: str, names: str) -> None:
    expected = names.split()
    backwards = list(reversed(expected))
    assert sorted(backwards, key=lambda name: sort_key(name, language)) == expected


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert sort_key("Å", "sv")[0] == sort_key("A\u030a", "sv")[0]


def test_chinese_characters_are_not_sorted() -> None:
    assert sortable(["Müller", "Иванов"])
    assert not sortable(["Müller", "王小明"])
