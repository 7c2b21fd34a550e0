"""Diagnostics of the layout engine as problems, and the problem of missing system libraries.

WeasyPrint logs what it could not do and continues, so only readers would find a broken link, a missing picture or a character
that no font has. The caller adds the place in the brief.

This module imports none of them, so it works without them. `generator.pipeline.versions.can_draw` tests for them.
"""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from generator.problems import Code, Location, Problem, Severity

MISSING_GLYPH: Final = Code("missing-glyph", Severity.ERROR)
LINK_TO_NOWHERE: Final = Code("link-to-nowhere", Severity.ERROR)
MISSING_ALTERNATIVE: Final = Code("missing-alternative", Severity.ERROR)
TEXT_LOST: Final = Code("text-lost", Severity.ERROR)
ASSET_REFUSED: Final = Code("asset-refused", Severity.ERROR)
STYLE_IGNORED: Final = Code("style-ignored", Severity.WARNING)
LAYOUT_WARNING: Final = Code("layout-remark", Severity.WARNING)
THIN_PAGE: Final = Code("thin-page", Severity.WARNING)
LONELY_HEADING: Final = Code("lonely-heading", Severity.WARNING)
LONELY_CAPTION: Final = Code("lonely-caption", Severity.WARNING)
TEXT_OVER_TEXT: Final = Code("text-over-text", Severity.WARNING)
TEXT_OFF_PAGE: Final = Code("text-off-page", Severity.WARNING)
SMALL_TEXT: Final = Code("small-text", Severity.WARNING)
NARROW_COLUMN: Final = Code("narrow-column", Severity.WARNING)
_CONTEXT: Final = 20
"""Characters shown on each side of a missing one."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem of a page, without a place in a file."""

    code: Code
    message: str
    hint: str = ""

    def at(self, place: Location) -> Problem:
        return self.code.at(place, self.message, self.hint)


@dataclass(frozen=True, slots=True)
class _Rule:
    """The pattern of a log record of WeasyPrint, and its diagnostic; `{0}` in the texts is the pattern's first group."""

    pattern: re.Pattern[str]
    code: Code
    message: str
    hint: str = ""


_RULES: Final = (
    _Rule(
        re.compile(r"No anchor #([^#\n]+) for internal URI"),
        LINK_TO_NOWHERE,
        "a link leads to “#{0}”, which does not exist in the document",
        "give the target this id, or correct the link",
    ),
    _Rule(
        re.compile(r"Failed to load (?:image|attachment|stylesheet|font)\w* (?:at )?:? ?['\"]?([^'\" ]+)"),
        ASSET_REFUSED,
        "the page asks for “{0}”, which is not among its files",
        "add it to the preset's assets, or remove it from the page",
    ),
    _Rule(re.compile(r"Font-face '?([^']+)'? cannot be loaded"), ASSET_REFUSED, "the font “{0}” is not available"),
    _Rule(re.compile(r"(Ignored .+|Invalid or unsupported .+|Unknown .+|Unsupported .+)"), STYLE_IGNORED, "{0}"),
)

_SILENT: Final = re.compile(r"\.notdef glyph|has no required alt")
"""Records that `missing-glyph` reports better, with the words around it, or `missing-alternative`, which excludes ornaments."""


def diagnostic_for(record: str) -> Diagnostic | None:
    """Return the diagnostic for a line of WeasyPrint's log; None if another one reports it better."""
    if _SILENT.search(record):
        return None
    for rule in _RULES:
        if match := rule.pattern.search(record):
            return Diagnostic(rule.code, rule.message.format(match[1]), rule.hint)
    return Diagnostic(LAYOUT_WARNING, record[:1].lower() + record[1:])


class _LogCollector(logging.Handler):
    """Collects the warnings and errors of its own thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self._records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._records.append(record.getMessage())

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics in order, without repetitions."""
        return tuple(dict.fromkeys(filter(None, map(diagnostic_for, self._records))))


@contextmanager
def collecting() -> Iterator[_LogCollector]:
    """Collect WeasyPrint's log records in the block; other handlers do not get them."""
    log, collector = logging.getLogger("weasyprint"), _LogCollector()
    before = log.propagate
    log.addHandler(collector)
    log.propagate = False
    try:
        yield collector
    finally:
        log.removeHandler(collector)
        log.propagate = before


def missing_alternative(picture: str) -> Diagnostic:
    return Diagnostic(
        MISSING_ALTERNATIVE,
        f"the picture “{picture}” has no description",
        'describe it in its alt attribute, or in <title> if it is an SVG; alt="" marks an ornament',
    )


def dead_link(address: str) -> Diagnostic:
    return Diagnostic(
        LINK_TO_NOWHERE,
        f"a link leads to “{address}”, which readers of the PDF cannot follow",
        "give the full address, with https://",
    )


def text_lost(words: str) -> Diagnostic:
    shown = words if len(words) <= 60 else words[:59].rstrip() + "…"
    return Diagnostic(
        TEXT_LOST,
        f"these words are missing in the PDF: “{shown}”",
        "allow the box with these words to break across pages",
    )


def missing_glyph(character: str, text: str) -> Diagnostic:
    """Return the diagnostic for a character without glyph; `text` contains it."""
    place = text.index(character)
    around = text[max(0, place - _CONTEXT) : place + _CONTEXT + 1].strip()
    label = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return Diagnostic(
        MISSING_GLYPH,
        f"no font has “{character}” ({label}), in “{around}”",
        "use another character, or install a fontpkg-noto-* package that has it",
    )


COMMAND: Final = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""The package names of Debian 12 and newer, and of Ubuntu 24.04 and newer."""
PDF_LIBRARIES: Final = Code("pdf-libraries", Severity.ERROR)

MESSAGE: Final = "Pango or HarfBuzz is not installed, so PDFs cannot be laid out"
HINT: Final = f"run `{COMMAND}`, then repeat the command"


def libraries_missing(folder: str) -> Problem:
    """Return the problem, placed at the output folder that lacks the PDFs."""
    return PDF_LIBRARIES.at(Location(folder), f"{MESSAGE}; only HTML was built", HINT)
