"""Converts a draft to an entry of `sources.yaml`: CSL, Markdown, ISO 8601 dates."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.read import csl
from generator.read.csl import RICH
from generator.syntax.characters import without_invisible
from generator.syntax.identifiers import read_address, read_doi, read_pubmed_id

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first letters of English months, which are also BibTeX's names for them."""
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_STATUS = re.compile(r"(?i)\(?(in press|forthcoming|to appear|accepted|submitted|in preparation|under review)\)?\.?")
_NONE = re.compile(r"(?i)\(?(n\.\s?d\.|n\.d|nd|s\.\s?[da]\.|no date|undated|o\.\s?j\.|\\bibstring\s?nodate|0{1,4}|)\)?")
_CIRCA = re.compile(r"(?i)(?:~|c\.|ca\.?|circa|about)\s*(.+)|\[(.+)\]|(.*[^\s~?])\s*+[~?]{1,2}")
_SPAN = re.compile(r"(\d{4})\s*(?:--?|–|—)\s*(\d{4})")
_TIME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ]\d{1,2}:\d{2}.*")
_DAYS = re.compile(r"\d\s?(?:--?|–)\s?\d")
_WORD = re.compile(r"[^\W\d]+|\d+")


class WildDate(NamedTuple):
    value: Any
    """The value in `sources.yaml`: `2031-03-05`, `2031/2032` or a mapping; None if there is no date."""
    remark: str = ""
    """Message about the part that was lost; empty if none was."""
    status: str = ""
    """Text in place of a date, such as `in press`."""


def wild_date(value: Any) -> WildDate:
    """Read a date of any form: text, or CSL-JSON's mapping."""
    if isinstance(value, list) and all(isinstance(part, Mapping) for part in value):
        value = {"date-parts": [[part.get(name) for name in ("year", "month", "day")] for part in value]}
    if isinstance(value, Mapping):
        return _of_mapping(value)
    return _of_text(_clean_date(value))


def _clean_date(value: object) -> str:
    return " ".join(without_invisible(str(value)).split())


def _of_mapping(value: Mapping[str, Any]) -> WildDate:
    """Read a date in CSL's own form, which may be a period; what is wrong with it is in the result."""
    parts = value.get("date-parts")
    more = {name: value[name] for name in ("circa", "season") if value.get(name)}
    if not parts:
        text = next((value[name] for name in ("literal", "raw", "date-time") if value.get(name)), "")
        return _of_text(_clean_date(text))
    try:
        dates = [[int(part) for part in date if part not in (None, "")] for date in parts]
    except (TypeError, ValueError):
        return WildDate({"literal": str(parts)}, "is not a date")
    dates = [[part for part in date if part] for date in dates]
    if any(part < 0 for date in dates for part in date):
        return WildDate(
            {"literal": "/".join("-".join(map(str, date)) for date in dates)}, "is not a date that CSL supports"
        )
    texts = ["-".join(f"{part:0{2 if place else 4}d}" for place, part in enumerate(date)) for date in dates if date]
    if not texts or len(dates) > 2:
        return WildDate({"literal": str(parts)} if texts else None, "is not a date" if texts else "")
    if not all(_valid(text) for text in texts):
        return WildDate({"literal": "/".join(texts)}, "is not a date of the calendar")
    if len(texts) < len(dates):
        return WildDate("/".join(texts), "has no end; the end was left out")
    if more.get("season") or more.get("circa"):
        return WildDate({"date-parts": [date[:3] for date in dates], **more})
    return WildDate("/".join(texts))


def _of_text(text: str) -> WildDate:
    text = text.strip(" {}.,;")
    if _NONE.fullmatch(text):
        return WildDate(None)
    if match := _STATUS.fullmatch(text):
        return WildDate(None, status=match[1].lower())
    if match := _TIME.fullmatch(text):
        text = match[1]
    if match := _SPAN.fullmatch(text):
        text = f"{match[1]}/{match[2]}"
    return _range(text) or _circa(text) or _in_words(text) or WildDate({"literal": text}, _why(text))


def _range(text: str) -> WildDate | None:
    """Read ISO dates, ranges of two, and RIS's `2031/03/05/other`."""
    if plain := _plain(text):
        return WildDate(plain)
    first, slash, last = text.partition("/")
    if slash and last.strip(". ") == "" and (begin := _plain(first)):
        remark = "has no end; the end was left out"
        return WildDate(begin, remark)
    if slash and (begin := _plain(first)) and (end := _plain(last)) and len(last) >= 4:
        return WildDate(f"{begin}/{end}")
    parts = text.split("/")
    if len(parts) <= 4 and re.fullmatch(r"\d{4}", parts[0]):
        numbers = [part.strip() for part in parts[:3]]
        while numbers and not numbers[-1]:
            numbers.pop()
        other = parts[3].strip() if len(parts) == 4 else ""
        if date := _plain("-".join(numbers)):
            lost = other and not re.fullmatch(r"[\d:]+", other)  # a time of day is not needed
            return WildDate(date, f"contains “{other}”, which was left out" if lost else "")
    return None


def _circa(text: str) -> WildDate | None:
    match = _CIRCA.fullmatch(text)
    inner = _plain((match[1] or match[2] or match[3]).strip()) if match else ""
    return WildDate({"date-parts": [[int(part) for part in inner.split("-")]], "circa": True}) if inner else None


