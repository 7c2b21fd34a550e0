"""The page's own words: which file serves which language, and that translations are whole."""

from __future__ import annotations

import re

import pytest
from babel.lists import format_list

from generator.languages import all_languages, own_labels
from generator.languages.locales import locale_of
from generator.render.labels import SEPARATORS, LabelFault, Labels, load_labels
from generator.render.preset import load_preset
from generator.render.template_folders import template_roots

ROOTS = template_roots()
_PLACES = re.compile(r"\{\w+\}")
TRANSLATED = [one.tag for one in all_languages() if one.labels is not None]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_translation_has_every_word_with_the_same_places(tag):
    english, other = own_labels("en"), own_labels(tag)
    one_alone = [n for n in range(200) if locale_of(tag).plural_form(n) == "one"] == [1]
    assert set(english) <= set(other)
    for name, text in english.items():
        spared = {"{n}"} if name.endswith("_one") and one_alone else set()
        assert set(_PLACES.findall(other[name])) | spared == set(_PLACES.findall(text)) | spared, name
    further = {name for name in set(other) - set(english) if not name.startswith("locator_")}
    assert {re.sub(r"_(few|many|two)$", "_other", name) for name in further} <= {*english, *SEPARATORS}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_list_has_the_separator_of_its_language(tag):
    """As in CLDR, but for Arabic, where CLDR has the word for "and", which items have too."""
    written = format_list(["(", ")", "[", "]"], locale=locale_of(tag))
    listed = "، " if tag == "ar" else written[written.index(")") + 1 : written.index("[")]
    assert load_labels(ROOTS, tag).list_comma == listed


def test_french_labels_have_a_narrow_space_before_double_marks_but_none_before_a_semicolon_in_canada():
    own = load_labels(ROOTS, "fr").words
    assert not {name: text for name, text in own.items() if re.search(r"[^\u202f/\w][:;?!]|[\w}][:;?!](\s|$)", text)}
    canadian = load_labels(ROOTS, "fr-CA").words
    assert canadian == {name: text.replace("\u202f;", ";") for name, text in own.items()}


def test_a_region_borrows_from_its_language_and_unknown_languages_from_english():
    assert load_labels(ROOTS, "de-AT")("page") == "Seite"
    assert load_labels(ROOTS, "en-US")("page") == "Page"
    assert load_labels(ROOTS, "zz")("page") == "Page"


def test_a_project_may_change_a_single_word(tmp_path):
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.yaml").write_text("voices: Others on record\n")
    labels = load_labels((tmp_path, *ROOTS), "en-GB")
    assert labels("voices") == "Others on record"
    assert labels("positions") == "The positions"


def test_numbers_take_their_form_and_lists_their_last_word():
    labels = load_labels(ROOTS, "en")
    assert labels.count("coverage", 1, cells=4, kinds="quotation (1)") == "1 of 4 cells has a position: quotation (1)."
    assert labels.count("coverage", 3, cells=4, kinds="x") == "3 of 4 cells have a position: x."
    polish = load_labels(ROOTS, "pl")
    assert [polish.count("line_experts", n) for n in (1, 3, 5, 22)] == [
        "1 ekspert",
        "3 eksperci",
        "5 ekspertów",
        "22 eksperci",
    ]
    arabic = load_labels(ROOTS, "ar")
    assert [arabic.count("site_n_experts", n) for n in (1, 2, 3, 11, 100)] == [
        "خبير واحد",
        "خبيران",
        "3 خبراء",
        "11 خبيرًا",
        "100 خبير",
    ]
    assert load_labels(ROOTS, "ja").join(["a", "b", "c"]) == "a、bとc"
    assert [labels.join(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "{n.__class__}",
        "{n[0]}",
        "{n!r}",
        "{n:>9}",
        "{n:{n}}",
        "{}",
        "{0}",
        "{ n }",
        "{N}",
        "{{n}}",
        "{n",
        "{__class__}",
    ],
)
def test_nothing_but_a_plain_name_is_filled(written):
    labels = Labels("en", {"one": f"a {written} b"})
    filled = labels("one", n="{n.__class__}") if "{n}" in written else labels("one")
    assert filled == f"a {written.replace('{n}', '{n.__class__}')} b"


def test_a_label_without_the_words_for_its_places_is_a_fault_and_so_is_one_that_is_not_there():
    labels = load_labels(ROOTS, "en")
    with pytest.raises(LabelFault, match="needs n"):
        labels("question_n")
    with pytest.raises(LabelFault, match="no label 'nothing'"):
        labels("nothing")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('page: P\nquestion_n: "Question {number}"\n', "label-places", 2, 13),
        ("question_n: Question\n", "label-places", 1, 13),
        ('page: "{page.__class__}"\n', "label-places", 1, 7),
        ("voices: [Others]\n", "labels-unreadable", 1, 9),
        ("- voices\n", "labels-unreadable", 1, 1),
        ('voices: "a\n', "labels-unreadable", 2, 1),
        (b"voices: \xff\n", "labels-unreadable", 1, 1),
    ],
)
def test_what_is_wrong_with_a_projects_labels_is_told_at_its_place(tmp_path, text, code, line, column):
    file = tmp_path / "templates" / "labels" / "en.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = load_preset("briefing", tmp_path)
    assert found is None
    assert {(one.code, one.place.file, one.place.line, one.place.column) for one in problems} == {
        (code, "templates/labels/en.yaml", line, column)
    }


def test_labels_of_ones_own_may_leave_out_the_number_one_and_have_new_names(tmp_path):
    file = tmp_path / "templates" / "labels" / "en.yaml"
    file.parent.mkdir(parents=True)
    file.write_text('coverage_one: "One of {cells} cells: {kinds}."\nhouse_line: "Our {thing}"\n')
    assert load_preset("briefing", tmp_path)[1] == ()
