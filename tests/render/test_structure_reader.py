"""Reading PDFs back: what is in a structure tree, and what is said of files that have none."""

from __future__ import annotations

import io

import pikepdf
import pytest

from generator.render.layout.structure_reader import Element, Table, TaggedCell, read_structure, read_tables, squeeze


def test_a_file_that_is_no_pdf_or_has_no_tags_is_said_to_be_so() -> None:
    with pytest.raises(ValueError, match="damaged"):
        read_structure(b"%PDF-1.7\nnothing")
    untagged = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(untagged)
    with pytest.raises(ValueError, match="no structure tree"):
        read_structure(untagged.getvalue())


def test_words_of_blocks_are_apart_and_words_in_a_line_are_not() -> None:
    root = Element("Document", (Element("P", ("in", Element("Span", ("side",)), " out")), Element("P", ("next",))))
    assert root.text == "inside out next"
    assert squeeze("  inter\N{SOFT HYPHEN}national \n trade ") == "international trade"


def test_elements_are_found_at_any_depth_in_reading_order() -> None:
    inner = Element("L", (Element("LI", ("two",)),))
    root = Element("Document", (Element("L", (Element("LI", ("one", inner)),)), Element("P", ())))
    assert [found.text for found in root.find("LI")] == ["one two", "two"]
    assert [found.role for found in root.find("L", "P")] == ["L", "L", "P"]


def test_cells_stand_where_spans_push_them() -> None:
    tall = Element("TH", ("tall",), rows=2, identifier="t")
    rows = (
        Element("TR", (tall, Element("TD", ("a",), columns=2))),
        Element("TR", (Element("TD", ("b",), headers=("t", "gone")), Element("TD", ("c",)))),
    )
    (table,) = read_tables(Element("Document", (Element("Table", rows),)))
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        ("tall", 0, 0),
        ("a", 0, 1),
        ("b", 1, 1),
        ("c", 1, 2),
    ]
    assert table.row(1)[0].headings == ("tall", "?gone")
    assert table.texts() == [["tall", "a"], ["b", "c"]]
    assert isinstance(table, Table)
    assert isinstance(table.cells[0], TaggedCell)
