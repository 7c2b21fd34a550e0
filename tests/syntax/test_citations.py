"""Citations are read as pandoc defines them, and what cannot be read is shown at its character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Citation, CitationGroup, Locator, Text
from generator.problems import Location
from generator.syntax.citations import read_cite


def text(value: str) -> Text:
    return Text(value, Location("a.yaml", 1, 1), value)


def read(value: str) -> tuple[Citation, ...]:
    group, problems = read_cite(text(value))
    assert problems == ()
    assert group is not None
    return group.citations


def findings(value: str) -> list[tuple[str, str]]:
    """Code and underlined words of each problem."""
    _, problems = read_cite(text(value))
    return [(p.code, value[p.place.column - 1 : p.place.column - 1 + p.place.length]) for p in problems]


def test_keys_locators_prefixes_and_suffixes() -> None:
    first, second, third = read("@rise-2025, para. 5; see also @other, pp. 3-4, emphasis mine; -@x")
    assert first == Citation("rise-2025", Locator("paragraph", "5"))
    assert second == Citation("other", Locator("page", "3-4"), "see also", ", emphasis mine", offset=30)
    assert third == Citation("x", suppress_author=True, offset=63)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("@a", "a"),
        ("@2025_a:b.c#d$e%f&g-h+i?j<k>l~m/n", "2025_a:b.c#d$e%f&g-h+i?j<k>l~m/n"),
        ("@_private", "_private"),
        ("@https://x.org/a", "https://x.org/a"),
        ("@Müller2020.", "Müller2020"),
        ("@{weird key}", "weird key"),
        ("@{10.1000/182;x}, p. 3", "10.1000/182;x"),
        ("[@a, p. 3]", "a"),
        ("  [see @a]  ", "a"),
        ("write to x@y.org, @a", "a"),
    ],
)
def test_keys(written: str, key: str) -> None:
    assert [citation.key for citation in read(written)] == [key]


def test_the_citation_group_where_its_words_are() -> None:
    group, _ = read_cite(Text("@a, p. 3", Location("a.yaml", 5, 9), '"@a, p. 3"'))
    assert group is not None
    assert group.place == Location("a.yaml", 5, 10, 8)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("rise-2025, p. 3", [("bad-citation", "rise-2025, p. 3")]),
        ("@a; ; @b", [("bad-citation", ";")]),
        ("@a;", [("bad-citation", ";")]),
        ("@a @b", [("bad-citation", "@b")]),
        ("@ a", [("bad-citation", "@ a")]),
        ("mail@example.org", [("bad-citation", "mail@example.org")]),
        ("@a, pg. 4", [("unknown-locator", "pg.")]),
        ("@b; @a par. 3", [("unknown-locator", "par.")]),
        ("@a, p.", [("bad-citation", "p.")]),
    ],
)
def test_what_cannot_be_read_is_underlined(written: str, expected: list[tuple[str, str]]) -> None:
    assert findings(written) == expected


def test_hints_say_what_to_write() -> None:
    assert read_cite(text("rise-2025"))[1][0].hint == "write @rise-2025"
    assert "“p.”" in read_cite(text("@a, pg. 3"))[1][0].hint


def test_an_empty_field_is_no_problem_of_syntax() -> None:
    assert read_cite(text("  ")) == (None, ())


KEYS = st.from_regex(r"[A-Za-z0-9_]([a-z0-9]|[:.#$%&+?<>~/-](?=[a-z0-9])){0,8}", fullmatch=True).filter(str.isascii)
LOCATORS = st.sampled_from(
    [None, ("p.", "page", "3"), ("paras.", "paragraph", "4–6, 9"), ("art.", "article-locator", "5(1)")]
)
WORDS = st.sampled_from(["", "see", "see also", "compare"])
ONE = st.tuples(KEYS, LOCATORS, WORDS, st.booleans(), st.sampled_from(["", "emphasis mine", "trans. by the editor"]))


@given(st.lists(ONE, min_size=1, max_size=4))
def test_what_is_written_by_the_grammar_is_read_back(
    parts: list[tuple[str, tuple[str, str, str] | None, str, bool, str]],
) -> None:
    written = "; ".join(
        f"{prefix} {'-' if alone else ''}@{key}{f', {loc[0]} {loc[2]}' if loc else ''}{', ' + suffix if suffix else ''}".strip()
        for key, loc, prefix, alone, suffix in parts
    )
    read_back = [(c.key, c.locator, c.prefix, c.suppress_author, c.suffix) for c in read(written)]
    assert read_back == [
        (key, Locator(loc[1], loc[2]) if loc else None, prefix, alone, f", {suffix}" if suffix else "")
        for key, loc, prefix, alone, suffix in parts
    ]
    assert all(written[c.offset] == "@" for c in read(written))


@given(st.text() | st.text(st.sampled_from("@a-{}[];, p.3\\é")))
def test_no_text_crashes_and_nothing_is_dropped_in_silence(value: str) -> None:
    group, problems = read_cite(text(value))
    assert isinstance(group, CitationGroup) or problems or not value.strip()
