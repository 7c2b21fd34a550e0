"""Questions that experts are compared on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.cited_text import Line, Prose
from generator.model.fields import optional, printed_in, required, suppressions
from generator.model.kinds import (
    ID,
    LINE,
    MARKDOWN,
    PLACED_LINE,
    Choice,
    Either,
    list_of,
    mapping_of,
    record,
)
from generator.model.position import Cell, Gap, Position
from generator.model.values import Suppression, Text
from generator.problems import Location

_CELL: Either[Cell, None] = Either(None, "gap", record(Gap), record(Position))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the experts, with the cells of the matrix. `cells` is read with `scale`, which is declared before it."""

    suppressed: tuple[Suppression, ...] = suppressions("{lopsided: One of them wrote a book about it.}")
    id: str = required(ID, "A short name that never changes.", "works", "bad-value duplicate-id")
    ask: Text = required(PLACED_LINE, "The question, worded neutrally.", "Do the rules work?")
    scale: tuple[str, ...] = required(
        list_of(LINE),
        "The labels with which the editor codes each stance, in their order if they have one.",
        "[They backfire, They do little, They work]",
        "scale-missing unknown-stance",
    )
    ordinal: bool = optional(
        Choice(True, {"ordinal": True, "nominal": False}),
        "`ordinal` if the labels have a rank; `nominal` if they differ in kind: then no rank is drawn.",
        "nominal",
        "bad-value",
        default=True,
        key="scale_kind",
    )
    cells: Mapping[str, Cell] = required(
        mapping_of(_CELL),
        "By expert: a position, or a gap with its reason.",
        "{ding: {stance: They do little, says: They do little., cite: '@rise-2025'}}",
        "blank-cell cell-without-column",
        key="positions",
    )
    """By expert id; a column that is missing here is a problem, not a blank."""
    note: Prose | None = optional(
        MARKDOWN, "What a reader has to know to understand the question.", "The question is about chips only."
    )
    printed_in: tuple[Text, ...] = printed_in()
    place: Location
    lines: tuple[Line, ...] = ()
