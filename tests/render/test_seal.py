"""Seals: that of a sound file holds, that of a changed one does not, whatever was changed."""

from __future__ import annotations

import io
import random
from datetime import date

import pikepdf
import pytest

from generator.render.layout.pdf_binder import is_whole, seal
from generator.render.layout.xmp import DocumentInfo
from tests.render.papers import write_pdf

ABOUT = DocumentInfo("T", "en", date(2025, 2, 14), date(2025, 2, 14))


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return write_pdf("<html lang=en><title>T</title><body><h1>T</h1><p>Words.</p>", [], ABOUT).data


def test_a_finished_pdf_is_whole(sealed: bytes) -> None:
    assert is_whole(sealed)


def test_any_changed_byte_is_noticed(sealed: bytes) -> None:
    chance = random.Random(4)
    for _ in range(500):
        place = chance.randrange(len(sealed))
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        assert not is_whole(bytes(changed)), place


def test_cut_off_added_to_and_saved_again_are_noticed(sealed: bytes) -> None:
    assert not is_whole(sealed[:-1])
    assert not is_whole(sealed + b"\n")
    assert not is_whole(b"")
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        opened.save(saved)
    assert not is_whole(saved.getvalue())


def test_a_file_without_a_place_for_a_seal_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        seal(b"%PDF-1.7")


def test_another_file_has_another_seal(sealed: bytes) -> None:
    other = write_pdf("<html lang=en><title>T</title><body><h1>T</h1><p>Other.</p>", [], ABOUT).data
    assert is_whole(other)
    assert other[-200:] != sealed[-200:]
