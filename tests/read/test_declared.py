"""Every construct of Markdown is rendered or reported in every field that holds words: the fields come from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from generator.model import HouseStyle
from generator.model.fields import shape_of
from generator.model.kinds import ByLanguage, Either, Form, Kind, ListOf, MappingOf, RecordOf, Single
from generator.problems import Location, Problem
from generator.read.file_readers import FILES, read_brief, read_experts, read_house, read_shared_facts, read_sources
from generator.read.yaml_text import parse_bytes

Path = tuple[str | int, ...]

CONSTRUCTS = {
    # CommonMark
    "*soft*": "rendered", "_soft_": "rendered", "**loud**": "rendered", "__loud__": "rendered", "`code`": "rendered",
    "[see](https://example.org)": "rendered", "<https://example.org> here": "rendered",
    "![see](a.png)": "image-in-prose", "[see][there]": "foreign-markup", "# Heading": "heading-in-prose",
    "<b>loud</b>": "html-in-prose", "H<sub>2</sub>O": "html-in-prose", "> said": "rendered", "- one": "rendered",
    # the plugins in use, and our own marks
    "| a | b |": "rendered", "So.[^1]": "bad-footnote", "[@talk, p. 3]": "rendered", "see [#fact]": "rendered",
    '["so-called"]{.scare}': "rendered",
    # other dialects
    "~~struck~~": "foreign-markup", "==marked==": "foreign-markup", "++new++": "foreign-markup", "$$x$$": "foreign-markup",
    "[x] done": "foreign-markup", "So.^[By half.]": "foreign-markup", "word{.class}": "foreign-markup",
    "::: note": "foreign-markup", "*[AI]: artificial": "foreign-markup",
}  # fmt: skip
"""Each construct, and what becomes of it in prose: rendered, or a problem."""


KINDS = {
    Form.LINE: "line",
    Form.STANCE: "line",
    Form.QUOTED: "quoted",
    Form.MARKDOWN: "markdown",
    Form.PARAGRAPH: "paragraph",
}
BLOCKS = (
    "> said",
    "- one",
    "1. one",
    "One.\n\nTwo.",
    "One.\n\n- two",
    "| a | b |\n| --- | --- |\n| c | d |",
    "One.\n\n---",
)


def fields_of(kind: Kind[Any, Any], at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Path and form of every declared field that holds words; lists and mappings have one entry."""
    if isinstance(kind, Single) and kind.form in KINDS:
        yield at, KINDS[kind.form]
    elif isinstance(kind, ListOf):
        yield from fields_of(kind.item, (*at, 0))
    elif isinstance(kind, MappingOf):
        yield from fields_of(kind.value, (*at, "Model" if "heads" in at else "ann"))
    elif isinstance(kind, ByLanguage):
        yield from fields_of(kind.text, at)
        yield from fields_of(kind.text, (*at, "en"))
    elif isinstance(kind, Either):
        yield from fields_of(kind.marked, at)
        yield from fields_of(kind.other, at)
    elif isinstance(kind, RecordOf):
        for key, field in shape_of(kind).fields.items():
            yield from fields_of(field.kind, (*at, key))


FIELDS = sorted(
    {(file, path, form) for file in ("brief", "experts", "facts", "house") for path, form in fields_of(FILES[file])},
    key=str,
)


GAP = {("ann", "searched"), ("ann", "until"), ("ann", "note")}
"""Fields of a gap."""


def document(path: Path, value: str) -> str:
    """A file that holds the value at the path; a gap's own fields stand in a gap."""
    whole: Any = value
    for step in reversed(path):
        whole = [whole] if step == 0 else {step: whole}
        if step == path[-1] and path[-2:] in GAP:
            whole["gap"] = "no-position-found"
    return yaml.safe_dump(whole, allow_unicode=True)


def read(shape: str, path: Path, value: str) -> tuple[Any, tuple[Problem, ...]]:
    file = parse_bytes(document(path, value).encode(), "briefs/a.yaml")[0]
    if shape == "brief":
        return read_brief("a", file, HouseStyle("Desk", Location("briefs/house.yaml")))
    if shape == "facts":
        return read_shared_facts(file, "en-GB")
    return read_experts(file) if shape == "experts" else read_house(file)


def test_the_declarations_name_many_fields_of_each_kind() -> None:
    kinds = [kind for _, _, kind in FIELDS]
    assert kinds.count("line") > 50
    assert kinds.count("markdown") > 20
    assert kinds.count("quoted") > 8
    assert kinds.count("paragraph") > 3


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_in_lines_every_construct_is_reported(construct: str) -> None:
    for shape, path, kind in FIELDS:
        if kind == "line":
            codes = [problem.code for problem in read(shape, path, f"{construct}")[1]]
            assert "markup-in-line" in codes, (shape, path)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_in_prose_every_construct_is_rendered_or_reported(construct: str) -> None:
    for shape, path, kind in FIELDS:
        if kind == "markdown" or (kind == "paragraph" and construct not in BLOCKS):
            codes = {problem.code for problem in read(shape, path, construct)[1]} - {"missing-field", "missing-stance"}
            assert codes == ({CONSTRUCTS[construct]} - {"rendered"}), (shape, path)


