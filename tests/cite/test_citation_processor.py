from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cite import pandoc
from generator.cite.citation_processor import digest, format_citations
from generator.cite.csl_additions import quoted_in, words_for
from generator.cite.styles import BadStyle, find_style
from generator.model import Citation, CitationGroup, CitationKind, FormattedCitations, Locator, Source
from generator.problems import Location

PLACE = Location("briefs/a.yaml", 3, 5)


def source(key: str, **fields: Any) -> Source:
    csl: dict[str, Any] = {
        "type": "article-newspaper",
        "title": "A story",
        "author": [{"family": "Example", "given": "Anna"}],
    }
    csl |= {"container-title": "Example Times", "issued": {"date-parts": [[2031, 3, 5]]}}
    csl |= {name.replace("_", "-"): value for name, value in fields.items()}
    return Source(key, csl, PLACE, str(csl["title"]), "primary", None, "")


def group(*citations: Citation, in_text: bool = False) -> CitationGroup:
    return CitationGroup(citations, PLACE, in_text)


def printed(
    *citation_groups: CitationGroup, style: str = "apa", language: str = "en-US", **fields: Any
) -> FormattedCitations:
    return format_citations(citation_groups, {"a": source("a", **fields)}, find_style(style, Path()), language)


def only(found: FormattedCitations) -> str:
    assert len(found.citation_groups) == 1
    return found.citation_groups[0]


LABELS = {
    "act": "act 4", "appendix": "app. 4", "article-locator": "art. 4", "book": "book 4", "canon": "can. 4",
    "chapter": "Chapter 4", "column": "column 4", "elocation": "loc. 4", "equation": "eq. 4", "figure": "Figure 4",
    "folio": "folio 4", "issue": "issue 4", "line": "line 4", "note": "note 4", "opus": "opus 4", "page": "p. 4",
    "paragraph": "para. 4", "part": "part 4", "rule": "r. 4", "scene": "sc. 4", "section": "Section 4",
    "sub-verbo": "sub verbo 4", "supplement": "supp. 4", "surah": "surah 4", "table": "table 4",
    "title-locator": "tit. 4", "verse": "verse 4", "volume": "Volume 4", "¶": "para. 4", "§": "Section 4",
}  # fmt: skip


def test_each_locator_label_prints_once_and_in_its_place() -> None:
    citation_groups = [group(Citation("a", Locator(label, "4"))) for label in LABELS]
    found = dict(zip(LABELS, printed(*citation_groups).citation_groups, strict=True))
    wanted = {label: f"(Example, 2031, {text})" for label, text in LABELS.items()}
    assert {k: v.casefold() for k, v in found.items()} == {k: v.casefold() for k, v in wanted.items()}


def test_labels_are_those_of_the_language() -> None:
    citation_groups = [group(Citation("a", Locator(label, "4"))) for label in ("page", "paragraph", "article-locator")]
    assert printed(*citation_groups, language="de-DE").citation_groups == (
        "(Example, 2031, S. 4)",
        "(Example, 2031, Abs. 4)",
        "(Example, 2031, Art. 4)",
    )


def test_a_time_has_no_label() -> None:
    assert only(printed(group(Citation("a", Locator("timestamp", "12:30"))))) == "(Example, 2031, 12:30)"


def test_a_range_of_pages() -> None:
    assert only(printed(group(Citation("a", Locator("page", "3-5"))))) == "(Example, 2031, pp. 3–5)"


@pytest.mark.parametrize(
    ("style", "locator", "end"),
    [
        ("vancouver-nlm", Locator("page", "1"), "(1, p. 1)"),
        ("vancouver-nlm", Locator("page", "1-3"), "(1, pp. 1-3)"),
        ("bluebook-law-review", Locator("paragraph", "6"), ", para. 6."),
        ("bluebook-law-review", Locator("page", "6"), ", Mar. 5, 2031, p. 6."),
    ],
)
def test_no_locator_is_lost_where_the_style_prints_none_or_no_label(style: str, locator: Locator, end: str) -> None:
    assert only(printed(group(Citation("a", locator)), style=style)).endswith(end)


def test_prefix_and_suffix() -> None:
    one = Citation("a", Locator("page", "3"), prefix="see *also*", suffix=", emphasis added")
    assert only(printed(group(one))) == "(see <em>also</em> Example, 2031, p. 3, emphasis added)"


def test_a_suffix_is_never_taken_for_a_locator() -> None:
    assert only(printed(group(Citation("a", suffix="5 May edition")))) == "(Example, 2031 5 May edition)"


def test_suppressed_author() -> None:
    assert only(printed(group(Citation("a", suppress_author=True)))) == "(2031)"


def test_author_in_the_sentence() -> None:
    assert only(printed(group(Citation("a", Locator("page", "3")), in_text=True))) == "Example (2031, p. 3)"


