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
    "escaped property": r'The levy will <span style="d\69splay:/**/none">not </span>solve the problem of the port.',
    "closed popover": "The levy will <span popover>not </span>solve the problem of the port.",
    "phantom": "The levy will <math><mphantom><mtext>not</mtext></mphantom></math> solve the problem of the port.",
    **{
        style: f'The levy will <span style="{style}">not </span>solve the problem of the port.'
        for style in (
            "visibility: collapse", "opacity: 0%", "font-size: 0", "font: 0/0 a", "color: transparent", "color: #fff",
            "color: rgb(0 0 0 / 0)",
            "position: absolute; left: -9999px", "clip-path: inset(100%)", "text-indent: -9999px", "width: 1px; overflow: hidden",
            "margin-left: -9999px", "position: relative; left: -9999px", "letter-spacing: -1em", "translate: -9999px", "scale: 0",
            "mask: linear-gradient(transparent, transparent)", "inline-size: 0", "background: #123456; color: #123456",
            "max-height: 0", "transform: scale(0)", "content-visibility: hidden",
        )
    },
    **{
        rule: f'<style>{rule}</style>The levy will <span id="i" class="c">not </span>solve the problem of the port.'
        for rule in (
            ".c{display:none}", "p > #i{visibility:hidden!important}", "@media screen{span[class]{opacity:0}}",
            ".c{text-decoration:line-through}",
            ".c:not(:focus){position:absolute;width:1px}", "p{& .c{display:none}}",
        )
    },
}  # fmt: skip
SEEN = {
    "a button": "The levy will <button>not</button> solve the problem of the port.",
    "a field": '<label>The levy will <input value="not"> solve the problem of the port.</label>',
    "a list": "The levy will <select><option>not</option></select> solve the problem of the port.",
    "generated": "<style>.c::before{content:'not'}</style>The levy will <i class='c'></i> solve the problem of the port.",
    "a picture": "The levy will <img src=a alt=not> solve the problem of the port.",
    "a frame": "The levy will <iframe src=a></iframe> solve the problem of the port.",
    "an object": "The levy will <object data=a></object> solve the problem of the port.",
    "turned": "The levy will <bdo dir='rtl'>ton</bdo> solve the problem of the port.",
    "clear again": '<style>.c{display:none}</style>The levy will <i class="c">not </i>solve the problem of the port.',
}
"""Words that a reader sees, or may see, but that the text does not have in their place."""
SEEN_DOCX = {
    "a picture": run("The levy will ") + "<w:r><w:drawing/></w:r>" + run("solve the problem of the port."),
    "an object": run("The levy will ") + "<w:r><w:object/></w:r>" + run("solve the problem of the port."),
}
MARKDOWN = {
    "struck": "The levy will ~~not~~ solve the problem of the port.",
    "deleted": "The levy will <del>not</del> solve the problem of the port.",
    "comment": "The levy will <!-- > not --> solve the problem of the port.",
    "hidden": "The levy will <span hidden>not</span> solve the problem of the port.",
    "script": "The levy will <script>not</script> solve the problem of the port.",
    "picture": "The levy will ![not](a.png) solve the problem of the port.",
}
DOCX = {
    "deleted": run("The levy will ")
    + "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    + run("solve the problem of the port."),
    "struck": run("The levy will ") + struck("not ") + run("solve the problem of the port."),
    "struck twice": run("The levy will ") + run("not ", "<w:dstrike/>") + run("solve the problem of the port."),
    "hidden": run("The levy will ") + run("not ", "<w:vanish/>") + run("solve the problem of the port."),
    "field code": run("The levy will ")
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    + run("not ")
    + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    + run("solve the problem of the port."),
    **{
        properties: run("The levy will ") + run("not ", properties) + run("solve the problem of the port.")
        for properties in (
            '<w:color w:val="FFFFFF"/>',
            '<w:color w:val="EFEFEF"/>',
            '<w:color w:val="112233"/><w:shd w:val="clear" w:fill="112233"/>',
            '<w:highlight w:val="black"/>',
            '<w:color w:val="auto" w:themeColor="background1"/>',
            '<w:sz w:val="2"/>',
            '<w:w w:val="1"/>',
            '<w:spacing w:val="-400"/>',
        )
    },
    "moved away": run("The levy will ")
    + f"<w:moveFrom>{run('not ')}</w:moveFrom>"
    + run("solve the problem of the port."),
}
GLUED_DOCX = {
    "smaller": run("It was 5.6") + run("1", '<w:sz w:val="12"/>') + run(" per cent."),
    "styled": run("It was 5.6") + run("1", '<w:rStyle w:val="Note"/>') + run(" per cent."),
}
GLUED = {
    "span": "It was 5.6<span class='n'>1</span> per cent, and 10<span>6</span> of them.",
    "link": "It was 5.6<a href='#1'>1</a> per cent, and 10<a href='b'>6</a> of them.",
    "small": "It was 5.6<small>1</small> per cent, and 10<small>6</small> of them.",
    "behind": "It was <b>5.6</b>1 per cent, and <b>10</b>6 of them.",
}
RAISED = {
    "html": (page, "The lake holds 10<sup>6</sup> tonnes of water and 2<sup>10</sup> fish."),
    "docx": (docx, run("The lake holds 10") + run("6", '<w:vertAlign w:val="superscript"/>') + run(" tonnes of water and 2")
             + run("10", '<w:vertAlign w:val="superscript"/>') + run(" fish.")),
    "html by style": (page, "The lake holds 10<span style='vertical-align: super'>6</span> tonnes of water and "
                      "2<span style='vertical-align: 0.4em'>10</span> fish."),
    "docx by height": (docx, run("The lake holds 10") + run("6", '<w:position w:val="8"/>') + run(" tonnes of water and 2")
                       + run("10", '<w:position w:val="8"/>') + run(" fish.")),
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
    for name, body in SEEN.items():
        yield _case(f"html {name}", ("a.html", page(body)), ("The levy will solve the problem",))
    for name, body in SEEN_DOCX.items():
        yield _case(f"docx {name}", ("a.docx", docx(body)), ("The levy will solve the problem",))
    turned = run("The levy will ") + f'<w:bdo w:val="rtl">{run("ton")}</w:bdo>' + run(" solve the problem of the port.")
    yield _case("docx turned", ("a.docx", docx(turned)), ("The levy will ton solve the problem",))
    for name, body in GLUED_DOCX.items():
        yield _case(f"docx glued {name}", ("a.docx", docx(body)), ("It was 5.61 per cent", "It was 5.6 per cent"))
    for name, body in GLUED.items():
        joined = ("It was 5.61 per cent", "and 106 of them", "It was 5.6 per cent", "and 10 of them")
        yield _case(f"html glued {name}", ("a.html", page(body)), joined)
    for kind, (made, body) in RAISED.items():
        words = ("The lake holds 106 tonnes", "water and 210 fish")
        yield _case(f"{kind} raised", (f"a.{kind.split()[0]}", made(body)), words)


def _case(name: str, *values: object) -> object:
    return pytest.param(*values, id=name)


@pytest.mark.parametrize(("file", "quotations"), list(cases()))
def test_what_is_hidden_or_raised_is_not_read_as_plain_words(
    file: tuple[str, bytes], quotations: tuple[str, ...]
) -> None:
    assert [words for words in quotations if verdict(*file, words) == "verified"] == []


VEILED = {
    "html paragraph": page(
        "<style>.c{display:none}</style>A fee.</p><p class='c'>The levy will solve the problem of the port."
    ),
    "html section": page(
        "<style>.c{opacity:0}</style>A fee.</p><div class='c'><p>A fee.<p>The levy will solve the problem of the port.</div>"
    ),
    "html inline": page(
        "<style>.c{display:none}</style>We hope. <i class='c'>The levy will solve the problem of the port.</i> A fee."
    ),
    "html nested": page(
        "A fee. <b style='opacity:0'>No <i style='color:#fff'>fee</i>. The levy will solve the problem of the port.</b>"
    ),
    "docx white": docx(
        run("A fee. ") + run("The levy will solve the problem of the port.", '<w:color w:val="FFFFFF"/>')
    ),
}
UNVEILED = {
    "html behind": page(
        "<style>.c{display:none}</style><i class='c'>A fee.</i> The levy will solve the problem of the port."
    ),
    "html next": page(
        "<style>.c{display:none}</style><b class='c'>A fee.</b></p><p>The levy will solve the problem of the port."
    ),
    "html control": page("Press <button>here</button>. The levy will solve the problem of the port."),
    "html icon": page('Press <img src=a alt="">here. The levy will solve the problem of the port.'),
    "html negative margin": page(
        "<span style='margin-left: -15px'>The levy will solve the problem of the port.</span>"
    ),
    "html empty": page(
        "<style>.c{display:none}</style><i class='c'> </i> The levy will solve the problem of the port."
    ),
    "docx number": docx(
        run("It was 5") + run("6", '<w:lang w:val="en-GB"/>') + run(". The levy will solve the problem of the port.")
    ),
    "docx white on black": docx(
        run("The levy will solve the problem of the port.", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>')
    ),
    "docx behind": docx(
        run("A fee. ", '<w:color w:val="FFFFFF"/>') + run("The levy will solve the problem of the port.")
    ),
}


@pytest.mark.parametrize("name", [*VEILED, *UNVEILED])
def test_words_that_readers_may_not_see_are_not_quoted(name: str) -> None:
    data = (VEILED | UNVEILED)[name]
    assert verdict(f"a.{name.split()[0]}", data, "The levy will solve the problem") == (
        "unchecked" if name in VEILED else "verified"
    )
