"""Facts that several briefs share: where they count, what depends on them, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine import Reads
from generator.pipeline.brief_inputs import material
from generator.pipeline.check_brief import examine
from generator.pipeline.inputs.load_project import load
from generator.pipeline.inspect_project import inspect
from generator.pipeline.publish_brief import world_of
from generator.project import Project

BRIEF = """
title: Does it work?
date: 2024-06-01
experts: [ann]
selection: The one who spoke.
summary: SUMMARY
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, says: It works well., cite: "@talk, para. 1"}
"""
FACTS = """\
facts:
  - id: cost
    claim: What the run cost is disputed.
    figures:
      - {amount: 5.6 million, unit: USD, by: the maker, cite: "@press, p. 2"}
      - {amount: 1.3 billion, unit: USD, by: analysts, cite: "@study, p. 7"}
  - {id: scope, claim: "The run is the last one, see [#cost].", cite: "@talk, para. 1"}
"""
SOURCES = """\
references:
  - {id: talk, type: speech, issued: 2024-05-02}
  - {id: press, type: article-newspaper, issued: 2024-05-03}
  - {id: study, type: book, issued: 2020}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "briefs").mkdir()
    write(tmp_path, "house", "name: Desk\n")
    write(tmp_path, "experts", "ann: {name: Ann Example, affiliation_note: none given}\n")
    write(tmp_path, "sources", SOURCES)
    write(tmp_path, "facts", FACTS)
    write(tmp_path, "one", brief("It is disputed [#shared:cost]."))
    write(tmp_path, "two", brief("It works.") + "uses: [scope]\n")
    return tmp_path


def brief(summary: str) -> str:
    return BRIEF.replace("SUMMARY", summary)


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"briefs/{name}.yaml").write_text(text, "utf-8")


def found(folder: Path, *slugs: str) -> list[tuple[str, str, int]]:
    problems = inspect(Project(folder), slugs or ("one", "two"))
    return [(one.code, one.place.file.removeprefix("briefs/"), one.place.line) for one in dict.fromkeys(problems)]


def trace(folder: Path, slug: str) -> dict[tuple[str, str], str]:
    reads = Reads(world_of(Project(folder), None))
    examine(reads, slug, f"briefs/{slug}.yaml")
    return dict(reads.trace)


def printed(folder: Path, slug: str) -> list[str]:
    examined = examine(Reads(world_of(Project(folder), None)), slug, f"briefs/{slug}.yaml")
    assert examined.brief is not None
    return [fact.id for fact in examined.brief.facts]


def test_facts_that_are_referred_to_or_listed_are_printed_with_those_they_name(folder: Path) -> None:
    assert found(folder) == []
    assert printed(folder, "one") == ["shared:cost"]
    assert printed(folder, "two") == ["shared:scope", "shared:cost"]
    assert [len(one.facts) for one in load(folder).briefs] == [1, 2]


def test_positions_rest_on_shared_facts(folder: Path) -> None:
    resting = brief("It works.").replace('para. 1"}', 'para. 1", rests_on: [shared:cost]}')
    write(folder, "one", resting)
    assert printed(folder, "one") == ["shared:cost"]
    assert ("unreviewed", "one.yaml", 12) in found(folder)


def test_own_facts_come_first(folder: Path) -> None:
    write(folder, "one", brief("See [#shared:cost].") + 'facts: [{id: own, claim: It runs., cite: "@talk"}]\n')
    assert printed(folder, "one") == ["own", "shared:cost"]


def test_a_disputed_shared_fact_is_disputed_in_every_brief(folder: Path) -> None:
    write(folder, "one", brief("The run cost 5.6 million dollars [#shared:cost]."))
    assert found(folder) == [("contested-flat", "one.yaml", 6)]


