"""The problems of values that do not fit the declared fields, in an author's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from enum import Enum

from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import did_you_mean, nearest
from generator.read.reading_state import At, Path
from generator.read.yaml_nodes import Document, Mapped, Node, Scalar, Sequence
from generator.syntax.characters import advice

MOST_WORDS = 50
"""Most words that a hint repeats as a list."""
_FIELDS_BELOW = "write its fields as `key: value`, indented below"
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Wanted(Enum):
    """What a value has to be, in the words of messages."""

    TEXT = "text"
    LIST = "a list"
    MAPPING = "a mapping of keys to values"
    FLAG = "true or false"
    NUMBER = "a whole number"


def rewritten(node: Node, wanted: Wanted, name: str, document: Document, first: str) -> str:
    """Return how to write a value of the wrong kind; `first` is the first required field of the record that belongs there."""
    match wanted:
        case Wanted.LIST:
            return _as_list(node, name, first)
        case Wanted.MAPPING if isinstance(node, Sequence):
            return "write the keys without dashes: `key:`, with its content indented below"
        case Wanted.MAPPING:
            return f"write `{first}: ...` and its other fields, indented below" if first else _FIELDS_BELOW
        case Wanted.FLAG:
            return "write `true` or `false`"
        case Wanted.NUMBER:
            return (advice(node.value) if isinstance(node, Scalar) else "") or "write digits"
    if cited := _citations(node):
        return f'write "{cited}"'
    if _written_at(document, node.place) in ("[", "{"):
        return "remove the brackets; if they belong to the text, put the whole text in quotes"
    return "write one text; put it in quotes if it contains a colon"


def as_id(written: str) -> str:
    """Return a hint with an id made from a text."""
    rule = "ids have lower-case letters, digits and single hyphens, and begin with a letter"
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    proposed = "-".join(re.findall(r"[a-z0-9]+", plain)).lstrip("0123456789-")[:60].rstrip("-")
    if not ID.fullmatch(proposed):
        return rule
    return f"write `{proposed}`; {rule}"


def _as_list(node: Node, name: str, first: str) -> str:
    """Return how to write a value as a list: from dashes without a space, bullets, or words with commas."""
    if not isinstance(node, Scalar):
        return f"begin each item with `- {first}: ...`" if first else "begin each item with `- `"
    begin = node.value[:1]
    if begin == "-":
        return "put a space after the hyphen of each item: `- `"
    if unicodedata.category(begin) == "Pd" or begin in "•·∙▪‣⁃−\uf0b7":
        return f"begin each item with a hyphen and a space, `- `, not with {unicodedata.name(begin, 'a bullet')}"
    words = [word for word in re.split(r"[,;\s]+(?:and\s+)?", node.value.strip("()")) if word]
    if not first and len(words) < MOST_WORDS and all(map(ID.fullmatch, words)):
        return f"write `{name}: [{', '.join(words)}]`"
    return f"write each item on a line of its own, after `- {first + ': ' if first else ''}`"


def _citations(node: Node) -> str:
    """Return a list of citations as one text; "" if it is not a list of citations."""
    items = node.items if isinstance(node, Sequence) else ()
    texts = [item.value for item in items if isinstance(item, Scalar) and item.value.startswith("@")]
    return "; ".join(texts) if texts and len(texts) == len(items) <= MOST_WORDS else ""


def _written_at(document: Document, place: Location) -> str:
    lines = document.text.split("\n", place.line)
    return lines[place.line - 1][place.column - 1 : place.column] if len(lines) >= place.line else ""


UNKNOWN_KEY = Code("unknown-key", Severity.ERROR)
MISSING_FIELD = Code("missing-field", Severity.ERROR)
WRONG_TYPE = Code("wrong-type", Severity.ERROR)
BAD_VALUE = Code("bad-value", Severity.ERROR)

MEANT = {
    "date": "issued",
    "year": "issued",
    "journal": "container-title",
    "booktitle": "container-title",
    "key": "id",
    "link": "URL",
    "pages": "page",
    "authors": "author",
    "editors": "editor",
    "address": "publisher-place",
    "institution": "publisher",
}
"""Keys of other forms of bibliographies, for hints where CSL's key is allowed."""


