"""The README's five minutes, as a newcomer would follow them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commands.run import brief

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(after: str) -> str:
    """The first code block after some words of the README, without its indentation."""
    found = re.search(r"```\w*\n(.*?)\n *```", README[README.index(after) :], re.DOTALL)
    assert found
    lines = found[1].split("\n")
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[indent:] for line in lines) + "\n"


def test_the_first_brief_goes_as_the_readme_says(tmp_path: Path) -> None:
    assert brief("init", "desk", cwd=tmp_path).code == 0
    desk = tmp_path / "desk"
    assert brief("build", cwd=desk).code == 0
    (desk / "report.txt").write_text(block("Put these lines into"), "utf-8")
    assert brief("capture", "debate-2024", "report.txt", cwd=desk).code == 0
    file = desk / "briefs/example.yaml"
    quoted = block("give Ann's position a quotation")
    lines = "".join(f"      {line}\n" for line in quoted.splitlines())
    text = re.sub(
        r" {6}example-a:\n.*?cite: [^\n]*\n", lambda _: lines, file.read_text("utf-8"), count=1, flags=re.DOTALL
    )
    file.write_text(text, "utf-8")
    checked = brief("check", cwd=desk)
    assert checked.code == 0, checked.out
    file.write_text(text.replace("protects our", "protects all our"), "utf-8")
    refused = brief("check", cwd=desk)
    assert refused.code == 1
    assert block("instead, and check again").strip() in refused.out
    file.write_text(text, "utf-8")
    assert brief("lock", cwd=desk).code == 0
    assert brief("build", cwd=desk).code == 0
    assert "The tariff protects our steel mills" in (desk / "build/example.html").read_text("utf-8")


def test_every_page_that_the_documentation_links_to_is_there() -> None:
    for page in [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")]:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_is_documented() -> None:
    from generator.cli import COMMANDS

    text = (ROOT / "docs/command-line.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`brief {name}" not in text] == []
