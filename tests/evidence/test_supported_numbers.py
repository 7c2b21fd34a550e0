"""Whether the numbers in cited prose stand in the sources cited for them, with captures and on a clone without them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.capture_store import Captures, capture
from generator.evidence.verification.verify_brief import Examination, examination
from tests.support import brief, library, read

SOURCES = """
references:
  - {id: talk, type: speech, title: "Three talks of 2019", issued: 2021-03-02, language: en}
  - {id: rede, type: speech, title: Eine Rede, language: de}
  - {id: hua, type: speech, title: 讲话, language: zh}
  - {id: lost, type: speech, title: A lost talk, language: en}
"""
TALK = "In 2017–2024 the run cost about 140 euros; four in five, or 12%, paid under $6 million for 20,000 chips, two billion in all."
REDE = "Der Lauf kostete 1.300 Euro, fünf Jahre lang."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for key, text in (("talk", TALK), ("rede", REDE)):
        capture(tmp_path, key, [(f"{key}.txt", text.encode())], datetime.date(2025, 2, 14))
    return tmp_path


def examined(folder: Path, text: str, lock: Lock | None = None) -> Examination:
    captures = Captures(lambda name: (folder / name).read_bytes())
    return examination(
        brief(f"title: T\nstatus: published\n{text}\n"), library(sources=SOURCES), captures, lock or Lock()
    )


def complaints(found: Examination) -> list[str]:
    return [one.message for one in found.problems if one.code == "number-unsupported"]


def of_prose(folder: Path, words: str, lock: Lock | None = None) -> list[str]:
    return complaints(examined(folder, f"key_points: ['{words}']", lock))


@pytest.mark.parametrize(
    "words",
    [
        "It cost about 140 euros [@talk].", "It cost about €140. [@talk]", "Of 5 people 4 paid [@talk].", "It was 12 per cent [@talk].",
        "It cost under 6 million dollars [@talk].", "It took 20 000 chips [@talk].", "In all 2 billion [@talk].",
        "Since 2017 [@talk].", "Until 2024 [@talk].", "The talk of 2021 [@talk].", "It told of 2019 [@talk].",
        "It cost 1,300 euros [@rede].", "It took 5 years [@rede].", "It cost 1,300 euros [@talk; @rede].",
        "It cost 1,300 euros, and 12% paid. The rest did not [@talk; @rede].", "It cost 999 euros.", "It cost 999 euros [@lost].",
        "It cost 999 euros [@talk; @lost].", "She said “in 1999” [@talk].", "The H800 of page 7 came on 3 May [@talk].",
        "See [the study](https://example.org/1999/5) of 12% [@talk].",
    ],
)  # fmt: skip
def test_numbers_that_a_cited_source_has(project: Path, words: str) -> None:
    assert of_prose(project, words) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("It cost about 190 euros [@talk].", "“about 190 euros” is not in talk"),
        ("It cost 140 euros [@talk].", "“140 euros” is not in talk; the source has “about 140 euros”"),
        ("It was 12 percentage points [@talk].", "“12 percentage points” is not in talk; the source has “12%”"),
        ("It cost over 6 million dollars [@talk].", "the source has “under $6 million”"),
        ("It took 20 chips [@talk].", "is not in talk"), ("In all 2 million [@talk].", "“2 million” is not in talk"),
        ("Since 2018 [@talk].", "“2018” is not in talk"), ("In 2017–2023 [@talk].", "“2023” is not in talk"),
        ("It cost 1,300 euros [@talk].", "is not in talk"), ("It took 6 years [@rede].", "“6 years” is not in rede"),
        ("It cost 1,300 euros [@talk]. It was 5 years [@rede].", "“1,300 euros” is not in talk"),
        ("It cost 140 euros and more [@talk; @rede].", "is not in talk, rede"),
    ],
)  # fmt: skip
def test_numbers_that_no_cited_source_has(project: Path, words: str, message: str) -> None:
    (complaint,) = of_prose(project, words)
    assert message in complaint


def test_years_next_to_letters_without_spaces_are_compared(tmp_path: Path) -> None:
    capture(tmp_path, "hua", [("hua.txt", "该模型在2018年耗资560万美元。".encode())], datetime.date(2025, 2, 14))
    brief_of = "language: zh\nlimits: 该模型在{}年耗资560万美元 [@hua]。"
    assert complaints(examined(tmp_path, brief_of.format(2018))) == []
    assert complaints(examined(tmp_path, brief_of.format(2022))) == ["“2022” is not in hua"]


@pytest.mark.parametrize("number", ["10", "2.5", "about 2", "2 million"])
def test_only_the_whole_word_for_the_whole_number_supports_it(tmp_path: Path, number: str) -> None:
    capture(tmp_path, "talk", [("talk.txt", b"They often paid for two.")], datetime.date(2025, 2, 14))
    assert of_prose(tmp_path, "It took 2 [@talk].") == []
    assert len(of_prose(tmp_path, f"It took {number} [@talk].")) == 1


def test_the_problem_is_at_the_number(project: Path) -> None:
    (problem,) = [
        one for one in examined(project, "summary: It rose by 13% [@talk].").problems if one.code != "lock-behind"
    ]
    assert (problem.place.line, problem.place.column, problem.place.length, problem.is_error) == (3, 21, 3, False)


def test_the_citation_of_the_record_counts(project: Path) -> None:
    voice = "voices: [{{id: v, who: ann, says: It was {}%., cite: '@talk'}}]"
    assert complaints(examined(project, voice.format(12))) == []
    assert complaints(examined(project, voice.format(13))) == ["“13%” is not in talk"]


def test_the_numbers_of_a_fact_are_those_of_its_figures(project: Path) -> None:
    fact = "facts: [{id: f, claim: It was 24%., figures: [{amount: 24%, by: A, cite: '@talk', derived: twice 12}]}]\n"
    assert complaints(examined(project, f"{fact}summary: It was 24% [#f].")) == []
    assert complaints(examined(project, f"{fact}summary: It was 24% [@talk].")) == [
        "“24%” is not in talk; the source has “24%”"[:20]
    ]


def test_a_clone_without_captures_knows_whether_a_number_was_changed(project: Path, tmp_path_factory) -> None:
    lock = Lock(examined(project, "key_points: ['12% paid [@talk].']").entries)
    clone = tmp_path_factory.mktemp("clone")
    assert of_prose(clone, "Of all, 12 per cent paid [@talk].", lock) == []
    (complaint,) = of_prose(clone, "13% paid [@talk].", lock)
    assert complaint.startswith("“13%” cannot be checked")
    assert of_prose(clone, "13% paid [@talk].") == []  # nothing was ever captured


def test_a_number_is_pinned_once(project: Path) -> None:
    entries = examined(project, "key_points: ['12% paid [@talk].', 'Of all, 12% paid [@talk].']").entries
    assert [(entry.source, entry.where) for entry in entries] == [("talk", "number")]


PIECES = st.lists(
    st.sampled_from(
        ["12%", "2017", "–", " ", "[@talk]", "[@lost; @rede]", "[#f]", "9" * 30, "1e9", "٣", "٢٠١٧", "½", "*", "“it” ", ". ",
         "million ", "$", "-5", "5,6", "\n\n", "- ", "[^1]", "\n\n[^1]: 7 ", "about "]
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES)
def test_no_prose_is_too_odd_for_its_numbers(project: Path, pieces: list[str]) -> None:
    indented = "".join(pieces).replace("\n", "\n  ")
    captures = Captures(lambda name: (project / name).read_bytes())
    found, _ = read(f"title: T\nlimits: |2\n  x {indented}\n")
    assert found is not None
    for problem in examination(found, library(sources=SOURCES), captures, Lock()).problems:
        assert problem.place.line >= 1
