"""Fact file -> Brief."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import Brief, Chart, HouseStyle, Statement, Text
from generator.project import stem_of
from generator.read.files import BRIEF
from generator.read.nodes import Mapped, Scalar
from generator.read.reading import Reading, Record, Values
from generator.read.record_reader import read_file
from generator.read.value_readers import language_tag
from generator.syntax.lines import read_line

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.read.nodes import Document


def read_brief(slug: str, document: Document, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a fact file. The brief is None only where the file cannot be read at all; problems may stand beside a brief."""
    language = _language(document) or house.language
    reading = Reading(document, language, makers={Statement: _statement, Chart: _chart})
    given = {
        "slug": slug,
        "file": document.file,
        "stem": stem_of(slug, document.file, flat=house.outputs == "flat"),
        "language": house.language,
        "preset": house.preset,
        "citation_style": house.citation_style,
    }
    brief = read_file(BRIEF, reading, given)
    return brief, tuple(reading.problems)


def _language(document: Document) -> str:
    """The language that the file says it is in, with which its amounts are read; "" if it says none."""
    node = document.root.entries.get("language") if isinstance(document.root, Mapped) else None
    return language_tag(node) if isinstance(node, Scalar) else ""


def _chart(values: Values, record: Record, reading: Reading) -> Chart:
    """A chart. Numbers that stand in the fact file are in its language."""
    values.setdefault("file", Text("", record.place))
    if values.get("rows"):
        values.setdefault("numbers", reading.language)
    return Chart(**values)


def _statement(values: Values, record: Record, reading: Reading) -> Statement:
    """A statement. A translated quotation holds no marks, since the gate cannot see that the source has no such ones."""
    statement = Statement(**values)
    if statement.quote and statement.translated_by:
        added = statement.quote.value.replace("*", " ") if statement.emphasis_added else statement.quote.value
        reading.problems.extend(read_line(replace(statement.quote, value=added))[1])
    return statement
