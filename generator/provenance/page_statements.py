"""The statements of a brief's page, to find whether a PDF has them at all.

They are compared without typography, case and punctuation. The speaker and the context are not compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from operator import itemgetter

from generator.model import Brief, Library, Prose
from generator.render.page import build_page
from generator.render.page.fact_views import FactView
from generator.render.page.matrix_views import CellView
from generator.render.page.page_views import Page
from generator.render.page.views import Words
from generator.render.preset import Preset
from generator.syntax.markdown.prose import render_footnote, render_prose

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,\u2019]\d+)*|[%€$£¥]")
_TAG = re.compile(r"<[^<>]*+>")
_CITED = "\0"


@dataclass(frozen=True, slots=True)
class PageStatement:
    """One statement of a brief."""

    about: str
    """Its place in the brief: `question 2, Ann Example, quotation`."""
    pieces: tuple[str, ...]
    """Its words, in parts between which a page may print citations."""

    @property
    def words(self) -> str:
        return " ".join(self.pieces)


def statements_of(brief: Brief, library: Library, preset: Preset) -> tuple[PageStatement, ...]:
    """Return all statements of a brief's page, in reading order."""
    return tuple(statement for statement in _of_page(build_page(brief, library, preset)) if statement.pieces)


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words, numbers and currency signs of a text, folded for comparison."""
    return tuple(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def runs_of(tokens: Sequence[str], chosen: Iterable[bool]) -> Iterator[str]:
    """Yield each run of chosen tokens as one text; `chosen` says for each token whether it is."""
    for is_chosen, run in groupby(zip(tokens, chosen, strict=True), key=itemgetter(1)):
        if is_chosen:
            yield " ".join(token for token, _ in run)


def missing(statements: Iterable[PageStatement], words: Sequence[str]) -> tuple[PageStatement, ...]:
    """Return the statements that these words do not contain."""
    text = _joined(tokens_of(" ".join(words)))
    return tuple(one for one in statements if not all(_joined(tokens_of(piece)) in text for piece in one.pieces))


def _joined(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} " if tokens else ""


def _of_page(page: Page) -> Iterator[PageStatement]:
    """Yield the statements of a page in its order; charts and tables of data have none."""
    yield PageStatement("title", (page.title,))
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
        yield PageStatement("timeline", (event.when.words,))
        yield from _prose("timeline", event.event)
    for option in page.options:
        for name, text in (("option", option.option), ("in favour", option.in_favour), ("against", option.against)):
            yield from _prose(name, text)
    yield from _sections(page)
    yield from _prose("limits", page.limits)
    for correction in page.colophon.corrections:
        yield from _prose("correction", correction.what)


def _sections(page: Page) -> Iterator[PageStatement]:
    for section in (*page.sections, *page.sections_after):
        yield PageStatement("section", (section.heading,))
        yield from _prose(f"section “{section.heading}”", section.text)
    for picture in page.pictures.values():
        yield PageStatement(picture.lead.strip(), (picture.caption, picture.credit))
    for one in page.pull_quotes.values():
        yield from _words(f"pull quote, {one.head.name}", one.words)
    for box in page.boxes.values():
        yield PageStatement("box", (box.heading,))
        yield from _prose(f"box “{box.heading}”", box.text)


def _fact(fact: FactView) -> Iterator[PageStatement]:
    yield from _prose(f"fact {fact.number}", fact.claim)
    for figure in fact.figures:
        yield PageStatement(f"fact {fact.number}, figure", (figure.amount,))
    yield from _prose(f"fact {fact.number}, note", fact.note)


def _questions(page: Page) -> Iterator[PageStatement]:
    for question in page.matrix.questions:
        name = f"question {question.number}"
        yield PageStatement(name, (question.ask,))
        yield from _prose(f"{name}, note", question.note)
        for table in question.tables:
            for cell in table.cells:
                yield from _cell(f"{name}, {cell.head.name}", cell)
        for group in question.silent:
            for expert in group.experts:
                yield PageStatement(f"{name}, {expert.name}, gap", (group.reason, expert.words))


def _cell(about: str, cell: CellView) -> Iterator[PageStatement]:
    if cell.words is None:
        yield PageStatement(f"{about}, gap", (cell.gap,))
        return
    if cell.stance is not None:
        yield PageStatement(f"{about}, stance", (cell.stance.label,))
    yield from _words(about, cell.words)
    for earlier in cell.earlier:
        yield from _words(f"{about}, earlier", earlier.words)


def _words(about: str, words: Words) -> Iterator[PageStatement]:
    yield from _prose(f"{about}, paraphrase", words.paraphrase)
    if words.quote:
        yield PageStatement(f"{about}, quotation", ("".join(run.text for run in words.quote),))


def _prose(about: str, prose: Prose | None) -> Iterator[PageStatement]:
    """Yield the words between citations, references to facts and footnotes, and those of each footnote."""

    def cited(*_: object) -> str:
        return _CITED

    if prose:
        yield _of_html(about, render_prose(prose, cited, cited, cited, placed=cited))
        for index, footnote in enumerate(prose.footnotes):
            yield _of_html(f"{about}, footnote {footnote.label}", render_footnote(prose, index, cited, cited))


def _of_html(about: str, html: str) -> PageStatement:
    text = unescape(_TAG.sub(" ", html))
    pieces = (" ".join(piece.split()) for piece in text.split(_CITED))
    return PageStatement(about, tuple(piece for piece in pieces if tokens_of(piece)))
