"""Words that follow each other only in the layout of a document are no passage of it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from generator.evidence.captures.document_text import extract
from generator.evidence.gate import Transcript, judge
from tests.adversary import layouts
from tests.adversary.campaign import Tally
from tests.adversary.corpus import languages
from tests.adversary.test_hidden_text import docx, page, run
from tests.adversary.test_veiled_pages import FILLER, line, pdf


def verdict(name: str, data: bytes, words: str) -> str:
    return judge(words, Transcript(extract(name, data).text), language="en").verdict


HTML = {
    "heading": ("<h2>No money for</h2><p>The new port will open to ships.</p>", "No money for The new port will open"),
    "heading, small letter": ("<h2>No money</h2><p>for the new port, he said.</p>", "No money for the new port"),
    "cells": ("<table><tr><td>Ships are not<td>Safe in a storm</table>", "Ships are not Safe in a storm"),
    "rows": ("<table><tr><td>Ships are<td>Safe<tr><td>Ports are<td>Not</table>", "Safe Ports are"),
    "items": ("<ul><li>They want to close<li>The old port for good</ul>", "They want to close The old port"),
    "caption": (
        "<figure><figcaption>He refused</figcaption></figure><p>The port its due.</p>",
        "He refused The port its due",
    ),
    "term": ("<dl><dt>They never<dd>Return to the port</dl>", "They never Return to the port"),
    "teaser": ("<p>They stop</p><div>Mayor accused</div><p>by the police of fraud.</p>", "Mayor accused by the police"),
    "pull quote": (
        "<p>They say they accept</p><blockquote>The port is safe.</blockquote>",
        "they accept The port is safe",
    ),
    "text after a pull quote": (
        "<blockquote>The port is safe.</blockquote><p>and sound.</p>",
        "The port is safe. and sound",
    ),
    "block by style": (
        "<b style='display:block'>They attack</b><b style='display:block'>The port</b>",
        "They attack The port",
    ),
}
TEXTS = {
    "heading": "NO MONEY FOR\n\nThe new port will open to ships.",
    "tab": "Ships are not\tSafe in a storm",
    "columns": "They could not accept      The mayor resigned\nthe terms of the loan      over the port",
    "table of Markdown": "| a | b |\n|---|---|\n| Ships are not | Safe in a storm |",
}


@pytest.mark.parametrize(("body", "words"), [pytest.param(*case, id=name) for name, case in HTML.items()])
def test_words_of_two_blocks_are_no_quotation(body: str, words: str) -> None:
    assert verdict("a.html", page(f"</p>{body}<p>"), words) != "verified"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.txt", TEXTS["heading"], "NO MONEY FOR The new port will open"),
        ("a.txt", TEXTS["tab"], "Ships are not Safe in a storm"),
        ("a.txt", TEXTS["columns"], "They could not accept The mayor resigned"),
        ("a.txt", TEXTS["columns"], "The mayor resigned the terms of the loan"),
        ("a.md", TEXTS["table of Markdown"], "Ships are not Safe in a storm"),
    ],
)
def test_words_of_two_columns_or_blocks_of_a_text_are_no_quotation(name: str, text: str, words: str) -> None:
    assert verdict(name, f"{FILLER}\n\n{text}\n\n{FILLER}".encode(), words) != "verified"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (line(640, "No money for", size=18) + line(615, "The new port will open to ships."), "No money for The new port"),
        (line(640, "Ships are not") + line(640, "Safe in a storm", 250), "Ships are not Safe in a storm"),
        (line(640, "The report says nothing at all of what was promised by") + line(620, "1 The office of", size=8)
         + line(610, "the mayor.", size=8), "was promised by 1 The office of"),
    ],
)  # fmt: skip
def test_words_of_two_blocks_of_a_page_are_no_quotation(content: str, words: str) -> None:
    assert verdict("a.pdf", pdf(line(700, FILLER) + content + line(500, FILLER)), words) != "verified"


def test_rows_of_a_document_are_no_quotation() -> None:
    cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("Ships are not", "Safe in a storm"))
    data = docx(f"</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p>")
    assert verdict("a.docx", data, "Ships are not Safe in a storm") != "verified"


def test_letters_that_are_turned_around_are_no_quotation() -> None:
    text = f"{FILLER}\n\nThe levy will \u202eton\u202c solve the problem of the port.\n\n{FILLER}"
    assert verdict("a.txt", text.encode(), "The levy will ton solve the problem") != "verified"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>They met.</p><p>The port is safe.</p>", "They met. The port is safe"),
        ("<p>He asked for:</p><p>a new port,</p><p>more ships.</p>", "He asked for: a new port, more ships"),
        ("<p>They met.<sup><a href='#n'>1</a></sup></p><p>The port is safe.</p>", "They met. The port is safe"),
        (
            "<p>The <i>new</i> port<br>is <span style='color:red'>safe</span> at last.</p>",
            "The new port is safe at last",
        ),
        (
            "<style>.c{width:100%;font-size:110%}</style><p>The <i class='c'>new</i> port is safe.</p>",
            "The new port is safe",
        ),
    ],
)
def test_a_passage_of_two_paragraphs_or_with_styled_words_is_quoted(text: str, words: str) -> None:
    assert verdict("a.html", page(f"</p>{text}<p>"), words) == "verified"


def test_a_label_with_a_wide_gap_is_no_column() -> None:
    text = f"{FILLER}\n\nQ.      When did you come to the office of the harbour, which was then in\nthe old town?\n\n{FILLER}"
    assert (
        verdict("a.txt", text.encode(), "to the office of the harbour, which was then in the old town?") == "verified"
    )


def test_a_text_with_line_breaks_anywhere_is_quoted_over_them() -> None:
    words = FILLER.replace(".", "").split()
    text = "\n\n".join(" ".join(words[i : i + 3]) for i in range(0, len(words), 3))
    assert verdict("a.txt", text.encode(), "the report of the harbour office") == "verified"


def test_no_words_of_two_blocks_are_verified_in_any_language(count: Callable[[str], None]) -> None:
    tally = Tally()
    layouts.attack(languages(), tally, random.Random("layouts"))
    assert [str(one) for one in (*tally.verified, *tally.refused)] == []
    assert set(tally.mutants) == set(layouts.LAYOUTS)
    count(tally.summary())
