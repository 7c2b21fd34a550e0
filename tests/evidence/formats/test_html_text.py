"""HTML: every visible word is read or counted as left out; raised digits, notes and struck words keep their sense."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from generator.evidence.captures.document_limits import CannotCapture
from generator.evidence.captures.document_text import extract


def read(body: str) -> str:
    return extract("a.html", f"<!doctype html><html><body>{body}</body></html>".encode()).text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<p>10<sup>6</sup> m<sup>2</sup>, 10<sup>-3</sup>, 2<sup>n</sup>, 5<sup>2x</sup></p>",
            "10⁶ m², 10⁻³, 2ⁿ, 5^(2x)",
        ),
        ("<p>CO<sub>2</sub> and x<sub>i</sub></p>", "CO₂ and xᵢ"),
        ("<p>the 4<sup>th</sup>, le 2<sup>e</sup></p>", "the 4th, le 2e"),
        ("<p>policy<sup><a href='#n1'>1</a></sup>.</p>", "policy[1]."),
        ("<p>policy<sup><a href='#a'>1</a><a href='#b'>[2]</a></sup>.</p>", "policy[1][2]."),
        ("<p>policy<a href='#n' role='doc-noteref'><sup>1</sup></a>.</p>", "policy[1]."),
        ("<p>policy<sup>a</sup> holds</p>", "policyᵃ holds"),
        ("<p>It was <del>never</del> <s>not</s> true.</p>", "It was true."),
        ("<p>It <span style='text-decoration: underline line-through'>never</span> was.</p>", "It was."),
        ("<p>It <b hidden>never</b><i style='DISPLAY : none'>not</i> was.</p>", "It was."),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><caption>Levies</caption><tr><td>5<td>6</table>", "Levies\n5\n6"),
        ("<figure><img src=a alt=b><figcaption>Figure 1</figcaption></figure>", "Figure 1"),
        ("<p>one<br>two<br> <br>three</p>", "one two\nthree"),
        ("<pre>a\nb</pre>", "a\nb"),
        ("<p>a<!-- > -->b<!--><p>c</p>-->d</p>", None),
        ("<p>a <embed hidden src=x>b <source>c <track>d</p>", "a b c d"),
        ("<p>un<wbr>do it</p>", "un\u200bdo it"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "x²=(1)/(2)"),
        ("<math><mn>1</mn><mn>2</mn></math>", "1 2"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("<svg><title>T</title><text>5 %</text></svg>", "5 %"),
    ],
)
def test_elements(body: str, text: str | None) -> None:
    if text is not None:
        assert read(body) == text
    else:
        assert read(body).startswith("ab")


def test_words_outside_the_main_element_are_counted() -> None:
    html = "<html><body><header>Site name</header><main><nav>Up</nav><p>The levy failed in the spring.</p></main></body></html>"
    found = extract("a.html", html.encode())
    assert found.text == "The levy failed in the spring."
    assert "33% of the page's visible words (3)" in found.notes[0]


@pytest.mark.parametrize(
    "article", ["<article>Teaser</article>", "<article>The levy</article><article>failed</article>", ""]
)
def test_a_page_whose_main_element_holds_little_is_read_whole(article: str) -> None:
    words = "The levy failed in the spring, and nobody paid."
    assert words in read(f"{article}<p>{words}</p>")


def test_struck_and_hidden_passages_are_noted() -> None:
    found = extract("a.html", b"<html><body><p>It was <del>never</del> <b hidden>so</b> true.</p></body></html>")
    assert found.notes == ("1 deleted or struck passage is left out", "1 hidden passage is left out")


def test_footnote_back_links_are_no_text() -> None:
    assert read("<p>The note. <a href='#r' role='doc-backlink'>↩︎</a></p>") == "The note."


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("x-sjis", "shift_jis"),
        ("gb2312", "gbk"),
        ("windows-1251", "cp1251"),
    ],
)
def test_encodings_have_the_names_of_the_web(label: str, encoding: str) -> None:
    words = {"shift_jis": "輸出規制は失敗した", "gbk": "出口管制失败了", "cp1251": "Налог не удался"}.get(
        encoding, "Café “levy” – 5 €"
    )
    html = f"<html><head><meta charset='{label}'></head><body><p>{words}</p></body></html>"
    assert extract("a.html", html.encode(encoding)).text == words


@pytest.mark.parametrize(
    "label", ["rot13", "utf-7", "unicode_escape", "idna", "hex", "zlib", "utf-16", "replacement", "punycode"]
)
def test_codecs_of_python_are_no_encodings(label: str) -> None:
    html = f"<html><meta charset='{label}'><body><p>Caf\xe9 +AGE- \\x41</p></body></html>".encode("cp1252")
    with pytest.raises(CannotCapture, match="does not state its encoding"):
        extract("a.html", html)


ATTACKS = {
    "comment openings": b"<!--" * 100_000,
    "dashes in comments": b"<!--" + b"--!" * 100_000,
    "spaces before a comment": b" " * 100_000 + b"<!-- x -->" * 1000,
    "comments before the root": b"<!-- - -->" * 30_000 + b"<html>words",
    "attributes": b"<html><a " + b"x=y " * 100_000 + b">w",
    "ampersands": b"<html>" + b"&" * 300_000,
    "formatting left open": b"<html>" + b"<b>" * 1000 + b"<p>y" * 1000,
    "line breaks": b"<html>w" + b"<br> " * 100_000 + b"w",
    "raised": b"<html>" + b"<script></script><sup>1</sup>" * 20_000,
    "style": b"<html><p style='" + b"display " * 50_000 + b"'>w",
    "declarations": b"<html><meta charset" + b" " * 100_000 + b"=x>w\xe9",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_page_takes_long(attack: bytes) -> None:
    started = time.process_time()
    for data in (attack, b"<html>" + attack):
        with suppress(CannotCapture):
            extract("a.html", data)
    # A second where time grows with length, hours where it grows with its square.
    assert time.process_time() - started < 60
