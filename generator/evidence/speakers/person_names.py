"""Recognises a person by name in the text of a source.

A name is the full name (also with middle names or initials, family name first, or in capitals), or a form under `also`. The
family name alone counts if the source also gives the full name, no other known or named person has it, and no other given name
precedes it. A family name that the source also uses as a common word counts only as the subject of a label or a verb. A pronoun
is not a name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

from generator.evidence.gate import Transcript
from generator.evidence.gate.paragraphs import plain
from generator.languages import NameWords, any_of, together
from generator.model import Expert, ExpertKind, Source

STEM = 4
"""Letters that two forms of one name must share at their beginning to be reported as inflected."""
ENDING = 3
BEFORE = 80
"""Characters before a family name in which another given name is searched."""
INITIAL = 2
"""Letters of an initial; a longer word with a full stop ends a sentence."""
_GIVEN_BEFORE = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]++)(?P<point>\.?) \Z")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NUMBER_BEHIND = re.compile(r" \d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """How to recognise one person."""

    full: re.Pattern[str]
    family: re.Pattern[str] | None
    given: str


@lru_cache(maxsize=4096)
def names(who: Expert) -> Names:
    """Return the patterns of a person's names, for text in the form of `paragraphs.plain`."""
    family, given = plain(who.family), ""
    forms = [_escaped(form) for form in (who.name, *who.also) if form.strip()]
    tokens = plain(who.name).split()
    if who.kind is ExpertKind.PERSON and len(tokens) > 1 and family and plain(who.name).endswith(family):
        given = tokens[0]
        first = rf"(?:{re.escape(given)}|{re.escape(given[0])}\.?)"
        forms.append(rf"{first}(?: [^\W\d_]+\.?| [^\W\d_]\.){{0,2}} {re.escape(family)}")
        forms.append(rf"{re.escape(family)}, {re.escape(given)}")
        forms += [re.escape(plain(who.name).upper()), rf"{re.escape(given.upper())} {re.escape(family.upper())}"]
    alone = who.kind is ExpertKind.PERSON and family
    pattern = re.compile(
        rf"{_edge(family, '(?<!')}(?:{re.escape(family)}|{re.escape(family.upper())}){_edge(family, '(?!')}"
    )
    return Names(_bounded(forms), pattern if alone else None, given)


def is_named(who: Expert, others: Iterable[Expert], words: str, transcript: Transcript) -> bool:
    """Whether words of a source name a person."""
    return any(mentions(who, others, plain(words), transcript))


def mentions(who: Expert, others: Iterable[Expert], text: str, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield where a plain text names a person, as spans."""
    yield from (match.span() for match in names(who).full.finditer(text))
    if not names(who).family or not _family_is_theirs(who, others, transcript) or _is_common_word(who, transcript):
        return
    for match in _family_alone(who, text):
        if not _is_another(_before(match), names(who).given) and not _NUMBER_BEHIND.match(text, match.end()):
            yield match.span()


def is_subject(who: Expert, others: Iterable[Expert], subject: str, transcript: Transcript) -> bool:
    """Whether the subject of a label or a verb of saying, as written, is a person, or includes them."""
    return any(_is_this(who, others, part, transcript) for part in conjunction().split(plain(subject)))


def may_be(who: Expert, subject: str) -> bool:
    """Whether a subject that is not recognised as a person may still be them: the family name, perhaps in another form."""
    words = _title().sub("", plain(subject)).split()
    if not words:
        return False
    given, first = names(who).given.casefold(), _bare(words[0]).rstrip(".")
    alone = len(words) == 1 or _bare(given).startswith(first)
    return alone and (_bare(words[-1]) == _bare(who.family) or bool(near_form(who, words[-1])))


def _is_this(who: Expert, others: Iterable[Expert], folded: str, transcript: Transcript) -> bool:
    """Whether a folded subject is this person: the full name, or a part of it if the source has the full name."""
    patterns = names(who)
    forms = (folded, folded[:1].lower() + folded[1:])
    ends = [
        form[: match.start()] for form in forms for match in patterns.full.finditer(form) if match.end() == len(form)
    ]
    if any(not _of_somebody(before) for before in ends):
        return True
    if who.kind is not ExpertKind.PERSON or not has_full_name(who, transcript):
        return False
    bare = _title().sub("", folded).strip(" .").casefold()
    if bare and bare in {patterns.given.casefold(), _initials(who)}:
        return True
    before, family = bare[: -len(plain(who.family))].strip(), plain(who.family).casefold()
    if not (family and bare.endswith(family)) or not _family_is_theirs(who, others, transcript):
        return False
    return not before or patterns.given.casefold().startswith(before.rstrip("."))


def _of_somebody(before: str) -> bool:
    """Whether a name depends on the words before it: `Bruder von` before a name in a subject, unlike a title."""
    return before.rstrip().rpartition(" ")[2].casefold() in together(NameWords).particles


def is_author(who: Expert, source: Source) -> bool:
    """Whether a primary source is the person's own text, so that every sentence of it is theirs."""
    authors = source.csl.get("author", ())
    return source.provenance == "primary" and any(_is_same(who, author) for author in authors)


@lru_cache(maxsize=4096)
def has_full_name(who: Expert, transcript: Transcript) -> bool:
    """Whether the text contains the full name, or a form under `also`, anywhere."""
    return names(who).full.search(transcript.plain) is not None


def near_form(who: Expert, text: str) -> str:
    """Return a word of the text that may be another form of the family name: with other accents, or inflected; "" if none."""
    family = _bare(who.family)
    for match in _WORD.finditer(plain(text)):
        word = match.group()
        other = _bare(word)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(family, other, strict=False)))
        inflected = shared >= STEM and len(family) - shared <= ENDING and len(other) - shared <= ENDING
        if word[:1] != word[:1].lower() and word != plain(who.family) and (other == family or inflected):
            return word
    return ""


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _initials(who: Expert) -> str:
    tokens = plain(who.name).split()
    return "".join(token[0] for token in tokens).casefold() if len(tokens) > 1 else plain(who.name).casefold()


