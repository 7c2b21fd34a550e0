"""Finds quotations in running words, the citations near each, and editor's marks.

`…` and `[…]` leave something out, `[words]` adds, `[words|original]` replaces, `[sic]` and the like are notes. Their meaning for the
comparison with a source is described in `generator/evidence/gate/quotation.py`.

It works on characters with known offsets, not on Markdown. It distinguishes quotation marks from apostrophes, and inner quotations
from outer ones.

A page prints its own marks around pairs of double marks and around the quotations in them; apostrophes, pairs of single marks elsewhere
and unpaired marks stay unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.syntax.characters import UNSPACED
from generator.syntax.quotation_marks import (
    ALWAYS_OPEN,
    CITATION_GROUP,
    DOUBLE,
    MARKS,
    SINGLE,
    STRAIGHT,
    TITLES,
    TWICE,
    Char,
    is_gershayim,
    neighbours,
)
from generator.syntax.sentences import sentence_ends

if TYPE_CHECKING:
    from markdown_it.token import Token


NOTE = re.compile(
    r" ?\[(?:sic!?|(?:my |our )?emphas[ie]s(?: added| mine| in (?:the )?original)?|italics (?:added|mine|in original))\]",
    re.IGNORECASE,
)
OMISSION = re.compile(r"[\[(]\s*(?:\u2026|\.(?:\s{0,8}\.){2})\s*[\])]|\.(?:\s{0,8}\.){2,3}|\.?\u2026+\.?")
BRACKET = re.compile(r"\[([^\[\]|]+)(?:\|([^\[\]|]+))?\](['\u2019]s(?!\w))?")
"""Group 1 is printed, group 2 is replaced."""
_REPLACEMENT = re.compile(r"\[([^\[\]|]+)\|[^\[\]|]+\]")


def printed(text: str) -> str:
    """Return a quotation as the page prints it: `[yours|theirs]` without the replaced words."""
    return _REPLACEMENT.sub(r"[\1]", text)


def brackets(text: str) -> list[re.Match[str]]:
    """Return the brackets that add, replace or change a capital, as `BRACKET` matches them."""
    return [match for match in BRACKET.finditer(text) if not _is_note(" ".join(match[0].split()))]


def _is_note(bracket: str) -> bool:
    return bool(NOTE.fullmatch(bracket) or OMISSION.fullmatch(bracket))


_ENDING = re.compile(r"[.!?…。！？]")
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_BEFORE_SPACE = re.compile(r"(?<![^\w\s])[^\w\s]++(?=\s++\S)")
"""Punctuation followed by a space and further text."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_BEFORE_AN_OPENING = "([{—–-/" + CITATION_GROUP + "".join(DOUBLE) + "".join(SINGLE)
_LONGEST_SENTENCE = 2000
"""Characters around a quotation that can belong to its sentence. It limits the work on hostile texts."""
_BEFORE_END = 32
"""Characters before the end of a quotation that show whether its last full stop is an abbreviation's."""
MOST_SCARE = 5
"""Most words of a `{.scare}` term."""
_LONE_SPACE = re.compile(r" (?=[.,;:!?)”’](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Indices of the characters of a quotation, without the marks: start and end."""

    start: int
    end: int
    depth: int = 0
    """Number of quotations around it."""


def find_quotations(chars: Sequence[Char]) -> tuple[Quoted, ...]:
    """Find the outermost quotations, in order. An unclosed double mark extends to the end of the block."""
    quotations: list[Quoted] = []
    at = 0
    while at < len(chars):
        if chars[at].char not in MARKS:
            at += 1
            continue
        width = 2 if _opens_twice(chars, at) else 1
        end = _closing_twice(chars, at) if width == 2 else _closing(chars, at) if _opens(chars, at) else -1
        if end > at + width and not _is_title(chars[at:end]):
            quotations.append(Quoted(at + width, end))
            at = end + width - 1
        at += 1
    return tuple(quotations)


def _is_title(chars: Sequence[Char]) -> bool:
    return chars[0].char in TITLES and any(_EAST_ASIAN.match(one.char) for one in chars)


def find_in(text: str) -> tuple[Quoted, ...]:
    """Find the outermost quotations of a plain text, as indices into it."""
    return () if MARKS.isdisjoint(text) else find_quotations(chars_of(text))


def chars_of(text: str) -> list[Char]:
    """Return the characters of a plain text."""
    return [Char(char, at) for at, char in enumerate(text)]


def _opens_twice(chars: Sequence[Char], at: int) -> bool:
    if at + 2 >= len(chars) or chars[at].char not in TWICE or chars[at + 1].char != chars[at].char:
        return False
    before, after = chars[at - 1].char if at else " ", chars[at + 2].char
    return not before.isalnum() and before != chars[at].char and (after.isalnum() or after in "([…")


def _closing_twice(chars: Sequence[Char], at: int) -> int:
    """Return the index of the first of two closing marks; -1 if there are none, because then they are not quotation marks."""
    closers = TWICE[chars[at].char]
    for index in range(at + 3, min(len(chars), at + _LONGEST_SENTENCE)):
        one, other = chars[index].char, chars[index + 1].char if index + 1 < len(chars) else ""
        if one in closers and (other == one or one in '"“”'):
            return index
    return -1


def all_beside(chars: Sequence[Char], quotations: Sequence[Quoted]) -> Iterator[tuple[int, ...]]:
    """Yield the citation groups of each quotation: inside it or after it in its sentence, else before it there, else in its block."""
    starts = [*(quoted.start for quoted in quotations[1:]), len(chars)]
    block = _citation_groups(chars)
    for quoted, following in zip(quotations, starts, strict=False):
        yield (_beside(chars, quoted, following) or block) if block else ()


def _beside(chars: Sequence[Char], quoted: Quoted, following: int) -> tuple[int, ...]:
    inside = _citation_groups(chars[quoted.start : quoted.end])
    after = _citation_groups(chars[quoted.end : _sentence_end(chars, quoted, following)])
    if inside or after:
        return (*inside, *after)
    return _citation_groups(chars[_sentence_start(chars, quoted.start) : quoted.start])


def is_phrase(quoted: str) -> bool:
    """Whether quoted words are a term and not a sentence: few words, without a sentence end."""
    unspaced = len(_UNSPACED.findall(quoted))
    count = len(_UNSPACED.sub(" ", quoted).split()) + (unspaced + 1) // 2
    return count <= MOST_SCARE and not any(_ENDING.search(marks) for marks in _BEFORE_SPACE.findall(quoted))


def quoted_in(line: str) -> Iterator[tuple[str, int]]:
    """Yield the words of each quotation in a line of plain text, with the offset of its opening mark."""
    for quoted in find_in(line):
        inside = words(chars_of(line[quoted.start : quoted.end]))
        if inside:
            yield inside, quoted.start - 1


def words(chars: Sequence[Char]) -> str:
    """Return the characters as a string, without citations and the spaces around them."""
    joined = " ".join("".join(char.char for char in chars if char.char != CITATION_GROUP).split())
    return _LONE_SPACE.sub("", joined)


def _citation_groups(chars: Sequence[Char]) -> tuple[int, ...]:
    return tuple(char.group for char in chars if char.group >= 0)


def _opens(chars: Sequence[Char], at: int) -> bool:
    """Whether a quotation mark opens a quotation, by the characters around it."""
    char = chars[at].char
    before, after = neighbours(chars, at)
    if is_gershayim(chars, at):
        return False
    if char in ALWAYS_OPEN:
        return True
    if char in STRAIGHT and before.isalpha() and after.isalpha():
        return True  # a mark between two letters always has a closing mark, and some scripts have no spaces
    if char in DOUBLE:
        return not before.isalnum() and not after.isspace()
    free = before.isspace() or before in _BEFORE_AN_OPENING
    return char in SINGLE and free and not after.isspace() and not (after.isdigit() and char in "'’")


def _closing(chars: Sequence[Char], at: int) -> int:
    if chars[at].char in SINGLE:
        return _closing_single(chars, at)
    return _closing_double(chars, at)


def _closing_double(chars: Sequence[Char], at: int) -> int:
    """Return the index of the closing mark; the end of the block if there is none."""
    opening = chars[at].char
    closers, depth = DOUBLE[opening], 0
    for index in range(at + 1, len(chars)):
        char = chars[index].char
        if is_gershayim(chars, index):
            continue
        if char in closers:
            if depth == 0:
                return index
            depth -= 1
        elif char == opening and opening != '"':
            depth += 1
    return len(chars)


def _closing_single(chars: Sequence[Char], at: int) -> int:
    """Return the index of the closing mark, or -1. A mark before a letter is an apostrophe, and one after an s may be."""
    closers = SINGLE[chars[at].char]
    first = -1
    for index in range(at + 2, min(len(chars), at + _LONGEST_SENTENCE)):
        if chars[index].char == chars[at].char and _opens(chars, index):
            break
        if chars[index].char not in closers:
            continue
        before, after = neighbours(chars, index)
        if after.isalnum() or before.isspace():
            continue
        sure = before not in "sS" or not _word_follows(chars, index)
        if sure:
            return index if first < 0 or not _word_follows(chars, index) else first
        first = index if first < 0 else first
    return first


def _word_follows(chars: Sequence[Char], at: int) -> bool:
    _, after = neighbours(chars, at)
    beyond = chars[at + 2].char if at + 2 < len(chars) else " "
    return after.isspace() and beyond.isalpha()


def _sentence_end(chars: Sequence[Char], quoted: Quoted, next_one: int) -> int:
    """Return the index after the last citation of the sentence in which the quotation ends."""
    seen = False
    limit = min(len(chars), quoted.end + _LONGEST_SENTENCE)
    first = max(quoted.end - _BEFORE_END, 0)
    ends = {first + match.start() for match in sentence_ends("".join(one.char for one in chars[first : limit + 1]))}
    for at in range(max(quoted.end - 1, 0), limit):
        seen = seen or (at >= quoted.end and chars[at].group >= 0)
        if seen and at >= next_one:
            return at
        if at in ends:
            return _past_citations(chars, at + 1)
    return limit


def _past_citations(chars: Sequence[Char], at: int) -> int:
    """Return the index after the citations that follow a full stop and closing marks."""
    for index in range(at, len(chars)):
        char = chars[index]
        if char.group < 0 and not char.char.isspace() and char.char not in "”’\"'»“«":
            return index
    return len(chars)


def _sentence_start(chars: Sequence[Char], at: int) -> int:
    """Return the end of the last sentence before an index."""
    first = max(at - _LONGEST_SENTENCE, 0)
    text = "".join(one.char for one in chars[first:at])
    ends = [match.end() for match in sentence_ends(text) if match.end() < len(text.rstrip())]
    return first + ends[-1] if ends else first


QuotationMarks = tuple[str, str, str, str]
"""The marks of a page: opening and closing marks, and the same for quotations inside quotations."""
_DOUBLE_MARKS = frozenset('"“”„‟«»＂')
_INNER_MARKS = _DOUBLE_MARKS | frozenset("'‘’‚‛‹›「」『』")
"""All characters that the comparison with a source treats as one mark."""
_CLOSING, _SPACED, _INNER = 1, 2, 4
_DEEPEST = 4
"""Levels of quotations in quotations that get the page's marks."""


def pair_marks(tokens: Sequence[Token], shown: Callable[[Token], str]) -> None:
    """Set `meta["index"]` of each paired quotation mark, for `set_mark`; -1 for the others.

    `meta["near"]` has the citation groups near the quotation: `meta["around"]` is true for the two marks of an outermost quotation
    that can be put into an element.
    """
    if not any(token.type == "quotation_mark" for token in tokens):
        return
    chars, owners = _printed_chars(tokens, shown)
    pairs = find_quotations(chars)
    for quoted, near in zip(pairs, all_beside(chars, pairs), strict=True):
        if not _is_double(chars, quoted):
            continue
        for pair in (quoted, *_pairs_inside(chars, quoted)):
            for at, beside, closing in ((pair.start - 1, pair.start, 0), (pair.end, pair.end - 1, _CLOSING)):
                if (token := tokens[owners[at]]).type == "quotation_mark":
                    token.meta |= {"index": _role(chars[beside].char, pair, closing), "near": near}
        first, last = owners[quoted.start - 1], owners[quoted.end]
        if _is_whole(tokens[first:last]):
            for token in (tokens[first], tokens[last]):
                token.meta["around"] = token.type == "quotation_mark"


def _printed_chars(tokens: Sequence[Token], shown: Callable[[Token], str]) -> tuple[list[Char], list[int]]:
    """Return the characters that are printed, and for each the index of its token. No quotation mark has a role yet."""
    chars: list[Char] = []
    owners: list[int] = []
    for at, token in enumerate(tokens):
        if token.type == "quotation_mark":
            token.meta["index"] = -1
        cited = token.type in ("citation_group", "in_text")
        for char in CITATION_GROUP if cited or token.type == "footnote" else shown(token):
            chars.append(Char(char, len(chars), token.meta["index"] if cited else -1))
            owners.append(at)
    return chars, owners


def _role(beside: str, pair: Quoted, closing: int) -> int:
    return closing | _SPACED * beside.isspace() | _INNER * (pair.depth % 2)


def _is_double(chars: Sequence[Char], quoted: Quoted) -> bool:
    return quoted.end < len(chars) and {chars[quoted.start - 1].char, chars[quoted.end].char} <= _DOUBLE_MARKS


def _pairs_inside(chars: Sequence[Char], quoted: Quoted) -> Iterator[Quoted]:
    """Yield the quotations inside a quotation, and those inside them, each with a pair of single characters as its marks."""
    if quoted.depth >= _DEEPEST:
        return
    for one in find_quotations(chars[quoted.start : quoted.end]):
        inner = Quoted(quoted.start + one.start, quoted.start + one.end, quoted.depth + 1)
        if inner.end < quoted.end and {chars[inner.start - 1].char, chars[inner.end].char} <= _INNER_MARKS:
            doubled = inner.start > 1 and chars[inner.start - 1].char == chars[inner.start - 2].char
            yield from () if doubled else (inner, *_pairs_inside(chars, inner))


def _is_whole(tokens: Sequence[Token]) -> bool:
    """Whether each element that begins among these tokens also ends among them, and the reverse."""
    depth = 0
    for token in tokens:
        depth += token.nesting
        if depth < 0:
            return False
    return depth == 0


def is_closing(role: int) -> bool:
    """Whether the mark ends a quotation."""
    return bool(role & _CLOSING)


def is_inner(role: int) -> bool:
    """Whether the mark belongs to a quotation inside another one, as those of each second level do."""
    return bool(role & _INNER)


def set_mark(marks: QuotationMarks, role: int) -> str:
    """Return the mark to print, without its own space if the author typed one."""
    mark = marks[is_closing(role) + 2 * is_inner(role)]
    return mark.strip() if role & _SPACED else mark


def set_inner_marks(quote: str, marks: QuotationMarks) -> str:
    """Return a quotation that is printed between the page's marks, with the page's inner marks around the quotations in it."""
    if MARKS.isdisjoint(quote):
        return quote
    printed = list(quote)
    for pair in _pairs_inside(chars_of(quote), Quoted(0, len(quote))):
        printed[pair.start - 1] = set_mark(marks, _role(quote[pair.start], pair, 0))
        printed[pair.end] = set_mark(marks, _role(quote[pair.end - 1], pair, _CLOSING))
    return "".join(printed)
