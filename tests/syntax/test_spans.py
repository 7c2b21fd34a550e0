"""Offsets in strings lead to the characters that the author typed, however YAML writes the string."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Text
from generator.problems import Location
from generator.syntax.spans import place_at


def text_of(document: str) -> Text:
    """The value of the first key of a YAML document, with its raw slice."""
    node = yaml.compose(document, Loader=yaml.SafeLoader).value[0][1]
    place = Location("a.yaml", node.start_mark.line + 1, node.start_mark.column + 1)
    return Text(node.value, place, document[node.start_mark.index : node.end_mark.index])


DOCUMENTS = {
    "plain": "a: one @key two\n",
    "plain over lines": "a: one\n   two\n   @key three\n",
    "single quoted": "a: 'it''s @key'\n",
    "double quoted": 'a: "\\"x\\" \\u2014 \\x41\\t@key"\n',
    "double quoted over lines": 'a: "one\n   \\\n   two @key"\n',
    "literal block": "a: |\n  one\n\n  two @key\n",
    "folded block with indentation indicator": "a: >2-   # why\n  one\n    two\n  @key\n",
    "anchor and tag": "a: &x !!str one @key\n",
    "indented and after wide characters": "a: “über” 🙂 @key\n",
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_the_place_of_a_word_is_where_the_file_has_it(document: str) -> None:
    text = text_of(document)
    place = place_at(text, text.value.index("@key"), 4)
    line = document.splitlines()[place.line - 1]
    assert line[place.column - 1 : place.column - 1 + place.length] == "@key"


def test_an_escape_is_underlined_as_it_is_written() -> None:
    text = text_of('a: "x\\u2014y"\n')
    assert place_at(text, 2) == Location("a.yaml", 1, 12, 1)
    assert place_at(text, 1) == Location("a.yaml", 1, 6, 1)


def test_the_caret_stays_on_the_first_line() -> None:
    text = text_of("a: >\n  one two\n  three\n")
    assert place_at(text, 4, 9) == Location("a.yaml", 2, 7, 3)


def test_a_raw_slice_that_is_not_of_the_value_gives_the_place_of_the_text() -> None:
    place = Location("a.yaml", 4, 7, 3)
    assert place_at(Text("something else", place, "raw"), 5) == place
    assert place_at(Text("something else", place), 5) == place


def test_a_plain_value_that_begins_like_a_quoted_one_is_found_as_well() -> None:
    value = '"one" said @key'
    assert place_at(Text(value, Location("a", 1, 1), value), value.index("@")).column == 12


@given(st.text(), st.text(), st.integers(-5, 50), st.integers(-5, 50))
def test_no_text_and_no_offset_raises(value: str, raw: str, offset: int, length: int) -> None:
    for written in (raw, '"' + raw, "'" + raw, ">" + raw, value):
        place = place_at(Text(value, Location("a"), written), offset, length)
        assert place.line >= 1
        assert place.column >= 1
        assert place.length >= 1


@given(st.text(st.sampled_from("abc é🙂'\"\\\n\t—@;:#"), max_size=40), st.sampled_from(["'", '"', "|", ">", None]))
def test_every_character_that_yaml_writes_is_found(value: str, style: str | None) -> None:
    document = yaml.dump({"a": value}, default_style=style, allow_unicode=True, width=20)
    text = text_of(document[document.index('"a"') if document.startswith('"a"') else 0 :])
    lines = document.split("\n")
    for offset, char in enumerate(text.value):
        if char.isalnum():
            place = place_at(text, offset)
            assert lines[place.line - 1][place.column - 1] == char