_MEANT_VALUES = {
    "newspaper": "article-newspaper",
    "newspaperarticle": "article-newspaper",
    "magazine": "article-magazine",
    "magazinearticle": "article-magazine",
    "journal": "article-journal",
    "journalarticle": "article-journal",
    "online": "webpage",
    "website": "webpage",
    "electronic": "webpage",
    "misc": "document",
    "unpublished": "manuscript",
    "techreport": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "incollection": "chapter",
    "inbook": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "blog": "post-weblog",
    "tweet": "post",
    "law": "legislation",
    "statute": "legislation",
    "case": "legal_case",
    "film": "motion_picture",
    "video": "motion_picture",
    "email": "personal_communication",
    "letter": "personal_communication",
}
"""Types of sources in other programs, for hints where CSL's type is allowed."""


def not_a_mapping(root: Node, first: str, *, is_key: bool) -> Problem:
    """The file has no keys and values. `first` is the key for the hint: the file's own, or that of an entry (`is_key`)."""
    hint = f"write each id as a key, `{first}:`, and its fields below" if is_key else f"begin it with `{first}:`"
    return WRONG_TYPE.at(head(root), f"the file has to consist of keys and values, not of {_is(root)}", hint)


def wrapped_experts(place: Location) -> Problem:
    """All experts are inside one more mapping."""
    message = "the experts are the entries of the file itself, without a key 'experts' around them"
    hint = "remove this line, and the indentation of those below"
    return UNKNOWN_KEY.at(place, message, hint, part=())


def wrong_keys(node: Mapped, path: Path, required: Iterable[str], fields: Collection[str], hints: int) -> list[Problem]:
    """Return problems for missing and unknown keys; the nearest known key is suggested for the first `hints` of the unknown ones.

    One missing key and one unknown key in a record are one misspelt key, and one problem.
    """
    missing = [
        MISSING_FIELD.at(head(node), f"'{key}' is missing", f"add `{key}:`", part=(*path, key))
        for key in required
        if key not in node.entries
    ]
    strange = [key for key in node.entries if key not in fields]
    allowed = sorted(fields)
    before = dict(zip(list(node.entries)[1:], node.entries, strict=False))
    unknown = [
        _remainder(node.keys[key], key, (*path, before.get(key, key)))
        if _has_no_colon(node, key)
        else _unknown(node.keys[key], key, allowed if number < hints else [], (*path, key))
        for number, key in enumerate(strange)
    ]
    meant = {one.part for one in unknown}
    if len(missing) == len(unknown) == 1 and missing[0].part not in meant:
        part = missing[0].part or ()
        return [replace(unknown[0], hint=f"did you mean '{part[-1]}', which is missing?", part=part)]
    return [*(one for one in missing if one.part not in meant), *unknown]


def _has_no_colon(node: Mapped, key: str) -> bool:
    """Whether a key in braces is the rest of a value that contains a comma: `{amount: 2,5 million}`."""
    value, place = node.entries[key], node.keys[key]
    end = (place.line, place.column + place.length)
    return is_blank(value) and (head(value).line, head(value).column) == end


def two_records(place: Location, marker: str, mixed: Iterable[str], at: At) -> Problem:
    """A record that has the field `marker`, and the `mixed` fields of the record without it."""
    others = ", ".join(f"`{key}`" for key in mixed)
    message = f"a record with `{marker}` cannot have {others}"
    return UNKNOWN_KEY.at(place, message, f"remove `{marker}`, or {others}", part=at.path)


def _remainder(place: Location, name: str, part: Path) -> Problem:
    """A key that is the rest of a value. The unreadable part is the field before it, of which only the beginning was read."""
    hint = "in braces a comma ends a value: put a value that contains a comma in quotes"
    return UNKNOWN_KEY.at(place, f"'{name}' is not a key, and has no value", hint, part=part)


