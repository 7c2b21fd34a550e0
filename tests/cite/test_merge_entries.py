from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.cite.csl_yaml import entry_text
from generator.cite.merge_entries import NotMergeable, merge

THERE = textwrap.dedent(
    """\
    # our sources
    references:
      - id: story   # checked by hand
        type: article-newspaper
        title: 'A  story'
        author: [{family: Example, given: Anna}]
        issued: 2031-03-05
        provenance: report
        # the second edition has another title

      - id: report
        type: report
        title: |
          A report
          in lines
        volume: 2
        issued: {date-parts: [[2030, 11]]}

    # kept for later
    other: 1
    """
)


def entry(key: str = "new", **fields: Any) -> dict[str, Any]:
    return {"id": key, "type": "report", "title": "New", **{name.replace("_", "-"): v for name, v in fields.items()}}


def test_new_entries_are_appended_and_nothing_else_changes() -> None:
    result = merge(THERE, [entry(issued="2031")])
    new = '\n  - id: new\n    type: report\n    title: New\n    issued: "2031"\n'
    assert result.text == THERE.replace("\n\n# kept", f"\n{new}\n# kept")
    assert result.added == ("new",)


def test_an_entry_that_says_the_same_is_left_alone() -> None:
    story = entry("story", type="article-newspaper", title="A story", author=[{"given": "Anna", "family": "Example"}])
    report = {"id": "report", "type": "report", "title": "A report in lines", "volume": "2", "issued": "2030-11"}
    result = merge(THERE, [{**story, "issued": "2031-03-05"}, report])
    assert result.text == THERE
    assert result.unchanged == ("story", "report")
    assert not result.differences


def test_differences_are_told_field_by_field_and_the_old_is_kept() -> None:
    result = merge(THERE, [entry("report", title="Another", volume="2", URL="https://example.org/r")])
    assert result.text == THERE
    told = [(one.field, one.there, one.incoming, one.line) for one in result.differences]
    assert told == [("title", "A report in lines", "Another", 13), ("URL", "", "https://example.org/r", 11)]
    problems = [one.problem("briefs/sources.yaml") for one in result.differences]
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("source-differs", 13),
        ("source-differs", 11),
    ]
    assert problems[0].message == "'title' of 'report' is “A report in lines” here and “Another” in the import"
    assert "--update report" in problems[0].hint


def test_update_changes_the_fields_that_differ_and_keeps_the_rest() -> None:
    incoming = entry("report", title="Another: title", volume="2", URL="https://example.org/r", page="1-3")
    result = merge(THERE, [incoming], update=["report"])
    expected = THERE.replace("title: |\n      A report\n      in lines", 'title: "Another: title"').replace(
        "{date-parts: [[2030, 11]]}", '{date-parts: [[2030, 11]]}\n    URL: https://example.org/r\n    page: "1-3"'
    )
    assert result.text == expected
    assert result.updated == ("report",)
    assert not merge(result.text, [incoming]).differences


def test_update_of_names_in_a_list() -> None:
    incoming = entry("story", type="article-newspaper", title="A story", author=[{"literal": "Example Institute"}])
    result = merge(THERE, [incoming], update=["story"])
    assert "\n    author:\n      - literal: Example Institute\n    issued: 2031-03-05\n" in result.text
    assert "# the second edition" in result.text


def test_our_own_fields_are_no_difference() -> None:
    assert not merge(THERE, [{"id": "story", "provenance": "primary"}]).differences


@pytest.mark.parametrize(
    ("there", "before"),
    [
        ("", "references:\n"),
        ("# only a comment\n", "# only a comment\nreferences:\n"),
        ("references:\n", "references:\n"),
        ("references: # none yet\n", "references: # none yet\n"),
        ("references: []\n# later\n", "references:\n# later\n"),
        ("note: x", "note: x\nreferences:\n"),
    ],
)
def test_files_without_entries(there: str, before: str) -> None:
    assert merge(there, [entry()]).text == before + "  - id: new\n    type: report\n    title: New\n"


