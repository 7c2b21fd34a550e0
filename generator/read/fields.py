"""Reading one mapping field by field, into the types of the model.

What does not fit the shape has been reported already, so a wrong kind of value reads as nothing here; what only shows when
text is understood (dates, amounts, citations, Markdown) is reported from here. Knows no file by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.languages.locales import is_language
from generator.model import Amount, Cluster, Date, Line, Prose, ProseQuotation, Silence, Text
from generator.problems import Code, Location, Problem, Severity
from generator.read.nodes import Mapped, Node, Scalar, Sequence
from generator.syntax.amounts import read_amount
from generator.syntax.citations import read_cite
from generator.syntax.dates import read_date
from generator.syntax.prose import read_prose
from generator.syntax.quotations import quoted_in
from generator.syntax.spans import place_at
from generator.syntax.typography import advice

BAD_DATE = Code("bad-date", Severity.ERROR)
BAD_AMOUNT = Code("bad-amount", Severity.ERROR, rests_on=("language", "/house.language"))
UNKNOWN_LANGUAGE = Code("unknown-language", Severity.ERROR)
CODES = (BAD_DATE, BAD_AMOUNT, UNKNOWN_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of a file. Problems found while reading are appended to `problems`."""

    node: Mapped
    problems: list[Problem] = field(compare=False)

    @property
    def place(self) -> Location:
        return Location(self.node.place.file, self.node.place.line, self.node.place.column)

    def place_of(self, key: str) -> Location:
        """Where a field's key stands, or the record where it has none."""
        return self.node.keys.get(key, self.place)

    def scalar(self, key: str) -> Scalar | None:
        node = self.node.entries.get(key)
        return node if isinstance(node, Scalar) and not node.is_null and node.value.strip() else None

    def text(self, key: str) -> Text | None:
        node = self.scalar(key)
        return _text(node) if node else None

    def line(self, key: str, default: str = "") -> str:
        node = self.scalar(key)
        return " ".join(node.value.split()) if node else default

    def language(self, key: str, default: str) -> str:
        node = self.scalar(key)
        if node is None:
            return default
        if is_language(node.value.strip()) and "_" not in node.value:
            return node.value.strip()
        message = f"'{node.value}' is not the tag of a language"
        hint = advice(node.value) or "write a BCP 47 tag such as en-GB or de-AT"
        self.problems.append(UNKNOWN_LANGUAGE.at(node.place, message, hint))
        return default

    def prose(self, key: str) -> Prose | None:
        text = self.text(key)
        if text is None:
            return None
        prose, problems = read_prose(text)
        self.problems.extend(problems)
        return prose

    def cite(self, key: str = "cite") -> Cluster | None:
        text = self.text(key)
        if text is None:
            return None
        cluster, problems = read_cite(text)
        self.problems.extend(problems)
        return cluster

    def date(self, key: str) -> Date | None:
        node = self.scalar(key)
        if node is None:
            return None
        try:
            return read_date(node.value)
        except ValueError as error:
            self.problems.append(_unreadable(BAD_DATE, node, error))
            return None

    def amount(self, key: str, unit: str, language: str) -> Amount | None:
        node = self.scalar(key)
        if node is None:
            return None
        try:
            return read_amount(node.value, unit, language=language)
        except ValueError as error:
            self.problems.append(_unreadable(BAD_AMOUNT, node, error))
            return None

    def flag(self, key: str) -> bool:
        node = self.scalar(key)
        return node is not None and node.value.lower() == "true"

    def number(self, key: str) -> int | None:
        node = self.scalar(key)
        return int(node.value) if node and node.value.isdecimal() and len(node.value) < 10 else None

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return the text items of a list."""
        return tuple(_text(item) for item in self._items(key) if isinstance(item, Scalar) and not item.is_null)

    def lines(self, *keys: str) -> tuple[Line, ...]:
        """Return the lines of these fields, or of their items where they are lists, that hold quotation marks."""
        one = (self.text(key) for key in keys)
        found = (*(text for text in one if text), *(text for key in keys for text in self.texts(key)))
        lines = (Line(text, tuple(_quoted(text))) for text in found)
        return tuple(line for line in lines if line.quotations)

    def proses(self, key: str) -> tuple[Prose, ...]:
        found = []
        for text in self.texts(key):
            prose, problems = read_prose(text)
            self.problems.extend(problems)
            found.append(prose)
        return tuple(found)

    def records(self, key: str) -> Iterator[Fields]:
        """Yield the mappings of a list."""
        for item in self._items(key):
            if isinstance(item, Mapped):
                yield Fields(item, self.problems)

    def record(self, key: str) -> Fields | None:
        node = self.node.entries.get(key)
        return Fields(node, self.problems) if isinstance(node, Mapped) else None

    def entries(self) -> Iterator[tuple[str, Fields]]:
        """Yield the mappings of a mapping, with their keys."""
        for key, node in self.node.entries.items():
            if isinstance(node, Mapped):
                yield key, Fields(node, self.problems)

    def silenced(self) -> tuple[Silence, ...]:
        silence = self.record("silence")
        if silence is None:
            return ()
        return tuple(
            Silence(code, silence.line(code), silence.place_of(code))
            for code in silence.node.entries
            if silence.line(code)
        )

    def _items(self, key: str) -> tuple[Node, ...]:
        node = self.node.entries.get(key)
        return node.items if isinstance(node, Sequence) else ()


def root_fields(root: Node | None, problems: list[Problem]) -> Fields | None:
    """Return the fields of a file, or None where it holds no mapping."""
    return Fields(root, problems) if isinstance(root, Mapped) else None


def _unreadable(code: Code, node: Scalar, error: ValueError) -> Problem:
    message, _, hint = str(error).partition(": ")
    return code.at(node.place, message, advice(node.value) or hint)


def _quoted(text: Text) -> Iterator[ProseQuotation]:
    for words, offset in quoted_in(text.value):
        yield ProseQuotation(words, place_at(text, offset, len(words) + 2), (), offset=offset)


def _text(node: Scalar) -> Text:
    return Text(node.value.rstrip(), node.place, node.raw)
