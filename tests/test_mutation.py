"""Small faults that are put into code to see whether a test notices them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.mutation.cli import EXPLAINED, TESTS, chosen_tests, explanations, modules
from scripts.mutation.mutants import mutants, sample

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("return a < b", ["return None", "(a <= b)"]),
        ("return a and not b", ["return None", "(a or not b)", "(not b)", "(a)", "(b)"]),
        ("x = a + 1 if b else None", ["(a + 1)", "(None)", "(a - 1)", "2"]),
        ("x: int = f(True)", ["False"]),
        ("f(a)", ["pass"]),
        ("raise ValueError(f'{a < b}')", ["pass"]),
        ("'''words'''", []),
        ("import a", []),
    ],
)
def test_what_is_changed(code: str, changes: list[str]) -> None:
    source = f"def é():\n    {code}\n".encode()
    found = list(mutants(source))
    assert sorted(mutant.new for mutant in found) == sorted(changes)
    for mutant in found:
        changed = mutant.applied(source).decode()
        assert changed == f"def é():\n    {code.replace(mutant.old, mutant.new, 1)}\n"


def test_the_same_ones_are_chosen_each_time() -> None:
    source = (ROOT / "generator/evidence/gate/token_search.py").read_bytes()
    assert sample(source, 5, "turns") == sample(source, 5, "turns") != sample(source, 5, "other")
    assert len(sample(source, 10**6, "turns")) == len(list(mutants(source)))


def test_each_module_has_tests_and_each_explanation_a_mutant() -> None:
    assert all(
        chosen_tests(module) and all((ROOT / test).is_file() for test in chosen_tests(module))
        for module in modules(TESTS)
    )
    explained = 0
    for module in modules(TESTS):
        known = list(explanations(module))
        explained += len(known)
        if known:
            there = {(mutant.code, str(mutant)) for mutant in mutants((ROOT / module).read_bytes())}
            assert set(known) <= there, module
    lines = EXPLAINED.read_text("utf-8").splitlines()
    assert explained == sum(not line.startswith("#") for line in lines if line)
