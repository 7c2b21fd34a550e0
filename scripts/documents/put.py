"""put.py PATH: writes standard input to a file. put.py --record PATH: replaces a record in a file.

A record is a line and the more indented lines below it. The old record begins with the same line.
"""

import sys
from pathlib import Path


def replaced(text: str, record: str) -> str:
    """Return `text` with the record that begins with the same line replaced. Raises ValueError."""
    lines = text.split("\n")
    first = record.split("\n", 1)[0]
    start = lines.index(first)
    depth = len(first) - len(first.lstrip())
    inside = (
        place for place in range(start + 1, len(lines)) if len(lines[place]) - len(lines[place].lstrip()) <= depth
    )
    end = next(inside, len(lines))
    return "\n".join([*lines[:start], *record.rstrip("\n").split("\n"), *lines[end:]])


def main(arguments: list[str]) -> None:
    path = Path(arguments[-1])
    text = sys.stdin.read()
    path.write_text(replaced(path.read_text("utf-8"), text) if arguments[0] == "--record" else text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
