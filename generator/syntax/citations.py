"""The syntax of citations, as pandoc defines it, and all citations of a record.

Reads `cite:` fields and the bracketed groups of prose as citation groups with their places. It does not check whether keys exist.

Source of the grammar: the pandoc User's Guide, "Citation syntax".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.model import Citation, CitationGroup, Prose, Text
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.characters import DASHES, QUOTATION_MARKS, called, without_marks
from generator.syntax.locators import lone_label, misread_label, read_locator
from generator.syntax.spans import place_at, spans

BAD_CITATION = Code("bad-citation", Severity.ERROR)
UNKNOWN_LOCATOR = Code("unknown-locator", Severity.ERROR)

_PLAIN_KEY = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
CITE = re.compile(rf"(?<![\w@\\.])(?P<minus>-?)(?<![^\W_]-)@(?:(?P<key>{_PLAIN_KEY})|\{{(?P<braced>[^{{}}\n]+)\}})")
"""One `@key` or `-@key`; an `@` inside a word, as in an address, is not a citation."""


def is_plain_key(key: str) -> bool:
    """Whether a key can be cited without braces."""
    return re.fullmatch(_PLAIN_KEY, key) is not None


LONGEST_GROUP = 2000
"""A bracket that is not closed within this many characters is not a citation. It limits the work on hostile texts."""
DEEPEST_GROUP = 20
"""Levels of nested brackets beyond which there is no citation."""
_BRACKETS = re.compile(r"[\[\]]")
_PAIRED = re.sub("['’‘]", "", QUOTATION_MARKS)
"""Paired marks, without apostrophes."""
_BEFORE_KEY = re.compile(rf"(?:(?<!\S)(?P<single>['’‘])|(?P<mark>[{_PAIRED}])\s*+|\A\s*+(?P<dash>[{DASHES}]))\Z")
_INTO_KEY = re.compile(r"[‐‑‒–−﹘﹣－](?=\w)")
_NO_COMMA = re.compile(rf"\s*+(?:(?P<mark>[:.：，、﹐；])\s*+(?=\w)|,?\s*+(?P<quote>[{_PAIRED}'’‘]))")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text with citations, with a map from its indices to offsets and places in the text."""

    written: str
    offset: Callable[[int], int]
    place: Callable[[int, int], Location]
    language: str = ""
    """The language of the text, which decides which labels of locators are read first."""

    def part(self, start: int, end: int) -> Window:
        return Window(
            self.written[start:end],
            lambda at: self.offset(start + at),
            lambda at, length: self.place(start + at, length),
            self.language,
        )


def read_cite(text: Text, language: str = "") -> tuple[CitationGroup | None, tuple[Problem, ...]]:
    """Read a `cite:` field. An empty field gives None and no problem; an unreadable one None and its problems."""
    if not text:
        return None, ()
    whole = _without_brackets(Window(text.value, lambda at: at, spans(text).place, language))
    inner = without_marks(whole.written)
    if inner == whole.written or "@" not in inner:
        return read_group(whole)
    marks = f"{whole.written[0]} and {whole.written[-1]}"
    hint = f'write "{inner}" with straight quotation marks, which are not part of a YAML value'
    problem = BAD_CITATION.at(_span_of(whole), f"{marks} would be printed with the citation", hint)
    group, problems = read_group(whole.part(start := whole.written.index(inner), start + len(inner)))
    return group, (problem, *problems)


def read_group(window: Window) -> tuple[CitationGroup | None, tuple[Problem, ...]]:
    """Read a group of citations, without its brackets; None if none of them can be read."""
    citations: list[Citation] = []
    problems: list[Problem] = []
    for item in _items(window):
        citation, problems_found = _read_one(item)
        problems += problems_found
        if citation:
            citations.append(citation)
    if not citations:
        return None, tuple(problems)
    return CitationGroup(tuple(citations), _span_of(window)), tuple(problems)


def is_readable(written: str) -> bool:
    """Whether `read_group` finds a citation."""
    whole = Window(written, lambda at: at, lambda at, length: Location(""))
    return any(CITE.search(item.written) for item in _items(whole))


