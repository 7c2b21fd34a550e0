"""Reads RIS, NBIB, EndNote and RefWorks files as drafts of CSL entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from xml.parsers import expat

from generator.cite.formats import Draft, Drafts, NotReadable, WrittenField, bad_entry
from generator.cite.formats.tag_tables import CONTAINED, ENW, NBIB, REFWORKS, RIS, TagFormat
from generator.problems import Problem
from generator.read import csl

_LINES = {
    "TY": re.compile(r"([A-Z][A-Z0-9])( {0,2})-(?:\s(.*))?"),
    "PMID": re.compile(r"([A-Z]{2,4})( *)-(?: (.*))?"),
    "0": re.compile(r"%(\S)( )?(.*)"),
    "RT": re.compile(r"([A-Z][A-Z0-9])( )(.*)"),
}
"""Tag, the spaces after it, and value, by the tag that begins a record."""
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")


def _read(text: str, file: str, form: TagFormat) -> Drafts:
    for fields in _records(text, form):
        if fields[0].name != form.first:
            first = f"%{form.first}" if form is ENW else form.first
            message = f"this record does not begin with {first}"
            yield bad_entry(file, fields[0].line, message, "export it again, or add its type")
        else:
            yield _draft(fields, form, file)


read_ris = partial(_read, form=RIS)
"""Reads a RIS file."""
read_nbib = partial(_read, form=NBIB)
"""Reads a file of PubMed's citation manager format (NBIB, MEDLINE)."""
read_enw = partial(_read, form=ENW)
"""Reads a file in EndNote's import format, as Google Scholar and publishers write it."""
read_refworks = partial(_read, form=REFWORKS)
"""Reads a file in RefWorks' tagged format."""


def _draft(fields: list[WrittenField], form: TagFormat, file: str) -> Draft | Problem:
    """Convert one record; its first field has its type."""
    draft = _TaggedReading(form, fields).draft()
    if set(draft.csl) - {"id", "type", "PMID"}:
        return draft
    return bad_entry(file, fields[0].line, "this record contains nothing that can be cited")


def _records(text: str, form: TagFormat) -> Iterator[list[WrittenField]]:
    """Yield records: lines with a tag are fields, and other lines continue the field before. A blank line ends nothing."""
    pattern = _LINES[form.first]
    tags = form.fields.keys() | form.ignored | {form.first}
    fields: list[WrittenField] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = pattern.fullmatch(line.rstrip() if form is NBIB else line.strip())
        if match and form is not ENW and len(match[2]) != 2 and match[1] not in tags:
            match = None  # a line of text that begins with capitals by chance
        if match and match[1] in (form.first, form.last):
            if fields:
                yield fields
            fields = []
        if match and match[1] != form.last:
            fields.append(WrittenField(match[1], (match[3] or "").strip(), number))
        elif not match and fields and line.strip():
            last = fields.pop()
            fields.append(WrittenField(last.name, f"{last.value} {line.strip()}".strip(), last.line))
    if fields:
        yield fields


