"""Styles of a page's own: out of its markup, with the same effect, and the colours that a reader chose."""

from __future__ import annotations

import re

from generator.render.html import Styles
from generator.render.style_sheets import apart, with_theme
from tests.render.pages import HEAD, page, printed

FIGURES = """
facts:
  - id: cost
    claim: The cost is disputed.
    figures:
      - {amount: 9.5 million, unit: florins, by: An institute, cite: "@talk"}
      - {amount: 22 million, unit: florins, by: A guild, cite: "@press"}
"""
HOUSE = "name: Example Desk\ncolours: {deep: '#12284a', accent: '#a03d17'}\n"


def test_styles_of_a_page_are_in_a_file_that_changes_its_name_with_them() -> None:
    screen = apart(printed(page(HEAD + FIGURES, house=HOUSE)), "2025/sample", "../")
    ((path, css),) = screen.files.items()
    assert re.fullmatch(r"assets/pages/2025/sample\.[0-9a-f]{12}\.css", path)
    assert f'<link rel="stylesheet" href="../{path}">' in screen.html
    assert "<style" not in screen.html
    assert " style=" not in screen.html
    assert b"--deep:#12284a" in css
    assert b"left:" in css
    other = apart(printed(page(HEAD + FIGURES.replace("22", "23"), house=HOUSE)), "2025/sample", "../")
    assert other.files.keys() != screen.files.keys()
    assert apart(printed(page(HEAD + FIGURES, house=HOUSE)), "2025/sample", "../") == screen


def test_equal_styles_are_one_class_which_stands_before_those_of_the_design() -> None:
    html = '<meta charset="utf-8">\n</head><b class="a" style="left:1%">x</b><i style="left:1%"></i><u style="top:0">style="x"</u>'
    screen = apart(html, "sample", "")
    assert '<b class="own-1 a">x</b><i class="own-1"></i><u class="own-2">style="x"</u>' in screen.html
    assert next(iter(screen.files.values())) == b".own-1:not(#_){left:1%}\n.own-2:not(#_){top:0}\n"


def test_a_page_without_styles_of_its_own_has_no_file() -> None:
    assert apart('<meta charset="utf-8">\n<head></head>', "sample", "").files == {}


def test_a_page_that_stands_alone_names_each_of_its_sheets() -> None:
    html = printed(page(HEAD + FIGURES, house=HOUSE), styles=Styles.EMBEDDED)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].count("'sha256-") == html.count("<style")
    assert "script-src" not in policy[1]
    assert "<script src" not in html


def test_dark_rules_follow_the_reader_before_the_device_and_keep_their_precedence() -> None:
    css = ":root{--a:1}\n@media (prefers-color-scheme: dark) { :root { --a: 2 } .x, p > b { color: red } }\n:root{--b:3}\n"
    found = with_theme(css)
    assert ':root:where(:not([data-theme="light"])) { --a: 2 }' in found
    assert ':root:where([data-theme="dark"]) { --a: 2 }' in found
    assert ':where(:root[data-theme="dark"]) .x, :where(:root[data-theme="dark"]) p > b { color: red }' in found
    assert found.index("--a:1") < found.index("--a: 2") < found.index("--b:3")
    plain = "p { color: red }\n"
    assert with_theme(plain) == plain
