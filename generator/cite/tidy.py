"""Converts a draft to an entry of `sources.yaml`: CSL, Markdown, ISO 8601 dates."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from generator.cite.wild_dates import wild_date
from generator.read import csl
from generator.read.csl import RICH
from generator.syntax.invisible import without_invisible


def _element(name: str, attribute: str = "") -> re.Pattern[str]:
    """An element on one line, up to the next tag of its name. A longer search from each tag would take too long."""
    inside = rf"[^<\n]*+(?:<(?!/?(?:{name})[ >])[^<\n]*+)*+"
    return re.compile(rf"<(?:{name}){attribute}>({inside})</(?:{name})>")


_TAGS = (
    (_element("i|em"), r"*\1*"),
    (_element("b|strong"), r"**\1**"),
    (_element("sub"), r"~\1~"),
    (_element("sup"), r"^\1^"),
    (_element("span", ' class="nocase"'), r"[\1]{.nocase}"),
    (_element("span", ' style="font-variant: ?small-caps;?"'), r"[\1]{.smallcaps}"),
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d?);")
_JATS = re.compile(r"</?(?:jats|mml):[^<>]*>")
_DOI = re.compile(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*|https?://doi\.org/)")
_SEVERAL = re.compile(r"(?<![\s;,])[\s;,]++(?=https?://)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def tidied(entry: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the entry, and pairs of variable and message for dates that could not be imported unchanged."""
    tidy: dict[str, Any] = {}
    remarks: list[tuple[str, str]] = []
    for variable, value in entry.items():
        if variable not in csl.VARIABLES - {"citation-key"} or value in ("", None, [], {}):
            continue
        if variable in csl.DATES:
            date = wild_date(value)
            remarks += [(variable, f"“{shown(value)}” {date.remark}")] if date.remark else []
            if date.status and "status" not in entry:
                tidy["status"] = date.status
            value = date.value
        elif variable in csl.NAMES and isinstance(value, list):
            value = [_name(one) for one in value if one]
        elif isinstance(value, str | int | float):
            value = _text(variable, str(value))
            if variable == "URL" and len(several := _SEVERAL.split(value)) > 1:
                value = several[0]
                remarks.append((variable, "has further addresses, which were left out"))
        if value not in ("", None, [], {}):
            tidy[variable] = value
    return {**tidy, "id": _clean(str(entry["id"])), "type": tidy.get("type") or "document"}, remarks


def _text(variable: str, text: str) -> str:
    if variable == "DOI":
        return _DOI.sub("", _clean(text), count=1)
    if variable == "URL":
        return _clean(text)
    if variable == "language":
        return language(_clean(text))
    bare = _JATS.sub(" ", text) if "<" in text else text
    plain = _clean(html.unescape(bare) if "&" in text and _ENTITY.search(text) else bare)
    return markdown(plain) if variable in RICH else plain


def language(text: str) -> str:
    """Return the BCP 47 tag of a language with an English name or three letters; other text unchanged."""
    return _languages().get(text.casefold(), text)


@cache
def _languages() -> dict[str, str]:
    from babel.core import Locale, get_global

    aliases = {code: tag for code, tag in get_global("language_aliases").items() if len(code) == 3 and len(tag) == 2}
    names = {name.casefold(): tag for tag, name in Locale("en").languages.items() if len(tag) == 2}
    return aliases | names


def _name(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {
        part: _clean(html.unescape(text)) if isinstance(text, str) else text for part, text in value.items() if text
    }


def _clean(text: str) -> str:
    """Remove invisible characters and those that YAML does not allow, and reduce spaces."""
    return " ".join(without_invisible(_CONTROL.sub("", text)).split())


def markdown(text: str) -> str:
    """Convert CSL-JSON's marks to Markdown, and escape other characters that Markdown would read as marks."""
    text = re.sub(r"([\\*`~^]|(?<!\w)_|_(?!\w))", r"\\\1", text)
    for pattern, mark in _TAGS if "<" in text else ():
        text = pattern.sub(mark, text)
    return text


def shown(value: Any) -> str:
    """Return a value in one line; for a date its text, not its mapping."""
    if isinstance(value, Mapping):
        for name in ("literal", "raw"):
            if value.get(name):
                return str(value[name])
        parts = value.get("date-parts")
        if isinstance(parts, list):
            return "/".join("-".join(str(part) for part in date) for date in parts if isinstance(date, list))
    return str(value)


def texts(value: Any) -> Iterator[str]:
    """Yield all texts in a value."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)
