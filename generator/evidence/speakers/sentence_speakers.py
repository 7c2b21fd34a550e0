"""Finds who speaks by the sentence around a quotation: the subject of a verb of saying.

The words are data (`generator/languages/`). Those of all languages are used together, because a name next to a verb in one
language is also a name in another. In direct speech the clause is searched between the marks of the quotation and the next
sentence end or mark; in indirect speech, in the sentence of the words. Direct speech without a clause of its own continues the
one before it in the paragraph. Who a subject is, `person_names.py` decides.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.languages import NameWords, Reporting, any_of, together
from generator.syntax.quotations import Quoted, find_in
from generator.syntax.sentences import sentence_ends

REACH = 400
"""Characters before and after a quotation that are searched for a clause; a limit for hostile texts."""
WINDOW = 4000
"""Characters before and after a quotation that are searched for marks of direct speech."""
_SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u044f\u03b1-\u03c9"
_NAME_TOKEN = rf"[^\W\d_{_SMALL}](?:[\w'\u2019\u2010\u2011\u0300-\u036f]|-\n?(?=\w)|\.(?=\s?\w))*"
_FIRST_WORD = re.compile(r"\s*([^\W\d_][\w'\u2019]*)")
_ELISION = re.compile(rf"\b(\w{{1,4}})['\u2019](?=[^\W\d_{_SMALL}])")
"""`d\u2019Anna`, which is a preposition and a name."""
_SMALL_WORD = re.compile(r"(?<!\s)\s+[^\W\d_][\w'\u2019-]*")
_ELIDED_OF = re.compile(rf"(?<![\w'\u2019])d['\u2019](?={_NAME_TOKEN}(?:\s+{_NAME_TOKEN})?\Z)")
"""The preposition of the name at the end: `un porte-parole d\u2019Anna Exemple`."""
_WORD_BEHIND = re.compile(r"\s+[^\W\d_]")
_PART_OF_NAME = re.compile(rf"\s*[^\W\d_{_SMALL}][\w'\u2019]*\s+{_NAME_TOKEN}")
"""Two words with capitals: *Ben* is a pronoun in Turkish, and a given name in `said Ben Sample`."""
_HAN = re.compile(r"[\u3400-\u9fff]")

_HAN_SUBJECT = re.compile(
    r"[^\n\u3000-\u3002\uff0c\uff1a\uff1b\uff01\uff1f\u201c\u201d\u300c\u300d\u300e\u300f,.:;!?]{1,30}\Z"
)

_NOUN_PHRASE = re.compile(r"[^\W\d_][^,;:.!?\"\u201c\u201d]{0,60}\Z")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class ClauseSubject:
    """The speaker according to a clause, as written.

    `is_name`: a name, not a pronoun or a common noun; `is_own`: a pronoun of the first person.
    """

    words: str
    is_name: bool = False
    is_own: bool = False


def subject_of(paragraph: str, start: int, end: int) -> ClauseSubject | None:
    """Return who says the words at `start:end` of a paragraph; None if no clause says it. Pronouns give None too."""
    subject = clause_subject(paragraph, start, end)
    return subject if subject is not None and subject.words else None


def clause_subject(paragraph: str, start: int, end: int) -> ClauseSubject | None:
    """As `subject_of`; the words of a pronoun are ""."""
    cut = max(0, start - WINDOW)
    paragraph, start, end = paragraph[cut : end + WINDOW], start - cut, end - cut
    spoken = find_in(paragraph)
    inside = next((i for i, one in enumerate(spoken) if one.start <= start < one.end), None)
    if inside is None:
        return _of_indirect(paragraph, start, end)
    for i in range(inside, -1, -1):
        subject = _of_direct(paragraph, spoken, i)
        if subject is not None:
            return subject
    return None


def clauses_around(paragraph: str, start: int, end: int) -> tuple[str, str]:
    """Return the rest of the sentence before and after the words at `start:end`, without other direct speech."""
    cut = max(0, start - WINDOW)
    paragraph, start, end = paragraph[cut : end + WINDOW], start - cut, end - cut
    spoken = find_in(paragraph)
    inside = next((i for i, one in enumerate(spoken) if one.start <= start < one.end), None)
    first = max((one.end + 1 for one in spoken if one.end < start), default=0)
    last = min((one.start - 1 for one in spoken if one.start > end), default=len(paragraph))
    if inside is not None:
        start, end = spoken[inside].start - 1, spoken[inside].end + 1
    after = paragraph[end : min(last, end + REACH)]
    stop = next(sentence_ends(after), None)
    return _last_sentence(paragraph[max(first, start - REACH) : start]), after[: stop.start()] if stop else after


def depends_on(subject: str) -> str:
    """Return the name on which the noun of a subject depends: `Ben Sample` of "a spokesman for Ben Sample"; "" if none does."""
    subject = subject.rstrip()
    *_, named = (None, *re.finditer(_name(), subject))
    if named is None or named.end() < len(subject) or not _depends().search(subject[: named.start()]):
        return ""
    tokens = named[0].split()
    while tokens and tokens[0].rstrip(".") in together(NameWords).titles:
        tokens = tokens[1:]
    return " ".join(tokens)


def subject_within(words: str) -> ClauseSubject | None:
    """Return the speaker according to the first clause of a reporter's own sentence."""
    subject = _first_clause(words)
    return subject if subject is not None and subject.words else None


