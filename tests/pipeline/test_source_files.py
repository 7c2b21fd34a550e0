"""Further files of sources: what is read of them, what depends on them, and what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.engine import Reads
from generator.engine.cache import Cache
from generator.engine.trace import World
from generator.pipeline.brief_inputs import material
from generator.pipeline.check_brief import examine
from generator.pipeline.inputs import source_files
from generator.pipeline.inputs.load_project import load, misnamed
from generator.pipeline.inputs.source_files import damage, project_indexes
from generator.pipeline.inspect_project import inspect
from generator.pipeline.publish_brief import world_of
from generator.problems import Problem
from generator.project import Project
from generator.read import entries
from generator.read.entries import read_text

BRIEF = """
title: Does it work?
date: 2024-06-01
experts: [ann]
selection: The one who spoke.
summary: It works [@talk, para. 1], says a study [@study].
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, says: It works well., cite: "@talk, para. 1"}
"""
SIMPLE = """\
# from a reference manager
references:
  - id: study   # kept
    type: book
    title: A study
    issued: "2020"

  # the next one
  - id: "other: one"
    type: book
    title: |
      Another
"""
BROKEN = "  - id: bad\n    type: boook\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "house": "name: Desk\n",
        "experts": "ann: {name: Ann Example, affiliation_note: none given}\n",
        "sources": "references:\n  - {id: talk, type: speech, issued: 2024-05-02}\n",
        "one": BRIEF,
        "sources/library": SIMPLE,
    }
    (tmp_path / "briefs/sources").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / f"briefs/{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def write(folder: Path, text: str, name: str = "library") -> None:
    (folder / f"briefs/sources/{name}.yaml").write_text(text, "utf-8")


def found(folder: Path) -> list[tuple[str, str, int]]:
    return [(one.code, one.place.file, one.place.line) for one in inspect(Project(folder), ["one"])]


def trace(folder: Path) -> dict[tuple[str, str], str]:
    reads = Reads(world_of(Project(folder), None))
    examine(reads, "one", "briefs/one.yaml")
    return dict(reads.trace)


def test_cited_sources_are_found_in_every_file(folder: Path) -> None:
    assert found(folder) == [("unused-source", "briefs/sources/library.yaml", 9)]
    assert set(load(folder).library.sources) == {"talk", "study"}


def test_only_cited_entries_change_the_trace(folder: Path) -> None:
    before = trace(folder)
    write(folder, SIMPLE.replace("Another", "Else"))
    assert trace(folder) == before
    write(folder, SIMPLE.replace("A study", "The study"))
    assert trace(folder) != before


def test_a_file_that_comes_or_goes_changes_the_trace(folder: Path) -> None:
    before = trace(folder)
    write(folder, "references: []\n", "more")
    assert trace(folder) != before


@pytest.mark.parametrize("text", ["- {id: study, type: book}\n", "- type: book\n  id: study\n", SIMPLE])
def test_a_key_in_two_files_is_a_problem(folder: Path, text: str) -> None:
    write(folder, text if "references" in text else f"references:\n{text}", "more")
    problems = [one for one in inspect(Project(folder), ["one"]) if one.code == "duplicate-source"]
    assert problems
    assert "'study' is already in briefs/sources/library.yaml:3" in problems[0].message


def test_a_key_twice_in_one_file_is_a_problem(folder: Path) -> None:
    write(folder, SIMPLE + "  - id: study\n    type: report\n")
    assert ("duplicate-source", "briefs/sources/library.yaml", 13) in found(folder)


def test_a_cited_entry_that_is_wrong_stops_the_brief(folder: Path) -> None:
    write(folder, SIMPLE.replace("type: book\n    title: A", "type: boook\n    title: A"))
    examined = examine(Reads(world_of(Project(folder), None)), "one", "briefs/one.yaml")
    assert [(one.code, one.place.line, one.place.column) for one in examined.problems] == [("bad-value", 4, 11)]


def test_an_entry_that_is_wrong_and_not_cited_is_a_problem_of_the_project(folder: Path) -> None:
    write(folder, SIMPLE + BROKEN)
    assert ("bad-value", "briefs/sources/library.yaml", 14) in found(folder)
    assert ("bad-value", "briefs/sources/library.yaml", 14) in found(folder)
    write(folder, SIMPLE)
    assert found(folder) == [("unused-source", "briefs/sources/library.yaml", 9)]


def test_entries_are_parsed_again_only_in_groups_with_a_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_files, "_GROUP", 1)
    cache = folder / "cache"

    def parsed() -> str:
        read: list[str] = []

        def reading(entries: str, *place: Any) -> Any:
            read.append(entries)
            return read_text(entries, *place)

        monkeypatch.setattr(source_files, "read_text", reading)
        list(damage(project_indexes(Project(folder))[0], Reads(World(cache=str(cache)))))
        return "".join(read)

    assert "id: study" in parsed()
    assert parsed() == ""
    write(folder, "# moved down\n" + SIMPLE.replace("Another", "Else"))
    assert re.findall("- id: (.*)", parsed()) == ['"other: one"']


@pytest.mark.parametrize("forged", [b"", b"{", b"{}", b"[1]", b'["nobody"]', b"[" * 100_000])
def test_a_forged_answer_of_the_cache_is_replaced(folder: Path, forged: bytes) -> None:
    write(folder, SIMPLE + BROKEN)
    cache = folder / "cache"

    def places() -> list[int]:
        indexes = project_indexes(Project(folder))[0]
        return [one.place.line for one in damage(indexes, Reads(World(cache=str(cache))))]

    assert places() == [14]
    for path in (path for path in cache.rglob("*") if path.is_file()):
        Cache.at(str(cache)).put(path.parent.name + path.name, forged)
    assert places() == [14]
    write(folder, "# moved down\n" + SIMPLE + BROKEN)
    assert places() == [15]


def test_all_cited_sources_travel_as_one_file(folder: Path) -> None:
    reads = Reads(world_of(Project(folder), None))
    examined = examine(reads, "one", "briefs/one.yaml")
    sources = material(reads, examined)["briefs/sources.yaml"].decode()
    assert sources == (
        "references:\n  - id: study   # kept\n    type: book\n    title: A study\n"
        '    issued: "2020"\n\n  - {id: talk, type: speech, issued: 2024-05-02}\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        SIMPLE.replace("\n", "\r\n"),
        "\ufeff---\n" + SIMPLE + "...\n",
        SIMPLE.replace("\n  ", "\n"),
        "references:\n  - type: book\n    id: study\n    title: A study\n    issued: '2020'\n",
        "references: [{id: study, type: book, title: A study, issued: '2020'}]\n",
        SIMPLE.replace("id: study   # kept", "id: >-\n      study"),
        SIMPLE.replace("id: study   # kept", "id: 'study'"),
    ],
)
def test_every_form_of_yaml_is_read(folder: Path, text: str) -> None:
    (folder / "briefs/sources/library.yaml").write_bytes(text.encode())
    source = load(folder).library.sources["study"]
    assert (source.title, source.issued and source.issued.year) == ("A study", 2020)


@pytest.mark.parametrize(
    "text",
    [
        'references:\n  - id: study\n    type: book\n    title: "A\n  - id: talk2\n    note: study"\n',
        "references:\n  - id: study\n    type: book\n    note: &a x\n  - id: more\n    type: book\n    note: *a\n",
        "references:\n  - id: study\n    type: book\n  - id: other\n    type: book\n   title: x\n",
    ],
)
def test_entries_that_hang_together_are_never_misread(folder: Path, text: str) -> None:
    write(folder, text)
    assert any(problem.is_error for problem in inspect(Project(folder), ["one"]))


def test_a_file_that_is_not_yaml_or_not_text(folder: Path) -> None:
    (folder / "briefs/sources/library.yaml").write_bytes(b"references:\n  - id: \xff\n")
    assert ("not-utf8", "briefs/sources/library.yaml", 2) in found(folder)
    (folder / "briefs/sources/library.yaml").unlink()
    (folder / "briefs/sources/library.yaml").mkdir()
    assert ("unreadable-file", "briefs/sources/library.yaml", 1) in found(folder)


def test_a_file_that_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MAX_BYTES", 20)
    entries.index_sources.cache_clear()
    assert ("library-too-large", "briefs/sources/library.yaml", 1) in found(folder)
    entries.index_sources.cache_clear()


def test_files_with_another_ending_are_told(folder: Path) -> None:
    (folder / "briefs/sources/more.yml").touch()
    problems: list[Problem] = list(misnamed(Project(folder)))
    assert [one.code for one in problems] == ["bad-slug"]
    assert problems[0].hint == "rename it to more.yaml"


def test_sources_that_nobody_cites_are_one_problem(folder: Path) -> None:
    write(folder, SIMPLE + "".join(f"  - id: x{number}\n    type: book\n" for number in range(4)))
    (unused,) = inspect(Project(folder), ["one"])
    assert unused.message == "no brief cites 5 of the sources: “@other: one”, “@x0”, “@x1” and others"


def test_a_misspelt_key_is_answered_with_one_of_any_file(folder: Path) -> None:
    (folder / "briefs/one.yaml").write_text(BRIEF.replace("@study", "@studdy"), "utf-8")
    (problem,) = (one for one in inspect(Project(folder), ["one"]) if one.code == "unknown-source")
    assert problem.hint == "did you mean 'study'?"
