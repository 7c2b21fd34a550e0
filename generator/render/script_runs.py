"""Marks runs of other scripts in a page with the language, direction and font of their script.

A screen reader then changes its voice (WCAG 3.1.2), the punctuation around a run does not move into it (UAX 9), and one font draws
the whole run. This works on the finished HTML, so templates need no marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import escape

from generator.languages.locales import script_of
from generator.render.scripts import BY_CODE, HAN, ScriptRun, direction_of, has_runs, is_right_to_left, runs

_TAG = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)|<[^<>]*+>")
_NAME = re.compile(r"</?\s*([a-zA-Z][\w:-]*)")
_ATTRIBUTE = {name: re.compile(rf'\s{name}="([^"]*)"') for name in ("lang", "dir")}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CLOSED = frozenset("head script style svg template textarea title".split())
"""Elements that cannot contain other elements."""
_MARK = re.compile(r'class="script ([a-z]{4})"')
_CODES = {code.lower(): code for code in BY_CODE}
_SAME_LETTERS = {"Cyrl": "und-Cyrl", "Arab": "und-Arab", "Deva": "und-Deva"}
"""Language of a run in a script that several languages use: undetermined, with the script (BCP 47)."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element, with the language and the direction of the text in it."""

    name: str
    language: str
    direction: str


def mark_scripts(html: str, language: str, foreign: Mapping[str, str] | None = None) -> str:
    """Return `html` with each run of another script in a `span`; `language` is that of the page.

    `foreign` has words that are in another language, such as names and titles, each with its language: they are marked wherever
    they are printed.
    """
    if foreign:
        html = _mark_words(html, language, {str(escape(words)): tag for words, tag in foreign.items()})
    if not has_runs(html):
        return html
    own = script_of(language)
    stack = [_Open("", language, direction_of(language))]
    return _followed(html, stack, lambda text: _marked(text, stack, own))


def _mark_words(html: str, language: str, foreign: Mapping[str, str]) -> str:
    """Return a pattern with the longest words first, because a word can be a part of another."""
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in sorted(foreign, key=len, reverse=True))
    )
    stack = [_Open("", language, direction_of(language))]

    def marked(text: str) -> str:
        if any(one.name in _CLOSED for one in stack):
            return text
        return pattern.sub(lambda match: _words(match[0], foreign[match[0]], stack[-1]), text)

    return _followed(html, stack, marked)


def _words(words: str, language: str, around: _Open) -> str:
    if around.language == language:
        return words
    direction = direction_of(language)
    turned = f' dir="{direction}"' if direction != around.direction else ""
    return f'<span lang="{language}"{turned}>{words}</span>'


def scripts_used(html: str) -> tuple[str, ...]:
    """Return the sorted codes of the scripts of a marked page and its runs."""
    page = _ATTRIBUTE["lang"].search(html)
    marked = {_CODES[name] for name in _MARK.findall(html) if name in _CODES}
    return tuple(sorted(marked | ({script_of(page[1])} & BY_CODE.keys() if page else set())))


def _followed(html: str, stack: list[_Open], changed: Callable[[str], str]) -> str:
    """Return `html` with its text changed by `changed`, while `stack` has the open elements."""
    parts, end = [], 0
    for tag in _TAG.finditer(html):
        parts += [changed(html[end : tag.start()]), tag[0]]
        end = tag.end()
        _follow(stack, tag[0])
    return "".join((*parts, changed(html[end:])))


def _follow(stack: list[_Open], tag: str) -> None:
    """Update the stack of open elements for a tag. A closing tag without an open element changes nothing."""
    match = _NAME.match(tag)
    if match is None:
        return
    name = match[1].lower()
    if tag.startswith("</"):
        at = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].name == name), None)
        if at is not None:
            del stack[at:]
    elif name not in _VOID and not tag.endswith("/>"):
        around = stack[-1]
        stack.append(_Open(name, _value(tag, "lang") or around.language, _value(tag, "dir") or around.direction))


def _value(tag: str, attribute: str) -> str:
    if f'{attribute}="' not in tag:  # as in most of the thousands of tags of a page
        return ""
    match = _ATTRIBUTE[attribute].search(tag)
    return match[1] if match else ""


def _marked(text: str, stack: list[_Open], own: str) -> str:
    if text.isascii() or any(one.name in _CLOSED for one in stack):
        return text
    parts, end = [], 0
    for run in runs(text, stack[-1].language):
        if run.script.code != own:
            parts += [text[end : run.start], _span(run, text[run.start : run.end], stack[-1])]
            end = run.end
    return "".join((*parts, text[end:]))


def _span(run: ScriptRun, words: str, around: _Open) -> str:
    code = run.script.code
    attributes = f' class="script {code.lower()}"'
    if script_of(around.language) != code:
        attributes += f' lang="{_language(run, around)}"'
    direction = "rtl" if is_right_to_left(code) else "ltr"
    if direction != around.direction:
        attributes += f' dir="{direction}"'
    return f"<span{attributes}>{words}</span>"


def _language(run: ScriptRun, around: _Open) -> str:
    code = run.script.code
    if code in HAN and script_of(around.language) in HAN:
        return around.language
    return run.script.language or _SAME_LETTERS[code]
