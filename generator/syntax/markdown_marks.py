"""Rules of markdown-it for the inline marks that this project adds.

`[@key, p. 3]`, `@key`, `[#fact-id]`, `[^footnote]`, `["so-called"]{.scare}`, `10^6^`, `CO~2~` (the last four as in pandoc), and
quotation marks, which become separate tokens so that their places are known. Marks of other dialects, which have no meaning here,
become tokens too. `meta["at"]` of each token is its start in the block's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.syntax.characters import QUOTATION_MARKS
from generator.syntax.citations import CITE, group_end
from generator.syntax.footnotes import REFERENCE
from generator.syntax.placements import STRAY, add_placements

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_FACT = re.compile(r"\[#((?:shared:|table:|picture:|chart:)?[^\W_][\w.-]*)\](?![(\[])")
_SCARE = re.compile(r"\[(?=[\"“„«‘'‚‹»])(?P<inside>[^\[\]\n]{1,300})\]\{\.scare\}")
_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])|!--|[?!])[^<>]{0,1000}>")
_ADDRESS = re.compile(r"\([^\s()]{0,2000}+(?:\s{1,9}+[\"'(][^\n]{0,300}?[\"')])?\)")
_BRACKET = re.compile(r"[ \t\n]?\[(?![@#^]|-@)")
_LOOKS_CITED = re.compile(r"-?@")
_RAISED = re.compile(r"\^([^\s^~]{1,40})\^")
_LOWERED = re.compile(r"~(?!~)([^\s^~]{1,40})~(?!~)")
_FOREIGN = re.compile(
    r"~~(?=\S)[^~\n]{1,400}~~|==(?=\S)[^=\n]{1,400}==|\+\+(?=\w)[^+\n]{1,400}\+\+"  # struck, highlighted, inserted
    r"|\[\^[^\[\]\n]{0,400}\]|\^\[[^\[\]\n]{0,400}\]?"  # footnotes with invalid labels, and inside a sentence
    r"|\$\$[^$\n]{1,400}\$\$|\$(?=[^\s$])[^$\n]{0,200}[\\^_{][^$\n]{0,200}(?<!\s)\$(?![\d$])|\[[ xX]\](?= )"  # formulas, boxes to tick
    r"|\{[.#][A-Za-z][\w-]{0,40}\}|:{3,}[ \t]{0,4}\w{0,40}|(?<=\n):[ \t]{1,4}(?=\S)"  # attributes, containers, definitions
    r"|\*\[[^\[\]\n]{1,80}\]:"  # abbreviations
    r"|\[[^\[\]\n@#^]{1,80}\]\[[^\[\]\n@#^]{0,80}\]"  # reference links, and their definitions
    r"|(?<![^\n])\[[^\[\]\n@#^]{1,80}\]:[ \t]{0,4}<?(?:https?:|mailto:|www\.|[/#])"
)
"""Marks of other dialects of Markdown, which would be printed as plain characters."""


def add_marks(parser: MarkdownIt) -> None:
    """Add the marks to the parser."""
    for char in "@^~=+${:" + QUOTATION_MARKS:
        parser.inline.add_terminator_char(char)
    rules = parser.inline.ruler
    rules.before("emphasis", "footnote", _matched(REFERENCE, "footnote"))
    rules.before("emphasis", "foreign", _matched(_FOREIGN, "foreign"))
    rules.before("link", "superscript", _matched(_RAISED, "superscript"))
    rules.before("link", "subscript", _matched(_LOWERED, "subscript"))
    rules.before("link", "stray_placement", _matched(STRAY, "stray_placement"))
    rules.before("link", "scare", _scare)
    rules.before("link", "fact", _fact)
    rules.before("link", "citation_group", _citation_group)
    rules.before("link", "in_text", _in_text)
    rules.before("link", "quotation_mark", _quotation_mark)
    add_placements(parser)
    rules.after("autolink", "html_tag", _matched(_TAG, "html_tag"))


def _push(state: StateInline, silent: bool, name: str, end: int, **meta: object) -> bool:
    if not silent:
        token = state.push(name, "", 0)
        token.content = state.src[state.pos : end]
        token.meta = {"at": state.pos, **meta}
    state.pos = end
    return True


def _matched(pattern: re.Pattern[str], name: str) -> Callable[[StateInline, bool], bool]:
    """Return a rule that makes tokens of this name from matches of the pattern, with its group, if any, as `inside`."""

    def rule(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos, state.posMax)
        return match is not None and _push(state, silent, name, match.end(), inside=match[pattern.groups])

    return rule


def _citation_group(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if source[start] != "[":
        return False
    end = group_end(source, start)
    if end < 0 or end > state.posMax or _ADDRESS.match(source, end):
        return False
    inside = source[start + 1 : end - 1]
    if not (CITE.search(inside) or _LOOKS_CITED.match(inside)):
        return False
    return _push(state, silent, "citation_group", end)


def _in_text(state: StateInline, silent: bool) -> bool:
    key = CITE.match(state.src, state.pos)
    if not key or key.end() > state.posMax:
        return False
    return _push(state, silent, "in_text", _with_bracket(state.src, key.end(), state.posMax))


def _with_bracket(source: str, end: int, limit: int) -> int:
    """Return the end of the bracket after an in-text key, if it belongs to the key; otherwise the end of the key."""
    bracket = _BRACKET.match(source, end)
    if not bracket:
        return end
    close = group_end(source, bracket.end() - 1)
    if not end < close <= limit or source[close : close + 1] in ("[", "{") or _ADDRESS.match(source, close):
        return end
    first = source[bracket.end() : close - 1].partition(";")[0]
    return end if CITE.search(first) else close


def _fact(state: StateInline, silent: bool) -> bool:
    match = _FACT.match(state.src, state.pos, state.posMax)
    return match is not None and _push(state, silent, "fact", match.end(), fact=match[1])


def _scare(state: StateInline, silent: bool) -> bool:
    match = _SCARE.match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    if not silent:
        limit, state.posMax = state.posMax, match.end("inside")
        state.push("scare_open", "", 1).meta = {"at": state.pos}
        state.pos = match.start("inside")
        state.md.inline.tokenize(state)
        state.push("scare_close", "", -1).meta = {"at": match.end("inside")}
        state.posMax = limit
    state.pos = match.end()
    return True


def _quotation_mark(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in QUOTATION_MARKS:
        return False
    return _push(state, silent, "quotation_mark", state.pos + 1)
