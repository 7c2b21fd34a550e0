"""Text that a reader of the document does not see, or sees differently, is no text of the source."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

import pytest

from generator.evidence.captures.document_limits import CannotCapture
from generator.evidence.captures.document_text import extract
from generator.evidence.gate import Transcript, judge
from tests.evidence.test_extract import document

FILLER = (
    "The council met on Tuesday and heard the report of the harbour office about the works of the past year in full."
)
Made = Callable[..., bytes]


def page(body: str) -> bytes:
    paragraphs = f"<p>{FILLER}</p><p>{body}</p><p>{FILLER.replace('Tuesday', 'Friday')}</p>"
    return f'<!doctype html><html><meta charset="utf-8"><title>x</title><body><article>{paragraphs}</article></html>'.encode()


def docx(body: str) -> bytes:
    return document(f"<w:p>{run(FILLER)}</w:p><w:p>{body}</w:p><w:p>{run(FILLER.replace('Tuesday', 'Friday'))}</w:p>")


def run(text: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def struck(text: str) -> str:
    return run(text, "<w:strike/>")


HTML = {
    "deleted": "The levy will <del>not </del>solve the problem of the port.",
    "struck": "The levy will <s>not </s>solve the problem of the port.",
    "hidden": "The levy will <span hidden>not </span>solve the problem of the port.",
    "display none": 'The levy will <span style="display:none">not </span>solve the problem of the port.',
    "invisible": 'The levy will <span style="visibility: hidden">not </span>solve the problem of the port.',
    "script": "The levy will <script>not </script>solve the problem of the port.",
    "template": "The levy will <template>not </template>solve the problem of the port.",
    "comment": "The levy will <!-- not -->solve the problem of the port.",
}
MARKDOWN = {
    "struck": "The levy will ~~not~~ solve the problem of the port.",
    "deleted": "The levy will <del>not</del> solve the problem of the port.",
    "comment": "The levy will <!-- > not --> solve the problem of the port.",
}
DOCX = {
    "deleted": run("The levy will ")
    + "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    + run("solve the problem of the port."),
    "struck": run("The levy will ") + struck("not ") + run("solve the problem of the port."),
    "struck twice": run("The levy will ") + run("not ", "<w:dstrike/>") + run("solve the problem of the port."),
    "hidden": run("The levy will ") + run("not ", "<w:vanish/>") + run("solve the problem of the port."),
    "moved away": run("The levy will ")
    + f"<w:moveFrom>{run('not ')}</w:moveFrom>"
    + run("solve the problem of the port."),
}
RAISED = {
    "html": (page, "The lake holds 10<sup>6</sup> tonnes of water and 2<sup>10</sup> fish."),
    "docx": (docx, run("The lake holds 10") + run("6", '<w:vertAlign w:val="superscript"/>') + run(" tonnes of water and 2")
             + run("10", '<w:vertAlign w:val="superscript"/>') + run(" fish.")),
}  # fmt: skip


def verdict(name: str, data: bytes, quotation: str) -> str:
    try:
        return judge(quotation, Transcript(extract(name, data).text), language="en").verdict
    except CannotCapture:
        return "refused"


def cases() -> Iterator[object]:
    for kind, made, bodies in (("html", page, HTML), ("docx", docx, DOCX), ("md", str.encode, MARKDOWN)):
        for name, body in bodies.items():
            yield _case(f"{kind} {name}", (f"a.{kind}", made(body)), ("The levy will not solve the problem",))
    for kind, (made, body) in RAISED.items():
        words = ("The lake holds 106 tonnes", "water and 210 fish")
        yield _case(f"{kind} raised", (f"a.{kind}", made(body)), words)


def _case(name: str, *values: object) -> object:
    return pytest.param(*values, id=name)


@pytest.mark.parametrize(("file", "quotations"), list(cases()))
def test_what_is_hidden_or_raised_is_not_read_as_plain_words(
    file: tuple[str, bytes], quotations: tuple[str, ...]
) -> None:
    assert [words for words in quotations if verdict(*file, words) == "verified"] == []