def test_a_note_style_gives_the_author_apart() -> None:
    first, second = group(Citation("a"), in_text=True), group(Citation("a"))
    found = printed(first, second, style="chicago-notes-bibliography")
    assert found.kind is CitationKind.NOTE
    assert found.in_text == ("Anna Example", "")
    assert found.citation_groups[0].startswith("“A Story,”")
    assert found.citation_groups[1] == "Example, “A Story.”"


@pytest.mark.parametrize("language", ["en-GB", "en-US", "de-DE", "fr-FR", "es-ES"])
@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "oscola", "modern-language-association"])
def test_a_description_in_brackets_is_neither_quoted_nor_given_capitals(style: str, language: str) -> None:
    sources = {"a": source("a", title="[Talk with *the* editors]"), "b": source("b", title="Real [sic] title")}
    citation_groups = [group(Citation("a")), group(Citation("b"))]
    found = format_citations(citation_groups, sources, find_style(style, Path()), language)
    for text in (found.citation_groups[0], *(entry.html for entry in found.bibliography if entry.key == "a")):
        assert "[Talk with <em>the</em> editors]" in text
        assert not set("“”‘’„«»") & set(text)
    assert set("“‘„«") & set(found.citation_groups[1])


NOTE = CitationGroup((), Location("a.yaml"))


def test_citations_in_a_footnote_stand_in_its_sentence() -> None:
    inside = replace(group(Citation("a", Locator("page", "3"))), inside=True)
    named = replace(group(Citation("a", Locator("page", "4")), in_text=True), inside=True)
    found = printed(NOTE, inside, named, style="chicago-notes-bibliography")
    assert found.citation_groups == (
        "",
        "(Anna Example, “A Story,” <em>Example Times</em>, March 5, 2031, 3)",
        "Example, “A Story,” 4",
    )
    assert printed(NOTE, inside, named).citation_groups == ("", "(Example, 2031, p. 3)", "Example (2031, p. 4)")


def test_notes_refer_back_over_footnotes_by_the_number_that_is_printed() -> None:
    sources = {"a": source("a"), "b": source("b", title="Other", author=[{"family": "Sample", "given": "Bo"}])}
    inner, own = replace(group(Citation("a")), inside=True), group(Citation("b"))
    citation_groups = [NOTE, NOTE, inner, own, group(Citation("a", suppress_author=True))]
    found = format_citations(citation_groups, sources, find_style("oscola", Path()), "en-GB")
    assert found.citation_groups[4] == "(n 2)."


def test_notes_refer_back_by_number() -> None:
    sources = {"a": source("a"), "b": source("b", title="Other", author=[{"family": "Sample", "given": "Bo"}])}
    citation_groups = [group(Citation("a")), group(Citation("b")), group(Citation("a", suppress_author=True))]
    found = format_citations(citation_groups, sources, find_style("oscola", Path()), "en-GB")
    assert found.citation_groups[2] == "(n 1)."


def test_only_cited_sources_stand_in_the_bibliography() -> None:
    sources = {key: source(key, title=key.upper()) for key in "abc"}
    found = format_citations([group(Citation("c"), Citation("a"))], sources, find_style("ieee", Path()), "en-US")
    assert [entry.key for entry in found.bibliography] == ["c", "a"]
    assert found.bibliography[0].html.startswith('<span class="csl-left-margin">[1]</span> <span')


def test_keys_of_any_letters() -> None:
    key = "10.5555/é_x (1)"
    found = format_citations([group(Citation(key))], {key: source(key)}, find_style("apa", Path()), "en-US")
    assert found.citation_groups == ("(Example, 2031)",)
    assert [entry.key for entry in found.bibliography] == [key]


def test_a_source_without_an_author_in_the_sentence() -> None:
    found = printed(group(Citation("a"), in_text=True), style="chicago-notes-bibliography", author=[])
    assert found.in_text == ("<em>A story</em>",)


def test_nothing_cited() -> None:
    assert format_citations([], {}, find_style("apa", Path()), "en-GB") == FormattedCitations(
        CitationKind.AUTHOR_DATE, (), ()
    )


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("The *Sample* case", "<em>Sample</em>"),
        ("The <i>Sample</i> case", "<em>Sample</em>"),
        ("CO~2~ and m<sup>3</sup>", "CO<sub>2</sub> and m<sup>3</sup>"),
        ("1. A list that is none", "1. A list that is none"),
        ("# No heading", "# No heading"),
        ("snake_case_word & more", "snake_case_word &amp; more"),
        ("A \\*star\\*", "A *star*"),
        ("Ends with a colon:", "Ends with a colon"),
        ("A “quoted” word", "‘quoted’ word"),
        ('A "quoted" word', "‘quoted’ word"),
        ("[Untitled] draft", "[Untitled] draft"),
    ],
)
def test_marks_in_titles(title: str, html: str) -> None:
    found = printed(group(Citation("a")), title=title, style="ieee")
    assert html in found.bibliography[0].html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "![x](https://example.org/pixel.png)",
        "[click](javascript:alert(1))",
        "[click](  JaVaScRiPt:alert(1))",
        "[click](data:text/html,x)",
        '<a href="javascript:alert(1)">x</a>',
        "`<b onclick=x>`{=html}",
        "x\n\n<iframe></iframe>",
        "<!-- --> y",
        "[x]{.csl-left-margin}",
        "[x]{.matrix onclick=alert(1) style=position:fixed}",
    ],
)
def test_no_markup_of_the_authors_gets_through(hostile: str) -> None:
    found = printed(group(Citation("a", prefix=hostile, suffix=hostile)), title=hostile, container_title=hostile)
    for html in (*found.citation_groups, *(entry.html for entry in found.bibliography)):
        tags = re.findall(r"<[^>]*>", html)
        assert all(
            re.fullmatch(r"</?(em|strong|sub|sup|span|code)( class=\"smallcaps\")?>|</a>", tag) for tag in tags
        ), html


