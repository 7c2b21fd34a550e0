"""Digests of entries: a change to one entry changes its digest and no other's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.read.entries import NAMES, entry_digests

SOURCES = b"""# comment
references:
  - id: one
    title: First
  - {id: two, title: Second}
  - id: three   # remark
    title: Third
"""


def test_only_the_changed_source_has_another_digest() -> None:
    before = entry_digests("briefs/sources.yaml", SOURCES)
    after = entry_digests("briefs/sources.yaml", SOURCES.replace(b"Second", b"Other"))
    assert set(before) == {"one", "two", "three"}
    assert {key for key in before if before[key] != after[key]} == {"two"}


def test_moving_entries_and_adding_others_changes_none() -> None:
    before = entry_digests("briefs/experts.yaml", b"a: {name: A}\nb: {name: B}\n")
    after = entry_digests("briefs/experts.yaml", b"# more\nc: {name: C}\nb: {name: B}\na: {name: A}\n")
    assert all(after[key] == before[key] for key in ("a", "b"))


def test_what_people_are_called_is_an_entry_of_its_own() -> None:
    before = entry_digests("briefs/experts.yaml", b"a: {name: A, also: [B]}\n")
    same = entry_digests("briefs/experts.yaml", b"a: {name: A, also: [B], affiliation_note: none}\n")
    other = entry_digests("briefs/experts.yaml", b"a: {name: A, also: [C]}\n")
    assert before[NAMES] == same[NAMES] != other[NAMES]


def test_lines_of_a_lock_belong_to_the_brief_they_begin_with() -> None:
    before = entry_digests("briefs/reviews.lock", b"# head\nchips x 1\ncosts y 2\n")
    after = entry_digests("briefs/reviews.lock", b"# head\nchips x 1\ncosts y 3\n")
    assert before["chips"] == after["chips"]
    assert before["costs"] != after["costs"]


@given(st.binary(max_size=120))
@settings(max_examples=200, deadline=None)
def test_broken_files_have_no_entries_and_never_crash(content: bytes) -> None:
    entry_digests("briefs/sources.yaml", content)
    entry_digests("briefs/reviews.lock", content)
