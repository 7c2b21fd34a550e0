"""Finds every regular expression of the program, and makes strings that bring out the worst in each.

Run as a program, it tries those of the modules named and prints a line for each that is slow.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import generator

LENGTHS = (10_000, 100_000)
SECONDS = 3.0
"""Of processor time for one string: linear work takes hundredths of it, most quadratic work many times as much."""
NOTICEABLE = 0.2
"""Seconds from which on the growth is looked at: quadratic work of which each step is short stays below `SECONDS`."""
GROWTH = 40.0
"""How many times longer the greater length may take; linear work takes ten times, quadratic work a hundred times."""
FULL = os.environ.get("BRIEF_FUZZ") == "full"
"""Whether many attacks are tried, and not a few."""
WORST = 3 if FULL else 1
"""Attacks on each regular expression that are tried at the greater length."""
MOST = 120 if FULL else 12
"""Attacks on each regular expression."""
BOUNDED = {
    "generator.evidence.speakers.sentence_speakers._name_at_end": "it is given the last 160 characters before a verb",
    "generator.evidence.speakers.sentence_speakers._ELIDED_OF": "so is this",
}
"""Expressions whose callers limit what they are tried on, with the reason."""
METHODS = frozenset("match fullmatch search sub subn findall finditer".split())


@dataclass(frozen=True)
class Used:
    """A regular expression, with the methods that it is used with."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


# ---------------------------------------------------------------- finding


def modules() -> list[str]:
    found = pkgutil.walk_packages(generator.__path__, "generator.")
    return sorted(module.name for module in found if not module.name.endswith("__main__"))


def patterns(name: str) -> Iterator[Used]:
    """All regular expressions in a module: named ones, those in tables, those that a function makes once, and those written where
    they are used.
    """
    module = importlib.import_module(name)
    tree = _tree(module)
    calls, seen = _calls(tree), set[re.Pattern[Any]]()
    loose = frozenset(method for _, method in calls if _ not in vars(module)) & METHODS
    for key, value in vars(module).items():
        if key.startswith("__") or isinstance(value, ModuleType):
            continue
        for pattern in _within(value() if _makes_one(value, module) else value, set()):
            methods = _methods(key, calls) or loose or frozenset(("search",))
            seen.add(pattern)
            yield Used(f"{name}.{key}", pattern, methods)
    made = {id(call) for function in tree.body if _is_made(function, module) for call in ast.walk(function)}
    for call in ast.walk(tree):
        if (
            id(call) not in made
            and isinstance(call, ast.Call)
            and (written := _written(call, vars(module))) not in {None, *seen}
        ):
            method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            methods = frozenset((method,)) if method in METHODS else loose or frozenset(("search",))
            yield Used(f"{name}:{call.lineno}", written, methods)


def _makes_one(value: object, module: ModuleType) -> bool:
    """Whether a value is a function of this module that makes a regular expression of word lists, and keeps it."""
    kept = hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.__name__
    return kept and getattr(value, "__annotations__", {}) == {"return": "re.Pattern[str]"}


def _is_made(node: ast.stmt, module: ModuleType) -> bool:
    return isinstance(node, ast.FunctionDef) and _makes_one(vars(module).get(node.name), module)


def _methods(name: str, calls: set[tuple[str, str]]) -> frozenset[str]:
    """What a named expression is used with: a private one in its own module only."""
    if name.startswith("_"):
        return frozenset(method for key, method in calls if key == name)
    return USES.get(name, frozenset())


def _tree(module: ModuleType) -> ast.Module:
    assert module.__file__ is not None
    return ast.parse(Path(module.__file__).read_text("utf-8"))  # `inspect.getsource` has nothing for an empty file