# ---------------------------------------------------------------- where the clause is


def _of_direct(paragraph: str, spoken: tuple[Quoted, ...], i: int) -> ClauseSubject | None:
    """Return the clause of one stretch of direct speech; its words are "" for a pronoun."""
    previous = spoken[i - 1].end + 1 if i else 0
    following = spoken[i + 1].start - 1 if i + 1 < len(spoken) else len(paragraph)
    before = paragraph[max(previous, spoken[i].start - 1 - REACH) : max(spoken[i].start - 1, previous)]
    after = paragraph[spoken[i].end + 1 : min(following, spoken[i].end + 1 + REACH)]
    introduced = _last_clause(_last_sentence(before))
    if introduced is not None:
        return introduced
    ended = paragraph[: spoken[i].end].rstrip()[-1:] in ".\u3002" and _FIRST_WORD.match(after) is not None
    if ended and not after.lstrip(" ,")[:1].islower():
        return None
    stop = next(sentence_ends(after), None)
    return _first_clause(after[: stop.start()] if stop else after)


def _of_indirect(paragraph: str, start: int, end: int) -> ClauseSubject | None:
    before = _last_sentence(paragraph[max(0, start - REACH) : start])
    subject = _last_clause(before)
    if subject is None and next(sentence_ends(paragraph, max(start, end - 4), end), None) is None:
        after = paragraph[end : end + REACH]
        stop = next(sentence_ends(after), None)
        subject = _clause_behind(after[: stop.start()] if stop else after)
    return subject


def _clause_behind(after: str) -> ClauseSubject | None:
    """Return the clause behind words of indirect speech, unless its verb has another object: `As for that, Ann Example said that`."""
    verb = next(saying().finditer(_lowered(after)), None)
    following = _FIRST_WORD.match(after, verb.end()) if verb else None
    has_object = following is not None and following[1].casefold() in together(Reporting).that
    return None if has_object else _first_clause(after)


def _last_sentence(before: str) -> str:
    ends = [match.end() for match in sentence_ends(before)]
    return before[ends[-1] :] if ends else before


# ---------------------------------------------------------------- the clause


def _last_clause(piece: str) -> ClauseSubject | None:
    matches = list(saying().finditer(_lowered(piece)))
    for match in reversed(matches):
        subject = _clause(piece, match)
        if subject is not None:
            return subject
    return None


def _first_clause(piece: str) -> ClauseSubject | None:
    return next((subject for match in saying().finditer(_lowered(piece)) if (subject := _clause(piece, match))), None)


def _lowered(piece: str) -> str:
    """Return the piece with its first letter in lower case: a verb may begin a sentence, and other capitals mark names."""
    at = len(piece) - len(piece.lstrip(" \t\n\"'\u201c\u2018,"))
    return piece[:at] + piece[at : at + 1].lower() + piece[at + 1 :] if len(piece[at : at + 1].lower()) == 1 else piece


