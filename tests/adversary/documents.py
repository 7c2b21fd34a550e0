"""The text of a language as documents of each type that can be captured."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable

from tests.adversary.corpus import Language

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_text(language: Language) -> bytes:
    return language.text.encode()


def as_markdown(language: Language) -> bytes:
    return f"# A report\n\n{language.text}".encode()


def as_html(language: Language) -> bytes:
    return (
        f'<!doctype html><html lang="{language.tag}"><head><meta charset="utf-8"><title>A report</title></head><body><main>'
        f"<article><h1>A report</h1>{_paragraphs(language)}</article></main></body></html>"
    ).encode()


def as_pdf(language: Language) -> bytes:
    from weasyprint import HTML

    style = "<style>@page {size: A5} p {font: 11pt 'IBM Plex Serif', serif; hyphens: none}</style>"
    made = HTML(string=f"<html lang={language.tag}>{style}{_paragraphs(language)}").write_pdf()
    assert isinstance(made, bytes)
    return made


def as_docx(language: Language) -> bytes:
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>'
        for line in language.text.split("\n\n")
    )
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def _paragraphs(language: Language) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in language.text.strip().split("\n\n"))


TYPES: dict[str, Callable[[Language], bytes]] = {
    "txt": as_text, "md": as_markdown, "html": as_html, "pdf": as_pdf, "docx": as_docx,
}  # fmt: skip
