"""Definition of the source, expert, fact, question or figure that a word names."""

from __future__ import annotations

from generator.editor.mentions import Kind, Mention, mention, shared_fact
from generator.editor.view import View
from generator.problems import Location
from generator.read.nodes import Mapped, Node, Scalar, Sequence


def definition(view: View, offset: int) -> Location | None:
    """The place at which the name at an offset is defined; None where it names nothing that is known."""
    named = mention(view, offset)
    return _place(view, named, offset) if named else None


def _place(view: View, named: Mention, offset: int) -> Location | None:
    if named.kind is Kind.SOURCE:
        source = view.library.sources.get(named.name)
        further = (Location(file, line) for key, file, line in view.further_keys if key == named.name)
        return source.place if source else next(further, None)
    if named.kind is Kind.EXPERT:
        expert = view.library.experts.get(named.name)
        return expert.place if expert else None
    if named.kind is Kind.FACT:
        shared = shared_fact(view, named, offset)
        return shared.place if shared else _id_place(view.node("facts"), named.name)
    if named.kind is Kind.QUESTION:
        return _id_place(view.node("questions"), named.name)
    if named.kind is Kind.FIGURE:
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
