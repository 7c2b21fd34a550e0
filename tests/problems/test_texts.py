"""The texts of codes: one for each code, of one form, with the limits that the program has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import run
from generator.console import codes
from generator.console.formatters import draw_sarif
from generator.evidence.captures.document_limits import MAX_PAGES
from generator.evidence.checks.page_head_checks import MOST_KEY_FACTS, MOST_WORDS
from generator.evidence.gate.token_search import SHORT
from generator.pipeline.inputs.data_tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from generator.problems import Code, Location, Severity, texts
from generator.problems.texts import BadText, ExampleStep, labelled, names, text_of
from generator.read.entries import MAX_BYTES as MAX_LIBRARY
from generator.read.yaml_nodes import MAX_DEPTH, MAX_NODES
from generator.read.yaml_text import MAX_BYTES

WHOLE = "# a title\n\nWhy it matters.\n\n## Wrong\n\n```yaml\ntitle: no\n```\n\n## Right\n\n~~~yaml briefs/house.yaml\n~~~\n"
LIMITS = {
    "alias-bomb": [MAX_NODES],
    "answer-long": [MOST_WORDS],
    "capture-limit": [MAX_PAGES],
    "file-too-large": [MAX_BYTES, MAX_NODES, MAX_DEPTH],
    "key-facts-many": [MOST_KEY_FACTS],
    "library-too-large": [MAX_LIBRARY],
    "quote-short": [SHORT],
    "table-too-large": [MAX_ROWS, MAX_COLUMNS, MAX_CELL],
}


def test_every_code_has_a_text_and_every_text_has_a_code() -> None:
    assert list(names()) == [code.name for code in codes.codes()]


@pytest.mark.parametrize("name", names())
def test_each_text_says_what_the_problem_is_and_what_to_do(name: str) -> None:
    text = text_of(name)
    assert name == name.lower().strip()
    assert len(text.title) < 80
    assert not text.title.endswith(".")
    assert len(text.explanation.split()) > 8
    assert text.wrong != text.right


@pytest.mark.parametrize("name", LIMITS)
def test_a_text_states_the_limits_that_hold(name: str) -> None:
    text = text_of(name)
    for limit in LIMITS[name]:
        assert f"{limit:,}" in f"{text.title} {text.explanation}"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the only text that there is."""
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    text_of.cache_clear()
    path = tmp_path / "a-code.md"
    path.write_text(WHOLE, "utf-8")
    return path


def test_a_text_has_two_examples_with_the_file_that_each_block_belongs_to(written: Path) -> None:
    text = text_of("a-code")
    assert (text.title, text.explanation) == ("a title", "Why it matters.")
    assert text.wrong == (ExampleStep("yaml", "", "title: no\n"),)
    assert text.right == (ExampleStep("yaml", "briefs/house.yaml", ""),)
    assert [label for label, _ in (*labelled(text.wrong), *labelled(text.right))] == ["", "`briefs/house.yaml`:"]


@pytest.mark.parametrize(
    ("part", "instead"),
    [("# a title", "a title"), ("Why it matters.\n\n", ""), ("## Right", "## Mended"), ("```\n\n##", "```\nIn words.\n\n##"),
     ("~~~\n", ""), ("```yaml", "```")],
)  # fmt: skip
def test_a_text_of_another_form_is_refused(written: Path, part: str, instead: str) -> None:
    assert part in WHOLE
    written.write_text(WHOLE.replace(part, instead, 1), "utf-8")
    with pytest.raises(BadText, match=r"^a-code\.md: "):
        text_of("a-code")


def test_a_code_without_a_text_is_refused(written: Path) -> None:
    with pytest.raises(BadText, match="the code 'other' has no text"):
        text_of("other")


def test_explain_prints_the_text_with_both_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "house-language"]) == 0
    out = capsys.readouterr().out
    text = text_of("house-language")
    assert out.startswith(f"house-language (error): {text.title}\n\n{text.explanation[:40]}")
    wrong, right = out.split("\nWrong:\n")[1].split("\nRight:\n")
    assert "\n  `briefs/house.yaml`:\n\n    language: en-GB\n    method: Questions are worded neutrally.\n" in wrong
    assert "      de: Die Fragen sind neutral gestellt.\n" in right


def test_sarif_has_the_same_text_as_help() -> None:
    code = Code("bad-amount", Severity.ERROR)
    log = json.loads(draw_sarif([code.at(Location("briefs/a.yaml"), "no amount")], str, [code], "1"))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    text = text_of("bad-amount")
    assert rule["shortDescription"]["text"] == text.title
    assert rule["help"]["markdown"] == text.explanation
