"""Exports as other programs write them, written for these tests after the formats' documentation, and what each gives.

`BRIEF_GOLDEN=write pytest tests/cite/test_import_goldens.py` writes what is given now; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.cite.bibliographies import Bibliography, read_bibliography
from generator.cite.csl_yaml import entry_text
from generator.read.source_index import read_text

FOLDER = Path(__file__).parents[1] / "golden" / "import"
EXPORTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".yaml")


def given(found: Bibliography) -> str:
    problems = [f"# {one.place.line}: {one.severity} {one.code}: {one.message}\n" for one in found.problems]
    return "".join(problems) + "references:\n" + "".join(entry_text(entry, 2) for entry in found.entries)


def test_there_are_exports_of_many_programs() -> None:
    assert len(EXPORTS) >= 25


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_an_export_gives_what_it_should(export: Path) -> None:
    found = read_bibliography(export.read_bytes(), export.name)
    golden = export.with_name(f"{export.name}.yaml")
    if os.environ.get("BRIEF_GOLDEN") == "write":
        golden.write_text(given(found), "utf-8")
    assert given(found) == golden.read_text("utf-8")


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_the_reader_accepts_all_of_it(export: Path) -> None:
    found = read_bibliography(export.read_bytes(), export.name)
    sources, problems = read_text("".join(entry_text(entry, 2) for entry in found.entries), "x", 2)
    assert not problems
    assert list(sources) == [entry["id"] for entry in found.entries]
