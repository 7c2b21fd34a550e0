"""The gate: whether a quotation stands in a captured text, word for word, and where.

There is no likeness here, only equality of folded keys: a fragment is found with `str.find` and then held against the
text's own word boundaries, hyphens and dashes. A captured text is read in two ways, as it stands and without its
furniture (running heads, footnote marks), and a quotation must stand whole in one of them.

This module does not know briefs, files or locks, nor what is said to an author about a quotation that is absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from generator.evidence.folding import READINGS, Folded, Mark, fold, plain
from generator.evidence.function_words import negations
from generator.evidence.passages import Layout, furniture, layout
from generator.evidence.quotation import (
    INFLECTION,
    REPLACED,
    Bracket,
    Ending,
    Fragment,
    Initial,
    Literal,
    Piece,
    Quotation,
    stands_for,
)

WINDOW = 800
"""The most characters that an ellipsis may leave out between two fragments."""
BRIEF_FRAGMENT = 3
"""Fragments of fewer words must stand in one sentence with the next."""
SHORT = 4
"""Quotations of fewer words need a locator."""
DISTINCT = 12
"""Quotations of as many words are the same statement wherever they stand."""
MOST = 200
"""How many occurrences of one fragment are looked at."""

_INTERNAL = "'&/@_"
_SCALES = re.compile(
    r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|m|k|per ?cent|percent|percentage|Tausend|Million|Millionen"
    r"|Milliarden?|Billionen|Mio|Mrd|Prozent|mille|millions?|milliards?|mil|millones|millón|miles|milioni|miliardi|miljoen"
    r"|miljard|milh[õã]es|bilh[õã]es|por ciento|pour cent|per cento|procent)(?!\w)",
    re.IGNORECASE,
)
"""What a number before it counts."""
_SIGNS = "$\u20ac\u00a3\u00a5\u20b9\u20a9#+\u00b1~\u2248<>\u2264\u2265\u00a7"
_UNITS = "%\u2030\u00b0$\u20ac\u00a3\u00a5"
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_COMBINING = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    r"\u093a-\u094f\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\u3099\u309a\ufe20-\ufe2f\U0001f3fb-\U0001f3ff]"
)
_SENTENCE_END = re.compile(r"[.!?\u3002\uff01\uff1f]['\")\]]*(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a quotation stands: offsets in the captured text, and the numbers a locator can name."""

    start: int
    end: int
    paragraph: int
    """From 1; 0 where paragraphs cannot be counted."""
    last_paragraph: int
    page: int
    """From 1; 0 where the text has no pages."""
    last_page: int
    cut_negation: str = ""
    """A negation that the quotation leaves out beside or between its words, within one sentence."""

    def __str__(self) -> str:
        named = (("p.", self.page, self.last_page), ("para.", self.paragraph, self.last_paragraph))
        return ", ".join(f"{label} {a}" if a == b else f"{label} {a}\u2013{b}" for label, a, b in named if a)


