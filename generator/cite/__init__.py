"""Formats citations and imports bibliographies. The only caller of pandoc."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.problems import Code


def __getattr__(name: str) -> tuple[Code, ...]:
    """Return `CODES`, gathered on demand, because formatting citations does not need the importing modules."""
    if name != "CODES":
        raise AttributeError(name)
    from generator.cite import bibliographies, importing, styles
    from generator.cite.formats import draft

    return (*styles.CODES, *bibliographies.CODES, *draft.CODES, *importing.CODES)
