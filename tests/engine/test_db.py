"""What the database may believe of files that were touched only just now. Clocks are the test's."""

from __future__ import annotations

from generator.engine.db import Database
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
