"""Whether a verb of saying asserts the words that follow it.

It also finds words in marks of their own inside direct speech.

*If Ann Example said that*, *it was not she who said that*, *she said it was a lie that* and *she asked whether* do not give the words
after them to her as her statement. The words are data (`generator/languages/`); those of all languages are used together.
"""

from __future__ import annotations

import functools
import re

from generator.evidence.speakers.sentence_speakers import (
    begins_clause,
    clause_subject,
    clauses_around,
    saying,
    words_pattern,
)
from generator.languages import Reporting, together
from generator.syntax.quotations import find_in

_CLAUSE_BORDER = re.compile("[,;:\u2014\u2013\u060c\uff0c]")
_PARENTHESIS = re.compile(r",[^,]{1,200},")
_SHOWN = 60
"""Most characters that a message shows."""


def unasserted(before: str, verb: re.Match[str]) -> str:
    """Return what keeps a verb of saying from asserting the words behind `before`, the sentence up to them; "" if nothing does."""
    return _unreal(before[: verb.start()]) or _embedded(before[verb.end() :])


def unasserted_after(after: str, verb: re.Match[str]) -> str:
    """As `unasserted`, for a verb behind the words: `"...," she never said`."""
    return _unreal(after[: verb.start()])


def inner_speech(paragraph: str, start: int, end: int) -> str:
    """Return the words in marks of their own, inside direct speech, that contain `start:end` of a paragraph; "" if there are none."""
    outer = next((one for one in find_in(paragraph) if one.start <= start < one.end < len(paragraph)), None)
    if outer is None:
        return ""
    speech = paragraph[outer.start : outer.end]
    inside = (
        one
        for one in find_in(speech)
        if one.start <= start - outer.start and end - outer.start <= one.end + 1 and one.end < len(speech)
    )
    return next((speech[one.start - 1 : one.end + 1][:_SHOWN] for one in inside), "")


def is_narrated(paragraph: str, start: int, end: int) -> bool:
    """Whether the words at `start:end` are the source's own: outside quotation marks, and nothing gives them to anybody."""
    is_quoted = any(one.start <= start < one.end for one in find_in(paragraph))
    if is_quoted or clause_subject(paragraph, start, end) is not None:
        return False
    before, _ = clauses_around(paragraph, start, end)
    return not (saying().search(before) or _attributing().search(before))


def _unreal(lead: str) -> str:
    """Return a word before a verb of saying, in its clause, that makes it unreal: `if`, `never`."""
    borders = [match.end() for match in _CLAUSE_BORDER.finditer(lead)]
    match = _unreal_words().search(lead.casefold(), borders[-1] if borders else 0)
    return match[0] if match else ""


def _embedded(rest: str) -> str:
    """Return what is between a verb of saying and the words, if they depend on it; "" if the verb governs the words."""
    opens = rest.lstrip()[:1] in (",", "\u060c")
    words = (rest if opens else _PARENTHESIS.sub(" ", rest)).strip(" ,'\n")
    if not words or words.endswith((":", "\uff1a")):
        return ""
    first, _, last = words.rpartition(" ")
    if last.casefold() in together(Reporting).asking:
        return last
    inner = first if last.casefold() in together(Reporting).complementizers else words
    if inner.rpartition(" ")[2] in together(Reporting).clauses:
        return ""  # `said that the wall is new and that`
    later = next((match for match in saying().finditer(inner) if not begins_clause(inner[: match.start()])), None)
    if later is not None:
        return inner[-_SHOWN:]
    if inner is words or not inner or not _is_clause(inner, opens=opens):
        return ""
    return f"{inner} {last}"[-_SHOWN:]


def _is_clause(inner: str, *, opens: bool) -> bool:
    """Whether words between a verb of saying and *that* are a clause, not an addressee or a time; `opens`: a comma is before them."""
    opening = inner.partition(" ")[0].casefold()
    reporting = together(Reporting)
    if opens and opening not in reporting.openers:
        return True  # `sagte, Ben glaube, dass`
    is_subject = opening in reporting.pronouns and opening not in reporting.that
    return is_subject or _depending().search(inner.casefold()) is not None


@functools.cache
def _unreal_words() -> re.Pattern[str]:
    return words_pattern(together(Reporting).unreal)


@functools.cache
def _depending() -> re.Pattern[str]:
    return words_pattern((*together(Reporting).unreal, *together(Reporting).complementizers))


@functools.cache
def _attributing() -> re.Pattern[str]:
    reporting = together(Reporting)
    participles = (
        rf"(?:,|{words_pattern(reporting.quoted_as).pattern})\s+{words_pattern(reporting.participles).pattern}"
    )
    return re.compile(rf"{participles}|{words_pattern(reporting.nouns).pattern}")