def _family_is_theirs(who: Expert, others: Iterable[Expert], transcript: Transcript) -> bool:
    """Whether the family name alone means this person in this text: nobody else with it is known or named."""
    if not has_full_name(who, transcript) or not _bears_alone(who, others):
        return False
    return not _shared_in(who, transcript)


@lru_cache(maxsize=1024)
def _shared_in(who: Expert, transcript: Transcript) -> bool:
    """Whether the text names somebody else with the family name: another given name precedes it somewhere."""
    alone = _family_alone(who, transcript.plain)
    return any(_is_another(_before(match), names(who).given) for match in alone)


def _family_alone(who: Expert, text: str) -> Iterator[re.Match[str]]:
    """Yield where the family name occurs outside the full name."""
    patterns = names(who)
    full = [match.span() for match in patterns.full.finditer(text)]
    for match in patterns.family.finditer(text) if patterns.family is not None else ():
        last = bisect_right(full, (match.start(), len(text))) - 1
        if last < 0 or full[last][1] <= match.start():
            yield match


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - BEFORE) : match.start()]


@lru_cache(maxsize=1024)
def _is_common_word(who: Expert, transcript: Transcript) -> bool:
    """Whether a family name may be a common word in this text, because the text also has it in lower case."""
    word = plain(who.family)
    small = re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", transcript.plain) if word != word.lower() else None
    return small is not None


def _is_another(before: str, given: str) -> bool:
    """Whether the word before a family name is another given name: capitalised within a sentence, and not a title."""
    match = _GIVEN_BEFORE.search(before)
    if match is None or not match["word"][0].isupper() or match["word"].casefold() in _titles():
        return False
    if given.startswith(match["word"]) or (match["point"] and len(match["word"]) > INITIAL):
        return False
    earlier = before[: match.start()].rstrip()
    return bool(earlier) and earlier[-1] not in ".!?:'\"\u2026\u2013"


def _bears_alone(who: Expert, others: Iterable[Expert]) -> bool:
    family = _family(who.family)
    return not any(_family(other.family) == family and other.id != who.id for other in others)


@lru_cache(maxsize=4096)
def _family(written: str) -> str:
    """Return a family name in plain form, from a cache: the names of all experts are compared for every quotation."""
    return plain(written)


def _is_same(who: Expert, author: Any) -> bool:
    if not isinstance(author, Mapping):
        return False
    literal = author.get("literal", "")
    if literal:
        return plain(literal) in {plain(form) for form in (who.name, *who.also)}
    given, family = plain(str(author.get("given", ""))), plain(str(author.get("family", "")))
    particles = plain(str(author.get("non-dropping-particle", "")))
    if plain(who.family) not in {family, f"{particles} {family}".strip()}:
        return False
    return not given or given[0] == plain(who.name)[:1]


def _escaped(form: str) -> str:
    return re.escape(plain(form))


def _bounded(forms: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])" if not _UNSPACED.search("".join(forms)) else "|".join(forms)
    )


def _edge(name: str, look: str) -> str:
    return "" if _UNSPACED.search(name) else rf"{look}\w)"


# ---------------------------------------------------------------- the words of all languages


@functools.cache
def conjunction() -> re.Pattern[str]:
    """Match what is between two names of a list that consists of names only."""
    return re.compile(rf",? (?:{any_of(together(NameWords).conjunctions)}|&) |, ")


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(word.casefold() for word in together(NameWords).titles)


@functools.cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of(_titles())})\.?\s+)+", re.IGNORECASE)
