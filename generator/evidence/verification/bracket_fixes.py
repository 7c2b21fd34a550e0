"""Completes brackets of quotations, `[they]` -> `[they|we]`, where only one reading is possible.

It returns the changed text of a file and writes nothing. All other characters stay unchanged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.capture_store import Captures
from generator.evidence.captures.originals import Audited
from generator.evidence.claims import Claim
from generator.evidence.verification.verify_brief import claims_of, ground_of
from generator.evidence.verification.verify_claim import Ground, verify
from generator.model import Brief, Library, Text, Verdict
from generator.read.yaml_nodes import Mapped, Node, Scalar, walk_nodes
from generator.read.yaml_text import parse
from generator.syntax.quotations import brackets, printed
from generator.syntax.spans import inserted

MOST_PARTS = 8
"""Most parts of one quotation, between ellipses, that are completed."""
Insertion = tuple[int, str]
"""What is to be inserted before an offset of a text."""


def mends(
    brief: Brief, library: Library, captures: Audited, lock: Lock
) -> Iterator[tuple[Text, tuple[Insertion, ...]]]:
    """Yield each quotation and passage of a brief with its insertions: none if nothing is missing or there is a choice."""
    ground = ground_of(brief, library, captures, lock)
    for claim in claims_of(brief, library):
        if claim.text is not None and claim.citations:
            yield claim.text, insertions(claim.words, mended(claim, ground))


def mended(claim: Claim, ground: Ground) -> str:
    """Return the words with every bare bracket completed, if the result is verified; otherwise unchanged."""
    words = claim.words
    for _ in range(MOST_PARTS):
        checked = verify(replace(claim, words=words), ground)
        if checked.verdict is not Verdict.ABSENT:
            return words
        completed = _completed(words, replace(claim, words=words), checked.readings)
        if completed == words:
            break
        words = completed
    return claim.words


def insertions(before: str, after: str) -> tuple[Insertion, ...]:
    """Return what has to be inserted into the brackets of one text to make the other."""
    pairs = zip(brackets(before), brackets(after), strict=True) if before != after else ()
    return tuple((ours.end(1), f"|{stated[2]}") for ours, stated in pairs if stated[2] and not ours[2])


def _completed(words: str, claim: Claim, readings: tuple[str, ...]) -> str:
    """Return the words with one part replaced by its only reading."""
    stretches = claim.quotation.stretches
    if len(readings) != 1:
        return words
    (reading,) = readings
    counts = [len(brackets(stretch)) for stretch in stretches]
    part = next((i for i, stretch in enumerate(stretches) if printed(stretch) == printed(reading)), None)
    written, stated = brackets(words), brackets(reading)
    if part is None or len(written) != sum(counts) or len(stated) != counts[part]:
        return words
    first = sum(counts[:part])
    for ours, theirs in reversed(list(zip(written[first : first + counts[part]], stated, strict=True))):
        if theirs[2] and not ours[2]:
            words = f"{words[: ours.end(1)]}|{theirs[2]}{words[ours.end(1) :]}"
    return words


_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Fix:
    """A text with the words to insert into its brackets."""

    text: Text
    insertions: tuple[Insertion, ...]

    @property
    def value(self) -> str:
        """The text with the insertions."""
        value = self.text.value
        for offset, words in sorted(self.insertions, reverse=True):
            value = value[:offset] + words + value[offset:]
        return value


def needed_fixes(briefs: Iterable[Brief], library: Library, captures: Captures, lock: Lock) -> Iterator[Fix]:
    """Yield the fixes of the briefs; none for a text that several records share and that needs different fixes in them."""
    audited = Audited(captures, lock)
    needed: defaultdict[Text, set[tuple[Insertion, ...]]] = defaultdict(set)
    for brief in briefs:
        for text, insertions in mends(brief, library, audited, lock):
            needed[text].add(insertions)
    for text, ways in needed.items():
        if len(ways) == 1 and (insertions := next(iter(ways))):
            yield Fix(text, insertions)


def fixed(content: str, one: Fix) -> str:
    """Return the content of a file with one fix; unchanged if any other value would then be read differently."""
    begin = offset_of(content, one.text)
    raw = inserted(one.text, one.insertions)
    if raw is None or not content.startswith(one.text.raw, begin):
        return content
    fixed = content[:begin] + raw + content[begin + len(one.text.raw) :]
    return fixed if _values(content, one) == _values(fixed) else content


def offset_of(content: str, text: Text) -> int:
    """Return the offset of a text in its file."""
    start = len(BOM) if content.startswith(BOM) else 0
    lines = [start, *(match.end() for match in _BREAK.finditer(content))]
    return lines[text.place.line - 1] + text.place.column - 1 if text.place.line <= len(lines) else len(content)


def _values(content: str, one: Fix | None = None) -> list[str]:
    """Return all keys and values of a file; with `one`, as they should be after this fix."""
    root, _ = parse(content.removeprefix(BOM), "")
    return [value for node in walk_nodes(root) for value in _own(node, one)] if root is not None else []


def _own(node: Node, one: Fix | None) -> Iterator[str]:
    if isinstance(node, Mapped):
        yield from ("{", *node.entries, "}")
    elif isinstance(node, Scalar):
        place = (node.place.line, node.place.column)
        is_fixed = one is not None and place == (one.text.place.line, one.text.place.column)
        yield one.value if one is not None and is_fixed else node.value.rstrip()
    else:
        yield f"[{len(node.items)}]"
