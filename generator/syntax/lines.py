"""Lines of plain text, in which raised and lowered digits are the only markup.

Lines are printed in places without markup: outlines, metadata, JSON, other people's citations. So `CO~2~` becomes `CO₂` when it is
read, and markup that would need an element is reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.model import Text
from generator.problems import Code, Problem, Severity
from generator.syntax.characters import LOWERED, RAISED
from generator.syntax.markdown.prose import inline_tokens, shifted
from generator.syntax.spans import place_at

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKUP_IN_LINE = Code("markup-in-line", Severity.ERROR)

_MARKS = re.compile(r"[*_~^`\[\]<\\&=+${:]|\A[#>|-]")
_BLOCK = re.compile(r"\A(?:#{1,6}\s|>\s?(?=[^\W\d])|[-*+]\s+(?=[^\W\d])|\|.*\|\Z)")
"""Start of a heading, block quotation, list or table; numbers and comparisons are not matched."""
_ADDRESS = re.compile(r"[^\s<>\[\]]+(?:://|@)[^\s<>\[\]]+")
_SCRIPT = re.compile(r"(?<!\^)\^([0-9]{1,40})\^(?!\^)|(?<!~)~([0-9]{1,40})~(?!~)")
_TAGGED_DIGITS = re.compile(r"<sub>([0-9]{1,40})</sub>|<sup>([0-9]{1,40})</sup>")
_RICH_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]{0,200})?>")
_SOURCE_MARK = re.compile(r"~~(?=\S)[^~\n]{1,400}~~|</?[A-Za-z][A-Za-z0-9:]{0,20}(?:\s[^<>]{0,300})?/?>")
_PLAIN = frozenset({"text", "text_special", "quotation_mark", "in_text"})
_CALLED = {
    "citation_group": "a citation", "fact": "a reference to a fact", "footnote": "a footnote", "html_tag": "HTML", "image": "an image",
    "link_open": "a link", "code_inline": "code", "em_open": "emphasis", "strong_open": "bold", "scare_open": "a mark for prose",
}  # fmt: skip


def digits_set(value: str) -> str:
    """Replace `10^6^` and `CO~2~` with Unicode characters; everything else stays unchanged."""
    if "^" not in value and "~" not in value:
        return value
    return _SCRIPT.sub(lambda match: (match[1] or "").translate(RAISED) + (match[2] or "").translate(LOWERED), value)


def read_line(text: Text) -> tuple[str, tuple[Problem, ...]]:
    """Read a line; return its words, and markup that a line cannot have."""
    if not _MARKS.search(text.value) or _ADDRESS.fullmatch(text.value.strip()):
        return text.value, ()
    pieces: list[str] = []
    problems: list[Problem] = []
    if block := _BLOCK.match(text.value):
        problems.append(_problem(text, 0, block[0].strip(), "a mark for blocks of prose"))
    at = 0
    for token in inline_tokens(text.value):
        written = _written(token)
        offset = text.value.find(written, at) if written else -1
        at = offset if offset >= 0 else at
        words, what = _read(token)
        pieces.append(words)
        if what:
            problems.append(_problem(text, at, written, what))
        at += len(written) if offset >= 0 else 0
    return "".join(pieces), tuple(problems)


def _read(token: Token) -> tuple[str, str]:
    """Return the words of a token, or its kind if a line cannot have it."""
    if token.type in _PLAIN:
        return token.content, ""
    if token.type in ("softbreak", "hardbreak"):
        return "\n", ""
    if token.type in ("superscript", "subscript"):
        if re.fullmatch("[0-9]+", token.meta["inside"]):
            return shifted(token), ""
        return token.content, "raised or lowered text that is not only digits"
    if token.type.endswith("_close"):
        return "", ""
    return token.content, _CALLED.get(token.type, "unknown markup")


def _written(token: Token) -> str:
    """Return the characters by which a token is found in the text."""
    if token.type == "scare_open":
        return "["
    if token.type == "link_open":
        return "<" if token.markup == "autolink" else "["
    return token.content if token.type in {*_PLAIN, *_OWN} else token.markup or token.content


_OWN = frozenset({"citation_group", "fact", "footnote", "html_tag", "foreign", "superscript", "subscript"})


def _problem(text: Text, at: int, written: str, what: str) -> Problem:
    message = f"“{written[:40]}” is {what}, which a line of plain text cannot contain"
    return MARKUP_IN_LINE.at(
        place_at(text, at, max(len(written), 1)), message, "leave it out, or put a backslash before it"
    )


def words_of_rich(value: str) -> str:
    """Return the words of a source's field without its emphasis (`*word*`, `<i>word</i>`)."""
    value = _TAGGED_DIGITS.sub(lambda match: f"~{match[1]}~" if match[1] else f"^{match[2]}^", value)
    value = _RICH_TAG.sub("", value)
    return "".join(map(_word, inline_tokens(value))) if _MARKS.search(value) else value


def _word(token: Token) -> str:
    if token.type in ("superscript", "subscript"):
        return shifted(token)
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def foreign_in_source(value: str, *, rich: bool) -> str:
    """Return the first mark in a source's field that citations would print unchanged; empty if there is none."""
    marks = (match[0] for match in _SOURCE_MARK.finditer(value))
    return next((mark for mark in marks if not (rich and _RICH_TAG.fullmatch(mark))), "")