def _in_words(text: str) -> WildDate | None:
    """Read `5 March 2031`, `March 5, 2031`, `2031 Mar 5`, `2031 Spring`; days and months can be ranges."""
    tokens = [token.lower() for token in _WORD.findall(text)]
    years = [token for token in tokens if re.fullmatch(r"\d{4}", token)]
    months = [MONTHS.index(token[:3]) + 1 for token in tokens if token[:3] in MONTHS and token.isalpha()]
    seasons = [token for token in tokens if token in _SEASONS]
    days = [re.sub(r"\D", "", token) for token in tokens if re.fullmatch(r"\d{1,2}", token)]
    others = len(tokens) - len(years) - len(months) - len(seasons) - len(days)
    if others == 1 and len(tokens) == 2 and len(years) == 1 and tokens[0] in years and len(tokens[1]) == 1:
        return WildDate(years[0], "has a letter, which was left out")  # `2014a`
    if others or len(years) != 1 or len(seasons) > 1:
        return None
    if seasons and not months and not days:
        return WildDate({"literal": text})  # no style prints a `season`
    if len(months) == 2 and not days and not seasons:
        return WildDate(f"{years[0]}-{months[0]:02d}/{years[0]}-{months[1]:02d}")
    if len(months) == 1 and len(days) == 2 and not seasons and _DAYS.search(text):
        first, last = (f"{years[0]}-{months[0]:02d}-{int(day):02d}" for day in days)
        return WildDate(f"{first}/{last}") if _valid(first) and _valid(last) and first < last else None
    if len(months) == 1 and len(days) <= 1 and not seasons:
        whole = "-".join([years[0], f"{months[0]:02d}", *(f"{int(day):02d}" for day in days)])
        return WildDate(whole) if _valid(whole) else None
    return None


def _plain(text: str) -> str:
    """Return `2031-3-5` as `2031-03-05`; empty if the calendar does not have the date."""
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", text.strip())
    if not match:
        return ""
    whole = "-".join(f"{int(part):0{2 if place else 4}d}" for place, part in enumerate(match.groups()) if part)
    return whole if _valid(whole) else ""


def _valid(text: str) -> bool:
    parts = [int(part) for part in text.split("-")]
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except (ValueError, OverflowError):
        return False
    return len(parts) <= 3


def _why(text: str) -> str:
    return (
        "is not a date of the calendar" if re.fullmatch(r"\d{4}([-/]\d+)*", text) else "is not a date that CSL supports"
    )


def _element(name: str, attribute: str = "") -> re.Pattern[str]:
    """Return a pattern of an element on one line, up to the next tag of its name; a longer search would take too long."""
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
_WRAPPED = re.compile(r"<(?:URL:)?\s*([^<>\s]+)\s*>|\\url\{([^{}]*)\}", re.IGNORECASE)
"""An address in the marks of plain text (RFC 3986, appendix C) or of LaTeX."""
_DOI_HOST = re.compile(r"(?:doi:?\s*)?(?:https?://)?(?:(?:dx|www)\.)?doi\.org/", re.IGNORECASE)
_DOI_LABEL = re.compile(r"doi:?\s*(?=10\.)", re.IGNORECASE)
_LINKS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"URL": read_address, "DOI": read_doi, "PMID": read_pubmed_id, "PMCID": read_pubmed_id}
)
"""Variables of which links are made, and how the project reads them. What it refuses stays as it is, and is reported."""
_SEVERAL = re.compile(r"(?<![\s;,])[\s;,]++(?=https?://)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def tidied(entry: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the entry, and pairs of variable and message for dates and addresses that could not be imported unchanged."""
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
    if variable in _LINKS:
        return _link(variable, _clean(html.unescape(text) if _ENTITY.search(text) else text))
    if variable == "language":
        return language(_clean(text))
    bare = _JATS.sub(" ", text) if "<" in text else text
    plain = _clean(html.unescape(bare) if "&" in text and _ENTITY.search(text) else bare)
    return markdown(plain) if variable in RICH else plain


def _link(variable: str, text: str) -> str:
    """Return what a link is made of, without the marks and labels around it."""
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1] or wrapped[2]
    if variable == "DOI":
        text = _DOI_LABEL.sub(
            "", _DOI_HOST.sub("https://doi.org/", text, count=1) if _DOI_HOST.match(text) else text, count=1
        )
    try:
        return _LINKS[variable](text)
    except ValueError:
        return text


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
    """Return a value on one line: names as `Example, Anna; Example Institute`, a date as `2025-1-29`, not as its mapping."""
    if isinstance(value, Mapping):
        dates: Any = value.get("date-parts")
        written = ["/".join("-".join(map(str, date)) for date in dates)] if _are_lists(dates) else []
        names = ("family", "given", "literal", "raw") if not written else ()
        parts = [*written, *(str(value[part]) for part in names if value.get(part))]
        parts += [f"{part} {value[part]}" for part in ("circa", "season") if written and value.get(part)]
        return ", ".join(parts) or ", ".join(f"{key} {shown(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(shown, value))
    return " ".join(str(value).split())


def _are_lists(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, list) for one in value)


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
