"""What the database may believe of files that were touched only just now. Clocks are the test's."""

from __future__ import annotations

from generator.engine.db import Database
from generator.engine.plain_data import within
from generator.engine.stat import SECOND, TICK, UNKNOWN, FileStat

NOON = 1_000_000 * SECOND + 1
WRITTEN = FileStat(size=10, modified=NOON, changed=NOON, inode=1)


def test_an_output_written_in_the_tick_in_which_the_database_is_saved_is_looked_at_again():
    db = Database()
    db.saw_output("x.html", WRITTEN)
    db.settle(NOON + 1)
    assert db.output_fingerprints == {"x.html": UNKNOWN}
    db.settle(NOON + 2 * TICK)
    assert db.output_fingerprints == {"x.html": WRITTEN.fingerprint}


def test_an_input_touched_since_the_build_began_is_looked_at_again():
    db = Database()
    db.saw_input("x", WRITTEN, NOON - 1, "digest")
    assert db.fingerprints == {"x": UNKNOWN}
    db.saw_input("x", WRITTEN, NOON + 2 * TICK, "digest")
    assert db.fingerprints == {"x": WRITTEN.fingerprint}


def test_entries_of_another_version_of_a_file_are_forgotten():
    db = Database()
    db.saw_input("sources", WRITTEN, NOON, "one")
    db.saw_entry("sources", "rise", "1")
    db.saw_input("sources", WRITTEN, NOON + SECOND, "one")
    assert db.entries == {"sources": {"rise": "1"}}
    db.saw_input("sources", WRITTEN, NOON, "two")
    assert db.entries == {}


def test_notes_of_a_record_that_is_damaged_are_not_shown():
    for text in ("no JSON", "[1, []]", "[false, [[]]]", "[false]", "[" * 100_000):
        assert Database(texts={"x": text}, remarked={"x"}).shown_notes("x") == (False, ()), text[:20]


def test_a_path_that_cannot_be_a_files_is_not_within_a_folder():
    assert within("a/b\udc80")  # a byte that is not UTF-8, as Python reads it from a folder
    assert not any(map(within, ("a/\ud800", "../a", "a//b", "/a", "", ".", "a\0")))
