"""Reads from the README what a new user is told to run and to type, so that no other copy of it exists."""

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
    """Return the steps of the five minutes."""
    return steps(README, "Your first brief, in five minutes")
