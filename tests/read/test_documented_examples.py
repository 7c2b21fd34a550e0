"""The examples of fields in `docs/`: they can be read, and what authors have to learn about has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model.fields import shape_of
from generator.model.kinds import Either, Kind, ListOf, MappingOf, RecordOf
from generator.read.file_readers import FILES
from tests import support

DOCS = Path(__file__).parents[2] / "docs"
BRIEF = FILES["brief"]
ENTRIES = {"title": "Sample", "date": "2026-01-02", "experts": ["ann", "ben"], "selection": "Both who spoke."}
WHOLE = ("Section", "Chart", "Picture", "Box", "KeyPoint")
"""Records with an example of every field; `silence` is explained elsewhere."""
SINGLE = {
    "brief": ("answer", "emphasis", "gaps", "grid", "order", "order_reason", "short_summary"),
    "Fact": ("key", "headline", "in", "short"),
    "Question": ("in", "scale_kind"),
    "PullQuote": ("id", "who", "quote", "cite"),
    "Option": ("in", "supported_by", "opposed_by"),
    "Position": ("short",),
    "Voice": ("in", "short"),
    "Event": ("in", "short"),
}


def blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each example that is a fact file or a part of one, with its place."""
    for name in ("fact-file.md", "presets.md"):
        text = (DOCS / name).read_text("utf-8").partition("## Make your own")[0]
        for match in re.finditer(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
            entries = yaml.load(match[1], yaml.BaseLoader)
            if isinstance(entries, dict) and set(entries) <= set(shape_of(BRIEF).fields):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}", entries


BLOCKS = dict(blocks())


def written(kind: Kind[Any, Any], value: Any) -> Iterator[tuple[str, str]]:
    """The fields that a value uses, with the name of their record."""
    if isinstance(kind, ListOf) and isinstance(value, list):
        for item in value:
            yield from written(kind.item, item)
    elif isinstance(kind, MappingOf) and isinstance(value, dict):
        for item in value.values():
            yield from written(kind.value, item)
    elif isinstance(kind, Either) and isinstance(value, dict):
        yield from written(kind.marked if kind.marker in value else kind.other, value)
    elif isinstance(kind, RecordOf) and isinstance(value, dict):
        shape = shape_of(kind)
        for key, inner in value.items():
            yield shape.name, key
            yield from written(shape.fields[key].kind, inner)


def records(kind: Kind[Any, Any]) -> Iterator[tuple[str, str]]:
    """Every declared field, with the name of its record."""
    if isinstance(kind, ListOf):
        yield from records(kind.item)
    elif isinstance(kind, MappingOf):
        yield from records(kind.value)
    elif isinstance(kind, Either):
        yield from records(kind.marked)
        yield from records(kind.other)
    elif isinstance(kind, RecordOf):
        shape = shape_of(kind)
        for key, field in shape.fields.items():
            yield shape.name, key
            yield from records(field.kind)


@pytest.mark.parametrize("place", BLOCKS)
def test_an_example_can_be_read(place: str) -> None:
    text = yaml.safe_dump(ENTRIES | BLOCKS[place], allow_unicode=True, sort_keys=False)
    assert not [problem.message for problem in support.read(text)[1]]


def test_every_field_of_what_a_page_is_made_of_has_an_example() -> None:
    shown = {field for entries in BLOCKS.values() for field in written(BRIEF, entries)}
    declared = set(records(BRIEF))
    wanted = {(name, key) for name, key in declared if name in WHOLE and key != "silence"}
    wanted |= {(name, key) for name, keys in SINGLE.items() for key in keys}
    assert {name for name, _ in wanted} <= {name for name, _ in declared}
    assert not sorted(wanted - shown)
