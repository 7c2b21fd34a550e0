"""Characters that cannot be seen, in everything that authors write."""

from __future__ import annotations

import pytest

from generator.read.yaml_text import parse_bytes
from generator.syntax.characters import invisible
from tests.support import brief

REFUSED = {
    "override": "a\u202eb", "isolates": "a\u2066b\u2069", "mark": "a\u200fb", "arabic letter mark": "a\u061cb",
    "zero-width space": "a\u200bb", "soft hyphen": "so\u00adft", "joiner in Latin": "a\u200db", "byte order mark": "a\ufeffb",
    "non-joiner at the end of a word": "می\u200c رود", "selector without emoji": "x\ufe0f", "digit alone": "5\ufe0f",
    "Hangul filler": "\u3164", "line separator": "a\u2028b", "bell": "a\x07b", "tags": "a\U000e0041",
    "unfinished flag": "🏴\U000e0067\U000e0062", "joiner after an emoji": "👍\u200d.", "word joiner": "a\u2060b",
    "annotation": "a\ufff9b", "grapheme joiner": "a\u034fb", "Khmer vowel": "ក\u17b4", "deprecated": "a\u206ab",
    "noncharacters": "a\uffffb", "noncharacter of another plane": "a\U0001fffe",
}  # fmt: skip
ALLOWED = {
    "Persian": "می\u200cرود", "Hindi": "क्\u200dष", "Sinhala": "ශ්\u200dරී", "family": "👩\u200d👩\u200d👧", "heart": "❤\ufe0f",
    "keycap": "1\ufe0f\u20e3", "flag": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "skin": "👩🏽\u200d🚀", "ideograph": "葛\U000e0100城", "accents": "Müller e\u0301", "lines": "a\tb\r\nc",
    "Arabic number sign": "\u0601١٢",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_seen_is_found(text: str) -> None:
    assert list(invisible(text))


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED)
def test_what_a_script_needs_is_allowed(text: str) -> None:
    assert not list(invisible(text))


PLACES = [
    ("title: a\u202eb\n", (1, 9)),
    ("title: a\n# a comment\u2066\n", (2, 12)),
    ("ti\u200btle: a\n", (1, 3)),
    ('title: "a\\u202Eb"\n', (1, 8)),
    ('"ti\\u200btle": a\n', (1, 1)),
    ('title: &name "a\\u202Eb"\n', (1, 8)),
    ('title: !!str "a\\u202Eb"\n', (1, 8)),
    ('title: !!str\n  "a\\u202Eb"\n', (1, 8)),
    ('&name "ti\\u200btle": a\n', (1, 1)),
    ("title: >\n  one\n  t\u00adwo\n", (3, 4)),
    ("title: a&#x202E;b &#x202E;\n", (1, 9)),
    ("title: >\n  one\n  t&shy;wo &rlm;\n", (3, 4)),
    ("title: [a, 'm&amp;m &#8294;b']\n", (1, 21)),
    ("ti&#x200B;tle: a\n", (1, 3)),
    ('title: "a\\x26rlm;"\n', (1, 8)),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
@pytest.mark.parametrize(
    "file", ["briefs/sample.yaml", "briefs/house.yaml", "briefs/experts.yaml", "briefs/sources.yaml"]
)
def test_it_is_reported_once_with_its_place_and_name(text: str, place: tuple[int, int], file: str) -> None:
    (problem,) = (one for one in parse_bytes(text.encode(), file)[1] if one.code == "invisible-character")
    assert (problem.place.file, problem.place.line, problem.place.column) == (file, *place)
    assert "(U+" in problem.message
    assert problem.is_error


REFERENCES = [
    "R&amp;D &lt;&gt; &nbsp;",
    "می&zwnj;رود",
    "so &amp;#x202E; is written",
    "it &rlm is no reference",
    "AT&T; &#9;",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_references_to_other_characters_are_allowed(text: str) -> None:
    assert parse_bytes(f"title: {text}\n".encode(), "briefs/sample.yaml")[1] == ()


def test_a_hostile_file_does_not_flood() -> None:
    problems = parse_bytes(("title: " + "\u202e" * 100_000).encode(), "briefs/sample.yaml")[1]
    assert len(problems) == 200


def test_a_record_may_ask_for_a_direction() -> None:
    voices = 'title: T\nvoices: [{id: v, who: ann, quote: "שלום", cite: "@talk", direction: rtl}]\n'
    assert brief(voices).voices[0].statement.direction == "rtl"
