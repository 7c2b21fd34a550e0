"""Reads the structure tree of a tagged PDF with its words, in reading order.

For `verify` and for tests, which compare the tags with the sources of the page. It supports only what this project's own PDFs need
(horizontal text, fonts with a Unicode map). pikepdf does the parsing and is imported on first use.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element. `kids` are words and elements in reading order; `page` counts from 1, None if it has none."""

    role: str
    kids: tuple[Element | str, ...]
    language: str = ""
    """Its own language; empty if it has that of the element around it."""
    alternative: str = ""
    expansion: str = ""
    identifier: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    columns: int = 1
    rows: int = 1
    box: tuple[float, ...] = ()
    """Left, bottom, right and top on the page, in points, of a figure."""
    summary: str = ""
    """Caption of a table."""
    links: tuple[LinkArea, ...] = ()
    page: int | None = None

    @property
    def text(self) -> str:
        """Return its words with single spaces, without the hyphens of divided words."""
        return squeeze("".join(self._pieces()))

    def _pieces(self) -> Iterator[str]:
        edge = "" if self.role in _INLINE else "\n"
        yield edge
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid._pieces()
            else:
                yield kid
        yield edge

    def elements(self) -> tuple[Element, ...]:
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    def find(self, *roles: str) -> Iterator[Element]:
        """Return the elements with these roles in it, itself included, in reading order."""
        if self.role in roles:
            yield self
        for kid in self.elements():
            yield from kid.find(*roles)


@dataclass(frozen=True, slots=True)
class LinkArea:
    """One clickable rectangle: its description, and the address or named destination."""

    contents: str
    target: str


@dataclass(frozen=True, slots=True)
class TaggedCell:
    """A table cell by its tags; `row` and `column` count from 0, `headings` are the words of its heading cells."""

    text: str
    is_heading: bool
    row: int
    column: int
    rows: int
    columns: int
    headings: tuple[str, ...]
    element: Element


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    cells: tuple[TaggedCell, ...]
    summary: str = ""
    """Return the words of the heading that names it."""

    def row(self, number: int) -> tuple[TaggedCell, ...]:
        return tuple(cell for cell in self.cells if cell.row == number)

    def texts(self) -> list[list[str]]:
        """Return the words of its cells, row by row."""
        return [[cell.text for cell in self.row(number)] for number in sorted({cell.row for cell in self.cells})]


_INLINE = frozenset({"Span", "Quote", "Link", "Code", "Reference", "Figure"})


def squeeze(text: str) -> str:
    """Return the text with single spaces and without soft hyphens."""
    return " ".join(text.replace(SOFT_HYPHEN, "").split())


def read_structure(pdf: bytes) -> Element:
    """Return the root (`Document`) of the structure tree. Raises ValueError if the file is damaged or not tagged."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if "/StructTreeRoot" not in opened.Root:
                raise ValueError("the PDF has no structure tree")
            reader = _TreeReader(opened)
            tree = opened.Root.StructTreeRoot.K
            return reader.element(tree[0] if isinstance(tree, pikepdf.Array) else tree)
    except pikepdf.PdfError as error:
        raise ValueError(f"the PDF is damaged: {error}") from error


def read_tables(root: Element) -> list[Table]:
    """Return the tables in the tree, in order, with their cells by rows and spans."""
    heading_texts = {element.identifier: element.text for element in root.find("TH", "TD") if element.identifier}
    return [
        Table(
            next((part.text for part in table.elements() if part.role == "Caption"), ""),
            tuple(_cells(table, heading_texts)),
            table.summary,
        )
        for table in root.find("Table")
    ]


def _cells(table: Element, heading_texts: dict[str, str]) -> Iterator[TaggedCell]:
    """Yield the cells of a table with their place in the grid and the words of their headings."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.find("TR")):
        column = 0
        for part in line.elements():
            while (row, column) in taken:
                column += 1
            covered = [(row + down, column + right) for down in range(part.rows) for right in range(part.columns)]
            taken.update(covered)
            headings = tuple(heading_texts.get(name, f"?{name}") for name in part.headers)
            yield TaggedCell(part.text, part.role == "TH", row, column, part.rows, part.columns, headings, part)
            column += part.columns


