"""Examining one brief: everything that is wrong with it, and exactly what it depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine import Reads
from generator.pipeline.check_brief import Examined, examine
from generator.pipeline.publish_brief import world_of
from generator.project import Project

HOUSE = "name: Desk\n"
EXPERTS = (
    "ann: {name: Ann Example, affiliation_note: none given}\nben: {name: Ben Sample, affiliation_note: none given}\n"
)
SOURCES = "references:\n  - {id: talk, type: speech, issued: 2024-05-02}\n  - {id: other, type: book, issued: 2020}\n"
BRIEF = """
title: Does it work?
date: 2024-06-01
experts: [ann]
selection: The one who spoke.
summary: It works [@talk, para. 1].
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, says: It works well., cite: "@talk, para. 1"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "briefs").mkdir()
    for name, text in {"house": HOUSE, "experts": EXPERTS, "sources": SOURCES, "one": BRIEF}.items():
        (tmp_path / f"briefs/{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def examined(folder: Path, more: str = "") -> tuple[Examined, Reads]:
    if more:
        (folder / "briefs/one.yaml").write_text(BRIEF + more, "utf-8")
    reads = Reads(world_of(Project(folder), None))
    return examine(reads, "one", "briefs/one.yaml"), reads


def codes(folder: Path, more: str = "") -> list[str]:
    return [problem.code for problem in examined(folder, more)[0].problems]


def test_a_sound_brief_has_everything_that_a_page_needs(folder: Path) -> None:
    found, _ = examined(folder)
    assert found.problems == ()
    assert found.sound
    assert found.brief is not None
    assert found.preset is not None
    assert found.style is not None


def test_a_link_out_of_the_project_is_no_matter_of_permissions(folder: Path) -> None:
    (folder / "briefs/one.yaml").unlink()
    (folder / "briefs/one.yaml").symlink_to("/etc/hostname")
    (problem,) = examined(folder)[0].problems
    assert (problem.code, problem.hint) == ("unreadable-file", "put the file itself there, or remove this name")


def test_of_shared_files_only_the_entries_used_are_recorded(folder: Path) -> None:
    _, reads = examined(folder)
    entries = {name for kind, name in reads.trace if kind == "entry"}
    assert {"briefs/sources.yaml#talk", "briefs/experts.yaml#ann"} <= entries
    assert not {"briefs/sources.yaml#other", "briefs/experts.yaml#ben"} & entries
    files = {name for kind, name in reads.trace if kind == "file"}
    assert {"briefs/one.yaml", "briefs/house.yaml"} <= files
    assert not {"briefs/sources.yaml", "briefs/experts.yaml"} & files


def test_the_day_is_recorded_only_where_something_can_be_overdue(folder: Path) -> None:
    assert ("value", "today") not in examined(folder)[1].trace
    more = "facts: [{id: cost, claim: It costs., cite: '@talk, para. 1', review_by: 2024-12-31}]\n"
    assert ("value", "today") in examined(folder, more)[1].trace


def test_a_capture_that_is_not_there_is_recorded_so_that_its_coming_counts(folder: Path) -> None:
    found, reads = examined(folder, "key_points: ['She said “it works really well” [@talk, para. 1].']\n")
    assert "quote-unverified" in [problem.code for problem in found.problems]
    assert any(name.startswith("captures/talk") for kind, name in reads.trace if kind == "file")


def test_the_names_of_experts_who_are_not_asked_count_since_one_may_be_the_speaker(folder: Path) -> None:
    _, before = examined(folder)
    named = EXPERTS.replace("Ben Sample", "Ben Other")
    (folder / "briefs/experts.yaml").write_text(named, "utf-8")
    _, renamed = examined(folder)
    changed = {key for key in before.trace if before.trace[key] != renamed.trace[key]}
    assert changed == {("entry", "briefs/experts.yaml#(names)")}


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("citation_style: chicago-note-bibliography\n", "unknown-style", "chicago-notes-bibliography"),
        ("citation_style: broken.csl\n", "bad-style", ""),
        ("preset: breifing\n", "preset-unknown", "briefing"),
    ],
)
def test_styles_and_presets_that_cannot_be_used_are_problems(folder: Path, line: str, code: str, hint: str) -> None:
    (folder / "broken.csl").write_text("<html>not a style", "utf-8")
    (problem,) = examined(folder, line)[0].problems
    assert problem.code == code
    assert hint in problem.hint


