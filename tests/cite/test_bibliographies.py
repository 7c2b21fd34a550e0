from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator.cite.bibliographies import Bibliography, accepted, read_bibliography
from generator.cite.citation_processor import format_citations
from generator.cite.styles import find_style
from generator.model import Citation, CitationGroup, Source
from generator.problems import Location


def read(text: str, ending: str) -> Bibliography:
    return read_bibliography(textwrap.dedent(text).encode(), f"import{ending}")


def only(found: Bibliography) -> dict[str, Any]:
    assert len(found.entries) == 1
    return found.entries[0]


def said(found: Bibliography) -> list[tuple[int, str]]:
    return [(problem.place.line, problem.message) for problem in found.problems]


def test_bibtex() -> None:
    found = read(
        r"""
        @string{times = "The Example Times"}
        @article{example-2031,
          author  = {Example, Anna and {Example Institute}},
          title   = {The {Chip} \emph{problem}: 5 \% \& a *star*},
          journal = times,
          year    = 2031, month = mar,
          pages   = {1--20},
          url     = {https://example.org/a_b},
          file    = {:home/paper.pdf:PDF},
        }
        """,
        ".bib",
    )
    assert only(found) == {
        "id": "example-2031",
        "type": "article-journal",
        "author": [{"family": "Example", "given": "Anna"}, {"literal": "Example Institute"}],
        "title": "The Chip *problem*: 5 % & a \\*star\\*",
        "container-title": "The Example Times",
        "issued": "2031-03",
        "page": "1-20",
        "URL": "https://example.org/a_b",
    }
    assert said(found) == [(10, "'file' of 'example-2031' has no place in CSL and was left out")]
    assert [problem.code for problem in found.problems] == ["field-left-out"]


def test_a_conference_paper_keeps_its_volume_under_both_names() -> None:
    found = read("@conference{a, title = {T}, booktitle = {Proceedings of the Bridges}, year = 2014}", ".bib")
    assert only(found)["type"] == "paper-conference"
    assert only(found)["container-title"] == "Proceedings of the Bridges"
    assert said(found) == []


def test_letters_written_as_commands_are_not_taken_for_lost() -> None:
    found = read(
        r"@book{a, title = {T}, author = {U S{\l}aw}, publisher = {{\AA}r{\o}e {\ae}{\ss}{\oe}}, year = 2014}", ".bib"
    )
    assert only(found)["publisher"] == "Årøe æßœ"
    assert said(found) == []


def test_a_set_of_entries_is_named_because_it_is_not_imported() -> None:
    found = read("@set{model, entryset = {a, b}}\n@book{a, title = {T}, year = 2014}", ".bib")
    assert only(found)["id"] == "a"
    assert said(found) == [(1, "the entry 'model' is a set of other entries; the entry was left out")]


def test_biblatex_ranges_of_dates() -> None:
    found = read("@online{a, title={T}, date={2031-04/2031-05}, urldate={2031-06-07}}", ".bib")
    assert only(found) | {"issued": "2031-04/2031-05", "accessed": "2031-06-07"} == only(found)


def test_ris() -> None:
    found = read(
        """\
        TY  - NEWS
        AU  - Example, Anna
        AU  - Example Institute
        TI  - A story: with
        a second line
        T2  - The Example Times
        PY  - 2031/03/05/
        UR  - https://example.org/x
        L1  - paper.pdf
        ER  -
        TY  - RPRT
        ID  - given-key
        TI  - A report
        PY  - 2030
        ER  -
        """,
        ".ris",
    )
    story, report = found.entries
    assert story == {
        "id": "example-2031",
        "type": "article-newspaper",
        "author": [{"family": "Example", "given": "Anna"}, {"literal": "Example Institute"}],
        "title": "A story: with a second line",
        "container-title": "The Example Times",
        "issued": "2031-03-05",
        "URL": "https://example.org/x",
    }
    assert report == {"id": "given-key", "type": "report", "title": "A report", "issued": "2030"}
    assert said(found) == [(9, "'L1' of 'example-2031' has no place in CSL and was left out")]


