"""`brief check --fix`: writes `[they|we]` for bare brackets where exactly one reading is possible, and shows it first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from generator.commands.context import Context
from generator.engine import atomic
from generator.engine.errors import CannotWrite
from generator.evidence.captures import Captures
from generator.evidence.lock import open_lock
from generator.evidence.mending import Insertion, mends
from generator.evidence.originals import Audited
from generator.loading import load
from generator.model import Text
from generator.read.nodes import Mapped, Node, Scalar, walk
from generator.read.yamltext import parse
from generator.syntax.inserting import inserted

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Fix:
    """A text whose brackets are completed."""

    text: Text
    insertions: tuple[Insertion, ...]

    @property
    def value(self) -> str:
        """The text as it is read afterwards."""
        value = self.text.value
        for offset, words in sorted(self.insertions, reverse=True):
            value = value[:offset] + words + value[offset:]
        return value


def fix(context: Context, slugs: Iterable[str]) -> None:
    """Complete the bare brackets of the briefs named. Each change is printed before its file is written.

    Raises click.ClickException for a file that cannot be written.
    """
    by_file: defaultdict[str, list[Fix]] = defaultdict(list)
    for one in _fixes(context, slugs):
        by_file[one.text.place.file].append(one)
    for file, fixes in by_file.items():
        _fix_file(context, file, fixes)


def _fixes(context: Context, slugs: Iterable[str]) -> Iterator[Fix]:
    """What has to be inserted; nothing into a text that several records share and that they need differently."""
    loaded = load(context.folder, slugs)
    lock, _ = open_lock(context.project.open)
    captures = Audited(Captures(context.project.open), lock)
    needed: defaultdict[Text, set[tuple[Insertion, ...]]] = defaultdict(set)
    for brief in loaded.briefs:
        for text, insertions in mends(brief, loaded.library, captures, lock):
            needed[text].add(insertions)
    for text, ways in needed.items():
        if len(ways) == 1 and (insertions := next(iter(ways))):
            yield Fix(text, insertions)


def _fix_file(context: Context, file: str, fixes: list[Fix]) -> None:
    try:
        before = context.project.open(file).decode("utf-8")
        after = before
        for one in sorted(fixes, key=lambda one: (one.text.place.line, one.text.place.column), reverse=True):
            after = _fixed(after, one)
        if after != before:
            _show(context.shown(file), before, after)
            _write(context, file, after)
    except (CannotWrite, OSError, UnicodeDecodeError) as fault:
        raise click.ClickException(str(fault)) from None


def _write(context: Context, file: str, content: str) -> None:
    path = (context.folder / file).resolve()
    mode = path.stat().st_mode
    atomic.write(path, content.encode("utf-8"), durable=True)
    path.chmod(mode & 0o7777)


def _fixed(content: str, one: Fix) -> str:
    """The content of a file with one fix; as it was where it would then be read as anything else than is meant."""
    begin = _offset(content, one.text)
    raw = inserted(one.text, one.insertions)
    if raw is None or not content.startswith(one.text.raw, begin):
        return content
    fixed = content[:begin] + raw + content[begin + len(one.text.raw) :]
    return fixed if _values(content, one) == _values(fixed) else content


def _offset(content: str, text: Text) -> int:
    """Where in the file a text begins."""
    start = len(_BOM) if content.startswith(_BOM) else 0
    lines = [start, *(found.end() for found in _BREAK.finditer(content))]
    return lines[text.place.line - 1] + text.place.column - 1 if text.place.line <= len(lines) else len(content)


def _values(content: str, one: Fix | None = None) -> list[str]:
    """All that a file says, key by key; `one`: as this fix would have it."""
    root, _ = parse(content.removeprefix(_BOM), "")
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


def _show(file: str, before: str, after: str) -> None:
    """Print the lines that change, on the error stream: the other one may carry JSON."""
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    for number, (old, new) in enumerate(lines, 1):
        if old != new:
            click.echo(f"{file}:{number}\n- {old.strip()}\n+ {new.strip()}", err=True)
