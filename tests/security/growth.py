"""Calls what reads authors' and strangers' texts with more and more of the same, and prints where time grows too fast.

python -m tests.security.growth LENGTH LONGER [FUNCTION ...]
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator

from generator.cite.citation_processor import UnsafeHTML, check
from generator.cite.draft_conversion import markdown
from generator.cite.formats.bibtex import plain_url, words
from generator.cite.formats.bibtex_text import bib_entries
from generator.cite.formats.tagged import read_enw, read_nbib, read_refworks, read_ris
from generator.cite.styles import compact
from generator.editor.cursor import spot
from generator.languages.locales import is_language
from generator.model import Text
from generator.problems import Location
from generator.problems.message_words import did_you_mean
from generator.read.entries import entry_digests, excerpt
from generator.read.yaml_text import parse_bytes
from generator.render.notes import tie, tuck, unbroken
from generator.syntax.amounts import read_amount
from generator.syntax.citations import read_cite
from generator.syntax.dates import read_date
from generator.syntax.locators import lone_label, misread_label, read_locator
from generator.syntax.markdown.prose import read_prose, render_prose
from generator.syntax.markdown.rendering import markdown_page

FULL = os.environ.get("BRIEF_FUZZ") == "full"
"""Whether half of the pieces are tried, and not a twelfth."""
RATIO = 3.0
"""How much more than linear growth is still taken for linear: doubling of buffers, caches, other work on the machine."""
FLOOR = 0.6
"""Seconds of processor time below which nothing is slow."""
LIMIT = 20.0
"""Seconds of processor time after which a call is given up."""

PIECES = (
    *"[](){}`*_\"'“«‹<>@#- \n\\&|a1.,;:§~^=+%$/!?…é中\t\r\0",
    *(
        "[@a",
        "[@a]",
        "[@a; ",
        "[@a, p. ",
        "@a ",
        "@a [",
        "@{",
        "@{a}",
        "-@",
        "[#a]",
        "[#",
        "![",
        "](",
        "[a](",
        "[a]",
        "[a]: b\n",
    ),
    *(
        "`a",
        "`` ",
        "```\n",
        "*a",
        "**a",
        "*a ",
        "_a_ ",
        "***a*",
        "> ",
        ">\n",
        "- ",
        "- a\n",
        "1. ",
        "# ",
        "#\n",
        "a\n===\n",
    ),
    *(
        '"a" ',
        "“a” ",
        "‘a’",
        "“",
        "'a",
        "<a",
        "<a>",
        "</a>",
        "<!--",
        "<!-- ",
        "-->",
        "<?",
        "<![CDATA[",
        "<a b='",
        "&amp;",
        "&#1;",
    ),
    *(
        "| a ",
        "|a|\n|-|\n",
        "a\n",
        "a\n\n",
        "a  \n",
        "a\\\n",
        '["a"]{.scare}',
        "[“",
        "p. 1",
        "p. 1, ",
        "pp. 1–2 & ",
        ", and ",
        "ii-",
    ),
    *(
        "https://a.b ",
        "<https://a>",
        "a@b.c ",
        "@a{b,",
        "@a{b, c = ",
        "@string{a = a # a}",
        "a # ",
        "{a",
        '"a',
        "TY  - \n",
        "ER  - \n",
    ),
    *(
        '<sup class="note-ref">',
        '</sup> <sup class="note-ref">',
        "</em>",
        "</span></em>",
        "<i>",
        "<sub>a",
        "1 million ",
        "1,",
        "1.",
        "–1",
    ),
    *(
        "a: b\n",
        "- a\n",
        "a: [",
        "{a: ",
        "? ",
        "!a ",
        "&a ",
        "*a ",
        "'a",
        "|\n a\n",
        "a: &a b\n",
        "%TAG ! !\n",
        "---\n",
        "\ufeff",
        "\u200f",
    ),
)

PLACE = Location("briefs/x.yaml")


def _text(written: str) -> Text:
    return Text(written, PLACE, written)


def _prose(written: str) -> object:
    prose, _ = read_prose(_text(written))
    return render_prose(prose, lambda _index, _citation_group: "", lambda _: "")


def _safe(written: str) -> object:
    try:
        return check(written)
    except UnsafeHTML:
        return None


def _date(written: str) -> object:
    try:
        return read_date(written)
    except ValueError:
        return None


def _amount(written: str) -> object:
    try:
        return read_amount(written, "USD")
    except ValueError:
        return None


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "prose": _prose,
    "cite": lambda written: read_cite(_text(written)),
    "locator": lambda written: (read_locator(written), misread_label(written), lone_label(written)),
    "date": _date,
    "amount": _amount,
    "language": is_language,
    "markdown page": markdown_page,
    "bibtex": lambda written: deque(bib_entries(written), maxlen=0),
    "bibtex entry": lambda written: deque(bib_entries("@a{b, c = {" + written), maxlen=0),
    "bibtex address": plain_url,
    "bibtex words": words,
    "ris": lambda written: deque(read_ris("TY  - RPRT\nTI  - " + written, "a.ris"), maxlen=0),
    "nbib": lambda written: deque(read_nbib("PMID- 1\nTI  - " + written, "a.nbib"), maxlen=0),
    "enw": lambda written: deque(read_enw("%0 Book\n%T " + written, "a.enw"), maxlen=0),
    "refworks": lambda written: deque(read_refworks("RT Book\nT1 " + written, "a.txt"), maxlen=0),
    "csl marks": markdown,
    "style": compact,
    "fragment": _safe,
    "tuck": tuck,
    "tie": tie,
    "unbroken": unbroken,
    "yaml": lambda written: parse_bytes(written.encode(), "briefs/x.yaml"),
    "entries": lambda written: entry_digests("briefs/sources.yaml", written.encode()),
    "lock": lambda written: entry_digests("briefs/captures.lock", written.encode()),
    "excerpt": lambda written: excerpt(written.encode(), ["a"]),
    "spot": lambda written: spot("a: " + written, len(written) + 3),
    "hint": lambda written: did_you_mean(written, ["a", "b"]),
}


class Slow(Exception):
    pass


def _stop(*_: object) -> None:
    raise Slow


def taken(function: Callable[[str], object], written: str) -> float:
    gc.collect()
    gc.freeze()  # what caches keep is looked at once, and not before each call
    gc.disable()
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        function(written)
    except Slow:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.enable()
    return time.process_time() - begun


def slow(name: str, short: int, long: int) -> Iterator[str]:
    """Pieces for which the time grows much more than the length."""
    function = FUNCTIONS[name]
    for piece in PIECES[:: 2 if FULL else 12]:
        times = [taken(function, piece * (length // len(piece))) for length in (short, long)]
        if times[1] > max(FLOOR, RATIO * times[0] * long / short):
            yield f"{name}\t{piece!r}\t{times[0]:.3f}\t{times[1]:.3f}"


def main(short: int, long: int, names: list[str]) -> None:
    signal.signal(signal.SIGVTALRM, _stop)
    for name in names or FUNCTIONS:
        for line in slow(name, short, long):
            print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