class _TreeReader:
    """Walks the structure tree of an opened PDF."""

    def __init__(self, pdf: Any) -> None:
        self._pages = {page.objgen: _PageText(page, number) for number, page in enumerate(pdf.pages, 1)}

    def element(self, item: Any, page: Any = None) -> Element:
        page = self._pages.get(item["/Pg"].objgen, page) if "/Pg" in item else page
        kids: list[Element | str] = []
        links: list[LinkArea] = []
        for kid in _listed(item.get("/K")):
            self._kid(kid, page, kids, links)
        attributes = _attributes(item)
        return Element(
            role=str(item["/S"])[1:],
            kids=(str(item["/ActualText"]),) if "/ActualText" in item else tuple(kids),
            language=str(item.get("/Lang", "")),
            alternative=str(item.get("/Alt", "")),
            expansion=str(item.get("/E", "")),
            identifier=str(item.get("/ID", "")),
            scope=str(attributes.get("/Scope", ""))[1:],
            headers=tuple(str(name) for name in attributes.get("/Headers", ())),
            columns=int(attributes.get("/ColSpan", 1)),
            rows=int(attributes.get("/RowSpan", 1)),
            summary=str(attributes.get("/Summary", "")),
            box=tuple(float(side) for side in attributes.get("/BBox", ())),
            links=tuple(links),
            page=page.number if page is not None else None,
        )

    def _kid(self, kid: Any, page: Any, kids: list[Element | str], links: list[LinkArea]) -> None:
        if isinstance(kid, int):
            kids.append(page.marks.get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            kids.append(self._pages[kid["/Pg"].objgen].marks.get(int(kid["/MCID"]), ""))
        elif kid.get("/Type") == "/OBJR":
            links.append(_link(kid["/Obj"]))
        else:
            kids.append(self.element(kid, page))


def _listed(value: Any) -> list[Any]:
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _attributes(item: Any) -> dict[str, Any]:
    """Return the attributes of all owners together, which have no common names."""
    return {name: value for owned in _listed(item.get("/A")) for name, value in owned.items()}


def _link(annotation: Any) -> LinkArea:
    target = annotation["/A"]["/URI"] if "/A" in annotation else annotation.get("/Dest", "")
    return LinkArea(str(annotation.get("/Contents", "")), str(target))


# ---------------------------------------------------------------- the words of a page


class _PageText:
    """The words of each marked-content sequence of one page."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self.number = number

    @cached_property
    def marks(self) -> dict[int, str]:
        """By MCID."""
        import pikepdf

        fonts = self._page.get("/Resources", {}).get("/Font", {})
        reading = _PageReading({name: unicode_map(font) for name, font in fonts.items()})
        for instruction in pikepdf.parse_content_stream(self._page):
            reading.step(str(instruction.operator), instruction.operands)
        return {number: "".join(words) for number, words in reading.marks.items()}


@dataclass(slots=True)
class _PageReading:
    """A content stream during reading."""

    fonts: dict[str, dict[int, str]]
    font: dict[int, str] = field(default_factory=dict)
    marks: dict[int, list[str]] = field(default_factory=dict)
    open: list[tuple[int | None, str | None]] = field(default_factory=list)
    """The brackets around the current place: number, and the text that replaces the shown one (`/ActualText`)."""

    def step(self, operator: str, operands: Any) -> None:
        if operator in ("BMC", "BDC"):
            self._enter(operands[1] if operator == "BDC" else {})
        elif operator == "EMC":
            self.open.pop()
        elif operator == "Tf":
            self.font = self.fonts.get(str(operands[0]), {})
        elif operator == "TJ":
            self._show(b"".join(bytes(piece) for piece in operands[0] if not _is_number(piece)))
        elif operator == "Tj":
            self._show(bytes(operands[0]))

    def _enter(self, properties: Any) -> None:
        number = int(properties["/MCID"]) if "/MCID" in properties else None
        actual_text = str(properties["/ActualText"]) if "/ActualText" in properties else None
        self.open.append((number, actual_text))
        if actual_text is not None:
            self._say(actual_text)

    def _show(self, glyphs: bytes) -> None:
        if not any(actual_text is not None for _, actual_text in self.open):
            codes = (int.from_bytes(glyphs[i : i + 2], "big") for i in range(0, len(glyphs), 2))
            self._say("".join(self.font.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes))

    def _say(self, words: str) -> None:
        number = next((number for number, _ in reversed(self.open) if number is not None), None)
        if number is not None:
            self.marks.setdefault(number, []).append(words)


def _is_number(piece: Any) -> bool:
    from decimal import Decimal

    return isinstance(piece, int | float | Decimal)


def unicode_map(font: Any) -> dict[int, str]:
    """Return the text of each code of a font, by its ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    text = font["/ToUnicode"].read_bytes().decode("latin-1")
    pairs = {}
    for part in text.split("beginbfchar")[1:]:
        block, end, _ = part.partition("endbfchar")
        for code, meaning in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block if end else ""):
            pairs[int(code, 16)] = bytes.fromhex(meaning).decode("utf-16-be")
    return pairs
