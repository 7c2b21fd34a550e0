"""What is known of a language is one file: each is read whole, a missing section is unknown, and a slip in it is named."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
import yaml

from generator.evidence.gate.vocabulary import judged, replaceable
from generator.languages import LanguageFileError, all_languages, language, own_labels
from generator.languages.language_files import known_tags, read_language
from generator.languages.locales import is_language
from generator.render.labels import load_labels
from scripts.documents.language_page import SECTIONS, page

ROOT = Path(__file__).parents[2]
FILES = {tag: resources.files("generator.languages").joinpath(f"{tag}.yaml").read_text("utf-8") for tag in known_tags()}


def test_every_file_is_read_and_has_a_name_and_a_tag_that_cldr_knows() -> None:
    for one in all_languages():
        assert one.name, one.tag
        assert is_language(one.tag), one.tag
    assert len(all_languages()) > 100


def test_no_key_is_written_twice_in_a_file() -> None:
    def check(node: yaml.Node, tag: str) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), (tag, sorted({key for key in keys if keys.count(key) > 1}))
        for child in node.value if isinstance(node.value, list) else ():
            for part in child if isinstance(child, tuple) else (child,):
                check(part, tag)

    for tag, text in FILES.items():
        check(yaml.compose(text, Loader=yaml.CBaseLoader), tag)


def test_a_section_that_a_file_lacks_is_unknown_and_an_empty_one_is_known_to_be_empty() -> None:
    bare = read_language("xx", "name: Example\nnegations: []\n")
    assert (bare.negations, bare.stand_ins, bare.labels, bare.amounts) == ((), None, None, None)
    nowhere = language("xx-QQ")
    assert nowhere.tag == "xx"
    assert {getattr(nowhere, name) for section in SECTIONS for name in section.names} == {None}


def test_where_negations_or_stand_ins_are_unknown_nothing_is_judged() -> None:
    known = {one.tag: one for one in all_languages()}
    assert {tag for tag in known if judged(tag)} == {tag for tag, one in known.items() if one.negations is not None}
    assert {tag for tag in known if replaceable(tag)} < {tag for tag in known if judged(tag)}
    assert not judged("xx")
    assert not judged("")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nam: Example", "xx.yaml: there is no key “nam” here"),
        (
            "name: Example\namounts: {scales: {million: six}}",
            "xx.yaml: amounts: scales: million: “six” is not a whole number",
        ),
        ("name: Example\namounts: {scale: {million: 6}}", "xx.yaml: amounts: there is no key “scale” here"),
        ("name: Example\nlabels: [Page]", "xx.yaml: labels: expected a mapping"),
        ("name: Example\nnegations: {no: not}", "xx.yaml: negations: expected a list"),
        ("name: Example\ncapital-nouns: maybe", "xx.yaml: capital_nouns: write true or false"),
        ("name: Example\nreporting: {pronouns: [he]}", "xx.yaml: reporting: verbs missing"),
        ("name: Example\nlabels: {page: [P]}", "xx.yaml: labels: page: expected a text"),
        ("name: [Example", "xx.yaml: while parsing"),
        ("- Example", "xx.yaml: expected a mapping"),
    ],
)
def test_a_slip_is_named_with_its_file_and_key(text: str, said: str) -> None:
    with pytest.raises(LanguageFileError, match=f"^{re.escape(said)}"):
        read_language("xx", text)


def test_words_that_yaml_takes_for_truth_values_stay_words() -> None:
    read = read_language("xx", "name: Example\nnegations: [no, on, y, 'null', 1]\n")
    assert read.negations == ("no", "on", "y", "null", "1")


def test_a_region_takes_what_it_lacks_from_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.languages import language_files

    files = {
        "pt": "name: A\nnegations: não\ninflections: ['- s']\nlabels: {page: Página, of: de}\n",
        "pt-BR": "name: B\nlabels: {of: do}\n",
    }
    monkeypatch.setattr(language_files, "known_tags", lambda: tuple(files))
    monkeypatch.setattr(language_files, "_file", lambda tag: read_language(tag, files[tag]))
    language_files.language.cache_clear()
    try:
        region = language("pt_br")
        assert (region.tag, region.name, region.negations) == ("pt-BR", "B", ("não",))
        assert region.inflections == ("- s",)
        assert region.labels == {"page": "Página", "of": "do"}
        assert (own_labels("pt-BR"), own_labels("pt-PT")) == ({"of": "do"}, {})
        assert [one.tag for one in (language("pt-PT"), language("no"))] == ["pt", "nb"]
    finally:
        language_files.language.cache_clear()


def test_a_projects_words_win_in_their_own_language_only(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels/en.yaml").write_text("voices: Others on record\n", "utf-8")
    (tmp_path / "labels/de-AT.yaml").write_text("page: Blatt\n", "utf-8")
    german = load_labels((tmp_path,), "de-AT")
    assert (german("voices"), german("page")) == (own_labels("de")["voices"], "Blatt")
    assert load_labels((tmp_path,), "en-GB")("voices") == "Others on record"


def test_the_page_of_languages_is_as_the_files_are() -> None:
    assert (ROOT / "docs/languages.md").read_text("utf-8") == page(), "run `make docs`"


def test_word_lists_of_a_language_are_in_its_file_alone() -> None:
    """A list of words by language in the code, `"de": ...`, would be a second place."""
    listed = re.compile(r"""["'](?:de|fr|es|it)["']\s*:""")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "generator").rglob("*.py"))
        if listed.search(path.read_text("utf-8"))
    ]
    assert found == []
