"""Finds a quotation in a captured text: equal tokens, in order, of one speaker.

A captured text is read in two ways, as it is and without its page artifacts (running heads, footnote marks), and a
quotation must be complete in one of them.

If it is unclear whether the words around an ellipsis are one speaker's, they count as words of two speakers, because an ellipsis must
not join words of different people.

Omissions and brackets are judged in `verdict.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from generator.evidence.gate.block_borders import open_borders
from generator.evidence.gate.borders import is_limited, may_cut
from generator.evidence.gate.conditions import QUESTION, left_out_condition
from generator.evidence.gate.main_clause import REST, taken_back
from generator.evidence.gate.paragraphs import Layout, layout, page_artifacts, page_edges, plain
from generator.evidence.gate.quotation import Fragment, WantedQuotation
from generator.evidence.gate.remarks import remark
from generator.evidence.gate.tokens import SEPARATOR, Tokens, ends_sentence, same, tokenize
from generator.evidence.gate.vocabulary import Vocabulary, vocabulary

WINDOW = 800
"""Most characters that an ellipsis may leave out between two fragments."""
BRIEF_FRAGMENT = 3
"""A fragment of fewer words must be in one sentence with the fragments next to it."""
COLLAGE = 3
"""This many fragments of fewer than `BRIEF_FRAGMENT` words in a row are not a quotation: the author could make any statement of them."""
SHORT = 4
"""A quotation of fewer words needs a locator."""
DISTINCT = 12
"""A quotation of at least this many words is the same statement in every paragraph that contains it."""
MOST = 200
"""Most occurrences of one fragment that are used."""
MOST_CANDIDATES = 20_000
"""Most places with the words of a fragment that are examined."""
_OPENS = regex.compile(r"[\p{Ps}'\":\xbf]")
"""What may be before the first word of a question: an opening mark, or the colon of a label."""
_WORD = regex.compile(r"[\w\p{N}]")
_LINE_END = regex.compile(r"[-\u2010][^\S\n]*+\n[^\S\n]*+")
_PAUSE = regex.compile(r"[\p{P}--['\-]]", regex.V1)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a quotation is: offsets in the captured text, and the numbers that a locator can name."""

    start: int
    end: int
    paragraph: int
    """From 1; 0 if paragraphs cannot be counted."""
    last_paragraph: int
    page: int
    """From 1; 0 if the text has no pages."""
    last_page: int
    cut_negation: str = ""
    """A negation or a reversal (`doubt`) that takes the words back (`main_clause.py`) and is not quoted; empty for none."""
    cut_condition: str = ""
    """The words that begin a condition (`if`) in the sentence of the quotation, which the quotation leaves out; empty for none."""

    def __str__(self) -> str:
        named = (("p.", self.page, self.last_page), ("para.", self.paragraph, self.last_paragraph))
        return ", ".join(f"{label} {a}" if a == b else f"{label} {a}\u2013{b}" for label, a, b in named if a)


@dataclass(frozen=True)
class Transcript:
    """A captured text, prepared for searching. Its readings are made when they are first needed."""

    text: str

    @cached_property
    def layout(self) -> Layout:
        return layout(self.text)

    @cached_property
    def plain(self) -> str:
        """Return the text with one form for each kind of typography, for looking up names."""
        return plain(self.text)

    @cached_property
    def readings(self) -> tuple[Tokens, ...]:
        """Return the text as it is and, if different, without page artifacts; offsets are the same in both."""
        whole = tokenize(self.text)
        blanked = _blanked(self.text, page_artifacts(self.text))
        return (whole,) if blanked == self.text else (tokenize(blanked), whole)

    @cached_property
    def page_edges(self) -> tuple[tuple[int, int], ...]:
        """Return the spans of running heads and feet."""
        return tuple(page_edges(self.text))

    @cached_property
    def suspended(self) -> Tokens:
        """Return the text with each hyphen at the end of a line read as the end of a word, as in `pre- and post-war`."""
        return tokenize(_LINE_END.sub(lambda match: "-" + " " * (len(match[0]) - 1), self.text))


