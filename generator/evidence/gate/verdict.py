"""Judges a quotation by a text, and finds the words to paste into its brackets."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import regex

from generator.evidence.gate.joined_words import is_spliced, is_turned, is_veiled, runs_on, takes_in_edge
from generator.evidence.gate.main_clause import is_month
from generator.evidence.gate.nearest_passage import KINDS, Nearest, nearest
from generator.evidence.gate.quotation import Alteration, Fragment, WantedQuotation, quotation
from generator.evidence.gate.token_search import (
    Occurrence,
    Place,
    Transcript,
    candidates,
    governing,
    is_collage,
    left_out,
    missing_fragment,
    occurrences,
    pauses,
    place,
    repaired,
    spoken_by_one,
)
from generator.evidence.gate.tokens import Tokens, key_line, tokenize
from generator.evidence.gate.vocabulary import Vocabulary, judged, replaceable, vocabulary
from generator.languages import all_languages
from generator.languages import language as language_of

STEM = 4
"""Letters that two forms of one word must share; one letter less if only an `s` is added."""
_NUMBER = regex.compile(r"\p{N}|[\u2212\p{Sc}%\u2030\u066a]")
_CASED = regex.compile(r"\p{Lu}")
_WORD = regex.compile(r"[\w\p{N}]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a quotation in a text."""

    verdict: Literal["verified", "absent", "unchecked"]
    """`unchecked`: the words are in the text, but an editor's mark cannot be judged, or a character is invisible."""
    places: tuple[Place, ...] = ()
    """Where the words are; empty if they are absent."""
    difference: str = ""
    """The kind of difference to the nearest passage: a key of `nearest_passage.KINDS`, or `border`, `mark`, `speaker`,
    `splice`, `turned`, `unseen` or `veiled`."""
    nearest: Nearest | None = None
    """The passage most like an absent quotation."""
    reason: str = ""
    """Why it is not verified; empty if it is."""
    readings: tuple[str, ...] = ()
    """The part with a bare bracket, in the ways in which it may have to be written: `[they|we] will`."""


@dataclass(frozen=True, slots=True)
class _MarkFault:
    """What is wrong with a mark. `certain` is false if it only cannot be judged."""

    certain: bool
    difference: str
    reason: str


def judge(
    quote: str, transcript: Transcript, *, language: str = "", in_sentence: bool = False, approved: bool = False
) -> Judgement:
    """Judge whether `transcript` contains `quote`.

    `language` is that of both, as a BCP 47 tag. If it is empty or unknown to the program, omissions, additions and replacements are
    `unchecked`. `in_sentence`: a comma or full stop at the end may belong to the sentence around the quotation. `approved`: a
    person has checked the marks that cannot be judged. Raises nothing, whatever the texts are.
    """
    return judged_quotation(quotation(quote, in_sentence=in_sentence), transcript, language=language, approved=approved)


def find(
    wanted: WantedQuotation, transcript: Transcript, language: str = "", *, approved: bool = False
) -> tuple[Place, ...]:
    """Return every place where the text contains the quotation and nothing is wrong with its marks, by offset."""
    return _verdict(wanted, transcript, language, approved=approved).places


def judged_quotation(
    wanted: WantedQuotation, transcript: Transcript, *, language: str = "", approved: bool = False
) -> Judgement:
    """As `judge`, for a quotation that has been read."""
    verdict = _verdict(wanted, transcript, language, approved=approved)
    if verdict.verdict == "verified" or verdict.difference:
        return verdict
    words = vocabulary(language)
    fault = next(
        (fault for one in wanted.alterations if (fault := _altered(one, words, language)) and fault.certain), None
    )
    if fault is not None:
        return Judgement("absent", difference=fault.difference, reason=fault.reason)
    missing = missing_fragment(wanted, transcript, language)
    if missing is None:
        return Judgement("absent", difference="order", reason="its parts are not in this order near each other")
    if missing.alterations and any(next(candidates(missing, reading), None) for reading in transcript.readings):
        reason = "a bracket is inside a number, or at an end of the quotation where no clause of the source ends"
        return Judgement("absent", difference="mark", reason=reason, readings=bracket_readings(missing, transcript))
    readings = bracket_readings(missing, transcript)
    if readings:
        return Judgement(
            "absent",
            difference="mark",
            reason="a bracket does not name the words that it replaces",
            readings=readings,
        )
    near = nearest(missing, transcript, language)
    reason = KINDS[near.kind] if near else "there is no similar passage"
    return Judgement("absent", (), near.kind if near else "", near, reason)


