"""The vocabulary of CSL 1.0.2, and the fields of a source that are made from it.

A source may have these variables and the two fields of this project, and no others. The names of the variables contain hyphens
and are many, so the record class is made from the lists.
"""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from typing import Any

from generator.model.fields import optional, required
from generator.model.kinds import CODED, Choice, Form, Kind, Single, choice, list_of, record

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage""".split()
)

NAMES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator""".split()
)

DATES = frozenset("""accessed available-date event-date issued original-date submitted""".split())

NUMBERS = frozenset(
    """chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number
    version volume""".split()
)

TEXTS = frozenset(
    """abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
    citation-label collection-title container-title container-title-short dimensions division DOI event
    event-place event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword language license medium note
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
    references reviewed-genre reviewed-title scale shortTitle source status title title-short URL volume-title
    volume-title-short year-suffix""".split()
)

NAME_PARTS = frozenset(
    """family given literal suffix non-dropping-particle dropping-particle comma-suffix static-ordering parse-names""".split()
)

OURS = frozenset({"provenance", "custom"})
"""`provenance` (`primary` or `report`), and CSL's own `custom` for the data of other programs."""

PROVENANCES = ("primary", "report")
VARIABLES = NAMES | DATES | NUMBERS | TEXTS | OURS | {"id", "type", "categories"}

RICH = (
    "abstract", "annote", "chapter-number", "collection-title", "container-title", "container-title-short", "event",
    "event-title", "genre", "medium", "note", "original-title", "part-title", "publisher", "references",
    "reviewed-title", "scale", "section", "title", "title-short", "volume-title",
)  # fmt: skip
"""Fields whose text may have emphasis: `*word*` or `<i>word</i>`. All others are printed as they are."""


_NAMES: Single[Any, None] = Single(None, Form.CSL_NAMES)
_DATE: Single[Any, None] = Single(None, Form.CSL_DATE)
_TEXT: Single[Any, None] = Single(None, Form.CSL_TEXT)
_ANYTHING: Single[Any, None] = Single(None, Form.ANYTHING)
_PROVENANCE: Choice[str, str] = choice(*PROVENANCES)

_VARIABLES: tuple[tuple[Kind[Any, None], frozenset[str], str, str], ...] = (
    (
        _NAMES,
        NAMES,
        "Names: `- {family: Example, given: Ann}` for a person, `- literal: Some Body` for a body.",
        "[{family: Example, given: Ann}]",
    ),
    (
        _DATE,
        DATES,
        "A date: `2025-01-29`, `2025-01`, `2025`, or `{literal: Spring 2025}`.",
        "2025-01-29",
    ),
    (_TEXT, TEXTS | NUMBERS, "Text, as CSL defines this variable.", "Some text"),
)


def _fields() -> list[tuple[str, Any, Any]]:
    """Return name, type and declaration of each field."""
    provenance = "`report` if the source reports what others said: prints 'as quoted in'."
    fields: dict[str, Any] = {
        "id": required(CODED, "The key that citations use: `@id`.", "rise-2025"),
        "type": required(choice(*sorted(TYPES)), "The type of the source, in CSL's words.", "report"),
        "provenance": optional(_PROVENANCE, provenance, "report", default="primary"),
        "custom": optional(_ANYTHING, "Data of other programs; not read.", "{}"),
        "categories": optional(_ANYTHING, "Not read.", "[]"),
    }
    for kind, names, meaning, example in _VARIABLES:
        for name in sorted(names):
            fields[_attribute(name)] = optional(kind, meaning, example, key=name)
    return [(name, Any, field) for name, field in fields.items()]


def _attribute(variable: str) -> str:
    return variable.replace("-", "_") + "_"


Reference = make_dataclass("Reference", _fields(), frozen=True, kw_only=True)
"""One entry. No object of this class is made: sources become `Source`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """`briefs/sources.yaml`."""

    references: tuple[Any, ...] = required(
        list_of(record(Reference)),
        "The sources. Each can have any variable of CSL 1.0.2.",
        "[{id: rise-2025, type: report}]",
    )
