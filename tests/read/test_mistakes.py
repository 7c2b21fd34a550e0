"""Mistakes that concern a whole file, or that much else follows from: the root cause is the one problem."""

# ruff: noqa: E501 - one mistake, one line
from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import Brief
from generator.problems import Code, Location, Problem, Severity
from generator.problems.problem import Unread, without_derived
from tests.read.mistaken import BRIEF, FILES, checked, mistaken


def said(problems: list[Problem]) -> list[str]:
    return [
        f"{one.place.file.removeprefix('briefs/')}:{one.place.line}:{one.place.column} {one.code}" for one in problems
    ]


def test_the_project_is_in_order(tmp_path: Path) -> None:
    assert checked(tmp_path, "brief", BRIEF.encode()) == []


@pytest.mark.parametrize("file", ["experts", "sources", "house"])
def test_a_missing_file_is_one_problem(tmp_path: Path, file: str) -> None:
    assert said(checked(tmp_path, file, None)) == [f"{file}.yaml:1:1 unreadable-file"]


WHOLE = [
    ("experts", "ann: [\n", ["experts.yaml:1:6 bad-yaml"]),
    ("experts", "- ann\n", ["experts.yaml:1:1 wrong-type"]),
    ("experts", "- id: ann\n  name: Ann Example\n", ["experts.yaml:1:1 wrong-type"]),
    ("experts", "id;name\nann;Ann Example\n", ["experts.yaml:1:1 wrong-type"]),
    ("experts", "../other/experts.yaml", ["experts.yaml:1:1 wrong-type"]),
    ("experts", "experts:\n  ann:\n    name: Ann Example\n", ["experts.yaml:1:1 unknown-key"]),
    ("experts", "", ["experts.yaml:1:1 empty-file"]),
    ("experts", FILES["experts"].replace("ben:\n", "ann:\n"), ["experts.yaml:6:1 duplicate-key"]),
    ("experts", FILES["experts"].replace("ann:\n", "Ann:\n"), ["experts.yaml:1:1 bad-value"]),
    ("sources", "references: foo\n", ["sources.yaml:1:13 wrong-type"]),
    ("sources", "- id: talk\n", ["sources.yaml:1:1 wrong-type"]),
    ("sources", "id,type\ntalk,speech\n", ["sources.yaml:1:1 wrong-type"]),
    ("sources", "@book{talk,\n title = {A talk}\n}\n", ["sources.yaml:1:1 other-kind-of-file"]),
    ("sources", "TY  - BOOK\nTI  - A talk\nER  - \n", ["sources.yaml:1:1 other-kind-of-file"]),
    ("sources", FILES["sources"].replace("  - id: talk", "  - title: talk"), ["sources.yaml:4:5 duplicate-key", "sources.yaml:2:5 missing-field"]),
    ("house", "name: [\n", ["house.yaml:1:7 bad-yaml"]),
    ("brief", "", ["sample.yaml:1:1 empty-file"]),
    ("brief", "PK\x03\x04...", ["sample.yaml:1:1 other-kind-of-file"]),
    ("brief", "version https://git-lfs.github.com/spec/v1\noid sha256:ab\n", ["sample.yaml:1:1 other-kind-of-file"]),
    ("brief", f"---\n{BRIEF}", []),
    ("brief", f"---\n{BRIEF}---\n# nothing follows\n", []),
    ("brief", f"---\n{BRIEF}---\n\nThe text of the brief.\n", ["sample.yaml:42:1 bad-yaml"]),
    ("brief", BRIEF.replace("\n", "\r\n"), []),
    ("brief", BRIEF.replace("\n", "\r").replace("claim", "clam"), ["sample.yaml:12:5 unknown-key"]),
    ("brief", BRIEF.replace("      ann:", "      - ann:").replace("      ben:", "      - ben:"), ["sample.yaml:24:7 wrong-type"]),
    ("brief", BRIEF.replace("They backfire", "No").replace("They work", "Yes").replace("stance: Mixed", "stance: No"), ["sample.yaml:22:13 yaml-surprise"]),
    ("brief", BRIEF.replace("The sources are few.", "Line\u2028break"), ["sample.yaml:38:7 invisible-character"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "expected"), WHOLE)
def test_what_follows_from_a_mistake_is_not_reported(tmp_path: Path, file: str, text: str, expected: list[str]) -> None:
    assert sorted(said(checked(tmp_path, file, text.encode()))) == sorted(expected)


@pytest.mark.parametrize(
    ("encoding", "line", "column", "says"),
    [
        ("utf-16", 1, 1, "UTF-16"),
        ("utf-16-le", 1, 1, "UTF-16"),
        ("utf-16-be", 1, 1, "UTF-16"),
        ("utf-32", 1, 1, "UTF-16 or UTF-32"),
        ("windows-1252", 8, 15, "byte 0xfc is not UTF-8; in Windows-1252 it is “ü”"),
    ],
)
def test_another_encoding_is_told_with_its_place(
    tmp_path: Path, encoding: str, line: int, column: int, says: str
) -> None:
    text = BRIEF.replace("key_points:\n  -", "silence: {x: f\u00fcr}\nkey_points:\n  -").encode(encoding)
    (problem,) = checked(tmp_path, "brief", text)
    assert problem.code == "not-utf8"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert says in problem.message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert checked(tmp_path, "brief", BRIEF.encode("utf-8-sig")) == []


@pytest.mark.parametrize("number", ["1.10", "2024-01-01", "007", "1e5x", "2025"])
def test_text_that_looks_like_a_number_is_kept_as_it_is(tmp_path: Path, number: str) -> None:
    problems = mistaken(tmp_path, "brief", "number: 2025-01", f"number: {number}")
    assert [one.code for one in problems] == (["yaml-surprise"] if number == "007" else [])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("facts: [\n", "facts.yaml:1:8 bad-yaml"),
        ("facts: cost\n", "facts.yaml:1:8 wrong-type"),
        ("facts:\n  - {id: Costs, claim: It was cheap., cite: '@talk'}\n", "facts.yaml:2:10 bad-value"),
        ("facts:\n  - {claim: It was cheap., cite: '@talk'}\n", "facts.yaml:2:5 missing-field"),
    ],
)
def test_shared_facts_that_cannot_be_read_are_not_unknown(tmp_path: Path, facts: str, expected: str) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/facts.yaml").write_text(facts)
    text = BRIEF.replace("rests_on: [cost]", "rests_on: [cost, 'shared:costs']")
    assert said(checked(tmp_path, "brief", text.encode())) == [expected]


