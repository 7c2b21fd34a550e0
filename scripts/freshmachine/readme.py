"""Reads the commands and texts for a new user from the README, so that there is no second copy of them."""

from __future__ import annotations

from pathlib import Path

from scripts.documents.steps import Left, Run, Step, steps

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def commands() -> list[str]:
    """Return the blocks of commands in the README."""
    return [step.script for step in steps(README) if isinstance(step, Run | Left)]


def block(beginning: str) -> str:
    """Return the first block of commands that begins so. Raises ValueError if there is none."""
    found = next((one for one in commands() if one.startswith(beginning)), None)
    if found is None:
        raise ValueError(f"README.md has no block of commands that begins with {beginning!r}")
    return found


def packages() -> list[str]:
    """Return the Debian packages that the README asks for."""
    return block("sudo apt-get install ").split()[3:]


def first_brief() -> tuple[Step, ...]:
    """Return the steps of the first brief."""
    return steps(README, "Your first brief, in five minutes")
