"""Formats the citations of a brief with pandoc, and encodes them for the cache.

Pandoc decides what is printed, by the CSL style. The caller has checked that every key is in `sources`.

Citation styles, imported bibliographies and shared caches come from other people. Everything from them that reaches the page must
pass `check`: text with entities, and a few elements, closed in order.

Decoding checks shape and HTML, because somebody else may have written the cache.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any

from generator.cite import csl_additions, pandoc
from generator.cite.csl_additions import Lost
from generator.cite.styles import BadStyle, compact, kind_of
from generator.model import (
    BibliographyEntry,
    Citation,
    CitationGroup,
    CitationKind,
    FormattedCitations,
    Locator,
    Source,
)
from generator.read.csl import RICH

_MARK = "\N{WORD JOINER}"
_FORM = 1
"""Increase it when the same input may print differently, so cached results are made again."""


def format_citations(
    citation_groups: Sequence[CitationGroup], sources: Mapping[str, Source], style: Path, language: str
) -> FormattedCitations:
    """Format `citation_groups` in order by the CSL file `style` in `language` (a BCP 47 tag such as `en-GB`).

    A citation group without citations is a footnote and gives "". Citations inside it are in brackets or in its sentence.

    The fragments of HTML are safe to print: text, `<em>`, `<strong>`, `<sub>`, `<sup>`, `<a>` to http(s) and mailto,
    and `<span class>` for small capitals and the number of a numeric style. Raises PandocFailed, BadStyle.
    """
    kind = kind_of(style)
    if not citation_groups:
        return FormattedCitations(kind, (), ())
    csl = style.read_text(encoding="utf-8-sig")
    asked = _citation_groups(citation_groups, language)
    answer = _ask(asked, citation_groups, sources, csl, language)
    if _mend(asked, citation_groups, answer, language, csl_additions.printed_by(csl)):
        answer = _ask(asked, citation_groups, sources, csl, language)
    return _formatted(kind, answer, citation_groups)


def digest(citation_groups: Sequence[CitationGroup], sources: Mapping[str, Source], style: bytes, language: str) -> str:
    """Return the hexadecimal SHA-256 of everything that `format_citations` depends on; `style` is the content of the CSL file.

    It covers pandoc's version, but not the places of citation groups in a file and sources that are not cited.
    """
    cited = _cited(citation_groups, sources)
    parts = [
        _FORM,
        pandoc.version(),
        hashlib.sha256(pandoc.SCRIPT.read_bytes()).hexdigest(),
        hashlib.sha256(style).hexdigest(),
        language,
        _citation_groups(citation_groups, language),
        cited,
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _ask(
    asked: list[list[dict[str, str]]],
    citation_groups: Sequence[CitationGroup],
    sources: Mapping[str, Source],
    csl: str,
    language: str,
) -> dict[str, Any]:
    """Return pandoc's answer for the citations. Raises BadStyle if pandoc cannot read the style."""
    style = compact(csl_additions.taught(csl)).encode()
    request = {
        "do": "cite",
        "csl": "data:application/xml;base64," + base64.b64encode(style).decode("ascii"),
        "lang": language,
        "rich": RICH,
        "references": _cited(citation_groups, sources),
        "citation_groups": asked,
    }
    try:
        answer: dict[str, Any] = pandoc.ask(request)
    except pandoc.RejectedInput as error:
        if "CiteprocParseError" not in str(error):
            raise
        raise BadStyle(f"pandoc cannot use the style: {str(error).partition(': ')[2]}") from None
    return answer


def _formatted(
    kind: CitationKind, answer: Mapping[str, Any], citation_groups: Sequence[CitationGroup]
) -> FormattedCitations:
    """Check the processor's answer, and return it in the form of the kind of style. Raises for HTML that is not allowed."""
    sentences = tuple(sentence.replace(_MARK, "") for sentence, _ in answer["citation_groups"])
    # some styles cite posts and letters only in notes, so their entries are empty
    entries = tuple(BibliographyEntry(one["key"], one["html"]) for one in answer["bibliography"] if one["html"])
    _check_all(
        [*sentences, *(entry.html for entry in entries), *(note for _, note in answer["citation_groups"] if note)]
    )
    if kind is not CitationKind.NOTE:
        return FormattedCitations(kind, sentences, entries)
    notes = tuple(
        sentence.removesuffix(".") if group.inside else _note(note or sentence)
        for group, sentence, (_, note) in zip(citation_groups, sentences, answer["citation_groups"], strict=True)
    )
    return FormattedCitations(kind, notes, entries, sentences)


def _check_all(fragments: Sequence[str]) -> None:
    """Raise BadStyle for HTML that citations cannot have, which only an unusual style or source can cause."""
    try:
        for fragment in fragments:
            check(fragment)
    except UnsafeHTML as fault:
        raise BadStyle(
            f"the style, or a source that it prints, produces HTML that citations cannot have: {fault}"
        ) from None


def _note(html: str) -> str:
    """Undo pandoc's capital at the beginning of a note in OSCOLA's "(n 14)"."""
    return re.sub(r"^\(N (?=\d)", "(n ", html).replace(_MARK, "")


def _mend(
    asked: list[list[dict[str, str]]],
    citation_groups: Sequence[CitationGroup],
    answer: Mapping[str, Any],
    language: str,
    printed: bool,
) -> bool:
    """Change requests whose locator or label the style lost, because readers need them; return whether any changed."""
    mended = False
    for group, requests, (sentence, note) in zip(citation_groups, asked, answer["citation_groups"], strict=True):
        for citation, request in zip(group.citations, requests, strict=True):
            if citation.locator is None:
                continue
            lost = csl_additions.lost(citation.locator, note or sentence) if printed else Lost.ALL
            if lost is not Lost.NOTHING:
                mended = True
                request.update(_spelled(citation.locator, citation.suffix, language, lost))
    return mended


