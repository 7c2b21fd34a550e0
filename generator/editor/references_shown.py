"""Formats the full reference of a source in the project's style, as Markdown."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import quote

from generator.editor.view import View
from generator.model import Citation, Cluster, Source
from generator.problems import Location

_PRIVATE = re.compile("[\ue000-\ue002]")
"""Characters without a meaning of their own, which stand for marks while the text is escaped."""
_EMPHASIS = re.compile(r"</?(?:em|i)>")
_STRONG = re.compile(r"</?(?:strong|b)>")
_LINK = re.compile(r'<a href="([^"<>]*+)"[^<>]*+>([^<]*+(?:<(?!/?a\b)[^<]*+)*+)</a>')
_UNSAFE = re.compile(r"[<>\s\\`]")
"""Characters that would end an address between angle brackets."""
_TAG = re.compile(r"<[^<>]*+>")
_TURNING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def reference(view: View, source: Source) -> str:
    """The reference in Markdown; title and key where the style cannot be used."""
    style = view.word("citation_style") if view.kind == "brief" else ""
    language = view.word("language") if view.kind == "brief" else ""
    house = view.library.house
    return _reference(view, source, style or house.citation_style, language or house.language)


def _reference(view: View, source: Source, style: str, language: str) -> str:
    from generator.cite.pandoc import PandocFailed
    from generator.cite.processor import format_citations
    from generator.cite.styles import BadStyle, UnknownStyle, find_style

    cluster = Cluster((Citation(source.key),), Location(""))
    try:
        path = find_style(style, view.project.folder)
        formatted = format_citations([cluster], {source.key: source}, path, language)
    except (UnknownStyle, BadStyle, PandocFailed, OSError):
        return escaped(source.title)
    entries = [entry.html for entry in formatted.bibliography if entry.key == source.key]
    return markdown(entries[0] if entries else formatted.clusters[0])


@lru_cache(maxsize=256)
def markdown(fragment: str) -> str:
    """The HTML of a formatted citation as Markdown."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        held.append(f"<{_UNSAFE.sub(lambda one: quote(one[0]), html.unescape(match[1]))}>")
        placeholder = f"\ue000{len(held) - 1}\ue000"
        return placeholder if _is_own(match) else f"{match[2]} {placeholder}"

    if _PRIVATE.search(html.unescape(fragment)):
        return escaped(html.unescape(_TAG.sub("", fragment)))
    text = _LINK.sub(keep, fragment)
    text = _STRONG.sub("\ue002", _EMPHASIS.sub("\ue001", text))
    text = escaped(html.unescape(_TAG.sub("", text))).replace("\ue001", "*").replace("\ue002", "**")
    return re.sub("\ue000([0-9]+)\ue000", lambda match: held[int(match[1])], text)


def _is_own(link: re.Match[str]) -> bool:
    """Whether a link is an address that stands for itself."""
    return html.unescape(_TAG.sub("", link[2])).strip() == html.unescape(link[1])


def escaped(text: str) -> str:
    """Text in which nothing is a mark of Markdown."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    """A stranger's text on one line, without what would turn the direction of the text around it."""
    return _TURNING.sub("\ufffd", " ".join(text.split()))
