"""Makes mutants of a module: the same code with one small change.

A mutant replaces one part of the source; everything else, including line numbers, stays the same. Not changed are parts without
visible effect and words: annotations, docstrings, messages, records of codes, and f-strings.
"""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
WORDS_ONLY = frozenset({"Code", "TypeVar", "field"})
"""Calls whose arguments have no effect, or are tested as data."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A part of a source, by offsets in its UTF-8 bytes, and its replacement."""

    line: int
    code: str
    """The text of the line, which identifies the mutant when lines move."""
    start: int
    end: int
    old: str
    new: str

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.new.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{' '.join(self.old.split())} -> {self.new}"


def sample(source: bytes, number: int, seed: str) -> list[Mutant]:
    """Return this number of mutants, or all if there are fewer, by line; the same ones for the same source, number and seed."""
    every = sorted(mutants(source), key=lambda mutant: (mutant.start, mutant.end, mutant.new))
    chosen = random.Random(seed).sample(every, min(number, len(every)))
    return sorted(chosen, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


def mutants(source: bytes) -> Iterator[Mutant]:
    """Yield every mutant that still compiles."""
    lines, starts = source.split(b"\n"), [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for node in _behaviour(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        for new in _replacements(node):
            code = lines[node.lineno - 1].decode().strip()
            mutant = Mutant(node.lineno, code, start, end, source[start:end].decode(), new)
            if _compiles(mutant.applied(source)):
                yield mutant


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _behaviour(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield the nodes that may be mutated, outermost first."""
    if isinstance(node, ast.expr | ast.stmt):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _left_alone(child):
                yield from _behaviour(child)


def _left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS_ONLY:
        return True
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, ast.JoinedStr | ast.Assert | ast.Import | ast.ImportFrom)


def _replacements(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Yield the replacements of a node."""
    yield from map(_written, _expressions(node))
    match node:
        case ast.Constant(bool(value)):
            yield str(not value)
        case ast.Constant(int(value)):
            yield str(value + 1)
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return None"
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Raise():
            yield "pass"
        case ast.Continue():
            yield "break"


def _expressions(node: ast.expr | ast.stmt) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left, [operator], [right]) if type(operator) in COMPARISONS:
            yield ast.Compare(left, [COMPARISONS[type(operator)]()], [right])
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            for left_out in range(len(values)):
                rest = [value for number, value in enumerate(values) if number != left_out]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, operator, right) if type(operator) in ARITHMETIC:
            yield ast.BinOp(left, ARITHMETIC[type(operator)](), right)
        case ast.IfExp(_, body, otherwise):
            yield from (body, otherwise)


def _written(node: ast.expr) -> str:
    return f"({ast.unparse(node)})"