class Transcript:
    """A captured text, ready to be searched. Its readings are made when first needed and kept."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def layout(self) -> Layout:
        return layout(self.text)

    @cached_property
    def plain(self) -> str:
        """The text with one form for each kind of typography, for looking up names."""
        return plain(self.text)

    @cached_property
    def readings(self) -> tuple[Folded, ...]:
        cuts = furniture(self.text)
        return (fold(self.text, cuts), fold(self.text)) if cuts else (fold(self.text),)


def find(wanted: Quotation, transcript: Transcript) -> tuple[Place, ...]:
    """Every place where the quotation stands, by its offset; empty if it is absent."""
    if not wanted.fragments or not all(p.lawful for f in wanted.fragments for p in f.pieces if isinstance(p, Bracket)):
        return ()
    for reading in transcript.readings:
        spans = _chains(wanted, reading)
        if spans:
            return tuple(_place(chain, reading, transcript) for chain in spans)
    return ()


def missing_fragment(wanted: Quotation, transcript: Transcript) -> Fragment | None:
    """The first fragment that stands nowhere in the text; None if each does (in another order, or too far apart)."""
    for fragment in wanted.fragments:
        if not any(next(_occurrences(fragment, reading), None) for reading in transcript.readings):
            return fragment
    return None


# ---------------------------------------------------------------- fragments in order

Chain = tuple[tuple[int, int], ...]
"""The spans of a quotation's fragments in a reading's key."""


def _chains(wanted: Quotation, reading: Folded) -> list[Chain]:
    """The ways to place the fragments in order: for each place of the first, the shortest."""
    chains: list[Chain] = [(span,) for span in _occurrences(wanted.fragments[0], reading)]
    for before, fragment in pairwise(wanted.fragments):
        if not chains:
            return []
        close = min(before.words, fragment.words) < BRIEF_FRAGMENT
        spans = _occurrences(fragment, reading)
        chains = [(*chain, span) for span in spans if (chain := _before(span, chains, reading.key, close=close))]
    shortest = {chain[0]: chain for chain in sorted(chains, key=lambda chain: -chain[-1][1])}
    return sorted(shortest.values())


def _before(span: tuple[int, int], chains: list[Chain], key: str, *, close: bool) -> Chain | None:
    """The chain that ends nearest before a span, if it is near enough."""
    chain = max((chain for chain in chains if chain[-1][1] <= span[0]), key=lambda chain: chain[-1], default=None)
    if chain is None or span[0] - chain[-1][1] > WINDOW:
        return None
    return None if close and _SENTENCE_END.search(key, chain[-1][1], span[0]) else chain


def _occurrences(fragment: Fragment, reading: Folded) -> Iterator[tuple[int, int]]:
    """Where a fragment stands in a reading, by offset; at most `MOST` places."""
    single = fragment.pieces[0] if len(fragment.pieces) == 1 else None
    found = _literal_spans(single, reading) if isinstance(single, Literal) else _marked_spans(fragment, reading)
    for _, span in zip(range(MOST), found, strict=False):
        yield span


def _literal_spans(literal: Literal, reading: Folded) -> Iterator[tuple[int, int]]:
    words, key = literal.folded.key, reading.key
    start = key.find(words)
    while start >= 0:
        end = start + len(words)
        bounded = begins_word(reading, start, literal.folded) and ends_word(reading, end, literal.folded)
        if bounded and _same_marks(literal.folded, reading, start):
            yield start, end
        start = key.find(words, start + 1)


def _same_marks(words: Folded, reading: Folded, start: int) -> bool:
    """Whether hyphens and dashes agree between the ends of a literal placed at `start`, and at an end if it has one there."""
    length = len(words.key)
    theirs = dict(reading.marks_between(start, start + length))
    ours = dict(words.marks_between(0, length))
    for offset in theirs.keys() | ours.keys():
        if offset in ours or 0 < offset < length:
            both = theirs.get(offset, Mark.NOTHING) & ours.get(offset, Mark.NOTHING)
            if not both & READINGS:
                return False
    return True


# ---------------------------------------------------------------- fragments with the editor's marks


def _marked_spans(fragment: Fragment, reading: Folded) -> Iterator[tuple[int, int]]:
    """Search around the places of the longest literal: the editor's marks reach only a few words."""
    literals = [piece for piece in fragment.pieces if isinstance(piece, Literal)]
    if not literals:
        return
    longest = max(literals, key=lambda literal: len(literal.folded.key)).folded.key
    pattern = _pattern(fragment)
    reach = sum(len(piece.folded.key) for piece in literals) + 60 * len(fragment.pieces)
    at, done = reading.key.find(longest), set()
    while at >= 0:
        for match in _overlapping(pattern, reading.key, max(0, at - reach), at + len(longest) + reach):
            if match.span() not in done and _lawful(match, fragment, reading):
                done.add(match.span())
                yield match.span()
        at = reading.key.find(longest, at + 1)


