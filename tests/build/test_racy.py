"""Edits that `stat` cannot show: same size, same tick, clocks set back. The build must see every one of them."""

from __future__ import annotations

import os


def test_an_edit_of_the_same_size_right_after_the_build_is_seen(workshop, story):
    """The file system's clock ticks some hundred times a second: many of these edits share a tick with the build."""
    workshop.write("x", "print 000")
    workshop.build("x")
    for number in range(1, 60):
        (workshop.root / "x").write_text(f"print {number:03}\n")
        workshop.build("x")
        assert f"{number:03}" in workshop.read("x.pdf")


def test_an_edit_with_its_time_put_back_is_seen(workshop, story):
    path = workshop.write("x", "print one")
    os.utime(path, (1, 1))
    workshop.build("x")
    path.write_text("print two\n")
    os.utime(path, (1, 1))
    assert story(workshop.build("x")) == "x: built page pdf"


def test_a_clock_set_back_hides_nothing(workshop, story):
    """Files and outputs come from the future; edits then seem older than what was built."""
    path = workshop.write("x", "print one")
    os.utime(path, (4e9, 4e9))
    workshop.build("x")
    for output in ("x.html", "x.pdf"):
        os.utime(workshop.root / "out" / output, (4e9, 4e9))
    assert story(workshop.build("x")) == "x: skipped"
    path.write_text("print two\n")
    os.utime(path, (1e9, 1e9))
    assert story(workshop.build("x")) == "x: built page pdf"
    assert story(workshop.build("x")) == "x: skipped"


def test_an_output_altered_right_after_it_was_written_is_seen(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    path = workshop.root / "out/x.html"
    path.write_text("print hullo\n")
    assert story(workshop.build("x")) == "x: built page"
    assert path.read_text() == "print hello\n"
