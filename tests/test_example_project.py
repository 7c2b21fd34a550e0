"""The project in `examples/`: it is what its README says, and the gate works on it as on a clone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.evidence.captures.capture_store import Captures
from generator.model import Gap, GapReason, Position
from generator.pipeline.inputs.load_project import load
from tests.commands.run import brief

EXAMPLES = Path(__file__).parents[1] / "examples"
FACTS = "briefs/harbour-charge.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a clone has it, without what was built."""
    return Path(shutil.copytree(EXAMPLES, tmp_path / "examples", ignore=shutil.ignore_patterns("build")))


def codes(folder: Path) -> set[str]:
    return {problem["code"] for problem in json.loads(brief("check", "--format", "json", cwd=folder).out)}


@pytest.mark.parametrize("captures", [True, False], ids=["with captures", "with the lock alone"])
def test_it_is_without_problems(copy: Path, captures: bool) -> None:
    if not captures:
        shutil.rmtree(copy / "captures")
    ran = brief("check", "--strict", cwd=copy)
    assert (ran.code, ran.out) == (0, "2 briefs checked: no problems\n"), ran.out


def test_the_lock_is_current(copy: Path) -> None:
    ran = brief("lock", "--check", cwd=copy)
    assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("closes within three winters", "closes within two winters", "quote-absent"),
        ("cars will not disappear; they", "cars will … disappear; they", "quote-absent"),
        ("would reduce the number of cars by 14", "would raise the number of cars by 14", "quote-absent"),
        ("What it costs to set up is disputed as well [#set-up].", "It costs 14 million florins [#set-up].", "contested-flat"),
        (
            'quote: Put benches where the cars are, and people will sit down, and people who sit down buy bread\n'
            '        cite: "@gazette-2025, para. 5"',
            'quote: I now expect far fewer cars on the quays within a year.\n        cite: "@hearing-2025, para. 6"',
            "speaker-other",
        ),
    ],
    ids=["another number", "an ellipsis over a negation", "the opposite", "a contested figure as the number", "another's words"],
)  # fmt: skip
def test_what_its_readme_suggests_is_refused(copy: Path, before: str, after: str, code: str) -> None:
    text = (copy / FACTS).read_text("utf-8")
    assert before in text
    (copy / FACTS).write_text(text.replace(before, after), "utf-8")
    assert code in codes(copy)


def test_without_captures_a_changed_quotation_is_refused_too(copy: Path) -> None:
    shutil.rmtree(copy / "captures")
    text = (copy / FACTS).read_text("utf-8")
    (copy / FACTS).write_text(text.replace("within three winters", "within two winters"), "utf-8")
    assert codes(copy) == {"quote-unverified"}


def test_the_captures_are_what_its_documents_hold(copy: Path) -> None:
    kept = {path.parent.name: path.read_bytes() for path in copy.glob("captures/*/text.txt")}
    shutil.rmtree(copy / "captures")
    ran = brief("capture", "--all", "documents", "--date", "2025-06-02", cwd=copy)
    assert "6 of 6 sources captured" in ran.out
    assert {path.parent.name: path.read_bytes() for path in copy.glob("captures/*/text.txt")} == kept
    assert brief("lock", "--check", cwd=copy).code == 0


def test_it_shows_what_a_fact_file_can_hold() -> None:
    loaded = load(EXAMPLES)
    long, short = sorted(loaded.briefs, key=lambda one: -len(one.experts))
    cells = [cell for question in long.questions for cell in question.cells.values()]
    assert (len(long.experts), len(long.questions), len(short.questions)) == (6, 4, 1)
    assert {cell.reason for cell in cells if isinstance(cell, Gap)} >= {
        GapReason.NO_POSITION_FOUND, GapReason.DECLINED, GapReason.NOT_ASKED,
    }  # fmt: skip
    assert [cell for cell in cells if isinstance(cell, Position) and cell.earlier]
    assert long.options
    assert long.voices
    assert [fact for fact in long.facts if len(fact.figures) >= 3]
    captures = Captures(lambda name: (EXAMPLES / name).read_bytes())
    assert all(captures.get(key) for key in loaded.library.sources)


def test_it_says_that_everything_is_invented() -> None:
    assert "Everything here is invented" in (EXAMPLES / "README.md").read_text("utf-8")
    assert "invented" in (EXAMPLES / "briefs/house.yaml").read_text("utf-8")
