"""Edits as a cat on the keyboard would make them: texts that are cut, doubled, mixed and sprinkled with what is special."""

from __future__ import annotations

import random
from collections.abc import Iterator

PIECES = (
    *"\n\t :-#@[]{}'\"|>&*!%,?\r",
    *("\x85", "\u2028", "\ufeff", "\u202e", "\u200b", "\u0301", "\U0001f389", "\ud800", "\x00", "\x1b"),
    *(
        "@talk, para. ",
        "[@talk, p. [2]; see @",
        "[#",
        "{",
        "- ",
        "\n  - id: x\n",
        "\n    ",
        "quote: ",
        "positions:\n",
        "cite: @",
    ),
    *(
        "&a ",
        "*a",
        "<<: *a",
        "!!python/object:os.system ",
        ">-\n",
        "|2\n",
        "---\n",
        "...\n",
        "? ",
        "'''",
        '"""',
        "\\u202E",
        "[they]",
        "[a|b]",
    ),
    *(
        "…",
        "“",
        "”",
        "[…]",
        "a" * 300,
        "[" * 70,
        "{a: " * 30,
        "\n" * 5,
        " " * 40,
        "0x1F",
        "no",
        "2025-13-40",
        "stance:",
        "gap:",
    ),
)


def edits(text: str, seed: int, number: int) -> Iterator[str]:
    """Texts that follow from one another; now and then the first one comes back."""
    chance = random.Random(seed)
    first = text
    for _ in range(number):
        if chance.random() < 0.15 or len(text) > 4 * len(first) + 2000:
            text = first
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            text = _edited(text, chance)
        yield text


def _edited(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    end = min(len(text), at + chance.choice((0, 0, 1, 1, 2, 10, 80)))
    kind = chance.randrange(6)
    if kind <= 2:
        return text[:at] + chance.choice(PIECES) + text[at:]
    if kind == 3:
        return text[:at] + text[end:]
    if kind == 4:
        return text[:at] + text[at:end] + text[at:]
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)