def _spelled(locator: Locator, suffix: str, language: str, lost: Lost) -> dict[str, str]:
    """Return a locator with its label. It is then not a number, so styles print it whole; after braces it is plain text."""
    spelled = csl_additions.spelled(locator, language)
    if lost is Lost.LABEL:
        # without the mark before it, pandoc would recognise the label again and the style would drop it
        return {"locator": _MARK + spelled, "suffix": _spaced(suffix)}
    return {"locator": "", "suffix": f", {spelled}{_spaced(suffix)}"}


def _cited(citation_groups: Sequence[CitationGroup], sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """Return the cited sources in the order of their first citation, which decides ties in a bibliography."""
    keys = dict.fromkeys(citation.key for group in citation_groups for citation in group.citations)
    return [{**_plain(sources[key].csl), "id": key} for key in keys]


def _plain(value: Any) -> Any:
    """Return CSL values as pandoc metadata: text, lists and maps; YAML dates become ISO 8601."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool) else str(value)


def _citation_groups(citation_groups: Sequence[CitationGroup], language: str) -> list[list[dict[str, str]]]:
    """Return the citation groups in the worker's form."""
    return [
        [
            _citation(citation, group.in_text and place == 0, language) | {"inside": "yes" if group.inside else ""}
            for place, citation in enumerate(group.citations)
        ]
        for group in citation_groups
    ]


def _citation(citation: Citation, in_text: bool, language: str) -> dict[str, str]:
    return {
        "id": citation.key,
        "mode": _mode(citation, in_text),
        "prefix": citation.prefix.strip(),
        "locator": csl_additions.handed_over(citation.locator, language) if citation.locator else "",
        "suffix": _spaced(citation.suffix),
    }


def _mode(citation: Citation, in_text: bool) -> str:
    return "AuthorInText" if in_text else "SuppressAuthor" if citation.suppress_author else "NormalCitation"


def _spaced(suffix: str) -> str:
    suffix = suffix.strip()
    return suffix if not suffix or suffix[0] in ",;:.)" else f" {suffix}"


_TOKEN = re.compile(
    r"(?P<text>[^<>&]+)"
    r"|(?P<entity>&(?:amp|lt|gt|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)"
    r'|<(?P<name>[a-z]{1,6})(?P<attributes>(?: [a-z]{1,6}="[^"<>\x00-\x1f]*+"){0,2}) ?(?P<void>/?)>'
    r"|</(?P<closed>[a-z]{1,6})>"
)

_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_PLAIN = frozenset(("em", "strong", "sub", "sup", "u", "code"))

_CLASSES = frozenset(
    "smallcaps nodecor nocase uri email csl-block csl-left-margin csl-right-inline csl-indent csl-quote "
    "csl-no-emph csl-no-strong csl-no-smallcaps".split()
)

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f<>\"\\^`{|}]*", re.IGNORECASE)


class UnsafeHTML(ValueError):
    """A fragment has HTML that citations cannot have; the message shows the place."""


def check(html: str) -> str:
    """Return the fragment unchanged. Raises UnsafeHTML unless it is text with the few elements that citations need.

    These are `em`, `strong`, `sub`, `sup`, `u`, `code`, `br`, `span` with a class of a citation processor, and `a` with an
    address of http, https or mailto.
    """
    open_elements: list[str] = []
    at = 0
    while at < len(html):
        token = _TOKEN.match(html, at)
        if token is None or not _fits(token, open_elements):
            raise UnsafeHTML(f"{html[at : at + 40]!r}")
        at = token.end()
    if open_elements:
        raise UnsafeHTML(f"<{open_elements[-1]}> is not closed")
    return html


def _fits(token: re.Match[str], open_elements: list[str]) -> bool:
    """Whether a token is allowed inside the open elements. Opens or closes an element."""
    if closed := token["closed"]:
        return bool(open_elements) and open_elements.pop() == closed
    name = token["name"]
    if name is None:
        return True
    attributes = dict(_ATTRIBUTE.findall(token["attributes"]))
    if name == "br":
        return not attributes
    open_elements.append(name)
    return not token["void"] and _allowed(name, attributes)


def _allowed(name: str, attributes: dict[str, str]) -> bool:
    if name in _PLAIN:
        return not attributes
    classes = set(attributes.pop("class", "").split())
    if name == "a":
        address = unescape(attributes.pop("href", ""))
        return not attributes and classes <= _CLASSES and _ADDRESS.fullmatch(address) is not None
    return name == "span" and not attributes and classes <= _CLASSES


def encoded(formatted: FormattedCitations) -> bytes:
    return json.dumps(asdict(formatted)).encode()


def decoded(content: bytes) -> FormattedCitations:
    """Decode what `encoded` encoded. Raises ValueError for anything else, and for HTML that citations cannot have."""
    try:
        fields = json.loads(content)
        return FormattedCitations(
            kind=CitationKind(fields["kind"]),
            citation_groups=_fragments(fields["citation_groups"]),
            bibliography=tuple(_entry(**entry) for entry in fields["bibliography"]),
            in_text=_fragments(fields["in_text"]),
        )
    except (LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise ValueError("no formatted citations") from fault


def is_stored(content: bytes) -> bool:
    """Whether bytes are formatted citations, and safe to print."""
    try:
        decoded(content)
    except ValueError:
        return False
    return True


def _fragments(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(map(check, values))


def _entry(key: str, html: str) -> BibliographyEntry:
    if type(key) is not str:
        raise TypeError
    return BibliographyEntry(key, check(html))
