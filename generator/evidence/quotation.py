"""Reads an author's quotation: what must stand in the source, and what is the editor's.

Editorial marks, after *The Chicago Manual of Style* (17th ed.), 13.50-13.62:

- `…`, `...`, `. . .`, `[…]` and `(…)` leave something out: what stands between them are *fragments*. The full stop of
  four dots is the editor's.
- `[T]he` changes the case of one letter; `improve[d]` changes a word's ending by at most three letters.
- `[the firms]` adds words, or stands for a pronoun, an article or another form of one of its own words. It never stands
  for a word with a meaning of its own, for a number or for a negation, and never holds a negation.
- `[sic]`, `[emphasis added]` and the like are notes and say nothing about the words.

Quotation marks around the whole are dropped. This module does not know sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.evidence.folding import INVISIBLE, Folded, Mark, fold, plain
from generator.evidence.function_words import STAND_INS, negations

INFLECTION = 3
"""How many letters a changed ending may have, on either side."""
REPLACED = 3
"""How many words of the source a bracket may stand for."""

_NOTES = re.compile(
    r"\s*\[(?:sic!?|(?:my |our )?emphas[ie]s(?: added| mine| in (?:the )?original)?|italics (?:added|mine|in original))\]",
    re.IGNORECASE,
)
_OMISSION = re.compile(r"\s*(?:[\[(]\s*(?:\u2026|\.(?:\s*\.){2})\s*[\])]|\.(?:\s*\.){2,3}|\.?\u2026\.?)\s*")
_UNSEEN = re.compile(rf"\u00ad\s*\n\s*|[{INVISIBLE}]")
_BRACKET = re.compile(r"\[([^\[\]]+)\](['\u2019]s(?!\w))?")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])", re.DOTALL)
_PAIRS = (
    {'"': '"', "'": "'", "\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u2018": "\u2019", "\u201a": "\u2018\u2019"}
    | {
        "\u00ab": "\u00bb",
        "\u00bb": "\u00ab",
        "\u2039": "\u203a",
        "\u203a": "\u2039",
        "\u300c": "\u300d",
        "\u300e": "\u300f",
    }
    | {"\u201d": "\u201d", "\u2019": "\u2019"}
)
_WORD = re.compile(r"\w+(?:['\u2019.,-]\w+)*")
_DENSE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Characters of scripts that put no space between words; two count as a word."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that must stand in the source as they are."""

    folded: Folded


@dataclass(frozen=True, slots=True)
class Initial:
    """`[T]`he: the first letter of the literal that follows, in either case."""

    letter: str


@dataclass(frozen=True, slots=True)
class Ending:
    """improve`[d]`: another ending of the word before it."""

    letters: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """`[the firms]`: words of the editor's."""

    words: str
    space_before: bool
    space_after: bool

    @property
    def lawful(self) -> bool:
        """Whether the editor may say this: a negation changes what was said."""
        return not negations(self.words)


Piece = Literal | Initial | Ending | Bracket


