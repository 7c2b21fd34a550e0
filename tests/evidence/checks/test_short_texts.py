"""Short texts hold what the full ones hold."""

from __future__ import annotations

from tests.evidence.checks.findings import codes, findings

HEAD = """
title: Does it work?
experts: [ann, ben]
questions:
  - id: w
    ask: Does it?
    scale: ['No', 'Yes']
    positions:
"""
ANN = "      ann: {stance: 'No', says: It works nowhere., short: Nowhere., cite: '@talk'}\n"


def test_a_position_without_a_short_text_beside_one_that_has_one_is_a_warning_at_that_position():
    (problem,) = findings(HEAD + ANN + "      ben: {stance: 'Yes', says: It does., cite: '@talk'}\n", "short-uneven")
    assert (problem.severity, problem.place.line) == ("warning", 10)
    assert "“ben” has no `short` text on “w”" in problem.message


def test_a_gap_and_a_quotation_alone_need_no_short_text():
    for cell in ("{gap: declined}", "{stance: 'Yes', quote: it works everywhere, cite: '@talk'}"):
        assert "short-uneven" not in codes(f"{HEAD}{ANN}      ben: {cell}\n")


def test_a_short_text_is_cited_where_the_full_one_is_cited_in_its_prose_alone():
    fact = "title: Does it work?\nfacts:\n  - id: f\n    claim: It worked once [@talk].\n    short: {short}\n"
    (problem,) = findings(fact.replace("{short}", "It worked."), "uncited")
    assert problem.place.line == 5
    assert "uncited" not in codes(fact.replace("{short}", "It worked [@talk]."))


def test_a_citation_in_the_short_text_alone_does_not_cover_the_claim():
    text = "title: Does it work?\nfacts:\n  - {id: f, claim: It worked once., short: 'It worked [@talk].'}\n"
    assert "uncited" in codes(text)


def test_a_headline_is_in_the_short_claim_too():
    text = "title: T\nfacts:\n  - {id: f, key: true, headline: once, claim: It worked once., short: SHORT, cite: '@talk'}\n"
    (problem,) = findings(text.replace("SHORT", "It worked."), "key-headline")
    assert "short claim" in problem.message
    assert "key-headline" not in codes(text.replace("SHORT", "Worked once."))
