"""The README's five minutes, as a newcomer would follow them."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.freshmachine.readme import block, misquoted, quoted
from tests.commands.run import brief

ROOT = Path(__file__).parents[1]


def test_the_first_brief_goes_as_the_readme_says(tmp_path: Path) -> None:
    assert brief("init", "desk", cwd=tmp_path).code == 0
    desk = tmp_path / "desk"
    assert brief("build", cwd=desk).code == 0
    (desk / "report.txt").write_text(block("Put these lines into"), "utf-8")
    assert brief("capture", "debate-2024", "report.txt", cwd=desk).code == 0
    file = desk / "briefs/example.yaml"
    text = quoted(file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    checked = brief("check", cwd=desk)
    assert checked.code == 0, checked.out
    file.write_text(misquoted(text), "utf-8")
    refused = brief("check", cwd=desk)
    assert refused.code == 1
    assert block("instead, and check again").strip() in refused.out
    file.write_text(text, "utf-8")
    assert brief("lock", cwd=desk).code == 0
    assert brief("build", cwd=desk).code == 0
    assert "The tariff protects our steel mills" in (desk / "build/example.html").read_text("utf-8")


def test_every_page_that_the_documentation_links_to_is_there() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "ARCHITECTURE.md",
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
