"""Compares the words of a PDF with a rebuilt one, and with the statements of its brief.

A screen reader reads tagged text; running heads, and words that are drawn over others, have no tags. So all text that a PDF draws is
read as well, by the fonts' Unicode maps. Pictures and glyphs with a false shape are not read.

Statements of a brief are compared without typography, case and punctuation, to find whether a page has the statement at all. The
speaker and the context are not compared.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import pairwise
from typing import Any

from generator.model import Brief, Library, Prose
from generator.pipeline.pdf_contents import Unreadable
from generator.render.page import build_page
from generator.render.page.fact_views import FactView
from generator.render.page.matrix_views import CellView
from generator.render.page.page_views import Page
from generator.render.page.views import Words
from generator.render.preset import Preset
from generator.render.structure import read_structure, unicode_map
from generator.syntax.prose import render_footnote, render_prose

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,\u2019]\d+)*|[%€$£¥]")
_TAG = re.compile(r"<[^<>]*+>")
_CITED = "\0"
_TOGETHER = 3
"""Number of words in a row that are searched together."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a brief."""

    about: str
    """Its place in the brief: `question 2, Ann Example, quotation`."""
    pieces: tuple[str, ...]
    """Its words, in parts between which a page may print citations."""

    @property
    def words(self) -> str:
        return " ".join(self.pieces)


