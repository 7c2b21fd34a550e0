"""Recognises that a captured text is in another language than its source says, by pronouns, articles and negations.

`generator/languages/recognition.py` does this for the few sentences of a brief; a captured text is long, so the words that the gate
needs are enough.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from generator.evidence.gate.tokens import DENSE_LETTER
from generator.languages import Language, all_languages, primary

_SAMPLE = 20_000
"""Characters of a text that are used to recognise its language."""
_TELLING = 12
"""Different words from which on a text has some of the most common words of its language."""


@functools.lru_cache(maxsize=64)
def is_unlike(language: str, text: str) -> bool:
    """Whether a text seems to be in another language than `language` (a BCP 47 tag), by its pronouns, articles and negations.

    A text of a few words without any of them shows nothing, and is not unlike any language.
    """
    sample = text[:_SAMPLE].casefold()
    words = frozenset(re.findall(r"[^\W\d_]+", sample))
    counts = {tag: _known(profile, words, sample) for tag, profile in _profiles().items()}
    own = counts.pop(primary(language), 0)
    if own == 0:
        return len(words) >= _TELLING or max(counts.values()) > 1
    return max(counts.values()) > own * 1.5 + 1


def _known(profile: frozenset[str], words: frozenset[str], text: str) -> int:
    return len(profile & words) + sum(
        DENSE_LETTER.search(word) is not None and word in text for word in profile - words
    )


@functools.cache
def _profiles() -> Mapping[str, frozenset[str]]:
    """Return the most common grammatical words, by language."""
    languages = (one for one in all_languages() if one.negations is not None or one.stand_ins is not None)
    return {one.tag: frozenset(word.casefold() for word in _commonest(one) if "*" not in word) for one in languages}


def _commonest(one: Language) -> tuple[str, ...]:
    return (*(one.negations or ()), *(one.stand_ins or ()))
