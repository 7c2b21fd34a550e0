"""Reads Markdown prose: its citations, quotations, references and problems.

CommonMark and tables, without HTML, headings, images and link definitions, with the marks of `markdown_marks`. Reading and
rendering use the same parser, so citation groups have the same order in both.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.model import BriefLink, Cluster, FactReference, Footnote, Placement, Prose, ProseQuotation, Text
from generator.problems import Location, Problem
from generator.syntax import citations
from generator.syntax.blocks import NEWLINE, Block, blocks_of
from generator.syntax.citations import BAD_CITATION, CITE, Window
from generator.syntax.footnotes import (
    BAD_FOOTNOTE,
    Parsed,
    add_footnotes,
    definition_problems,
    fault_of,
    parsed,
    references,
)
from generator.syntax.markdown_marks import add_marks
from generator.syntax.pairing import pair_marks, set_mark
from generator.syntax.placements import BAD_PLACEMENT, number_placements, placements
from generator.syntax.prose_problems import (
    BAD_FACT_REFERENCE,
    FOREIGN_MARKUP,
    HEADING_IN_PROSE,
    HTML_IN_PROSE,
    IMAGE_IN_PROSE,
    SCARE_SENTENCE,
    UNSAFE_LINK,
)
from generator.syntax.quotations import CLUSTER, Char, all_beside, find_quotations, is_phrase, words
from generator.syntax.rendering import Made, brief_link, is_safe_link, render_blocks, render_paragraphs, render_words
from generator.syntax.spans import Spans, spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LIKE_A_FACT = re.compile(r"\[#[^\[\]]{1,80}\]")
_WORD = re.compile(r"\S")
_LIKE_A_LINK = re.compile(r"\]\((?=\S)")
_SCRIPTS = {
    "superscript": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "subscript": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
"""Raised and lowered characters in Unicode, because a quotation with them is compared with a source that has them."""


@functools.cache
def _parser() -> MarkdownIt:
    """Return the only parser; markdown-it is imported with the first prose."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "typographer": False, "linkify": False})
    parser.enable("table")
    parser.disable(["reference", "code", "html_block", "html_inline"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # unsafe links are found, told and left out here
    add_marks(parser)
    add_footnotes(parser)
    return parser


@dataclass
class _Reading:
    """The results so far."""

    text: Text
    spans: Spans
    clusters: list[Cluster]
    facts: list[FactReference]
    problems: list[Problem]
    links: list[BriefLink] = field(default_factory=list)

    @functools.cached_property
    def line_starts(self) -> list[int]:
        return [0, *(match.end() for match in NEWLINE.finditer(self.text.value))]

    def place_in_line(self, number: int, written: str) -> Location:
        """Return the place of a string in a line; that of the line's first word if it is not found."""
        value = self.text.value
        start = self.line_starts[number]
        if written and value.find(written, start, start + 1000) >= 0:
            return self.spans.place(value.index(written, start), len(written))
        first = _WORD.search(value, start)
        return self.spans.place(first.start() if first else start, 1)

    def window(self, block: Block, at: int, written: str) -> Window:
        def offset(index: int) -> int:
            return block.offset(at + index)

        return Window(written, offset, lambda index, length: self.spans.place(offset(index), length))


def read_prose(text: Text) -> tuple[Prose, tuple[Problem, ...]]:
    """Read Markdown prose; return it as far as it can be read, and its problems."""
    tokens = _tokens(text.value)
    reading = _Reading(text, spans(text), [], [], [])
    blocks = list(blocks_of(tokens, text.value))
    lines = [(block, list(_chars(block, reading))) for block in blocks]
    _find_headings(tokens.tokens, reading)
    reading.problems += definition_problems(tokens, reading.place_in_line)
    quotations = tuple(
        sorted((*_quotations(lines, reading), *_block_quotations(lines, reading)), key=lambda q: q.offset)
    )
    plain = "\n".join(filter(None, (words(chars) for block, chars in lines if not block.footnote)))
    footnotes = tuple(_footnotes(tokens, reading))
    placed = tuple(placements(tokens.body, reading.place_in_line))
    prose = Prose(
        text,
        tuple(reading.clusters),
        tuple(reading.facts),
        quotations,
        plain,
        footnotes,
        links=tuple(reading.links),
        placements=placed,
    )
    return prose, tuple(reading.problems)


def render_prose(
    prose: Prose,
    cite: Callable[[int, Cluster], str],
    fact: Callable[[FactReference], str],
    note: Callable[[int], str] = lambda _: "",
    *,
    inline: bool = False,
    marks: tuple[str, str] | None = None,
    placed: Callable[[Placement], str] = lambda _: "",
) -> str:
    """Prose as HTML, escaped and safe. The callbacks return safe HTML for a cluster (its index in `prose.clusters` and
    itself), for a reference to a fact, for one to a footnote (its index in `prose.footnotes`), and for what is placed in a line
    of its own. `inline` gives the words of all blocks without `<p>` or any other block; `marks` are printed around quotations
    instead of those that were typed.
    """
    body = _tokens(prose.text.value).body
    made = {**_made(prose, cite, fact, note, marks), "placed": lambda index: placed(prose.placements[index])}
    return render_words(body, made) if inline else render_blocks(body, made)


def render_footnote(
    prose: Prose,
    index: int,
    cite: Callable[[int, Cluster], str],
    fact: Callable[[FactReference], str],
    marks: tuple[str, str] | None = None,
) -> str:
    """Return the text of `prose.footnotes[index]` as escaped and safe inline HTML."""
    tokens = _tokens(prose.text.value).definitions[index].tokens
    return render_paragraphs(tokens, _made(prose, cite, fact, lambda _: "", marks))


def _made(
    prose: Prose,
    cite: Callable[[int, Cluster], str],
    fact: Callable[[FactReference], str],
    note: Callable[[int], str],
    marks: tuple[str, str] | None,
) -> Made:
    return {
        "cite": lambda index: cite(index, prose.clusters[index]),
        "fact": lambda index: fact(prose.facts[index]),
        "note": note,
        **({"mark": lambda role: set_mark(marks, role)} if marks else {}),
    }


def inline_tokens(line: str) -> Iterator[Token]:
    """Return the inline tokens of one line."""
    for block in _parser().parseInline(line, {}):
        yield from block.children or ()


@functools.lru_cache(maxsize=512)
def _tokens(markdown: str) -> Parsed:
    """What the parser makes of prose, each mark numbered. Kept, for the same prose is read once and rendered three times;
    nobody changes the tokens afterwards.
    """
    prose = parsed(_parser().parse(markdown, {}))
    _number(prose.tokens)
    number_placements(prose.body)
    for token in prose.tokens:
        pair_marks(token.children or (), _shown)
    for reference in references(prose.tokens):
        index = reference.meta["index"]
        reference.meta["clusters"] = _clusters_of(prose.definitions[index].tokens) if index >= 0 else ()
    return prose


def _number(tokens: Sequence[Token]) -> None:
    """Give each mark its index among the citation groups or facts, in reading order."""
    clusters = facts = 0
    for token in tokens:
        for child in token.children or ():
            if child.type in ("cluster", "in_text"):
                readable = child.type == "in_text" or citations.is_readable(child.content[1:-1])
                child.meta["index"] = clusters if readable else -1
                clusters += readable
            elif child.type == "fact":
                child.meta["index"] = facts
                facts += 1


def _footnotes(tokens: Parsed, reading: _Reading) -> Iterator[Footnote]:
    for one in tokens.definitions:
        yield Footnote(one.label, reading.place_in_line(one.line, f"[^{one.label}]"), _clusters_of(one.tokens))


def _clusters_of(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Return the indices of readable citation groups, in order."""
    marks = (child for token in tokens for child in token.children or () if child.type in ("cluster", "in_text"))
    return tuple(mark.meta["index"] for mark in marks if mark.meta["index"] >= 0)


def _chars(block: Block, reading: _Reading) -> Iterator[Char]:
    """Return the printed characters of a block; also collects citation groups, facts and problems."""
    at, link, scare = 0, False, False
    for token in block.token.children or ():
        at = (token.meta or {}).get("at", at)
        offset = block.offset(at)
        link = token.type == "link_open" or (link and token.type != "link_close")
        scare = token.type == "scare_open" or (scare and token.type != "scare_close")
        _complain(block, token, at, reading, link)
        if token.type in ("cluster", "in_text"):
            yield Char(CLUSTER, offset, _take_cluster(block, token, reading))
        elif token.type == "footnote":
            yield from (Char(CLUSTER, offset, index) for index in token.meta["clusters"])
        elif token.type == "fact":
            place = reading.spans.place(offset, len(token.content))
            reading.facts.append(FactReference(token.meta["fact"], place, offset))
        else:
            yield from (Char(char, offset, scare=scare) for char in _shown(token))


def _shown(token: Token) -> str:
    """Return the characters that a token prints, without citations."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in _SCRIPTS:
        return str(token.meta["inside"]).translate(_SCRIPTS[token.type])
    shown = token.type in ("text", "code_inline", "text_special", "image", "quotation_mark", "html_tag", "foreign")
    return token.content.replace(CLUSTER, " ") if shown else ""


def _take_cluster(block: Block, token: Token, reading: _Reading) -> int:
    at, written = token.meta["at"], token.content
    if token.type == "in_text":
        window = reading.window(block, at, written)
        key = CITE.match(written)
        assert key is not None
        cluster, problems = citations.read_in_text(window, key)
    else:
        cluster, problems = citations.read_group(reading.window(block, at + 1, written[1:-1]))
    reading.problems += problems
    if cluster is None:
        return -1
    reading.clusters.append(cluster)
    return len(reading.clusters) - 1


def _complain(block: Block, token: Token, at: int, reading: _Reading, link: bool) -> None:
    """Report what prose must not contain."""
    if token.type == "link_open":
        _complain_of_link(block, str(token.attrs.get("href", "")), at, reading)
    elif link and token.type in ("cluster", "in_text", "fact", "footnote"):
        place = _found(block, token.content, at, reading)
        message = f"“{token.content[:40]}” stands inside a link, and is a link itself"
        code = {"fact": BAD_FACT_REFERENCE, "footnote": BAD_FOOTNOTE}.get(token.type, BAD_CITATION)
        reading.problems.append(code.at(place, message, "put it behind the link"))
    elif token.type == "in_text":
        behind = reading.window(block, at, block.token.content[at : at + len(token.content) + 2])
        reading.problems += citations.broken_key(behind, len(token.content))
    elif token.type in ("image", "stray_placement"):
        _complain_of_picture(block, token, at, reading)
    elif token.type == "html_tag":
        place = _found(block, token.content, at, reading)
        message = f"HTML is printed as it is written: {token.content[:40]}"
        reading.problems.append(HTML_IN_PROSE.at(place, message, "use Markdown, or remove it"))
    elif token.type == "foreign":
        place = _found(block, token.content, at, reading)
        message = f"“{token.content[:40]}” is not markup here, and would be printed as it is written"
        reading.problems.append(FOREIGN_MARKUP.at(place, message, "write it in words, or put a backslash before it"))
    elif token.type == "footnote":
        message, hint = fault_of(token, block.footnote)
        if message:
            reading.problems.append(BAD_FOOTNOTE.at(_found(block, token.content, at, reading), message, hint))
    elif token.type == "text":
        _complain_of_reference(block, token, at, reading)


def _complain_of_picture(block: Block, token: Token, at: int, reading: _Reading) -> None:
    if token.type == "image":
        place = _found(block, "![", at, reading)
        hint = "list the file under `pictures`, and write ![#picture:id] in a line of a section"
        reading.problems.append(IMAGE_IN_PROSE.at(place, "a picture cannot be named here", hint))
        return
    place = _found(block, token.content, at, reading)
    message = f"“{token.content[:40]}” does not stand in a line of its own"
    hint = "put it into a line of its own, outside lists and quotations, with | behind the field's colon"
    reading.problems.append(BAD_PLACEMENT.at(place, message, hint))


def _complain_of_link(block: Block, address: str, at: int, reading: _Reading) -> None:
    place = _found(block, address, at, reading, "](")
    other = brief_link(address)
    if other is not None:
        reading.links.append(BriefLink(*other, place))
    elif address.startswith("brief:"):
        message = f"“{address[:60]}” does not name a brief"
        reading.problems.append(UNSAFE_LINK.at(place, message, "write brief:SLUG or brief:SLUG#ID"))
    elif not is_safe_link(address):
        message = f"a link to “{address[:60]}” must not be published"
        hint = "link to https:, http:, mailto:, #id or brief:slug"
        reading.problems.append(UNSAFE_LINK.at(place, message, hint))


def _complain_of_reference(block: Block, token: Token, at: int, reading: _Reading) -> None:
    for match in _LIKE_A_FACT.finditer(token.content):
        place = _found(block, match.group(), at, reading)
        message = f"“{match.group()[:40]}” does not name a fact"
        reading.problems.append(BAD_FACT_REFERENCE.at(place, message, "write [#id] with the id of a fact"))
    for match in _LIKE_A_LINK.finditer(token.content):
        place = _found(block, match.group(), at, reading)
        hint = "a link is [words](https://example.org), with no brackets, citations or footnotes in its words"
        reading.problems.append(
            FOREIGN_MARKUP.at(place, "this is no link, and would be printed as it is written", hint)
        )


def _found(block: Block, part: str, at: int, reading: _Reading, fallback: str = "") -> Location:
    content = block.token.content
    index = content.find(part, at) if part else -1
    if index < 0 and fallback:
        index, part = content.find(fallback, at), fallback
    index = max(index, 0)
    return reading.spans.place(block.offset(index), min(len(part), len(content) - index) or 1)


def _find_headings(tokens: Sequence[Token], reading: _Reading) -> None:
    starts = [0, *(match.end() for match in NEWLINE.finditer(reading.text.value))]
    for token in tokens:
        if token.type == "heading_open" and token.map:
            place = reading.spans.place(starts[min(token.map[0], len(starts) - 1)], max(len(token.markup), 1))
            hint = "write it as a sentence, or in **bold**"
            reading.problems.append(HEADING_IN_PROSE.at(place, "prose cannot hold a heading", hint))


_Lines = Sequence[tuple[Block, list[Char]]]


def _quotations(lines: _Lines, reading: _Reading) -> Iterator[ProseQuotation]:
    for block, chars in lines:
        if block.quote:
            continue
        found = find_quotations(chars)
        for quoted, near in zip(found, all_beside(chars, found), strict=True):
            inside = words(chars[quoted.start : quoted.end])
            if inside:
                opening = chars[quoted.start - 1]
                length = chars[min(quoted.end, len(chars) - 1)].offset - opening.offset + 1
                place = reading.spans.place(opening.offset, max(length, 1))
                if opening.scare and not is_phrase(inside):
                    hint = "cite these words, or leave out the quotation marks"
                    reading.problems.append(SCARE_SENTENCE.at(place, "{.scare} marks a term, not a sentence", hint))
                yield ProseQuotation(inside, place, near, scare=opening.scare, offset=opening.offset)


def _block_quotations(lines: _Lines, reading: _Reading) -> Iterator[ProseQuotation]:
    for number in sorted({block.quote for block, _ in lines if block.quote}):
        inside = [index for index, (block, _) in enumerate(lines) if block.quote == number]
        chars = [char for index in inside for char in (*lines[index][1], Char(" ", 0))]
        text = words(chars)
        if not text:
            continue
        before = lines[inside[0] - 1][1] if inside[0] and not lines[inside[0] - 1][0].quote else []
        near = [char.cluster for char in chars if char.cluster >= 0] or [c.cluster for c in before if c.cluster >= 0]
        offset = lines[inside[0]][0].offset(0)
        yield ProseQuotation(text, reading.spans.place(offset), tuple(near), block=True, offset=offset)