def statements_of(brief: Brief, library: Library, preset: Preset) -> tuple[Statement, ...]:
    """Return all statements of a brief's page, in reading order."""
    return tuple(statement for statement in _of_page(build_page(brief, library, preset)) if statement.pieces)


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words, numbers and currency signs of a text, folded for comparison."""
    return tuple(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def missing(statements: Iterable[Statement], words: Sequence[str]) -> tuple[Statement, ...]:
    """Return the statements that these words do not contain."""
    text = _joined(tokens_of(" ".join(words)))
    return tuple(one for one in statements if not all(_joined(tokens_of(piece)) in text for piece in one.pieces))


def unexplained(words: Sequence[str], made: Sequence[str]) -> tuple[str, ...]:
    """Return the sequences of `words` in which three words in a row do not occur in `made`, in order, with context."""
    here, made_runs = tokens_of(" ".join(words)), set(_runs(tokens_of(" ".join(made))))
    strange = [False] * len(here)
    for at, run in enumerate(_runs(here)):
        if run not in made_runs:
            strange[at : at + _TOGETHER] = [True] * _TOGETHER
    stretches: list[list[str]] = [[]]
    for token, is_strange in zip(here, strange, strict=True):
        if is_strange:
            stretches[-1].append(token)
        elif stretches[-1]:
            stretches.append([])
    return tuple(" ".join(stretch) for stretch in stretches if stretch)


def _joined(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} " if tokens else ""


def _runs(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from zip(*(tokens[start:] for start in range(_TOGETHER)), strict=False)


# ---------------------------------------------------------------- the statements of a page


def _of_page(page: Page) -> Iterator[Statement]:
    yield Statement("title", (page.title,))
    yield from _prose("answer", page.answer)
    yield from _prose("summary", page.summary)
    for point in page.key_points:
        yield from _prose("key point", point)
    for fact in page.facts:
        yield from _fact(fact)
    yield from _questions(page)
    for group in page.voices:
        for voice in group.voices:
            yield from _words(f"voice, {voice.head.name}", voice.words)
    for event in page.timeline:
        yield Statement("timeline", (event.when.words,))
        yield from _prose("timeline", event.event)
    for option in page.options:
        for name, text in (("option", option.option), ("in favour", option.in_favour), ("against", option.against)):
            yield from _prose(name, text)
    yield from _sections(page)
    yield from _prose("limits", page.limits)
    for correction in page.colophon.corrections:
        yield from _prose("correction", correction.what)


def _sections(page: Page) -> Iterator[Statement]:
    for section in (*page.sections, *page.sections_after):
        yield Statement("section", (section.heading,))
        yield from _prose(f"section “{section.heading}”", section.text)
    for picture in page.pictures.values():
        yield Statement(picture.lead.strip(), (picture.caption, picture.credit))
    for one in page.pull_quotes.values():
        yield from _words(f"pull quote, {one.head.name}", one.words)
    for box in page.boxes.values():
        yield Statement("box", (box.heading,))
        yield from _prose(f"box “{box.heading}”", box.text)


def _fact(fact: FactView) -> Iterator[Statement]:
    yield from _prose(f"fact {fact.number}", fact.claim)
    for figure in fact.figures:
        yield Statement(f"fact {fact.number}, figure", (figure.amount,))
    yield from _prose(f"fact {fact.number}, note", fact.note)


def _questions(page: Page) -> Iterator[Statement]:
    for question in page.matrix.questions:
        name = f"question {question.number}"
        yield Statement(name, (question.ask,))
        yield from _prose(f"{name}, note", question.note)
        for table in question.tables:
            for cell in table.cells:
                yield from _cell(f"{name}, {cell.head.name}", cell)
        for group in question.silent:
            for expert in group.experts:
                yield Statement(f"{name}, {expert.name}, gap", (group.reason, expert.words))


def _cell(about: str, cell: CellView) -> Iterator[Statement]:
    if cell.words is None:
        yield Statement(f"{about}, gap", (cell.gap,))
        return
    if cell.stance is not None:
        yield Statement(f"{about}, stance", (cell.stance.label,))
    yield from _words(about, cell.words)
    for earlier in cell.earlier:
        yield from _words(f"{about}, earlier", earlier.words)


def _words(about: str, words: Words) -> Iterator[Statement]:
    yield from _prose(f"{about}, paraphrase", words.paraphrase)
    if words.quote:
        yield Statement(f"{about}, quotation", ("".join(run.text for run in words.quote),))


def _prose(about: str, prose: Prose | None) -> Iterator[Statement]:
    """Yield the words between citations, references to facts and footnotes, and those of each footnote."""

    def cited(*_: object) -> str:
        return _CITED

    if prose:
        yield _of_html(about, render_prose(prose, cited, cited, cited, placed=cited))
        for index, footnote in enumerate(prose.footnotes):
            yield _of_html(f"{about}, footnote {footnote.label}", render_footnote(prose, index, cited, cited))


def _of_html(about: str, html: str) -> Statement:
    text = unescape(_TAG.sub(" ", html))
    pieces = (" ".join(piece.split()) for piece in text.split(_CITED))
    return Statement(about, tuple(piece for piece in pieces if tokens_of(piece)))


_DEPTH = 8
"""Most levels of included forms."""
_MOST = 20_000
"""Most included forms that are read, of all pages together."""
_HYPHEN = "\N{HYPHEN}\n"
_SHOWING = ("Tj", "TJ", "'", '"')


@dataclass(frozen=True, slots=True)
class Drawn:
    """The text that a PDF draws."""

    tokens: tuple[str, ...]
    """Words, numbers and currency signs, in drawing order."""
    pages: int


def drawn_by(pdf: bytes) -> Drawn:
    """Read all text that a PDF draws. Raises Unreadable."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            drawing = _Drawing()
            for page in opened.pages:
                drawing.page(page)
            return Drawn(tokens_of("".join(drawing.pieces).replace(_HYPHEN, "")), len(opened.pages))
    except RecursionError:
        raise Unreadable("its page content is nested too deeply") from None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"its page content cannot be read ({type(error).__name__})") from None


def strange_tokens(drawn: Sequence[str], expected: Collection[str], pages: int) -> tuple[str, ...]:
    """Return sequences of drawn words that are unknown, also when joined over a line end. Page numbers up to `pages` are known."""
    vocabulary = {*expected, *map(str, range(1, pages + 1))}
    divided = {at + half for at, pair in enumerate(pairwise(drawn)) if "".join(pair) in vocabulary for half in (0, 1)}
    stretches: list[list[str]] = [[]]
    for at, token in enumerate(drawn):
        if token not in vocabulary and at not in divided:
            stretches[-1].append(token)
        elif stretches[-1]:
            stretches.append([])
    return tuple(dict.fromkeys(" ".join(stretch) for stretch in stretches if stretch))


