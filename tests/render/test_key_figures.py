"""Key figures: what the editors choose to print large, and never more than the facts say."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes, findings
from tests.render.pages import HEAD, page, preset, tree, words

FACTS = """
facts:
  - id: cost
    claim: Making it cost 5 million dollars.
    key: true
    figures: [{amount: 5 million, unit: USD, by: The maker, cite: "@talk"}]
  - id: until
    claim: Exports were allowed until late 2023.
    key: true
    headline: late 2023
    cite: "@talk"
  - {id: other, claim: It rained., cite: "@talk"}
"""


def words_of(key):
    return " ".join(key.headline.split())


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
def test_key_facts_stand_in_the_lead_of_every_preset_and_lead_to_their_fact(name):
    root = tree(HEAD + FACTS, design=preset(name))
    keys = root.xpath("//div[@class='lead']//ul[@class='keys']/li")
    assert [" ".join(words(part) for part in key) for key in keys] == [
        "US$5 million Making it cost 5 million dollars.",
        "Late 2023 Exports were allowed until late 2023.",
    ]
    assert [key.xpath(".//a/@href") for key in keys] == [["#fact-cost"], ["#fact-until"]]
    assert root.xpath("//li[@id='fact-cost']")


def test_a_contested_fact_shows_all_that_differs():
    more = ", {amount: 9 million, unit: USD, by: Another, cite: '@talk'}]"
    (key, _) = page(HEAD + FACTS.replace('cite: "@talk"}]', f'cite: "@talk"}}{more}')).key_figures
    assert words_of(key) == "US$5 million to US$9 million"


def test_what_measures_something_else_is_listed_apart():
    one = "measures: model, by: The maker"
    more = (
        ", {amount: 9 million, unit: USD, measures: model, by: Another, cite: '@talk'}"
        ", {amount: 70 million, unit: USD, measures: firm, by: Another, cite: '@talk'}]"
    )
    text = FACTS.replace("by: The maker", one).replace('cite: "@talk"}]', f'cite: "@talk"}}{more}')
    assert words_of(page(HEAD + text).key_figures[0]) == "US$5 million to US$9 million; US$70 million"


def test_a_headline_is_words_of_its_claim():
    (problem,) = findings(HEAD + FACTS.replace("headline: late 2023", "headline: early 2023"), "key-headline")
    assert "does not contain “early 2023”" in problem.message
    assert problem.severity == "error"


def test_a_key_fact_without_anything_to_show_is_an_error():
    assert "key-headline" in codes(HEAD + FACTS.replace("    headline: late 2023\n", ""))
    assert "key-headline" not in codes(HEAD + FACTS)


@pytest.mark.parametrize(("count", "many"), [(3, False), (4, True)])
def test_more_than_three_are_a_warning(count, many):
    facts = "".join(
        f"  - {{id: f{n}, claim: It is {n}., key: true, headline: is {n}, cite: '@talk'}}\n" for n in range(count)
    )
    assert ("key-facts-many" in codes(f"{HEAD}facts:\n{facts}")) is many