def test_damaged_reviews_and_locks_are_reported(folder: Path) -> None:
    (folder / "briefs/captures.lock").write_text("<<<<<<< HEAD\n", "utf-8")
    assert codes(folder) == ["lock-conflict"]


def test_errors_in_shared_files_stand_in_the_way_of_every_brief(folder: Path) -> None:
    (folder / "briefs/sources.yaml").write_text(SOURCES + "  - {id: third, typ: book, titel: A}\n", "utf-8")
    found, reads = examined(folder)
    assert [problem.code for problem in found.problems] == ["unknown-key", "unknown-key"]
    assert not found.sound
    assert ("file", "briefs/sources.yaml") in reads.trace


def test_the_prose_of_the_house_style_is_held_to_the_same_rules(folder: Path) -> None:
    (folder / "briefs/house.yaml").write_text(HOUSE + "method: As they say, “in for a penny” [@nobody].\n", "utf-8")
    assert codes(folder) == ["quote-unverified", "unknown-source"]


def test_a_brief_prints_the_house_style_in_its_own_language(folder: Path) -> None:
    house = HOUSE + "method: {en: Asked [@other]., de: Gefragt [@talk].}\ndisclaimer: Ours.\n"
    (folder / "briefs/house.yaml").write_text(
        house.replace("Asked [@other].", '"Asked [@other]."').replace("Gefragt [@talk].", '"Gefragt [@talk]."'), "utf-8"
    )
    found, reads = examined(folder, "language: de-AT\n")
    assert found.library.house.method is not None
    assert found.library.house.method.plain == "Gefragt."
    assert [(one.code, one.severity.value, one.place.file, one.place.line) for one in found.problems] == [
        ("house-language", "warning", "briefs/house.yaml", 3)
    ]
    assert not any("other" in str(key) for kind, key in reads.trace if kind == "entry")


def test_an_unreadable_brief_is_none_with_its_problems(folder: Path) -> None:
    (folder / "briefs/one.yaml").write_text("a: [", "utf-8")
    found, _ = examined(folder)
    assert found.brief is None
    assert [problem.code for problem in found.problems] == ["bad-yaml"]


@pytest.mark.parametrize(
    ("house", "brief", "file", "line"),
    [
        ("", "citation_style: vancouver\n", "briefs/one.yaml", 13),
        ("citation_style: vancouver\n", "", "briefs/house.yaml", 2),
        ("", "preset: no-such\n", "briefs/one.yaml", 13),
        ("preset: no-such\n", "", "briefs/house.yaml", 2),
    ],
)
def test_an_unknown_style_or_preset_is_reported_where_it_is_named(
    folder: Path, house: str, brief: str, file: str, line: int
) -> None:
    (folder / "briefs/house.yaml").write_text(HOUSE + house, "utf-8")
    (problem,) = examined(folder, brief)[0].problems
    assert (problem.place.file, problem.place.line) == (file, line)
    assert problem.place.column == len((house or brief).partition(" ")[0]) + 2


def test_vancouver_suggests_the_styles_that_there_are(folder: Path) -> None:
    (problem,) = examined(folder, "citation_style: vancouver\n")[0].problems
    assert problem.hint.startswith("did you mean 'vancouver-nlm', 'vancouver-")


def test_a_misspelt_design_in_a_choice_is_shown_where_it_is_written(folder: Path) -> None:
    event = 'timeline:\n  - {date: 2020, event: It begins., cite: "@talk", in: [briefing, in-focs]}\n'
    (problem,) = examined(folder, event)[0].problems
    line = len(BRIEF.splitlines()) + 2
    assert (problem.code, problem.place.line, problem.place.column) == ("preset-unknown", line, 67)
    assert "in-focus" in problem.hint


def test_prose_that_is_printed_refers_to_no_fact_that_is_left_out(folder: Path) -> None:
    more = 'preset: in-focus\nlimits: It is old [#old].\nfacts:\n  - {id: old, claim: It is old., cite: "@talk", in: [note]}\n'
    (problem,) = examined(folder, more)[0].problems
    assert (problem.code, problem.place.line) == ("fact-not-printed", len(BRIEF.splitlines()) + 2)
    assert codes(folder, more.replace("in-focus", "note")) == []
    assert (
        codes(
            folder,
            more.replace(
                "limits: It is old [#old].", "voices: [{id: v, who: ben, says: 'Old [#old].', cite: '@talk'}]"
            ),
        )
        == []
    )
