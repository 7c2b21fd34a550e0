"""Reads a PDF with two independent readers, and says where they disagree."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from generator.evidence.captures.document_limits import (
    CAPTURE_LIMIT,
    CAPTURE_UNREADABLE,
    MAX_CHARACTERS,
    MAX_PAGES,
    Extract,
    Refused,
)
from generator.evidence.captures.formats.encodings import tidied
from generator.evidence.captures.formats.pdfium import Pages
from generator.evidence.captures.formats.pdfminer_text import second_texts
from generator.evidence.captures.plausibility import disagreement
from generator.problems.counts import counted


def read_pdf(data: bytes, *, once: bool = False) -> Extract:
    """Pages with a form feed between them, in both readings; in the first alone if `once`. Raises Refused."""
    try:
        document = Pages(data, MAX_PAGES)
        first = _limited(document.texts())
        labels = document.labels()
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a damaged PDF can fail anywhere in its reader
        raise Refused(CAPTURE_UNREADABLE, f"the PDF is damaged ({type(error).__name__})", "save it anew") from error
    second, notes = ([], ()) if once else _second(data, len(first))
    return Extract(
        _joined(first),
        "application/pdf",
        f"pypdfium2 {version('pypdfium2')}",
        labels if any(labels) else ("",) * len(first),
        (*notes, *disagreement(first, second)),
        _joined(second),
    )


def _joined(pages: list[str]) -> str:
    """A form feed between pages, and behind a page that is alone: a text with pages has at least one."""
    return f"{pages[0]}\f" if len(pages) == 1 else "\f".join(pages)


def _second(data: bytes, count: int) -> tuple[list[str], tuple[str, ...]]:
    try:
        pages = _limited(second_texts(data))
    except MemoryError:
        raise
    except Exception as error:  # the first reading is good, and this one may fail anywhere
        return [], (f"the second reader failed ({type(error).__name__}): this PDF was read once only",)
    if len(pages) != count:
        return [], (
            f"the second reader found {counted(len(pages), 'page')} instead of {count}: this PDF was read once only",
        )
    return pages, ()


def _limited(texts: Iterable[str]) -> list[str]:
    pages: list[str] = []
    length = 0
    for text in texts:
        pages.append(tidied(text).replace("\f", "\n"))
        length += len(pages[-1])
        if length > MAX_CHARACTERS:
            raise Refused(CAPTURE_LIMIT, f"it has more than the {MAX_CHARACTERS:,} characters of a capture")
    return pages
