"""A quotation that only one of two readings of a PDF has is a warning that shows both."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.capture_store import Captures, capture
from generator.evidence.captures.document_limits import DocumentText
from generator.evidence.verification.verify_brief import Examination, examination
from generator.model import Verdict
from tests.support import brief, library

LIBRARY = library(
    "varga: {name: Ottoline Varga, affiliation_note: none}",
    "references: [{id: talk, type: speech, title: A talk, author: [{family: Varga, given: Ottoline}]}]",
)
FACT_FILE = """
title: The levy
status: published
date: 2025-02-14
experts: [varga]
summary: A summary.
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      varga: {{stance: "No", quote: "{quote}", cite: "@talk"}}
"""
ONE = "A cover.\fThe levy on ships failed in the spring.\fThe end."
OTHER = "A cover.\fThe levy onships failed in the spring.\fThe end."


def examined(folder: Path, quote: str, first: str = ONE, second: str = OTHER) -> Examination:
    found = DocumentText(first, "application/pdf", "a 1", ("", "", ""), (), second)
    capture(folder, "talk", [("a.pdf", b"%PDF")], datetime.date(2025, 2, 14), lambda name, data: found)
    captures = Captures(lambda name: (folder / name).read_bytes())
    return examination(brief(FACT_FILE.format(quote=quote)), LIBRARY, captures, Lock())


def warnings(found: Examination) -> list[str]:
    return [problem.message for problem in found.problems if problem.code == "extraction-differs"]


def test_words_of_both_readings_are_verified_without_a_warning(tmp_path: Path) -> None:
    found = examined(tmp_path, "failed in the spring")
    assert (found.evidence[0].verdict, warnings(found)) == (Verdict.VERIFIED, [])


def test_words_of_the_first_reading_alone_show_both(tmp_path: Path) -> None:
    found = examined(tmp_path, "The levy on ships failed")
    assert found.evidence[0].verdict is Verdict.VERIFIED
    (message,) = warnings(found)
    assert "text.txt has “The levy on ships failed”" in message
    assert "second.txt has “The levy onships failed in the spring.”" in message


def test_words_of_the_second_reading_alone_are_verified_with_a_warning(tmp_path: Path) -> None:
    found = examined(tmp_path, "The levy on ships failed", OTHER, ONE)
    assert (found.evidence[0].verdict, found.evidence[0].where) == (Verdict.VERIFIED, "p. [2]")
    (message,) = warnings(found)
    assert "only the second reading" in message


def test_words_of_neither_reading_are_absent(tmp_path: Path) -> None:
    found = examined(tmp_path, "The levy on boats failed")
    assert found.evidence[0].verdict is Verdict.ABSENT


def test_a_capture_with_one_reading_has_no_warning(tmp_path: Path) -> None:
    assert warnings(examined(tmp_path, "The levy on ships failed", second="")) == []


def test_an_ellipsis_is_judged_alike_in_both_readings(tmp_path: Path) -> None:
    found = examined(tmp_path, "The levy […] failed in the spring")
    assert (found.evidence[0].verdict, warnings(found)) == (Verdict.VERIFIED, [])
