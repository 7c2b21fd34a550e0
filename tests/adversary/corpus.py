"""Texts in many languages, written for these tests, and true quotations cut out of them.

What a language file says of its negations, scale words and opposites comes from grammars, not from the program's own data.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "languages"


@dataclass(frozen=True)
class Language:
    tag: str
    negations: tuple[str, ...]
    scales: tuple[tuple[str, str], ...]
    """A word for a scale in the text, and another."""
    opposites: tuple[tuple[str, str], ...]
    """Words of the text that deny something, and the same words without the denial."""
    added: str
    """Words that an editor may add without changing what is said."""
    stand_in: tuple[str, str]
    """A pronoun of the text, and another that an editor may put in its place openly."""
    paragraphs: tuple[tuple[str, ...], ...]
    """Sentences."""
    dialogue: tuple[tuple[str, str], ...]
    """Turns: who speaks, and the words."""
    spaced: bool = True
    """Whether spaces stand between words."""
    joiner: str = " "
    """What stands between sentences."""
    denies_alone: tuple[str, ...] = ()
    """The negations that deny without another one: not the `noch` of `weder ... noch`, which alone is "still"."""
    cuts: tuple[str, ...] = ()
    """Words that follow a negation written together with them."""
    cut_before: tuple[str, ...] = ()
    """Where negations come behind what they deny: the words that a quotation must not leave out."""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @cached_property
    def plain_sentence(self) -> str:
        """A long sentence without a negation or a number."""
        return self.paragraphs[-1][0]

    @cached_property
    def text(self) -> str:
        colon = "：" if not self.joiner else ": "
        turns = [f"{who}{colon}{words}" for who, words in self.dialogue]
        return "\n\n".join([*(self.joiner.join(paragraph) for paragraph in self.paragraphs), *turns]) + "\n"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of letters alone; of one letter with its marks where words are not separated."""
        found = (word for sentence in self.sentences for word in self.pieces(sentence) if is_word(word))
        return tuple(dict.fromkeys(found))

    def pieces(self, text: str) -> list[str]:
        """The text as a list of words or, where words are not separated, of letters with their marks."""
        return text.split(" ") if self.spaced else citation_groups(text)

    def joined(self, pieces: list[str]) -> str:
        return " ".join(pieces) if self.spaced else "".join(pieces)

    def denies(self, word: str) -> bool:
        return word.strip(",.;:!?«»„“”\"'’·。،؛؟").casefold() in self.negations


def languages(tags: tuple[str, ...] = ()) -> list[Language]:
    """All languages, or those named, by tag."""
    files = sorted(FOLDER.glob("*.yaml"))
    return [read(file) for file in files if not tags or file.stem in tags]


def read(file: Path) -> Language:
    found = yaml.safe_load(file.read_text("utf-8"))
    return Language(
        tag=found["language"],
        negations=tuple(found["negations"]),
        denies_alone=tuple(word for word in found["negations"] if word not in found.get("only_together", ())),
        scales=tuple((a, b) for a, b in found["scales"]),
        opposites=tuple((a, b) for a, b in found["opposites"]),
        added=found["added"],
        stand_in=tuple(found["stand_in"]),
        paragraphs=tuple(tuple(paragraph) for paragraph in found["paragraphs"]),
        dialogue=tuple((who, words) for who, words in found["dialogue"]),
        spaced=found.get("spaced", True),
        joiner=found.get("joiner", " "),
        cuts=tuple(found.get("cuts", ())),
        cut_before=tuple(found.get("cut_before", ())),
    )


def citation_groups(text: str) -> list[str]:
    """Letters with the marks that belong to them."""
    return re.findall(r".[\u0300-\u036f\u200d]*", text) if text.isascii() else [*_citation_groups(text)]


def _citation_groups(text: str) -> Iterator[str]:
    start = 0
    for i in range(1, len(text)):
        joined = unicodedata.category(text[i]).startswith("M") or text[i] in "\u0e33\u0eb3" or text[i - 1] in _LEADING
        if not joined:
            yield text[start:i]
            start = i
    if text:
        yield text[start:]


_LEADING = "เแโใไເແໂໃໄ\u1039\u17d2"
"""Vowels that are written before their consonant, and signs that join the next letter."""


def is_word(piece: str) -> bool:
    """Letters and their marks alone."""
    return bool(piece) and all(unicodedata.category(c)[0] in "LM" for c in piece)


# ---------------------------------------------------------------- true quotations


def quotations(language: Language, rng: random.Random) -> list[str]:
    """Quotations that the text holds: sentences, runs of sentences, turns, and parts of sentences cut between words."""
    runs = [
        language.joiner.join(paragraph[i:j])
        for paragraph in language.paragraphs
        for i in range(len(paragraph))
        for j in range(i + 1, len(paragraph) + 1)
    ]
    turns = [words for _, words in language.dialogue]
    parts = [part for sentence in (*language.sentences, *turns) if (part := _part(sentence, language, rng))]
    return list(dict.fromkeys([*runs, *turns, *parts]))


def _part(sentence: str, language: Language, rng: random.Random) -> str:
    pieces = sentence.split(" ")
    at = [i for i in range(1, len(pieces)) if language.spaced and safe_border(pieces, i, language)]
    starts, ends = [0, *at], [*at, len(pieces)]
    spans = [(a, b) for a in starts for b in ends if b - a >= 5 and b - a < len(pieces)]
    if not spans:
        return ""
    start, end = rng.choice(spans)
    return " ".join(pieces[start:end])


def safe_border(pieces: list[str], at: int, language: Language) -> bool:
    """Whether a quotation may begin or end here whatever is known of the language: between two words, far from numbers."""
    beside = pieces[at - 1 : at + 1]
    near = pieces[max(0, at - 3) : at + 3]
    scales = {word for pair in language.scales for word in pair}
    return (
        all(is_word(piece) for piece in beside)
        and not any(re.search(r"\d", piece) for piece in near)
        and not any(language.denies(piece) or piece in scales for piece in beside)
    )
