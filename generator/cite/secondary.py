"""Secondary citations: "Ann Example, quoted in ...". CSL has none, so their printing is ours.

The words stand before the first citation of a cluster, where every style prints a prefix. This module does not know
which source reports whom; its callers do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Cluster

WORDS = {
    "en": {"quoted": "quoted in", "paraphrased": "paraphrased in", "reported": "reported in"},
    "de": {"quoted": "zitiert in", "paraphrased": "sinngemäß wiedergegeben in", "reported": "berichtet in"},
    "fr": {"quoted": "cité dans", "paraphrased": "paraphrasé dans", "reported": "rapporté dans"},
    "es": {"quoted": "citado en", "paraphrased": "parafraseado en", "reported": "recogido en"},
}
"""How a source tells what others said, by language: word for word, in its own words, or either."""


def words_for(how: str, language: str) -> str:
    """Give the words for `quoted`, `paraphrased` or `reported`; English where the language is not in the table."""
    return WORDS.get(language[:2], WORDS["en"])[how]


def quoted_in(cluster: Cluster, who: str, words: str = "quoted in") -> Cluster:
    """Give the cluster with "`who`, `words`" before its first citation. A prefix that is there already follows them.

    The author of an in-text cluster moves into the citation: "Ann Example, quoted in Sample" needs both together.
    """
    first, *others = cluster.citations
    prefix = f"{_literal(who)}, {words} {first.prefix}".rstrip()
    return replace(cluster, citations=(replace(first, prefix=prefix), *others), in_text=False)


def _literal(text: str) -> str:
    """Text whose marks are not read as Markdown."""
    return re.sub(r"([\\`*_\[\]<>~^])", r"\\\1", text)