def _unknown(place: Location, name: str, allowed: list[str], part: Path) -> Problem:
    """An unknown key. The unreadable part is the field that it was probably meant for."""
    key, colon, _ = name.partition(":")
    meant = MEANT.get(key, "") if MEANT.get(key, "") in allowed else nearest(key, allowed)
    if key == "<<":
        hint = "fact files have no merge keys: write the fields out"
    elif colon and meant == key:
        hint = f"put a space after the colon: `{key}: ...`"
    elif meant and meant == MEANT.get(key):
        hint = f"did you mean '{meant}'?"
    else:
        hint = did_you_mean(name, allowed) or "`brief schema --markdown` lists the keys"
    return UNKNOWN_KEY.at(place, f"unknown key '{name}'", hint, part=(*part[:-1], meant or name))


def no_value(node: Node, at: At) -> Problem:
    """A key without a value where one is needed."""
    place = at.key_place or head(node)
    return WRONG_TYPE.at(place, f"{_called(at)} has no value", _give_value(at), part=at.path)


def _give_value(at: At) -> str:
    return "give it a value" if at.is_required else "give it a value, or remove it"


def wrong_type(node: Node, at: At, wanted: Wanted, document: Document, first: str = "") -> Problem:
    """A value of the wrong kind. `first` is the first required field of the record that belongs there."""
    if is_blank(node):
        return no_value(node, at)
    message = f"{_called(at)} has to be {wanted.value}, not {_is(node)}"
    return WRONG_TYPE.at(head(node), message, rewritten(node, wanted, str(at.name), document, first), part=at.path)


def bad_id(node: Scalar, at: At) -> Problem:
    hint = advice(node.value) or as_id(node.value)
    return BAD_VALUE.at(node.place, f"'{node.value}' cannot be an id", hint, part=at.path)


def bad_key(key: str, at: At) -> Problem:
    """A key that has to be an id, but is not."""
    return BAD_VALUE.at(at.place, f"'{key}' cannot be an id", as_id(key), part=at.path)


def bad_choice(node: Node, at: At, words: Mapping[str, object], *, hints: bool) -> Problem:
    """A word that is not among the allowed ones."""
    written = node.value if isinstance(node, Scalar) else _is(node)
    meant = _MEANT_VALUES.get(written.lower(), "")
    hint = f"did you mean '{meant}'?" if meant in words else did_you_mean(written, list(words)) if hints else ""
    hint = hint or "`brief schema --markdown` lists the values"
    return BAD_VALUE.at(node.place, f"'{written}' is not a value of '{at.name}'", advice(written) or hint, part=at.path)


def out_of_range(node: Node, at: At, limit: str) -> Problem:
    """A number that is too small or too large; `limit` completes "has to be"."""
    return BAD_VALUE.at(node.place, f"{_called(at)} has to be {limit}", part=at.path)


def no_language(node: Node, at: At) -> Problem:
    """A text by language without any language."""
    hint = f"give it as `{at.name}: {{en: ...}}`, or as one text"
    return BAD_VALUE.at(head(node), f"{_called(at)} has no text in any language", hint, part=at.path)


def is_blank(node: Node) -> bool:
    """Whether nothing is written, or only empty quotes."""
    return isinstance(node, Scalar) and (node.is_null or not node.value.strip())


def head(node: Node) -> Location:
    """Return where a record begins, with a length of one character, so that no caret spans many lines."""
    place = node.place
    return Location(place.file, place.line, place.column, place.length if isinstance(node, Scalar) else 1)


def _called(at: At) -> str:
    return f"item {at.name + 1}" if isinstance(at.name, int) else f"'{at.name}'"


def _is(node: Node) -> str:
    if isinstance(node, Scalar):
        return "empty" if node.is_null else "text" if len(node.value) > 30 else f"'{node.value}'"
    return "a mapping" if isinstance(node, Mapped) else "a list"
