"""Reads the text of an HTML page, also of one saved as MHTML.

The text is that of `<main>`, or of the only `<article>`, if this contains most of the page's words; otherwise that of the whole
page. Navigation, form controls, and deleted, struck and hidden text are left out. A note says how many of the visible words
were left out. Words that styles may hide, and the places of controls, are set apart: no quotation goes on over them.
"""

from __future__ import annotations

import re
from typing import Any

from generator.evidence.captures.document_limits import CAPTURE_LIMIT, CAPTURE_UNREADABLE, CannotCapture, DocumentText
from generator.evidence.captures.encodings import decode, tidied
from generator.evidence.captures.page_styles import StyledPage, StyleEffect
from generator.evidence.captures.text_lines import APART, VEIL, formula, lowered, raised
from generator.problems.message_words import counted

VERSION = "html 3"
MEDIA_TYPE = "text/html"
DEPTH = 2_048
"""Most levels of elements; libxml2 drops deeper ones."""
LEAST = 0.5
"""Least share of the page's words that a main element must contain to be taken for the text."""

_UNSEEN = frozenset("defs desc head noframes noscript rp script style symbol template title".split())

_STRUCK = frozenset({"del", "s", "strike"})
_CONTROLS = frozenset("button input nav select textarea datalist".split())
_PICTURES = frozenset("audio canvas iframe img object video".split())
"""Elements that show something that is not read. `alt=""` says that a picture has no words."""
_EMPTY = frozenset("embed keygen source track wbr".split())
"""Elements without content; libxml2 would read what follows them as their content."""

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search section summary table tbody td tfoot th "
    "thead tr ul text".split()
)

_NOTE = re.compile(r"\s*+(?:[\[(]\s*+)?(\w{1,4}|[*\u2020\u2021\u00a7\u00b6]{1,3})\s*+(?:[\])]\s*+)?")
_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_SCRIPT = 20
"""Characters of an element that a style raises or lowers; a longer one is only placed higher."""
_BREAK, _LINE, _APART = "\x01", "\x02", f" {APART} "
_VEILED, _UNVEILED = "\x03", "\x04"
_VEILS = re.compile(f"([{_VEILED}{_UNVEILED}])")
_PARAGRAPH = re.compile(r"\x02(?:[ \t\n]*+\x02)+")


def read_html(data: bytes, declared: str = "", sheets: tuple[str, ...] = ()) -> DocumentText:
    """Return the text, one block a line. `declared` and `sheets` are the encoding and style sheets that came with the page.

    Raises CannotCapture.
    """
    text, notes = decode(data, declared)
    return html_extract(text, notes, sheets)