def _verdict(wanted: WantedQuotation, transcript: Transcript, language: str, *, approved: bool) -> Judgement:
    if wanted.unseen:
        reason = f"it contains the invisible character U+{ord(wanted.unseen):04X}"
        return Judgement("unchecked", difference="unseen", reason=reason)
    if wanted.literal is not None:
        matches = occurrences(wanted.literal, transcript, language)
        if matches:
            return _judged(matches, wanted.literal, transcript, language, approved=approved)
    matches = occurrences(wanted, transcript, language)
    return _judged(matches, wanted, transcript, language, approved=approved) if matches else Judgement("absent")


def _judged(
    matches: tuple[Occurrence, ...], wanted: WantedQuotation, transcript: Transcript, language: str, *, approved: bool
) -> Judgement:
    """Return the verdict on words that are in the text: the places without a fault if there are any, else the first fault."""
    words = vocabulary(language)
    altered = [fault for one in wanted.alterations if (fault := _altered(one, words, language))]
    faults = [[*altered, *_skipped(one, wanted, transcript, words, language)] for one in matches]
    open_faults = [[fault for fault in some if fault.certain or not approved] for some in faults]
    verb_last = language_of(language).verb_last
    unharmed = (one for one, some in zip(matches, open_faults, strict=True) if not some)
    lawful = tuple(place(one, transcript, words, verb_last=verb_last) for one in unharmed)
    if lawful:
        return Judgement("verified", lawful)
    fault = min((some[0] for some in open_faults), key=lambda one: one.certain)
    return Judgement("absent" if fault.certain else "unchecked", (), fault.difference, None, fault.reason)


# ---------------------------------------------------------------- what is left out


def _skipped(
    occurrence: Occurrence, wanted: WantedQuotation, transcript: Transcript, words: Vocabulary, language: str
) -> Iterator[_MarkFault]:
    """Yield what is wrong with the ellipses of a quotation in one place, certain faults first."""
    if not spoken_by_one(occurrence, transcript):
        yield _MarkFault(True, "speaker", "an ellipsis joins words that may be of two speakers")
    for gap in left_out(occurrence):
        negations = words.negated(gap)
        if negations:
            yield _MarkFault(True, "negation", f"an ellipsis leaves out the negation '{negations[0]}'")
    yield from _deciding(occurrence, words, language)
    yield from _unread(occurrence, transcript)
    if is_spliced(occurrence, transcript):
        yield _MarkFault(False, "splice", "an ellipsis joins the middle of one sentence with the middle of another")
    if is_collage(wanted):
        yield _MarkFault(False, "splice", "ellipses join more than two parts of one or two words")
    if not judged(language) and any(_WORD.match(token) for gap in left_out(occurrence) for token in gap):
        yield _MarkFault(False, "mark", f"the words that an ellipsis leaves out cannot be judged in {_named(language)}")


def _unread(occurrence: Occurrence, transcript: Transcript) -> Iterator[_MarkFault]:
    """Yield a fault for words that readers of the source do not see, or do not read as one passage."""
    if is_turned(occurrence, transcript):
        yield _MarkFault(
            False, "turned", "invisible characters turn letters around there, so that readers see other words"
        )
    if is_veiled(occurrence, transcript):
        yield _MarkFault(False, "veiled", "readers of the source may not see these words, because a style hides them")
    if runs_on(occurrence, transcript):
        yield _MarkFault(
            False, "border", "its words run on from a heading, caption, list item or cell into the next text"
        )
    if takes_in_edge(occurrence, transcript):
        yield _MarkFault(False, "border", "its words run on from the text into a line at the head or foot of a page")


