"""Finds what a word at a cursor refers to, and where that is defined.

It can be a source, an expert, a fact, a question, a figure or a field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from generator.editor.cursor import Spot
from generator.editor.document_view import CITING, View
from generator.model import SHARED, Fact, Locator
from generator.problems import Location
from generator.read.yaml_nodes import Mapped, Node, Scalar, Sequence
from generator.syntax.citations import CITE
from generator.syntax.locators import read_locator

_FACT = re.compile(r"\[#([a-z0-9:-]+)")
_WORD = re.compile(r"(?:shared:)?[\w-]+")
_BEHIND = 200
"""Characters after a key in which its locator is searched."""


class MentionKind(StrEnum):
    SOURCE = "source"
    EXPERT = "expert"
    FACT = "fact"
    QUESTION = "question"
    FIGURE = "figure"
    STANCE = "stance"
    FIELD = "field"
    PRESET = "preset"
    STYLE = "citation style"


HOLDS = {
    "who": MentionKind.EXPERT,
    "experts": MentionKind.EXPERT,
    "rests_on": MentionKind.FACT,
    "uses": MentionKind.FACT,
    "question": MentionKind.QUESTION,
    "figure": MentionKind.FIGURE,
    "stance": MentionKind.STANCE,
    "preset": MentionKind.PRESET,
    "citation_style": MentionKind.STYLE,
}
"""What the value of a field refers to, or each item of its list."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name with its offsets in the text."""

    kind: MentionKind
    name: str
    start: int
    end: int
    locator: Locator | None = None


def held(view: View, spot: Spot) -> MentionKind | None:
    """Return what the value, item or key at a cursor refers to."""
    last = spot.path[-1] if spot.path else ""
    if view.kind not in CITING:
        return None
    if spot.in_key and last == "positions":
        return MentionKind.EXPERT
    if spot.in_key and isinstance(last, str):
        return None
    return HOLDS.get(spot.key)


def mention(view: View, offset: int) -> Mention | None:
    """Return what the word at an offset refers to; None if it refers to nothing."""
    spot = view.spot(_word_end(view, offset))
    cited = _cited(view, offset) if view.kind in CITING else None
    if cited is not None:
        return cited
    word = _word_at(view.written.text, offset)
    kind = held(view, spot)
    if word and kind in (MentionKind.EXPERT, MentionKind.FACT, MentionKind.QUESTION, MentionKind.FIGURE):
        return Mention(kind, word[0], *word[1:])
    return _key(view, offset)


def _word_end(view: View, offset: int) -> int:
    word = _word_at(view.written.text, offset)
    return word[2] if word else offset


def _word_at(text: str, offset: int) -> tuple[str, int, int] | None:
    start = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        start -= 1
    start -= len(SHARED) if text.endswith(SHARED, 0, start) else 0
    match = _WORD.match(text, start)
    return (match[0], match.start(), match.end()) if match else None


def _cited(view: View, offset: int) -> Mention | None:
    """Return the source or fact at an offset of a line."""
    text = view.written.text
    start, end = view.written.line_start(offset), view.written.line_end(offset)
    line = text[start:end]
    for match in CITE.finditer(line):
        if match.start() <= offset - start <= match.end():
            locator, _ = read_locator(re.split(r"[;\]]", text[start + match.end() :][:_BEHIND])[0].replace("\n", " "))
            key = match["key"] or match["braced"]
            return Mention(MentionKind.SOURCE, key, start + match.start(), start + match.end(), locator)
    for match in _FACT.finditer(line):
        if match.start() <= offset - start <= match.end() + 1:
            return Mention(MentionKind.FACT, match[1], start + match.start(1), start + match.end(1))
    return None


def _key(view: View, offset: int) -> Mention | None:
    """Return the key of the line at an offset, or the expert whose position begins there."""
    text = view.written.text
    line = text[view.written.line_start(offset) : view.written.line_end(offset)]
    match = re.match(r"[ \t]*(?:- +)*([\w-]+):(?=\s|$)", line)
    start = view.written.line_start(offset)
    if not match or not start + match.start(1) <= offset <= start + match.end(1):
        return None
    path = view.spot(start + match.end()).path
    kind = MentionKind.EXPERT if view.kind == "brief" and path[-2:-1] == ("positions",) else MentionKind.FIELD
    return Mention(kind, match[1], start + match.start(1), start + match.end(1))


def shared_fact(view: View, named: Mention, offset: int) -> Fact | None:
    """Return the fact of `briefs/facts.yaml` that `shared:id`, or an item of `uses`, refers to."""
    is_listed = view.spot(offset).key == "uses" and not named.name.startswith(SHARED)
    return view.library.facts.get(SHARED + named.name if is_listed else named.name)


def definition(view: View, offset: int) -> Location | None:
    """Return where the name at an offset is defined; None if that is unknown."""
    named = mention(view, offset)
    return _place(view, named, offset) if named else None


def _place(view: View, named: Mention, offset: int) -> Location | None:
    """Return where a mentioned source, expert, fact, question or figure is defined; None if it is not."""
    if named.kind is MentionKind.SOURCE:
        source = view.library.sources.get(named.name)
        further = (Location(file, line) for key, file, line in view.further_keys if key == named.name)
        return source.place if source else next(further, None)
    if named.kind is MentionKind.EXPERT:
        expert = view.library.experts.get(named.name)
        return expert.place if expert else None
    if named.kind is MentionKind.FACT:
        shared = shared_fact(view, named, offset)
        return shared.place if shared else _id_place(view.node("facts"), named.name)
    if named.kind is MentionKind.QUESTION:
        return _id_place(view.node("questions"), named.name)
    if named.kind is MentionKind.FIGURE:
        path = view.spot(offset).path
        return (
            _id_place(view.node(*path[: path.index("preferred")], "figures"), named.name)
            if "preferred" in path
            else None
        )
    return None


def _id_place(records: Node | None, name: str) -> Location | None:
    for record in records.items if isinstance(records, Sequence) else ():
        node = record.entries.get("id") if isinstance(record, Mapped) else None
        if isinstance(node, Scalar) and node.value.strip() == name:
            return node.place
    return None
