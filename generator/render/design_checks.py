"""Whether a brief fits its page design: references, table widths, length, fonts.

`rests_on` is not text: a link to an omitted fact is omitted too, and the page counts the fact.

The check runs before rendering, so that `brief check` reports the line of the character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol

from generator.languages.locales import script_of
from generator.model import Brief, DataTable, FactReference
from generator.model.walk import placed_names, walk
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import counted
from generator.render.fonts import script_files, uncovered
from generator.render.layout.layout_diagnostics import MISSING_GLYPH
from generator.render.preset import Preset
from generator.render.printed_texts import Choosable, PrintedText, printed_form
from generator.render.scripts import BY_CODE, Script, runs
from generator.syntax.spans import place_at

FACT_NOT_PRINTED = Code("fact-not-printed", Severity.ERROR, rests_on=("facts.id", "in"))


def designs_named(brief: Brief) -> Iterator[tuple[str, Location]]:
    """Yield every page design that a record names in `in`, with its locations."""
    records: tuple[Choosable, ...] = (
        *brief.facts,
        *brief.questions,
        *brief.voices,
        *brief.timeline,
        *brief.options,
        *brief.key_points,
        *brief.charts,
        *brief.sections,
    )
    for record in records:
        yield from ((name.value, name.place) for name in record.printed_in)


def check_references(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """`fact-not-printed`: at every reference in what `preset` prints to a fact, chart or table that the author leaves out of it."""
    printed = printed_form(brief, preset).brief
    gone = _names(brief) - _names(printed)
    for reference in walk(printed, FactReference):
        kind, _, name = reference.fact.rpartition(":")
        if reference.fact in gone and (kind or "facts" in preset.blocks):
            called = kind or "fact"
            message = f"the preset “{preset.name}” does not print the {called} “{name}”, but this text refers to it"
            where = "section that places it" if kind == "table" else called
            hint = f"add {preset.name} to `in` of the {where}, or remove the reference"
            yield FACT_NOT_PRINTED.at(reference.place, message, hint)


def _names(brief: Brief) -> set[str]:
    """What prose can refer to and a design can leave out."""
    figures = {f"chart:{one.id}" for one in brief.charts} | {f"table:{one.id}" for one in brief.tables}
    return {fact.id for fact in brief.facts} | figures


TABLE_TOO_WIDE = Code("table-too-wide", Severity.ERROR)
TABLE_NOT_PRINTED = Code("table-not-printed", Severity.ERROR)
SECTION_NOT_PRINTED = Code("section-not-printed", Severity.ERROR)
CHART_NOT_PRINTED = Code("chart-not-printed", Severity.ERROR)
_WIDTHS = {"A4": (210, 297), "A5": (148, 210), "letter": (216, 279), "legal": (216, 356)}
"""Widths of an upright and a landscape page, in mm."""
_MARGINS = 40
"""Both margins together in mm, as in the built-in designs."""
_CHARACTER, _PADDING = 1.6, 4.0
"""In mm: width of a character of a table (a high estimate), and the space after a column."""


def check_tables(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """Yield `table-not-printed`, `section-not-printed`, and `table-too-wide` for each table that cannot fit."""
    placed = placed_names(brief)
    loose = [table for table in brief.tables if f"table:{table.id}" not in placed]
    if loose and "tables" not in preset.blocks:
        hint = f"add `tables` to the blocks of the preset “{preset.name}”, or use another preset"
        yield TABLE_NOT_PRINTED.at(loose[0].place, f"the preset “{preset.name}” prints no tables", hint)
        return
    for section in brief.sections:
        block = "sections-after" if section.after else "sections"
        if block not in preset.blocks:
            hint = f"add `{block}` to the blocks of the preset “{preset.name}”, or use another preset"
            yield SECTION_NOT_PRINTED.at(section.place, f"the preset “{preset.name}” does not print this section", hint)
    paper, _, across = preset.size.partition(" ")
    measure = _WIDTHS[paper][bool(across)] - _MARGINS
    for table in brief.tables:
        needed = least_width(table)
        if needed > measure:
            message = f"the table needs about {needed:.0f} mm, and the page has {measure} mm"
            yield TABLE_TOO_WIDE.at(
                table.file.place, message, "choose fewer `columns`, or shorten their names with `heads`"
            )


def check_charts(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """Yield `chart-not-printed`."""
    placed = placed_names(brief)
    loose = [chart for chart in brief.charts if f"chart:{chart.id}" not in placed]
    if loose and "charts" not in preset.blocks:
        hint = f"add `charts` to the blocks of the preset “{preset.name}”, or use another preset"
        yield CHART_NOT_PRINTED.at(loose[0].place, f"the preset “{preset.name}” prints no charts", hint)


def least_width(table: DataTable) -> float:
    """Return the approximate width in mm."""
    columns = zip(
        table.head,
        *([cell.text if not cell.number else _joined(cell.text) for cell in row] for row in table.rows),
        strict=True,
    )
    longest = (max(len(word) for text in column for word in (*text.split(), "")) for column in columns)
    return sum(_CHARACTER * characters + _PADDING for characters in longest)


def _joined(number: str) -> str:
    """Return the parts that cannot be broken. A number is never broken, even if spaces group its digits."""
    return "".join(number.split())


PAGES = Code("preset-pages", Severity.ERROR)
_ANY_LENGTH = ("briefing", "report")
"""Built-in designs without a least, and without a largest number of pages."""
_SECTION = 2
"""The level of a section's heading in the outline; the title has 1, questions 3."""


