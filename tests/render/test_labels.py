"""The page's own words: which file serves which language, and that translations are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from generator.render.labels import load_labels
from generator.render.presets import template_roots

ROOTS = template_roots()
FILES = sorted((ROOTS[-1] / "labels").glob("*.yaml"))


def read(path: Path) -> dict[str, str]:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_translation_has_every_word_with_the_same_places(path):
    english, other = read(ROOTS[-1] / "labels" / "en.yaml"), read(path)
    assert set(english) <= set(other)
    for name, text in english.items():
        assert set(re.findall(r"\{\w+\}", other[name])) == set(re.findall(r"\{\w+\}", text)), name
    assert all(name.startswith("locator_") for name in set(other) - set(english))


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
    assert (
        labels.count("coverage", 1, cells=4, kinds="quotation (1)") == "1 of 4 cells holds a position: quotation (1)."
    )
    assert labels.count("coverage", 3, cells=4, kinds="x") == "3 of 4 cells hold a position: x."
    assert [labels.join(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
