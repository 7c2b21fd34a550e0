"""What the state may believe of files that were touched only just now. Clocks are the test's."""

from __future__ import annotations

from generator.build.signature import SECOND, TICK, UNKNOWN, Signature
from generator.build.state import State

NOON = 1_000_000 * SECOND + 1
WRITTEN = Signature(size=10, modified=NOON, changed=NOON, inode=1)


def test_an_output_written_in_the_tick_in_which_the_state_is_saved_is_looked_at_again():
    state = State()
    state.saw_output("x.html", WRITTEN)
    state.settle(NOON + 1)
    assert state.output_marks == {"x.html": UNKNOWN}
    state.settle(NOON + 2 * TICK)
    assert state.output_marks == {"x.html": WRITTEN.mark}


def test_an_input_touched_since_the_build_began_is_looked_at_again():
    state = State()
    state.saw_input("x", WRITTEN, NOON - 1, "digest")
    assert state.marks == {"x": UNKNOWN}
    state.saw_input("x", WRITTEN, NOON + 2 * TICK, "digest")
    assert state.marks == {"x": WRITTEN.mark}


def test_entries_of_another_version_of_a_file_are_forgotten():
    state = State()
    state.saw_input("sources", WRITTEN, NOON, "one")
    state.saw_entry("sources", "rise", "1")
    state.saw_input("sources", WRITTEN, NOON + SECOND, "one")
    assert state.details.entries == {"sources": {"rise": "1"}}
    state.saw_input("sources", WRITTEN, NOON, "two")
    assert state.details.entries == {}
