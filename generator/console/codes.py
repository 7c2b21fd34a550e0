"""All kinds of problem that there are, for `brief explain`, SARIF and the documentation.

Each code is defined beside the code that finds it; this module only gathers them, and is imported only where they are shown.
"""

from __future__ import annotations

from importlib import import_module

from generator.problems import Code

_MODULES = (
    "generator.pipeline.load_project",
    "generator.read.yamltext",
    "generator.read.validation",
    "generator.read.fields",
    "generator.read.briefs",
    "generator.read.house",
    "generator.read.sources",
    "generator.read.source_index",
    "generator.syntax",
    "generator.evidence.verification.verify_brief",
    "generator.evidence.checks",
    "generator.evidence.editions.edition_changes",
    "generator.cite",
    "generator.render.preset",
    "generator.pipeline.used_facts",
    "generator.pipeline.data_tables",
    "generator.read.csv_cells",
    "generator.read.shared_facts",
    "generator.render.table_widths",
    "generator.render.label_checks",
    "generator.render.script_checks",
    "generator.render.templating",
    "generator.render.lengths",
    "generator.render.libraries",
    "generator.render.layout_diagnostics",
)


def codes() -> tuple[Code, ...]:
    """Return every code, sorted by name. Two codes of one name are a bug."""
    found: dict[str, Code] = {}
    for module in _MODULES:
        for code in getattr(import_module(module), "CODES", ()):
            if found.setdefault(code.name, code) is not code:
                raise AssertionError(f"two codes are called {code.name}")
    return tuple(found[name] for name in sorted(found))


def markdown() -> str:
    """Return the list of problems as the documentation prints it."""
    parts = [
        "# Problems\n\nEvery problem that `brief check` reports, with what it means and what to do. "
        "`brief explain CODE` prints the same. This page is made by `brief explain --markdown`.\n"
    ]
    parts += [_section(code) for code in codes()]
    return "\n".join(parts)


def _section(code: Code) -> str:
    text = f"## {code.name}\n\n*{str(code.severity).capitalize()}.* {code.title}.\n\n{code.explanation}\n"
    if code.wrong:
        text += f"\nRaises it:\n\n```yaml\n{code.wrong}\n```\n"
    if code.right:
        text += f"\nMended:\n\n```yaml\n{code.right}\n```\n"
    return text
