"""What the editor's own words may not do, by language."""

from __future__ import annotations

from dataclasses import fields

import pytest

from generator.languages import Wording, all_languages
from tests.evidence.checks.findings import findings

WORDING = {"loaded-verb", "vague-attribution", "mixed-certainty"}


def wording(summary, language="en-GB"):
    text = f"title: Words\nlanguage: {language}\nsummary: |\n  {summary}\n"
    return [problem for problem in findings(text) if problem.code in WORDING]


@pytest.mark.parametrize(
    ("summary", "code", "said"),
    [
        ("Ann Example admitted that controls fail.", "loaded-verb", "admitted"),
        ("Example later admitted a slip.", "loaded-verb", "admitted"),
        ("DeepSeek claims a low cost.", "loaded-verb", "claims"),
        ("She has repeatedly insisted on it.", "loaded-verb", "insisted"),
        ("The report reveals that controls fail.", "loaded-verb", "reveals"),
        ("Ben Sample revealed the cost.", "loaded-verb", "revealed"),
        ("Experts say that it fails.", "vague-attribution", "Experts say"),
        ("It works, but some argue it fails.", "vague-attribution", "some argue"),
        ("This fails, many leading economists warn.", "vague-attribution", "leading economists warn"),
        ("It is widely believed that it fails.", "vague-attribution", "It is widely believed"),
        ("Studies show that it fails.", "vague-attribution", "Studies show"),
        ("We have high confidence that it will probably fail.", "mixed-certainty", "probably"),
        ("They are confident that it is very likely.", "mixed-certainty", "very likely"),
    ],
)
def test_english(summary, code, said):
    found = wording(summary)
    assert [problem.code for problem in found] == [code]
    assert f"“{said}”" in found[0].message
    place = found[0].place
    assert summary[place.column - 3 : place.column - 3 + place.length] == said


@pytest.mark.parametrize(
    "summary",
    [
        "Ann Example said that controls fail.",
        "Ann Example said: “DeepSeek admitted that it fails” [@talk].",
        "Her claims were checked, and the claim stands.",
        "Students are admitted to the course.",
        "DeepSeek revealed its first model in 2023.",
        "The figures reveal a gap.",
        "RAND researchers argue that it fails.",
        "The Commerce Department's officials said so.",
        "Some chips are sold, and many experts work there.",
        "Controls will probably be widened. Our confidence in this is high.",
        "It is probable. We have high confidence in that.",
        "It is likely to fail, says Ann Example in confidence.",
        "> Experts say that Ben admitted that it fails.\n  > It is likely, with high confidence. [@talk]",
        "See [the study](https://example.org/experts-say/it-is-widely-believed).",
    ],
)
def test_english_that_is_left_alone(summary):
    assert wording(summary) == []


@pytest.mark.parametrize(
    ("language", "summary", "code"),
    [
        ("de", "Frau Example behauptete, dass es scheitert.", "loaded-verb"),
        ("de-AT", "Experten sagen, dass es scheitert.", "vague-attribution"),
        ("de", "Mit hoher Gewissheit ist das sehr wahrscheinlich.", "mixed-certainty"),
        ("fr", "Elle a ensuite avoué une erreur.", "loaded-verb"),
        ("fr-CH", "De nombreux experts estiment que cela échoue.", "vague-attribution"),
        ("fr", "Avec une confiance élevée, c’est très probable.", "mixed-certainty"),
    ],
)
def test_other_languages(language, summary, code):
    assert [problem.code for problem in wording(summary, language)] == [code]


def test_a_language_without_a_list_is_not_checked():
    assert wording("Experts say that Ann admitted it.", "cy") == []


@pytest.mark.parametrize("language", ["de", "fr"])
def test_neutral_words_are_left_alone_in_other_languages(language):
    neutral = {
        "de": "Ann Example sagte, dass es scheitert. Die Experten trafen sich.",
        "fr": "Ann Example dit que oui.",
    }
    assert wording(neutral[language], language) == []


def test_each_rule_of_each_list_names_its_source():
    known = [language for language in all_languages() if language.wording is not None]
    assert {language.tag for language in known} >= {"en", "de", "fr"}
    for language in known:
        rules = {field.name.replace("_", "-"): getattr(language.wording, field.name) for field in fields(Wording)}
        assert set(rules) == WORDING | {"contested-flat"}
        assert all(len(rule.source) > 40 for rule in rules.values())
