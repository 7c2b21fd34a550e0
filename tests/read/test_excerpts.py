"""Shared files cut down to what a brief uses."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.read.entries import excerpt

EXPERTS = b"""# everybody
zoe:
  name: Zoe

# ---- on record

ann:
  name: Ann   # her own spelling
  # no longer at the ministry
  also: [A. Example]
# the next one is an institution
ben: {name: Ben}
"""
SOURCES = b"""
references:
    # read twice
    - id: talk
      title: A talk   # as on the slides
      note: |
        First.

        # not a comment
    # another
    - {id: press, title: A report}
"""


def test_an_entry_keeps_its_comments_and_loses_those_of_its_neighbours() -> None:
    assert excerpt(EXPERTS, {"ann"}).decode() == (
        "ann:\n  name: Ann   # her own spelling\n  # no longer at the ministry\n  also: [A. Example]\n"
    )
    assert excerpt(SOURCES, {"talk"}).decode() == (
        "references:\n  - id: talk\n    title: A talk   # as on the slides\n    note: |\n      First.\n\n      # not a comment\n"
    )


def test_where_entries_stand_and_how_far_in_does_not_matter() -> None:
    other = (
        b"references:\n- {id: press, title: A report}\n- id: other\n- id: talk\n  title: A talk   # as on the slides\n"
        + (b"  note: |\n    First.\n\n    # not a comment\n")
    )
    assert excerpt(SOURCES, {"talk", "press"}) == excerpt(other, {"press", "talk"})


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    windows = b"\xef\xbb\xbf" + EXPERTS.replace(b"\n", b"\r\n")
    assert excerpt(windows, {"ann", "ben"}) == excerpt(EXPERTS, {"ann", "ben"})


def test_an_entry_that_leans_on_another_is_written_so_that_it_stands_alone() -> None:
    found = excerpt(b"ann: &base {name: Ann, also: [A]}\nben: *base\n", {"ben"})
    assert yaml.safe_load(found) == {"ben": {"name": "Ann", "also": ["A"]}}


def test_json_is_yaml_too() -> None:
    found = excerpt(b'{"references": [{"id": "a"}, {"id": "b",\n"title": "x"}]}', {"b"})
    assert yaml.safe_load(found) == {"references": [{"id": "b", "title": "x"}]}


def test_what_is_not_there_is_left_out_and_the_file_can_still_be_read() -> None:
    assert yaml.safe_load(excerpt(SOURCES, {"none"})) == {"references": []}
    assert yaml.safe_load(excerpt(EXPERTS, ())) == {}


def test_a_file_that_cannot_be_read_gives_nothing() -> None:
    for content in (b"", b"- a", b"a: [", b"\xff\xfe"):
        assert excerpt(content, {"a"}) == b""


TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF) | st.sampled_from("\n#: -"), max_size=20)
ENTRIES = st.dictionaries(
    st.from_regex(r"[a-z]{1,3}", fullmatch=True), st.lists(TEXTS, max_size=2), min_size=1, max_size=4
)


@settings(max_examples=40)
@given(ENTRIES, st.booleans(), st.integers(1, 6), st.data())
def test_an_excerpt_says_what_the_file_said(entries, flow: bool, indent: int, data) -> None:
    wanted = data.draw(st.sets(st.sampled_from(sorted(entries)), min_size=1))
    options: dict[str, Any] = {"default_flow_style": flow, "indent": indent, "allow_unicode": True, "sort_keys": False}
    experts = yaml.safe_dump({key: {"also": value} for key, value in entries.items()}, **options).encode()
    said = yaml.safe_load(experts)
    assert yaml.safe_load(excerpt(experts, wanted)) == {key: said[key] for key in wanted}
    sources = yaml.safe_dump({"references": [{"id": key, "note": value} for key, value in entries.items()]}, **options)
    said = {one["id"]: one for one in yaml.safe_load(sources)["references"]}
    found = yaml.safe_load(excerpt(sources.encode(), wanted))["references"]
    assert found == [said[key] for key in sorted(wanted)]