@dataclass(slots=True)
class _TaggedReading:
    """A record during reading."""

    form: TagFormat
    fields: list[WrittenField]
    type: str = ""
    csl: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """Values that are not CSL variables yet: first and last page, day and month."""
    left_out: list[WrittenField] = field(default_factory=list)

    def draft(self) -> Draft:
        self.type = self._type()
        self.csl["type"] = self.type
        for one in self.fields:
            if one.value:
                self._take(one, self._meaning(one.name))
        self._finish()
        return Draft(self.fields[0].line, {key: value for key, value in self.csl.items() if value}, self.left_out)

    def _type(self) -> str:
        """Return the CSL type of the entry. PubMed states several kinds of publication, the others one at the beginning."""
        if self.form is NBIB:
            written = [one.value.lower() for one in self.fields if one.name == "PT"]
            types = [self.form.types[word] for word in written if word in self.form.types]
            is_book = any(one.name in ("BTI", "ISBN") for one in self.fields)
            return (
                "chapter" if is_book and self._has("TI") else "book" if is_book else (types or ["article-journal"])[0]
            )
        written_type = self.fields[0].value.strip().lower()
        if self.form is RIS and written_type == "inpr":
            self.csl["status"] = "in press"
        return self.form.types.get(written_type, "document")

    def _has(self, tag: str) -> bool:
        return any(one.name == tag and one.value for one in self.fields)

    def _meaning(self, tag: str) -> str:
        return self.form.overrides.get(self.type, {}).get(tag) or self.form.fields.get(tag, "")

    def _take(self, one: WrittenField, variable: str) -> None:
        """Put a field where it belongs in the entry, or among what is left out."""
        special = getattr(self, f"_take_{variable.replace('-', '_')}", None)
        if special is not None:
            special(one)
        elif variable in ("start", "end", "day-month"):
            self.texts.setdefault(variable, one.value)
        elif variable in csl.NAMES:
            self.csl.setdefault(variable, []).append(name(one.value))
        elif variable in csl.DATES:
            self._date(variable, one)
        elif variable:
            self._text(variable, one, one.value.replace("*", "") if self.form is NBIB else "")
        elif one.name not in self.form.ignored:
            self.left_out.append(one)

    def _text(self, variable: str, one: WrittenField, value: str = "") -> None:
        """Set a text. The first value is used; keywords and notes are joined; other values are left out."""
        value = value or one.value
        before = self.csl.get(variable)
        if not before:
            self.csl[variable] = value
        elif variable in ("keyword", "note") and value not in before:
            self.csl[variable] = f"{before}{', ' if variable == 'keyword' else '; '}{value}"
        elif value.casefold() not in str(before).casefold():
            self.left_out.append(one)

    def _date(self, variable: str, one: WrittenField) -> None:
        """Set a date. The more exact one is used: `DA  - 2031/03/05` instead of `PY  - 2031`."""
        before = str(self.csl.get(variable, ""))
        digits = sum(char.isdigit() for char in one.value)
        if not before or (re.search(r"\d{4}", one.value) and digits > sum(char.isdigit() for char in before)):
            self.csl[variable] = one.value
            if before and not re.search(r"\d{4}", before):
                self.texts["day-month"] = before
        elif variable == "issued" and not re.search(r"\d{4}", one.value):
            self.texts["day-month"] = one.value

    def _take_type(self, one: WrittenField) -> None:
        """Do nothing, because the type was read first."""

    def _take_key(self, one: WrittenField) -> None:
        self.csl.setdefault("id", one.value)

    def _take_author_short(self, one: WrittenField) -> None:
        self._take_initials("author", one, "FAU")

    def _take_editor_short(self, one: WrittenField) -> None:
        self._take_initials("editor", one, "FED")

    def _take_initials(self, variable: str, one: WrittenField, full: str) -> None:
        """Add a name with initials (`Example A`), unless the record has the full names under the tag `full`."""
        if not self._has(full):
            family, _, initials = one.value.rpartition(" ")
            name = {"family": family, "given": initials} if family else {"literal": initials}
            self.csl.setdefault(variable, []).append(name)

    def _take_second_title(self, one: WrittenField) -> None:
        self._text("container-title" if self.type in CONTAINED else "collection-title", one)

    def _take_serial(self, one: WrittenField) -> None:
        """Set ISSN or ISBN, by its form; one field or several can have several."""
        for part in re.split(r"[;,\n]|\s(?=\d{4}-)|\)\s", one.value):
            number = part.partition("\n")[0].partition("(")[0].strip()
            variable = "ISSN" if _ISSN.fullmatch(number) else "ISBN" if _ISBN.fullmatch(number) else ""
            if variable and number not in self.csl.get(variable, ""):
                self.csl[variable] = f"{self.csl[variable]}, {number}" if variable in self.csl else number
            elif number and not variable:
                self.left_out.append(one)

    def _take_report_number(self, one: WrittenField) -> None:
        if _ISSN.fullmatch(one.value) or _ISBN.fullmatch(one.value):
            self._take_serial(one)
        else:
            self._text("number", one)

    def _take_genre(self, one: WrittenField) -> None:
        """Set the genre. Older exports have a DOI in this field."""
        variable = "DOI" if re.match(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/", one.value) else "genre"
        self._text(variable, one)

    def _take_identifier(self, one: WrittenField) -> None:
        if one.value.endswith("[doi]"):
            self._text("DOI", one, one.value.removesuffix("[doi]").strip())

    def _finish(self) -> None:
        """Set what depends on several fields of the entry, such as pages, dates and issue."""
        if start := self.texts.get("start"):
            end = self.texts.get("end", "")
            whole = self.type in ("book", "report", "thesis") and not end and start.isdecimal()
            pages = f"{start}-{end}" if end and end != start and "-" not in start else start
            self.csl.setdefault("number-of-pages" if whole else "page", pages)
        elif self.texts.get("end"):
            self.csl.setdefault("page", self.texts["end"])
        if (more := self.texts.get("day-month")) and re.fullmatch(r"\d{4}/*", str(self.csl.get("issued", ""))):
            year = self.csl["issued"].rstrip("/")
            self.csl["issued"] = more if year in more else f"{year} {more}"
        if "number" in self.csl and self.type == "article-journal" and "issue" not in self.csl:
            self.csl["issue"] = self.csl.pop("number")
        if "container-title" not in self.csl and self.type in CONTAINED and "container-title-short" in self.csl:
            self.csl["container-title"] = self.csl.pop("container-title-short")
        if self.form is NBIB and str(self.csl.get("title", "")).endswith("."):
            self.csl["title"] = self.csl["title"].removesuffix(".")


def name(text: str) -> dict[str, str]:
    """Return `Example, Anna, Jr.` as a person; a name without a comma, or without text after it, as a body."""
    family, _, rest = (part.strip() for part in text.partition(","))
    if not rest:
        return {"literal": family}
    given, _, suffix = (part.strip() for part in rest.partition(","))
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


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


def read_endnote_xml(text: str, file: str) -> Drafts:
    """Read `<records>` of `<record>`. Raises NotReadable."""
    for fields in _Handler().records(text):
        yield _draft(fields, ENW, file)


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
        self._parser.CharacterDataHandler = self._take_text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def records(self, text: str) -> Iterator[list[WrittenField]]:
        """Yield the fields of each record. Raises NotReadable."""
        try:
            self._parser.Parse(text.encode("utf-8", "surrogateescape"), True)  # in the encoding that it declares
        except expat.ExpatError as error:
            message = f"this is not XML: {expat.errors.messages[error.code]}"
            raise NotReadable(message, error.lineno, error.offset + 1) from None
        yield from self._done

    def _doctype(self, *_: object) -> None:
        raise NotReadable(
            "the file declares a document type, which an export does not need", self._parser.CurrentLineNumber
        )

    def _started(self, element: str, attributes: dict[str, str]) -> None:
        if element == "record":
            self._fields = [WrittenField("0", "Generic", self._parser.CurrentLineNumber)]
        elif element == "ref-type" and self._fields:
            self._fields[0] = WrittenField("0", attributes.get("name", "Generic"), self._fields[0].line)
        if element != "style":
            self._open.append(element)
            self._text, self._line = "", self._parser.CurrentLineNumber

    def _take_text(self, text: str) -> None:
        self._text += text

    def _ended(self, element: str) -> None:
        """Take the text of an element of RefWorks XML as a field, or end the record. `style` only marks words within a text."""
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
