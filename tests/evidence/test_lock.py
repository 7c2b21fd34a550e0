"""The lock: written and read back, merged by git, and never believed when it was touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.capture_lock import HEADER, RULES, Lock, LockEntry, open_lock, read_lock, write_lock

HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
ENTRIES = st.builds(
    LockEntry,
    source=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12),
    claim=HASHES,
    text=HASHES,
    original=HASHES,
    captured=st.dates().map(lambda date: date.isoformat()),
    where=st.sampled_from(["", "para. 5", "p. 3–4, para. 7"]),
    warnings=st.sampled_from([(), ("negation-cut",), ("a", "b-c")]),
    rules=st.sampled_from([1, RULES, RULES + 1]),
)


def entry(number: int, source: str = "review") -> LockEntry:
    return LockEntry(source, f"{number:064x}", "a" * 64, "b" * 64, "2025-02-14", f"para. {number}")


@given(st.lists(ENTRIES, max_size=6))
def test_a_lock_reads_back(entries: list[LockEntry]) -> None:
    lock, problems = read_lock(write_lock(entries))
    assert problems == ()
    assert set(lock.entries) == set(entries)
    assert all(lock.find(one.source, one.claim) is not None for one in entries)
    assert write_lock(reversed(entries)) == write_lock(entries)


def test_nothing_is_an_empty_lock() -> None:
    assert read_lock("") == (Lock(), ())
    assert read_lock(write_lock([])) == (Lock(), ())

    def nowhere(name: str) -> bytes:
        raise FileNotFoundError(name)

    assert open_lock(nowhere) == (Lock(), ())


@given(st.data())
def test_a_lock_with_one_character_changed_is_not_believed(data: st.DataObject) -> None:
    text = write_lock([entry(1), entry(2), entry(3, "Möbius & Co")])
    at = data.draw(st.integers(len(HEADER) + 1, len(text) - 2))
    other = data.draw(st.sampled_from([c for c in "0a %z\n" if c != text[at]]))
    lock, problems = read_lock(text[:at] + other + text[at + 1 :])
    assert (lock.entries, lock.believed) == ((), False)
    assert problems[0].code == "lock-damaged"
    assert problems[0].is_error


def test_the_damaged_line_is_named() -> None:
    text = write_lock([entry(1), entry(2)]).replace("para. 2", "para. 3")
    assert [problem.place.line for problem in read_lock(text)[1]] == [3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# captures.lock 99: of tomorrow\n", "lock-version"),
        ("{}\n", "lock-damaged"),
        (f"{HEADER}\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n", "lock-conflict"),
        (f"{HEADER}\n\n", "lock-damaged"),
    ],
)
def test_what_is_no_lock_is_reported(text: str, code: str) -> None:
    lock, problems = read_lock(text)
    assert not lock.believed
    assert [problem.code for problem in problems] == [code]


def test_bytes_that_are_no_text_are_reported() -> None:
    assert not open_lock(lambda name: b"\xff\xfe\x00")[0].believed


def test_a_lock_holds_no_words() -> None:
    assert not set(write_lock([entry(1)]).splitlines()[1].split()) & {"levy", "quote"}
    assert all(len(word) < 65 for word in write_lock([entry(1)]).splitlines()[1].split())


def test_git_merges_two_editors_locks(tmp_path: Path) -> None:
    base = [entry(n * 10) for n in range(1, 9)]
    for name, entries in (("base", base), ("ours", [*base, entry(15)]), ("theirs", [*base[:3], *base[4:], entry(75)])):
        (tmp_path / name).write_text(write_lock(entries))
    merged = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    lock, problems = read_lock(merged)
    assert problems == ()
    assert set(lock.entries) == {*base[:3], *base[4:], entry(15), entry(75)}


def test_ends_of_lines_do_not_matter() -> None:
    text = write_lock([entry(1), entry(2)])
    assert read_lock(text.replace("\n", "\r\n")) == read_lock(text)


OF_FORMAT_2 = f"""\
# captures.lock 2: written by `brief lock`, not by hand. Hashes only.
review {0:064x} {1:064x} {1:064x} 2025-02-14 cf3dac737b17316f - para. 1
"""
"""As earlier versions of the program wrote it."""


def test_a_lock_of_format_2_is_read_as_verified_by_the_first_rules() -> None:
    lock, problems = read_lock(OF_FORMAT_2)
    assert problems == ()
    assert [(one.where, one.rules, one.is_outdated) for one in lock.entries] == [("para. 1", 1, True)]
    merged = write_lock([entry(1)]) + OF_FORMAT_2
    assert {one.rules for one in read_lock(merged)[0].entries} == {1, RULES}
    assert read_lock(OF_FORMAT_2.replace("para. 1", "para. 2"))[1][0].code == "lock-damaged"


def test_rules_cannot_be_raised_by_hand() -> None:
    raised = OF_FORMAT_2.replace(" - para", f" {RULES} - para")
    assert read_lock(raised)[1][0].code == "lock-damaged"


def test_an_older_lock_asks_to_be_written_anew_in_one_message() -> None:
    old = "# captures.lock 1: written by `brief lock`, not by hand. Hashes only.\nreview 0 0 0 2025-02-14 0 para. 1\n"
    lock, (problem,) = read_lock(old)
    assert not lock.believed
    assert problem.code == "lock-version"
    assert "reads formats 2 and 3" in problem.message
    assert "brief lock" in problem.hint