def _deciding(occurrence: Occurrence, words: Vocabulary, language: str) -> Iterator[_MarkFault]:
    """Yield a fault for words that an ellipsis leaves out and on which the words around it depend."""
    for gap in governing(occurrence, verb_last=language_of(language).verb_last):
        reversals = _reversals(gap, words)
        if reversals:
            yield _MarkFault(
                False, "mark", f"an ellipsis leaves out '{reversals[0]}', which decides what the clause says"
            )
    for gap, rest in repaired(occurrence):
        if _numbers(gap, words) and _numbers(rest, words):
            yield _MarkFault(
                False, "number", "an ellipsis leaves out a number, so that other words belong to another number"
            )


def _reversals(tokens: Iterable[str], words: Vocabulary) -> list[str]:
    """Return the words that make a statement untrue, unreal or uncertain, sorted."""
    return sorted(words.reversals.among(token for token in tokens if not is_month(token, words)))


# ---------------------------------------------------------------- what is added and replaced


def _altered(alteration: Alteration, words: Vocabulary, language: str) -> _MarkFault | None:
    """Return what is wrong with a bracket; None if nothing is."""
    ours, theirs = tokenize(alteration.words).exact, tokenize(alteration.original).exact
    shown = alteration.written
    if (ours in _signs_of_negation()) != (theirs in _signs_of_negation()):
        return _MarkFault(True, "negation", f"{shown} changes a negation")
    if sorted(words.negated(ours)) != sorted(words.negated(theirs)):
        return _MarkFault(True, "negation", f"{shown} changes a negation")
    if _numbers(ours, words) != _numbers(theirs, words):
        return _MarkFault(True, "number", f"{shown} changes a number or an amount")
    if not judged(language):
        return _MarkFault(False, "mark", f"{shown} cannot be judged in {_named(language)}")
    if _reversals(ours, words) != _reversals(theirs, words):
        return _MarkFault(False, "mark", f"{shown} changes whether the statement is made, or how surely")
    return _replaced(ours, theirs, words, language, shown) if theirs else None


@functools.cache
def _signs_of_negation() -> frozenset[tuple[str, ...]]:
    """Return negations of one character, as tokens; they are too common inside words to be searched for."""
    return frozenset((sign,) for one in all_languages() for sign in one.negation_signs or ())


def _replaced(
    ours: tuple[str, ...], theirs: tuple[str, ...], words: Vocabulary, language: str, shown: str
) -> _MarkFault | None:
    """Return the fault of a bracket in place of words of the source; None if it replaces only words such as pronouns."""
    content = _replaced_words(ours, theirs, words, language)
    if not content:
        return None
    named = replaceable(language) and not language_of(language).capital_nouns
    if named and any(_CASED.match(token) for token in content):
        return _MarkFault(True, "name", f"{shown} replaces the name {content[0]}")
    why = (
        "replaces words with a meaning of their own"
        if replaceable(language)
        else f"cannot be judged in {_named(language)}"
    )
    return _MarkFault(False, "mark", f"{shown} {why}")


def _replaced_words(ours: tuple[str, ...], theirs: tuple[str, ...], words: Vocabulary, language: str) -> list[str]:
    """Return the source's words that are neither pronouns and the like nor, in their order, forms of the editor's words."""
    replaced: list[str] = []
    next_one = 0
    for token in theirs:
        folded = token.casefold()
        if not _WORD.match(token) or folded in words.stand_ins:
            continue
        form = next((i for i in range(next_one, len(ours)) if _is_form(folded, ours[i].casefold(), language)), None)
        if form is None:
            replaced.append(token)
        else:
            next_one = form + 1
    return replaced


def _is_form(a: str, b: str, language: str) -> bool:
    """Whether two words are equal, or differ by two endings of one set of the language's inflections."""
    if a == b:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    for stem in range(shared, 2, -1):
        endings = {a[stem:] or "-", b[stem:] or "-"}
        if any(endings <= forms for forms in _inflections(language)):
            return stem >= STEM or endings == {"-", "s"}
    return False


@functools.cache
def _inflections(language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(forms.split()) for forms in language_of(language).inflections)


def _numbers(tokens: tuple[str, ...], words: Vocabulary) -> list[str]:
    return [token for token in tokens if _NUMBER.search(token) or words.number(token) or words.scale(token)]