def _clause(piece: str, verb: re.Match[str]) -> ClauseSubject | None:
    """Return the subject of a clause with a verb of saying: a name or a noun before the verb, or what follows it."""
    if verb["han"]:
        return _unspaced_subject(piece[: verb.start()])
    before = without_adverbs(piece[: verb.start()]).rstrip(" \t\n")
    before = f"{before[:-160]}{_ELIDED_OF.sub('d ', before[-160:])}"
    if verb["preposition"]:
        return _behind(piece[verb.end() :])
    named = _name_at_end().search(before[-160:])
    name = named["name"] or named["apposed"] if named else ""
    if named and not re.search(r"['\u2019]s\Z", name) and not _depends().search(named.string[: named.start()]):
        subject = _as_subject(name)
        if subject is not None:
            return subject
    if _clause_begins().search(before):
        return _behind(piece[verb.end() :])
    noun = _NOUN_PHRASE.search(before)
    words = " ".join(noun[0].split()) if noun else ""
    return _pronoun(words.rpartition(" ")[2]) or ClauseSubject(words)


_BROKEN = re.compile(r"-[ \t]*+\n\s*+")
"""A hyphen at the end of a line, within a name."""


def _as_subject(written: str) -> ClauseSubject | None:
    """Return a name without the word that opens its sentence; None if nothing is left. After an article it is a common noun."""
    tokens = _BROKEN.sub("-", written).split()
    while tokens and tokens[0].casefold() in together(Reporting).openers:
        tokens = tokens[1:]
    if not tokens:
        return None
    if len(tokens) == 1 and (pronoun := _pronoun(tokens[0])):
        return pronoun
    return ClauseSubject(" ".join(tokens), is_name=tokens[0].casefold() not in together(Reporting).articles)


def _behind(after: str) -> ClauseSubject | None:
    """Return the subject that follows its verb; None if an object follows."""
    after = _ELISION.sub(r"\1 ", after)
    first = _FIRST_WORD.match(after)
    if first is None or first[1].casefold() in {*together(Reporting).that} - {*together(Reporting).articles}:
        return None
    is_article = first[1] in together(Reporting).articles and _WORD_BEHIND.match(after, first.end()) is not None
    pronoun = _pronoun(first[1])
    if pronoun is not None and not is_article and not _PART_OF_NAME.match(after):
        return pronoun
    if _ARABIC.match(first[1]):
        phrase = re.match(r"\s*[^:\u060c,.\u00ab\"\u201c]{1,60}", after)
        words = phrase[0].split() if phrase else []
        while words and words[-1] in together(Reporting).complementizers:
            words.pop()
        return ClauseSubject(" ".join(words))
    named = _name_at_start().match(after) or _named_role().match(after)
    if named and _depends().search(after[: named.start("name")]):
        return ClauseSubject(" ".join(after[: named.start("name")].split()))
    role = _role_between().match(after, named.end("name")) if named else None
    if named and role and not any(_is_function_word(word) for word in role["noun"].split()):
        return ClauseSubject(" ".join(after[named.start("name") : role.end()].split()))
    subject = _as_subject(named["name"]) if named else None
    return subject or ClauseSubject(f"{first[1]}{_noun(after[first.end() :])}" if is_article else first[1])


def _noun(after: str) -> str:
    """Return the words of a noun behind its article, with the space before each: ` prime minister`."""
    words: list[str] = []
    for match in itertools.islice(_SMALL_WORD.finditer(after), 3):
        if match.start() != sum(map(len, words)) or _is_function_word(match[0].strip()):
            break
        words.append(match[0])
    return "".join(f" {word.strip()}" for word in words)


def _is_function_word(word: str) -> bool:
    """Whether a word between two names begins something new after the first, as in `Ann Example when Ben Sample`."""
    reporting = together(Reporting)
    words = (
        *reporting.of,
        *reporting.that,
        *reporting.openers,
        *reporting.clauses,
        *reporting.between,
        *reporting.relative,
    )
    return word in words or word.endswith(("ing", "ed")) or saying().fullmatch(word) is not None


def _unspaced_subject(before: str) -> ClauseSubject | None:
    """Return, for Chinese and Japanese, the words before the verb back to a punctuation mark."""
    match = _HAN_SUBJECT.search(before.rstrip())
    words = match[0].strip() if match else ""
    words = words[:-1].rstrip() if words.endswith(together(Reporting).topic) else words
    return _pronoun(words) or ClauseSubject(words, is_name=bool(words))


def _pronoun(word: str) -> ClauseSubject | None:
    """Return the subject that a pronoun is; None for another word."""
    reporting = together(Reporting)
    is_own = word.casefold() in reporting.own_pronouns
    return ClauseSubject("", is_own=is_own) if is_own or word.casefold() in reporting.pronouns else None


# ---------------------------------------------------------------- the words of all languages