@pytest.mark.parametrize("blocks", BLOCKS)
def test_what_is_printed_as_one_paragraph_has_no_other_block(blocks: str) -> None:
    for shape, path, kind in FIELDS:
        if kind in ("markdown", "paragraph"):
            problems = [problem for problem in read(shape, path, blocks)[1] if problem.code == "block-in-paragraph"]
            assert len(problems) == (kind == "paragraph"), (shape, path)


@pytest.mark.parametrize("kind", ["line", "quoted"])
def test_raised_and_lowered_digits_are_plain_text_in_every_field(kind: str) -> None:
    for shape, path, own in FIELDS:
        if own == kind and path[-1] != "stance":
            found, problems = read(shape, path, "CO~2~ and 10^6^")
            assert "markup-in-line" not in [problem.code for problem in problems]
            assert "CO~2~" not in _values(found), (shape, path)


def _values(found: Any) -> str:
    """What a record says; what the file has stays in `raw`."""
    from generator.model import Text

    if isinstance(found, Text):
        return found.value
    if isinstance(found, str):
        return found
    if isinstance(found, dict):
        return " ".join(map(_values, found.values()))
    if isinstance(found, tuple):
        return " ".join(map(_values, found))
    names = getattr(type(found), "__dataclass_fields__", {})
    return " ".join(_values(getattr(found, name)) for name in names)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("AT&amp;T \\*so\\* 5 \\~ 6", "AT&T *so* 5 ~ 6"),
        ("snake_case, C++ and D++, $5, a == b, 10:30", "snake_case, C++ and D++, $5, a == b, 10:30"),
        ("> 5 people [and more] @home", "> 5 people [and more] @home"),
        ("1. First of 2 * 3 * 4", "1. First of 2 * 3 * 4"),
        ("https://example.org/_a_/*b*", "https://example.org/_a_/*b*"),
    ],
)
def test_what_is_no_markup_stays_as_it_is(title: str, expected: str) -> None:
    found, problems = read("brief", ("title",), title)
    assert found.title.value == expected
    assert "markup-in-line" not in [problem.code for problem in problems]


@pytest.mark.parametrize("unit", ["m s^-1^", "x^n^", "H~x~"])
def test_raised_letters_are_reported_since_plain_text_has_digits_only(unit: str) -> None:
    _, problems = read("brief", ("facts", 0, "figures", 0, "unit"), unit)
    assert "markup-in-line" in [problem.code for problem in problems]


def test_the_mark_is_underlined() -> None:
    file = parse_bytes(b"title: Do they *really* work?\n", "briefs/a.yaml")[0]
    problem = next(
        one
        for one in read_brief("a", file, HouseStyle("Desk", Location("briefs/house.yaml")))[1]
        if one.code == "markup-in-line"
    )
    assert (problem.place.line, problem.place.column, problem.place.length) == (1, 16, 1)


def test_sources_have_words_for_places_that_hold_no_markup() -> None:
    text = """
references:
  - id: a
    type: report
    title: "The *New* CO~2~ <i>Rules</i>"
    title-short: H<sub>2</sub> *so*
    authority: CO~2~ Office
    event-place: ~~Rome~~
    author: [{literal: CO~2~ Coalition}]
"""
    sources, problems = read_sources(parse_bytes(text.encode(), "briefs/sources.yaml")[0])
    source = sources["a"]
    assert (source.title, source.short) == ("The New CO₂ Rules", "H₂ so")
    assert source.csl["title"] == "The *New* CO~2~ <i>Rules</i>"
    assert (source.csl["authority"], source.csl["author"][0]["literal"]) == ("CO₂ Office", "CO₂ Coalition")
    assert [(one.code, one.severity.value, one.place.line) for one in problems] == [("markup-in-line", "warning", 8)]


@pytest.mark.parametrize(
    ("quote", "more", "reported"),
    [
        ("It ~~never~~ worked.", "translated_by: Ann", True),
        ("It *never* worked.", "translated_by: Ann", True),
        ("It *never* worked.", "translated_by: Ann, emphasis_added: true", False),
        ("It [never] worked […] at all.", "translated_by: Ann", False),
        ("It ~~never~~ worked.", "venue: a talk", False),
    ],
)
def test_a_translation_which_no_source_has_word_for_word_holds_no_marks(quote: str, more: str, reported: bool) -> None:
    text = f"voices: [{{id: a, who: ann, cite: '@talk', quote: '{quote}', {more}}}]\n"
    file = parse_bytes(text.encode(), "briefs/a.yaml")[0]
    _, problems = read_brief("a", file, HouseStyle("Desk", Location("briefs/house.yaml")))
    assert ("markup-in-line" in [problem.code for problem in problems]) is reported