def html_extract(html: str, notes: tuple[str, ...] = (), sheets: tuple[str, ...] = ()) -> DocumentText:
    """As `read_html`, from decoded text. Raises CannotCapture, and MemoryError if libxml2 has no memory left."""
    from lxml import etree

    try:
        parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
        )
        root = etree.fromstring(_plain(html).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
            raise MemoryError from error
        raise CannotCapture(CAPTURE_UNREADABLE, f"the HTML cannot be read ({type(error).__name__})") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise CannotCapture(
            CAPTURE_LIMIT, f"its elements are nested more than {DEPTH:,} levels deep", "save the page as text"
        )
    if root is None:
        return DocumentText("", MEDIA_TYPE, VERSION, notes=notes)
    styles = StyledPage(root, (*sheets, *(element.text or "" for element in root.iter("style"))))
    reader = _HtmlReader(styles)
    text = reader.text(_main(root, styles), controls=False)
    whole = _HtmlReader(styles).text(root, controls=True)
    visible, read = (sum(1 for _ in _WORD.finditer(words)) for words in (whole, text))
    return DocumentText(tidied(text), MEDIA_TYPE, VERSION, notes=(*notes, *_left_out(visible, read), *reader.notes()))


def _plain(html: str) -> str:
    """Return the HTML without control characters and without an XML declaration, whose encoding has already been used."""
    return re.sub(r"\A\s{0,99}+<\?xml[^>]{0,300}+>", "", tidied(html)) or " "


def _main(root: Any, styles: StyledPage) -> Any:
    """Return the element with the text: the main one, or the only article, if it has most of the words; else the root."""
    for elements in (root.xpath("//main | //*[@role='main']"), root.xpath("//article")):
        if len(elements) == 1:
            part, whole = (len(_HtmlReader(styles).text(element, controls=False)) for element in (elements[0], root))
            return elements[0] if part > whole * LEAST else root
    return root


def _left_out(visible: int, read: int) -> tuple[str, ...]:
    missing = visible - read
    if missing <= 0:
        return ()
    share = missing / visible
    return (
        f"{share:.0%} of the page's visible words ({missing:,}) are outside its main text, or in menus and forms, and left out",
    )


class _HtmlReader:
    """Reads the elements of a page in one pass, without recursion."""

    def __init__(self, styles: StyledPage) -> None:
        self._styles = styles
        self._out: list[str] = []
        self._struck = 0
        self._hidden = 0
        self._doubtful = 0

    def notes(self) -> tuple[str, ...]:
        counts = (
            (self._struck, "deleted or struck", " left out"),
            (self._hidden, "hidden", " left out"),
            (self._doubtful, "perhaps hidden", f" set between {VEIL}, and cannot be quoted"),
        )
        return tuple(
            counted(count, what + " passage is", what + " passages are") + done for count, what, done in counts if count
        )

    def text(self, root: Any, *, controls: bool) -> str:
        waiting = [(root, False)]
        while waiting:
            element, read = waiting.pop()
            name, shown = _name(element), self._styles.of(element)
            border = _BREAK if name in _BLOCKS or shown.block or self._styles.in_row(element) else ""
            border = _APART if not border and name == "bdo" else border
            veiled = shown.doubtful and _WORD.search(_flat(element)) is not None
            if read:
                self._out += [_UNVEILED] if veiled else []
                self._out += [border] if border else []
            elif (instead := self._instead(element, name, shown, controls=controls)) is not None:
                self._out += [instead] if instead else []
            else:
                self._out += [border] if border else []
                self._out += [_VEILED] if veiled else [_APART] if shown.doubtful and not border else []
                self._doubtful += veiled
                self._say(element.text, pre=name == "pre")
                waiting.append((element, True))
                waiting.extend((child, False) for child in reversed(element))
                continue
            if element is not root:
                self._say(element.tail)
        return _lines("".join(self._out))

    def _say(self, text: str | None, *, pre: bool = False) -> None:
        """Add the text before, between or after elements. Digits on both sides of a tag may be a number and a mark of a note."""
        if text:
            self._out += [_APART] if text[0].isdecimal() and self._before().isdecimal() else []
            self._out.append(text.replace("\n", _BREAK) if pre else _SPACES.sub(" ", text))

    def _before(self) -> str:
        return self._out[-1][-1] if self._out else ""

    def _instead(self, element: Any, name: str, shown: StyleEffect, *, controls: bool) -> str | None:
        """Return the text that replaces a whole element; None if its content is read."""
        if name in _EMPTY:
            self._out += {"wbr": ["\u200b"], "embed": [_APART] if element.get("hidden") is None else []}.get(name, [])
            return None
        if name in _PICTURES:
            return "" if element.get("alt") == "" or self._is_gone(element, name, shown) else _APART
        if name in _UNSEEN or (name in _CONTROLS and not controls) or self._is_gone(element, name, shown):
            return _BREAK if name in _BLOCKS else _APART if name in _CONTROLS else ""
        if name == "br":
            return _LINE
        if name == "math":
            return formula(element)
        if name == "rt":
            return f"({_flat(element)})"
        if name == "a" and element.get("role") == "doc-backlink":
            return ""
        if name in {"sup", "a"} or shown.raised > 0:
            marks = _note_marks(element, name)
            if marks:
                return marks
        step = (name == "sup") - (name == "sub") or (shown.raised if len(_flat(element)) <= _SCRIPT else 0)
        return (raised if step > 0 else lowered)(_flat(element), self._before()) if step else None

    def _is_gone(self, element: Any, name: str, shown: StyleEffect) -> bool:
        """Whether an element is deleted, struck or hidden; counts it if it has words."""
        struck = name in _STRUCK or shown.struck
        hidden = shown.hidden or any(element.get(attribute) is not None for attribute in ("hidden", "popover"))
        hidden = hidden or (name == "dialog" and element.get("open") is None)
        if (struck or hidden) and _WORD.search(_flat(element)):
            self._struck += struck
            self._hidden += not struck
        return struck or hidden


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else "script"


def _flat(element: Any) -> str:
    return _SPACES.sub(" ", "".join(element.itertext()))


def _note_marks(element: Any, name: str) -> str:
    """Return `[1]` for a reference to a note, `[1][2]` for two; empty for anything else."""
    links = [element] if name == "a" else list(element.iter("a"))
    if not links or (name == "a" and element.get("role") != "doc-noteref" and not _raises(element)):
        return ""
    marks = [_NOTE.fullmatch(_flat(link)) for link in links]
    if not all("#" in (link.get("href") or "") for link in links) or not all(marks):
        return ""
    return "".join(f"[{match[1]}]" for match in marks if match)


def _raises(link: Any) -> bool:
    """Whether a link shows only one superscript."""
    return (
        len(link) == 1
        and _name(link[0]) == "sup"
        and not (link.text or "").strip()
        and not (link[0].tail or "").strip()
    )


def _lines(text: str) -> str:
    """Make a line of each block; two line breaks in a row end a block as well, and one becomes a space.

    Words between `_VEILED` and `_UNVEILED` are set between `VEIL` in each line.
    """
    lines: list[str] = []
    depth = 0
    for part in (part for block in text.split(_BREAK) for part in _PARAGRAPH.split(block)):
        line, depth = _with_veils(part.replace(_LINE, " "), depth)
        lines.append(_SPACES.sub(" ", line).strip())
    return "\n".join(line for line in lines if line.strip(f" {APART}"))


def _with_veils(line: str, depth: int) -> tuple[str, int]:
    """Return a line with `VEIL` where words begin or end that readers may not see, and how many elements hide its end."""
    written = [f"{VEIL} "] if depth else []
    for piece in _VEILS.split(line):
        before, depth = depth, depth + (piece == _VEILED) - (piece == _UNVEILED)
        if piece in (_VEILED, _UNVEILED):
            written += [f" {VEIL} "] if bool(before) != bool(depth) else []
        else:
            written.append(piece)
    return "".join(written), depth


MHTML_TYPE = "multipart/related"
_HEAD = re.compile(rb"(?mi)^(?:MIME-Version|Content-Type)[ \t]*+:")
_RELATED = re.compile(rb"(?i)multipart/related")
_HEADER = re.compile(rb"[!-9;-~]{1,70}:|[ \t]")


def is_mhtml(head: bytes) -> bool:
    """Whether a file's first bytes are those of a page saved as MHTML."""
    return bool(_HEAD.search(head) and _RELATED.search(head))


def is_mail(head: bytes) -> bool:
    """Whether a file's first bytes are those of an e-mail."""
    lines = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].splitlines()
    return all(map(_HEADER.match, lines)) and any(line.lower().startswith(b"mime-version:") for line in lines)


def read_mhtml(data: bytes) -> DocumentText:
    """Return the text of the page. Raises CannotCapture if the file has no HTML part."""
    from email import message_from_bytes
    from email.policy import compat32

    try:
        message = message_from_bytes(data, policy=compat32)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        content = pages[0].get_payload(decode=True) if pages else None
        declared = str(pages[0].get_content_charset() or "") if pages else ""
        sheets = tuple(_sheet(part) for part in message.walk() if part.get_content_type() == "text/css")
    except MemoryError:
        raise
    except Exception as error:  # a damaged message can fail anywhere in its reader
        raise CannotCapture(CAPTURE_UNREADABLE, f"the saved page is damaged ({type(error).__name__})", _HINT) from error
    if not isinstance(content, bytes):
        raise CannotCapture(CAPTURE_UNREADABLE, "the saved page (MHTML) contains no HTML", _HINT)
    document = read_html(content, declared, sheets)
    frames = (
        (counted(len(pages) - 1, "frame of the page was", "frames of the page were") + " left out",)
        if len(pages) > 1
        else ()
    )
    return DocumentText(document.text, MHTML_TYPE, document.extractor, notes=(*document.notes, *frames))


def _sheet(part: Any) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


_HINT = "save the page as HTML or PDF"