def read_in_text(window: Window, key: re.Match[str]) -> tuple[CitationGroup | None, tuple[Problem, ...]]:
    """Read `@key`, `-@key` or `@key [p. 3; @b]` of prose; `key` is the match of CITE at the beginning of the window."""
    end = key.end()
    own = Citation(_key(key), suppress_author=bool(key["minus"]), offset=window.offset(key.start() + len(key["minus"])))
    behind = window.written[end:].strip()
    if not behind:
        return CitationGroup((own,), _span_of(window), in_text=not own.suppress_author), ()
    inside = window.part(window.written.index("[", end) + 1, len(window.written) - 1)
    first, *others = _items(inside)
    own, problems = _with_suffix(own, first)
    # after the first item and its semicolon
    rest, more = read_group(inside.part(len(first.written) + 1, len(inside.written))) if others else (None, ())
    citations = (own, *(rest.citations if rest else ()))
    return CitationGroup(citations, _span_of(window), in_text=not own.suppress_author), (*problems, *more)


def group_end(source: str, start: int) -> int:
    """Return the index after the bracket that closes the one at `start`; -1 if it is not closed."""
    depth, limit = 0, min(len(source), start + LONGEST_GROUP)
    for bracket in _BRACKETS.finditer(source, start, limit):
        depth += 1 if bracket[0] == "[" else -1
        if depth == 0:
            return bracket.end()
        if depth > DEEPEST_GROUP:
            return -1
    return -1


def _items(window: Window) -> Iterator[Window]:
    """Split at semicolons outside braces."""
    start, depth = 0, 0
    for at, char in enumerate(window.written):
        depth = max(depth + (char == "{") - (char == "}"), 0)
        if char == ";" and depth == 0:
            yield window.part(start, at)
            start = at + 1
    yield window.part(start, len(window.written))


def _read_one(item: Window) -> tuple[Citation | None, tuple[Problem, ...]]:
    """Read one citation of a group: prefix, key and suffix. The citation is None if there is no key."""
    keys = list(CITE.finditer(item.written))
    if not keys:
        return None, (_no_key(item),)
    key = keys[0]
    prefix = item.written[: key.start()].strip()
    at = key.start() + len(key["minus"])
    citation = Citation(_key(key), prefix=prefix, suppress_author=bool(key["minus"]), offset=item.offset(at))
    end = keys[1].start() if len(keys) > 1 else len(item.written)
    citation, problems = _with_suffix(citation, item.part(key.end(), end))
    problems = (*problems, *_typographic(item, keys[0], item.part(0, end)))
    if len(keys) > 1:
        second = item.place(keys[1].start(), len(keys[1].group()))
        problems = (
            *problems,
            BAD_CITATION.at(second, "two citations without a semicolon between them", "write `;` before it"),
        )
    return citation, problems


def _typographic(item: Window, key: re.Match[str], one: Window) -> Iterator[Problem]:
    """Find marks and dashes that are not part of a citation and would be printed next to it."""
    before = _BEFORE_KEY.search(item.written[: key.start()])
    behind, end = one.written[key.end() :], one.written.rstrip()
    if before and before["dash"]:
        hint = f"write -{item.written[key.start() : key.end()]} to leave the author out"
        where = item.place(before.start("dash"), 1)
        yield BAD_CITATION.at(where, f"{before['dash']} is {called(before['dash'])}", hint)
    elif before and (before["single"] or _unpaired(item.written[: key.start()])):
        char, at = before[before.lastgroup or 0], before.start(before.lastgroup or 0)
        yield BAD_CITATION.at(
            item.place(at, 1), f"{char} precedes the key", "write the citation without quotation marks"
        )
    elif end[-1:] in _PAIRED and _unpaired(end):
        yield BAD_CITATION.at(item.place(len(end) - 1, 1), f"{end[-1]} has no matching quotation mark", "leave it out")
    yield from broken_key(item, key.end())
    if (stop := _NO_COMMA.match(behind)) and read_locator(f",{behind[stop.end() :]}", item.language)[0]:
        at = stop.start(stop.lastgroup or 0)
        message, hint = f"{behind[at]} is between the key and the locator", "write only a comma: @key, p. 3"
        yield BAD_CITATION.at(item.place(key.end() + at, 1), message, hint)