def test_ris_keys_are_made_once_each() -> None:
    record = "TY  - NEWS\nAU  - Example, Anna\nPY  - 2031\nTI  - {}\nER  - \n"
    found = read(record.format("One") + record.format("Two"), ".ris")
    assert [entry["id"] for entry in found.entries] == ["example-2031", "example-2031-2"]


def test_csl_json() -> None:
    items = [
        {
            "id": "http://zotero.example.org/1",
            "citation-key": "story",
            "type": "article-newspaper",
            "title": 'A <i>Story</i> of <span class="nocase">iron</span>',
            "volume": 3,
            "issued": {"date-parts": [["2031", 3, 5]]},
            "accessed": {"raw": "2031-06-07"},
            "language": "",
            "libraryCatalog": "x",
        },
        {"id": 7, "issued": {"date-parts": [[2031]], "season": 2}},
    ]
    found = read(json.dumps(items), ".json")
    assert found.entries == (
        {
            "id": "story",
            "type": "article-newspaper",
            "title": "A *Story* of [iron]{.nocase}",
            "volume": "3",
            "issued": "2031-03-05",
            "accessed": "2031-06-07",
        },
        {"id": "7", "type": "document", "issued": {"date-parts": [[2031]], "season": 2}},
    )
    assert said(found) == [(1, "'libraryCatalog' of 'story' has no place in CSL and was left out")]


@pytest.mark.parametrize(
    ("data", "ending", "line"),
    [
        (b"nothing of the kind", ".bib", 1),
        (b"", ".bib", 1),
        (b"nothing of the kind", ".ris", 1),
        (b"[{]", ".json", 1),
        (b'{"a": 1}', ".json", 1),
        (b"[]", ".json", 1),
        (b"[" * 100_000, ".json", 1),
        (b"<x", ".xml", 1),
        (b"<!DOCTYPE xml [<!ENTITY a 'b'>]><xml/>", ".xml", 1),
        (b"nothing of the kind", ".nbib", 1),
        (b"nothing of the kind", ".enw", 1),
        (b"nothing of the kind", ".txt", 1),
    ],
)
def test_files_that_are_not_what_they_say(data: bytes, ending: str, line: int) -> None:
    found = read_bibliography(data, f"import{ending}")
    assert not found.entries
    assert [problem.code for problem in found.problems] == ["bad-bibliography"]
    assert found.problems[0].place.line == line
    assert found.problems[0].place.file == f"import{ending}"


GOOD = {
    ".bib": "@book{good, title={Good}}\n",
    ".json": '{"id": "good", "title": "Good"}',
    ".ris": "TY  - BOOK\nID  - good\nTI  - Good\nER  - \n",
    ".nbib": "PMID- 1\nTI  - Good\n\n",
    ".enw": "%0 Book\n%T Good\n%F good\n\n",
    ".xml": "<record><ref-type name='Book'/><label>good</label><titles><title>Good</title></titles></record>",
}


@pytest.mark.parametrize(
    ("ending", "bad", "line"),
    [
        (".bib", "@article{a,\n title={x},\n author = {A B\n}\n", 3),
        (".bib", "@article{,\n title={x}}\n", 3),
        (".bib", "@article{title={x}}\n", 3),
        (".bib", "@article(a, title={x}\n", 3),
        (".json", '{"title": "x"}', 2),
        (".json", '"x"', 2),
        (".json", "[]", 2),
        (".ris", "TI  - x\nER  - \n", 1),
        (".ris", "TY  - JOUR\nER  - \n", 6),
        (".enw", "%0 Book\n\n", 6),
        (".xml", "<record/>", 2),
    ],
)
def test_a_bad_entry_is_left_out_and_the_rest_is_imported(ending: str, bad: str, line: int) -> None:
    good = GOOD[ending]
    if ending == ".json":
        text = f"[{good},\n{bad}, {good.replace('good', 'more')}]"
    elif ending == ".xml":
        text = f"<xml><records>{good}\n{bad}{good.replace('good', 'more')}</records></xml>"
    else:
        text = (bad + good if bad.startswith("TI") else good + "\n" + bad + good.replace("good", "more")) + "\n"
    found = read_bibliography(text.encode(), f"import{ending}")
    assert [(one.code, one.place.line) for one in found.problems] == [("bad-import-entry", line)]
    assert len(found.entries) == (1 if bad.startswith("TI") else 2)


