"""Reads Markdown prose once for what it cites, quotes and refers to.

CommonMark and tables, without HTML, headings, images and link definitions, with the marks of `markdown_marks`. Reading and
rendering use the same parser, so citation groups have the same order in both.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from generator.model import CitationGroup, FactReference, Footnote, Placement, Prose, ProseQuotation, Text
from generator.problems import Problem
from generator.syntax import citations
from generator.syntax.characters import LOWERED, RAISED
from generator.syntax.citations import CITE
from generator.syntax.markdown.lost_words import list_numbers, lost_words
from generator.syntax.markdown.markdown_marks import (
    Parsed,
    add_marks,
    definition_problems,
    number_placements,
    parsed,
    placements,
    references,
)
from generator.syntax.markdown.prose_blocks import Block, blocks_of
from generator.syntax.markdown.prose_problems import (
    SCARE_SENTENCE,
    ProseReading,
    report_blocks,
    report_code,
    report_headings,
    report_token,
)
from generator.syntax.markdown.rendering import Made, render_blocks, render_paragraphs, render_words
from generator.syntax.quotation_marks import CITATION_GROUP, Char
from generator.syntax.quotations import (
    QuotationMarks,
    all_beside,
    find_quotations,
    is_phrase,
    pair_marks,
    set_mark,
    words,
)
from generator.syntax.spans import spans
from generator.syntax.unpaired_marks import unpaired_marks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


_SCRIPTS = {"superscript": {**RAISED, ord("n"): ord("ⁿ")}, "subscript": LOWERED}


@functools.cache
def _parser() -> MarkdownIt:
    """Return the only parser; markdown-it is imported with the first prose."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "typographer": False, "linkify": False})
    parser.enable("table")
    parser.disable(["reference", "code", "html_block", "html_inline"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # unsafe links are reported and left out here
    add_marks(parser)
    return parser


class ProseShape(Enum):
    """Which blocks a text may have."""

    PARAGRAPH = auto()
    """One paragraph: the page prints it in a sentence's place, or as an item of a list."""
    BLOCKS = auto()
    """Paragraphs, lists, tables and quotations."""
    SECTION = auto()
    """These, with headings."""


def read_prose(
    text: Text, language: str = "", shape: ProseShape = ProseShape.BLOCKS
) -> tuple[Prose, tuple[Problem, ...]]:
    """Read Markdown prose in a language as far as it can be read, and return it with its problems."""
    tokens = _tokens(text.value)
    reading = ProseReading(text, spans(text), [], [], [], language=language)
    blocks = list(blocks_of(tokens, text.value))
    lines = [(block, list(_chars(block, reading))) for block in blocks]
    report_headings(tokens.tokens, reading, allowed=shape is ProseShape.SECTION)
    if shape is ProseShape.PARAGRAPH:
        report_blocks(tokens.body, reading)
    report_code(tokens.tokens, reading)
    reading.problems += definition_problems(tokens, reading.place_in_line)
    reading.problems += lost_words(text.value, tokens.written, reading.spans.place)
    reading.problems += list_numbers(tokens.written, reading.place_in_line)
    quotations = tuple(
        sorted((*_quotations(lines, reading), *_block_quotations(lines, reading)), key=lambda q: q.offset)
    )
    plain = "\n".join(filter(None, (words(chars) for block, chars in lines if not block.footnote)))
    footnotes = tuple(
        Footnote(one.label, reading.place_in_line(one.line, f"[^{one.label}]"), _citation_groups_of(one.tokens))
        for one in tokens.definitions
    )
    placed = tuple(placements(tokens.body, reading.place_in_line))
    prose = Prose(
        text,
        tuple(reading.citation_groups),
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
    cite: Callable[[int, CitationGroup], str],
    fact: Callable[[FactReference], str],
    note: Callable[[int], str] = lambda _: "",
    *,
    inline: bool = False,
    marks: QuotationMarks | None = None,
    spoken: Callable[[CitationGroup], str] = lambda _: "",
    placed: Callable[[Placement], str] = lambda _: "",
) -> str:
    """Render prose as escaped and safe HTML.

    The callbacks return safe HTML for a citation group (its index in `prose.citation_groups` and itself), for a reference to a fact, for
    one to a footnote (its index in `prose.footnotes`), and for what is placed on a line of its own. `inline` returns the words of all
    blocks without `<p>` or any other block; `marks` replace the author's quotation marks;
    `spoken` returns the attributes `lang` and `dir` of words that a citation group is cited for, if they need any.
    """
    body = _tokens(prose.text.value).body
    made = {**_made(prose, cite, fact, note, marks, spoken), "placed": lambda index: placed(prose.placements[index])}
    return render_words(body, made) if inline else render_blocks(body, made)


def render_footnote(
    prose: Prose,
    index: int,
    cite: Callable[[int, CitationGroup], str],
    fact: Callable[[FactReference], str],
    marks: QuotationMarks | None = None,
    spoken: Callable[[CitationGroup], str] = lambda _: "",
) -> str:
    """Return the text of `prose.footnotes[index]` as escaped and safe inline HTML."""
    tokens = _tokens(prose.text.value).definitions[index].tokens
    return render_paragraphs(tokens, _made(prose, cite, fact, lambda _: "", marks, spoken))


def _made(
    prose: Prose,
    cite: Callable[[int, CitationGroup], str],
    fact: Callable[[FactReference], str],
    note: Callable[[int], str],
    marks: QuotationMarks | None,
    spoken: Callable[[CitationGroup], str],
) -> Made:
    """Return the functions that the renderer calls for marks, by the names of its placeholders."""
    return {
        "cite": lambda index: cite(index, prose.citation_groups[index]),
        "fact": lambda index: fact(prose.facts[index]),
        "note": note,
        "spoken": lambda index: spoken(prose.citation_groups[index]),
        **({"mark": lambda role: set_mark(marks, role)} if marks else {}),
    }


def inline_tokens(line: str) -> Iterator[Token]:
    """Yield the inline tokens of one line."""
    for block in _parser().parseInline(line, {}):
        yield from block.children or ()


@functools.lru_cache(maxsize=512)
def _tokens(markdown: str) -> Parsed:
    """Return the parser's tokens of prose, with each mark numbered. They are cached, because the same prose is read once and rendered
    three times; nobody changes the tokens afterwards.
    """
    prose = parsed(_parser().parse(markdown, {}))
    _number(prose.tokens)
    number_placements(prose.body)
    for token in prose.tokens:
        pair_marks(token.children or (), _shown)
    _set_near(prose.body)
    for reference in references(prose.tokens):
        index = reference.meta["index"]
        reference.meta["citation_groups"] = _citation_groups_of(prose.definitions[index].tokens) if index >= 0 else ()
    return prose


def _set_near(tokens: Sequence[Token]) -> None:
    """Give each outermost block quotation the citation groups in it, or those of the paragraph before it."""
    before: tuple[int, ...] = ()
    opened: Token | None = None
    for token in tokens:
        if token.type == "blockquote_open" and opened is None:
            opened, opened.meta = token, {"near": before}
        elif token.type == "blockquote_close" and opened is not None and token.level == opened.level:
            opened = None
        elif groups := _citation_groups_of([token]):
            if opened is not None:
                opened.meta["near"] = groups
            before = groups
        elif token.type == "inline" and opened is None:
            before = ()


def _number(tokens: Sequence[Token]) -> None:
    """Give each mark its index among the citation groups or facts, in reading order."""
    citation_groups = facts = 0
    for token in tokens:
        for child in token.children or ():
            if child.type in ("citation_group", "in_text"):
                readable = child.type == "in_text" or citations.is_readable(child.content[1:-1])
                child.meta["index"] = citation_groups if readable else -1
                citation_groups += readable
            elif child.type == "fact":
                child.meta["index"] = facts
                facts += 1


def _citation_groups_of(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Return the indices of readable citation groups, in order."""
    marks = (child for token in tokens for child in token.children or () if child.type in ("citation_group", "in_text"))
    return tuple(mark.meta["index"] for mark in marks if mark.meta["index"] >= 0)


def _chars(block: Block, reading: ProseReading) -> Iterator[Char]:
    """Yield the printed characters of a block; also collects citation groups, facts and problems."""
    at, link, scare = 0, False, False
    for token in block.token.children or ():
        at = (token.meta or {}).get("at", at)
        offset = block.offset(at)
        link = token.type == "link_open" or (link and token.type != "link_close")
        scare = token.type == "scare_open" or (scare and token.type != "scare_close")
        report_token(block, token, at, reading, link)
        if token.type in ("citation_group", "in_text"):
            yield Char(CITATION_GROUP, offset, _take_group(block, token, reading))
        elif token.type == "footnote":
            yield from (Char(CITATION_GROUP, offset, index) for index in token.meta["citation_groups"])
        elif token.type == "fact":
            place = reading.spans.place(offset, len(token.content))
            reading.facts.append(FactReference(token.meta["inside"], place, offset))
        else:
            yield from (Char(char, offset, scare=scare) for char in _shown(token))


def _shown(token: Token) -> str:
    """Return the characters that a token prints, without citations."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in _SCRIPTS:
        return shifted(token)
    shown = token.type in ("text", "code_inline", "text_special", "image", "quotation_mark", "html_tag", "foreign")
    return token.content.replace(CITATION_GROUP, " ") if shown else ""


def shifted(token: Token) -> str:
    """Return raised or lowered characters in Unicode, because a quotation with them is compared with a source that has them."""
    return str(token.meta["inside"]).translate(_SCRIPTS[token.type])


def _take_group(block: Block, token: Token, reading: ProseReading) -> int:
    """Read the citations of a token; return their index among the groups, or -1 if there is no citation."""
    at, written = token.meta["at"], token.content
    if token.type == "in_text":
        window = reading.window(block, at, written)
        key = CITE.match(written)
        assert key is not None
        group, problems = citations.read_in_text(window, key)
    else:
        group, problems = citations.read_group(reading.window(block, at + 1, written[1:-1]))
    reading.problems += problems
    if group is None:
        return -1
    reading.citation_groups.append(group)
    return len(reading.citation_groups) - 1


_Lines = Sequence[tuple[Block, list[Char]]]


def _quotations(lines: _Lines, reading: ProseReading) -> Iterator[ProseQuotation]:
    """Yield the quotations of all blocks but block quotations, each with the citations next to it."""
    for block, chars in lines:
        if block.quote:
            continue
        quotations = find_quotations(chars)
        reading.problems += unpaired_marks(chars, quotations, reading.spans.place)
        for quoted, near in zip(quotations, all_beside(chars, quotations), strict=True):
            inside = words(chars[quoted.start : quoted.end])
            if inside:
                opening = chars[quoted.start - 1]
                length = chars[min(quoted.end, len(chars) - 1)].offset - opening.offset + 1
                place = reading.spans.place(opening.offset, max(length, 1))
                if opening.scare and not is_phrase(inside):
                    hint = "cite these words, or leave out the quotation marks"
                    reading.problems.append(SCARE_SENTENCE.at(place, "{.scare} marks a term, not a sentence", hint))
                yield ProseQuotation(inside, place, near, scare=opening.scare, offset=opening.offset)


def _block_quotations(lines: _Lines, reading: ProseReading) -> Iterator[ProseQuotation]:
    for number in sorted({block.quote for block, _ in lines if block.quote}):
        inside = [index for index, (block, _) in enumerate(lines) if block.quote == number]
        chars = [char for index in inside for char in (*lines[index][1], Char(" ", 0))]
        text = words(chars)
        if not text:
            continue
        before = lines[inside[0] - 1][1] if inside[0] and not lines[inside[0] - 1][0].quote else []
        near = [char.group for char in chars if char.group >= 0] or [c.group for c in before if c.group >= 0]
        offset = lines[inside[0]][0].offset(0)
        yield ProseQuotation(text, reading.spans.place(offset), tuple(near), block=True, offset=offset)
