"""Completion: sources, locators, experts, facts, stances, values and fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.cite.styles import style_names
from generator.editor import cursor
from generator.editor.cursor import Spot
from generator.editor.definitions import MentionKind, held
from generator.editor.document_view import CITING, View, node_at
from generator.editor.source_display import NumberedPart, escaped, places
from generator.model import SHARED
from generator.read.yaml_nodes import Mapped, Scalar
from generator.read.yaml_text import parse
from generator.render.preset import preset_names
from generator.syntax.citations import CITE

_KEY = re.compile(r"(?<![\w@\\.])-?@(\{?[^\s@;,{}\[\]]*)$")
_LOCATOR = re.compile(
    r"(?<![\w@\\.])-?@(?:\{(?P<braced>[^{}\n]+)\}|(?P<key>\w[^\s@;,{}\[\]]*))(?:,\s*+|\s++\[)(?P<typed>[^;@\[\]\"]*)$"
)
_FACT = re.compile(r"\[#([a-z0-9:-]*)$")
_NEAR = 400
"""Characters before a cursor in which a citation may begin."""
MOST = 1000
"""Suggestions of one request; the editor asks again as more is typed."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that replaces `start` to `end`."""

    text: str
    start: int
    end: int
    kind: MentionKind
    detail: str = ""
    """One line, shown next to it."""
    meaning: str = ""
    """Markdown."""
    behind: str = ""
    """Inserted after the text."""
    label: str = ""
    """Shown instead of the text, and compared with the typed text."""


def suggestions(view: View, offset: int) -> list[Suggestion]:
    """Return the suggestions at an offset, best first; at most `MOST`."""
    if not view.kind:
        return []
    return [one for one, _ in zip(_all(view, offset), range(MOST), strict=False)]


def _all(view: View, offset: int) -> Iterable[Suggestion]:
    """Return what can be written at an offset: a key, a locator or a fact where one is being typed, otherwise a field."""
    spot = view.spot(offset)
    before = view.written.text[max(0, offset - _NEAR) : offset]
    if view.kind in CITING and not (spot.in_key and spot.path[-1:] != ("positions",) and not before.strip()):
        if match := _KEY.search(before):
            return _quoted_keys(_sources(view, offset - len(match[1]), offset), view, spot)
        if match := _LOCATOR.search(before):
            key = match["braced"] or match["key"]
            return _locators(view, key, offset - len(match["typed"]), offset)
        if view.kind != "house" and (match := _FACT.search(before)):
            return _facts(view, offset - len(match[1]), offset)
    return _of_field(view, spot, offset)


def _of_field(view: View, spot: Spot, offset: int) -> Iterable[Suggestion]:
    """Return what can be written at a place: ids, names or words of the kind that its field takes, or names of fields."""
    kind = held(view, spot)
    start = _without_mark(view, spot, offset)
    if kind is MentionKind.EXPERT:
        return _experts(view, spot, start, offset)
    if kind is MentionKind.FACT and spot.key == "uses":
        return _shared_facts(view, start, offset, "")
    if kind is MentionKind.FACT:
        return _facts(view, start, offset)
    if kind is MentionKind.QUESTION:
        return _questions(view, start, offset)
    if kind is MentionKind.FIGURE:
        return _figures(view, spot, start, offset)
    if kind is MentionKind.STANCE:
        return _stances(view, spot, start, offset)
    if kind is MentionKind.PRESET:
        return _presets(view, start, offset)
    if kind is MentionKind.STYLE:
        return _styles(view, start, offset)
    words = cursor.choices(view.kind, spot.path) if not spot.in_block else []
    if words:
        return (Suggestion(word, start, offset, MentionKind.FIELD) for word in words)
    return _fields(view, spot, offset) if spot.in_key else ()


def _without_mark(view: View, spot: Spot, offset: int) -> int:
    """Return where the typed text begins, after an opening quotation mark."""
    return min(spot.start + (view.written.text[spot.start : spot.start + 1] in ("'", '"')), offset)


# ---------------------------------------------------------------- names


def _sources(view: View, start: int, end: int) -> Iterator[Suggestion]:
    for key, source in sorted(view.library.sources.items()):
        captured = view.capture(key)
        seen = f"captured {captured.captured}" if captured else "no capture here"
        yield Suggestion(_key(key), start, end, MentionKind.SOURCE, source.title, f"{escaped(source.title)} ({seen})")
    for key, file, _ in view.further_keys:
        if key not in view.library.sources:
            yield Suggestion(_key(key), start, end, MentionKind.SOURCE, file)


def _quoted_keys(keys: Iterable[Suggestion], view: View, spot: Spot) -> Iterator[Suggestion]:
    """Yield the keys; in quotation marks if their `@` begins a value, which YAML does not allow."""
    for one in keys:
        is_bare = one.start == spot.start + 1 and view.written.text[spot.start] == "@" and not spot.in_block
        yield replace(one, text=f'"@{one.text}"', start=spot.start, label=f"@{one.text}") if is_bare else one


