from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from generator.cite.styles import DEFAULT, BadStyle, UnknownStyle, compact, find_style, kind_of
from generator.model import CitationKind

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}">'


def own(folder: Path, text: str, encoding: str = "utf-8") -> str:
    (folder / "house.csl").write_text(text, encoding=encoding)
    return "house.csl"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (DEFAULT, CitationKind.NOTE),
        ("oscola", CitationKind.NOTE),
        ("bluebook-law-review", CitationKind.NOTE),
        ("chicago-author-date", CitationKind.AUTHOR_DATE),
        ("apa", CitationKind.AUTHOR_DATE),
        ("modern-language-association", CitationKind.AUTHOR_DATE),
        ("ieee", CitationKind.NUMERIC),
        ("vancouver-nlm", CitationKind.NUMERIC),
        ("din-1505-2-alphanumeric", CitationKind.NUMERIC),
    ],
)
def test_kind_of_styles_in_the_collection(name: str, kind: CitationKind, tmp_path: Path) -> None:
    assert kind_of(find_style(name, tmp_path)) is kind


def test_dependent_style_is_its_parent(tmp_path: Path) -> None:
    assert find_style("ieee-access", tmp_path) == find_style("ieee", tmp_path)


def test_own_style_stands_in_the_project_folder(tmp_path: Path) -> None:
    name = own(tmp_path, HEAD.format(kind="note") + "</style>")
    assert find_style(name, tmp_path) == tmp_path / "house.csl"
    assert kind_of(tmp_path / "house.csl") is CitationKind.NOTE


def test_own_style_without_a_category_is_numeric_when_it_prints_numbers(tmp_path: Path) -> None:
    own(tmp_path, HEAD.format(kind="in-text") + '<citation><text variable="citation-number"/></citation></style>')
    assert kind_of(tmp_path / "house.csl") is CitationKind.NUMERIC


def test_own_style_may_depend_on_one_of_the_collection(tmp_path: Path) -> None:
    link = '<info><link rel="independent-parent" href="http://www.zotero.org/styles/apa"/></info>'
    name = own(tmp_path, HEAD.format(kind="in-text") + link + "</style>")
    assert find_style(name, tmp_path) == find_style("apa", tmp_path)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("chicago-note-bibliography", "chicago-notes-bibliography"),
        ("APA", "apa"),
        ("oscolla", "oscola"),
        ("chicago", DEFAULT),
        ("vancouver", "vancouver-nlm"),
        ("Bluebook", "bluebook-law-review"),
        ("mla", "modern-language-association"),
    ],
)
def test_unknown_style_names_the_nearest(written: str, near: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownStyle) as raised:
        find_style(written, tmp_path)
    assert raised.value.nearest[0] == near
    for name in raised.value.nearest:
        find_style(name, tmp_path)


@pytest.mark.parametrize("name", ["missing.csl", "../../etc/passwd", "apa/../ieee", "", "x" * 300])
def test_names_that_are_no_styles(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownStyle):
        find_style(name, tmp_path)


def test_a_style_outside_the_project_is_none(tmp_path: Path) -> None:
    name = own(tmp_path, HEAD.format(kind="note") + "</style>")
    (tmp_path / "project").mkdir()
    assert find_style(name, tmp_path) == tmp_path / name
    for outside in (f"../{name}", str(tmp_path / name)):
        with pytest.raises(UnknownStyle):
            find_style(outside, tmp_path / "project")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html></html>", "<html>"),
        ("<style", "not well-formed XML (line 1"),
        ("", "not well-formed"),
        ('<!DOCTYPE style [<!ENTITY a "a">]>' + HEAD.format(kind="note") + "</style>", "document type"),
        (HEAD.format(kind="note") + '<link rel="independent-parent" href="http://x/none-such"/></style>', "none-such"),
    ],
)
def test_files_that_are_no_styles(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadStyle) as raised:
        find_style(own(tmp_path, text), tmp_path)
    assert said in str(raised.value)


def test_a_style_in_another_encoding(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + HEAD.format(kind="note") + "<!-- é --></style>"
    with pytest.raises(BadStyle, match="UTF-8"):
        find_style(own(tmp_path, text, "iso-8859-1"), tmp_path)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    import os

    own(tmp_path, HEAD.format(kind="note") + "</style>")
    assert kind_of(tmp_path / "house.csl") is CitationKind.NOTE
    own(tmp_path, HEAD.format(kind="in-text") + "</style>")
    os.utime(tmp_path / "house.csl", ns=(1, 1))
    assert kind_of(tmp_path / "house.csl") is CitationKind.AUTHOR_DATE


def test_a_compact_style_says_the_same(tmp_path: Path) -> None:
    """All but the lines between elements and the comments, which no processor prints; in every fortieth of the collection."""
    collection = find_style(DEFAULT, tmp_path).parent
    for path in [find_style(DEFAULT, tmp_path), *sorted(collection.glob("*.csl"))[::40]]:
        text = path.read_text("utf-8-sig")
        assert list(said(compact(text))) == list(said(text)), path.name
    longest = find_style(DEFAULT, tmp_path).read_text("utf-8-sig")
    assert len(compact(longest)) < 0.6 * len(longest)


def test_a_space_in_a_style_is_a_word_of_it() -> None:
    style = HEAD.format(kind="note") + '\n  <term name="and"> </term>\n  <!-- two\n lines -->\n  <x/>\n</style>'
    assert compact(style) == HEAD.format(kind="note") + '<term name="and"> </term><x/></style>'


def said(csl: str) -> Iterator[tuple[object, ...]]:
    for element in fromstring(csl).iter():
        texts = (text if "\n" not in text or text.strip() else "" for text in (element.text or "", element.tail or ""))
        yield element.tag, element.attrib, *texts
