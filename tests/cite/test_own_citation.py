"""How a brief itself is cited: the same record in the formats of reference managers."""

from __future__ import annotations

import json

from generator.cite.own_citation import FORMATS, is_own, own_citation, own_item, read_own
from tests import support
from tests.render.pages import HEAD, QUESTION

HOUSE = "name: Example & Desk\nsite: https://example.org/\nseries: Briefing\n"


def formats(head: str = HEAD) -> dict[str, str]:
    house = support.library(house=HOUSE).house
    item = own_item(
        support.brief(head + QUESTION), house, "Does it work? 100 % of {it}", "https://example.org/sample.html"
    )
    return dict(read_own(own_citation(item)))


def test_bibtex_escapes_what_is_a_command_there() -> None:
    bibtex = formats()["BibTeX"]
    assert bibtex.startswith("@report{sample,\n")
    assert r"author = {{Example \& Desk}}" in bibtex
    assert r"100 \%" in bibtex
    assert "date = {2025-02-14}" in bibtex


def test_ris_has_a_line_for_each_field_and_ends() -> None:
    lines = formats()["RIS"].split("\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-1] == "ER  - "
    assert {
        "AU  - Example & Desk",
        "DA  - 2025/02/14/",
        "M1  - 2025-01",
        "UR  - https://example.org/sample.html",
    } <= set(lines)
    year = formats(HEAD.replace("2025-02-14", "2025"))["RIS"].split("\n")
    assert {"PY  - 2025", "DA  - 2025///"} <= set(year)


def test_csl_json_names_authors_as_they_are_written() -> None:
    (item,) = json.loads(formats(HEAD + "authors: [{name: Ann van Example}]\n")["CSL-JSON"])
    assert item["author"] == [{"literal": "Ann van Example"}]
    assert item["issued"] == {"date-parts": [[2025, 2, 14]]}


def test_nothing_else_is_taken_for_it() -> None:
    assert is_own(json.dumps(dict.fromkeys(FORMATS, "x")).encode())
    for other in (b"", b"[]", b"{}", b'{"BibTeX": 1}', b"\xff"):
        assert not is_own(other)
