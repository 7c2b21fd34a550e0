"""Finds the labels of a transcript: the speaker's name at the beginning of a line.

Forms: `NAME:`, `Name (Affiliation):`, `Name —`, `Mr. NAME.`, `Q.` and `A.`, `[Name]`, `<Name>`, bold labels, and names with
a time stamp before or after them. A colon may be ASCII, fullwidth, small or Hebrew. A text has labels if at least three lines
begin with one, at least one paragraph in forty does, and one of them occurs again; the same applies to the part of a text
within twelve paragraphs. A single label counts only for its own line, and only if it names a known person.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.evidence.gate import Transcript
from generator.languages import NameWords, Transcripts, any_of, together

LABELLED = 3
"""Least number of lines with a label in a transcript."""
SPARSEST = 40
"""Most paragraphs for each label in a transcript: a long text has a few lines that look like labels."""
NEAR = 12
"""Paragraphs before and after a place in which a transcript within another text is searched."""
_COLON = "[:\uff1a\ufe55\ufe13\u05c3]"
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u044f\u03b1-\u03c9"
_AFFILIATION = r"(?:\s*\([^()\n]{1,80}\)|\s*\[[^\[\]\n]{1,80}\]|,[^:\uff1a\n.!?]{1,80})?"
_BOLD = r"(?:\*\*|__)"
_LINE = re.compile(r"(?:^|(?<=[\n\f]))[ \t\u00a0]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: where it begins and ends in the text, and the name in it as written."""

    start: int
    end: int
    name: str

    @property
    def is_role(self) -> bool:
        """Whether it names a role in the conversation (Q, A, Moderator), not a person."""
        return _roles().fullmatch(self.name) is not None


@lru_cache(maxsize=64)
def labels(transcript: Transcript) -> tuple[Label, ...]:
    """Return every line of a text that begins with something like a label, in order."""
    starts = (line.end() for line in _LINE.finditer(transcript.text))
    matches = ((at, _labelled_line().match(_line(transcript.text, at))) for at in starts)
    return tuple(
        Label(at, at + match.end(), " ".join(match[match.lastgroup or 0].split())) for at, match in matches if match
    )


@lru_cache(maxsize=64)
def _is_transcript(transcript: Transcript) -> bool:
    dense = len(labels(transcript)) * SPARSEST >= len(transcript.layout.paragraphs)
    return dense and _return(labels(transcript))


def has_labels(transcript: Transcript, at: int) -> bool:
    """Whether a text is a transcript, or contains one at an offset: enough lines begin with labels, and one of these recurs."""
    if _is_transcript(transcript):
        return True
    paragraphs, here = transcript.layout.paragraphs, transcript.layout.paragraph(at)
    if not paragraphs:
        return False
    start = paragraphs[max(here - 1 - NEAR, 0)][0]
    end = paragraphs[min(here - 1 + NEAR, len(paragraphs) - 1)][1]
    return _return(label for label in labels(transcript) if start <= label.start < end)


def _return(labels: Iterable[Label]) -> bool:
    """Whether there are enough labels, of at least two people, and one of them recurs."""
    counts = Counter(label.name for label in labels)
    return sum(counts.values()) >= LABELLED and max(counts.values()) >= 2 and len(counts) >= 2


def governing(transcript: Transcript, start: int, end: int) -> tuple[Label, ...]:
    """Return the labels that apply to a stretch of text: the last one before it, and those within it.

    In a text that is no transcript, only a label on the line of the words applies.
    """
    all_labels = labels(transcript)
    first = bisect_right(all_labels, start, key=lambda label: label.start) - 1
    last = bisect_left(all_labels, end, key=lambda label: label.start)
    mine = all_labels[max(first, 0) : last] if all_labels else ()
    if has_labels(transcript, start):
        return mine
    return tuple(label for label in mine if label.start <= start and "\n" not in transcript.text[label.start : start])


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : min(end if end >= 0 else len(text), start + 300)]


# ---------------------------------------------------------------- the forms, with the words of all languages


@cache
def _labelled_line() -> re.Pattern[str]:
    """Return the pattern of a line of a transcript that begins with its speaker, in nine forms."""
    words = together(Transcripts)
    name, titles, turns, presiding = _name(), any_of(words.titles), any_of(words.turns), "|".join(words.presiding)
    forms = (
        rf"(?:{_TIME}\s+)?{_BOLD}?(?P<a>{name}){_AFFILIATION}(?:\s+{_TIME})?{_BOLD}?\s*{_COLON}{_BOLD}?"
        r"(?=\s|[^\W\d_]|['\"\u201c\u300c]|$)",
        rf"(?:{_TIME}\s+)?{_BOLD}?(?P<b>{name}){_AFFILIATION}{_BOLD}?(?:\s+[\u2014\u2013\u2015]\s*|[\u2014\u2015])(?=\S)",
        rf"(?P<c>(?:{titles})\.?(?: [^\W\d_a-z][\w'\u2019-]*){{1,3}}|(?:{presiding}))\. (?=\S)",
        rf"{_BOLD}?(?P<d>{turns}){_BOLD}?[.:\uff1a]{_BOLD}?(?=\s|[^\W\d_]|$)",
        rf"\[(?P<e>{name}){_AFFILIATION}\]\s*{_COLON}?(?=\s|$)",
        rf"<(?P<f>{name})>\s*{_COLON}?",
        rf"{_BOLD}(?P<g>{name}){_BOLD}\s*(?=\S)",
        rf"(?P<h>{name}){_AFFILIATION}\s+{_TIME}\s*$",
        rf"{_TIME}\s+(?P<i>{name}){_AFFILIATION}\s*$",
    )
    return re.compile("|".join(f"(?:{form})" for form in forms))


def _name() -> str:
    particle = rf"(?:{any_of({*together(NameWords).particles, *together(Transcripts).particles})})(?=\s)"
    token = rf"(?:[^\W\d_{_SMALL}][\w.'\u2019-]*|{particle})"
    return rf"{token}(?:[ \u00a0]{token}){{0,6}}"


@cache
def _roles() -> re.Pattern[str]:
    """Match the name of a role in a conversation, with or without an article."""
    words = together(Transcripts)
    return re.compile(rf"(?:the )?(?:{any_of(words.turns)}|{'|'.join(words.roles)})", re.IGNORECASE)
