"""Whether amounts stand in their sources, with captures and on a clone without them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.capture_store import Captures, capture
from generator.evidence.verification.verify_brief import Examination, examination
from tests.support import brief, library

SOURCES = """
references:
  - {id: talk, type: speech, title: A talk, language: en}
  - {id: rede, type: speech, title: Eine Rede, language: de}
  - {id: hua, type: speech, title: 讲话, language: zh}
"""
TALK = "The run cost $5.6 million, under 6 million in all; others say between 10 and 12 per cent, or about 300 firms."
REDE = "Der Lauf kostete 1.300 Euro und 5,6 Millionen Dollar."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for key, text in (("talk", TALK), ("rede", REDE), ("hua", "该模型耗资约560万美元。")):
        capture(tmp_path, key, [(f"{key}.txt", text.encode())], datetime.date(2025, 2, 14))
    return tmp_path


def examined(folder: Path, figure: str, lock: Lock | None = None, status: str = "published") -> Examination:
    text = f"title: T\nstatus: {status}\nfacts: [{{id: f, claim: C., figures: [{{by: A, {figure}}}]}}]\n"
    captures = Captures(lambda name: (folder / name).read_bytes())
    return examination(brief(text), library(sources=SOURCES), captures, lock or Lock())


def with_source(folder: Path, text: str) -> Path:
    capture(folder, "talk", [("talk.txt", text.encode())], datetime.date(2025, 2, 14))
    return folder


def codes(found: Examination) -> list[str]:
    return [one.code for one in found.problems if one.code != "lock-behind"]


TRUE = [
    "amount: 5.6 million, unit: USD, cite: '@talk'",
    "amount: about 5.6 million, unit: USD, cite: '@talk'",
    "amount: under 6 million, unit: USD, cite: '@talk'",
    "amount: 10–12%, cite: '@talk'",
    "amount: about 300, unit: firms, cite: '@talk'",
    "amount: 1300, unit: EUR, cite: '@rede'",
    "amount: 5.6 million, unit: USD, cite: '@hua'",
    "amount: 1300, unit: EUR, cite: '@talk; @rede'",
]
FALSE = [
    "amount: 6.5 million, unit: USD, cite: '@talk'",
    "amount: 5.6 billion, unit: USD, cite: '@talk'",
    "amount: 5.6 million, unit: EUR, cite: '@talk'",
    "amount: 6 million, unit: USD, cite: '@talk'",
    "amount: over 6 million, unit: USD, cite: '@talk'",
    "amount: 10%, cite: '@talk'",
    "amount: 300, unit: firms, cite: '@talk'",
    "amount: 1.3, unit: EUR, cite: '@rede'",
    "amount: 1300, unit: EUR, cite: '@talk'",
]


@pytest.mark.parametrize("figure", TRUE)
def test_an_amount_of_the_source_is_supported(project: Path, figure: str) -> None:
    assert codes(examined(project, figure)) == []


@pytest.mark.parametrize("figure", FALSE)
@pytest.mark.parametrize(("status", "severity"), [("published", "error"), ("draft", "warning")])
def test_any_other_amount_is_not(project: Path, figure: str, status: str, severity: str) -> None:
    (problem,) = examined(project, figure, status=status).problems
    assert (problem.code, problem.severity) == ("amount-unsupported", severity)


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("It lost -$5 million.", "amount: 5 million, unit: USD"), ("-$5 million.", "amount: 5 million, unit: USD"),
        ("It was minus 5 degrees.", "amount: 5, unit: degrees"),
        ("It is 5 km away.", "amount: 5, unit: m"), ("It made 5 MW.", "amount: 5, unit: MWh"),
        ("It fell by 5 percentage points.", "amount: 5, unit: '%'"), ("It fell by 5 per mille.", "amount: 5, unit: '%'"),
        ("It fell by 5 basis points.", "amount: 5, unit: '%'"), ("It grew by 5 1/2 percent.", "amount: 5"),
        ("It grew by 5 ½ percent.", "amount: 5"), ("It grew by 5\xa01⁄2 percent.", "amount: 2, unit: '%'"),
        ("It took 5 and a half years.", "amount: 5"), ("It took 5 and one-half years.", "amount: 5"),
        ("Tomó 5 y media horas.", "amount: 5"), ("It took 1 / 2 years.", "amount: 2, unit: years"),
        ("It took 4 to 5-1/2 years.", "amount: 4–5"), ("It made 5 tonnes of steel.", "amount: 5, unit: kg"),
        ("It made 5 kilograms.", "amount: 5, unit: metric tons of steel"), ("It took 5 days.", "amount: 5, unit: weeks"),
        ("It is 5 miles away.", "amount: 5, unit: km"),
    ],
)  # fmt: skip
def test_another_sign_or_unit_of_measure_is_another_amount(tmp_path: Path, written: str, figure: str) -> None:
    assert codes(examined(with_source(tmp_path, written), f"{figure}, cite: '@talk'")) == ["amount-unsupported"]


@pytest.mark.parametrize(
    ("written", "figure", "ending"),
    [
        ("It took about 5 days.", "amount: 5, unit: days", "is not in talk; the source has “about 5 days”"),
        ("It made 5 tonnes, and 6 elsewhere.", "amount: 5, unit: kg", "is not in talk; the source has “5 tonnes”"),
        ("It took 6 days.", "amount: 5, unit: days", "is not in talk"),
    ],
)
def test_the_message_shows_the_same_number_with_other_words(
    tmp_path: Path, written: str, figure: str, ending: str
) -> None:
    problem = examined(with_source(tmp_path, written), f"{figure}, cite: '@talk'").problems[0]
    assert problem.message.endswith(ending)


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("It is 5 km away.", "amount: 5, unit: km"), ("It is 5 km away.", "amount: 5, unit: kilometres"),
        ("It made 5 metric tons.", "amount: 5, unit: tonnes of steel"), ("It was 5 degrees.", "amount: 5, unit: °C"),
        ("It counted 5 buses.", "amount: 5, unit: vehicles"), ("They paid 5 on 1/2/2024.", "amount: 5"),
        ("In 5 years 3/4 left.", "amount: 5, unit: years"),
        ("It cost them $5 million.", "amount: 5 million, unit: USD"), ("It fell by 5 basis points.", "amount: 5, unit: basis points"),
    ],
)  # fmt: skip
def test_the_same_unit_in_other_words_is_the_same_amount(tmp_path: Path, written: str, figure: str) -> None:
    assert codes(examined(with_source(tmp_path, written), f"{figure}, cite: '@talk'")) == []


def test_units_of_another_language_are_compared(tmp_path: Path) -> None:
    capture(tmp_path, "rede", [("rede.txt", b"Es wog 5 Tonnen.")], datetime.date(2025, 2, 14))
    assert codes(examined(tmp_path, "amount: 5, unit: tonnes, cite: '@rede'")) == []
    assert codes(examined(tmp_path, "amount: 5, unit: kilograms, cite: '@rede'")) == ["amount-unsupported"]


def test_what_was_computed_says_how(project: Path) -> None:
    assert (
        codes(examined(project, "amount: 11.2 million, unit: USD, cite: '@talk', derived: twice the cost of a run"))
        == []
    )


def test_a_clone_without_captures_knows_whether_an_amount_was_changed(project: Path, tmp_path_factory) -> None:
    lock = Lock(examined(project, TRUE[0]).entries)
    clone = tmp_path_factory.mktemp("clone")
    assert examined(clone, TRUE[0], lock).problems == ()
    assert codes(examined(clone, FALSE[0], lock)) == ["amount-unsupported"]
    assert codes(examined(clone, TRUE[0])) == []  # nothing was ever captured
    assert examined(project, TRUE[0], lock).problems == ()


def test_the_lock_may_pin_an_amount_to_a_source_that_is_cited_second(project: Path, tmp_path_factory) -> None:
    figure = "amount: 1300, unit: EUR, cite: '@talk; @rede'"
    lock = Lock((*examined(project, figure).entries, *examined(project, TRUE[0]).entries))
    clone = tmp_path_factory.mktemp("clone")
    assert examined(clone, figure, lock).problems == ()
    changed = figure.replace("1300", "1400")
    (problem,) = examined(clone, changed, lock).problems
    assert problem.message.startswith(
        "“1400” cannot be checked: the lock does not contain it, and there is no capture of talk"
    )


def test_a_captured_source_without_an_entry_is_read_in_the_language_of_the_brief(project: Path) -> None:
    capture(project, "ghost", [("ghost.txt", b"The run cost 5.6 million dollars.")], datetime.date(2025, 2, 14))
    assert codes(examined(project, "amount: 5.6 million, unit: USD, cite: '@ghost'")) == []


def test_a_source_that_states_no_language_is_read_in_that_of_the_brief(project: Path) -> None:
    figure = "{by: A, amount: 1.300, unit: EUR, cite: '@rede'}"
    text = f"title: T\nlanguage: de\nstatus: published\nfacts: [{{id: f, claim: C., figures: [{figure}]}}]"
    sources = "references:\n  - {id: rede, type: speech, title: Eine Rede}\n"
    captures = Captures(lambda name: (project / name).read_bytes())
    assert codes(examination(brief(text), library(sources=sources), captures, Lock())) == []
