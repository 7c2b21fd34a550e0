"""The README's five minutes, as a newcomer would follow them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scripts.documents.cli import follow
from scripts.freshmachine.readme import first_brief

ROOT = Path(__file__).parents[1]


def test_the_first_brief_goes_as_the_readme_says(tmp_path: Path) -> None:
    """`.ci/run` follows the other documents too, with `scripts/follow-documents`."""
    assert follow(first_brief(), tmp_path, Path(sys.prefix)) == []
    assert "The tariff protects our steel mills" in (tmp_path / "desk/build/example.html").read_text("utf-8")


def test_every_page_that_the_documentation_links_to_is_there() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "ARCHITECTURE.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "examples/README.md",
        *(ROOT / "docs").glob("*.md"),
    ]:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_is_documented() -> None:
    from generator.cli import COMMANDS

    text = (ROOT / "docs/command-line.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`brief {name}" not in text] == []
