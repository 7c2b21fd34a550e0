"""Finds why a text is not YAML: the place of the mistake, and a message that helps.

A parser reports an error where the text stops making sense, which may be many lines below the quotation mark that was not closed.
Each rule here looks for one kind of mistake, the most certain rule first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from generator.read.yaml_nodes import QUOTE, Fault, fault_at

_KEY = re.compile(r"[ ]*(?:- +)*(?P<key>[\w-]+) ?:(?:[ \t]|$)")
"""A line that begins with a key."""
_VALUE = re.compile(r"[ ]*+(?:- ++)*+(?:[^\s\"'\[{#&*!|>%@`,-][^:#]*?:[ \t]+)?")
"""What precedes the value on a line."""
_COLON_ALIKE = re.compile(r"[\uFF1A\uFE55\uFE13\u2236\uA789]")
_DASH_ALIKE = re.compile(r"[ ]*(?P<dash>[\u2010-\u2015\u2022\u2043\u2212\u00B7\uF0B7])\s")


_COMMENT = re.compile(r"(?:\A|\s)#.*")


class Trouble(NamedTuple):
    """The parser's error, and the text."""

    problem: str
    context: str
    mark: Any
    """Where the parser reported the error."""
    start: Any
    """Where the construct that it was reading began; None if unknown."""
    text: str
    lines: list[str]

    @property
    def line(self) -> str:
        return self.line_at(self.mark.line)

    def line_at(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def reports(self, *words: str) -> bool:
        return any(word in self.problem or word in self.context for word in words)


def diagnose(error: yaml.YAMLError, text: str) -> Fault:
    """Return what a parser's error means for an author."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return _control(error, text)
    problem, context = (str(getattr(error, name, None) or "") for name in ("problem", "context"))
    trouble = Trouble(problem, context, mark, getattr(error, "context_mark", None), text, _lines(text))
    for rule in RULES:
        fault = rule(trouble)
        if fault:
            return fault
    words = f"{context}, {problem}" if context else problem
    return fault_at(mark, words, "check indentation, quotes and brackets near here")


def odd_space(char: str) -> str:
    """Return the name of a space that YAML does not accept, such as a no-break space; "" for every other character."""
    if unicodedata.category(char) != "Zs" or char == " ":
        return ""
    return f"{unicodedata.name(char)} (U+{ord(char):04X})"


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def _control(error: yaml.YAMLError, text: str) -> Fault:
    position = getattr(error, "position", None)
    before = _lines(text[:position] if isinstance(position, int) else "")
    message = "this control character is not allowed in YAML"
    return Fault(len(before) - 1, len(before[-1]), message, "delete it")


def _odd_indentation(trouble: Trouble) -> Fault | None:
    for number in range(trouble.mark.line, max(-1, trouble.mark.line - 3), -1):
        line = trouble.line_at(number)
        for column, char in enumerate(line[: len(line) - len(line.lstrip())]):
            if name := odd_space(char):
                message = f"the indentation contains a {name}, which YAML does not read as a space"
                return Fault(number, column, message, "replace it with ordinary spaces")
    return None


def _tab(trouble: Trouble) -> Fault | None:
    line, column = trouble.line, trouble.mark.column
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[column : column + 1] == "\t":
        message = "a tab is used for indentation"
        return Fault(trouble.mark.line, column, message, "use spaces; most editors can convert tabs")
    return None


def _escape(trouble: Trouble) -> Fault | None:
    if not trouble.reports(
        "unknown escape character", "expected hexdecimal number", "invalid Unicode character escape"
    ):
        return None
    column = trouble.line.rfind("\\", 0, trouble.mark.column + 1)
    message = "a backslash in double quotes begins an escape sequence, and this one does not exist"
    hint = "double the backslash, or put the text in single quotes"
    return Fault(trouble.mark.line, max(column, 0), message, hint, length=2)


def _quotation(trouble: Trouble) -> Fault | None:
    """A quotation mark that is not closed, or one inside the text that closes it."""
    if trouble.reports("while scanning a quoted scalar"):
        return fault_at(trouble.start, *NEVER_CLOSED)
    token = _last_quoted(trouble)
    if token is None:
        return None
    start, end = token.start_mark, token.end_mark
    swallowed = [trouble.line_at(number) for number in range(start.line + 1, end.line + 1)]
    if any(map(_KEY.match, swallowed)):
        return fault_at(start, *NEVER_CLOSED)
    before, behind = trouble.text[end.index - 2 : end.index - 1], trouble.text[end.index : end.index + 1]
    message, hint = "the quoted text ends here, and more text follows", "put the whole value in double quotes"
    if token.style == '"':
        hint = 'put the whole value in single quotes, or write \\" for a mark inside it'
    elif before.isalpha() and behind.isalpha():
        message = "this apostrophe ends the quoted text"
        hint = "write it twice: '', or use double quotes around the text"
    return Fault(end.line, end.column - 1, message, hint)


NEVER_CLOSED = ("this quotation mark is never closed", "close it, or double a quotation mark that belongs to the text")


def _last_quoted(trouble: Trouble) -> Any:
    """Return the quoted text that ends just before the reported place; None if there is none."""
    last = None
    for token in _tokens(trouble):
        if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
            last = token
    if last is None or trouble.text[last.end_mark.index : trouble.mark.index].strip(" \t"):
        return None
    return last


def _tokens(trouble: Trouble) -> list[Any]:
    """Return the tokens before the reported place."""
    tokens = []
    try:
        for token in yaml.scan(trouble.text, Loader=yaml.CSafeLoader):
            if token.end_mark.index > trouble.mark.index:
                break
            tokens.append(token)
    except yaml.YAMLError:
        pass
    return tokens


def _colon(trouble: Trouble) -> Fault | None:
    """A line that would be a key and its value if it had a colon and a space after it."""
    number = _without_colon(trouble)
    if number is None:
        return None
    line = trouble.line_at(number)
    indent = len(line) - len(line.lstrip())
    if alike := _COLON_ALIKE.search(line):
        message = f"this is not a colon but a {unicodedata.name(alike[0])} (U+{ord(alike[0]):04X})"
        return Fault(number, alike.start(), message, "write an ordinary colon with a space after it")
    if dash := _other_dash(trouble, number):
        return dash
    if close := re.match(r"[ ]*(?:- +)*([\w-]+):(?=([^ \t]))", line):
        name = odd_space(close[2])
        message = (
            f"after the colon is a {name}, which YAML does not read as a space"
            if name
            else "the space after the colon is missing"
        )
        return Fault(number, close.end(), message, f"write `{close[1]}: ...` with an ordinary space")
    words = line.split()
    first = next((word for word in words if word != "-"), "")
    if len(words) == 1 and re.fullmatch(r"[\w-]+", first):
        return Fault(number, indent, "the colon after this key is missing", f"write `{first}:`", length=len(first))
    message = "this line has no colon, so it is neither a key nor text of the key above"
    hint = (
        f"write `{first}: ...`, or indent text further than its key"
        if re.fullmatch(r"[\w-]+", first)
        else "write `key: value`"
    )
    return Fault(number, indent, message, hint)


def _dash_alike(trouble: Trouble) -> Fault | None:
    """A list item that begins with another dash: where the parser stopped, or on the line above if the dash is then part of a key."""
    dash = _other_dash(trouble, trouble.mark.line)
    if dash is not None and dash.column == trouble.mark.column:
        return dash
    above = _line_above(trouble)
    return _other_dash(trouble, above) if above is not None and ":" in trouble.line_at(above) else None


def _other_dash(trouble: Trouble, number: int) -> Fault | None:
    dash = _DASH_ALIKE.match(trouble.line_at(number))
    if dash is None:
        return None
    message = f"this is not a hyphen but {unicodedata.name(dash['dash'], 'a private character')}"
    return Fault(number, dash.start("dash"), message, "begin list items with `- `")


def _line_above(trouble: Trouble) -> int | None:
    """Return the number of the last line with text above the reported one."""
    return next((number for number in range(trouble.mark.line - 1, -1, -1) if trouble.line_at(number).strip()), None)


def _without_colon(trouble: Trouble) -> int | None:
    """Return the number of the line that should have a colon."""
    if trouble.reports("could not find expected ':'"):
        return int((trouble.start or trouble.mark).line)
    if not trouble.reports("mapping values are not allowed"):
        return None
    last = next((token for token in reversed(_tokens(trouble)) if isinstance(token, yaml.ScalarToken)), None)
    if last is None or last.start_mark.line == last.end_mark.line:
        return None
    line: int = last.start_mark.line
    before = trouble.line_at(line)[: last.start_mark.column]
    return None if before.strip(" -") else line


def _indented_further(trouble: Trouble) -> Fault | None:
    """A key that is indented further than the one above, so that it continues the other's value."""
    key = _KEY.match(trouble.line)
    above = _line_above(trouble)
    if (
        not key
        or above is None
        or not trouble.reports("mapping values are not allowed")
        or trouble.mark.column >= key.end()
    ):
        return None
    neighbour = _KEY.match(trouble.line_at(above))
    if not neighbour or neighbour.start("key") >= key.start("key"):
        return None
    message = f"'{key['key']}' is indented further than '{neighbour['key']}' above, so it continues its value"
    return Fault(
        trouble.mark.line, key.start("key"), message, "align the two; or quote the text above", length=len(key["key"])
    )


def _block(trouble: Trouble) -> Fault | None:
    """A wrong first line of a text block."""
    if not trouble.reports("block scalar"):
        return None
    column = _value_column(trouble.line)
    first = trouble.line[column : column + 1]
    if first in ("|", ">") and trouble.reports("expected comment or line break", "indentation indicator"):
        message = f"a value that begins with {first} is a block of text on the lines below, so nothing may follow it on this line"
        return Fault(trouble.mark.line, column, message, "put the text in quotes, or on the lines below")
    message = "the indentation of this text block is wrong"
    return fault_at(trouble.mark, message, "indent all its lines by the same number of spaces")


def _first_character(trouble: Trouble) -> Fault | None:
    """A value whose first character has a meaning in YAML."""
    mark = (
        trouble.start
        if trouble.start and trouble.reports("scanning an alias", "scanning an anchor", "tag")
        else trouble.mark
    )
    line = trouble.line_at(mark.line)
    column = _value_column(line)
    first, char = line[column : column + 1], line[mark.column : mark.column + 1]
    if first in ("[", "{") and (trouble.reports("flow") or mark.column > column):
        return _bracket(trouble, mark.line, column)
    if trouble.reports("scanning an alias", "undefined alias"):
        message = "an asterisk at the beginning of a value makes it a YAML alias"
        return fault_at(mark, message, 'put the whole text in quotes: "*...*"')
    if trouble.reports(
        "scanning an anchor", "scanning a tag", "parsing a tag", "undefined tag", "scanning a directive"
    ):
        return fault_at(mark, f"a value cannot begin with {char}", QUOTE)
    if trouble.reports("cannot start any token"):
        return fault_at(mark, f"a value cannot begin with {char}", _quoted_hint(char))
    if trouble.reports("entries are not allowed", "keys are not allowed"):
        return fault_at(
            mark, f"text cannot begin with {char} and a space", "put text in quotes, or a list on the lines below"
        )
    if trouble.reports("expected node content") and char in ("]", "}", ","):
        return fault_at(mark, f"a value cannot begin with {char}", QUOTE)
    return None


def _closing(trouble: Trouble) -> Fault | None:
    """A bracket that closes nothing."""
    char = trouble.line[trouble.mark.column : trouble.mark.column + 1]
    if char not in ("]", "}") or trouble.reports("flow", "expected node content"):
        return None
    return fault_at(trouble.mark, "this bracket closes nothing", "remove it")


def _quoted_hint(char: str) -> str:
    return 'put it in quotes, as in `cite: "@key, p. 3"`' if char == "@" else QUOTE


def _bracket(trouble: Trouble, number: int, column: int) -> Fault:
    """Return what is wrong with a value that begins with a bracket, at this line and column."""
    line = trouble.line_at(number)
    opening = line[column]
    closing = "]" if opening == "[" else "}"
    end = line.find(closing, column)
    what = "a list" if opening == "[" else "a mapping"
    if end > 0 and _COMMENT.sub("", line[end + 1 :]).strip(" ,]}"):
        message = f"a value that begins with {opening} is {what} in YAML, but text follows it"
        return Fault(number, column, message, QUOTE)
    if end > 0 and trouble.reports("cannot start any token"):
        mark = trouble.mark
        message = f"a value cannot begin with {line[mark.column : mark.column + 1]}"
        return fault_at(mark, message, _quoted_hint(line[mark.column : mark.column + 1]))
    if re.search(r"[\s\[{,]#", line[column:]):
        message = "this bracket is never closed, because the # begins a comment"
        return Fault(number, column, message, "write ids without the #; put text with a # in quotes")
    return Fault(number, column, "this bracket is never closed, or a comma is missing in it", "close it")


def _flow(trouble: Trouble) -> Fault | None:
    """A bracket that is not closed, possibly many lines above."""
    if not trouble.reports("flow sequence", "flow mapping", "flow node", "unexpected ':'"):
        return None
    opened = [token for token in _tokens(trouble) if isinstance(token, _OPENING)]
    closed = sum(isinstance(token, _CLOSING) for token in _tokens(trouble))
    if len(opened) <= closed:
        return None
    place = opened[-1].start_mark
    return _bracket(trouble, place.line, place.column)


_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


def _second_colon(trouble: Trouble) -> Fault | None:
    if not trouble.reports("mapping values are not allowed"):
        return None
    message = "a colon followed by a space is not allowed here"
    hint = "put the whole text in quotes, or check the indentation"
    return fault_at(trouble.mark, message, hint)


def _neighbours(trouble: Trouble) -> Fault | None:
    """Lines that do not fit the lines above them."""
    if not trouble.reports("block mapping", "block collection", "block sequence", "<document start>", "document start"):
        return None
    line, mark, start = trouble.line, trouble.mark, trouble.start
    above = f"in line {start.line + 1}" if start else "above"
    if line.startswith("- ", mark.column) and trouble.reports("block mapping"):
        message = f"there is a list item among keys, the first of which is {above}"
        return fault_at(mark, message, "remove the dash, or indent the list below its key")
    if trouble.reports("expected '-' indicator"):
        message = f"there is a line without a dash among the items of a list, the first of which is {above}"
        hint = (
            "begin it with `- `, or remove the dashes there; the indentation of a list has to be the same in each line"
        )
        return fault_at(mark, message, hint)
    message = "the indentation does not fit the lines above"
    return fault_at(mark, message, "align it with its neighbours; use spaces")


def _document_end(trouble: Trouble) -> Fault | None:
    """The line `...` above, after which YAML expects another document."""
    above = trouble.lines[: trouble.mark.line]
    number = next((at for at in range(len(above) - 1, -1, -1) if above[at].strip()), -1)
    if number < 0 or not trouble.reports("<document start>") or above[number].rstrip() != "...":
        return None
    return Fault(number, 0, "this line ends the document, and more follows", "remove the line `...`", 3)


def _value_column(line: str) -> int:
    before = _VALUE.match(line)
    return before.end() if before else 0


RULES: tuple[Callable[[Trouble], Fault | None], ...] = (
    _odd_indentation,
    _tab,
    _escape,
    _quotation,
    _dash_alike,
    _colon,
    _indented_further,
    _second_colon,
    _block,
    _closing,
    _first_character,
    _flow,
    _document_end,
    _neighbours,
)
