"""Formatting citations: from the clusters of one brief to what is printed in sentences, notes and bibliography.

Pandoc decides what is printed, after the CSL style. This module asks it, and knows neither where the clusters stand
nor what they support. Every key is known to be in `sources`: the caller has checked that.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.cite import locators, pandoc
from generator.cite.styles import kind_of
from generator.model import BibliographyEntry, Citation, CitationKind, Cluster, FormattedCitations, Source

if TYPE_CHECKING:
    from pathlib import Path

RICH = (
    "abstract", "annote", "chapter-number", "collection-title", "container-title", "container-title-short", "event",
    "event-title", "genre", "medium", "note", "original-title", "part-title", "publisher", "references",
    "reviewed-title", "scale", "section", "title", "title-short", "volume-title",
)  # fmt: skip
"""Fields whose text may carry emphasis: `*word*` or `<i>word</i>`. All others are printed as they are."""

_FORM = 1
"""Raised when the same input may print otherwise than before, so that kept results are made again."""


def format_citations(
    clusters: Sequence[Cluster], sources: Mapping[str, Source], style: Path, language: str
) -> FormattedCitations:
    """Format `clusters`, in their order, after the CSL file `style` in `language` (a BCP 47 tag such as `en-GB`).

    The fragments of HTML are safe to print: text, `<em>`, `<strong>`, `<sub>`, `<sup>`, `<a>` to http(s) and mailto,
    and `<span class>` for small capitals and the number of a numeric style. Raises PandocFailed, BadStyle.
    """
    kind = kind_of(style)
    if not clusters:
        return FormattedCitations(kind, (), ())
    answer = pandoc.ask(_request(clusters, sources, style, language))
    sentences = tuple(sentence for sentence, _ in answer["clusters"])
    notes = tuple(note or sentence for sentence, note in answer["clusters"])
    entries = tuple(BibliographyEntry(entry["key"], entry["html"]) for entry in answer["bibliography"])
    if kind is CitationKind.NOTE:
        return FormattedCitations(kind, notes, entries, sentences)
    return FormattedCitations(kind, sentences, entries)


def digest(clusters: Sequence[Cluster], sources: Mapping[str, Source], style: bytes, language: str) -> str:
    """Hash all that `format_citations` depends on (SHA-256, hexadecimal); `style` is the content of the CSL file.

    The place of a cluster in its file is no part of it, nor are sources that are not cited. pandoc's version is.
    """
    cited = _cited(clusters, sources)
    parts = [_FORM, pandoc.version(), hashlib.sha256(style).hexdigest(), language, _clusters(clusters, language), cited]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _request(clusters: Sequence[Cluster], sources: Mapping[str, Source], style: Path, language: str) -> dict[str, Any]:
    taught = locators.taught(style.read_text(encoding="utf-8-sig"))
    return {
        "do": "cite",
        "csl": "data:application/xml;base64," + base64.b64encode(taught.encode()).decode("ascii"),
        "lang": language,
        "rich": RICH,
        "references": _cited(clusters, sources),
        "clusters": _clusters(clusters, language),
    }


def _cited(clusters: Sequence[Cluster], sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """The cited sources, each once, in the order in which they are cited first: ties in a bibliography keep it."""
    keys = dict.fromkeys(citation.key for cluster in clusters for citation in cluster.citations)
    return [{**_plain(sources[key].csl), "id": key} for key in keys]


def _plain(value: Any) -> Any:
    """CSL values as pandoc's metadata wants them: text, lists and maps; dates that YAML read become ISO 8601."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool) else str(value)


def _clusters(clusters: Sequence[Cluster], language: str) -> list[list[dict[str, str]]]:
    return [
        [
            _citation(citation, language, cluster.in_text and index == 0)
            for index, citation in enumerate(cluster.citations)
        ]
        for cluster in clusters
    ]


def _citation(citation: Citation, language: str, in_text: bool) -> dict[str, str]:
    mode = "AuthorInText" if in_text else "SuppressAuthor" if citation.suppress_author else "NormalCitation"
    return {
        "id": citation.key,
        "mode": mode,
        "prefix": citation.prefix.strip(),
        "locator": locators.handed_over(citation.locator, language),
        "suffix": _spaced(citation.suffix),
    }


def _spaced(suffix: str) -> str:
    suffix = suffix.strip()
    return suffix if not suffix or suffix[0] in ",;:.)" else f" {suffix}"