def test_independent_mistakes_are_all_reported(tmp_path: Path) -> None:
    text = (
        BRIEF.replace("@press", "@pres")
        .replace("says:", "say:")
        .replace("amount: 5.6", "amount: x")
        .replace("[cost]", "[coast]")
    )
    found = said(checked(tmp_path, "brief", text.encode()))
    assert found == [
        "sample.yaml:15:17 bad-amount",
        "sample.yaml:26:9 unknown-key",
        "sample.yaml:28:20 unknown-fact",
        "sample.yaml:36:12 unknown-source",
    ]


def test_an_unknown_key_in_a_gap_is_shown_at_the_key(tmp_path: Path) -> None:
    text = BRIEF.replace("        gap: no-position-found\n", "        gap: no-position-found\n        quote: Yes.\n")
    (problem,) = checked(tmp_path, "brief", text.encode())
    assert (problem.code, problem.place.line, problem.place.column) == ("unknown-key", 31, 9)


def test_a_figure_without_its_amount_hides_no_other_mistake_in_it(tmp_path: Path) -> None:
    text = BRIEF.replace("      - amount: 5.6 million\n        unit: USD\n", "      - unit: '*USD*'\n")
    found = said(checked(tmp_path, "brief", text.encode()))
    assert found == ["sample.yaml:15:9 missing-field", "sample.yaml:15:16 markup-in-line"]


def test_something_else_in_the_record_does_not_hide_a_missing_citation(tmp_path: Path) -> None:
    text = BRIEF.replace('        cite: "@talk, para. 5"\n', "").replace(
        "        says:", "        venue: [x]\n        says:"
    )
    assert said(checked(tmp_path, "brief", text.encode())) == [
        "sample.yaml:25:9 uncited",
        "sample.yaml:26:16 wrong-type",
    ]


def test_no_problem_hides_all_errors() -> None:
    """Whatever a code says it rests on, a brief with an error is never reported to be in order."""
    code = Code("wrong", Severity.ERROR, rests_on=("a.b",))
    problem = code.at(Location("briefs/x.yaml", 2, 1), "wrong")
    assert without_derived([problem], [Unread("a", "briefs/x.yaml")]) == (problem,)


def test_what_codes_rest_on_are_fields_that_there_are() -> None:
    from generator.console.codes import codes
    from generator.read.schemas import json_schema

    names = {"experts", "sources", "house", "facts", "*", "", "."}
    for kind in ("brief", "experts", "sources", "house"):
        schema = json_schema(kind)
        names |= {name for part in (schema, *schema["$defs"].values()) for name in part.get("properties", {})}
    for code in codes():
        for part in code.rests_on:
            assert set(part.removeprefix("/").split(".")) <= names, (code.name, part)


def test_briefs_are_read_with_what_could_not_be_read(tmp_path: Path) -> None:
    from generator.pipeline.inputs.load_project import load

    checked(tmp_path, "brief", BRIEF.replace("amount: 5.6 million", "amount: much").encode())
    (brief,) = load(tmp_path).briefs
    assert isinstance(brief, Brief)
    assert {one.part for one in brief.unread} == {"facts.figures.amount", "figures.amount", "amount", "."}
