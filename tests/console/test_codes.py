"""The list of problems: whole and documented."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import generator
from generator.console import codes
from generator.problems import Code

ROOT = Path(__file__).parents[2]
CODES = codes.codes()


def test_every_code_that_is_defined_is_in_the_list() -> None:
    defined: dict[str, str] = {}
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            found = vars(import_module(module.name)).values()
            defined |= {code.name: module.name for code in found if isinstance(code, Code)}
    assert sorted(set(defined) - {code.name for code in CODES}) == []


def test_the_documentation_lists_them_all() -> None:
    assert (ROOT / "docs/problems.md").read_text("utf-8") == codes.markdown()
