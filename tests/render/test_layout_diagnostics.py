"""What becomes of the layout engine's log."""

from __future__ import annotations

import logging
import threading

import pytest

from generator.problems import Location, Severity
from generator.render.layout.layout_diagnostics import collecting, diagnostic_for, text_lost

LOG = logging.getLogger("weasyprint")


@pytest.mark.parametrize(
    ("record", "code", "message"),
    [
        ("No anchor #gone for internal URI reference", "link-to-nowhere", "“#gone”"),
        ("Failed to load image at 'x.png': RefusedError", "asset-refused", "“x.png”"),
        ("Ignored `frob: 1` at 3:7, unknown property.", "style-ignored", "`frob: 1` at 3:7"),
        ("Something that nobody thought of", "layout-remark", "something that nobody thought of"),
    ],
)
def test_each_kind_of_record_gets_its_code(record: str, code: str, message: str) -> None:
    diagnostic = diagnostic_for(record)
    assert diagnostic is not None
    assert diagnostic.code.name == code
    assert message in diagnostic.message


def test_records_that_another_finding_tells_better_are_dropped() -> None:
    assert diagnostic_for('.notdef glyph rendered for Unicode string unsupported by fonts: "x" (U+0078)') is None
    assert diagnostic_for('Image "x.png" has no required alt description') is None


def test_only_warnings_of_its_own_thread_are_heard_each_once() -> None:
    with collecting() as collected:
        LOG.warning("One thing")
        LOG.warning("One thing")
        LOG.info("Step 4")
        other = threading.Thread(target=LOG.warning, args=("Another's",))
        other.start()
        other.join()
    LOG.warning("Too late")
    assert [diagnostic.message for diagnostic in collected.diagnostics()] == ["one thing"]


def test_a_remark_becomes_a_problem_at_the_place_it_is_given() -> None:
    problem = text_lost("word " * 30).at(Location("briefs/chips.yaml"))
    assert (problem.code, problem.severity, problem.place.file) == ("text-lost", Severity.ERROR, "briefs/chips.yaml")
    assert problem.message.endswith("word…”")
