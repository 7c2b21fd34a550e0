"""What is laid out, as bytes: the same that pydyf would have written, and nothing else is taken back."""

from __future__ import annotations

import zlib

import pydyf
import pytest

from generator.render.layout.pdf_objects import Objects, squeezed, taken_from

VALUES = (1, 2.5, 3.0, b"5 0 R", "/Name", pydyf.String("ä)"), pydyf.Array([1, 2.0]), pydyf.Dictionary({"A": 1.25}))


@pytest.mark.parametrize("items", [[], ["stream\n", "BT", b"\nendstream"], list(VALUES)])
def test_a_stream_is_compressed_once_and_says_what_it_said(items: list[object]) -> None:
    stream = pydyf.Stream(list(items), {"Type": "/X"}, compress=True)
    plain = pydyf.Stream(list(items), {"Type": "/X"}).data.split(b"\nstream\n", 1)[1].removesuffix(b"\nendstream")
    expected = stream.data
    assert squeezed(stream).data == expected
    assert not stream.compress
    assert zlib.decompress(stream.stream[0]) == plain


def test_what_is_kept_of_a_pdf_comes_back_as_it_was() -> None:
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Dictionary({"Of": "catalog"}))
    values = {f"V{number}": value for number, value in enumerate(VALUES)}
    pdf.catalog.update(values)
    pdf.info.update(values)
    whole = pydyf.Dictionary(values).data
    objects = taken_from(pdf)
    assert pydyf.Dictionary(objects.info).data == whole
    assert whole[2:-2] in pydyf.Dictionary(objects.catalog).data
    assert Objects.from_bytes(objects.to_bytes()) == objects
    assert len(pdf.objects) == 1, "none is left in it"


@pytest.mark.parametrize("kept", [b"", b"{}\n", b"[]\n", b'{"catalog": 1}\n'])
def test_nothing_else_is_taken_back(kept: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Objects.from_bytes(kept)
