"""Finds characters that are invisible, or typographic where only plain ones are valid.

Unicode data decides which characters are invisible, not a list of examples: a character is invisible if it is
Default_Ignorable_Code_Point, Bidi_Control, Noncharacter_Code_Point, a format or control character, or a line or paragraph
separator. Noncharacters include those that XML does not allow. Allowed are:

- tabs and line ends;
- ZERO WIDTH JOINER and NON-JOINER between letters of one script that joins its letters or stacks them (UAX 31, 2.3.1);
- the joiners and variation selectors of emoji (UTS 51, ED-15a), and one variation selector after a Han character.

Word processors and phones turn `"` into `“`, `-` into `–` and spaces into no-break spaces. In a date, an id or an amount their meaning is
unclear, so they are not read; `advice` names the character for the author, and what to write instead.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.problems import Code, Location, Problem, Severity

_INVISIBLE = (
    r"[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}"
    r"--[\p{Prepended_Concatenation_Mark}\t\n\r]]"
)

_SCRIPTS_THAT_JOIN = (
    "Arabic Syriac Mandaic Nko Mongolian Phags_Pa Adlam Hanifi_Rohingya Devanagari Bengali Gurmukhi Gujarati Oriya Tamil "
    "Telugu Kannada Malayalam Sinhala Khmer Myanmar Tibetan Balinese Javanese"
)
"""Scripts with letters of Joining_Type D, and scripts with a virama (ccc 9) that are written today."""

_EMOJI = (
    r"[0-9#*]\uFE0F\u20E3"
    r"|\U0001F3F4[\U000E0030-\U000E0039\U000E0061-\U000E007A]{3,6}\U000E007F"
    r"|{one}(?:\u200D{one})*+"
).replace("{one}", r"\p{Emoji}(?<![0-9#*])(?:\p{Emoji_Modifier}|[\uFE0E\uFE0F])?+")


@dataclass(frozen=True, slots=True)
class Invisible:
    """An invisible character that is not needed at its place."""

    offset: int
    char: str

    @property
    def name(self) -> str:
        """`RIGHT-TO-LEFT OVERRIDE (U+202E)`."""
        return f"{unicodedata.name(self.char, 'control character')} (U+{ord(self.char):04X})"

    @property
    def turns(self) -> bool:
        """Whether it changes the direction of the text around it."""
        return _pattern(r"\p{Bidi_Control}").match(self.char) is not None


def invisible(text: str) -> Iterator[Invisible]:
    """Yield each invisible character that is not allowed at its place, in order."""
    if text.isascii() and text.isprintable():
        return
    allowed = None
    for match in _pattern(_INVISIBLE).finditer(text):
        allowed = _allowed(text) if allowed is None else allowed
        if match.start() not in allowed:
            yield Invisible(match.start(), match.group())


def without_invisible(text: str) -> str:
    """Remove the characters that `invisible` finds, for texts of other programs."""
    if text.isascii() and text.isprintable():
        return text
    gone = {each.offset for each in invisible(text)}
    return "".join(char for offset, char in enumerate(text) if offset not in gone) if gone else text


def _allowed(text: str) -> frozenset[int]:
    """Return the offsets of all characters in sequences that a script needs."""
    spans = (match.span("needed") for match in _pattern(_needed()).finditer(text))
    return frozenset(offset for start, end in spans for offset in range(start, end))


@functools.cache
def _needed() -> str:
    joiners = "|".join(
        rf"(?<=\p{{Script={script}}})[\u200C\u200D](?=\p{{Script={script}}})" for script in _SCRIPTS_THAT_JOIN.split()
    )
    han = r"(?<=\p{Script=Han})[\uFE00-\uFE02\U000E0100-\U000E01EF]"
    return rf"(?P<needed>{_EMOJI}|{joiners}|{han})"


@functools.cache
def _pattern(expression: str) -> Any:
    import regex  # imported here, because texts without such characters do not need it

    return regex.compile(expression, regex.VERSION1)


UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts without spaces between words, or between a number and words, as a class in a pattern."""
RAISED = str.maketrans("0123456789+-\u2212=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
LOWERED = str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
"""Digits and signs, with their raised and lowered forms."""
QUOTATION_MARKS = "\"“”„‟«»‹›‘’‚‛'＂＇″‶❝❞❛❜「」『』｢｣﹁﹂﹃﹄〝〞〟⹂⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡"
DASHES = "‐‑‒–—―−﹘﹣－"
"""Dashes other than the keyboard's hyphen."""

_CALLED = {
    "‑": "a no-break hyphen",
    "−": "a minus sign",
    "—": "an em dash",
    "–": "an en dash",
    "\N{NO-BREAK SPACE}": "a no-break space",
}


def without_marks(value: str) -> str:
    """Return the value without quotation marks around it."""
    inner = value.strip()
    around = len(inner) > 1 and inner[0] in QUOTATION_MARKS and inner[-1] in QUOTATION_MARKS
    return inner[1:-1].strip() if around and not any(mark in QUOTATION_MARKS for mark in inner[1:-1]) else value


def advice(value: str) -> str:
    """Return what to write instead of the first typographic character of a value; empty if it has none."""
    inner = without_marks(value)
    if inner != value:
        first, last = value.strip()[0], value.strip()[-1]
        return f'{first} and {last} are part of the value: leave them out, or write "{inner}" with straight quotation marks'
    for char in value:
        if char in QUOTATION_MARKS:
            return f"{char} is part of the value: leave it out"
        plain = "-" if char in DASHES else unicodedata.normalize("NFKC", char)
        if not char.isascii() and plain.isascii() and plain != char:
            shown = "a space" if plain.isspace() else plain
            return f"{'it' if char.isspace() else char} is {called(char)}: write {shown}"
    return ""


def called(char: str) -> str:
    """Return the name of a character, with an article."""
    if char in _CALLED:
        return _CALLED[char]
    name = unicodedata.name(char, "character").lower()
    return f"{'an' if re.match('[aeio]|un[^i]', name) else 'a'} {name}"


INVISIBLE_CHARACTER = Code("invisible-character", Severity.ERROR)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST = 200
"""Most invisible characters that are reported in one file."""


def in_file(text: str, file: str) -> tuple[Problem, ...]:
    """Return the invisible characters of a whole file, comments included, each at its place."""
    return tuple(_problem(one, _place(text, one.offset, file)) for one in islice(invisible(text), _MOST))


def escaped(value: str, raw: str, place: Location) -> Iterator[Problem]:
    r"""Yield those that a double-quoted scalar writes as escapes (`"\u202E"`), at the place of the scalar."""
    if "\\" in raw and not any(invisible(raw)):
        for one in islice(invisible(value), 1):
            message = f"an escape with \\ means the invisible character {one.name}"
            hint = r"in double quotation marks, \ begins an escape: write \\ for a backslash"
            yield INVISIBLE_CHARACTER.at(place, message, hint)


def referenced(value: str, text: str, start: int, end: int, place: Location) -> Iterator[Problem]:
    """Yield the first one that a character reference (`&#x202E;`) in a scalar means, as Markdown prints it.

    The scalar is `text[start:end]` and begins at `place`.
    """
    if "&" not in value:
        return
    references: dict[int, str] = {}
    plain, at, length = [], 0, 0
    for match in _REFERENCE.finditer(value):
        plain += [value[at : match.start()], html.unescape(match[0])]
        references[length + match.start() - at] = match[0]
        length, at = length + match.start() - at + len(plain[-1]), match.end()
    for one in invisible("".join((*plain, value[at:]))):
        if written := references.get(one.offset):
            offset = text.find(written, start, end)
            found_at = place if offset < 0 else _place(text, offset, place.file, len(written))
            yield _problem(one, found_at, f"{written} means the invisible character {one.name}")
            return


def _place(text: str, offset: int, file: str, length: int = 1) -> Location:
    line_start = text.rfind("\n", 0, offset) + 1
    return Location(file, text.count("\n", 0, offset) + 1, offset - line_start + 1, length)


def _problem(one: Invisible, place: Location, message: str = "") -> Problem:
    hint = "delete it; to set a quotation from right to left, use `direction: rtl`" if one.turns else "delete it"
    return INVISIBLE_CHARACTER.at(place, message or f"there is an invisible character here: {one.name}", hint)
