"""Digests of the single entries of shared files, so that a brief depends on the entries it uses and on no others.

Asked by the build engine when a shared file has changed; answers with no entries where the file cannot be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml


NAMES = "(names)"
"""Stands for what everybody in `experts.yaml` is called: a brief's evidence depends on it, whoever it speaks of."""
LISTS = frozenset({"references", "facts"})
"""Keys under which a file lists entries with an `id`."""
_NAMED = frozenset({"name", "family", "also"})


def entry_digests(file: str, content: bytes) -> dict[str, str]:
    """Return the digest of each entry of `file` by its key: a source's id, an expert's id, a brief's slug in a lock."""
    if file.endswith(".lock"):
        return _lines_by_first_word(content)
    if file.startswith("briefs/sources/") and (digests := _simple(content)) is not None:
        return digests
    import yaml

    from generator.read.composing import compose

    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        root = compose(text).root
    except (UnicodeDecodeError, yaml.YAMLError):
        return {}
    if not isinstance(root, yaml.MappingNode):
        return {}
    found = {
        key: _digest(text[first.start_mark.index : last.end_mark.index].rstrip())
        for key, first, last in entry_nodes(root)
    }
    return found | {NAMES: _digest("\n".join(_names(root)))} if file.endswith("experts.yaml") else found


def _simple(content: bytes) -> dict[str, str] | None:
    """Digests of a file of sources that need not be parsed for them; None where it has to be."""
    from generator.read.source_index import simple_entries

    found = simple_entries(content)
    if found is None:
        return None
    text, entries = found
    slices: dict[str, str] = {}
    for entry in entries:  # of a key that is there twice both count
        slices[entry.key] = slices.get(entry.key, "") + text[entry.start : entry.end].rstrip()
    return {key: _digest(one) for key, one in slices.items()}


def _names(root: yaml.MappingNode) -> Iterator[str]:
    import yaml

    for who, expert in root.value:
        for key, value in expert.value if isinstance(expert, yaml.MappingNode) else ():
            if key.value in _NAMED:
                yield f"{who.value} {key.value} {yaml.serialize(value)}"


def entry_nodes(root: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield key, first and last node of each entry: items of `references` or `facts` by their id, otherwise values by their key."""
    import yaml

    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in LISTS and isinstance(value, yaml.SequenceNode):
            yield from _items(value)
        else:
            yield key.value, key, value


def _items(sequence: yaml.SequenceNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    import yaml

    for item in sequence.value:
        fields = item.value if isinstance(item, yaml.MappingNode) else ()
        for key, value in fields:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                yield value.value, item, item


def _lines_by_first_word(content: bytes) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for line in content.decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition(" ")
        lines.setdefault(word, []).append(rest)
    return {word: _digest("\n".join(rest)) for word, rest in lines.items()}


def _digest(text: str) -> str:
    import hashlib  # here, because each build imports this module, and hardly one of them gets here

    return hashlib.sha256(text.encode()).hexdigest()