def _calls(tree: ast.AST) -> set[tuple[str, str]]:
    """Names, and the methods of regular expressions that are called on them: `_LABEL.sub` or `words.CITE.match`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            inner = node.value.func if isinstance(node.value, ast.Call) else node.value
            name = inner.id if isinstance(inner, ast.Name) else inner.attr if isinstance(inner, ast.Attribute) else ""
            if name != "re":
                found.add((name, node.attr))
    return found


def _uses() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name in modules():
        for key, method in _calls(_tree(importlib.import_module(name))):
            found[key] = found.get(key, frozenset()) | {method}
    return found


USES = _uses()


def _within(value: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Regular expressions in a value, in collections, and in the fields of records of this program."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _within(inner, seen)
    elif isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            yield from _within(inner, seen)
    elif type(value).__module__.startswith("generator.") and not isinstance(value, type):
        for field in getattr(value, "__dataclass_fields__", ()):
            yield from _within(getattr(value, field), seen)


def _written(call: ast.Call, names: dict[str, Any]) -> re.Pattern[Any] | None:
    """The regular expression in `re.sub(...)` or `re.compile(...)`; what only shows when it runs is taken to be an x."""
    function = call.func
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"):
        return None
    if function.attr not in METHODS | {"compile"} or not call.args:
        return None
    text = _text(call.args[0], names)
    flags = 0
    for argument in (*call.args[1:], *(keyword.value for keyword in call.keywords)):
        source = ast.unparse(argument)
        if re.fullmatch(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*", source):
            flags |= eval(source, {"re": re})
    try:
        return re.compile(text, flags)
    except (re.error, TypeError):
        return None


def _text(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(value, names) for value in node.values)
    source = ast.unparse(node.value if isinstance(node, ast.FormattedValue) else node)
    try:
        found = eval(source, dict(names))
    except Exception:
        return "x"
    return found if isinstance(found, str | bytes) else "x"


# ---------------------------------------------------------------- attacking


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """What to begin with, what to repeat, and what to end with."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole = _shortest(tree)
    pumps = {whole, *_pumps(tree, "")} | {_example(char) for char in _characters(tree)}
    prefixes = {"", *_prefixes(tree, "")}
    for pump in sorted(filter(None, pumps)):
        for prefix in sorted(prefixes):
            for suffix in ("", "\x01", "!", whole):
                yield prefix, pump, suffix


def _example(code: int) -> str:
    return chr(code)


def _prefixes(tree: Any, before: str) -> Iterator[str]:
    """The shortest text before each repetition."""
    for op, value in tree:
        if op in _REPEATS:
            yield before
            yield from _prefixes(value[2], before)
        for inner in _inside(op, value):
            if op not in _REPEATS:
                yield from _prefixes(inner, before)
        before += _shortest_of(op, value)


def _pumps(tree: Any, before: str) -> Iterator[str]:
    """What each repetition repeats, once for each of its ways, and neighbouring ones together."""
    for op, value in tree:
        if op in _REPEATS:
            once = _shortest(value[2])
            yield once
            yield before + once
            yield from (_shortest(value[2][:1]) + _shortest_of(*each) for each in value[2])
        if op is _constants.BRANCH:
            yield from (_shortest(branch) for branch in value[1])
        for inner in _inside(op, value):
            yield from _pumps(inner, before)
        before += _shortest_of(op, value)


_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def _inside(op: Any, value: Any) -> list[Any]:
    if op in _REPEATS:
        return [value[2]]
    if op is _constants.SUBPATTERN:
        return [value[3]]
    if op is _constants.BRANCH:
        return list(value[1])
    if op is _constants.ATOMIC_GROUP:
        return [value]
    if op in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [value[1]]
    if op is _constants.GROUPREF_EXISTS:
        return [part for part in value[1:] if part is not None]
    return []


def _shortest(tree: Any) -> str:
    return "".join(_shortest_of(op, value) for op, value in tree)


def _shortest_of(op: Any, value: Any) -> str:
    if op in _REPEATS:
        return _shortest(value[2]) * min(max(1, value[0]), 5)
    if op is _constants.SUBPATTERN:
        return _shortest(value[3])
    if op is _constants.ATOMIC_GROUP:
        return _shortest(value)
    if op is _constants.BRANCH:
        return _shortest(value[1][0])
    if op is _constants.ASSERT:
        return ""
    char = _one(op, value)
    return "" if char is None else chr(char)


