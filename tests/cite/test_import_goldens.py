"""Exports as other programs write them, written for these tests after the formats' documentation, and what each gives.

`BRIEF_GOLDEN=write pytest tests/cite/test_import_goldens.py` writes what is given now; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cite.bibliographies import Bibliography, read_bibliography
from generator.cite.csl_yaml import entry_text
from generator.read.entries import read_text

FOLDER = Path(__file__).parents[1] / "golden" / "import"
EXPORTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".yaml")


def outcome(found: Bibliography) -> str:
    problems = [f"# {one.place.line}: {one.severity} {one.code}: {one.message}\n" for one in found.problems]
    return "".join(problems) + "references:\n" + "".join(entry_text(entry, 2) for entry in found.entries)


def test_there_are_exports_of_many_programs() -> None:
    assert len(EXPORTS) >= 25


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_an_export_gives_what_it_should(export: Path) -> None:
    found = read_bibliography(export.read_bytes(), export.name)
    golden = export.with_name(f"{export.name}.yaml")
    if os.environ.get("BRIEF_GOLDEN") == "write":
        golden.write_text(outcome(found), "utf-8")
    assert outcome(found) == golden.read_text("utf-8")


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_the_reader_accepts_all_of_it(export: Path) -> None:
    found = read_bibliography(export.read_bytes(), export.name)
    sources, problems = read_text("".join(entry_text(entry, 2) for entry in found.entries), "x", 2)
    assert not problems
    assert list(sources) == [entry["id"] for entry in found.entries]


DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.sampled_from(["", "{", "}", '"', "\n", "@", ",", "\\", "\x00", "\x85", "]", "%"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
@pytest.mark.parametrize("export", EXPORTS[::3], ids=lambda path: path.name)
def test_a_damaged_export_never_fails_and_gives_only_what_the_reader_accepts(
    export: Path, damage: list[tuple[float, int, str]]
) -> None:
    text = export.read_text("utf-8")
    for share, length, instead in damage:
        at = int(share * len(text))
        text = text[:at] + instead + text[at + length :]
    found = read_bibliography(text.encode("utf-8", "surrogatepass"), export.name)
    assert found.entries or found.problems
    if found.entries:
        sources, problems = read_text("".join(entry_text(entry, 2) for entry in found.entries), "x", 2)
        assert not problems
        assert list(sources) == [entry["id"] for entry in found.entries]
