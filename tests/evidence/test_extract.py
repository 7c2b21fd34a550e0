"""Documents of every kind, good ones and hostile ones: text or a clear refusal, never a crash."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.evidence.captures.document_limits import CAPTURE_EMPTY, CAPTURE_LIMIT, CAPTURE_UNREADABLE, CannotCapture
from generator.evidence.captures.document_text import extract
from generator.problems import Code

READ_OR_REFUSED = {"read", CAPTURE_EMPTY.name, CAPTURE_LIMIT.name, CAPTURE_UNREADABLE.name}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, *, head: str = "", level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A DOCX file with this body."""
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": xml.encode()}, level)


def archive(files: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", level) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return made.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF with one line of Helvetica on each page; a page without words for an empty string."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET" if words else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * i} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    out, offsets = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return f"{out}startxref\n{start}\n%%EOF".encode("latin-1")


# ---------------------------------------------------------------- good ones


def test_plain_text_keeps_its_lines() -> None:
    found = extract("a.txt", "One line.\r\nAnother – line.\x00\n".replace("\x00", "").encode())
    assert found.text == "One line.\nAnother – line.\n"
    assert found.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(encoding: str) -> None:
    assert extract("a.txt", "Caf\u00e9 – שלום".encode(encoding)).text == "Caf\u00e9 – שלום"


def test_stray_bytes_in_utf8_are_noted_and_not_guessed() -> None:
    data = "naïve café – “über” ".encode() * 3 + "caf\u00e9".encode("cp1252")
    found = extract("a.txt", data)
    assert found.text.endswith("caf\ufffd")
    assert "1 byte is not UTF-8" in found.notes[0]


ENCODED = {
    "windows-1252": "The café fee is new, they say.\nIt costs €3 a day – “no more”.\n",
    "koi8-r": "Комитет заявил, что сбор с судов не решит проблему порта в этом году.",
    "windows-1254": "Komisyon, vergi artışının limanın sorununu çözmeyeceğini söyledi.",
    "iso-8859-2": "Komisja stwierdziła, że opłata nie rozwiąże problemu portu.",
    "big5": "委員會表示，徵費不會解決港口的問題。",
    "iso-2022-jp": "委員会は、課徴金が港の問題を解決しないと述べた。",
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_encoding_is_stated_or_told_and_never_guessed(name: str, encoding: str) -> None:
    words = ENCODED[encoding]
    data = (f"<html><body><p>{words}</p></body></html>" if name == "a.html" else words).encode(encoding)
    with pytest.raises(CannotCapture, match="does not state its encoding"):
        extract(name, data)
    told = extract(name, data, encoding=encoding)
    assert told.text.split() == words.split()
    assert told.extractor.endswith(encoding)


def test_a_wrong_encoding_that_is_told_is_refused() -> None:
    with pytest.raises(CannotCapture, match="or is not shift_jis"):
        extract("a.txt", "caf\u00e9 au lait, d\u00e9j\u00e0 vu".encode("cp1252"), encoding="shift_jis")


def test_markdown_gives_its_words() -> None:
    source = "---\ntitle: x\n---\n# A head\n\nThe *levy* [failed](https://example.org)\nin `2019`.\n\n> - quoted &amp; kept\n"
    assert extract("a.md", source.encode()).text == "A head\nThe levy failed in 2019.\nquoted & kept"


def test_markdown_keeps_a_number_that_begins_a_paragraph() -> None:
    source = "21. dubna 1882 the levy failed.\n\nThen:\n\n1. It was paid.\n2. It failed.\n"
    assert extract("a.md", source.encode()).text == "21. dubna 1882 the levy failed.\nThen:\nIt was paid.\nIt failed."


def test_html_gives_the_main_text_and_marks_notes() -> None:
    body = "".join(
        f"<p>The levy on ships failed in year {n}, said the panel<sup><a href='#f'>{n}</a></sup>. It was 5 m<sup>2</sup>.</p>"
        for n in range(9)
    )
    html = f"<html><body><nav>Home</nav><article><h1>The levy</h1>{body}</article></body></html>"
    found = extract("page", html.encode())
    assert found.media_type == "text/html"
    assert "said the panel[3]." in found.text
    assert "5 m²" in found.text
    assert "Home" not in found.text


def test_html_says_its_encoding() -> None:
    html = (
        "<html><meta charset='iso-8859-2'><body><p>"
        + "Zażółć gęślą jaźń, powiedział zespół. " * 9
        + "</p></body></html>"
    )
    assert "gęślą jaźń" in extract("a.html", html.encode("iso-8859-2")).text


def test_pdf_keeps_its_pages() -> None:
    found = extract("a.pdf", pdf("The levy failed.", "Nobody paid."))
    assert [page.strip() for page in found.text.split("\f")] == ["The levy failed.", "Nobody paid."]
    assert found.pages == ("", "")


def test_docx_gives_one_paragraph_a_line() -> None:
    deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:del><w:r><w:t>never </w:t></w:r></w:del>"
    body = f"<w:p><w:r><w:t>The levy </w:t></w:r>{deleted}<w:ins><w:r><w:t>failed</w:t></w:r></w:ins></w:p>"
    body += "<w:p><w:r><w:t>long</w:t><w:noBreakHyphen/><w:t>term</w:t><w:br/><w:t>plan</w:t></w:r></w:p><w:p/>"
    assert extract("a.docx", document(body)).text == "The levy failed\nlong\u2011term plan"


# ---------------------------------------------------------------- hostile ones

BOMB = document(f"<w:p><w:r><w:t>{'a' * 5_000_000}</w:t></w:r></w:p>")
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

HOSTILE: list[tuple[str, bytes, Code]] = [
    ("empty", b"", CAPTURE_EMPTY),
    ("only spaces", b" \n \t", CAPTURE_EMPTY),
    ("only marks", "…“”…".encode(), CAPTURE_EMPTY),
    ("binary", bytes(range(256)) * 40, CAPTURE_UNREADABLE),
    ("an executable", b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 90, CAPTURE_UNREADABLE),
    ("half a UTF-16 text", "The levy".encode("utf-16")[:-1], CAPTURE_UNREADABLE),
    ("a pile of accents", b"words a" + "\u0301\u0316".encode() * 40_000, CAPTURE_UNREADABLE),
    ("control characters", b"\x01\x02\x03\x04 words " * 40, CAPTURE_UNREADABLE),
    ("pdf without text", pdf("", ""), CAPTURE_EMPTY),
    ("pdf cut short", pdf("The levy failed.")[:60], CAPTURE_UNREADABLE),
    ("pdf of nothing", b"%PDF-1.7\n%%EOF", CAPTURE_UNREADABLE),
    ("zip bomb", BOMB, CAPTURE_LIMIT),
    ("billion laughs", document("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head=ENTITIES), CAPTURE_UNREADABLE),
    ("zip that is no docx", archive({"a.txt": b"words"}), CAPTURE_UNREADABLE),
    ("docx cut short", document("<w:p><w:r><w:t>words</w:t></w:r></w:p>")[:-30], CAPTURE_UNREADABLE),
    ("docx of broken XML", archive({"word/document.xml": b"<w:document"}), CAPTURE_UNREADABLE),
    ("docx of nothing", document("<w:p/>"), CAPTURE_EMPTY),
    ("html of nothing", b"<html><body><script>alert(1)</script></body></html>", CAPTURE_EMPTY),
]


@pytest.mark.parametrize(("data", "code"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_documents_are_refused_in_words(data: bytes, code: Code) -> None:
    with pytest.raises(CannotCapture) as refused:
        extract("document", data)
    assert refused.value.code is code
    assert refused.value.message


def test_a_zip_may_lie_about_its_size() -> None:
    data = bytearray(BOMB)
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (9).to_bytes(4, "little")  # the size unpacked, in the directory
    with pytest.raises(CannotCapture):
        extract("a.docx", bytes(data))


def test_a_deep_docx_is_read_without_recursion() -> None:
    deep = "<w:ins>" * 20_000 + "<w:r><w:t>words</w:t></w:r>" + "</w:ins>" * 20_000
    assert extract("a.docx", document(f"<w:p>{deep}</w:p>", level=zipfile.ZIP_STORED)).text == "words"


def test_deep_html_is_refused_and_never_cut() -> None:
    html = b"<html><body>" + b"<div>" * 30_000 + b"words of the panel" + b"</div>" * 30_000
    assert outcome("a.html", html) == CAPTURE_LIMIT.name


def test_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.evidence.captures.document_text.MAX_BYTES", 100)
    monkeypatch.setattr("generator.evidence.captures.document_text.MAX_CHARACTERS", 20)
    with pytest.raises(CannotCapture, match="101 bytes"):
        extract("a.txt", b"a" * 101)
    with pytest.raises(CannotCapture, match="21 characters"):
        extract("a.txt", b"a" * 21)
    assert extract("a.txt", b"a" * 20).text


def test_limit_of_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.evidence.captures.pdfs.MAX_PAGES", 1)
    with pytest.raises(CannotCapture, match="2 pages"):
        extract("a.pdf", pdf("one", "two"))


def locked(user: str, owner: str) -> bytes:
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("The levy failed."))) as document:
        document.save(made, encryption=pikepdf.Encryption(user=user, owner=owner))
    return made.getvalue()


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    with pytest.raises(CannotCapture, match="password"):
        extract("a.pdf", locked("secret", "other"))


def test_a_pdf_that_only_its_owner_may_change_is_read_by_both_readers() -> None:
    found = extract("a.pdf", locked("", "other"))
    assert (found.text.strip(), found.second.strip()) == ("The levy failed.",) * 2


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"\xff\xfe"]), st.binary(max_size=300))
def test_anything_is_read_or_refused(start: bytes, rest: bytes) -> None:
    for name in ("a.txt", "a.md"):
        assert outcome(name, start + rest) in READ_OR_REFUSED


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
@example(b"\xb7", 261)
def test_a_damaged_docx_is_read_or_refused(noise: bytes, at: int) -> None:
    data = document("<w:p><w:r><w:t>words of the panel</w:t></w:r></w:p>")
    damaged = b"PK\x03\x04" + (data[:at] + noise + data[at + len(noise) :])[4:]
    assert outcome("a.docx", damaged) in READ_OR_REFUSED


def outcome(name: str, data: bytes) -> str:
    """`read`, or the code that it was refused with."""
    try:
        extract(name, data).text.encode()  # no half characters may be left
    except CannotCapture as refused:
        return refused.code.name
    return "read"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (archive({"ppt/presentation.xml": b"<p/>"}), "a presentation"),
        (archive({"xl/workbook.xml": b"<p/>"}), "a workbook"),
        (b"<?xml version='1.0'?><svg><text>The fee is new.</text></svg>", "a picture"),
        (b" <!-- a --><!DOCTYPE svg>\n<svg><text>The fee is new.</text></svg>", "a picture"),
    ],
)
def test_documents_of_other_programs_are_refused_by_their_kind(data: bytes, what: str) -> None:
    with pytest.raises(CannotCapture, match=f"this is {what}"):
        extract("a.txt", data)
