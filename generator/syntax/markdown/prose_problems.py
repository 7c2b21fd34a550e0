"""Reports what prose must not contain, at its place in the file."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.model import BriefLink, CitationGroup, FactReference, Text
from generator.problems import Code, Location, Problem, Severity
from generator.syntax import citations
from generator.syntax.citations import BAD_CITATION, Window
from generator.syntax.identifiers import address_hint
from generator.syntax.markdown.lost_words import WORDS_LOST
from generator.syntax.markdown.markdown_marks import BAD_FOOTNOTE, BAD_PLACEMENT, fault_of
from generator.syntax.markdown.prose_blocks import NEWLINE, Block
from generator.syntax.markdown.rendering import brief_link, is_safe_link
from generator.syntax.spans import Spans

if TYPE_CHECKING:
    from markdown_it.token import Token

UNSAFE_LINK = Code("unsafe-link", Severity.ERROR)
SUBHEADING = "###"
"""Marks a heading in the text of a section, whose own heading is of the second level."""
HEADING_IN_PROSE = Code("heading-in-prose", Severity.ERROR)
HTML_IN_PROSE = Code("html-in-prose", Severity.WARNING)
IMAGE_IN_PROSE = Code("image-in-prose", Severity.ERROR)
BAD_FACT_REFERENCE = Code("bad-fact-reference", Severity.ERROR)
FOREIGN_MARKUP = Code("foreign-markup", Severity.ERROR)
BLOCK_IN_PARAGRAPH = Code("block-in-paragraph", Severity.ERROR)
SCARE_SENTENCE = Code("scare-sentence", Severity.ERROR)

_LIKE_A_FACT = re.compile(r"\[#[^\[\]]{1,80}\]")
_WORD = re.compile(r"\S")
_LIKE_A_LINK = re.compile(r"\]\((?=\S)")


@dataclass
class ProseReading:
    """The results of reading one text so far."""

    text: Text
    spans: Spans
    citation_groups: list[CitationGroup]
    facts: list[FactReference]
    problems: list[Problem]
    links: list[BriefLink] = field(default_factory=list)
    language: str = ""

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

        return Window(written, offset, lambda index, length: self.spans.place(offset(index), length), self.language)


def report_token(block: Block, token: Token, at: int, reading: ProseReading, link: bool) -> None:
    """Report what prose must not contain."""
    if token.type == "link_open":
        _report_link(block, token, at, reading)
    elif link and token.type in ("citation_group", "in_text", "fact", "footnote"):
        place = _found(block, token.content, at, reading)
        message = f"“{token.content[:40]}” is inside a link, but is a link itself"
        code = {"fact": BAD_FACT_REFERENCE, "footnote": BAD_FOOTNOTE}.get(token.type, BAD_CITATION)
        reading.problems.append(code.at(place, message, "put it after the link"))
    elif token.type == "in_text":
        behind = reading.window(block, at, block.token.content[at : at + len(token.content) + 2])
        reading.problems += citations.broken_key(behind, len(token.content))
    elif token.type in ("image", "stray_placement"):
        _report_picture(block, token, at, reading)
    elif token.type == "html_tag":
        place = _found(block, token.content, at, reading)
        message = f"HTML is printed as it is written: {token.content[:40]}"
        reading.problems.append(HTML_IN_PROSE.at(place, message, "use Markdown, or remove it"))
    elif token.type == "foreign":
        place = _found(block, token.content, at, reading)
        message = f"“{token.content[:40]}” is not supported markup, and would be printed as it is written"
        reading.problems.append(FOREIGN_MARKUP.at(place, message, "write it in words, or put a backslash before it"))
    elif token.type == "footnote":
        message, hint = fault_of(token, block.footnote)
        if message:
            reading.problems.append(BAD_FOOTNOTE.at(_found(block, token.content, at, reading), message, hint))
    elif token.type == "text":
        _report_reference(block, token, at, reading)


def _report_picture(block: Block, token: Token, at: int, reading: ProseReading) -> None:
    if token.type == "image":
        place = _found(block, "![", at, reading)
        hint = "list the file under `pictures`, and write ![#picture:id] on a line of its own in a section"
        reading.problems.append(IMAGE_IN_PROSE.at(place, "a picture cannot be used here", hint))
        return
    place = _found(block, token.content, at, reading)
    message = f"“{token.content[:40]}” is not on a line of its own"
    hint = "put it on a line of its own, outside lists and quotations, with | after the field's colon"
    reading.problems.append(BAD_PLACEMENT.at(place, message, hint))


def _report_link(block: Block, token: Token, at: int, reading: ProseReading) -> None:
    """Record a link to another brief; report an address that must not be published, and a title."""
    address, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
    if title:
        message = f"“{title[:40]}” would not be printed: it is the title of a link"
        hint = "write it after the link, or remove it"
        reading.problems.append(WORDS_LOST.at(_found(block, title, at, reading, "]("), message, hint))
    place = _found(block, address, at, reading, "](")
    other = brief_link(address)
    if other is not None:
        reading.links.append(BriefLink(*other, place))
    elif address.startswith("brief:"):
        message = f"“{address[:60]}” does not name a brief"
        reading.problems.append(UNSAFE_LINK.at(place, message, "write brief:SLUG or brief:SLUG#ID"))
    elif not is_safe_link(address):
        message = f"a link to “{address[:60]}” must not be published"
        hint = address_hint(address, "link to https:, http:, mailto:, #id or brief:slug")
        if address[:7].lower() == "mailto:":
            hint = "write one e-mail address after mailto: and nothing else, such as mailto:desk@example.org"
        if address.startswith("www."):
            message, hint = f"“{address[:60]}” is not a complete address", f"write https://{address[:60]}"
        reading.problems.append(UNSAFE_LINK.at(place, message, hint))


def _report_reference(block: Block, token: Token, at: int, reading: ProseReading) -> None:
    for match in _LIKE_A_FACT.finditer(token.content):
        place = _found(block, match.group(), at, reading)
        message = f"“{match.group()[:40]}” does not name a fact"
        reading.problems.append(BAD_FACT_REFERENCE.at(place, message, "write [#id] with the id of a fact"))
    for match in _LIKE_A_LINK.finditer(token.content):
        place = _found(block, match.group(), at, reading)
        hint = "a link is [words](https://example.org), with no brackets, citations or footnotes in its words"
        reading.problems.append(
            FOREIGN_MARKUP.at(place, "this is not a link, and would be printed as it is written", hint)
        )


def _found(block: Block, part: str, at: int, reading: ProseReading, fallback: str = "") -> Location:
    content = block.token.content
    index = content.find(part, at) if part else -1
    if index < 0 and fallback:
        index, part = content.find(fallback, at), fallback
    index = max(index, 0)
    return reading.spans.place(block.offset(index), min(len(part), len(content) - index) or 1)


def report_code(tokens: Sequence[Token], reading: ProseReading) -> None:
    """Report blocks of code: their words are neither read for quotations nor printed in every place."""
    for token in tokens:
        if token.type == "fence" and token.map:
            place = reading.place_in_line(token.map[0], token.markup)
            message = f"prose cannot contain a block of code, which begins with {token.markup}"
            hint = "remove this line and the one that ends the block; a passage that is quoted has > before each line"
            reading.problems.append(FOREIGN_MARKUP.at(place, message, hint))


_BLOCKS = {
    "paragraph_open": "another paragraph",
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "table_open": "a table",
    "blockquote_open": "a quotation in a block of its own",
    "hr": "a line",
}


def report_blocks(tokens: Sequence[Token], reading: ProseReading) -> None:
    """Report the first block that is not the one paragraph of this text."""
    blocks = [token for token in tokens if token.level == 0 and token.type in _BLOCKS]
    others = blocks[1:] if blocks and blocks[0].type == "paragraph_open" else blocks
    for token in others[:1]:
        place = reading.place_in_line(token.map[0] if token.map else 0, token.markup)
        message = f"this field is printed as one paragraph, and this is {_BLOCKS[token.type]}"
        hint = "write it as sentences, or move it to `summary` or to a section"
        reading.problems.append(BLOCK_IN_PARAGRAPH.at(place, message, hint))


def report_headings(tokens: Sequence[Token], reading: ProseReading, *, allowed: bool) -> None:
    """Report headings. If `allowed`, those of the third level outside quotations and lists are not reported."""
    starts = reading.line_starts
    for token in tokens:
        fits = allowed and token.markup == SUBHEADING and token.level == 0
        if token.type == "heading_open" and token.map and not fits:
            place = reading.spans.place(starts[min(token.map[0], len(starts) - 1)], max(len(token.markup), 1))
            message, hint = "prose cannot contain a heading", "write it as a sentence, or in **bold**"
            if allowed:
                message = "a section can only have headings of the third level, between its paragraphs"
                hint = f"write {SUBHEADING} before it"
            reading.problems.append(HEADING_IN_PROSE.at(place, message, hint))
