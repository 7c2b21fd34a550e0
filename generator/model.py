"""What a brief is: frozen typed records, no behaviour.

Every record keeps the place where its author wrote it. Strings that authors write are `Text`, so that a problem inside
one can be shown at its character. This module knows neither YAML nor how anything is checked, cited or drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from generator.problems import Location
from generator.problems.unread import Unread

# ---------------------------------------------------------------- what stands inside strings


@dataclass(frozen=True, slots=True)
class Text:
    """A string as its author wrote it."""

    value: str
    place: Location
    raw: str = ""
    """The slice of the file it was read from, quotes and indentation included; `syntax.spans` maps offsets with it."""

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value.strip())


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A date as exactly as it is known: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as people write it, parsed. `low` equals `high` unless it is a range."""

    low: Decimal
    high: Decimal
    qualifier: str = ""
    """One of "", "about", "under", "over", "at least", "at most"."""
    unit: str = ""
    """ISO 4217 code for money (`USD`), `%`, or a word as written (`chips`)."""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside a source: `label` is a CSL locator term (`page`, `paragraph`, `article-locator` ...)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One `@key` with what stands around it, as in pandoc's syntax."""

    key: str
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    offset: int = 0
    """Where the key stands in the string it was read from."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Citations that stand together and get one number: `[@a, p. 3; @b]`."""

    citations: tuple[Citation, ...]
    place: Location
    in_text: bool = False
    """`@key [p. 3]` in prose: the author's name is part of the sentence."""
    inside: bool = False
    """Printed inside the note whose footnote it stands in. A cluster without citations is such a footnote."""


