"""RTF through pandoc, as `brief capture` reads it."""

from __future__ import annotations

import pytest

from generator.cite.pandoc import document_html
from generator.evidence.captures.document_text import extract

RTF = rb"{\rtf1\ansi It was {\strike never} {\v hidden} {\deleted not} 10{\super 6} caf\'e9.\par CO{\sub 2}\par}"


def test_rtf_is_read_without_what_is_deleted_struck_or_hidden() -> None:
    found = extract("a.rtf", RTF, document_html)
    assert (found.text, found.media_type) == ("It was 10⁶ café.\nCO₂", "application/rtf")


def test_what_is_no_epub_raises_value_error() -> None:
    with pytest.raises(ValueError, match=r"\w"):
        document_html("epub", b"PK\x03\x04 no archive")
