"""Reads from the README what a new user is told to run and to type, so that no other copy of it exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def block(after: str) -> str:
    """Return the first code block after some words of the README, without its indentation.

    Raises ValueError if the README has no such words, or no block after them.
    """
    text = README.read_text("utf-8")
    match = re.search(r"```\w*\n(.*?)\n *```", text[text.index(after) :], re.DOTALL)
    if match is None:
        raise ValueError(f"README.md has no code block after {after!r}")
    lines = match[1].split("\n")
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[indent:] for line in lines) + "\n"


def packages() -> list[str]:
    """Return the Debian packages that the README asks for."""
    words = block("## Install").split("#")[0].split()
    if words[:3] != ["sudo", "apt-get", "install"]:
        raise ValueError("README.md: the first block under Install is not 'sudo apt-get install ...'")
    return words[3:]


def quoted(fact_file: str) -> str:
    """Return the example fact file with the quotation that the README adds."""
    lines = "".join(f"      {line}\n" for line in block("give Ann's position a quotation").splitlines())
    pattern = re.compile(r" {6}example-a:\n.*?cite: [^\n]*\n", re.DOTALL)
    return pattern.sub(lambda _: lines, fact_file, count=1)


def misquoted(fact_file: str) -> str:
    """Return the fact file with the misquotation that the README makes."""
    return fact_file.replace("protects our", "protects all our")
