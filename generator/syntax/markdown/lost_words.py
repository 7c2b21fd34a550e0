"""Reports words of prose that Markdown would drop.

So no word of an author is lost without a message.

The check compares: each word of the text has to be in a token that is printed. So it also finds what nobody thought of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from generator.problems import Code, Location, Problem, Severity

if TYPE_CHECKING:
    from markdown_it.token import Token

WORDS_LOST = Code("words-lost", Severity.ERROR)


_WORD = re.compile(r"[^\W_]+")


def lost_words(value: str, tokens: Sequence[Token], place: Callable[[int, int], Location]) -> Iterator[Problem]:
    """Yield a problem for each line with words that no token has. `tokens` are the parser's own, in the order of the text."""
    printed = _WORD.findall("\n".join(_written(token) for token in tokens))
    at, lost = 0, []
    for word in _WORD.finditer(value):
        if at < len(printed) and word[0] == printed[at]:
            at += 1
        else:
            lost.append(word)
    for _, line in groupby(lost, lambda word: value.count("\n", 0, word.start())):
        words = list(line)
        start, end = words[0].start(), words[-1].end()
        hint = "write it as a paragraph of its own"
        if "|" in value[:start].rpartition("\n")[2] + value[start:].partition("\n")[0]:
            hint = "give the first row of the table as many cells; a | inside a cell is written \\|"
        yield WORDS_LOST.at(place(start, end - start), f"“{value[start:end][:40]}” would not be printed", hint)


def _written(token: Token) -> str:
    """Return what a token has of the text: its words, the number of a list item, the label of a footnote. Code is a problem of its own."""
    if token.type == "footnote_reference_open":
        return str(token.meta["label"])
    return f"{token.info} {token.content}"


def list_numbers(tokens: Sequence[Token], place: Callable[[int, str], Location]) -> Iterator[Problem]:
    """Yield list items whose number would be printed as another one. A list may have the same number on each item."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            yield from _renumbered(lists.pop(), place)
        elif token.type == "list_item_open":
            lists[-1].append(token)


def _renumbered(items: Sequence[Token], place: Callable[[int, str], Location]) -> Iterator[Problem]:
    numbers = [item.info for item in items]
    if not numbers[0] or len(set(numbers)) == 1:
        return
    for number, item in enumerate(items, int(numbers[0])):
        if item.map and int(item.info) != number:
            hint = "count the items of a list up by one, or give all of them the same number"
            message = f"the number {item.info} would be printed as {number}"
            yield WORDS_LOST.at(place(item.map[0], item.info), message, hint)
            return
