"""Footnotes in prose: `[^label]` in a sentence, `[^label]: text` in a paragraph.

The syntax is pandoc's. A label is valid in its own field.

Source of the grammar: the pandoc User's Guide, "Footnotes".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.problems import Code, Location, Problem, Severity

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

BAD_FOOTNOTE = Code("bad-footnote", Severity.ERROR)
CODES = (BAD_FOOTNOTE,)

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

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens: the body's, then those of each footnote."""
        return (*self.body, *(token for one in self.definitions for token in one.tokens))

    @cached_property
    def by_label(self) -> dict[str, int]:
        """Return the definition of each label: the first with its name."""
        return {one.label: at for at, one in reversed(tuple(enumerate(self.definitions)))}


def add_footnotes(parser: MarkdownIt) -> None:
    """Add definitions to the parser. References to them are inline marks."""
    parser.block.ruler.before("reference", "footnote_def", _definition, {"alt": ["paragraph", "reference"]})


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
    prose = Parsed(tuple(body), tuple(definitions))
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
