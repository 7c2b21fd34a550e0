"""What a brief's page tells machines of who said what."""

from __future__ import annotations

import json

from generator.evidence.editions import content
from generator.model import Evidence, Verdict
from generator.problems import Location
from generator.site.extracts.brief_extract import extract
from generator.site.extracts.extract_file import details_path, entry
from generator.site.extracts.source_uses import with_capture_days
from tests import support
from tests.render import pages

HOUSE = "name: Example Desk\nsite: https://example.org/\n"
SAID = """
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Sometimes, Always]
    positions:
      ann: {stance: Sometimes, says: It *depends*., quote: "It [the rule|it] works </script>", cite: "@talk, p. 3"}
      ben: {gap: no-position-found, searched: three reports, until: 2025-02-01}
voices:
  - {id: two, who: ben, says: It matters., cite: "@press"}
"""


def test_positions_are_claims_and_quotations_of_persons() -> None:
    tree = pages.tree(pages.HEAD + SAID, house=HOUSE)
    (script,) = tree.xpath("//script[not(@src)]")
    data = json.loads(script.text)
    claim, quotation, voice = data["hasPart"]
    assert (claim["@type"], claim["text"], claim["author"]) == (
        "Claim", "It depends.", {"@type": "Person", "name": "Ann Example"},
    )  # fmt: skip
    assert (quotation["@type"], quotation["text"]) == ("Quotation", "It [the rule] works </script>")
    assert quotation["spokenByCharacter"]["name"] == "Ann Example"
    assert quotation["citation"] == [{"@type": "CreativeWork", "name": "A talk", "datePublished": "2024-05-02"}]
    assert claim["url"] == "https://example.org/sample.html#works-ann"
    assert voice["url"].endswith("#voice-two")
    assert "ClaimReview" not in script.text


def test_shared_links_and_catalogues_get_title_and_address() -> None:
    tree = pages.tree("topics: [Trade]\n" + pages.HEAD.lstrip() + SAID, house=HOUSE)
    said = {tag.get("property") or tag.get("name"): tag.get("content") for tag in tree.xpath("//meta[@content]")}
    assert said["og:title"] == said["DC.title"] == "Does it work?"
    assert said["og:url"] == said["DC.identifier"] == "https://example.org/sample.html"
    assert said["DC.subject"] == "Trade"
    without = pages.tree(pages.HEAD + SAID)
    assert not without.xpath("//meta[@property] | //meta[starts-with(@name, 'DC.')]")


def test_search_engines_and_catalogues_leave_drafts_out() -> None:
    text = pages.HEAD + SAID
    for status, robots in (("published", []), ("withdrawn", []), ("draft", ["noindex"])):
        tree = pages.tree(text.replace("status: published", f"status: {status}"), house=HOUSE)
        assert tree.xpath("//meta[@name='robots']/@content") == robots
        catalogued = tree.xpath("//meta[starts-with(@name, 'citation_') or starts-with(@name, 'DC.')]")
        assert bool(catalogued) == (status != "draft"), status


def test_topics_are_no_part_of_an_edition_so_that_they_can_be_given_later() -> None:
    library, text = support.library(), pages.HEAD + SAID
    listed = support.brief("topics: [Trade]\n" + text.lstrip())
    assert {one.digest for one in content(listed, library)} == {
        one.digest for one in content(support.brief(text), library)
    }


def test_words_around_a_quotation_are_told_as_far_as_the_brief_publishes_them() -> None:
    passage = 'quote: it works well, support: "Most agree that it works well, and that it will hold for many years."'
    text = pages.HEAD + SAID.replace('quote: "It [the rule|it] works </script>"', passage)

    def around(house: str) -> tuple[str, str]:
        made = extract(support.brief(text), support.library(house=house), (), pages.page(text, house=house), ())
        first = entry(made[details_path("sample")], "expert:ann")[0]
        return first["prefix"], first["suffix"]

    assert around(f"{HOUSE}evidence_annex: true\n") == ("Most agree that ", ", and that it will hold for many")
    assert around(HOUSE) == ("", ""), "without an annex the passage is not published"


def test_links_to_sources_say_when_these_were_captured() -> None:
    sources = "references: [{id: talk, type: speech, title: A talk, URL: 'https://example.com/?a=1&b=2'}]"
    library = support.library(sources=sources)
    page = '<a class="x" href="https://example.com/?a=1&amp;b=2">A</a> <a href="https://example.com/?a=1&amp;b=2">B</a>'
    evidence = [
        Evidence("it works", "talk", "quote", verdict, Location("x"), captured=day)
        for verdict, day in (
            (Verdict.VERIFIED, "2025-01-02"),
            (Verdict.LOCKED, "2025-01-05"),
            (Verdict.ABSENT, "2025-03-01"),
        )
    ]
    assert with_capture_days(page, library, evidence).count('data-versiondate="2025-01-05"') == 2
    assert with_capture_days(page, library, evidence[2:]) == page