def test_the_files_own_form_is_followed() -> None:
    tight = "references:\n- id: a\n- id: b"
    assert merge(tight, [entry()]).text == tight + "\n- id: new\n  type: report\n  title: New\n"
    windows = "references:\r\n- id: a\r\n"
    assert merge(windows, [entry()]).text == windows + "\r\n- id: new\r\n  type: report\r\n  title: New\r\n"


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ("references: [{id: a}]\n", 1),
        ("x: 1\nreferences: a\n", 2),
        ("- id: a\n", 1),
        ("references:\n  - id: 'a\n", 3),
        ("references: []\nx: 1\n", 1),
        ("references:\n- id: a\n...\n", 5),
    ],
)
def test_files_that_cannot_be_appended_to(there: str, line: int) -> None:
    with pytest.raises(NotMergeable) as raised:
        merge(there, [entry()])
    assert raised.value.line == line


def test_an_entry_in_braces_is_not_updated() -> None:
    with pytest.raises(NotMergeable, match="braces"):
        merge("references:\n- {id: new, type: report}\n", [entry()], update=["new"])


# ---------------------------------------------------------------- what is written


@pytest.mark.parametrize(
    "text", ["no", "On", "~", "1e3", "12:30", "010", "0x1F", "1_000", "2031-03-05", ".5", "=", "3"]
)
def test_text_that_yaml_programs_misread_is_quoted(text: str) -> None:
    assert f'title: "{text}"\n' in entry_text({"id": "a", "title": text})


def test_keys_have_one_order() -> None:
    fields = {"note": "n", "URL": "u", "title": "t", "abstract": "a", "type": "book", "id": "k"}
    written = entry_text(fields)
    assert written == entry_text(dict(sorted(fields.items())))
    assert [line.split(":")[0].strip(" -") for line in written.splitlines()] == [
        "id", "type", "title", "URL", "abstract", "note",
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(["title", "note", "publisher"]), st.text(), min_size=1))
def test_any_text_survives(fields: dict[str, str]) -> None:
    words = {name: " ".join(text.split()) for name, text in fields.items()}
    read = yaml.safe_load(entry_text({"id": "a", **fields}))
    assert read == [{"id": "a", **words}]


@given(st.lists(st.text("abc", min_size=1, max_size=130), min_size=1, max_size=60), st.integers(0, 12))
def test_long_text_goes_on_below_as_full_as_can_be(words: list[str], indent: int) -> None:
    words = ["Words", *words]  # no truth value or number, which would be quoted
    written = entry_text({"title": " ".join(words)}, indent)
    first, *lines = written.removeprefix(" " * indent + "- title: ").rstrip("\n").split("\n")
    assert yaml.safe_load(written) == [{"title": " ".join(words)}]
    assert [line[: indent + 4] for line in lines] == [" " * (indent + 4)] * len(lines)
    texts = [first, *(line.strip() for line in lines)]
    room = 100 - indent - 4
    assert all(len(text) <= room or " " not in text for text in texts)
    assert all(len(f"{one} {two.split()[0]}") > room for one, two in pairwise(texts))


@given(st.lists(st.sampled_from(["a", "b", "story", "report"]), unique=True), st.text())
def test_a_second_merge_changes_nothing(keys: list[str], title: str) -> None:
    incoming = [entry(key, title=title or "x") for key in keys]
    once = merge(THERE, incoming, update=keys)
    again = merge(once.text, incoming)
    assert again.text == once.text
    assert not again.differences
    for line in THERE.splitlines():
        if line.lstrip().startswith("#"):
            assert line in once.text.splitlines()


def test_a_date_is_shown_as_a_date_in_a_difference() -> None:
    there = "references:\n- {id: new, type: report, issued: {date-parts: [[2031, 3, 5]], circa: true}}\n"
    (difference,) = merge(there, [{"id": "new", "type": "report", "issued": "2032"}]).differences
    assert (difference.there, difference.incoming) == ("2031-3-5, circa true", "2032")
