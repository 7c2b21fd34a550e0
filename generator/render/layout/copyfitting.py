"""Lays a document out again with closer or wider spaces if its last page is nearly empty.

Typesetters call this copyfitting. Only vertical spaces between and inside blocks change: `margin` and `padding`, above and below.
Type, leading, widths and the margins of the page stay, so that the document looks like others of its design. Negative spaces stay
too, because they put one thing over another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import tinycss2
from tinycss2.ast import DimensionToken

from generator.render.layout.page_faults import LAST_PAGE_SHARE, filled_share, has_thin_page

CLOSER, WIDER = 0.8, 1.15
"""Factors of the spaces: 6 mm between two blocks become 4.8 or 6.9 mm, which readers do not notice from one brief to the next."""
_SIDES = {"margin", "padding"}
_LENGTHS = frozenset({"mm", "cm", "in", "pt", "pc", "px", "em", "rem"})


class Laid(Protocol):
    """A laid-out document, with WeasyPrint's pages."""

    @property
    def pages(self) -> Sequence[Any]: ...


_Laid = TypeVar("_Laid", bound=Laid)


def fitted(lay_out: Callable[[tuple[str, ...]], _Laid], sheets: Sequence[str], least_pages: int) -> _Laid:
    """Return the document that `lay_out` makes with these sheets, or with other spaces if its last page is a fault (`thin-page`).

    Only then, because a second layout costs two thirds of the first.

    Closer spaces have to save a page, but not to leave fewer than `least_pages`. Wider ones have to fill the last page to the share that
    `thin-page` requires, without a further page. If neither has a document without nearly empty pages, the spaces stay as they are.
    """
    first = lay_out(tuple(sheets))
    count, share = len(first.pages), filled_share(first.pages[-1])
    if count == 1 or share >= LAST_PAGE_SHARE:
        return first
    if count > least_pages:
        closer = lay_out(tuple(spaced(sheet, CLOSER) for sheet in sheets))
        if least_pages <= len(closer.pages) < count and not has_thin_page(closer.pages):
            return closer
    wider = lay_out(tuple(spaced(sheet, WIDER) for sheet in sheets))
    return wider if len(wider.pages) == count and not has_thin_page(wider.pages) else first


@lru_cache(maxsize=32)
def spaced(css: str, factor: float) -> str:
    """Return a style sheet with its vertical spaces multiplied by `factor`, without what is not CSS.

    Rules that begin with `@` do not change, apart from `@media`.
    """
    return "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True), factor))


def _rules(rules: Iterable[Any], factor: float) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            declarations = [one for one in tinycss2.parse_blocks_contents(rule.content) if one.type == "declaration"]
            for declaration in declarations:
                declaration.value = list(_value(declaration.lower_name, declaration.value, factor))
            yield f"{tinycss2.serialize(rule.prelude)}{{{''.join(one.serialize() + ';' for one in declarations)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            inner = "".join(_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True), factor))
            yield f"@media{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        elif rule.type == "at-rule":
            yield rule.serialize()


def _value(name: str, tokens: Sequence[Any], factor: float) -> Iterator[Any]:
    """Yield the tokens of a value; of `margin: 1mm 2mm 3mm` the first and the third are vertical."""
    sides, _, side = name.partition("-")
    if sides not in _SIDES or side not in {"", "top", "bottom"}:
        yield from tokens
        return
    place = 0
    for token in tokens:
        yield _scaled(token, factor) if place % 2 == 0 else token
        place += token.type not in {"whitespace", "comment"}


def _scaled(token: Any, factor: float) -> Any:
    if token.type != "dimension" or token.lower_unit not in _LENGTHS or token.value <= 0:
        return token
    value = token.value * factor
    return DimensionToken(token.source_line, token.source_column, value, None, f"{value:.3f}", token.unit)