def _named(language: str) -> str:
    return f"the language '{language}'" if re.search(r"\w", language) else "a language that is not stated"


REACH = 5
"""Most tokens of the source that one bracket may replace."""
MOST_BRACKETS = 4
MOST_READINGS = 5
Span = tuple[int, int]


def bracket_readings(fragment: Fragment, transcript: Transcript) -> tuple[str, ...]:
    """Return the ways to write a fragment whose bare brackets replace words of the source; empty if it is not found that way."""
    bare = [alteration for alteration in fragment.alterations if not alteration.original]
    if not 0 < len(bare) <= MOST_BRACKETS or len(bare) != len({one.at for one in bare}):
        return ()
    reading = transcript.readings[-1]
    readings: dict[str, None] = {}
    for originals in _originals(fragment, bare, reading):
        if any(originals):
            readings[_written(fragment, bare, originals)] = None
        if len(readings) == MOST_READINGS:
            break
    return tuple(readings)


def _originals(fragment: Fragment, bare: Sequence[Alteration], reading: Tokens) -> Iterator[tuple[str, ...]]:
    """Yield the source's words for the brackets, for each place where the rest of the fragment is found."""
    cuts = [0, *(one.at for one in bare), len(fragment.tokens)]
    parts = [_part(fragment, start, end) for start, end in pairwise(cuts)]
    anchor = max(range(len(parts)), key=lambda i: len(parts[i].tokens))
    for start, end in candidates(parts[anchor], reading):
        for before in _leftwards(parts[:anchor], start, reading):
            for after in _rightwards(parts[anchor + 1 :], end, reading):
                spans = (*before, *after)
                yield tuple(_text(reading, span) for span in spans)


def _part(fragment: Fragment, start: int, end: int) -> Fragment:
    capitals = frozenset(i - start for i in fragment.capitals if start <= i < end)
    return replace(fragment, tokens=fragment.tokens[start:end], capitals=capitals, alterations=())


def _rightwards(parts: Sequence[Fragment], at: int, reading: Tokens) -> Iterator[tuple[Span, ...]]:
    """Yield the stretches between the parts that follow a token index."""
    if not parts:
        yield ()
        return
    if not parts[0].tokens:
        yield from ((span,) for span in _edge(at, reading, +1))
        return
    for gap in range(REACH + 1):
        end = at + gap + len(parts[0].tokens)
        if _is_at(parts[0], at + gap, reading):
            yield from ((((at, at + gap)), *rest) for rest in _rightwards(parts[1:], end, reading))


def _leftwards(parts: Sequence[Fragment], at: int, reading: Tokens) -> Iterator[tuple[Span, ...]]:
    if not parts:
        yield ()
        return
    if not parts[-1].tokens:
        yield from ((span,) for span in _edge(at, reading, -1))
        return
    for gap in range(REACH + 1):
        start = at - gap - len(parts[-1].tokens)
        if start >= 0 and _is_at(parts[-1], start, reading):
            yield from ((*rest, (at - gap, at)) for rest in _leftwards(parts[:-1], start, reading))


def _is_at(part: Fragment, at: int, reading: Tokens) -> bool:
    there = reading.exact[at : at + len(part.tokens)]
    return len(there) == len(part.tokens) and key_line(there) == part.line


def _edge(at: int, reading: Tokens, step: int) -> Iterator[Span]:
    """Yield the words next to a fragment up to the border of their clause, if they are few."""
    for length in range(REACH + 1):
        end = at + step * length
        if pauses(reading, end, first=step < 0):
            yield (min(at, end), max(at, end))
            return


def _text(reading: Tokens, span: Span) -> str:
    start, end = span
    return " ".join(reading.text[reading.starts[start] : reading.end(end - 1)].split()) if end > start else ""


def _written(fragment: Fragment, bare: Sequence[Alteration], originals: Sequence[str]) -> str:
    written, done = "", 0
    for alteration, original in zip(bare, originals, strict=True):
        at = fragment.written.index(alteration.written, done)
        inside = alteration.written.rpartition("]")
        marked = f"{inside[0]}|{original}]{inside[2]}" if original else alteration.written
        written += fragment.written[done:at] + marked
        done = at + len(alteration.written)
    return written + fragment.written[done:]