def test_bytes_that_are_not_text_cost_one_entry() -> None:
    for text in (b"@book{a,\n title={\xff}}\n@book{b, title={B}}", b'[{"id": "a", "title": "\xff"},{"id": "b"}]'):
        ending = ".bib" if text.startswith(b"@") else ".json"
        found = read_bibliography(text, f"x{ending}")
        assert [entry["id"] for entry in found.entries] == ["b"]
        assert [one.code for one in found.problems] == ["bad-import-entry"]


def test_a_declared_encoding_is_used() -> None:
    for encoding in ("ISO8859_1", "cp1252", "UTF-8"):
        text = f"% Encoding: {encoding}\n@book{{a, title={{Müller}}}}"
        assert only(read_bibliography(text.encode(encoding), "x.bib"))["title"] == "Müller"
    assert only(read_bibliography("@book{a, title={Müller}}".encode("utf-16"), "x.bib"))["title"] == "Müller"


def test_entries_before_a_fault_of_json_are_imported() -> None:
    found = read_bibliography(b'[{"id": "a", "type": "book"},\n{"id" 5}]', "x.json")
    assert [entry["id"] for entry in found.entries] == ["a"]
    assert [(one.code, one.place.line) for one in found.problems] == [("bad-bibliography", 2)]


def test_a_key_that_comes_twice_is_told() -> None:
    found = read("@book{a, title={One}}\n@book{a, title={Two}}\n", ".bib")
    assert only(found)["title"] == "One"
    assert [(one.code, one.place.line) for one in found.problems] == [("duplicate-import", 2)]
    assert "'a' is already the key of the entry in line 1" in found.problems[0].message


def test_a_field_of_many_entries_is_told_once() -> None:
    found = read("".join(f"@book{{k{n}, title={{T}}, owner={{somebody}}}}\n" for n in range(30)), ".bib")
    assert said(found) == [(1, "'owner' has no place in CSL and was left out of 30 entries, first of 'k0'")]


def test_text_between_fields_is_told() -> None:
    found = read("@book{a, title={T}, ab cd={x}, year=2031}", ".bib")
    assert only(found)["issued"] == "2031"
    assert said(found) == [(1, "“ab cd={x}” in 'a' is not a field and was left out")]


def test_what_the_reader_rejects_is_left_out() -> None:
    items = [
        {"id": "a", "type": "book", "title": "T", "URL": "www.example.org", "author": "Ann Example", "note": {"x": 1}},
        {"id": "b", "type": "no-such-type", "title": "T"},
        {"id": "c", "type": "book"},
    ]
    found = read(json.dumps(items), ".json")
    assert found.entries == (
        {"id": "a", "type": "book", "title": "T"},
        {"id": "b", "title": "T", "type": "document"},
        {"id": "c", "type": "book"},
    )
    assert [one.code for one in found.problems] == ["field-left-out"] * 4
    assert "'URL' of 'a' was left out: 'www.example.org' is not a web address" in [m for _, m in said(found)]


def test_a_key_that_yaml_would_misread_is_quoted() -> None:
    found = read('[{"id": "no"}, {"id": "1e3"}, {"id": "a: b #c"}, {"id": "\\u0007x"}]', ".json")
    assert [entry["id"] for entry in found.entries] == ["no", "1e3", "a: b #c", "x"]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("a * b * c", "a * b * c"),
        ("_private_ and snake_case", "_private_ and snake_case"),
        ("`code` ~tilde~ ^caret^ \\*", "`code` ~tilde~ ^caret^ \\*"),
        ("<i>Emphasis</i> and [brackets]", "<em>Emphasis</em> and [brackets]"),
        ("x < y & z", "x &lt; y &amp; z"),
    ],
)
def test_imported_titles_print_as_they_were(title: str, printed: str) -> None:
    imported = only(read(json.dumps([{"id": "a", "title": title}]), ".json"))
    place = Location("x")
    source = Source("a", imported, place, title, "primary", None, "")
    style = find_style("ieee", Path())
    found = format_citations([CitationGroup((Citation("a"),), place)], {"a": source}, style, "en-US")
    assert printed in found.bibliography[0].html


