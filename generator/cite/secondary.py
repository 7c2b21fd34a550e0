"""Secondary citations, which CSL does not have: "Ann Example, quoted in ...".

The words are put before the first citation of a cluster, where every style prints a prefix.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.languages import language as language_of

if TYPE_CHECKING:
    from generator.model import Cluster


def words_for(how: str, language: str) -> str:
    """Give the words for `quoted`, `paraphrased` or `reported`; English where those of the language are not known."""
    words = language_of(language).secondary or language_of("en").secondary or {}
    return words[how]


def quoted_in(cluster: Cluster, who: str, words: str = "quoted in") -> Cluster:
    """Return the cluster with "`who`, `words`" before its first citation. An existing prefix follows them.

    The author of an in-text cluster moves into the citation: "Ann Example, quoted in Sample" needs both together.
    """
    first, *others = cluster.citations
    prefix = f"{_literal(who)}, {words} {first.prefix}".rstrip()
    return replace(cluster, citations=(replace(first, prefix=prefix), *others), in_text=False)


def _literal(text: str) -> str:
    """Escape a text so its characters are not Markdown."""
    return re.sub(r"([\\`*_\[\]<>~^])", r"\\\1", text)
