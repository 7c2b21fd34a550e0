"""Places note numbers close to their word, after its punctuation, on its line."""

from __future__ import annotations

import re
import unicodedata

_NOTES = r'(?:<sup class="note-ref">[^<]*+(?:<(?!/?sup\b)[^<]*+)*+</sup>\s*+)++'
_LOOSE = re.compile(rf"(?<!\s)\s*+({_NOTES})([.,;:!?…]?)")
"""Note numbers with the space before them and the punctuation after them."""
_OUTSIDE = re.compile(rf"(?<!</time>)(?<!</em>)(?<!</cite>)(?<!</span>)((?:</(?:time|em|cite|span)>)++)({_NOTES})")
"""Note numbers just after the end of an element, where a line could break before them."""
_TOGETHER = re.compile(_NOTES)
_WORD = re.compile(r"(?<![^\s<>])[^\s<>]*+\Z")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that do not put spaces between words."""
_LONG_WORD, _LAST_LETTERS = 24, 8
"""A longer word may be wider than its column; this many letters stay with the note number."""


def tuck(html: str) -> str:
    """Move note numbers directly after the punctuation of their word: `word [1].` becomes `word.¹`."""

    def closed(match: re.Match[str]) -> str:
        notes, after = match[1], match[2]
        space = "" if after or notes == notes.rstrip() else " "
        return after + notes.rstrip() + space

    return _LOOSE.sub(closed, html)


def tie(html: str) -> str:
    """Keep note numbers on the line of their word, and separate adjacent ones by a comma."""
    html, tied, done = _OUTSIDE.sub(r"\2\1", html), [], 0
    for match in _TOGETHER.finditer(html):
        word = _word_before(html, done, match.start())
        notes = match[0].rstrip()
        apart = re.sub(r'</sup>\s*<sup class="note-ref">', '</sup><sup class="note-ref also">', notes)
        joined = "\N{WORD JOINER}" if word == match.start() else ""  # what no element can keep together
        tied += [html[done:word], f'{joined}<span class="tied">{html[word : match.start()]}{apart}</span>']
        done = match.start() + len(notes)
    return "".join([*tied, html[done:]])


def _word_before(html: str, start: int, end: int) -> int:
    """Return where the word that ends at `end` begins, not before `start`. A very long word may break before its last letters."""
    match = _WORD.search(html, max(start, html.rfind(" ", start, end)), end)
    if match is None or _RIGHT_TO_LEFT.search(match[0]):  # two elements would divide a right-to-left line into two
        return end
    if _UNSPACED.search(match[0]):
        return _last_character(html, match.start(), end)
    return match.start() if end - match.start() <= _LONG_WORD else _before_letters(html, match.start(), end)


def _last_character(html: str, start: int, end: int) -> int:
    """Return where the last letter before the punctuation begins: lines of such a script break between letters."""
    letters = [at for at in range(start, end) if _UNSPACED.match(html, at) and not _is_mark(html[at])]
    return letters[-1] if letters else end


def _is_mark(character: str) -> bool:
    """Whether a character is drawn on the one before it."""
    return unicodedata.category(character).startswith("M")


def _before_letters(html: str, start: int, end: int) -> int:
    """Return a place near the end of a long word that is not inside a character reference."""
    place = end - _LAST_LETTERS
    reference = html.rfind("&", start, place)
    return place if reference < 0 or ";" in html[reference:place] else reference
