"""Divides a text into tokens, the unit in which quotations are compared.

A token is a word (a compound with hyphens or apostrophes is one word), a number with its decimal and grouping marks, one
punctuation mark or symbol, or, in scripts that put no space between words, one grapheme cluster (UAX 29). White space
separates tokens and is not compared. Source and quotation go through the same function, `tokenize`.

Differences that are only typographic are removed: quotation marks, dashes, ligatures, width forms, composed and decomposed
letters (NFC). Letters, digits, superscripts, signs and primes are never merged.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

SEPARATOR = "\x1f"
BROKEN = "\u2027"
"""Replaces a hyphen at the end of a line in a token: the hyphen may belong to the word or to the line."""

UNSEEN = r"\p{Default_Ignorable_Code_Point}"
DENSE = r"[[\p{Han}\p{scx=Hira}\p{scx=Kana}\p{lb=SA}]&&\p{Alphabetic}]"
"""Letters of scripts that put no space between words (V1 syntax of `regex`)."""
DENSE_LETTER = regex.compile(DENSE, regex.V1)
_LETTER = rf"[[\w\p{{No}}]--{DENSE}--{UNSEEN}]"
_SEGMENT = rf"{_LETTER}++(?:[{UNSEEN}\p{{M}}]++{_LETTER}*+)*+"
_JOINT = (
    r"(?:[-'/&@+=^\xd7\xf7\u2212~\xb7](?=[\w\p{No}])"
    rf"|{BROKEN}\s*+(?=\p{{L}})|(?<=\u00ad)[^\S\n]*+\n\s*+(?=\p{{L}})"
    r'|"(?<=\p{Hebrew}\p{M}*")(?=\p{Hebrew})'
    r"|[.,:\u066b\u066c](?<=\p{N}.)(?=\p{N})"
    r"|[.:](?<=\p{L}\p{M}*.)(?=\p{Ll})|\.(?<=\p{L}\p{M}*.)(?=\p{N})|\.(?<=(?<!\w)\p{L}.)(?=\p{L}))"
)
_TOKEN = regex.compile(
    r"[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0400-\u0481\u048a-\u04ff]++(?=[ \n])|"
    rf"(?:[.,\u066b#@$](?<![\w\p{{M}}\p{{Po}}].)(?:(?<=[.,\u066b])(?=\p{{Nd}})|(?<=[#@])(?=\w)|(?<=\$)(?=[\p{{L}}_])))?+"
    rf"{_SEGMENT}(?:{_JOINT}{_SEGMENT})*+(?:(?:\+\+|[#+])(?!\w))?"
    rf"|(?={DENSE})\X"
    r"|\.(?:\s?\.){2,}+|[\u2025\u2026]++|--+|\"\"|''"
    rf"|(?!{UNSEEN})\S(?:\p{{M}}++)?",
    regex.V1,
)

_DOUBLE_MARKS = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u300e\u300f\u301d\u301e\u301f\u05f4"
_SINGLE_MARKS = "`\u00b4\u02bc\u2018\u2019\u201a\u201b\u2039\u203a\u300c\u300d\u05f3"
_FOLDED = (
    dict.fromkeys(_DOUBLE_MARKS, '"')
    | dict.fromkeys(_SINGLE_MARKS, "'")
    | dict.fromkeys("\u2010\u2011\u05be\ufe63", "-")
    | {BROKEN: "\xb7", SEPARATOR: " "}
)
_WIDE = regex.compile(r"[\uff01-\uff5e]")
_AFTER_DIGIT = regex.compile(r"\p{N}['\"\u2019\u201d]")
_MARK = regex.compile(rf"['\"{_DOUBLE_MARKS}{_SINGLE_MARKS}]|\n\s*+\n")
_COMPATIBLE = regex.compile(r"[\u0132\u0133\u2e80-\u2fdf\ufb00-\ufb06\ufb1d-\ufdfb\ufe70-\ufefc\uff61-\uffee]+")
_JOINER = regex.compile(
    r"(?<=\p{Arabic}\p{M}*)(?<![\u0622\u0623\u0625\u0627\u062f-\u0632\u0648\u0671\u0698]\p{M}*)\u200c(?=\p{Arabic})"
    r"|(?<!\p{InSC=Virama})[\u200c\u200d](?=\p{InSC=Virama})"
)
"""Joiners that can change a word: between Arabic letters that join, and before a virama."""
_DROPPED = regex.compile(rf"[{UNSEEN}\u0640]")
_GAP = regex.compile(rf"[{UNSEEN}]+")
_TRAILING = regex.compile(rf"[\s{UNSEEN}]+\Z")
_SPACE = regex.compile(r"\u00ad?\s+")
_KEPT_HYPHEN = regex.compile(rf"{BROKEN}(?=\p{{Lu}})")
_ELLIPSIS = regex.compile(r"\.(?:\s*\.)+|[\u2025\u2026]+")
_MARKS = frozenset({"'", '"', "''", '""'})
_PRIMES = {"'": "\u2032", "\u2019": "\u2032", '"': "\u2033", "\u201d": "\u2033"}
_GROUP = regex.compile(r"\p{Nd}{3}(?!\p{Nd})")
_CLOSERS = ".,;:!?%)]\u2026"
_DASH = re.compile("[\u2012-\u2015\u2e3a\u2e3b\ufe58]|--+")
_CONTEXT = (
    (regex.compile(rf"(?<=\p{{L}}[\p{{M}}{UNSEEN}]*)[-\xac\u058a](?=[^\S\n]*+\n\s*+\p{{L}})"), BROKEN),
    (regex.compile(rf"(?<![^\s{UNSEEN}])-(?![^\s{UNSEEN}])"), "\u2013"),
    (regex.compile(rf"(?<![[\w\p{{M}})\]\-\u2013]--{DENSE}])[-\u2013](?=[.,]?\p{{Nd}})", regex.V1), "\u2212"),
    (regex.compile(rf"(?<=[[\w\p{{M}}]--{DENSE}])[\u2013\u2012\u2212](?=\w)", regex.V1), "-"),
)
"""What the characters next to a dash show it to be: dash, minus or hyphen. Lengths stay the same."""
MOST_CACHED = 1_000_000


@dataclass(frozen=True)
class Tokens:
    """A text as tokens."""

    text: str
    exact: tuple[str, ...]
    """What is compared, one string a token."""
    starts: array[int]
    """The offset in the text at which each token begins."""

    @cached_property
    def line(self) -> str:
        """Return what is searched: the tokens' keys, with separators between them."""
        return key_line(self.exact)

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """Return the indices of the tokens with each key."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, token in enumerate(self.exact):
            places[key_line((token,))].append(index)
        return dict(places)

    def joined(self, index: int) -> bool:
        """Whether a token and the one before it are one run of letters: nothing or only one line break is between them."""
        if not 0 < index < len(self.starts):
            return False
        gap = self.text[self.end(index - 1) : self.starts[index]]
        return not gap or _GAP.fullmatch(gap) is not None or gap.count("\n") == 1

    def end(self, index: int) -> int:
        """Return the offset in the text at which a token ends."""
        after = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.starts[index] + len(_TRAILING.sub("", self.text[self.starts[index] : after]))

    def glued(self, index: int) -> bool:
        """Whether nothing separates a token from the one before it."""
        return 0 < index < len(self.starts) and self.end(index - 1) == self.starts[index]


def tokenize(text: str) -> Tokens:
    """Divide a text into tokens, in time linear in its length."""
    settled = _settled(text)
    raws = _TOKEN.findall(settled)
    starts, at, find = array("I"), 0, settled.find
    for raw in raws:
        at = find(raw, at)  # only white space is between two tokens
        starts.append(at)
        at += len(raw)
    return Tokens(text, tuple([_EXACT[raw] for raw in raws]), starts)


def key_line(exact: Iterable[str]) -> str:
    """Return tokens in the form that is searched: their keys, with separators between them."""
    return SEPARATOR + "".join([_KEYS[token] for token in exact])


def same(ours: str, theirs: str) -> bool:
    """Whether a quotation's token is a source's: equal, or one reading of a hyphen or joiner that the source leaves open."""
    if ours == theirs:
        return True
    if BROKEN in theirs:
        return re.fullmatch("-?".join(map(re.escape, theirs.split(BROKEN))), ours) is not None
    return _unjoined(theirs) == ours


def _unjoined(token: str) -> str:
    return token.replace("\u200c", "").replace("\u200d", "")


class _Memo(dict[str, str]):
    """A cache by argument, emptied when it has grown large."""

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, argument: str) -> str:
        if len(self) > MOST_CACHED:
            self.clear()
        result = self[argument] = self.function(argument)
        return result


def _exact(raw: str) -> str:
    """Return the form in which a token is compared: typography folded, letters and digits unchanged."""
    if raw.isascii() and raw.isalnum():
        return raw
    if _DASH.fullmatch(raw):
        return "\u2013"
    if _ELLIPSIS.fullmatch(raw):
        return "\u2026"
    token = _JOINER.sub(lambda match: "\ue000" if match[0] == "\u200c" else "\ue001", raw)
    token = _DROPPED.sub("", _SPACE.sub("", token)).replace("\ue000", "\u200c").replace("\ue001", "\u200d")
    token = unicodedata.normalize("NFC", _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), token))
    token = _KEPT_HYPHEN.sub("-", token)
    return "'" if token in _MARKS else token.replace('"', "'")


def _key(exact: str) -> str:
    loose = _unjoined(exact.replace(BROKEN, "").replace("-", "")).casefold()
    return (loose or exact) + SEPARATOR


_EXACT = _Memo(_exact)
_KEYS = _Memo(_key)


# ---------------------------------------------------------------- characters, one for one


def _settled(text: str) -> str:
    """Return the text with one character for each kind of quotation mark, hyphen, dash and width; its length stays the same."""
    if _AFTER_DIGIT.search(text):
        text = _with_primes(text)
    for char, folded in _FOLDED.items():
        if char in text:
            text = text.replace(char, folded)
    text = _WIDE.sub(lambda match: chr(ord(match[0]) - 0xFEE0), text)
    for pattern, char in _CONTEXT:
        text = pattern.sub(char, text)
    return text


def _with_primes(text: str) -> str:
    """Make primes of marks that follow a digit if no quotation is open in the paragraph: feet, inches, minutes."""
    opened = False

    def settled(match: regex.Match[str]) -> str:
        nonlocal opened
        at, mark = match.start(), match[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if len(mark) > 1 or (before.isalpha() and after.isalpha()):
            opened = opened and len(mark) == 1
        elif before.isdigit() and mark in _PRIMES and not opened and not after.isalpha():
            return str(mark) if _GROUP.match(text, at + 1) else _PRIMES[mark]
        else:
            opened = not after.isspace() and not (before.isalnum() or (before and before in _CLOSERS))
        return str(mark)

    return str(_MARK.sub(settled, text))


SENTENCE_END = regex.compile(r"[\p{STerm}\u037e\uff61]")


def ends_sentence(tokens: Sequence[str]) -> bool:
    """Whether a sentence ends among tokens, in any script."""
    return any(SENTENCE_END.fullmatch(token) for token in tokens)