def _one(op: Any, value: Any) -> int | None:
    """A character that an item matches, if it matches one."""
    if op is _constants.LITERAL:
        return int(value)
    if op is _constants.NOT_LITERAL:
        return next(code for code in map(ord, "a \n") if code != value)
    if op is _constants.ANY:
        return ord("a")
    if op is _constants.IN:
        return _of_class(value)
    return None


_CLASSES = {
    _constants.CATEGORY_DIGIT: "0",
    _constants.CATEGORY_SPACE: " ",
    _constants.CATEGORY_WORD: "a",
    _constants.CATEGORY_NOT_DIGIT: "a",
    _constants.CATEGORY_NOT_SPACE: "a",
    _constants.CATEGORY_NOT_WORD: " ",
}


def _of_class(items: Any) -> int:
    if items[0][0] is _constants.NEGATE:
        return next(code for code in map(ord, 'a 0,<"(\n.-€中\x01') if not _in_class(code, items[1:]))
    op, value = items[0]
    if op is _constants.RANGE:
        return int(value[0])
    return ord(_CLASSES[value]) if op is _constants.CATEGORY else int(value)


def _in_class(code: int, items: Any) -> bool:
    for op, value in items:
        if op is _constants.LITERAL and value == code:
            return True
        if op is _constants.RANGE and value[0] <= code <= value[1]:
            return True
        if op is _constants.CATEGORY and re.fullmatch(_AS_TEXT[value], chr(code)):
            return True
    return False


_AS_TEXT = {
    _constants.CATEGORY_DIGIT: r"\d",
    _constants.CATEGORY_SPACE: r"\s",
    _constants.CATEGORY_WORD: r"\w",
    _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_NOT_WORD: r"\W",
}


def _characters(tree: Any) -> set[int]:
    """A character for each item of a pattern, at most a dozen."""
    found: set[int] = set()
    for op, value in tree:
        if (char := _one(op, value)) is not None:
            found.add(char)
        if op is _constants.IN and value[0][0] is not _constants.NEGATE:
            found |= {_of_class([item]) for item in value[:6]}
        for inner in _inside(op, value):
            found |= _characters(inner)
    return set(sorted(found)[:12])


# ---------------------------------------------------------------- trying


class Slow(Exception):
    pass


def _stop(*_: object) -> None:
    raise Slow


def tried(used: Used) -> str:
    """The attack that is too slow, or nothing. The worst at the first length are tried at the second."""
    for method in sorted(used.methods):
        times = []
        possible = list(dict.fromkeys(attacks(used.pattern)))
        for attack in possible[:: len(possible) // MOST + 1]:
            taken = _taken(used.pattern, method, attack, LENGTHS[0])
            if taken is None:
                return f"{method} {LENGTHS[0]} {attack}"
            times.append((taken, attack))
        for first, attack in sorted(times, reverse=True)[:WORST]:
            taken = _taken(used.pattern, method, attack, LENGTHS[1])
            if taken is None or taken > max(NOTICEABLE, GROWTH * first):
                return f"{method} {LENGTHS[1]} {attack}"
    return ""


def _taken(pattern: re.Pattern[Any], method: str, attack: tuple[str, str, str], length: int) -> float | None:
    """Seconds of processor time; None where it is too long."""
    prefix, pump, suffix = attack
    text: Any = prefix + pump * (length // len(pump)) + suffix
    empty: Any = ""
    if isinstance(pattern.pattern, bytes):
        text, empty = text.encode("latin-1", "replace"), b""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        found = getattr(pattern, method)(*([empty] if method in ("sub", "subn") else []), text)
        if method == "finditer":
            deque(found, maxlen=0)
    except Slow:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun


def main(names: list[str]) -> None:
    signal.signal(signal.SIGVTALRM, _stop)
    for name in names:
        for used in patterns(name):
            if used.where not in BOUNDED and (slow := tried(used)):
                print(f"{used.where}\t{used.pattern.pattern!r}\t{slow}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or modules())
