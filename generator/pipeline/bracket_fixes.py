"""Completes brackets of quotations, `[they]` -> `[they|we]`, if unambiguous.

It returns the changed text of a file and writes nothing. All other characters stay unchanged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.capture_store import Captures
from generator.evidence.captures.originals import Audited
from generator.evidence.verification.bracket_mending import Insertion, mends
from generator.model import Brief, Library, Text
from generator.read.nodes import Mapped, Node, Scalar, walk
from generator.read.yamltext import parse
from generator.syntax.spans import inserted

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
    return [value for node in walk(root) for value in _own(node, one)] if root is not None else []


def _own(node: Node, one: Fix | None) -> Iterator[str]:
    if isinstance(node, Mapped):
        yield from ("{", *node.entries, "}")
    elif isinstance(node, Scalar):
        place = (node.place.line, node.place.column)
        is_fixed = one is not None and place == (one.text.place.line, one.text.place.column)
        yield one.value if one is not None and is_fixed else node.value.rstrip()
    else:
        yield f"[{len(node.items)}]"