@dataclass(frozen=True, slots=True)
class FactReference:
    """`[#fact-id]` in prose; a shared fact's id begins with `shared:`."""

    fact: str
    place: Location
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ProseQuotation:
    """Words in quotation marks, or a block quotation, in prose."""

    words: str
    place: Location
    clusters: tuple[int, ...]
    """Which of the prose's clusters stand beside it: empty when there is no citation near."""
    block: bool = False
    scare: bool = False
    """Marked by the author as not a quotation: `["so-called"]{.scare}`."""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """`[^label]: text` in prose, which is printed among the numbered notes."""

    label: str
    place: Location
    clusters: tuple[int, ...]
    """Which of the prose's clusters stand in it, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of plain text with quotation marks in it; lines without any are kept as text alone."""

    text: Text
    quotations: tuple[ProseQuotation, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown with citations and references to facts, read but not yet rendered."""

    text: Text
    clusters: tuple[Cluster, ...] = ()
    facts: tuple[FactReference, ...] = ()
    quotations: tuple[ProseQuotation, ...] = ()
    plain: str = ""
    """The words alone, for counting and wording checks; those of footnotes are not among them."""
    footnotes: tuple[Footnote, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


# ---------------------------------------------------------------- sources, experts, house style


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    csl: Mapping[str, Any]
    """The entry as CSL-JSON, without this project's own fields."""
    place: Location
    title: str
    provenance: str
    """`primary`, or `report` where the source tells what others said."""
    issued: Date | None
    short: str
    """How a cell names it: `title-short`, or a description made from type and title."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Affiliation:
    role: str
    organisation: str
    start: Date | None
    end: Date | None
    place: Location


class ExpertKind(StrEnum):
    PERSON = "person"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Expert:
    id: str
    name: str
    family: str
    """The name that sorts and heads narrow columns."""
    kind: ExpertKind
    also: tuple[str, ...]
    """Other forms of the name under which sources speak of them."""
    affiliations: tuple[Affiliation, ...]
    affiliation_note: str
    """Printed instead of an affiliation, e.g. that the source gives none."""
    place: Location


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    email: str = ""
    url: str = ""
    accessibility: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What all briefs of a publisher share."""

    name: str
    place: Location
    language: str = "en-GB"
    series: str = "Briefing"
    citation_style: str = "chicago-notes-bibliography"
    preset: str = "briefing"
    site: str = ""
    """The address that the briefs are published under, if it is known."""
    outputs: str = "folders"
    """`folders` or `flat`: whether pages and PDFs stand in the folders that their fact files stand in."""
    contact: Contact = Contact()
    licence: Licence = Licence()
    disclaimer: Prose | None = None
    funding: Prose | None = None
    method: Prose | None = None
    """How questions are worded, experts chosen and stance coded; printed in every brief."""
    review_period: int | None = None
    """Days after which a fact or source without its own `review_by` is due."""
    overdue: str = "warn"
    """`warn`, `fail` or `as-of`: what an overdue review does."""
    evidence_annex: bool = False
    silenced: tuple[Silence, ...] = ()
    bound: tuple[Text, ...] = ()
    """Names and places of the fields whose text belongs to a language."""
    untranslated: tuple[Text, ...] = ()
    """Those that have no text in the language of the brief, and are printed in the house's own."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A finding that the author has looked at and keeps, with the reason; holds for the record it stands in."""

    code: str
    reason: str
    place: Location


# ---------------------------------------------------------------- a brief


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class GapReason(StrEnum):
    NO_POSITION_FOUND = "no-position-found"
    DECLINED = "declined"
    NOT_ASKED = "not-asked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who made the brief: an author or reviewer."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with unit, date and source."""

    id: str
    amount: Amount
    by: str
    """Who gives this number."""
    cite: Cluster | None
    date: Date | None
    note: str
    place: Location
    measures: str = ""
    """What is measured, and of whom."""
    period: str = ""
    scenario: str = ""
    derived: str = ""
    """How it was computed, where the source does not give it as such."""
    lines: tuple[Line, ...] = ()
    """Its lines that hold quotation marks."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """Which of a fact's figures prose may state flatly, and why."""

    figure: int
    because: str
    place: Location
    lines: tuple[Line, ...] = ()


SHARED = "shared:"
"""Begins the id of a fact of `briefs/facts.yaml`, so that it is never that of a brief's own."""
TABLE = "table:"
"""Begins a reference to a table."""


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    """Of a fact that several briefs share, it begins with `SHARED`."""
    claim: Prose
    figures: tuple[Figure, ...]
    cite: Cluster | None
    preferred: Preferred | None
    review_by: Date | None
    note: Prose | None
    place: Location
    silenced: tuple[Silence, ...] = ()
    key: bool = False
    """Whether it stands among the two or three key figures at the head of the page."""
    headline: Text | None = None
    """Words of the claim that the key figure shows large, where no figure of the fact is to stand there."""
    short: Prose | None = None
    """The claim in fewer words, for presets that are short forms."""
    printed_in: tuple[Text, ...] = ()
    """The presets that print it; all of them if it names none."""


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number in a table, with what its writer showed of it."""

    value: Decimal
    decimals: int = 0
    grouped: bool = False
    percent: bool = False
    mark: str = ""
    """The decimal mark of whoever wrote it, as far as it shows: `.`, `,` or nothing."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: its text as in the file, its number if it is one, and where it is from."""

    text: str
    place: Location
    """In a CSV file the cell itself; for a workbook the brief's own line, with the cell in `where`."""
    where: str = ""
    """`Costs!B4` in a workbook."""
    number: TableNumber | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table from a file beside the brief. `head` and `rows` are empty where the file could not be read."""

    id: str
    file: Text
    """As the author names it, relative to the folder of the fact file."""
    caption: str
    units: str
    columns: tuple[Text, ...]
    """The names of the columns that are printed, in their order; empty for all."""
    heads: Mapping[str, str]
    """By column, what is printed as its head instead of its name."""
    sheet: str
    numbers: str
    """The language in which the file writes numbers, or nothing."""
    derived: str
    """How its numbers were computed, where the cited source does not give them as such."""
    cite: Cluster | None
    note: Prose | None
    place: Location
    silenced: tuple[Silence, ...] = ()
    lines: tuple[Line, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[TableCell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one person said: in their words (`quote`), in the editor's (`says`), or both."""

    who: str
    quote: Text | None
    says: Prose | None
    support: Text | None
    """The passage a paraphrase rests on; verified, printed only in the evidence annex."""
    attributed: Text | None
    """The passage that ties the words to the person, where the quotation's own paragraph does not name them."""
    cite: Cluster | None
    date: Date | None
    """When it was said; without it, the day the cited source was issued."""
    venue: str
    emphasis_added: bool
    translated_by: str
    place: Location
    silenced: tuple[Silence, ...] = ()
    introduces: str = ""
    """The paragraph that `attributed` introduces, as a locator: `para. 9`."""
    direction: str = ""
    """`ltr` or `rtl` where the page sets the direction of the quotation; "" leaves it to its first letter."""
    alterations: str = ""
    """Who has checked alterations that cannot be judged by rule, and why they are right."""
    short: Prose | None = None
    """`says` in fewer words, for presets that are short forms."""


@dataclass(frozen=True, slots=True)
class Position:
    """What one expert holds on one question."""

    statement: Statement
    stance: int | None
    """Index into the question's scale, from 0; None when it is missing or unknown (a problem says so)."""
    rests_on: tuple[Text, ...]
    earlier: tuple[Position, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell without a position, with its reason."""

    reason: GapReason
    searched: str
    until: Date | None
    note: str
    place: Location
    lines: tuple[Line, ...] = ()


Cell = Position | Gap


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    ask: Text
    scale: tuple[str, ...]
    cells: Mapping[str, Cell]
    """By expert id; a column that is missing here is a problem, not a blank."""
    note: Prose | None
    place: Location
    silenced: tuple[Silence, ...] = ()
    lines: tuple[Line, ...] = ()
    ordinal: bool = True
    """Whether the labels of the scale have a rank; answers that differ in kind have none."""
    printed_in: tuple[Text, ...] = ()
    """The presets that print it; all of them if it names none."""


@dataclass(frozen=True, slots=True)
class Event:
    date: Date
    event: Prose
    cite: Cluster | None
    place: Location
    printed_in: tuple[Text, ...] = ()
    """The presets that print it; all of them if it names none."""


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    option: Prose
    in_favour: Prose | None
    against: Prose | None
    cite: Cluster | None
    rests_on: tuple[Text, ...]
    place: Location
    silenced: tuple[Silence, ...] = ()
    supported_by: tuple[Text, ...] = ()
    """Who is on record for it: `question.expert` or the id of a voice."""
    opposed_by: tuple[Text, ...] = ()
    printed_in: tuple[Text, ...] = ()
    """The presets that print it; all of them if it names none."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A cited statement by someone who has no column."""

    id: str
    statement: Statement
    question: Text | None
    place: Location
    printed_in: tuple[Text, ...] = ()
    """The presets that print it; all of them if it names none."""


@dataclass(frozen=True, slots=True)
class Correction:
    date: Date
    what: Prose
    place: Location


@dataclass(frozen=True, slots=True)
class Brief:
    """One publication. Experts stand in the order in which their columns are printed."""

    slug: str
    file: str
    place: Location
    title: Text
    subtitle: str
    number: str
    date: Date | None
    status: Status
    edition: int
    updates: Prose | None
    language: str
    preset: str
    citation_style: str
    authors: tuple[Person, ...]
    reviewers: tuple[Person, ...]
    experts: tuple[Text, ...]
    order: str
    """`alphabetical` or `as-given`."""
    order_reason: str
    selection: Prose | None
    summary: Prose | None
    key_points: tuple[Prose, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    timeline: tuple[Event, ...]
    options: tuple[Option, ...]
    voices: tuple[Voice, ...]
    limits: Prose | None
    method: Prose | None
    corrections: tuple[Correction, ...]
    silenced: tuple[Silence, ...] = ()
    short_title: str = ""
    lines: tuple[Line, ...] = ()
    """Its own lines (title, subtitle and the like) that hold quotation marks."""
    answer: Prose | None = None
    """The sentence under the title that says what the brief found."""
    emphasis: str = "positions"
    """What the brief is for: `positions`, `options` or `facts`; their blocks come first."""
    gaps: str = "line"
    """`line` names experts without a position under the table; `columns` gives them a column."""
    uses: tuple[Text, ...] = ()
    """Shared facts that it prints, by their ids without `SHARED`, besides those that it refers to."""
    tables: tuple[DataTable, ...] = ()
    stem: str = ""
    """Where its page and its PDF stand below the output folder, without their endings: `2024/chip-controls`."""
    unread: tuple[Unread, ...] = ()
    """What of its file could not be read."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that briefs refer to: the people, the sources and the house style of one project folder."""

    experts: Mapping[str, Expert]
    sources: Mapping[str, Source]
    house: HouseStyle
    houses: Mapping[str, HouseStyle] = field(default_factory=dict)
    """The house style in each language that it has texts for, by tag."""
    files: Mapping[str, str] = field(default_factory=dict)
    """`experts`, `sources`, `house` and, where they could be read, `facts`: the file each was read from, for messages."""
    similar: tuple[str, ...] = ()
    """Keys of further sources that begin like a key that is cited and unknown, for hints."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """The facts that briefs share, by id; only where a brief uses one."""
    unread: tuple[Unread, ...] = ()
    """What of its files could not be read: `experts.ann`, `sources.references.id`, `house.language`."""


# ---------------------------------------------------------------- citations, formatted


class CitationKind(StrEnum):
    NOTE = "note"
    AUTHOR_DATE = "author-date"
    NUMERIC = "numeric"


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    key: str
    html: str


@dataclass(frozen=True, slots=True)
class FormattedCitations:
    """What the citation processor made of the clusters of one brief, in their order."""

    kind: CitationKind
    clusters: tuple[str, ...]
    """HTML: for a note style the text of each note, otherwise what stands in the sentence."""
    bibliography: tuple[BibliographyEntry, ...]
    in_text: tuple[str, ...] = ()
    """For a note style: what stands in the sentence beside each note, which is the author's name where `Cluster.in_text`
    asks for it and "" elsewhere. Empty for other styles."""


# ---------------------------------------------------------------- evidence


class Verdict(StrEnum):
    """What is known of a quotation. Only `VERIFIED` and `LOCKED` publish."""

    VERIFIED = "verified"
    LOCKED = "locked"
    """Unchanged since it was verified against the capture that the lock pins; the capture is not here."""
    ABSENT = "absent"
    UNCHECKED = "cannot be checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotation or passage with what was found of it, for the evidence annex and the lock."""

    words: str
    source: str
    kind: str
    """`quote`, `support`, `attributed` or `prose`."""
    verdict: Verdict
    place: Location
    where: str = ""
    """Where in the capture it stands: `para. 5`, `p. 3`."""
    captured: str = ""
    """ISO date."""
    digest: str = ""
    """SHA-256 of the captured text, hexadecimal."""
    alterations: str = ""
    """Who has checked the editor's alterations, and why they are right."""
