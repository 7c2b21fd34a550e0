"""Reads located YAML nodes as records, by the declarations in the model.

A value that does not fit is reported, and the rest of the record is read, so one mistake does not hide another. A missing required
value is replaced by an empty one, so that the checks find the other problems; a brief with an error is not published. A record
without its essential value, such as a figure without its amount, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.languages.locales import is_language, known_country
from generator.model import Date, Line, Prose, ProseQuotation, Suppression, Text
from generator.model.fields import Field, Shape, shape_of
from generator.model.kinds import (
    ByLanguage,
    Choice,
    Either,
    Form,
    Kind,
    ListOf,
    MappingOf,
    RecordOf,
    Single,
    Suppressions,
)
from generator.problems import Location
from generator.read import csl, value_readers
from generator.read.reading_state import HINTS, UNREAD, At, Path, Reading, Record, Values
from generator.read.shape_problems import (
    ID,
    Wanted,
    bad_choice,
    bad_key,
    is_blank,
    no_language,
    no_value,
    not_a_mapping,
    two_records,
    wrong_keys,
    wrong_type,
)
from generator.read.value_readers import UNKNOWN_LANGUAGE
from generator.read.yaml_nodes import Mapped, Node, Scalar, Sequence
from generator.syntax.characters import advice
from generator.syntax.quotations import quoted_in
from generator.syntax.spans import place_at


def read_file(kind: RecordOf[Any, Any], reading: Reading, given: Values | None = None) -> Any:
    """Read a file that is one record; None if it has no keys and values. `given` are values of fields that authors do not write."""
    root, shape = reading.document.root, shape_of(kind)
    if not isinstance(root, Mapped):
        if root is not None:
            first = next(iter(_required(shape)))
            reading.problems.append(not_a_mapping(root, first, is_key=False))
        return None
    record = Record(root, _begin(root), values=dict(given or {}))
    return _record(kind, record, (), reading)


def read_entries(kind: MappingOf[Any, Any], reading: Reading) -> dict[str, Any]:
    """Read a file of records whose keys the author chooses, such as `experts.yaml`; empty if it has none."""
    root = reading.document.root
    if not isinstance(root, Mapped):
        if root is not None:
            reading.problems.append(not_a_mapping(root, "ann-example", is_key=True))
        return {}
    entries: dict[str, Any] = _mapping(kind, root, At("", None, (), Record(root, _begin(root))), reading)
    return entries


def _value(kind: Kind[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    """Read a value of a kind."""
    match kind:
        case Single():
            return _single(kind, node, at, reading)
        case Choice():
            return _choice(kind, node, at, reading)
        case ListOf():
            return _list(kind, node, at, reading)
        case MappingOf():
            return _mapping(kind, node, at, reading)
        case Suppressions():
            return _suppressions(node, at, reading)
        case ByLanguage():
            return _by_language(kind, node, at, reading)
        case RecordOf():
            return _inner(kind, node, at, reading)
        case Either():
            return _either(kind, node, at, reading)
    raise TypeError(f"no reader for {kind}")


def _single(kind: Single[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    if kind.form in csl.READERS:
        return csl.READERS[kind.form](node, at, reading)
    if not isinstance(node, Scalar) or (is_blank(node) and kind.form is not Form.CELL):
        reading.problems.append(wrong_type(node, at, _WANTED.get(kind.form, Wanted.TEXT), reading.document))
        return UNREAD
    value = value_readers.READERS[kind.form](node, at, reading)
    return " ".join(value.value.split()) if isinstance(value, Text) and not kind.placed else value


_WANTED = {Form.FLAG: Wanted.FLAG, Form.COUNT: Wanted.NUMBER}


def _choice(kind: Choice[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    if isinstance(node, Scalar) and node.value in kind.words:
        return kind.words[node.value]
    problem = no_value(node, at) if is_blank(node) else bad_choice(node, at, kind.words, hints=reading.hints)
    reading.problems.append(problem)
    return UNREAD


def _list(kind: ListOf[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    if not isinstance(node, Sequence):
        reading.problems.append(wrong_type(node, at, Wanted.LIST, reading.document, _first(kind.item)))
        return UNREAD
    values = (_value(kind.item, item, at.item(index), reading) for index, item in enumerate(node.items))
    return tuple(value for value in values if value is not UNREAD)


def _mapping(kind: MappingOf[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    if not isinstance(node, Mapped):
        reading.problems.append(wrong_type(node, at, Wanted.MAPPING, reading.document))
        return UNREAD
    values = {}
    for key, child, inner in _entries(node, at):
        if kind.ids and not ID.fullmatch(key):
            reading.problems.append(bad_key(key, inner))
        values[key] = _value(kind.value, child, inner, reading)
    return {key: value for key, value in values.items() if value is not UNREAD}


def _suppressions(node: Node, at: At, reading: Reading) -> Any:
    if not isinstance(node, Mapped):
        reading.problems.append(wrong_type(node, at, Wanted.MAPPING, reading.document))
        return UNREAD
    reasons = ((code, at, _single(_REASON, child, at, reading)) for code, child, at in _entries(node, at))
    return tuple(Suppression(code, reason, at.place) for code, at, reason in reasons if reason is not UNREAD)


_REASON: Single[str, str] = Single("", Form.CODED)


def _by_language(kind: ByLanguage[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    """Read a text of the house style in the language of the page, and record the fields that have none in this language."""
    languages = reading.languages
    assert languages is not None  # only the house style has texts by language
    name = Text(".".join(map(str, at.path)), at.place)
    if not isinstance(node, Mapped):
        if kind.text.form is Form.MARKDOWN and not is_blank(node):
            languages.bound.append(name)
            if not languages.is_own:
                languages.missing.append(name)
        return _single(kind.text, node, at, reading)
    if not node.entries:
        reading.problems.append(no_language(node, at))
        return UNREAD
    texts = {tag: _single(kind.text, child, inner, reading) for tag, child, inner in _entries(node, at)}
    for tag in node.entries:
        languages.given[tag] = None
        if not is_language(tag) or known_country(tag) != tag:
            message, hint = f"'{tag}' is not a language tag", "the keys are BCP 47 tags such as en-GB or de"
            reading.problems.append(UNKNOWN_LANGUAGE.at(node.keys[tag], message, advice(tag) or hint))
    languages.bound.append(name)
    chosen, serves = languages.choose(texts)
    if not serves:
        languages.missing.append(name)
    return texts[chosen]


def _inner(kind: RecordOf[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    """Read a record that is part of another one."""
    if kind.alone and not (isinstance(node, Mapped) and node.entries.keys() & shape_of(kind).fields.keys()):
        value = _value(shape_of(kind).fields[kind.alone].kind, node, at, reading)
        return UNREAD if value is UNREAD else kind.record()(**{kind.alone: value, "place": node.place})
    if not isinstance(node, Mapped):
        problem = wrong_type(node, at, Wanted.MAPPING, reading.document, _first(kind))
        reading.problems.append(problem)
        return UNREAD
    place = at.place if at.is_entry else _begin(node)
    entry = str(at.name) if at.is_entry else at.record.entry
    return _record(kind, Record(node, place, entry, at.record), at.path, reading)


def _either(kind: Either[Any, Any], node: Node, at: At, reading: Reading) -> Any:
    """Read one of two records: the one that `kind.marker` marks, or the other. A node with fields of both is one problem."""
    if not isinstance(node, Mapped) or kind.marker not in node.entries:
        return _inner(kind.other, node, at, reading)
    foreign = shape_of(kind.other).fields.keys() - shape_of(kind.marked).fields.keys()
    mixed = [key for key in node.entries if key in foreign]
    if mixed:
        reading.problems.append(two_records(node.keys[mixed[0]], kind.marker, mixed, at))
        node = replace(node, entries={key: value for key, value in node.entries.items() if key not in foreign})
    return _inner(kind.marked, node, at, reading)


def _record(kind: RecordOf[Any, Any], record: Record, path: Path, reading: Reading) -> Any:
    shape = shape_of(kind)
    hints = HINTS - len(reading.problems)
    reading.problems += wrong_keys(record.node, path, _required(shape), shape.fields, hints)
    return _made(kind, record, path, reading)


def _made(kind: RecordOf[Any, Any], record: Record, path: Path, reading: Reading) -> Any:
    """Read the fields of a record, and make the record from them."""
    shape = shape_of(kind)
    for name, inner in shape.inline.items():
        part = Record(record.node, _begin(record.node), record.entry, record.outer)
        record.values[name] = _made(inner, part, path, reading)
    for field in shape.own:
        if field.key not in record.node.entries and field.key not in shape.missed:
            continue
        value = _field(field, record, path, reading, quotations="lines" in shape.filled)
        if value is UNREAD and field.required:
            value = _stand_in(field.kind, record.place)
        if value is not UNREAD:
            record.values[field.name] = value
    if any(field.required and field.name not in record.values for field in shape.own):
        return UNREAD
    _fill(kind, shape, record)
    maker = reading.makers.get(shape.record)
    return maker(record.values, record, reading) if maker else shape.record(**record.values)


def _field(field: Field, record: Record, path: Path, reading: Reading, *, quotations: bool) -> Any:
    node = record.node.entries.get(field.key)
    if node is None or (field.nullable and _is_null(node) and not csl.is_csl(field.kind)):
        if isinstance(field.kind, Single) and field.kind.form is Form.STANCE:
            value_readers.missing_stance(record, reading)
        return UNREAD
    marks = quotations and field.quotations
    at = At(field.key, record.node.keys[field.key], (*path, field.key), record, marks, is_required=field.required)
    return _value(field.kind, node, at, reading)


def _fill(kind: RecordOf[Any, Any], shape: Shape, record: Record) -> None:
    """Fill the fields that authors do not write."""
    if "place" in shape.filled:
        record.values["place"] = record.place
    if "lines" in shape.filled:
        lines = (Line(text, tuple(_quotations(text))) for text in record.lines)
        record.values["lines"] = tuple(line for line in lines if line.quotations)
    if kind.by_key:
        record.values[kind.by_key] = record.entry


def _quotations(text: Text) -> Iterator[ProseQuotation]:
    for words, offset in quoted_in(text.value):
        yield ProseQuotation(words, place_at(text, offset, len(words) + 2), (), offset=offset)


def _stand_in(kind: Kind[Any, Any], place: Location) -> Any:
    """Return the empty value that replaces a missing required one; `UNREAD` if its record has no meaning without it."""
    if isinstance(kind, Choice):
        return next(iter(kind.words.values()))
    if not isinstance(kind, Single):
        return kind.absent
    if kind.placed:
        return Text("", place)
    if kind.form in (Form.MARKDOWN, Form.PARAGRAPH, Form.BODY):
        return Prose(Text("", place))
    return {Form.DATE: Date(1)}.get(kind.form, _OR_NOTHING.get(kind.form, ""))


_OR_NOTHING = {Form.AMOUNT: UNREAD, Form.FIGURE: UNREAD}


def _entries(node: Mapped, at: At) -> Iterator[tuple[str, Node, At]]:
    for key, child in node.entries.items():
        yield key, child, at.entry(key, node.keys[key])


def _required(shape: Shape) -> tuple[str, ...]:
    return tuple(field.key for field in shape.fields.values() if field.required)


def _first(kind: Kind[Any, Any]) -> str:
    """Return the first required field of a record of a kind; "" if there is none."""
    is_mapping = isinstance(kind, RecordOf) and not kind.alone
    return next(iter(_required(shape_of(kind))), "") if is_mapping else ""


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null


def _begin(node: Node) -> Location:
    """Return the place where a record begins."""
    return Location(node.place.file, node.place.line, node.place.column)
