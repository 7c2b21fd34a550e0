"""Locators are read as lawyers, librarians and journalists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.languages import all_languages
from generator.languages import language as language_of
from generator.model import Locator
from generator.syntax.locators import forms, label_of, lone_label, misread_label, read_locator


@pytest.mark.parametrize(
    ("written", "label", "value", "rest"),
    [
        (", p. 3", "page", "3", ""),
        (", pp. 3-4, emphasis mine", "page", "3-4", ", emphasis mine"),
        (", pp. 33, 35–37, and nowhere else", "page", "33, 35–37", ", and nowhere else"),
        (" p. iv", "page", "iv", ""),
        (", 3", "page", "3", ""),
        (" 33-35, 37 and more", "page", "33-35, 37", "and more"),
        (", para 5", "paragraph", "5", ""),
        (", Abs. 5", "paragraph", "5", ""),
        (", págs. 3-4", "page", "3-4", ""),
        (", стор. 3", "page", "3", ""),
        (", rozdz. 2", "chapter", "2", ""),
        (", الفقرة 5", "paragraph", "5", ""),
        (", עמ׳ 12", "page", "12", ""),
        (", पृष्ठ 7", "page", "7", ""),
        (", paras. 4–6, 8 and 10", "paragraph", "4–6, 8 and 10", ""),
        (", ¶5", "paragraph", "5", ""),
        (", ¶¶ 5-6", "paragraph", "5-6", ""),
        (", § 12a", "section", "12a", ""),
        (", Sec. 3.2", "section", "3.2", ""),
        (", art. 5(1)(a)", "article-locator", "5(1)(a)", ""),
        (", table A1", "table", "A1", ""),
        (", app. B", "appendix", "B", ""),
        (", at 12:30", "timestamp", "12:30", ""),
        (", timestamp 00:12:30 (audio)", "timestamp", "00:12:30", "(audio)"),
        (", vol. 2, p. 3", "volume", "2", ", p. 3"),
        (", title IX", "title-locator", "IX", ""),
        (", s.v. “espionage”, rev.", "sub-verbo", "“espionage”", ", rev."),
        (", p. 3.", "page", "3", "."),
        (", {p. 3, note 4} end", "page", "3, note 4", "end"),
        (", {12a bis}", "page", "12a bis", ""),
    ],
)
def test_a_locator_and_the_rest_are_told_apart(written: str, label: str, value: str, rest: str) -> None:
    assert read_locator(written) == (Locator(label, value), rest)


@pytest.mark.parametrize(
    "written", ["", ", and passim", ", at length", ", {} par. 3", ", note that", ", pg. 4", ", p."]
)
def test_what_is_no_locator_stays_as_it_is(written: str) -> None:
    assert read_locator(written)[0] is None


@pytest.mark.parametrize(
    ("written", "word", "nearest"),
    [
        (", pg. 4", "pg.", "p."),
        (" pg. 4", "pg.", "p."),
        (", par. 3", "par.", "para."),
        (", artcle 4", "artcle", "art."),
        (", paragrph 4", "paragrph", "para."),
        (", {pg. 4}", "pg.", "p."),
        (", xyz. 4", "xyz.", ""),
    ],
)
def test_a_slip_in_a_label_is_noticed(written: str, word: str, nearest: str) -> None:
    found = misread_label(written)
    assert found is not None
    assert (found[0], found[2]) == (word, nearest)
    assert written[found[1] :].startswith(word)


@pytest.mark.parametrize(
    "written", [", in 2025", " and 3 others", ", not 3 but", ", {} par. 3", ", para. 3", ", the 3", " with 12"]
)
def test_ordinary_words_before_numbers_are_left_alone(written: str) -> None:
    assert misread_label(written) is None


@pytest.mark.parametrize("term", forms())
def test_every_term_is_read_by_the_form_that_hints_propose(term: str) -> None:
    value = "12:30" if term == "timestamp" else "7"
    assert read_locator(f", {label_of(term)} {value}") == (Locator(term, value), "")


@given(st.text(st.sampled_from("p. 3-,{};iv§¶art()&andé:")) | st.text())
def test_no_text_crashes_and_nothing_is_invented(written: str) -> None:
    locator, rest = read_locator(written)
    misread_label(written)
    assert rest in written
    assert locator is None or locator.value in written


@pytest.mark.parametrize("tag", [one.tag for one in all_languages() if one.labels and one.locators])
def test_what_a_page_prints_is_read_in_its_language(tag: str) -> None:
    locators = language_of(tag).locators
    assert locators and locators.printed
    terms = {
        label: [term for term, other in locators.printed.items() if other == label]
        for label in locators.printed.values()
    }
    for label in filter(None, terms):
        read, rest = read_locator(f", {label} 3", tag)
        assert read and (read.label in terms[label], read.value, rest) == (True, "3", ""), label


def test_labels_that_mean_something_else_elsewhere_are_read_in_one_language_only() -> None:
    assert read_locator(", S. 3–5", "de-AT")[0] == Locator("page", "3–5")
    assert lone_label("", "en") is None and read_locator(" see there", "en")[0] is None
    assert read_locator(", s. 3", "pl")[0] == Locator("page", "3")
    assert read_locator(", S. 3", "en")[0] is None
    assert read_locator(", r. 3", "it")[0] == Locator("line", "3")
    assert read_locator(", r. 3", "en")[0] == Locator("rule", "3")
