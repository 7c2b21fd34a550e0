"""Finds faults on laid-out pages: nearly empty pages, separated headings, narrow columns, text over text.

It reads WeasyPrint's boxes, not the PDF. Lengths are in CSS pixels (96 an inch) from the page's upper left corner. Each fault has
its page and the words there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from generator.render.layout.layout_diagnostics import (
    LONELY_CAPTION,
    LONELY_HEADING,
    NARROW_COLUMN,
    SMALL_TEXT,
    TEXT_OFF_PAGE,
    TEXT_OVER_TEXT,
    THIN_PAGE,
    Diagnostic,
)

LAST_PAGE_SHARE, PAGE_SHARE = 0.2, 0.5
"""Least filled share of the last page and of the others."""
LEAST_SIZE = 8 / 0.75
"""Eight points in pixels."""
LEAST_MEASURE = 10.5
"""Least width of a cell of the positions, in its font size: about 25 characters, which is the least that reads well."""
HEADINGS, CAPTIONS, RAISED = (
    frozenset({"h1", "h2", "h3", "h4"}),
    frozenset({"caption", "figcaption"}),
    frozenset({"sup", "sub"}),
)
X_HEIGHT = (0.35, 0.75)
"""Part of a line's height with its small letters; lines with little spacing touch above and below it."""
SHOWN = 50
"""Characters of a text that a message shows."""
CELL = 24.0
"""Width of the cells, in pixels, of the grid in which neighbours are searched."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """A run of text on one line of a page, with the elements around it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Of the font, in pixels."""
    around: tuple[Any, ...]
    """Elements around the run, outermost first."""

    def within(self, tags: frozenset[str]) -> Any | None:
        """Return the nearest element of one of these kinds around the run."""
        return next((element for element in reversed(self.around) if element.tag in tags), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number from 1, its size, the area of its content, and its content in reading order."""

    number: int
    width: float
    height: float
    top: float
    content_height: float
    lowest: float
    """The lower edge of the lowest line, picture or cell."""
    words: tuple[PageWords, ...]
    rows: tuple[tuple[Any, Any, bool], ...]
    """For each table row with a part on this page: the table, the row, and whether it is a header row."""
    pictures: frozenset[Any]
    """Figures and tables with a part on this page."""
    columns: tuple[tuple[Any, float], ...]
    """For each cell of the positions: its table, and the width of its text in its font size."""


def page_faults(pages: Sequence[Any]) -> tuple[Diagnostic, ...]:
    """Return the faults of a laid-out document (`weasyprint.document.Document.pages`), in the order of its pages."""
    sheets = tuple(_sheet(number, page._page_box) for number, page in enumerate(pages, 1))
    faults: list[Diagnostic] = []
    for sheet, following in zip(sheets, [*sheets[1:], None], strict=True):
        faults += _thin(sheet, len(sheets))
        faults += _headings(sheet, following)
        faults += _captions(sheet)
        faults += _overlaps(sheet)
        faults += _off_page(sheet)
        faults += _small(sheet)
        faults += _narrow(sheet)
    return tuple(dict.fromkeys(faults))


def filled_share(page: Any) -> float:
    """Return the part of the height of a page's content area, from 0 to 1, above the lower edge of its lowest line or picture."""
    return _share(_sheet(1, page._page_box))


def has_thin_page(pages: Sequence[Any]) -> bool:
    """Whether a document has a page that `page_faults` reports as nearly empty."""
    sheets = (_sheet(number, page._page_box) for number, page in enumerate(pages, 1))
    return any(any(_thin(sheet, len(pages))) for sheet in sheets)


# ---------------------------------------------------------------- reading boxes


