"""Code actions: insert a gap, a passage, the words of a bracket, or a known name."""

from __future__ import annotations

import datetime
import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.editor.document_view import View, node_at
from generator.editor.source_display import brief_of, claim_at
from generator.evidence.capture_lock import open_lock
from generator.evidence.verification.bracket_fixes import fixed, needed_fixes, offset_of
from generator.model import Verdict
from generator.problems.message_words import nearest
from generator.quote import Passage, find
from generator.quote.source_texts import SourceText
from generator.read.yaml_nodes import Mapped, Scalar

MOST_PASSAGES = 5
QUOTED = ("quote", "support", "attributed")
"""Fields that contain words of a source."""
_MEANT = re.compile(r"did you mean ['“]([^'”\n]++)['”]\?")
_WORD = re.compile(r"\w[\w'\u2019-]*")
_MOST_WORDS = 12
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the text between two offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    title: str
    edits: tuple[Edit, ...]
    solves: tuple[str, ...] = ()
    """Codes of the problems that the action solves."""


def actions(view: View, start: int, end: int, shown: Iterable[tuple[int, int, str]] = ()) -> list[Action]:
    """Return the actions for a range of a text. `shown` are the spans and messages of the problems that the editor shows there."""
    offered = list(_meant(view, shown))
    if view.kind == "brief" and view.is_fresh:
        offered += _gaps(view, start)
        if view.spot(end).key in QUOTED:  # the gate is slow, and editors ask with each move of the cursor
            offered += [*_brackets(view, start, end), *_passages(view, start)]
    return offered


def _meant(view: View, shown: Iterable[tuple[int, int, str]]) -> Iterator[Action]:
    """Yield the name that a problem's hint suggests, if the problem underlines the misspelt name."""
    for start, end, message in shown:
        match, written = _MEANT.search(message), view.written.text[start:end].lstrip("@")
        if match and written and written != match[1] and nearest(written, [match[1]]):
            edit = Edit(end - len(written), end, match[1])
            yield Action(f"Write '{match[1]}'", (edit,))


# ---------------------------------------------------------------- brackets


def _brackets(view: View, start: int, end: int) -> Iterator[Action]:
    """Yield what `brief check --fix` would write into the quotations of these lines."""
    brief, text = brief_of(view), view.written.text
    if brief is None or "[" not in text:
        return
    lock, _ = open_lock(view.project.open)
    for one in needed_fixes([brief], view.library, view.captures, lock):
        begin = offset_of(text, one.text)
        after = fixed(text, one)
        if after != text and begin <= end and start <= begin + len(one.text.raw):
            wanted = ", ".join(words.lstrip("|") for _, words in one.insertions)
            yield Action(f"Add the words of the source: {wanted}", (_difference(text, after),), ("quote-absent",))


def _difference(before: str, after: str) -> Edit:
    """Return the shortest single edit from one text to the other."""
    limit = min(len(before), len(after))
    start = next((i for i in range(limit) if before[i] != after[i]), limit)
    tail = next((i for i in range(limit - start) if before[-1 - i] != after[-1 - i]), limit - start)
    return Edit(start, len(before) - tail, after[start : len(after) - tail])


# ---------------------------------------------------------------- gaps


def _gaps(view: View, offset: int) -> Iterator[Action]:
    """Yield a gap for each expert who has no cell in the question at the cursor."""
    path = view.spot(view.written.line_end(offset)).path
    question = view.node(*path[:2]) if path[:1] == ("questions",) and len(path) > 1 else None
    where = _place_for_cells(view, question) if isinstance(question, Mapped) else None
    if where is None:
        return
    at, indent, head = where
    cells = node_at(question, ("positions",))
    there = cells.entries if isinstance(cells, Mapped) else {}
    today = datetime.date.today().isoformat()
    for who in dict.fromkeys(view.words("experts")):
        if who not in there and who in view.library.experts:
            fields = (f"{who}:", "  gap: no-position-found", "  searched: ", f"  until: {today}")
            text = head + "".join(f"\n{' ' * indent}{line}" for line in fields)
            yield Action(f"Add a gap for {view.library.experts[who].name}", (Edit(at, at, text),), ("blank-cell",))


