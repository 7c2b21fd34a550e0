"""The list of problems: whole, documented, and each of them tested."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import generator
from generator.console import codes
from generator.evidence.checks import CODES as CHECKED
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


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_each_code_says_what_it_is_and_what_to_do(code: Code) -> None:
    assert code.name == code.name.lower().strip()
    assert code.title
    assert len(code.explanation.split()) > 8


# those of the checks are raised by their own examples, in tests/evidence/checks/test_check_codes.py
@pytest.mark.parametrize("code", [code for code in CODES if code not in CHECKED], ids=lambda code: code.name)
def test_each_code_is_raised_in_a_test(code: Code) -> None:
    """A code that no test names, as text or by its constant, cannot be known to be raised at its place."""
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path.name != Path(__file__).name]
    named = re.compile(rf"(?<![\w-]){re.escape(code.name)}(?![\w-])|\b{code.name.upper().replace('-', '_')}\b")
    assert any(named.search(text) for text in texts), code.name


def test_the_documentation_lists_them_all() -> None:
    assert (ROOT / "docs/problems.md").read_text("utf-8") == codes.markdown()
