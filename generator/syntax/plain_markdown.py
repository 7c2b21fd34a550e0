"""Extracts the words of Markdown, for sources that were captured as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_PRINTED = frozenset({"text", "code_inline", "html_inline"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


def markdown_words(text: str) -> str:
    """Return the words of a CommonMark document, one block per line, without marks, addresses and front matter."""
    return "\n".join(filter(None, _blocks(_FRONT_MATTER.sub("", text))))


def _blocks(text: str) -> Iterator[str]:
    from markdown_it import MarkdownIt

    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in {"fence", "code_block"}:
            yield " ".join(token.content.split())
        elif token.type == "inline":
            yield "".join(_printed(child.type, child.content) for child in token.children or ()).strip()


def _printed(kind: str, content: str) -> str:
    if kind == "html_inline":
        return re.sub(r"<[^<>]*+>", "", content)
    if kind in _BREAKS:
        return " "
    return content if kind in _PRINTED or kind == "image" else ""
