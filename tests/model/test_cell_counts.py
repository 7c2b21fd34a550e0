"""What the matrices hold."""

from __future__ import annotations

from generator.model import GapReason
from generator.model.cell_counts import as_csv, by_kind, coverage
from tests.support import brief

FIRST = """
title: T
experts: [ann, ben, cem]
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes, but"]
    positions:
      ann: {stance: "No", quote: It fails., cite: "@talk", date: 2024-05}
      ben: {stance: "Yes, but", says: It works., cite: "@talk"}
  - id: next
    ask: What next?
    scale: [Less, More]
    positions:
      ann: {stance: More, quote: More of it., says: More., cite: "@talk"}
      ben: {gap: declined}
      cem: {gap: no-position-found, searched: the press, until: 2025}
"""
SECOND = """
title: U
experts: [ann]
questions:
  - id: cost
    ask: What did it cost?
    scale: [Little, Much]
    positions: {ann: {gap: declined}}
"""


def test_cells_are_counted_by_kind_blank_ones_too():
    counted = coverage(brief(FIRST))
    assert counted.cells == 6
    assert dict(counted.kinds) == {
        "quote": 1,
        "quote and paraphrase": 1,
        "paraphrase": 1,
        "no-position-found": 1,
        "declined": 1,
        "blank": 1,
    }
    assert (counted.quoted, counted.paraphrased) == (2, 2)
    assert counted.gaps == {GapReason.NO_POSITION_FOUND: 1, GapReason.DECLINED: 1}


def test_each_question_lists_its_experts_by_kind_in_the_order_of_kinds():
    (work, at_work), (later, what_next) = by_kind(brief(FIRST, "first"))
    assert (work, dict(at_work)) == ("work", {"quote": ("ann",), "paraphrase": ("ben",), "blank": ("cem",)})
    assert (later, list(what_next)) == ("next", ["quote and paraphrase", "no-position-found", "declined"])


def test_csv_has_a_row_a_cell():
    assert as_csv([brief(FIRST, "first")]).splitlines() == [
        "brief,question,expert,cell,stance,date",
        "first,work,ann,quote,No,2024-05",
        'first,work,ben,paraphrase,"Yes, but",',
        "first,work,cem,blank,,",
        "first,next,ann,quote and paraphrase,More,",
        "first,next,ben,declined,,",
        "first,next,cem,no-position-found,,",
    ]


def test_a_brief_without_questions_has_no_cells():
    assert by_kind(brief("title: T\n")) == ()
    assert coverage(brief("title: T\n")).cells == 0
