"""DOCX, saved pages, and kinds that are refused: what is deleted is no text, and nothing is taken for plain text."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest

from generator.evidence.captures.document_limits import CAPTURE_UNREADABLE, CannotCapture
from generator.evidence.captures.document_text import extract

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def docx(body: str, **parts: str) -> bytes:
    made = io.BytesIO()
    roots = {"document": f"<w:document {NS}><w:body>{body}</w:body></w:document>"}
    roots |= {name: f"<w:{name} {NS}>{content}</w:{name}>" for name, content in parts.items()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in roots.items():
            archive.writestr(f"word/{name}.xml", xml)
    return made.getvalue()


NS = f'xmlns:w="{W}" xmlns:m="{M}"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


SUP = '<w:vertAlign w:val="superscript"/>'
STYLES = (
    '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Child"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:styleId="Up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(run("10"), run("6", SUP), run(" m"), run("2", SUP)), "10⁶ m²"),
        (p(run("CO"), run("2", '<w:vertAlign w:val="subscript"/>')), "CO₂"),
        (p(run("It was "), run("never ", "<w:strike/>"), run("not ", "<w:dstrike/>"), run("so")), "It was so"),
        (p(run("It was "), run("never ", "<w:vanish/>"), run("so", '<w:strike w:val="0"/>')), "It was so"),
        (
            p(run("It was "), run("never ", '<w:rStyle w:val="Child"/>'), run("so", '<w:rStyle w:val="Loop"/>')),
            "It was so",
        ),
        (p(run("10"), run("6", '<w:rStyle w:val="Up"/>')), "10⁶"),
        ('<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>' + run("never") + "</w:p>" + p(run("so")), "so"),
        (p("<w:moveFrom>" + run("never ") + "</w:moveFrom><w:moveTo>" + run("so") + "</w:moveTo>"), "so"),
        (p(run("a "), '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run(" 5")), "a ≥ 5"),
        (p(run("a "), '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'), "a \ufffd"),
        (
            p(
                "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
            ),
            "x²",
        ),
        (f"<w:tbl><w:tr><w:tc>{p(run('one'))}</w:tc><w:tc>{p(run('two'))}</w:tc></w:tr></w:tbl>", "one\ntwo"),
    ],
)
def test_runs_of_docx(body: str, text: str) -> None:
    assert extract("a.docx", docx(body, styles=STYLES)).text == text


def test_notes_of_docx_are_never_glued_to_words_and_come_at_the_end() -> None:
    reference = f'<w:r><w:rPr>{SUP}</w:rPr><w:footnoteReference w:id="7"/></w:r>'
    notes = (
        f'<w:footnote w:id="7">{p(run("The note."))}</w:footnote><w:footnote w:id="8">{p(run("Unused."))}</w:footnote>'
    )
    found = extract("a.docx", docx(p(run("policy"), reference, run(", so")), footnotes=notes))
    assert found.text == "policy[1], so\n[1] The note."


def test_what_docx_leaves_out_is_noted() -> None:
    found = extract("a.docx", docx(p(run("never ", "<w:strike/>"), run("so"))))
    assert found.notes == ("1 struck or hidden passage is left out",)


MHTML = (
    b"From: <Saved by a browser>\r\nSubject: A page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    b'\ttype="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=windows-1251\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><body><p>10<sup>6</sup> =CD=E0=EB=EE=E3 not=\r\n paid.</p></body></html>\r\n--b\r\n"
    b"Content-Type: text/css\r\n\r\np{}\r\n--b--\r\n"
)


@pytest.mark.parametrize("name", ["a.mhtml", "a.html", "a"])
def test_a_page_saved_as_one_file_is_read_as_its_html(name: str) -> None:
    found = extract(name, MHTML)
    assert (found.media_type, found.text) == ("multipart/related", "10⁶ Налог not paid.")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.mhtml", MHTML.replace(b"text/html", b"text/xml"), "no HTML"),
        ("a.mhtml", b"The levy failed.", "saved page"),
        ("a.eml", b"From: a\nMIME-Version: 1.0\n\nThe levy failed.", "e-mail"),
        ("a.txt", b"From: a\nTo: b\n c\nMIME-Version: 1.0\n\nThe levy failed.", "e-mail"),
        ("a.rtf", rb"{\rtf1 The levy failed.}", "RTF is not read"),
        ("a.txt", rb"{\rtf1 The levy failed.}", "RTF is not read"),
        ("a.rtf", b"The levy failed.", "ends in .rtf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old office"),
        ("a.txt", b"%!PS-Adobe\n(words) show", "PostScript"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"words " * 99, "a picture"),
    ],
)
def test_other_kinds_are_refused_in_words(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(CannotCapture, match=reason) as refused:
        extract(name, data)
    assert refused.value.code is CAPTURE_UNREADABLE


def archive(media_type: str, **files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr("mimetype", media_type)
        for name, content in files.items():
            zipped.writestr(f"{name}.xml", content)
    return made.getvalue()


ODT = "application/vnd.oasis.opendocument.text"


def test_what_pandoc_converts_is_read_as_html() -> None:
    asked: list[tuple[str, bytes]] = []

    def convert(kind: str, data: bytes) -> str:
        asked.append((kind, data))
        return "<p>It was <del>never</del> 10<sup>6</sup>.</p>"

    documents = (rb"{\rtf1 x}", archive(ODT, content="<a/>"), archive("application/epub+zip"))
    assert {extract("a", data, convert).text for data in documents} == {"It was 10⁶."}
    assert asked == list(zip(("rtf", "odt", "epub"), documents, strict=True))


def test_hidden_text_of_odt_is_refused() -> None:
    hidden = archive(ODT, content='<style:text-properties text:display="none"/>')
    with pytest.raises(CannotCapture, match="hidden text"):
        extract("a.odt", hidden, lambda kind, data: "<p>words</p>")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.odt", archive(ODT, content='<style:text-properties fo:color="#FFFFFF"/>')),
        ("a.odt", archive(ODT, styles='<style:text-properties fo:font-size="1.5pt"/>')),
        ("a.rtf", rb"{\rtf1{\colortbl;\red0\green0\blue0;\red255\green255\blue254;}It will {\cf2 not }work.}"),
        ("a.rtf", rb"{\rtf1 It will {\fs2 not }work.}"),
    ],
)
def test_white_and_tiny_letters_that_pandoc_does_not_mark_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(CannotCapture, match="white or tiny letters"):
        extract(name, data, lambda kind, data: "<p>words</p>")


def odt_page(properties: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
    )
    style = f'<style:style style:name="T"><style:text-properties {properties}/></style:style>'
    page = '<text:p>It was 5.6<text:span text:style-name="T">1</text:span> percent.</text:p>'
    return archive(ODT, content=f"<a {spaces}>{style}{page}</a>")


JOINED = [
    ("a.odt", odt_page('fo:font-size="6pt"')),
    ("a.rtf", rb"{\rtf1 It was 5.6{\fs12 1} percent.}"),
    ("a.rtf", rb"{\rtf1 It was {\fs24 5.6}{\fs12\up6 \'31} percent.}"),
]
WHOLE = [
    ("a.odt", odt_page('fo:language="en"')),
    ("a.odt", odt_page('style:text-position="super 58%"')),
    ("a.rtf", rb"{\rtf1 It was {\fs24\insrsid1 5.6}{\fs24\insrsid2 1} percent.}"),
    ("a.rtf", rb"{\rtf1 It was 10{\super 6} metres.}"),
]


@pytest.mark.parametrize(("name", "data"), JOINED)
def test_digits_of_another_form_that_pandoc_does_not_mark_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(CannotCapture, match="digits of another form"):
        extract(name, data, lambda kind, data: "<p>words</p>")


@pytest.mark.parametrize(("name", "data"), WHOLE)
def test_digits_of_one_form_and_superscripts_are_read(name: str, data: bytes) -> None:
    assert extract(name, data, lambda kind, data: "<p>words</p>").text == "words"


def test_letters_in_the_colour_of_a_background_of_odt_are_refused() -> None:
    with pytest.raises(CannotCapture, match="colour of a background"):
        extract(
            "a.odt", odt_page('fo:color="#aa0000" fo:background-color="#AA0000"'), lambda kind, data: "<p>words</p>"
        )


def test_black_letters_of_rtf_and_a_text_box_of_odt_are_no_reason() -> None:
    black = rb"{\rtf1{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}It {\cf1\fs20 works}.}"
    assert extract("a.rtf", black, lambda kind, data: "<p>words</p>").notes == ()
    boxed = archive(ODT, content='<draw:text-box xmlns:draw="d"/>')
    assert extract("a.odt", boxed, lambda kind, data: "<p>words</p>").notes == ("1 text box may be missing",)


def test_an_embedded_document_of_docx_is_noted() -> None:
    assert "1 embedded document is not read" in extract("a.docx", docx("<w:altChunk/>" + p(run("It failed.")))).notes


def test_an_archive_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.evidence.captures.document_text.MAX_BYTES", 1000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", ODT)
        zipped.writestr("content.xml", "a" * 5000)
    with pytest.raises(CannotCapture, match="unpacks"):
        extract("a.odt", made.getvalue(), lambda kind, data: "<p>words</p>")


def test_what_pandoc_cannot_read_is_refused_in_words() -> None:
    def convert(kind: str, data: bytes) -> str:
        raise ValueError("it takes more than 120 s")

    with pytest.raises(CannotCapture, match="120 s"):
        extract("a.rtf", rb"{\rtf1 x}", convert)


def test_a_damaged_archive_is_refused_in_words() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", ODT)
        zipped.writestr("content.xml", "".join(map(str, range(3000))))
    data = bytearray(made.getvalue())
    at = data.index(b"content.xml")
    data[at + 20 : at + 60] = bytes(40)
    with pytest.raises(CannotCapture, match="damaged"):
        extract("a.odt", bytes(data), lambda kind, data: "<p>words</p>")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_documents_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    for document in (docx(p(run("10"), run("6", SUP))), MHTML, archive(ODT, content="<a/>"), PAGE):
        data = bytearray(document)
        for _ in range(chance.choice((1, 5, 30))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(CannotCapture):
            extract("a", bytes(data), lambda kind, data: "<p>words</p>")


PAGE = b"<!doctype html><html><main><p>10<sup>6</sup><math><msup><mi>x</mi><mn>2</mn></msup></math><!-- c --></p></main></html>"