def _sheet(number: int, box: Any) -> Sheet:
    """Gather what the checks need of one page, in one walk over its boxes."""
    words: list[PageWords] = []
    rows: list[tuple[Any, Any, bool]] = []
    pictures: set[Any] = set()
    columns: list[tuple[Any, float]] = []
    lowest = 0.0
    for part, around in _walk(box.children[0], ()):
        if isinstance(part, boxes.TextBox) and part.text.strip():
            words.append(_words(part, around))
        if isinstance(part, boxes.TableRowBox):
            rows.append(_row(part, around))
        if isinstance(part, boxes.TableCellBox) and (owner := _positions(around)) is not None:
            columns.append((owner, part.width / part.style["font_size"]))
        if isinstance(part, boxes.TextBox | boxes.ReplacedBox):
            lowest = max(lowest, part.position_y + part.height)
        if isinstance(part, boxes.TableRowBox | boxes.ReplacedBox):
            pictures.update(element for element in around if element.tag in {"table", "figure"})
    return Sheet(
        number,
        box.margin_width(),
        box.margin_height(),
        box.content_box_y(),
        box.height,
        lowest,
        tuple(words),
        tuple(rows),
        frozenset(pictures),
        tuple(columns),
    )


def _walk(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield each box in `box` with the elements around it. Invisible boxes are left out."""
    if box.style["visibility"] != "visible":
        return
    if box.element is not None and (not around or around[-1] is not box.element):
        around = (*around, box.element)
    yield box, around
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _walk(child, around)


def _words(box: Any, around: tuple[Any, ...]) -> PageWords:
    upper, lower = (box.position_y + share * box.height for share in X_HEIGHT)
    return PageWords(
        box.text.strip(), box.position_x, upper, box.position_x + box.width, lower, box.style["font_size"], around
    )


def _row(box: Any, around: tuple[Any, ...]) -> tuple[Any, Any, bool]:
    table = next((element for element in reversed(around) if element.tag == "table"), None)
    return table, box.element, any(element.tag == "thead" for element in around)


def _positions(around: Sequence[Any]) -> Any | None:
    """Return the table of positions that a `td` belongs to."""
    if around[-1].tag != "td":
        return None
    return next((one for one in around if one.tag == "table" and "matrix" in one.get("class", "").split()), None)


# ---------------------------------------------------------------- faults


def _share(sheet: Sheet) -> float:
    return max(0.0, sheet.lowest - sheet.top) / sheet.content_height


def _thin(sheet: Sheet, pages: int) -> Iterator[Diagnostic]:
    share = _share(sheet)
    last = sheet.number == pages
    if pages > 1 and share < (LAST_PAGE_SHARE if last else PAGE_SHARE):
        which = f"page {sheet.number}, the last," if last else f"page {sheet.number}"
        first = f", from “{_shown(sheet.words[0].text)}”" if sheet.words else ""
        yield Diagnostic(
            THIN_PAGE, f"{which} is filled to {share:.0%}{first}", "shorten the text, add text, or move a block"
        )


def _headings(sheet: Sheet, following: Sheet | None) -> Iterator[Diagnostic]:
    """Yield the last heading of a page if nothing or only one row of a longer table follows it."""
    if following is None:
        return
    places = [place for place, words in enumerate(sheet.words) if words.within(HEADINGS) is not None]
    if not places:
        return
    heading = sheet.words[places[-1]].within(HEADINGS)
    title = " ".join(words.text for words in sheet.words if heading in words.around)
    below = sheet.words[places[-1] + 1 :]
    hint = "shorten the text before it, or change the preset so that they stay together"
    if not below:
        yield Diagnostic(LONELY_HEADING, f"page {sheet.number} ends with the heading “{_shown(title)}”", hint)
    elif _is_one_row(below, sheet, following):
        yield Diagnostic(
            LONELY_HEADING, f"page {sheet.number} has only one row of the table under “{_shown(title)}”", hint
        )


def _is_one_row(below: Sequence[PageWords], sheet: Sheet, following: Sheet) -> bool:
    """Whether only one row of a table follows on this page, and more than one further row on the next page."""
    tables = {words.within(frozenset({"table"})) for words in below}
    table = tables.pop()
    if table is None or tables:
        return False
    here = {row for owner, row, is_head in sheet.rows if owner is table and not is_head}
    next_page = {row for owner, row, is_head in following.rows if owner is table and not is_head}
    return len(here) == 1 and len(next_page - here) > 1


def _captions(sheet: Sheet) -> Iterator[Diagnostic]:
    """Yield the captions whose table or picture has no part on their page."""
    captions: dict[Any, list[PageWords]] = defaultdict(list)
    for words in sheet.words:
        if (caption := words.within(CAPTIONS)) is not None:
            captions[caption].append(words)
    for caption, lines in captions.items():
        place = lines[0].around.index(caption)
        owner = next(
            (element for element in reversed(lines[0].around[:place]) if element.tag in {"table", "figure"}), None
        )
        if owner is not None and owner not in sheet.pictures and not _has_words(owner, caption, sheet):
            text = " ".join(words.text for words in lines)
            yield Diagnostic(
                LONELY_CAPTION,
                f"page {sheet.number} has the caption “{_shown(text)}” without its table or picture",
                "change the preset so that they stay together",
            )


def _has_words(owner: Any, caption: Any, sheet: Sheet) -> bool:
    """Whether a figure of words alone, such as a pull quote, has some of them on the page."""
    if owner.tag != "figure" or any(element.tag in {"svg", "img", "table"} for element in owner.iter()):
        return False
    return any(owner in words.around and caption not in words.around for words in sheet.words)


def _overlaps(sheet: Sheet) -> Iterator[Diagnostic]:
    """Yield words that are printed over other words. A grid limits the comparison to neighbours."""
    grid: dict[tuple[int, int], list[PageWords]] = defaultdict(list)
    for words in sheet.words:
        cells = list(_cells(words))
        neighbours = {id(other): other for cell in cells for other in grid[cell]}
        over = next((other for other in neighbours.values() if _cover(words, other)), None)
        if over is not None:
            yield Diagnostic(
                TEXT_OVER_TEXT,
                f"page {sheet.number} prints “{_shown(words.text)}” over “{_shown(over.text)}”",
                "shorten the longest word there, or allow it to break",
            )
        for cell in cells:
            grid[cell].append(words)


def _cells(words: PageWords) -> Iterable[tuple[int, int]]:
    for column in range(int(words.left // CELL), int(words.right // CELL) + 1):
        for row in range(int(words.top // CELL), int(words.bottom // CELL) + 1):
            yield column, row


def _cover(one: PageWords, other: PageWords) -> bool:
    """Whether two runs share more than a pixel in each direction."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 1.5 and down > 1.0


def _off_page(sheet: Sheet) -> Iterator[Diagnostic]:
    for words in sheet.words:
        if words.left < 0 or words.right > sheet.width + 1 or words.bottom > sheet.height or words.top < 0:
            yield Diagnostic(
                TEXT_OFF_PAGE,
                f"page {sheet.number} has “{_shown(words.text)}” outside its edge",
                "shorten the words, or allow them to break",
            )


def _small(sheet: Sheet) -> Iterator[Diagnostic]:
    """Yield the first text of each size that is too small."""
    sizes: dict[float, PageWords] = {}
    for words in sheet.words:
        if words.size < LEAST_SIZE - 0.01 and words.within(RAISED) is None:
            sizes.setdefault(words.size, words)
    for size, words in sizes.items():
        yield Diagnostic(
            SMALL_TEXT,
            f"page {sheet.number} has text of {size * 0.75:.1f} points: “{_shown(words.text)}”",
            "set a larger font-size in the preset",
        )


def _narrow(sheet: Sheet) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each table of positions with narrow columns."""
    narrow = dict.fromkeys(table for table, measure in sheet.columns if measure < LEAST_MEASURE)
    for table in narrow:
        words = next((words for words in sheet.words if table in words.around), None)
        first = f", from “{_shown(words.text)}”" if words else ""
        yield Diagnostic(
            NARROW_COLUMN,
            f"page {sheet.number} has columns of less than about 25 characters{first}",
            "set fewer `columns` in preset.yaml, so that more experts are in a table below",
        )


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