class _Drawing:
    """The text drawn so far, with a line end after each operator that shows text."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._left = _MOST

    def page(self, page: Any) -> None:
        self._content(page, page.obj.get("/Resources", {}), _DEPTH)
        for annotation in page.obj.get("/Annots", ()):
            for look in _looks(annotation.get("/AP", {}).get("/N")):
                self._form(look, _DEPTH)

    def _form(self, form: Any, depth: int) -> None:
        self._left -= 1
        if depth == 0 or self._left < 0:
            raise Unreadable("it includes too much, or too deeply")
        self._content(form, form.get("/Resources", {}), depth - 1)

    def _content(self, content: Any, resources: Any, depth: int) -> None:
        import pikepdf

        fonts = {name: _Font(font) for name, font in resources.get("/Font", {}).items()}
        font = _Font(None)
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "Tf":
                font = fonts.get(str(operands[0]), _Font(None))
            elif operator in _SHOWING:
                self.pieces.append(font.read(operands[-1]) + "\n")
            elif operator == "Do":
                included = resources.get("/XObject", {}).get(str(operands[0]))
                if included is not None and str(included.get("/Subtype")) == "/Form":
                    self._form(included, depth)


def _looks(appearance: Any) -> Iterator[Any]:
    """Return the streams of an appearance, one for each state."""
    import pikepdf

    if isinstance(appearance, pikepdf.Stream):
        yield appearance
    elif isinstance(appearance, pikepdf.Dictionary):
        yield from (look for _, look in appearance.items() if isinstance(look, pikepdf.Stream))


class _Font:
    """Maps the codes of a font to text."""

    def __init__(self, font: Any) -> None:
        self._wide = font is not None and str(font.get("/Subtype")) == "/Type0"
        self._meanings = {} if font is None else unicode_map(font)

    def read(self, shown: Any) -> str:
        import pikepdf

        strings = shown if isinstance(shown, pikepdf.Array) else [shown]
        return "".join(self._text(bytes(one)) for one in strings if isinstance(one, pikepdf.String))

    def _text(self, glyphs: bytes) -> str:
        width = 2 if self._wide else 1
        codes = (int.from_bytes(glyphs[at : at + width], "big") for at in range(0, len(glyphs), width))
        return "".join(
            self._meanings.get(code, "\N{REPLACEMENT CHARACTER}" if self._wide else chr(code)) for code in codes
        )


_SHOWN = 12
"""Words of context that are shown."""
_LOOKED_AT = 4000
"""Words after the first difference in which the end of the difference is searched."""


@dataclass(frozen=True, slots=True)
class ByteDifference:
    """Differing bytes; offsets count from 0."""

    first: int
    count: int
    """Among the bytes that both have; the lengths show the others."""
    length: int
    expected: int
    """Length of the rebuilt file."""


@dataclass(frozen=True, slots=True)
class WordDifference:
    """The first differing words, with a few words of context."""

    before: str
    here: str
    made: str


def compare_bytes(data: bytes, made: bytes) -> ByteDifference | None:
    """Compare bytes; return None if they are the same."""
    if data == made:
        return None
    common = min(len(data), len(made))
    differing = [at for at in range(common) if data[at] != made[at]] if data[:common] != made[:common] else []
    return ByteDifference(differing[0] if differing else common, len(differing), len(data), len(made))


def words_of(pdf: bytes) -> tuple[str, ...]:
    """Return the words of a PDF in reading order. Raises Unreadable if it is damaged or not tagged."""
    try:
        return tuple(read_structure(pdf).text.split())
    except RecursionError:
        raise Unreadable("its structure is nested too deeply") from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"its words cannot be read: {ascii(str(error)[:200])[1:-1]}") from None


def compare_words(here: tuple[str, ...], made: tuple[str, ...]) -> WordDifference | None:
    """Compare words; return None if they are the same, in the same order."""
    if here == made:
        return None
    first = next((at for at, (a, b) in enumerate(zip(here, made, strict=False)) if a != b), min(len(here), len(made)))
    ours, theirs = here[first : first + _LOOKED_AT], made[first : first + _LOOKED_AT]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    meet = next(((block.a, block.b) for block in blocks if block.size), (len(ours), len(theirs)))
    before = " ".join(here[max(0, first - _SHOWN) : first])
    return WordDifference(before, _shown(ours[: meet[0]]), _shown(theirs[: meet[1]]))


def _shown(words: tuple[str, ...]) -> str:
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
