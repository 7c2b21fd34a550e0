"""What an editor shows of a source: its reference, its places, the passage at a cursor.

The reference follows the project's citation style, as Markdown. Places are the paragraphs and pages of a capture, named as in
locators. The gate checks the quotation or passage at the cursor.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.cite.citation_processor import format_citations
from generator.cite.pandoc import PandocFailed
from generator.cite.styles import BadStyle, UnknownStyle, find_style
from generator.editor.document_view import View
from generator.evidence.capture_lock import open_lock
from generator.evidence.captures.capture_store import Capture
from generator.evidence.captures.originals import Audited
from generator.evidence.captures.page_numbers import page_name
from generator.evidence.claims import Claim
from generator.evidence.verification.verify_brief import claims_of, ground_of
from generator.evidence.verification.verify_claim import CheckedClaim, verify
from generator.model import Brief, Citation, CitationGroup, Locator, Source
from generator.pipeline.inputs.load_project import load_brief
from generator.problems import Location

_PRIVATE = re.compile("[\ue000-\ue002]")
"""Private-use characters that replace marks while the text is escaped."""
_EMPHASIS = re.compile(r"</?(?:em|i)>")
_STRONG = re.compile(r"</?(?:strong|b)>")
_LINK = re.compile(r'<a href="([^"<>]*+)"[^<>]*+>([^<]*+(?:<(?!/?a\b)[^<]*+)*+)</a>')
_UNSAFE = re.compile(r"[<>\s\\`]")
"""Characters that would end an address between angle brackets."""
_TAG = re.compile(r"<[^<>]*+>")
_TURNING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def reference(view: View, source: Source) -> str:
    """Return the reference in Markdown; title and key if the style cannot be used."""
    style = view.word("citation_style") if view.kind == "brief" else ""
    language = view.word("language") if view.kind == "brief" else ""
    house = view.library.house
    return _reference(view, source, style or house.citation_style, language or house.language)


def _reference(view: View, source: Source, style: str, language: str) -> str:
    group = CitationGroup((Citation(source.key),), Location(""))
    try:
        path = find_style(style, view.project.folder)
        formatted = format_citations([group], {source.key: source}, path, language)
    except (UnknownStyle, BadStyle, PandocFailed, OSError):
        return escaped(source.title)
    entries = [entry.html for entry in formatted.bibliography if entry.key == source.key]
    return markdown(entries[0] if entries else formatted.citation_groups[0])


@lru_cache(maxsize=256)
def markdown(fragment: str) -> str:
    """Convert the HTML of a formatted citation to Markdown."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        held.append(f"<{_UNSAFE.sub(lambda one: quote(one[0]), html.unescape(match[1]))}>")
        placeholder = f"\ue000{len(held) - 1}\ue000"
        return placeholder if _is_own(match) else f"{match[2]} {placeholder}"

    if _PRIVATE.search(html.unescape(fragment)):
        return escaped(html.unescape(_TAG.sub("", fragment)))
    text = _LINK.sub(keep, fragment)
    text = _STRONG.sub("\ue002", _EMPHASIS.sub("\ue001", text))
    text = escaped(html.unescape(_TAG.sub("", text))).replace("\ue001", "*").replace("\ue002", "**")
    return re.sub("\ue000([0-9]+)\ue000", lambda match: held[int(match[1])], text)


def _is_own(link: re.Match[str]) -> bool:
    """Whether the text of a link is its address."""
    return html.unescape(_TAG.sub("", link[2])).strip() == html.unescape(link[1])


def escaped(text: str) -> str:
    """Return the text with all Markdown marks escaped."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    """Return an untrusted text on one line, without characters that change the direction of text."""
    return _TURNING.sub("\ufffd", " ".join(text.split()))


_BLANK = re.compile(r"\n\s*\n")
SHOWN = 160
"""Most characters shown of the beginning of a place."""
AROUND = 280
"""Most characters shown before and after a passage."""


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A paragraph, or a page if the text has pages."""

    locator: str
    """`para. 5`, `p. 3`."""
    start: int
    end: int
    beginning: str


def places(capture: Capture, first_page: str = "") -> Iterator[NumberedPart]:
    """Yield every place that a locator can name, in order. `first_page` is the `page` of the source."""
    layout, text = capture.transcript.layout, capture.text
    if layout.countable:
        for number, (start, end) in enumerate(layout.paragraphs, start=1):
            yield NumberedPart(f"para. {number}", start, end, beginning(text[start:end]))
        return
    ends = [*layout.pages[1:], len(text)]
    for number, (start, end) in enumerate(zip(layout.pages, ends, strict=True), start=1):
        name = page_name(number, capture, first_page)
        yield NumberedPart(f"p. {name}", start, end, beginning(text[start:end]))


def place_named(capture: Capture, locator: Locator, first_page: str = "") -> NumberedPart | None:
    """Return the first place that a locator names."""
    first = re.match(r"\[?[\w.]+\]?", locator.value)
    names = {"paragraph": "para. ", "page": "p. "}
    wanted = names.get(locator.label, "") + (first[0] if first else "")
    return next((place for place in places(capture, first_page) if place.locator == wanted), None)


def in_context(capture: Capture, start: int, end: int) -> tuple[str, str, str]:
    """Return the text before a passage, the passage, and the text after it, each on one line; shortened at words, with an ellipsis."""
    text = capture.text
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before[len(before) - len(before.lstrip()) :].partition(" ")[2]
    if end + AROUND < len(text):
        behind = behind.rstrip().rpartition(" ")[0] + "…"
    return _one_line(before), _one_line(text[start:end]), _one_line(behind)


def beginning(text: str, most: int = SHOWN) -> str:
    """Return the first characters of a text, on one line."""
    words = _one_line(text[: 4 * most])
    return words if len(words) <= most else words[: most - 1] + "…"


def _one_line(text: str) -> str:
    """Return a text with a mark instead of each blank line."""
    return one_line(_BLANK.sub(" \u00b6 ", text))


def brief_of(view: View) -> Brief | None:
    """Return the brief in the document, as far as it can be read."""
    brief, _ = load_brief(view.project.open, view.slug, view.file, view.library.house)
    return brief


def claim_at(view: View, offset: int) -> tuple[CheckedClaim, int, int] | None:
    """Return the gate's finding for the quotation at an offset, and the offsets of the quotation in the text."""
    brief = brief_of(view)
    for claim in claims_of(brief, view.library) if brief else ():
        start, end = span_of(view, claim)
        if claim.place.file == view.file and start <= offset <= end and claim.citations:
            lock, _ = open_lock(view.project.open)
            ground = ground_of(brief, view.library, Audited(view.captures, lock), lock)  # type: ignore[arg-type]
            return verify(claim, ground), start, end
    return None


def span_of(view: View, claim: Claim) -> tuple[int, int]:
    """Return the offsets of a claim's words: of a whole value, or of words in prose up to the end of their line."""
    if claim.text is None:
        return view.written.span(claim.place)
    start = view.written.offset_of_place(Location(claim.place.file, claim.place.line, claim.place.column))
    return start, start + len(claim.text.raw.rstrip())
