"""Checks that fonts for all printed characters are installed.

The check runs before rendering, so that `brief check` reports the line of the character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from generator.problems import Code, Location, Problem, Severity
from generator.render.fonts import script_files, uncovered
from generator.render.layout_diagnostics import MISSING_GLYPH
from generator.render.printed_texts import PrintedText
from generator.render.scripts import BY_CODE, Script, runs, script_of
from generator.syntax.spans import place_at

DISTRIBUTION: Final = "policy-brief-generator"
"""Name of this project for pip."""
SCRIPT_FONTS: Final = Code("script-fonts", Severity.ERROR)
CODES: Final = (SCRIPT_FONTS,)

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


def _missing(character: str, text: str, at: int, place: Location) -> Problem:
    around = " ".join(text[max(0, at - _CONTEXT) : at + _CONTEXT + 1].split())
    label = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return MISSING_GLYPH.at(
        place,
        f"no font has “{character}” ({label}), in “{around}”",
        "use another character, or install a fontpkg-noto-* package that has it",
    )
