"""Renders the tokens of prose as HTML, and other people's Markdown as a page.

Callbacks render citations and facts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from generator.syntax.identifiers import is_mailto, is_web_address
from generator.syntax.quotations import is_closing, is_inner

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


def markdown_page(text: str) -> str:
    """Return a CommonMark document, with tables and struck words, as untrusted HTML; front matter is left out.

    A list that begins with another number than 1 keeps the number as text: it may be a paragraph that begins with a date, `21. April`.
    """
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(_FRONT_MATTER.sub("", text))
    number = ""
    for token in tokens:
        if token.type == "ordered_list_open":
            number = f"{token.attrs['start']}{token.markup} " if "start" in token.attrs else ""
        elif token.type == "inline":
            token.children = [Token("text", "", 0, content=number), *(token.children or ())]
            number = ""
    return str(parser.renderer.render(tokens, parser.options, {}))


Made = Mapping[str, Callable[[int], str]]
"""`cite`, `fact` and `note` return the HTML of a mark by its index. `mark`, if present, returns a quotation mark as text.

`spoken`, if present, returns the attributes of an element for words of the source that a citation group names first: `lang` and `dir`.
"""

_BRIEF_LINK = re.compile(r"brief:([a-z0-9]+(?:-[a-z0-9]+)*)(?:#([\w-]+(?:\.[\w-]+)*))?")


def is_safe_link(address: str) -> bool:
    """Whether a link may be published: http, https, mailto with one address, a place in the brief or another brief."""
    here = address.startswith("#") or is_mailto(unquote(address))
    return bool(here or is_web_address(address) or _BRIEF_LINK.fullmatch(address))


def brief_link(address: str) -> tuple[str, str] | None:
    """Return the slug and the id of `brief:slug#id`, with an empty id if there is none; None for any other address."""
    match = _BRIEF_LINK.fullmatch(address)
    return (match[1], match[2] or "") if match else None


def render_blocks(tokens: Sequence[Token], made: Made) -> str:
    """Render the blocks as HTML."""
    return str(_renderer().render(list(tokens), _options(), {"made": made})).strip()


def render_words(tokens: Sequence[Token], made: Made) -> str:
    """Render the words of all blocks as inline HTML, with a space between blocks."""
    return " ".join(_words(tokens, made))


def render_paragraphs(tokens: Sequence[Token], made: Made) -> str:
    """Render the same with separate paragraphs: those after the first are `span`s, which the style sheet shows as blocks."""
    first, *others = list(_words(tokens, made)) or [""]
    return first + "".join(f'<span class="further">{one}</span>' for one in others)


def _words(tokens: Sequence[Token], made: Made) -> Iterator[str]:
    """Yield the words of each block."""
    for token in tokens:
        if token.type == "inline":
            yield _renderer().renderInline(token.children or [], _options(), {"made": made}).strip()


@functools.cache
def _options() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).options


@functools.cache
def _renderer() -> RendererHTML:
    """Return markdown-it's renderer with the rules for our marks. HTML and marks of other dialects are printed as text."""
    from markdown_it.renderer import RendererHTML

    renderer = RendererHTML()
    rules: dict[str, Any] = {
        "citation_group": _mark("cite"),
        "in_text": _mark("cite"),
        "fact": _mark("fact"),
        "footnote": _mark("note"),
        "quotation_mark": _quotation_mark,
        "blockquote_open": lambda tokens, at, _, env: f"<blockquote{_spoken(tokens[at], env)}>\n",
        "placement": _placement,
        "stray_placement": _escaped,
        "html_tag": _escaped,
        "foreign": _escaped,
        "superscript": _wrapped("sup"),
        "subscript": _wrapped("sub"),
        "th_open": _th_open,
        "scare_open": lambda *_: "",
        "scare_close": lambda *_: "",
        "heading_open": lambda tokens, at, *_: "<h3>" if tokens[at].tag == "h3" else "<p>",
        "heading_close": lambda tokens, at, *_: "</h3>\n" if tokens[at].tag == "h3" else "</p>\n",
        "image": _escaped,
        "link_open": _link_open,
        "link_close": _link_close,
    }
    renderer.rules.update(rules)
    return renderer


def _mark(kind: str) -> Callable[..., str]:
    def render(tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
        index = tokens[at].meta["index"]
        return str(env["made"][kind](index)) if index >= 0 else _escaped(tokens, at)

    return render


def _placement(tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
    """Render what is placed on a line of its own, as a block between paragraphs."""
    placed = env["made"].get("placed")
    return f"{placed(tokens[at].meta['index'])}\n" if placed else ""


def _quotation_mark(tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]) -> str:
    index, mark = tokens[at].meta["index"], env["made"].get("mark")
    if not mark or index < 0:
        return _escaped(tokens, at)
    spoken = _spoken(tokens[at], env)
    if spoken and is_inner(index):
        return _escaped(tokens, at)
    printed = _html(mark(index))
    if not spoken or not tokens[at].meta.get("around"):
        return printed
    return f"</span>{printed}" if is_closing(index) else f"{printed}<span{spoken}>"


def _spoken(token: Token, env: MutableMapping[str, Any]) -> str:
    """Return the attributes of words quoted near a citation; empty if they are in the language of the page."""
    near, spoken = token.meta.get("near"), env["made"].get("spoken")
    return str(spoken(near[0])) if near and spoken else ""


def _html(text: str) -> str:
    from markdown_it.common.utils import escapeHtml

    return str(escapeHtml(text))


def _escaped(tokens: Sequence[Token], at: int, *_: Any) -> str:
    return _html(tokens[at].content)


def _wrapped(element: str) -> Callable[..., str]:
    return lambda tokens, at, *_: f"<{element}>{_html(tokens[at].meta['inside'])}</{element}>"


def _th_open(tokens: Sequence[Token], at: int, *_: Any) -> str:
    style = tokens[at].attrs.get("style")
    return '<th scope="col"' + (f' style="{style}">' if style else ">")


def _link_open(tokens: Sequence[Token], at: int, *_: Any) -> str:
    address = str(tokens[at].attrs.get("href", ""))
    return f'<a href="{_html(address)}">' if is_safe_link(address) else ""


def _link_close(tokens: Sequence[Token], at: int, *_: Any) -> str:
    depth = 0
    for index in range(at, -1, -1):
        depth += (tokens[index].type == "link_close") - (tokens[index].type == "link_open")
        if depth == 0:
            return "</a>" if is_safe_link(str(tokens[index].attrs.get("href", ""))) else ""
    return ""