def _blanked(text: str, cuts: Sequence[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in cuts:
        pieces += (text[done:start], " " * (end - start))
        done = end
    return "".join((*pieces, text[done:]))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The token spans of a quotation's fragments in one reading of a text."""

    reading: Tokens
    spans: tuple[tuple[int, int], ...]

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Yield what the ellipses leave out, as spans of tokens."""
        return ((before[1], after[0]) for before, after in pairwise(self.spans))


Chain = tuple[tuple[int, int], ...]


def occurrences(wanted: WantedQuotation, transcript: Transcript, language: str = "") -> tuple[Occurrence, ...]:
    """Return the occurrences of a quotation in the first reading that has any.

    For each place of its first fragment, this is the shortest one. What its ellipses leave out is not judged here.
    """
    words = vocabulary(language)
    for reading in _readings(wanted.fragments, transcript):
        chains = [
            chain
            for chain in _chains(wanted.fragments, reading, words)
            if _bounded_everywhere(chain, reading, transcript, words)
        ]
        if chains:
            return tuple(Occurrence(reading, chain) for chain in chains)
    return ()


def _readings(fragments: Sequence[Fragment], transcript: Transcript) -> tuple[Tokens, ...]:
    """Return the readings to search. Only words with a suspended hyphen, as in `pre- and post-war`, need the last."""
    if not fragments:
        return ()
    suspended = any("-" in fragment.tokens for fragment in fragments) and "-" in transcript.text
    return (*transcript.readings, transcript.suspended) if suspended else transcript.readings


def _bounded_everywhere(chain: Chain, reading: Tokens, transcript: Transcript, words: Vocabulary) -> bool:
    """Whether fragments may begin and end there in the other readings too, because a footnote mark must not hide a unit behind it."""
    offsets = [offset for start, end in chain for offset in (reading.starts[start], reading.end(end - 1))]
    others = [other for other in transcript.readings if other is not reading]
    return all(may_cut(other, bisect_left(other.starts, offset), words) for other in others for offset in offsets)


def missing_fragment(wanted: WantedQuotation, transcript: Transcript, language: str = "") -> Fragment | None:
    """Return the first fragment that the text does not contain; None if it contains each (in another order, or too far apart)."""
    words = vocabulary(language)
    for fragment in wanted.fragments:
        if not any(next(spans(fragment, reading, words), None) for reading in _readings((fragment,), transcript)):
            return fragment
    return None


# ---------------------------------------------------------------- fragments in order


def _chains(fragments: tuple[Fragment, ...], reading: Tokens, words: Vocabulary) -> list[Chain]:
    chains: list[Chain] = [(span,) for span in spans(fragments[0], reading, words)]
    for before, fragment in pairwise(fragments):
        close = min(before.words, fragment.words) < BRIEF_FRAGMENT
        places = spans(fragment, reading, words) if chains else ()
        chains = [(*chain, span) for span in places if (chain := _before(span, chains, reading, close=close))]
    shortest = {chain[0]: chain for chain in sorted(chains, key=lambda chain: -chain[-1][1])}
    return sorted(shortest.values())


def _before(span: tuple[int, int], chains: list[Chain], reading: Tokens, *, close: bool) -> Chain | None:
    """Return the chain that ends nearest before a span, if it is near enough."""
    chain = max((chain for chain in chains if chain[-1][1] <= span[0]), key=lambda chain: chain[-1], default=None)
    if chain is None or reading.starts[span[0]] - reading.end(chain[-1][1] - 1) > WINDOW:
        return None
    return None if close and ends_sentence(reading.exact[chain[-1][1] : span[0]]) else chain


def spans(fragment: Fragment, reading: Tokens, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Yield where a reading contains a fragment between borders, by token index; at most `MOST` places."""
    lawful = (span for span in candidates(fragment, reading) if _bounded(fragment, span, reading, words))
    return (span for _, span in zip(range(MOST), lawful, strict=False))


def candidates(fragment: Fragment, reading: Tokens) -> Iterator[tuple[int, int]]:
    """Yield where a reading contains the tokens of a fragment, by token index, whether or not a fragment may begin and end there."""
    wanted, line = fragment.line, reading.line
    length, index, counted = len(fragment.tokens), 0, 0
    at = line.find(wanted) if length else -1
    for _ in range(MOST_CANDIDATES):
        if at < 0:
            return
        index, counted = index + line.count(SEPARATOR, counted, at), at
        if _equal(fragment, reading.exact[index : index + length]):
            yield index, index + length
        at = line.find(wanted, at + 1)


def _equal(fragment: Fragment, theirs: tuple[str, ...]) -> bool:
    if fragment.tokens == theirs:
        return True
    return all(
        same(ours, token) or (i in fragment.capitals and same(ours[:1].swapcase() + ours[1:], token))
        for i, (ours, token) in enumerate(zip(fragment.tokens, theirs, strict=True))
    )


def _bounded(fragment: Fragment, span: tuple[int, int], reading: Tokens, words: Vocabulary) -> bool:
    """Whether a fragment may begin and end where it was found, and be cut at each of its alterations."""
    start, _ = span
    if not all(may_cut(reading, at, words) and not is_limited(reading, at, words) for at in span):
        return False
    if _is_bare_question(reading, span):
        return False
    for alteration in fragment.alterations:
        at = start + alteration.at
        if not alteration.original and not may_cut(reading, at, words):
            return False
        if not alteration.original and at in span and not pauses(reading, at, first=at == start):
            return False
    return True


def _is_bare_question(reading: Tokens, span: tuple[int, int]) -> bool:
    """Whether the words are a whole question without its mark, which then reads as a statement."""
    start, end = span
    if not QUESTION.fullmatch(*reading.exact[end : end + 1] or ("",)) or not _WORD.match(reading.exact[end - 1]):
        return False
    before = reading.exact[start - 1] if start else "."
    return _OPENS.fullmatch(before) is not None or ends_sentence((before,))


def pauses(reading: Tokens, at: int, *, first: bool) -> bool:
    """Whether a clause begins (`first`) or ends at an index: there is punctuation, or the text begins or ends."""
    beside = at - 1 if first else at
    return not 0 <= beside < len(reading.exact) or _PAUSE.fullmatch(reading.exact[beside]) is not None


# ---------------------------------------------------------------- occurrences


def place(occurrence: Occurrence, transcript: Transcript, words: Vocabulary, *, verb_last: bool) -> Place:
    """Return the place of an occurrence, with the negation and the condition that the quotation leaves out around it."""
    reading, where = occurrence.reading, transcript.layout
    start, end = reading.starts[occurrence.spans[0][0]], reading.end(occurrence.spans[-1][1] - 1)
    first, last = (where.paragraph(start), where.paragraph(end - 1)) if where.countable else (0, 0)
    begins, ends = occurrence.spans[0][0], occurrence.spans[-1][1]
    block = _block_start(occurrence, transcript)
    cut = taken_back(reading.exact, begins, ends, words, verb_last=verb_last, block=block)
    cut = cut or remark(reading, begins, ends, words)
    condition = left_out_condition(reading.exact, begins, ends, words)
    return Place(start, end, first, last, where.page(start), where.page(end - 1), cut, condition)


def _block_start(occurrence: Occurrence, transcript: Transcript) -> int:
    """Return the index of the first token of the block in which a quotation begins; at most `REST` tokens before it."""
    reading, begins = occurrence.reading, occurrence.spans[0][0]
    first = max(0, begins - REST)
    borders = open_borders(transcript.text, reading.text, reading.starts[first], reading.starts[begins] + 1)
    return bisect_left(reading.starts, max((begin for _, begin in borders), default=reading.starts[first]))


def left_out(occurrence: Occurrence) -> Iterator[tuple[str, ...]]:
    """Yield the tokens that each ellipsis leaves out."""
    return (occurrence.reading.exact[start:end] for start, end in occurrence.gaps())


def repaired(occurrence: Occurrence) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield each omission inside a sentence that is not between two punctuation marks, and the words of the fragments around it."""
    exact = occurrence.reading.exact
    for (first, start), (end, last) in pairwise(occurrence.spans):
        gap = exact[start:end]
        between = all(any(map(_PAUSE.fullmatch, exact[at - 1 : at + 1])) for at in (start, end))
        if gap and not between and not ends_sentence(gap):
            yield gap, (*exact[first:start], *exact[end:last])


def governing(occurrence: Occurrence, *, verb_last: bool) -> Iterator[tuple[str, ...]]:
    """Yield the omitted words in the clause that goes on after an ellipsis; with `verb_last`, also those in the clause before it."""
    for start, end in occurrence.gaps():
        gap = occurrence.reading.exact[start:end]
        marks = [i for i, token in enumerate(gap) if _PAUSE.fullmatch(token)]
        if not marks:
            yield gap
            continue
        yield gap[marks[-1] + 1 :]
        if verb_last:
            yield gap[: marks[0]]


def is_collage(wanted: WantedQuotation) -> bool:
    """Whether `COLLAGE` fragments in a row are so short that an author could make any statement of them."""
    brief = [fragment.words < BRIEF_FRAGMENT for fragment in wanted.fragments]
    return any(all(brief[at : at + COLLAGE]) for at in range(len(brief) - COLLAGE + 1))


def spoken_by_one(occurrence: Occurrence, transcript: Transcript) -> bool:
    """Whether all fragments are one speaker's."""
    reading = occurrence.reading
    return all(
        one_speaker(transcript.text, reading.end(start - 1), reading.starts[end], transcript.layout)
        for start, end in ((a[1], b[0]) for a, b in pairwise(occurrence.spans))
    )


_MARK = regex.compile('[\u201c\u201d\u201e\u201f\xab\xbb"\u300c\u300d\u300e\u300f\uff02]')

_LABEL = regex.compile(
    r"\s*(?:[-\u2010-\u2015*\u2022]\s|[^\n:\uff1a.!?\u3002]{1,50}[:\uff1a]|[\p{Lu}\p{P} ]{3,40}[.:\uff1a]\s|[QA][.)]?\s)"
)

_END = regex.compile(r"[\p{STerm}\u037e]")
_LETTER = regex.compile(r"\p{L}")


def one_speaker(text: str, start: int, end: int, layout: Layout) -> bool:
    """Whether the words before `start` and those from `end` on are one speaker's, by the text between and around them."""
    first, last = layout.paragraph(start - 1), layout.paragraph(end)
    begins = [layout.paragraphs[number - 1][0] for number in range(first + 1, last + 1)]
    if any(_LABEL.match(text, at) for at in begins):
        return False
    opening = layout.paragraphs[first - 1][0] if first else 0
    inside = len(_MARK.findall(text, opening, start)) % 2 == 1
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    if len(marks) % 2:  # from quoted words to unquoted ones, or the reverse
        return False
    if not inside or not marks:
        return True
    return not begins and not any(_introduces(text, a, b) for a, b in pairwise(marks)) and not _attributed(text, end)


def _introduces(text: str, closing: int, opening: int) -> bool:
    """Whether a new sentence between two quotations says who speaks in the second."""
    ends = [match.end() for match in _END.finditer(text, closing - 1, opening)]
    return bool(ends) and _LETTER.search(text, ends[-1], opening) is not None


def _attributed(text: str, at: int) -> bool:
    """Whether the words after the quotation marks that close next after offset `at` say who speaks in them."""
    closing = _MARK.search(text, at)
    if closing is None:
        return False
    before, behind = text[closing.start() - 1], regex.compile(r"[^\S\n]*(\p{L})?").match(text, closing.end())
    letter = behind[1] if behind else None
    return letter is not None and (before not in ".\u3002\u2026" or letter.islower())
