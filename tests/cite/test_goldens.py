"""What pandoc prints for one source of each kind, in the eight styles that are promised to work.

`python tests/cite/test_goldens.py` writes what pandoc prints now; read the difference before it is committed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cite.citation_processor import format_citations
from generator.cite.csl_additions import quoted_in
from generator.cite.styles import find_style
from generator.model import CitationGroup, FormattedCitations, Source, Text
from generator.problems import Location
from generator.read.file_readers import read_sources
from generator.read.yaml_text import parse_bytes
from generator.syntax.citations import read_cite

FOLDER = Path(__file__).parent.parent / "golden" / "cite"
SOURCES = FOLDER / "sources.yaml"


@dataclass(frozen=True)
class Golden:
    file: Path
    data: dict[str, Any]

    @property
    def cites(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["citation_groups"]
        return found


def goldens() -> list[Golden]:
    files = sorted(FOLDER.glob("*.style.yaml"))
    return [Golden(file, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]


def sources() -> dict[str, Source]:
    found, problems = read_sources(parse_bytes(SOURCES.read_bytes(), SOURCES.name)[0])
    assert not problems, problems
    return found


def group(cite: str, in_text: bool = False, quoted: str = "") -> CitationGroup:
    found, problems = read_cite(Text(cite, Location("golden")))
    assert found is not None, problems
    assert not problems, problems
    made = replace(found, in_text=in_text)
    return quoted_in(made, quoted) if quoted else made


def formatted(golden: Golden) -> FormattedCitations:
    citation_groups = [group(c["cite"], c.get("in_text", False), c.get("quoted", "")) for c in golden.cites]
    style = find_style(golden.data["style"], FOLDER)
    return format_citations(citation_groups, sources(), style, golden.data["language"])


def recorded(golden: Golden) -> dict[str, Any]:
    """The golden's data with what is printed now."""
    printed = formatted(golden)
    citation_groups = [{k: v for k, v in c.items() if k not in ("prints", "beside")} for c in golden.cites]
    for place, one in enumerate(citation_groups):
        one["prints"] = printed.citation_groups[place]
        if printed.in_text and printed.in_text[place]:
            one["beside"] = printed.in_text[place]
    entries = [{"key": entry.key, "prints": entry.html} for entry in printed.bibliography]
    return {**golden.data, "kind": printed.kind.value, "citation_groups": citation_groups, "bibliography": entries}


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.data["style"])
def test_prints_what_is_recorded(golden: Golden) -> None:
    assert recorded(golden) == golden.data


def test_all_promised_styles_are_recorded() -> None:
    assert {golden.data["style"] for golden in goldens()} == {
        "apa",
        "bluebook-law-review",
        "chicago-author-date",
        "chicago-notes-bibliography",
        "ieee",
        "modern-language-association",
        "oscola",
        "vancouver-nlm",
    }


def _write(golden: Golden) -> None:
    head = "".join(
        line for line in golden.file.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")
    )
    body = yaml.safe_dump(recorded(golden), sort_keys=False, allow_unicode=True, width=10_000)
    golden.file.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    for golden in goldens():
        _write(golden)