def _key(key: str) -> str:
    """Return a key as it is written after `@`: in braces if pandoc's syntax requires them."""
    match = CITE.fullmatch(f"@{key}")
    return key if match and match["key"] == key else f"{{{key}}}"


def _locators(view: View, key: str, start: int, end: int) -> Iterator[Suggestion]:
    capture, source = view.capture(key), view.library.sources.get(key)
    if capture is None:
        return
    first_page = str(source.csl.get("page", "")) if source else ""
    for place in places(capture, first_page):
        yield Suggestion(place.locator, start, end, MentionKind.SOURCE, place.beginning, _quoted(place))


def _quoted(place: NumberedPart) -> str:
    return f"> {escaped(place.beginning)}"


def _experts(view: View, spot: Spot, start: int, end: int) -> Iterator[Suggestion]:
    """Yield experts; in columns and cells only those that are not there yet and may be added."""
    is_cell = spot.path[-1:] == ("positions",)
    is_column = spot.key == "experts"
    columns = view.words("experts")
    cells = view.node(*spot.path) if is_cell else None
    taken = set(cells.entries) if isinstance(cells, Mapped) else set()
    taken = taken if is_cell else set(columns) if is_column else set()
    for who in [name for name in columns if name in view.library.experts] if is_cell else sorted(view.library.experts):
        if who not in taken:
            expert = view.library.experts[who]
            yield Suggestion(who, start, end, MentionKind.EXPERT, expert.name, behind=":" if is_cell else "")


def _facts(view: View, start: int, end: int) -> Iterator[Suggestion]:
    for name, record in view.ids("facts"):
        yield Suggestion(name, start, end, MentionKind.FACT, _line(record, "claim"), escaped(_line(record, "claim")))
    yield from _shared_facts(view, start, end)


def _shared_facts(view: View, start: int, end: int, prefix: str = SHARED) -> Iterator[Suggestion]:
    """Yield the facts of `briefs/facts.yaml`; `prefix` is the beginning of a reference to one."""
    for name, fact in sorted(view.library.facts.items()):
        claim = " ".join(fact.claim.text.value.split())
        yield Suggestion(prefix + name.removeprefix(SHARED), start, end, MentionKind.FACT, claim, escaped(claim))


def _questions(view: View, start: int, end: int) -> Iterator[Suggestion]:
    for name, record in view.ids("questions"):
        yield Suggestion(name, start, end, MentionKind.QUESTION, _line(record, "ask"))


def _figures(view: View, spot: Spot, start: int, end: int) -> Iterator[Suggestion]:
    path = spot.path[: spot.path.index("preferred")] if "preferred" in spot.path else ()
    figures = view.node(*path, "figures")
    for item in getattr(figures, "items", ()):
        name = _line(item, "id") if isinstance(item, Mapped) else ""
        if name:
            yield Suggestion(
                name, start, end, MentionKind.FIGURE, " ".join((_line(item, "amount"), _line(item, "unit")))
            )


def _stances(view: View, spot: Spot, start: int, end: int) -> Iterator[Suggestion]:
    """Yield the labels of the scale of the question at the cursor."""
    for label in view.words(*spot.path[:2], "scale"):
        text = label if start > spot.start else as_value(label)
        yield Suggestion(text, start, end, MentionKind.STANCE, label=label)


def as_value(words: str) -> str:
    """Return words as a YAML value: in quotation marks if YAML would read them differently without."""
    for written, path in ((f"a: {words}", ("a",)), (f"[{words}]", (0,))):
        root, problems = parse(written, "")
        node = node_at(root, path)
        if problems or not isinstance(node, Scalar) or node.value != words:
            return json.dumps(words, ensure_ascii=False)
    return words


def _presets(view: View, start: int, end: int) -> Iterator[Suggestion]:
    for name in preset_names(Path(view.project.folder)):
        yield Suggestion(name, start, end, MentionKind.PRESET)


def _styles(view: View, start: int, end: int) -> Iterator[Suggestion]:
    typed = view.written.text[start:end].strip().casefold()
    for name in sorted(style_names(), key=lambda name: (not name.startswith(typed), name)):
        if typed in name:
            yield Suggestion(name, start, end, MentionKind.STYLE)


# ---------------------------------------------------------------- fields


def _fields(view: View, spot: Spot, end: int) -> Iterator[Suggestion]:
    record = node_at(view.root, spot.path)
    there = set(record.entries) if isinstance(record, Mapped) else set()
    for one in cursor.fields(view.kind, spot.path):
        if one.name not in there:
            detail = "required" if one.required else ""
            behind = ": " if one.opens == "line" else ":"
            yield Suggestion(one.name, spot.start, end, MentionKind.FIELD, detail, one.meaning, behind)


def _line(record: object, key: str) -> str:
    node = record.entries.get(key) if isinstance(record, Mapped) else None
    return " ".join(node.value.split()) if isinstance(node, Scalar) else ""
