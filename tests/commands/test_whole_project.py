"""Problems that show only when all of a project is looked at, or where its page is set: through the command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from generator.languages import own_labels
from tests.commands.run import brief


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert brief("init", "desk", cwd=tmp_path).code == 0
    return tmp_path / "desk"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_two_briefs_with_one_number_are_a_problem(desk: Path) -> None:
    file = desk / "briefs/example.yaml"
    if "number:" not in file.read_text("utf-8"):
        edit(file, "title:", "number: 2026-01\ntitle:")
    assert brief("check", cwd=desk).code == 0
    shutil.copy(file, desk / "briefs/second.yaml")
    ran = brief("check", cwd=desk)
    assert ran.code == 1
    assert "briefs/second.yaml" in ran.out
    assert "error[number-twice]: briefs/example.yaml also has the number" in ran.out


def test_a_language_without_words_for_the_page_is_a_problem_until_it_has_them(desk: Path) -> None:
    file = desk / "briefs/example.yaml"
    file.write_text("language: eo\n" + file.read_text("utf-8"), "utf-8")
    ran = brief("check", cwd=desk)
    assert "[labels-missing]: the labels of the page would be printed in English, not in 'eo'" in ran.out
    labels = desk / "templates/labels/eo.yaml"
    labels.parent.mkdir(parents=True)
    labels.write_text(yaml.safe_dump(dict(own_labels("en")), allow_unicode=True), "utf-8")
    assert "labels-missing" not in brief("check", cwd=desk).out
    edit(labels, "summary: Summary\n", "")
    assert "not in 'eo': summary" in brief("check", cwd=desk).out


def test_the_site_needs_its_words_in_the_language_of_the_house_style(desk: Path) -> None:
    file, house = desk / "briefs/example.yaml", desk / "briefs/house.yaml"
    file.write_text("language: de\n" + file.read_text("utf-8"), "utf-8")
    labels = desk / "templates/labels/eo.yaml"
    labels.parent.mkdir(parents=True)
    words = {name: words for name, words in own_labels("en").items() if name != "site_topics"}
    labels.write_text(yaml.safe_dump(words, allow_unicode=True), "utf-8")
    house.write_text("name: Desk\nlanguage: eo\n", "utf-8")
    ran = brief("check", cwd=desk)
    assert "briefs/house.yaml:2:11" in ran.out
    assert "[labels-missing]: the labels of the site would be printed in English, not in 'eo': site_topics" in ran.out
    labels.write_text(f"{labels.read_text('utf-8')}site_topics: Temoj\n", "utf-8")
    assert "labels-missing" not in brief("check", cwd=desk).out
    edit(labels, "site_topics: Temoj\n", "")
    file.write_text(file.read_text("utf-8").replace("language: de\n", "language: eo\n"), "utf-8")
    assert "the labels of the page" not in brief("check", cwd=desk).out


@pytest.mark.parametrize("language", ["en-US", "de-AT", "fr"])
def test_the_languages_that_the_program_has_are_whole(desk: Path, language: str) -> None:
    file = desk / "briefs/example.yaml"
    file.write_text(f"language: {language}\n" + file.read_text("utf-8"), "utf-8")
    assert "labels-missing" not in brief("check", cwd=desk).out