def test_byte_order_mark_and_windows_lines() -> None:
    found = read_bibliography(b"\xef\xbb\xbfTY  - RPRT\r\nID  - a\r\nTI  - T\r\nER  - \r\n", "x.ris")
    assert [entry["id"] for entry in found.entries] == ["a"]
    assert not found.problems


@pytest.mark.parametrize(
    "value", [{}, {"date-parts": []}, {"date-parts": [["x"]]}, {"date-parts": [[]]}, 5, {"raw": 5}]
)
def test_odd_dates_do_no_harm(value: Any) -> None:
    found = read(json.dumps([{"id": "a", "issued": value}]), ".json")
    assert only(found)["id"] == "a"
    assert not any(problem.is_error for problem in found.problems)


def test_places_are_of_the_file_given() -> None:
    found = read_bibliography(b"@misc{a, title={T}, owner={me}}", "../downloads/x.bib")
    assert [problem.place for problem in found.problems] == [Location("../downloads/x.bib", 1)]


def test_a_date_that_changes_is_told_and_the_entry_kept() -> None:
    found = read("@book{a, title={T}, date={2020-02-30}}", ".bib")
    assert only(found)["issued"] == {"literal": "2020-02-30"}
    assert [(one.code, one.severity) for one in found.problems] == [("date-changed", "warning")]
    assert said(found) == [
        (1, "'issued' of 'a': “2020-02-30” is not a date of the calendar; it is kept as text"),
    ]


def test_bytes_that_are_no_text_cost_only_the_entries_that_hold_them() -> None:
    data = (
        b"@book{a, title = {A}, crossref = {b}}\n@book{b, publisher = {P\xff}}\n@book{c\xff, title = {C}}\n@book{d, title\xff = {D}}\n"
        b"@book{e, title = {E}}\n"
    )
    found = read_bibliography(data, "x.bib")
    assert [entry["id"] for entry in found.entries] == ["a", "e"]
    assert {problem.code for problem in found.problems} == {"bad-import-entry"}


def test_macros_that_double_with_each_line_stay_small() -> None:
    lines = ["@string{a0 = {xxxxxxxxxx}}", *(f"@string{{a{n + 1} = a{n} # a{n}}}" for n in range(60))]
    found = read_bibliography("\n".join([*lines, "@book{b, title = a60, publisher = {P}}"]).encode(), "x.bib")
    assert len(found.entries[0]["title"]) <= 2_000


def test_an_entry_whose_key_would_be_read_as_another_is_left_out() -> None:
    entries = [{"id": key, "type": "book"} for key in ("a", " b", "c\u2028d", "")]
    assert [(entry["id"], rejected) for entry, rejected in accepted(entries)] == [
        ("a", []),
        *((key, [("", "the key cannot be written")]) for key in (" b", "c\u2028d")),
        ("", [("", "'id' has no value")]),
    ]
    assert list(accepted([])) == []


@pytest.mark.parametrize(
    ("variable", "written", "expected"),
    [
        ("DOI", "https://doi.org/10.1234/S0140-6736%2820%2930183-5", "10.1234/S0140-6736(20)30183-5"),
        ("DOI", "http://www.doi.org/10.1234/desk.1", "10.1234/desk.1"),
        ("DOI", "doi.org/10.1234/desk.1", "10.1234/desk.1"),
        ("DOI", "DOI 10.1234/desk.1", "10.1234/desk.1"),
        ("DOI", "doi: https://dx.doi.org/10.1234/desk.1", "10.1234/desk.1"),
        ("DOI", "10.1234/(1998)3&lt;226::desk&gt;2.3", "10.1234/(1998)3<226::desk>2.3"),
        ("URL", "<URL:https://example.org/a>", "https://example.org/a"),
        ("URL", "https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
        ("URL", r"\url{https://example.org/a_b}", "https://example.org/a_b"),
        ("PMID", "PMID: 31452104", "31452104"),
    ],
)
def test_what_surrounds_an_address_or_identifier_is_left_out(variable: str, written: str, expected: str) -> None:
    entry = {"id": "a", "type": "report", "title": "A report", variable: written}
    found = read(json.dumps([entry]), ".json")
    assert only(found)[variable] == expected
    assert said(found) == []