@functools.cache
def saying() -> re.Pattern[str]:
    """Return the pattern of verbs of saying, and of prepositions with their meaning."""
    han = [word for word in together(Reporting).verbs if _HAN.search(word)]
    spaced = _alternatives({*together(Reporting).verbs} - set(han))
    prepositions = _alternatives(word for word in together(Reporting).prepositions if not _HAN.search(word))
    return re.compile(
        rf"(?<!\w)(?:(?P<preposition>{prepositions})|(?:{spaced}))(?![\w'\u2019-])|(?P<han>{_alternatives(han)})"
    )


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of whole words; words in Chinese characters need no spaces around them. Without words it matches nothing."""
    words = list(words)
    spaced = _alternatives(word for word in words if not _HAN.search(word)) or "(?!)"
    han = _alternatives(word for word in words if _HAN.search(word)) or "(?!)"
    return re.compile(rf"(?:(?<!\w)(?:{spaced})(?![\w'\u2019-])|(?:{han}))")


def begins_clause(before: str) -> bool:
    """Whether a verb after these words begins a clause, so that its subject is not directly before it."""
    return _clause_begins().search(before) is not None


@functools.cache
def _clause_begins() -> re.Pattern[str]:
    marks = "[,;:\u2014\u2013\u2015\"\u201c\u201d\u00bb'\u2019\u060c\uff0c]"
    return re.compile(rf"(?:\A|{marks}|\b(?:{_alternatives(together(Reporting).clauses)}))\s*\Z")


@functools.cache
def name_pattern() -> re.Pattern[str]:
    """Return the pattern of words with capitals in a row, which may be a name."""
    return re.compile(_name())


def _name() -> str:
    """Return the pattern of one or more names."""
    names = together(NameWords)
    particle = rf"(?:{_alternatives({*names.particles, *names.joining, 'al-', '&'})})"
    return rf"{_NAME_TOKEN}(?:\s+(?:{particle}\s+){{0,2}}{_NAME_TOKEN}){{0,6}}"


@functools.cache
def _name_at_end() -> re.Pattern[str]:
    of = _alternatives(together(Reporting).of)
    apposed = r",(?:[^,;:.!?]|\.(?=[\w,])){1,100}"
    tail = rf"(?:\s+(?:{of})\s+[^,;:.!?]{{1,80}})?(?:\s*\([^()]*\)|{apposed}(?:{apposed})?,)?"
    return re.compile(rf"(?:(?<![\w'\u2019-])(?P<name>{_name()}){tail}|(?<=, )(?P<apposed>{_name()}),)\s*\Z")


@functools.cache
def _name_at_start() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[^\W\d_A-Z][\w'\u2019-]*\s+){{0,6}}?(?P<name>{_name()})")


@functools.cache
def _role_between() -> re.Pattern[str]:
    """Return the pattern of a role between the name on which it depends and its holder's: ` attorney` in `Port attorney Ann Example`."""
    return re.compile(rf"(?P<noun>(?:\s+[^\W\d_A-Z][\w-]*){{1,3}})\s+{_name()}")


@functools.cache
def _named_role() -> re.Pattern[str]:
    """Return the pattern of a role with its holder's name: `the minister, Ann Example`."""
    articles = _alternatives(together(Reporting).articles)
    return re.compile(
        rf"\s*(?:{articles})\s+(?:[^\W\d_A-Z][\w'\u2019-]*\s+){{0,4}}[^\W\d_A-Z][\w'\u2019-]*,\s+(?P<name>{_name()})\s*(?=[,.;:]|\Z)"
    )


@functools.cache
def _depends() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_alternatives(together(Reporting).of)})(?:\s+(?:{_alternatives(together(Reporting).of_articles)}))?\s*\Z"
    )


@functools.cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"[a-z]+(?:{_alternatives(together(Reporting).endings)})")


def without_adverbs(before: str) -> str:
    """Return the words before a verb without those that may be between subject and verb."""
    end = len(before)
    for word in reversed([*re.finditer(r"\S++", before)]):
        if not (word.start() and _is_adverb(word[0])):
            break
        end = word.start()
    return before[:end]


def _is_adverb(word: str) -> bool:
    return word in together(Reporting).between or _endings().fullmatch(word) is not None


def _alternatives(words: Iterable[str]) -> str:
    """As `any_of`; a space matches any white space."""
    return any_of(words).replace(r"\ ", r"\s+")
