"""Markdown prose: read once for what it cites, quotes and refers to, rendered later with the numbers filled in.

CommonMark and tables, without HTML, headings, images and link definitions, and with the marks of `marks`. Reading and
rendering share one parser, so clusters have the same order in both. Knows neither sources nor facts.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import Cluster, FactReference, Prose, ProseQuotation, Text
from generator.problems import Code, Location, Problem, Severity
from generator.syntax import citations
from generator.syntax.citations import BAD_CITATION, CITE, Window
from generator.syntax.marks import add_marks
from generator.syntax.quotations import CLUSTER, Char, all_beside, find_quotations, is_phrase, words
from generator.syntax.rendering import is_safe_link, render_blocks, render_words
from generator.syntax.spans import Spans, spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

UNSAFE_LINK = Code(
    "unsafe-link",
    Severity.ERROR,
    "a link that must not be published",
    "Links in prose lead to the web (`https:`, `http:`), to an address (`mailto:`) or to a place in the brief (`#id`). "
    "Others can run code in the reader's browser, or name a file that the reader does not have.",
    wrong="summary: See [the report](file:///home/me/report.pdf).",
    right="summary: See [the report](https://example.org/report.pdf).",
)
HEADING_IN_PROSE = Code(
    "heading-in-prose",
    Severity.ERROR,
    "a heading inside prose",
    "The generator makes the headings of a brief, so that its outline is the same for everyone and screen readers can "
    "follow it. A heading inside prose would break that outline. Write it as a sentence, or in **bold**.",
    wrong="summary: |\n  # Background\n\n  Controls began in 2022.",
    right="summary: Controls began in 2022.",
)
HTML_IN_PROSE = Code(
    "html-in-prose",
    Severity.WARNING,
    "HTML inside prose",
    "Prose is Markdown; HTML in it is printed as the characters that it consists of. Use Markdown's own marks.",
    wrong="summary: This is <b>new</b>.",
    right="summary: This is **new**.",
)
IMAGE_IN_PROSE = Code(
    "image-in-prose",
    Severity.ERROR,
    "an image inside prose",
    "Briefs are made of words and tables; images in prose are not supported. Say in words what the image shows, and link "
    "to it.",
    wrong="summary: The fall is steep ![exports since 2022](chart.png).",
    right="summary: The fall is [steep](https://example.org/chart).",
)
BAD_FACT_REFERENCE = Code(
    "bad-fact-reference",
    Severity.ERROR,
    "a reference to a fact that cannot be read",
    "`[#id]` stands for a fact of this brief. An id is one word of letters, digits, `-`, `_` and `.`; anything else in "
    "such brackets would be printed as it is written.",
    wrong="summary: The run was cheap [#training cost].",
    right="summary: The run was cheap [#training-cost].",
)
FOREIGN_MARKUP = Code(
    "foreign-markup",
    Severity.ERROR,
    "markup of another dialect of Markdown",
    "Prose is CommonMark with tables, citations, `10^6^` and `CO~2~`. What other dialects have besides (footnotes, struck, inserted "
    "or highlighted words, formulas, boxes to tick, definitions, attributes) would be printed as the characters that it consists of. "
    "For a remark at the foot, cite a source or write the remark into the sentence; where the characters themselves are meant, put a "
    "backslash before the first.",
    wrong="summary: It rose by half.[^1]",
    right="summary: It rose by half (in constant prices).",
)
SCARE_SENTENCE = Code(
    "scare-sentence",
    Severity.ERROR,
    "a sentence marked as nobody's words",
    "`{.scare}` takes quotation marks out of the check, for a word or a term at a distance: at most five words, and no sentence. "
    "Longer words in quotation marks are somebody's, or would be read so. Cite them, or leave out the marks.",
    wrong='summary: They hold that ["the controls have failed. Nobody doubts it"]{.scare}.',
    right='summary: They speak of ["smart"]{.scare} controls.',
)
CODES = (
    SCARE_SENTENCE,
    BAD_FACT_REFERENCE,
    FOREIGN_MARKUP,
    UNSAFE_LINK,
    HEADING_IN_PROSE,
    HTML_IN_PROSE,
    IMAGE_IN_PROSE,
)

_LIKE_A_FACT = re.compile(r"\[#[^\[\]]{1,80}\]")
_SCRIPTS = {
    "superscript": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "subscript": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
"""Raised and lowered characters as Unicode has them: a quotation with them is held against a source that has them."""
_NEWLINE = re.compile(r"\r\n?|\n")


@functools.cache
def _parser() -> MarkdownIt:
    """The one parser; markdown-it is imported when the first prose is read."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "typographer": False, "linkify": False})
    parser.enable("table")
    parser.disable(["reference", "code", "html_block", "html_inline"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # unsafe links are found, told and left out here
    add_marks(parser)
    return parser


@dataclass(frozen=True, slots=True)
class _Block:
    """One inline token of Markdown with the way from its characters to the text."""

    token: Token
    starts: tuple[tuple[int, int], ...]
    """For each line of the block: where it begins in the block, and in the text."""
    quote: int
    """Which block quotation it stands in, counted from 1; 0 for none."""

    def offset(self, at: int) -> int:
        own, text = self.starts[max(0, bisect_right(self.starts, at, key=lambda pair: pair[0]) - 1)]
        return text + at - own


@dataclass(slots=True)
class _Reading:
    """What has been found so far."""

    text: Text
    spans: Spans
    clusters: list[Cluster]
    facts: list[FactReference]
    problems: list[Problem]

    def window(self, block: _Block, at: int, written: str) -> Window:
        def offset(index: int) -> int:
            return block.offset(at + index)

        return Window(written, offset, lambda index, length: self.spans.place(offset(index), length))


def read_prose(text: Text) -> tuple[Prose, tuple[Problem, ...]]:
    """Read Markdown prose; what is wrong inside it is told, and what can be read is kept."""
    tokens = _tokens(text.value)
    reading = _Reading(text, spans(text), [], [], [])
    blocks = list(_blocks(tokens, text.value))
    lines = [(block, list(_chars(block, reading))) for block in blocks]
    _find_headings(tokens, reading)
    quotations = tuple(
        sorted((*_quotations(lines, reading), *_block_quotations(lines, reading)), key=lambda q: q.offset)
    )
    plain = "\n".join(filter(None, (words(chars) for _, chars in lines)))
    prose = Prose(text, tuple(reading.clusters), tuple(reading.facts), quotations, plain)
    return prose, tuple(reading.problems)


def render_prose(
    prose: Prose, cite: Callable[[int, Cluster], str], fact: Callable[[FactReference], str], *, inline: bool = False
) -> str:
    """Prose as HTML, escaped and safe. The callbacks return safe HTML for a cluster (its index in `prose.clusters` and
    itself) and for a reference to a fact. `inline` gives the words of all blocks without `<p>` or any other block.
    """
    tokens = _tokens(prose.text.value)
    made = {"cite": lambda index: cite(index, prose.clusters[index]), "fact": lambda index: fact(prose.facts[index])}
    return render_words(tokens, made) if inline else render_blocks(tokens, made)


@functools.lru_cache(maxsize=512)
def _tokens(markdown: str) -> tuple[Token, ...]:
    """What the parser makes of prose, each mark numbered. Kept, for the same prose is read once and rendered three times;
    nobody changes the tokens afterwards.
    """
    tokens = tuple(_parser().parse(markdown, {}))
    _number(tokens)
    return tokens


def _number(tokens: Sequence[Token]) -> None:
    """Give each mark its index among the clusters or facts, in the order in which reading found them."""
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


def _blocks(tokens: Sequence[Token], value: str) -> Iterator[_Block]:
    lines = _NEWLINE.split(value)
    starts = [0, *(match.end() for match in _NEWLINE.finditer(value))]
    depth = count = 0
    cursor = (-1, 0)
    for token in tokens:
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        count += token.type == "blockquote_open" and depth == 1
        if token.type != "inline":
            continue
        pairs: list[tuple[int, int]] = []
        own = 0
        for number, line in enumerate(token.content.split("\n"), token.map[0] if token.map else 0):
            number = min(number, len(lines) - 1)
            begin = cursor[1] if cursor[0] == number else 0
            found = _pieces(line, lines[number], begin)
            pairs += [(own + at, starts[number] + column) for at, column in found]
            cursor = (number, found[-1][1] + len(line.rstrip()) - found[-1][0])
            own += len(line) + 1
        yield _Block(token, tuple(pairs), count if depth else 0)


def _pieces(line: str, written: str, begin: int) -> list[tuple[int, int]]:
    """Where a line of a block, or a cell of a table, stands in its line of the text: pairs of index and column.

    A cell has a pair more for each `|`, which the text escapes. Where that is unclear, it stands at `begin`.
    """
    indent, part = len(line) - len(line.lstrip()), line.strip()
    column = written.find(part, begin)
    if column >= 0:
        return [(indent, column)]
    column = written.find(part.replace("|", "\\|"), begin)
    if column < 0:
        return [(indent, begin)]
    pipes = [at for at, char in enumerate(part) if char == "|"]
    return [(indent, column), *((indent + at, column + at + count) for count, at in enumerate(pipes, 1))]


def _chars(block: _Block, reading: _Reading) -> Iterator[Char]:
    """The printed characters of a block; takes in clusters, facts and problems on the way."""
    at, link, scare = 0, False, False
    for token in block.token.children or ():
        at = (token.meta or {}).get("at", at)
        offset = block.offset(at)
        link = token.type == "link_open" or (link and token.type != "link_close")
        scare = token.type == "scare_open" or (scare and token.type != "scare_close")
        _complain(block, token, at, reading, link)
        if token.type in ("cluster", "in_text"):
            yield Char(CLUSTER, offset, _take_cluster(block, token, reading))
        elif token.type == "fact":
            place = reading.spans.place(offset, len(token.content))
            reading.facts.append(FactReference(token.meta["fact"], place, offset))
        else:
            yield from (Char(char, offset, scare=scare) for char in _shown(token))


def _shown(token: Token) -> str:
    """The characters that a token prints, apart from citations."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in _SCRIPTS:
        return str(token.meta["inside"]).translate(_SCRIPTS[token.type])
    shown = token.type in ("text", "code_inline", "text_special", "image", "quotation_mark", "html_tag", "foreign")
    return token.content.replace(CLUSTER, " ") if shown else ""


def _take_cluster(block: _Block, token: Token, reading: _Reading) -> int:
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


def _complain(block: _Block, token: Token, at: int, reading: _Reading, link: bool) -> None:
    """Tell what must not stand in prose."""
    if token.type == "link_open":
        _complain_of_link(block, str(token.attrs.get("href", "")), at, reading)
    elif link and token.type in ("cluster", "in_text", "fact"):
        place = _found(block, token.content, at, reading)
        message = f"“{token.content[:40]}” stands inside a link, and is a link itself"
        code = BAD_FACT_REFERENCE if token.type == "fact" else BAD_CITATION
        reading.problems.append(code.at(place, message, "put it behind the link"))
    elif token.type == "image":
        place = _found(block, "![", at, reading)
        reading.problems.append(IMAGE_IN_PROSE.at(place, "prose cannot hold an image", "link to it instead"))
    elif token.type == "html_tag":
        place = _found(block, token.content, at, reading)
        message = f"HTML is printed as it is written: {token.content[:40]}"
        reading.problems.append(HTML_IN_PROSE.at(place, message, "use Markdown, or remove it"))
    elif token.type == "foreign":
        place = _found(block, token.content, at, reading)
        message = f"“{token.content[:40]}” is not markup here, and would be printed as it is written"
        reading.problems.append(FOREIGN_MARKUP.at(place, message, "write it in words, or put a backslash before it"))
    elif token.type == "text":
        _complain_of_reference(block, token, at, reading)


def _complain_of_link(block: _Block, address: str, at: int, reading: _Reading) -> None:
    if not is_safe_link(address):
        place = _found(block, address, at, reading, "](")
        message = f"a link to “{address[:60]}” must not be published"
        reading.problems.append(UNSAFE_LINK.at(place, message, "link to https:, http:, mailto: or #id"))


def _complain_of_reference(block: _Block, token: Token, at: int, reading: _Reading) -> None:
    for match in _LIKE_A_FACT.finditer(token.content):
        place = _found(block, match.group(), at, reading)
        message = f"“{match.group()[:40]}” does not name a fact"
        reading.problems.append(BAD_FACT_REFERENCE.at(place, message, "write [#id] with the id of a fact"))


def _found(block: _Block, part: str, at: int, reading: _Reading, fallback: str = "") -> Location:
    content = block.token.content
    index = content.find(part, at) if part else -1
    if index < 0 and fallback:
        index, part = content.find(fallback, at), fallback
    index = max(index, 0)
    return reading.spans.place(block.offset(index), min(len(part), len(content) - index) or 1)


def _find_headings(tokens: Sequence[Token], reading: _Reading) -> None:
    starts = [0, *(match.end() for match in _NEWLINE.finditer(reading.text.value))]
    for token in tokens:
        if token.type == "heading_open" and token.map:
            place = reading.spans.place(starts[min(token.map[0], len(starts) - 1)], max(len(token.markup), 1))
            hint = "write it as a sentence, or in **bold**"
            reading.problems.append(HEADING_IN_PROSE.at(place, "prose cannot hold a heading", hint))


_Lines = Sequence[tuple[_Block, list[Char]]]


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
        said = words(chars)
        if not said:
            continue
        before = lines[inside[0] - 1][1] if inside[0] and not lines[inside[0] - 1][0].quote else []
        near = [char.cluster for char in chars if char.cluster >= 0] or [c.cluster for c in before if c.cluster >= 0]
        offset = lines[inside[0]][0].offset(0)
        yield ProseQuotation(said, reading.spans.place(offset), tuple(near), block=True, offset=offset)