def _overlapping(pattern: re.Pattern[str], key: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """All matches, those that overlap included: a longer one that breaks a rule must not hide a shorter one."""
    while match := pattern.search(key, start, end):
        yield match
        start = match.start() + 1


def _pattern(fragment: Fragment) -> re.Pattern[str]:
    """The fragment as an expression over keys: group `lN` for the literal, `bN` for what the bracket of piece N replaces."""
    parts = []
    for i, piece in enumerate(fragment.pieces):
        if isinstance(piece, Literal):
            parts.append(f"(?P<l{i}>{re.escape(piece.folded.key)})")
        elif isinstance(piece, Initial):
            parts.append(f"[{re.escape(piece.letter.lower())}{re.escape(piece.letter.upper())}]")
        elif isinstance(piece, Ending):
            parts.append(rf"[^\W\d_]{{0,{INFLECTION}}}(?!'?\w)")
        else:
            parts.append(_bracket_pattern(piece, i, first=i == 0, last=i == len(fragment.pieces) - 1))
    return re.compile("".join(parts))


def _bracket_pattern(bracket: Bracket, number: int, *, first: bool, last: bool) -> str:
    word = r"\w+(?:['.,]\w+)*"
    replaced = rf"(?P<b{number}>\[{re.escape(bracket.words)}\]|{word}(?: {word}){{0,{REPLACED - 1}}}?)"
    # Standing for nothing is tried first, except at the end, where that is lawful only if a sentence or clause ends there.
    if first:
        return rf"(?:(?<!\w){replaced} )??"
    if last:
        return rf"(?: {replaced}(?!\w))?"
    if bracket.space_before and bracket.space_after:
        return rf" (?:{replaced} )??"
    if bracket.space_before:
        return rf"(?: {replaced})??"
    return rf"(?:{replaced} )??" if bracket.space_after else rf"(?:{replaced})??"


def _lawful(match: re.Match[str], fragment: Fragment, reading: Folded) -> bool:
    """Hold a match of the pattern against the rules that an expression cannot say."""
    pieces = fragment.pieces
    for i, piece in enumerate(pieces):
        if isinstance(piece, Literal):
            if not _same_marks(piece.folded, reading, match.start(f"l{i}")):
                return False
        elif isinstance(piece, Bracket):
            replaced = match[f"b{i}"]
            if replaced and replaced != f"[{piece.words}]" and not stands_for(piece.words, replaced):
                return False
    return _lawful_edges(match, pieces, reading)


def _lawful_edges(match: re.Match[str], pieces: tuple[Piece, ...], reading: Folded) -> bool:
    """An insertion at an edge must have replaced something, or stand where a sentence or clause begins or ends."""
    start, end = match.span()
    if not (begins_word(reading, start) and ends_word(reading, end)):
        return False
    last = len(pieces) - 1
    if isinstance(pieces[0], Bracket) and match["b0"] is None and not _clause_begins(reading, start):
        return False
    return not isinstance(pieces[last], Bracket) or match[f"b{last}"] is not None or _clause_ends(reading, end)


def _clause_begins(reading: Folded, at: int) -> bool:
    before = reading.key[:at].rstrip()[-1:]
    return not before or before in ".;:!?('\u2026\u3002" or bool(reading.mark(at) & Mark.DASH)


def _clause_ends(reading: Folded, at: int) -> bool:
    after = reading.key[at:].lstrip()[:1]
    return not after or after in ".;:!?)'\u2026\u3002" or bool(reading.mark(at) & Mark.DASH)


# ---------------------------------------------------------------- word boundaries


def begins_word(reading: Folded, at: int, words: Folded | None = None) -> bool:
    """Whether words may begin at a key offset: not inside a word, number or compound, nor after a sign that belongs to it."""
    mark = reading.mark(at)
    if mark != Mark.NOTHING and not (words and words.mark(0) != Mark.NOTHING):
        return mark & READINGS == Mark.DASH or bool(mark & Mark.SPACE_AFTER)
    if mark != Mark.NOTHING:
        return True
    after_sign = at > 0 and reading.key[at - 1] in _SIGNS and reading.key[at : at + 1].isdigit()
    return _between_words(reading, at) and not after_sign and not _within_number(reading.key, at)


def ends_word(reading: Folded, at: int, words: Folded | None = None) -> bool:
    """Whether words may end before a key offset."""
    mark = reading.mark(at)
    if mark != Mark.NOTHING and not (words and words.mark(len(words.key)) != Mark.NOTHING):
        return mark & READINGS == Mark.DASH or bool(mark & Mark.SPACE_BEFORE)
    if mark != Mark.NOTHING:
        return True
    before_unit = at > 0 and reading.key[at - 1].isdigit() and reading.key[at : at + 1] in tuple(_UNITS)
    return _between_words(reading, at) and not before_unit and not _within_number(reading.key, at)


def _within_number(key: str, at: int) -> bool:
    """Whether a space at this offset stands inside a number: `1 300`, `5 million`."""
    before, after = key[max(0, at - 6) : at].rstrip(), key[at : at + 16].lstrip()
    if not before[-1:].isdigit() or not after:
        return False
    grouped = re.search(r"(?<!\d)\d{1,3}\Z", before) and re.match(r"\d{3}(?!\d)", after)
    return bool(grouped or _SCALES.match(after))


def _between_words(reading: Folded, at: int) -> bool:
    key = reading.key
    if at <= 0 or at >= len(key):
        return True
    before, after = key[at - 1], key[at]
    if _COMBINING.match(after):
        return False
    if _is_wordish(before) and _is_wordish(after):
        return bool(_UNSPACED.match(before) and _UNSPACED.match(after))
    if _is_wordish(before) and at + 1 < len(key) and reading.mark(at + 1) == Mark.NOTHING:
        return not _joins(key[at - 2 : at - 1], before, after, key[at + 1])
    if _is_wordish(after) and at >= 2 and reading.mark(at - 1) == Mark.NOTHING:
        return not _joins(key[at - 3 : at - 2], key[at - 2], before, after)
    return True


def _is_wordish(character: str) -> bool:
    return character.isalnum() or _COMBINING.match(character) is not None


def _joins(further: str, before: str, joint: str, after: str) -> bool:
    """Whether `joint` holds two characters in one word or number: `don't`, `5.6`, `U.S`, `and/or`."""
    if not (_is_wordish(before) and _is_wordish(after)) or _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    if joint in _INTERNAL:
        return True
    if joint in ".,:" and before.isdigit() and after.isdigit():
        return True
    return joint == "." and (after.islower() or not further.isalnum())


# ---------------------------------------------------------------- what was found


def _place(chain: Chain, reading: Folded, transcript: Transcript) -> Place:
    start, end = reading.original(chain[0][0], chain[-1][1])
    where = transcript.layout
    first, last = (where.paragraph(start), where.paragraph(end - 1)) if where.countable else (0, 0)
    return Place(start, end, first, last, where.page(start), where.page(end - 1), _cut_negation(chain, reading.key))


def _cut_negation(chain: Chain, key: str) -> str:
    """A negation just before the quotation, or left out within a sentence by an ellipsis."""
    opening = _SENTENCE_END.split(key[max(0, chain[0][0] - 60) : chain[0][0]])[-1]
    left_out = [" ".join(re.split(r"[^\w']+", opening.strip())[-2:])]
    left_out += [gap for a, b in pairwise(chain) if not _SENTENCE_END.search(gap := key[a[1] : b[0]])]
    return next(iter(negations(" ".join(left_out))), "")
