"""The editor's own words in prose, by sentence.

Quotations, citations, references to facts and addresses of links are replaced by spaces, so every other character keeps its offset,
and a problem in a sentence can be shown at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.model import Citation, Prose
from generator.problems import Location
from generator.syntax.citations import CITE
from generator.syntax.sentences import sentences
from generator.syntax.spans import place_at


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the editor."""

    words: str
    """The sentence, with spaces in place of quotations, citations and references."""
    start: int
    """Its offset in `prose.text.value`."""
    prose: Prose
    speaker: str = ""
    """The id of the expert whose position it paraphrases; empty elsewhere."""
    fact: str = ""
    """The id of the fact that it is part of; empty elsewhere."""

    def place(self, start: int, end: int) -> Location:
        """Return the place of a stretch of `words`."""
        return place_at(self.prose.text, self.start + start, max(end - start, 1))

    def facts(self) -> tuple[tuple[str, int], ...]:
        """Return the facts that it refers to, by id, each with the offset of the reference in `words`."""
        end = self.start + len(self.words)
        references = (one for one in self.prose.facts if self.start <= one.offset < end)
        return tuple((one.fact, one.offset - self.start) for one in references)

    def marks(self) -> tuple[int, ...]:
        """Return the offsets of citations and references to facts in `words`."""
        cited = (citations[0].offset - self.start for citations in self.citations())
        return tuple(sorted((*cited, *(at for _, at in self.facts()))))

    def citations(self) -> tuple[tuple[Citation, ...], ...]:
        """Return the groups of citations in it."""
        end = self.start + len(self.words)
        groups = (group.citations for group in self.prose.citation_groups if group.citations)
        return tuple(citations for citations in groups if self.start <= citations[0].offset < end)


def sentences_of(prose: Prose) -> Iterator[Sentence]:
    """Yield every sentence of `prose`; the space after a sentence, where its citations are, belongs to it."""
    words = editors_words(prose)
    for start, end in sentence_bounds(words):
        yield Sentence(words[start:end], start, prose)


_GROUP = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_IN_TEXT = re.compile(rf"{CITE.pattern}(?:[ \t\n]?\[[^\[\]]*\])?")
_FACT_REFERENCE = re.compile(r"\[#[^\[\]\s]+\]")
_ADDRESS = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|<https?://[^<>\s]*>|https?://\S+")
_BLOCK_QUOTATION = re.compile(r"^ {0,3}>.*(?:\n(?!\s*\n).+)*", re.MULTILINE)


def editors_words(prose: Prose) -> str:
    """Return the Markdown of `prose`, of the same length, with spaces for everything that is not the editor's own words."""
    words = _GROUP.sub(_blank_if_cited, prose.text.value)
    for pattern in (_FACT_REFERENCE, _IN_TEXT, _ADDRESS, _BLOCK_QUOTATION):
        words = pattern.sub(_blank, words)
    for quotation in prose.quotations:
        if not quotation.block:
            end = _end_of(quotation.words, words, quotation.offset + 1)
            words = words[: quotation.offset] + _spaces(words[quotation.offset : end + 1]) + words[end + 1 :]
    return words


def _spaces(written: str) -> str:
    return "".join(char if char == "\n" else " " for char in written)


def _blank(match: re.Match[str]) -> str:
    return _spaces(match.group())


def _blank_if_cited(match: re.Match[str]) -> str:
    return _blank(match) if CITE.search(match.group()) else match.group()


def _end_of(quoted: str, words: str, start: int) -> int:
    """Return the offset after the last character of a quotation in Markdown, passing over marks such as emphasis."""
    end = start
    for char in quoted:
        at = end if char.isspace() else words.find(char, end)
        if at < 0:
            break
        end = at + (not char.isspace())
    return end


_BLOCK_END = re.compile(r"\n[^\S\n]*+\n|\n(?=[^\S\n]*+(?:[-*+]|\d+[.)])\s)")
"""A blank line, or the end of the line before an item of a list."""


def sentence_bounds(words: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a Markdown text."""
    blocks = sorted({0, *(match.end() for match in _BLOCK_END.finditer(words)), len(words)})
    for first, last in pairwise(blocks):
        for start, end in sentences(words, first, last):
            if words[start:end].strip():
                yield start, end