def _place_for_cells(view: View, question: Mapped) -> tuple[int, int, str] | None:
    """Return where to add a cell to a question, its indentation, and the text before it; None in a flow mapping."""
    cells = question.entries.get("positions")
    record = cells if isinstance(cells, Mapped) and cells.keys else question
    is_written = cells is not None and not (isinstance(cells, Scalar) and not cells.value)
    if not record.keys or (record is question and is_written):
        return None
    first = next(iter(record.keys.values()))
    start, indent = view.written.offset_of_place(first), first.column - 1
    if len({place.line for place in record.keys.values()}) < len(record.keys) or not _begins_line(view, start):
        return None
    if record is cells:
        return _end_of_block(view.written.text, start, indent), indent, ""
    if cells is not None:
        return view.written.line_end(view.written.offset_of_place(question.keys["positions"])), indent + 2, ""
    return _end_of_block(view.written.text, start, indent), indent + 2, f"\n{' ' * indent}positions:"


def _begins_line(view: View, offset: int) -> bool:
    """Whether only spaces and dashes are before an offset on its line, so that it is not in a flow mapping."""
    return not view.written.text[view.written.line_start(offset) : offset].strip(" -")


def _end_of_block(text: str, start: int, indent: int) -> int:
    """Return the end of the last line of the mapping whose keys have this indentation."""
    last = at = text.find("\n", start)
    while at >= 0:
        end = text.find("\n", at + 1)
        line = text[at + 1 : end if end >= 0 else len(text)]
        written = line.strip()
        if written and len(line) - len(line.lstrip(" ")) < indent:
            break
        last = (end if end >= 0 else len(text)) if written else last
        at = end
    last = last if last >= 0 else len(text)
    return last - 1 if text[last - 1 : last] == "\r" else last


# ---------------------------------------------------------------- passages


def _passages(view: View, offset: int) -> Iterator[Action]:
    """Yield passages with the words of a quotation that the gate did not verify, to replace it."""
    found_passage = claim_at(view, offset)
    spot = view.spot(offset)
    if spot.key not in QUOTED:
        return
    record = view.node(*spot.path[:-1])
    written = record.entries.get(spot.key) if isinstance(record, Mapped) else None
    if not isinstance(record, Mapped) or not isinstance(written, Scalar):
        return
    if found_passage and found_passage[0].verdict in (Verdict.VERIFIED, Verdict.LOCKED):
        return
    words = " ".join(_WORD.findall(written.value)[:_MOST_WORDS])
    for passage, _ in zip(_found(view, words, record), range(MOST_PASSAGES), strict=False):
        if passage.quote != " ".join(written.value.split()):
            yield _insertion(view, record, spot.key, written, passage)


def _found(view: View, words: str, record: Mapped) -> Iterator[Passage]:
    """Find passages in the sources that the record cites, or in all."""
    cite = record.entries.get("cite")
    cited = cite.value if isinstance(cite, Scalar) else ""
    sources = view.library.sources
    keys = [key for key in sources if re.search(rf"@{{?{re.escape(key)}(?![\w-])", cited)] or sorted(sources)
    texts = [SourceText(key, capture, sources[key]) for key in keys if (capture := view.capture(key))]
    return find(words, texts, view.library)


def _insertion(view: View, record: Mapped, key: str, written: Scalar, passage: Passage) -> Action:
    """Return the action that writes a passage into a field, with its citation if there is one at most."""
    start = view.written.offset_of_place(written.place)
    indent = record.keys[key].column - 1
    inline = not _begins_line(view, view.written.offset_of_place(record.keys[key]))
    value = json.dumps(passage.quote, ensure_ascii=False) if inline else _folded(passage.quote, indent + 2)
    edits = [Edit(start, start + len(written.raw.rstrip()), value)]
    locator = f", {passage.place.locator}" if passage.place.locator else ""
    cite = record.entries.get("cite")
    reference = json.dumps(f"@{passage.source}{locator}", ensure_ascii=False)
    if isinstance(cite, Scalar) and cite.value.count("@") == 1:
        begin = view.written.offset_of_place(cite.place)
        edits.append(Edit(begin, begin + len(cite.raw.rstrip()), reference))
    elif cite is None and not inline:
        edits[0] = Edit(edits[0].start, edits[0].end, f"{value}\n{' ' * indent}cite: {reference}")
    shown = textwrap.shorten(passage.quote, 60, placeholder="…")
    return Action(f"Quote “{shown}” (@{passage.source}{locator})", tuple(edits), ("quote-absent", "quote-unverified"))


def _folded(text: str, indent: int) -> str:
    """Return a text of one line as a folded block."""
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(f"{' ' * indent}{line}" for line in lines)
