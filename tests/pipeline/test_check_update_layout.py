"""Updates of a PDF in which readers could find different objects, made here byte by byte."""

from __future__ import annotations

import zlib

import pytest

from generator.pipeline.pdf_files.check_update_layout import layout_fault

MADE = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nxref\nstartxref\n30\n%%EOF\n"
HIDDEN = b"1 0 obj\n<< /Kids [] >>\nendobj\n"


def update(
    body: bytes = b"<< /A [ 1 0 R (x\\051) <0A> ] /B null >>",
    before: bytes = b"",
    more: bytes = b"",
    rows: tuple[tuple[int, int, int, int], ...] = (),
    about: bytes = b"",
    **named: bytes,
) -> bytes:
    """An update with object 5 and its cross-reference stream, object 6. `rows` are more entries: number, kind, place, generation."""
    written = MADE + before
    five = len(written)
    written += b"5 0 obj\n" + body + b"\nendobj\n" + more
    place = len(written)
    entries = [(0, 0, 0, 0), (5, 1, five, 0), (6, 1, place, 0), *rows]
    index = b" ".join(b"%d 1" % number for number, *_ in entries)
    data = zlib.compress(b"".join(bytes([kind]) + at.to_bytes(4) + bytes([last]) for _, kind, at, last in entries))
    keys = {"Type": b"/XRef", "W": b"[1 4 1]", "Filter": b"/FlateDecode", "Size": b"7", "Root": b"1 0 R", "Prev": b"30"}
    keys |= {"Index": b"[%s]" % index, "Length": b"%d" % len(data), **named}
    dictionary = b" ".join(b"/%s %s" % (name.encode(), value) for name, value in keys.items() if name != "end")
    end = named.get("end", b"startxref\n%d\n%%%%EOF\n" % place)
    return written + b"6 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n%s" % (dictionary, about, data, end)


def test_an_update_of_objects_and_their_places_has_no_fault() -> None:
    assert layout_fault(update(), MADE) == ""
    assert layout_fault(MADE, MADE) == ""


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (update(before=HIDDEN), "does not list each object once"),
        (update(before=b"% 1 0 obj\n"), "bytes that belong to no object"),
        (update(before=b"\0"), "bytes that belong to no object"),
        (update(rows=((1, 1, 9, 0),)), "does not list each object once"),
        (update(rows=((5, 1, 9, 0),)), "unusual form"),
        (update(before=b"1 1 obj\n<< >>\nendobj\n"), "bytes that belong to no object"),
        (update(rows=((1, 1, 9, 1),)), "unusual entry"),
        (update(rows=((1, 2, 5, 0),)), "unusual entry"),
        (update(rows=((1, 0, 0, 0),)), "unusual entry"),
        (update(more=b"5 0 obj\n<< >>\nendobj\n"), "object 5 is written twice"),
        (update(more=b"7 0 obj\n<< /Length 1 >>\nstream\nx\nendstream\nendobj\n"), "a stream other than"),
        (update(body=b"<< /A 1 /A 2 >>"), "two entries /A"),
        (update(body=b"<< /A 1 /#41 2 >>"), "a dictionary has an unusual form"),
        (update(body=b"<< /A /#41 >>"), "a name has unusual characters"),
        (update(body=b"<< /A (\n1 0 obj << >> endobj\n) >>"), "a value has an unusual form"),
        (update(body=b"<< /A 1 % x\n >>"), "unusual form"),
        (update(body=b"[" * 30 + b"]" * 30), "nested too deeply"),
        (update(body=b"<< /A 1 >> 2"), "object 5 has no end"),
        (update(Prev=b"9"), "does not continue the one before"),
        (update(Size=b"6"), "does not list each object once"),
        (update(Length=b"3"), "another length"),
        (update(W=b"[1 4 2]"), "unusual form"),
        (update(Index=b"[0 99999999]"), "too large"),
        (update(Index=b"/All"), "unusual form"),
        (update(about=b"/XRefStm 30"), "a stream other than"),
        (update(about=b"/Prev 9"), "two entries /Prev"),
        (update(end=b"startxref\n30\n%%EOF\n"), "another place"),
        (update(end=b"startxref\n"), "its end is missing"),
        (update() + b"trailing", "bytes that belong to no object"),
        (MADE + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< >>\n", "bytes that belong to no object"),
    ],
)
def test_an_update_that_readers_may_understand_differently_has_one(pdf: bytes, reason: str) -> None:
    fault = layout_fault(pdf, MADE)
    assert fault.startswith("it is written in a way that readers may understand differently: ")
    assert reason in fault