def test_addresses_are_links() -> None:
    found = printed(group(Citation("a")), URL="https://example.org/a_b?c=1&d=*e*")
    assert 'href="https://example.org/a_b?c=1&amp;d=*e*"' in found.bibliography[0].html


def test_a_style_that_pandoc_cannot_use(tmp_path: Path) -> None:
    style = tmp_path / "s.csl"
    style.write_text('<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"></style>', "utf-8")
    with pytest.raises(BadStyle, match="No citation element"):
        format_citations([group(Citation("a"))], {"a": source("a")}, style, "en-GB")


# ---------------------------------------------------------------- as quoted in


def test_quoted_in_stands_before_the_citation() -> None:
    made = quoted_in(group(Citation("a", Locator("paragraph", "5"))), "Bo Sample")
    assert only(printed(made)) == "(Bo Sample, quoted in Example, 2031, para. 5)"
    note = only(printed(made, style="chicago-notes-bibliography"))
    assert note.startswith("Bo Sample, quoted in Anna Example, “A Story,”")


def test_quoted_in_keeps_the_prefix_and_prints_names_as_they_are() -> None:
    made = quoted_in(
        group(Citation("a", prefix="the interview in"), in_text=True), "A*B*_C_", words_for("quoted", "de")
    )
    assert only(printed(made)) == "(A*B*_C_, zitiert in the interview in Example, 2031)"


@pytest.mark.parametrize("language", ["en-GB", "de", "fr-CA", "es", "nl"])
def test_there_are_words_for_each_way_of_reporting(language: str) -> None:
    assert all(words_for(how, language) for how in ("quoted", "paraphrased", "reported"))


# ---------------------------------------------------------------- digest


def test_digest_changes_with_what_is_printed_and_with_nothing_else() -> None:
    citation_groups, sources = [group(Citation("a"))], {"a": source("a")}
    known = digest(citation_groups, sources, b"style", "en-GB")
    moved = [replace(one, place=Location("elsewhere", 9)) for one in citation_groups]
    assert digest(moved, {"z": source("z"), **sources}, b"style", "en-GB") == known
    changed = [
        digest([*citation_groups, *citation_groups], sources, b"style", "en-GB"),
        digest(citation_groups, {"a": source("a", title="B")}, b"style", "en-GB"),
        digest(citation_groups, sources, b"other", "en-GB"),
        digest(citation_groups, sources, b"style", "en-US"),
        digest([group(Citation("a", Locator("page", "1")))], sources, b"style", "en-GB"),
        digest([group(Citation("a", prefix="see"))], sources, b"style", "en-GB"),
        digest([group(Citation("a"), in_text=True)], sources, b"style", "en-GB"),
    ]
    assert known not in changed
    assert len(set(changed)) == len(changed)


def test_another_pandoc_or_another_script_for_it_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    citation_groups, sources = [group(Citation("a"))], {"a": source("a")}
    known = digest(citation_groups, sources, b"style", "en-GB")
    monkeypatch.setattr(pandoc, "version", lambda: "0.1")
    other_version = digest(citation_groups, sources, b"style", "en-GB")
    monkeypatch.undo()
    monkeypatch.setattr(pandoc, "SCRIPT", tmp_path / "worker.lua")
    (tmp_path / "worker.lua").write_text("return 1")
    other_script = digest(citation_groups, sources, b"style", "en-GB")
    assert len({known, other_version, other_script}) == 3


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20), st.text(max_size=10))
def test_any_text_is_formatted_and_safe(title: str, prefix: str, suffix: str, value: str) -> None:
    made = group(Citation("a", Locator("paragraph", value), prefix=prefix, suffix=suffix))
    found = printed(made, made, title=title)
    assert len(found.citation_groups) == 2
    for html in (*found.citation_groups, *(entry.html for entry in found.bibliography)):
        assert not re.search(r"<(?!/?(em|strong|sub|sup|span|a|code|del)[ >])", html)
