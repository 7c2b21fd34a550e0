"""Citations: styles, note text, bibliography, and the import of bibliographies. The only caller of pandoc."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.problems import Code


def __getattr__(name: str) -> tuple[Code, ...]:
    """`CODES`, gathered when asked for: formatting citations need not load what imports them."""
    if name != "CODES":
        raise AttributeError(name)
    from generator.cite import bibliographies, importing, styles
    from generator.cite.formats import draft

    return (*styles.CODES, *bibliographies.CODES, *draft.CODES, *importing.CODES)