@dataclass(frozen=True, slots=True)
class Fragment:
    """What must stand in one stretch of the source."""

    pieces: tuple[Piece, ...]
    words: int
    written: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as it is compared."""

    fragments: tuple[Fragment, ...]
    words: int
    stretches: tuple[str, ...]
    """What stands between ellipses, as written."""

    @property
    def canonical(self) -> str:
        """The same for all typographic forms of the same quotation."""
        return " \u2026 ".join(map(plain, self.stretches))


def quotation(text: str, *, emphasised: bool = False, in_sentence: bool = False) -> Quotation:
    """Read a quotation.

    `emphasised`: the editor's `*emphasis*` stands in it and is not the source's. `in_sentence`: it stands in quotation
    marks within a sentence, where a comma or full stop before the closing mark may be the sentence's own.
    """
    text = _NOTES.sub("", _unquoted(_UNSEEN.sub("", text).strip()))
    if emphasised:
        text = _EMPHASIS.sub(r"\2", text)
    if in_sentence and not text.rstrip().endswith(".."):
        text = re.sub(r"(?<=[\w%)\]'\"\u2019\u201d])\s*[.,]\s*\Z", "", text)
    stretches = tuple(stretch for part in _OMISSION.split(text) if (stretch := part.strip()))
    fragments = tuple(_fragment(stretch) for stretch in stretches if re.search(r"\w", stretch))
    return Quotation(fragments, sum(fragment.words for fragment in fragments), stretches)


def count_words(text: str) -> int:
    """Words as people count them; in scripts without spaces between words, half the characters."""
    dense = len(_DENSE.findall(text))
    return len(_WORD.findall(_DENSE.sub(" ", text))) + (dense + 1) // 2


def stands_for(bracket: str, replaced: str) -> bool:
    """Whether a bracket may stand for these words of the source, both folded."""
    theirs = _WORD.findall(replaced)
    if len(theirs) > REPLACED or negations(replaced) or re.search(r"\d", replaced):
        return False
    ours = [word.casefold() for word in _WORD.findall(bracket)]
    return all(word.casefold() in STAND_INS or any(_same_word(word.casefold(), our) for our in ours) for word in theirs)


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 4 and len(a) - shared <= INFLECTION and len(b) - shared <= INFLECTION


def _unquoted(text: str) -> str:
    """Drop the marks around a whole quotation: only a pair that encloses everything."""
    while len(text) > 2 and text[-1] in _PAIRS.get(text[0], ""):
        inside = text[1:-1]
        if text[0] in inside or text[-1] in re.sub(r"(?<=\w)\u2019(?=\w)|(?<=\w)'(?=\w)", "", inside):
            break
        text = inside.strip()
    return text


def _fragment(text: str) -> Fragment:
    pieces: list[Piece] = []
    done = 0
    for match in _BRACKET.finditer(text):
        piece = _editorial(match, text)
        if piece is not None:
            _append_literal(pieces, text[done : match.start()], before=piece)
            pieces.append(_beside_dash(piece, pieces))
            done = match.end()
    _append_literal(pieces, text[done:], before=None)
    return Fragment(tuple(pieces), count_words(_BRACKET.sub("", text)), text)


def _beside_dash(piece: Piece, pieces: list[Piece]) -> Piece:
    if not isinstance(piece, Bracket) or not pieces or not isinstance(pieces[-1], Literal):
        return piece
    before = pieces[-1].folded
    return replace(piece, space_before=False) if before.mark(len(before.key)) != Mark.NOTHING else piece


def _append_literal(pieces: list[Piece], text: str, before: Piece | None) -> None:
    """A bracket keeps the spaces beside it, since they go when it stands for nothing."""
    if pieces and isinstance(pieces[-1], Bracket):
        text = text.lstrip()
    if isinstance(before, Bracket):
        text = text.rstrip()
    if text:
        literal = Literal(fold(text))
        if pieces and isinstance(pieces[-1], Bracket) and literal.folded.mark(0) != Mark.NOTHING:
            pieces[-1] = replace(pieces[-1], space_after=False)  # the key has no spaces beside a dash
        pieces.append(literal)


def _editorial(match: re.Match[str], text: str) -> Piece | None:
    """What a bracket is; None if it is glued into a word in a way that no rule covers, and so stands for itself."""
    before, after, inside = text[: match.start()], text[match.end() :], match[1]
    glued_before, glued_after = re.search(r"\w['\u2019]?\Z", before), re.match(r"['\u2019]?\w", after)
    if glued_after and not glued_before:
        return Initial(inside) if len(inside) == 1 and inside.isalpha() else None
    if glued_before and not glued_after:
        changed = re.search(r"\w*\Z", before)
        lawful = re.fullmatch(rf"[^\W\d_]{{1,{INFLECTION}}}", inside) and not negations(
            f"{changed and changed[0]}{inside}"
        )
        return Ending(inside) if lawful else None
    if glued_before:
        return None
    return Bracket(plain(inside + (match[2] or "")), before[-1:].isspace(), after[:1].isspace())
