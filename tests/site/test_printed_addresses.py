"""Addresses in links, as pages print them: only characters that an address can have, and to the place that the author meant."""

from __future__ import annotations

import re

import pytest

from generator.project import Project
from tests.site import site_project as it

SOURCES = """
references:
  - {id: talk, type: article-journal, title: A talk, issued: 2024-05-02, DOI: "10.1002/(SICI)1096(199605)100:1<15::AID>3.0.CO;2-8"}
  - {id: Talk, type: article-journal, title: Another, issued: 2022-05-02, DOI: "10.1000/a#b?c%20d"}
  - {id: press, type: webpage, title: A report, issued: 2024-05-03, provenance: report, URL: 'https://example.com/a|b[c]?d=%zz'}
"""
HOUSE = it.HOUSE + "citation_style: apa\ncontact: {accessibility: 'desk@example.org?bcc=other@example.org'}\n"
SUMMARY = "summary: Write [to us](mailto:desk@example.org), or [read](https://example.org/a|b).\n"
ADDRESS = re.compile(r"[A-Za-z0-9./:;()_~!$&'*+,=@?#%\[\]-]*")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = it.write(tmp_path_factory.mktemp("site"), works=it.WORKS + SUMMARY, house=HOUSE, sources=SOURCES)
    it.made(made)
    return made


def links(project: Project, path: str) -> set[str]:
    return {href for href in it.page(project, path).xpath("//a/@href") if not href.startswith(("../", "#"))}


def test_every_link_has_only_characters_of_an_address(project: Project) -> None:
    pages = [path for path in it.files(project) if path.endswith(".html")]
    assert [href for path in pages for href in links(project, path) if not ADDRESS.fullmatch(href)] == []


def test_a_doi_and_an_address_lead_where_they_are_meant_to(project: Project) -> None:
    wanted = {
        "talk": "https://doi.org/10.1002/(SICI)1096(199605)100:1%3C15::AID%3E3.0.CO;2-8",
        "Talk": "https://doi.org/10.1000/a%23b%3Fc%2520d",
        "press": "https://example.com/a%7Cb%5Bc%5D?d=%25zz",
    }
    assert set(wanted.values()) <= links(project, "works.html")
    pages = {address for path in it.files(project) if path.startswith("sources/") for address in links(project, path)}
    assert set(wanted.values()) <= pages
    assert {"mailto:desk@example.org", "https://example.org/a%7Cb"} <= links(project, "works.html")


def test_a_contact_that_is_not_one_address_is_no_link(project: Project) -> None:
    page = it.page(project, "accessibility.html")
    assert "desk@example.org?bcc=other@example.org" in it.words(page)
    assert not [href for href in links(project, "accessibility.html") if "mailto" in href]
    assert not [href for href in links(project, "works.html") if "bcc" in href]