def broken_key(window: Window, end: int) -> Iterator[Problem]:
    """Find a dash that ends the key before it, unlike a hyphen: `@rise–2025`."""
    if _INTO_KEY.match(window.written, end):
        char = window.written[end]
        hint = "write - if it belongs to the key, or a space before it"
        yield BAD_CITATION.at(window.place(end, 1), f"{char} is {called(char)}, which ends a key", hint)


def _unpaired(written: str) -> bool:
    return sum(char in _PAIRED for char in written) % 2 == 1


def _with_suffix(citation: Citation, behind: Window) -> tuple[Citation, tuple[Problem, ...]]:
    """Return the citation with the locator and suffix after its key."""
    locator, suffix = read_locator(behind.written, behind.language)
    problems = () if locator else tuple(_misread(behind))
    return replace(citation, locator=locator, suffix=suffix), problems


def _misread(behind: Window) -> Iterator[Problem]:
    """Find text in the place of a locator that cannot be one."""
    if misread := misread_label(behind.written, behind.language):
        word, at, nearest = misread
        hint = f"did you mean “{nearest}”?" if nearest else "put {} before it if it is not a locator"
        yield UNKNOWN_LOCATOR.at(behind.place(at, len(word)), f"“{word}” is not the label of a locator", hint)
    elif lone := lone_label(behind.written, behind.language):
        label, at = lone
        message = f"there is no number after “{label}”"
        yield BAD_CITATION.at(behind.place(at, len(label)), message, "add the number, or remove the label")


def _no_key(item: Window) -> Problem:
    """Return the problem of a citation without a readable key."""
    inner = item.written.strip()
    start = len(item.written) - len(item.written.lstrip())
    place = item.place(start, max(len(inner), 1))
    if not inner:
        return BAD_CITATION.at(
            place, "a citation is missing next to the semicolon", "write @key, or remove the semicolon"
        )
    if "＠" in inner:
        return BAD_CITATION.at(place, f"＠ in “{_short(inner)}” is {called('＠')}", "write an ordinary @")
    if "@" in inner:
        return BAD_CITATION.at(
            place,
            f"there is no readable key in “{_short(inner)}”",
            "write the key directly after the @: @key, or @{any key}",
        )
    if inner.startswith(("https://", "http://", "www.")):
        hint = "add the page to sources.yaml, and cite its id: @key"
        return BAD_CITATION.at(place, f"“{_short(inner)}” has no @key", hint)
    hint = (
        f"write @{inner}"
        if re.fullmatch(_PLAIN_KEY, inner) and not inner.isdecimal()
        else "a citation begins with its key: @key, p. 3"
    )
    return BAD_CITATION.at(place, f"“{_short(inner)}” has no @key", hint)


def _short(written: str) -> str:
    return written if len(written) <= 40 else written[:39] + "…"


def _key(match: re.Match[str]) -> str:
    return match["key"] or match["braced"]


def _without_brackets(window: Window) -> Window:
    """Return the window without brackets around all of it, which prose needs and a field allows."""
    written = window.written
    start = len(written) - len(written.lstrip())
    end = len(written.rstrip())
    if written[start : start + 1] == "[" and group_end(written, start) == end:
        return window.part(start + 1, end - 1)
    return window.part(start, end)


def _span_of(window: Window) -> Location:
    return window.place(0, max(len(window.written), 1))


def citations(record: object) -> Iterator[tuple[Citation, Location]]:
    """Yield every citation in `record`, in prose and `cite` fields, with the place of its key."""
    in_prose = {group: prose for prose in walk(record, Prose) for group in prose.citation_groups}
    for group in walk(record, CitationGroup):
        for citation in group.citations:
            yield citation, _key_place(citation, group, in_prose.get(group))


def _key_place(citation: Citation, group: CitationGroup, prose: Prose | None) -> Location:
    """Return the place of a key. In a `cite` field, whose text is not stored, it is found by its offset if all is in one line."""
    length = len(citation.key) + 1
    if prose:
        return place_at(prose.text, citation.offset, length)
    first = group.citations[0]
    begins = 0 if first.prefix else first.offset - first.suppress_author
    ahead = citation.offset - begins
    if ahead + length > group.place.length:
        return group.place
    return replace(group.place, column=group.place.column + ahead, length=length)
