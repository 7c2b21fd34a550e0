"""The list of all codes, for `brief explain`, SARIF and the documentation.

Each code is defined next to the function that reports it. This module imports all of them, so it is imported only where codes are shown.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from generator.problems import Code
from generator.problems.texts import ExampleStep, labelled, text_of

_WHERE = (
    "generator.read",
    "generator.syntax",
    "generator.evidence",
    "generator.cite",
    "generator.pipeline.inputs.brief_links",
    "generator.pipeline.inputs.data_tables",
    "generator.pipeline.pdf_files.edition_files",
    "generator.pipeline.inputs.load_project",
    "generator.pipeline.inputs.pictures",
    "generator.render.design_checks",
    "generator.render.labels",
    "generator.render.layout.layout_diagnostics",
    "generator.render.preset",
    "generator.render.templating",
)
"""The packages and modules that define codes. Whole packages only if all their modules are imported quickly."""


def codes() -> tuple[Code, ...]:
    """Return every code, sorted by name. Two codes with the same name are a bug."""
    by_name: dict[str, Code] = {}
    for module in _modules():
        for code in vars(module).values():
            if isinstance(code, Code) and by_name.setdefault(code.name, code) is not code:
                raise AssertionError(f"two codes are called {code.name}")
    return tuple(by_name[name] for name in sorted(by_name))


def _modules() -> Iterator[ModuleType]:
    for name in _WHERE:
        module = import_module(name)
        yield module
        for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
            yield import_module(inner.name)


def markdown() -> str:
    """Return the list of problems as the documentation prints it."""
    parts = [
        "# Problems\n\nEvery problem that `brief check` reports, with its meaning and what to do. "
        "`brief explain CODE` prints the same. `brief explain --markdown` writes this page.\n"
    ]
    parts += [_section(code) for code in codes()]
    return "\n".join(parts)


def _section(code: Code) -> str:
    text = text_of(code.name)
    head = f"## {code.name}\n\n*{str(code.severity).capitalize()}.* {sentence(text.title)}\n\n{text.explanation}\n"
    return f"{head}\nWrong:\n\n{_blocks(text.wrong)}\nRight:\n\n{_blocks(text.right)}"


def sentence(title: str) -> str:
    """Return a title as a sentence."""
    return f"{title[0].upper()}{title[1:]}."


def _blocks(steps: Sequence[ExampleStep]) -> str:
    parts = ((f"{label}\n\n" if label else "", step) for label, step in labelled(steps))
    return "\n".join(f"{label}```{step.language}\n{step.text}```\n" for label, step in parts)