def test_problems_are_at_the_one_entry(folder: Path) -> None:
    write(folder, "facts", FACTS.replace("5.6 million", "a lot of"))
    assert ("bad-amount", "facts.yaml", 5) in found(folder)
    write(folder, "facts", FACTS.replace("@press, p. 2", "@pres, p. 2"))
    assert ("unknown-source", "facts.yaml", 5) in found(folder)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("one", brief("See [#shared:cots]."), ("unknown-fact", "one.yaml", 6)),
        ("one", brief("It works.") + "uses: [cots]\n", ("unknown-fact", "one.yaml", 13)),
        ("one", brief("It works.") + "uses: [shared:cost]\n", ("unknown-fact", "one.yaml", 13)),
        ("one", brief("See [#shared:cost].") + 'facts: [{id: cost, claim: It is., cite: "@talk"}]\n', ("duplicate-id", "one.yaml", 13)),
        ("one", "language: en-US\n" + brief("See [#shared:cost]."), None),
        ("one", "language: de\n" + brief("See [#shared:cost]."), ("shared-fact-language", "one.yaml", 7)),
        ("facts", FACTS + '  - {id: cost, claim: It was dear., cite: "@talk"}\n', ("duplicate-shared-fact", "facts.yaml", 8)),
        ("facts", FACTS + '  - {id: new, claim: It was dear., cite: "@talk"}\n', ("unused-fact", "facts.yaml", 8)),
        ("facts", FACTS.replace("[#cost]", "[#cots]"), ("unknown-fact", "facts.yaml", 7)),
        ("facts", FACTS.replace("claim: What", "clam: What"), ("unknown-key", "facts.yaml", 3)),
        ("facts", FACTS.replace("figures:", "figures: ["), ("bad-yaml", "facts.yaml", 5)),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code_and_place(
    folder: Path, name: str, text: str, expected: tuple[str, str, int] | None
) -> None:
    write(folder, name, text)
    problems = found(folder)
    assert (expected in problems) if expected else problems == []


def test_unused_facts_are_one_problem_with_their_number(folder: Path) -> None:
    more = "".join(f'  - {{id: more-{n}, claim: It was dear., cite: "@talk"}}\n' for n in range(1200))
    write(folder, "facts", FACTS + more)
    unused = [one for one in inspect(Project(folder), ["one", "two"]) if one.code == "unused-fact"]
    assert [one.message for one in unused] == [
        "no brief uses 1,200 of the shared facts: “more-0”, “more-1”, “more-2” and others"
    ]


@pytest.mark.parametrize("text", [None, "facts: ["])
def test_a_missing_or_broken_file_is_one_problem(folder: Path, text: str | None) -> None:
    (folder / "briefs/facts.yaml").unlink()
    if text is not None:
        write(folder, "facts", text)
    write(folder, "one", brief("See [#shared:cost], [#shared:scope] and [#shared:cost]."))
    assert len(found(folder, "one")) == 1


def test_no_file_is_needed_where_no_shared_fact_is_used(folder: Path) -> None:
    (folder / "briefs/facts.yaml").unlink()
    write(folder, "one", brief("It works."))
    assert found(folder, "one") == []


def test_only_facts_that_are_used_change_the_trace(folder: Path) -> None:
    write(folder, "three", brief("It works."))
    before = {slug: trace(folder, slug) for slug in ("one", "two", "three")}

    def changed(old: str, new: str) -> list[str]:
        write(folder, "facts", FACTS.replace(old, new))
        return [slug for slug in before if trace(folder, slug) != before[slug]]

    assert changed("facts:", "# a remark\nfacts:") == []
    assert changed("the last one", "the first one") == ["two"]
    assert changed("is disputed", "is unknown") == ["one", "two"]
    assert changed("- id: cost", "- id: costs") == ["one", "two"]


def test_what_travels_in_a_pdf_holds_the_facts_used_and_no_others(folder: Path) -> None:
    reads = Reads(world_of(Project(folder), None))
    files = material(reads, examine(reads, "one", "briefs/one.yaml"))
    assert b"id: cost" in files["briefs/facts.yaml"]
    assert b"scope" not in files["briefs/facts.yaml"]


def test_a_warning_in_a_shared_fact_is_suppressed_where_it_stands(folder: Path) -> None:
    vague = FACTS + '  - {id: vague, claim: Experts say that it works., cite: "@talk"SILENCE}\n'
    write(folder, "two", brief("It works.") + "uses: [scope, vague]\n")
    write(folder, "facts", vague.replace("SILENCE", ""))
    assert found(folder) == [("vague-attribution", "facts.yaml", 8)]
    write(folder, "facts", vague.replace("SILENCE", ", silence: {vague-attribution: The report names nobody.}"))
    assert found(folder) == []
