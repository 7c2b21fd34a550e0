"""The names that the rest of the generator uses come from where they are defined, and only when they are asked for."""

from __future__ import annotations

import ast
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import generator.build


def test_every_name_that_is_offered_is_there_and_nothing_else_is():
    assert sorted(name for names in generator.build._HOMES.values() for name in names) == generator.build.__all__
    for name in generator.build.__all__:
        assert getattr(generator.build, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        generator.build.nothing  # noqa: B018


def test_types_are_taken_from_where_the_names_are():
    """What mypy sees (below `TYPE_CHECKING`) is what happens."""
    tree = ast.parse(Path(generator.build.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    seen = {
        node.module.rpartition(".")[2]: tuple(alias.name for alias in node.names)
        for node in imports
        if node.module and node.module.startswith("generator.build.")
    }
    assert seen == generator.build._HOMES


def test_no_module_hides_a_name():
    assert not {module.name for module in pkgutil.iter_modules(generator.build.__path__)} & {*generator.build.__all__}


def test_importing_the_package_imports_none_of_its_modules():
    code = "import sys, generator.build; print(*(name for name in sys.modules if name.startswith('generator.build.')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