class Heading(Protocol):
    """An entry of a PDF's outline; level and page count from 1."""

    @property
    def level(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def page(self) -> int: ...


def check_length(
    preset: Preset, length: float, outline: Sequence[Heading], place: Location, *, draft: bool = False
) -> tuple[Problem, ...]:
    """Compare a brief's length with its preset.

    `length` is in pages, and the last may be partly filled: 2.25 are three pages. `outline` are the brief's headings
    in order; `place` is the brief's. In a draft, errors become warnings.
    """
    pages = -(-length // 1)
    severity = Severity.WARNING if draft else Severity.ERROR
    if pages < preset.least_pages:
        return (PAGES.at(place, *_too_short(preset, length), severity=severity),)
    if 0 < preset.most_pages < pages:
        return (PAGES.at(place, *_too_long(preset, length, outline), severity=severity),)
    return ()


def _too_short(preset: Preset, length: float) -> tuple[str, str]:
    wanted = preset.least_pages
    message = f"the brief fills {_pages(length)}, and '{preset.name}' needs {_count(preset, wanted)}"
    missing = _pages(wanted - length)
    hint = f"add {missing} of text, for example under key_points, options or limits, or write preset: {_ANY_LENGTH[0]}"
    return message, hint


def _too_long(preset: Preset, length: float, outline: Sequence[Heading]) -> tuple[str, str]:
    """Return message and hint for a brief that is longer than its design allows."""
    most = preset.most_pages
    message = (
        f"the brief fills {_pages(length)}, {_pages(length - most)} more than '{preset.name}' has room for: "
        f"{_where(most + 1, outline)}"
    )
    longest = _longest(length, outline)
    if preset.short:
        part = "leave parts out (`in` lists the presets that print a part), or give them a `short` text"
        part = f"{part}; the longest part is “{longest}”" if longest else part
    else:
        part = f"shorten “{longest}”, the longest part, or another one" if longest else "shorten it"
    return message, f"{part}; or write preset: {_ANY_LENGTH[1]}, which has no limit"


def _where(page: int, outline: Sequence[Heading]) -> str:
    """Return the part that begins or continues on this page."""
    first = next((heading for heading in outline if heading.page >= page), None)
    if first is not None:
        return f"“{first.title}” begins on page {first.page}"
    last = f"“{outline[-1].title}”" if outline else "the text"
    return f"{last} continues on page {page}"


def _longest(length: float, outline: Sequence[Heading]) -> str:
    """Return the section with most pages, if there is one, counted in whole pages."""
    sections = [heading for heading in outline if heading.level == _SECTION]
    ends = [heading.page for heading in sections[1:]] + [int(length) + 1]
    spans = sorted(((end - one.page, one.title) for one, end in zip(sections, ends, strict=False)), reverse=True)
    return spans[0][1] if len(spans) > 1 and spans[0][0] > spans[1][0] else ""


def _pages(length: float) -> str:
    """Return `1 page`, `0.3 pages`, `2.4 pages`; at least a tenth."""
    number = f"{max(length, 0.1):.1f}".removesuffix(".0")
    return "1 page" if number == "1" else number + " pages"


def _count(preset: Preset, pages: int) -> str:
    exactly = "exactly" if preset.most_pages == pages else "at least"
    return f"{exactly} {counted(pages, 'page')}"


DISTRIBUTION: Final = "policy-brief-generator"
"""Name of this project for pip."""
SCRIPT_FONTS: Final = Code("script-fonts", Severity.ERROR)

Finder = Callable[[str, Location], Location]
"""Returns the location of words in the record at a location."""

_BEYOND: Final = re.compile(
    r"[^\x00-\x7f\xa0-\xff\u0100-\u017f\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac]"
)
"""Characters to check; all others are in the fonts of every page. Most briefs have none."""


def check_scripts(texts: Iterable[PrintedText], language: str, find: Finder) -> Iterator[Problem]:
    """Yield `script-fonts` once for each script, and `missing-glyph` once for each character. `language` is the brief's."""
    own = BY_CODE.get(script_of(language))
    scripts: set[str] = set()
    characters: set[str] = set()
    for text in texts:
        if not _BEYOND.search(text.value):
            continue
        for script, start, end in _stretches(text.value, language):
            words = text.value[start:end]
            if script and not script_files(script.code):
                if script.extra not in scripts:
                    scripts.add(script.extra)
                    yield _not_installed(script, _place(text, start, words, find))
                continue
            used = [one.code for one in (script, own) if one]
            for character in uncovered(words, used):
                if character not in characters:
                    characters.add(character)
                    at = start + words.index(character)
                    yield _missing(character, text.value, at, _place(text, at, character, find))


def scripts_printed(texts: Iterable[PrintedText], language: str) -> bool:
    """Whether a page with these texts needs fonts that an extra installs."""
    own = BY_CODE.get(script_of(language))
    return bool(own and own.extra) or any(
        run.script.extra for text in texts if _BEYOND.search(text.value) for run in runs(text.value, language)
    )


def _stretches(text: str, language: str) -> Iterator[tuple[Script | None, int, int]]:
    """Yield the runs of a text and the text between them."""
    end = 0
    for run in runs(text, language):
        yield None, end, run.start
        yield run.script, run.start, run.end
        end = run.end
    yield None, end, len(text)


def _place(text: PrintedText, offset: int, words: str, find: Finder) -> Location:
    if text.whole is not None:
        return place_at(text.whole, offset, len(words))
    return find(words, text.place)


def _not_installed(script: Script, place: Location) -> Problem:
    return SCRIPT_FONTS.at(
        place,
        f"the font for {script.name} text is not installed",
        f"run `pip install '{DISTRIBUTION}[{script.extra}]'`, and build again",
    )


_CONTEXT: Final = 20
"""Characters shown on each side of one that no font has."""


_HYPHENS: Final = {"\u2010": "-", "\u2011": "-", "\u2043": "-", "\u2012": "–", "\u2015": "—", "\u2212": "-"}
"""Hyphens and dashes that word processors write."""


def _missing(character: str, text: str, at: int, place: Location) -> Problem:
    around = " ".join(text[max(0, at - _CONTEXT) : at + _CONTEXT + 1].split())
    label = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return MISSING_GLYPH.at(place, f"no font has “{character}” ({label}), in “{around}”", _instead(character))


def _instead(character: str) -> str:
    """Return what to write instead of a character."""
    if unicodedata.category(character) == "Co":
        return "it is a sign of one font only, such as a bullet of Word: write the sign that you mean; `- ` begins a list item"
    same = _HYPHENS.get(character) or unicodedata.normalize("NFKC", character)
    if same != character and same.isprintable() and not same.isspace():
        return f"write “{same}”"
    return "use another character, or install a fontpkg-noto-* package that has it"
