"""Reads EndNote's XML as drafts of CSL entries, by the tags of its text format."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from generator.cite.formats.draft import Drafts, WrittenField, bad_entry
from generator.cite.formats.tag_tables import ENW
from generator.cite.formats.tagged import draft_of

_TAGS = {
    "authors/author": "A", "secondary-authors/author": "E", "tertiary-authors/author": "Y",
    "subsidiary-authors/author": "?", "translated-authors/author": "H", "titles/title": "T", "titles/secondary-title": "B",
    "titles/tertiary-title": "S", "titles/short-title": "!", "titles/alt-title": "abbr", "periodical/full-title": "J",
    "periodical/abbr-1": "abbr", "record/pages": "P", "record/volume": "V", "record/number": "N", "record/num-vols": "6",
    "record/edition": "7", "record/section": "&", "dates/year": "D", "pub-dates/date": "8", "record/publisher": "I",
    "record/pub-location": "C", "record/isbn": "@", "record/electronic-resource-num": "R", "related-urls/url": "U",
    "web-urls/url": "U", "record/language": "G", "record/work-type": "9", "keywords/keyword": "K", "record/abstract": "X",
    "record/notes": "Z", "record/call-num": "L", "record/remote-database-name": "~", "record/label": "F",
    "record/access-date": "[",
}  # fmt: skip
_HOUSEKEEPING = frozenset(
    {"database", "source-app", "rec-number", "foreign-keys", "key", "ref-type", "record", "style"}
)


class NotXml(Exception):
    """The file is not XML, or declares a document type. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def read_endnote_xml(text: str, file: str) -> Drafts:
    """Read `<records>` of `<record>`. Raises NotXml."""
    for fields in _Handler().records(text):
        draft = draft_of(fields, ENW)
        if set(draft.csl) - {"id", "type"}:
            yield draft
        else:
            yield bad_entry(file, fields[0].line, "this record holds nothing that can be cited")


class _Handler:
    """Collects the text of elements with content."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._text = ""
        self._line = 1
        self._fields: list[WrittenField] = []
        self._done: list[list[WrittenField]] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said
        self._parser.StartDoctypeDeclHandler = self._doctype

    def records(self, text: str) -> Iterator[list[WrittenField]]:
        try:
            self._parser.Parse(text.encode("utf-8", "surrogateescape"), True)  # in the encoding that it declares
        except expat.ExpatError as error:
            message = f"this is not XML: {expat.errors.messages[error.code]}"
            raise NotXml(message, error.lineno, error.offset + 1) from None
        yield from self._done

    def _doctype(self, *_: object) -> None:
        raise NotXml("the file declares a document type, which an export does not need", self._parser.CurrentLineNumber)

    def _started(self, element: str, attributes: dict[str, str]) -> None:
        if element == "record":
            self._fields = [WrittenField("0", "Generic", self._parser.CurrentLineNumber)]
        elif element == "ref-type" and self._fields:
            self._fields[0] = WrittenField("0", attributes.get("name", "Generic"), self._fields[0].line)
        if element != "style":
            self._open.append(element)
            self._text, self._line = "", self._parser.CurrentLineNumber

    def _said(self, text: str) -> None:
        self._text += text

    def _ended(self, element: str) -> None:
        if element == "style":
            return
        path = "/".join(self._open[-2:])
        value = " ".join(self._text.split())
        self._open.pop()
        self._text = ""
        if element == "record":
            self._done.append(self._fields)
            self._fields = []
        elif value and self._fields and element not in _HOUSEKEEPING:
            self._fields.append(WrittenField(_TAGS.get(path, element), value, self._line))
