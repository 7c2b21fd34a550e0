"""Rules of markdown-it for our inline marks, footnotes, and places for figures.

`[@key, p. 3]`, `@key`, `[#fact-id]`, `[^footnote]`, `["so-called"]{.scare}`, `10^6^`, `CO~2~` (the last four as in pandoc), and
quotation marks, which become separate tokens so that their places are known. Marks of other dialects, which have no meaning here,
become tokens too. Of each token, `meta["at"]` is its start in the block's text, and `meta["inside"]` what its mark contains.

A footnote's label is valid in the field in which it is defined (grammar: the pandoc User's Guide, "Footnotes").

`[#picture:harbour]` refers to a figure; `![#picture:harbour]` prints it, as in Markdown's links and images.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.model import Placement
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.characters import QUOTATION_MARKS
from generator.syntax.citations import CITE, group_end

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


_FACT = re.compile(r"\[#((?:shared:|table:|picture:|chart:)?[^\W_][\w.-]*)\](?![(\[])")
_SCARE = re.compile(r"\[(?=[\"“„«‘'‚‹»])(?P<inside>[^\[\]\n]{1,300})\]\{\.scare\}")
_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])|!--|[?!])[^<>]{0,1000}>")
_ADDRESS = re.compile(r"\([^\s()]{0,2000}+(?:\s{1,9}+[\"'(][^\n]{0,300}?[\"')])?\)")
_BRACKET = re.compile(r"[ \t\n]?\[(?![@#^]|-@)")
_LOOKS_CITED = re.compile(r"-?@")
_QUOTATION_MARK = re.compile(f"[{QUOTATION_MARKS}]")
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
    rules.before("link", "fact", _matched(_FACT, "fact"))
    rules.before("link", "citation_group", _citation_group)
    rules.before("link", "in_text", _in_text)
    rules.before("link", "quotation_mark", _matched(_QUOTATION_MARK, "quotation_mark"))
    parser.block.ruler.before("paragraph", "placement", _placement, {"alt": ["paragraph"]})
    rules.after("autolink", "html_tag", _matched(_TAG, "html_tag"))
    parser.block.ruler.before("reference", "footnote_def", _definition, {"alt": ["paragraph", "reference"]})


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


def _scare(state: StateInline, silent: bool) -> bool:
    """The rule for `["so-called"]{.scare}`: its content is read as Markdown."""
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


BAD_FOOTNOTE = Code("bad-footnote", Severity.ERROR)
REFERENCE = re.compile(r"\[\^([^\s\[\]]{1,80})\]")
"""`[^label]`, anywhere."""
_OPEN, _CLOSE = "footnote_reference_open", "footnote_reference_close"
_PARAGRAPH = ("paragraph_open", "paragraph_close", "inline")


@dataclass(frozen=True, slots=True)
class Definition:
    """The text of one footnote."""

    label: str
    line: int
    """First line in the prose, from 0."""
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Parsed:
    """The tokens of prose, with footnotes separated."""

    body: tuple[Token, ...]
    definitions: tuple[Definition, ...]
    written: tuple[Token, ...]
    """All tokens in the order of the text."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens: the body's, then those of each footnote."""
        return (*self.body, *(token for one in self.definitions for token in one.tokens))

    @cached_property
    def by_label(self) -> dict[str, int]:
        """Return the definition of each label: the first with its name."""
        return {one.label: at for at, one in reversed(tuple(enumerate(self.definitions)))}


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's rule, for labels that a reference can have."""
    from mdit_py_plugins.footnote.index import footnote_def

    written = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return REFERENCE.match(written) is not None and footnote_def(state, start, end, silent)


def parsed(tokens: Sequence[Token]) -> Parsed:
    """Separate the definitions from the tokens, also nested ones; each reference gets the index of its definition."""
    body: list[Token] = []
    opened: list[tuple[Token, list[Token]]] = []
    inside = [body]
    for token in tokens:
        if token.type == _OPEN:
            opened.append((token, []))
            inside.append(opened[-1][1])
        elif token.type == _CLOSE:
            inside.pop()
        else:
            inside[-1].append(token)
    definitions = (Definition(str(open_.meta["label"]), _line(open_), tuple(own)) for open_, own in opened)
    prose = Parsed(tuple(body), tuple(definitions), tuple(tokens))
    for reference in references(prose.tokens):
        reference.meta["index"] = prose.by_label.get(reference.meta["inside"], -1)
    return prose


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def references(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield every `[^label]` among the tokens."""
    return (child for token in tokens for child in token.children or () if child.type == "footnote")


def fault_of(reference: Token, inside: bool) -> tuple[str, str]:
    """Return why a reference cannot be printed, and what to do; empty if it can. `inside`: in a footnote's text."""
    if inside:
        return f"“{reference.content}” is inside a footnote", "write it in the sentence instead"
    if reference.meta["index"] < 0:
        hint = f"write {reference.content}: and the text at the beginning of a line, with | after the field's colon"
        return f"the footnote “{reference.content}” has no text", hint
    return "", ""


def definition_problems(prose: Parsed, place: Callable[[int, str], Location]) -> Iterator[Problem]:
    """Yield why texts of footnotes cannot be printed. `place` returns the place of a string in a line of the prose."""
    used = {reference.meta["inside"] for reference in references(prose.body)}
    for at, one in enumerate(prose.definitions):
        written = f"[^{one.label}]"
        where = place(one.line, written)
        if prose.by_label[one.label] != at:
            yield BAD_FOOTNOTE.at(where, f"“{written}” already has a text", "give one of them another label")
        elif one.label not in used:
            hint = f"write {written} in the sentence that it belongs to, or remove the text"
            yield BAD_FOOTNOTE.at(where, f"nothing refers to “{written}”", hint)
        if not any(token.type == "inline" for token in one.tokens):
            yield BAD_FOOTNOTE.at(where, f"the footnote “{written}” has no text", "write the text after the colon")
        for token in one.tokens:
            if token.nesting >= 0 and token.level == one.tokens[0].level and token.type not in _PARAGRAPH:
                hint = "write it as sentences, or outside the footnote"
                yield BAD_FOOTNOTE.at(place(_line(token), ""), "a footnote can only have paragraphs", hint)


BAD_PLACEMENT = Code("bad-placement", Severity.ERROR)

_LINE = re.compile(r"!\[#(?:([^\s\[\]:]{1,40}):)?([^\s\[\]]{1,80})\][ \t]*")
STRAY = re.compile(r"!\[#(?:picture|table|chart|quote|box):[^\s\[\]]{1,80}\]")
"""A placement inside a sentence."""
_CODE = 4
"""Spaces before a line of code."""


def _placement(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line that is a placement; it ends the paragraph before it."""
    if state.level or state.sCount[start] >= _CODE:
        return False
    written = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _LINE.fullmatch(written)
    if match is None:
        return False
    if not silent:
        token = state.push("placement", "", 0)
        token.block, token.map, token.content = True, [start, start + 1], match[0].rstrip()
        token.meta = {"kind": match[1] or "", "id": match[2]}
        state.line = start + 1
    return True


def number_placements(tokens: Sequence[Token]) -> None:
    """Give each placement its index among the placements."""
    for index, token in enumerate(token for token in tokens if token.type == "placement"):
        token.meta["index"] = index


def placements(tokens: Sequence[Token], place: Callable[[int, str], Location]) -> Iterator[Placement]:
    """Yield the placements among the tokens. `place` returns the place of a written form in a line of the prose."""
    for token in (token for token in tokens if token.type == "placement"):
        yield Placement(token.meta["kind"], token.meta["id"], place(_line(token), token.content))
