"""Scripts other than Latin: names, direction, and the font packages.

Unicode's data tell the script of a character (UAX 24).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from generator.languages.locales import script_of

if TYPE_CHECKING:
    import regex

_RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""The modern scripts that run from right to left, by ISO 15924."""
_BRACKETS = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", "‹": "›"}
_HAN = "Hani"
_EAST_ASIAN = ("Hani", "Hira", "Kana", "Bopo", "Hang")
"""Scripts that are used in one sentence and drawn with one font."""


@dataclass(frozen=True, slots=True)
class Script:
    """How one script is drawn.

    `code` is its ISO 15924 code (`Hans`, `Hant`, `Jpan` and `Kore` for the four ways to draw Han). `language` is the only
    language that is written in it today and that briefs may quote; empty if there are several.
    """

    code: str
    name: str
    language: str
    family: str
    package: str
    extra: str
    """The extra of this project that installs the package; empty if it is always installed."""
    property: str
    """Characters of the script, as a character class of `regex`."""


def _unicode(*codes: str) -> str:
    return "".join(rf"\p{{Script={code}}}" for code in codes)


_GREEK_CYRILLIC = ("Fira Sans Condensed", "fontpkg-fira-sans-condensed", "")
SCRIPTS = (
    Script("Grek", "Greek", "el", *_GREEK_CYRILLIC, _unicode("Grek")),
    Script("Cyrl", "Cyrillic", "", *_GREEK_CYRILLIC, _unicode("Cyrl")),
    Script("Arab", "Arabic", "", "IBM Plex Sans Arabic", "fontpkg-ibm-plex-sans-arabic", "arabic", _unicode("Arab")),
    Script("Hebr", "Hebrew", "he", "Heebo", "fontpkg-heebo", "hebrew", _unicode("Hebr")),
    Script("Deva", "Devanagari", "", "Hind", "fontpkg-hind", "devanagari", _unicode("Deva")),
    Script("Beng", "Bengali", "bn", "Hind Siliguri", "fontpkg-hind-siliguri", "bengali", _unicode("Beng")),
    Script("Taml", "Tamil", "ta", "Noto Sans Tamil", "fontpkg-noto-sans-tamil", "tamil", _unicode("Taml")),
    Script("Thai", "Thai", "th", "Sarabun", "fontpkg-sarabun", "thai", _unicode("Thai")),
    Script("Jpan", "Japanese", "ja", "Noto Sans JP", "pylopdf-fonts-jp", "cjk", _unicode(*_EAST_ASIAN)),
    Script("Kore", "Korean", "ko", "Noto Sans KR", "pylopdf-fonts-ko", "cjk", _unicode(*_EAST_ASIAN)),
    Script("Hans", "Chinese", "zh", "Noto Sans SC", "pylopdf-fonts-zh-cn", "cjk", _unicode(*_EAST_ASIAN)),
    Script("Hant", "Chinese", "zh-Hant", "Noto Sans TC", "pylopdf-fonts-zh-tw", "cjk", _unicode(*_EAST_ASIAN)),
)
BY_CODE = {script.code: script for script in SCRIPTS}
HAN = ("Jpan", "Kore", "Hans", "Hant")


@dataclass(frozen=True, slots=True)
class ScriptRun:
    """Characters of one script, from its first to its last letter, with the spaces, digits and marks between them."""

    script: Script
    start: int
    end: int


def runs(text: str, language: str = "") -> Iterator[ScriptRun]:
    """Yield the runs of the scripts in `SCRIPTS`, in order. `language` is that of the text; it determines the form of Chinese."""
    if text.isascii():
        return
    for match in _pattern().finditer(text):
        code = match.lastgroup
        assert code is not None
        if code == "Grek" and len(match[0]) == 1:
            continue  # a symbol, as in a formula
        if code == _HAN:
            code = _east_asian(match[0], language)
        yield ScriptRun(BY_CODE[code], *_with_brackets(text, match.start(), match.end()))


def has_runs(text: str) -> bool:
    """Whether a text may have runs; much faster than to find them, because each character is looked at once."""
    return _letters().search("".join(set(text))) is not None


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a run by adjacent brackets whose other halves are inside, so that both are drawn alike."""
    open_ones = ""
    for char in text[start:end]:
        if char in _BRACKETS:
            open_ones += char
        elif open_ones and char == _BRACKETS[open_ones[-1]]:
            open_ones = open_ones[:-1]
        elif start and char in _BRACKETS.values() and _BRACKETS.get(text[start - 1]) == char:
            start -= 1
    while open_ones and (rest := _to_closing(open_ones[-1]).match(text, end)):
        open_ones, end = open_ones[:-1], rest.end()
    return start, end


@cache
def _to_closing(opening: str) -> regex.Pattern[str]:
    """Characters before a closing bracket that are not words: spaces, digits, marks."""
    import regex

    closing = regex.escape(_BRACKETS[opening])
    return regex.compile(rf"(?:(?!{closing})[\p{{Script=Common}}\p{{Script=Inherited}}]){{0,40}}{closing}")


def _east_asian(text: str, language: str) -> str:
    """Return how to draw Han: by its neighbours, or by the language; otherwise as in the People's Republic."""
    if _kana().search(text):
        return "Jpan"
    if _hangul().search(text):
        return "Kore"
    script = script_of(language) if language else ""
    return script if script in HAN else "Hans"


@cache
def _letters() -> regex.Pattern[str]:
    """A letter with which a run can begin."""
    import regex

    return regex.compile(f"[{''.join(script.property for script in SCRIPTS)}]")


@cache
def _pattern() -> regex.Pattern[str]:
    """A run begins with a letter of a script and ends with the last character that is only or also used in that script."""
    import regex

    singles = [(script.code, (script.code,)) for script in SCRIPTS if script.code not in HAN]
    branches = (_branch(code, members) for code, members in (*singles, (_HAN, _EAST_ASIAN)))
    return regex.compile("|".join(branches))


def _branch(name: str, codes: tuple[str, ...]) -> str:
    letters = _unicode(*codes)
    used = "".join(rf"\p{{Script_Extensions={code}}}" for code in codes)
    ahead = rf"[\u3000-\u303f\uff01-\uff60]*+(?=[{letters}])" if name == _HAN else ""
    behind = r"\u3000-\u303f\uff01-\uff60" if name == _HAN else ""
    return rf"(?P<{name}>{ahead}[{letters}](?:[\p{{Script=Common}}\p{{Script=Inherited}}]*[{used}{behind}])*)"


@cache
def _kana() -> regex.Pattern[str]:
    import regex

    return regex.compile(rf"[{_unicode('Hira', 'Kana')}]")


@cache
def _hangul() -> regex.Pattern[str]:
    import regex

    return regex.compile(rf"[{_unicode('Hang')}]")


def is_right_to_left(script: str) -> bool:
    """Whether a script, by its ISO 15924 code, is written from right to left."""
    return script in _RIGHT_TO_LEFT


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr`, the value of HTML's `dir`, for a text in a BCP 47 language."""
    return "rtl" if is_right_to_left(script_of(language)) else "ltr"


def isolated(text: str, language: str) -> str:
    """Return a text for a line in a BCP 47 language. If it has letters of the other direction, it stands between marks that separate
    it from the line (UAX 9, 2.4.2): otherwise a number after it, such as the day of a date, would be drawn on its other side.
    """
    other = ("L",) if direction_of(language) == "rtl" else ("R", "AL")
    return f"\u2068{text}\u2069" if any(bidirectional(letter) in other for letter in text) else text
