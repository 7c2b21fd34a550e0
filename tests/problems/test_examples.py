"""Every code's own examples: the wrong one raises it, the right one does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problems.texts import ExampleStep, names, text_of
from tests.problems.sample_project import FACT_FILE, FILES, Raised, SampleProject

Carry = Callable[[str, tuple[ExampleStep, ...], tuple[ExampleStep, ...]], list[Raised]]
ELSEWHERE = {
    "extraction-differs": "it takes a PDF that two programs read differently: tests/evidence/test_readings.py",
    "table-sheet": "it takes a workbook: tests/pipeline/test_data_tables.py",
    "script-fonts": "it takes a machine without the fonts: tests/render/test_scripts.py",
    "pdf-libraries": "it takes a machine without the system libraries: tests/test_libraries.py",
}
"""Codes whose examples cannot be carried out, with the reason and the test that raises the code."""


def own_lines(steps: tuple[ExampleStep, ...]) -> dict[str, int]:
    """The number of lines that the example has in each file; it stands at the top."""
    return {step.target or FACT_FILE: max(1, step.text.count("\n")) for step in steps if step.language != "console"}


@pytest.fixture
def raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Carry:
    def carried(name: str, steps: tuple[ExampleStep, ...], other: tuple[ExampleStep, ...]) -> list[Raised]:
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        return SampleProject(folder, lambda: "".join(capsys.readouterr())).take(steps, other)

    return carried


@pytest.mark.parametrize("name", [name for name in names() if name not in ELSEWHERE])
def test_the_wrong_example_raises_the_code_where_it_is_wrong_and_the_right_one_does_not(
    name: str, raised: Carry
) -> None:
    text = text_of(name)
    before = raised("wrong", text.wrong, text.right)
    lines = own_lines(text.wrong)
    assert name in {one.code for one in before if one.file not in FILES or one.line <= lines.get(one.file, 0)}, before
    after = raised("right", text.right, text.wrong)
    assert [one for one in after if one.code == name or one.severity == "error"] == []


def test_the_sample_that_the_examples_are_put_into_is_in_order(raised: Carry) -> None:
    assert raised("sample", (), ()) == []


def test_a_code_whose_examples_are_not_carried_out_is_raised_in_the_test_that_is_named() -> None:
    for name, reason in ELSEWHERE.items():
        test = (Path(__file__).parents[2] / reason.rpartition(" ")[2]).read_text("utf-8")
        assert name in test or name.upper().replace("-", "_") in test
