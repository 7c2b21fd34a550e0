"""A brief: one publication, from its title to its corrections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.chart import Chart
from generator.model.fact import Fact
from generator.model.fields import optional, printed_in, required, suppressions
from generator.model.kinds import (
    ADDRESS,
    CITE,
    CODED,
    COUNT,
    DATE,
    DOI,
    EMAIL,
    FACT_REFERENCE,
    FLAG,
    FLAG_OR_NONE,
    ID,
    LANGUAGE,
    LINE,
    MARKDOWN,
    PARAGRAPH,
    PLACED_CODED,
    PLACED_LINE,
    PLACED_REFERENCE,
    RELATIVE_ADDRESS,
    choice,
    list_of,
    member,
    record,
)
from generator.model.position import Question, Voice
from generator.model.section import Box, KeyPoint, Picture, PullQuote, Section
from generator.model.table import DataTable
from generator.model.values import CitationGroup, Date, Line, PictureFile, Prose, Suppression, Text
from generator.problems import Location
from generator.problems.problem import Unread


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who made the brief: an author or reviewer."""

    name: str = required(LINE, "The name as it is printed.", "Ann Example", quotations=False)
    role: str = optional(LINE, "What the person did or is, printed after the name.", "analyst", quotations=False)
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author(Person):
    """Someone who wrote the brief."""

    email: str = optional(EMAIL, "An address for readers, printed with the name.", "ann@example.org", "bad-url")
    url: str = optional(ADDRESS, "A page about the person.", "https://example.org/ann", "bad-url")
    picture: Text | None = optional(
        PLACED_CODED,
        "A portrait: a file as of `pictures`, relative to this one.",
        "people/ann.jpg",
        "picture-file picture-unsafe picture-private picture-too-large",
    )
    biography: Prose | None = optional(
        MARKDOWN,
        "Two or three sentences about the person.",
        "Ann Example has followed the rules for chips since 2019.",
        "quote-uncited",
    )
    image: PictureFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another brief that readers of this one may want to read."""

    title: str = required(LINE, "The title of the other brief.", "A charge for the harbour")
    url: str = required(
        RELATIVE_ADDRESS,
        "Its address, whole or relative to the house style's `site`: `night-ferry.html`.",
        "harbour-charge.html",
        "bad-url",
    )
    note: str = optional(LINE, "How it relates to this brief.", "The same experts, a year before")
    place: Location
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of a day, a month or a year."""

    date: Date = required(DATE, "A day, month or year.", "2023-10", "bad-date")
    event: Prose = required(MARKDOWN, "What happened, in a sentence.", "The rules are tightened.")
    short: Text | None = optional(
        PLACED_LINE,
        "A few words for the event in the picture of the timeline, which is drawn from four events on.",
        "Rules tightened",
        "quote-uncited not-printed",
    )
    reported: bool | None = optional(
        FLAG_OR_NONE,
        "True if the date is only that of the report: then the event is listed but not drawn.",
        "true",
        "bad-value report-date",
    )
    cite: CitationGroup | None = optional(
        CITE,
        "Where the source says so.",
        '"@rise-2025, para. 6"',
        "uncited bad-citation unknown-locator unknown-source",
    )
    printed_in: tuple[Text, ...] = printed_in()
    place: Location
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A possible action, with the arguments for and against it."""

    suppressed: tuple[Suppression, ...] = suppressions("{vague-attribution: The report names nobody.}")
    id: str = required(ID, "A short name that never changes.", "enforce", "bad-value duplicate-id")
    option: Prose = required(MARKDOWN, "What could be done.", "Enforce the rules more strictly.")
    in_favour: Prose | None = optional(MARKDOWN, "Arguments for it.", "Loopholes have been found.", key="for")
    against: Prose | None = optional(MARKDOWN, "Arguments against it.", "It costs allies trade.")
    cite: CitationGroup | None = optional(
        CITE,
        "Where the source proposes it.",
        '"@rise-2025, para. 9"',
        "uncited bad-citation unknown-locator unknown-source",
    )
    rests_on: tuple[Text, ...] = optional(
        list_of(FACT_REFERENCE),
        "The facts that it is based on; `shared:id` for one of `facts.yaml`.",
        "[training-cost]",
        "unknown-fact suspect unreviewed",
    )
    supported_by: tuple[Text, ...] = optional(
        list_of(PLACED_CODED),
        "Statements that support it: positions as `question.expert`, voices by their id.",
        "[course.kennedy, mills]",
        "unknown-statement",
    )
    opposed_by: tuple[Text, ...] = optional(
        list_of(PLACED_CODED), "Statements that oppose it, in the same form.", "[course.ding]", "unknown-statement"
    )
    printed_in: tuple[Text, ...] = printed_in()
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An error in an edition that has been corrected."""

    date: Date = required(DATE, "When it was corrected.", "2025-03-01", "bad-date")
    what: Prose = required(
        PARAGRAPH, "What was wrong and what it says now.", "The date of the rule was wrong; it is October 2023."
    )
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One publication. Experts are in the order of their columns."""

    slug: str
    file: str
    place: Location
    suppressed: tuple[Suppression, ...] = suppressions("{vague-attribution: The report names nobody.}")
    title: Text = required(PLACED_LINE, "The title.", "Do chip export controls still work?")
    subtitle: str = optional(LINE, "A line under the title.", "Four expert readings, side by side")
    answer: Prose | None = optional(
        PARAGRAPH,
        "The answer to the title in one sentence, printed under it: cited, or derived from the positions.",
        '"Two of four experts doubt it [@rise-2025]."',
        "answer-missing answer-unsupported answer-long contested-flat figure-contradiction quote-uncited",
    )
    short_title: str = optional(
        LINE, "A short form of a long title, for the head of each page.", "Chip export controls"
    )
    number: str = optional(LINE, "The number in the series, such as `2025-01`.", '"2025-01"', quotations=False)
    date: Date | None = optional(
        DATE,
        "The day of the last significant change; correcting a typo does not change it. Needed to publish.",
        "2025-02-14",
        "bad-date date-missing",
    )
    status: Status = optional(
        member(Status),
        "`draft` until it is published; a `withdrawn` brief stays at its address, with a banner.",
        "published",
        "bad-value",
        default=Status.DRAFT,
    )
    edition: int = optional(
        COUNT,
        "Counts from 1; a published edition never changes.",
        "2",
        "bad-value edition-unexplained",
        default=1,
    )
    updates: Prose | None = optional(
        PARAGRAPH,
        "From the second edition on: what it updates, and why.",
        "Adds the hearing of May [@hearing-2025].",
    )
    language: str = optional(LANGUAGE, "BCP 47 tag, if it differs from the house style's.", "en-GB", "unknown-language")
    translation_of: Text | None = optional(
        PLACED_REFERENCE,
        "The brief of which this one is a translation, by the name of its file.",
        "chip-controls",
        "unknown-brief translation-link translation-behind",
    )
    translations: tuple[Text, ...] = optional(
        list_of(PLACED_REFERENCE),
        "Briefs that are translations of this one: each page links the others.",
        "[chip-controls-de, chip-controls-fr]",
        "unknown-brief translation-link",
    )
    preset: str = optional(
        CODED,
        "The page design, if it differs from the house style's.",
        "briefing",
        "preset-unknown preset-pages",
    )
    citation_style: str = optional(
        CODED,
        "A CSL style's name, or a `.csl` file, if it differs from the house style's.",
        "apa",
        "unknown-style bad-style",
    )
    authors: tuple[Author, ...] = optional(
        list_of(record(Author)),
        "Who wrote it. Without authors, the publisher is the author.",
        "[{name: Ann Example, role: analyst}]",
    )
    reviewers: tuple[Person, ...] = optional(list_of(record(Person)), "Who reviewed it.", "[{name: Ben Sample}]")
    doi: str = optional(DOI, "The brief's DOI: `10.1234/desk.2025.1`.", "10.1234/desk.2025.1", "bad-identifier")
    topics: tuple[str, ...] = optional(
        list_of(LINE),
        "Its topics, in one or two words each: printed, and given to search engines; the site has a page for each topic.",
        "[Export controls, Semiconductors]",
    )
    related: tuple[Related, ...] = optional(
        list_of(record(Related)),
        "Other briefs that readers may want to read.",
        "[{title: A charge for the harbour, url: harbour-charge.html}]",
    )
    experts: tuple[Text, ...] = optional(
        list_of(PLACED_REFERENCE),
        "The columns: ids of `experts.yaml`.",
        "[ding, heim]",
        "unknown-expert expert-twice blank-cell",
    )
    order: str = optional(
        choice("alphabetical", "as-given"),
        "How the columns are ordered: by family name, in the alphabet of the brief's language, or as `experts` lists them. Printed.",
        "as-given",
        "bad-value order-unstated",
        default="alphabetical",
    )
    order_reason: Text | None = optional(
        PLACED_LINE, "Why the order is `as-given`; printed.", "In the order in which they spoke.", "not-printed"
    )
    emphasis: str = optional(
        choice("positions", "options", "facts"),
        "The purpose of the brief: the blocks for it come first on the page.",
        "options",
        "bad-value",
        default="positions",
    )
    gaps: str = optional(
        choice("line", "columns"),
        "Where experts without a position are printed: in a line under the table, or in columns of their own.",
        "columns",
        "bad-value",
        default="line",
    )
    grid: bool = optional(
        FLAG,
        "True for a grid of all experts and questions in the overview: from five experts and four questions on.",
        "true",
        "bad-value grid-small",
    )
    selection: Prose | None = optional(
        MARKDOWN, "How the experts were chosen; printed with the method.", "All who testified.", "selection-missing"
    )
    summary: Prose | None = optional(
        MARKDOWN,
        "The brief in a paragraph.",
        '"Costs are disputed [#cost] [@rise-2025, para. 4]."',
        "contested-flat figure-contradiction quote-uncited vague-attribution loaded-verb mixed-certainty",
    )
    short_summary: Prose | None = optional(
        MARKDOWN,
        "The summary in fewer words, for page designs that are short forms.",
        '"Costs are disputed [#cost]."',
        "short-alone contested-flat figure-contradiction quote-uncited vague-attribution loaded-verb mixed-certainty",
    )
    key_points: tuple[KeyPoint, ...] = optional(
        list_of(record(KeyPoint, alone="text")),
        "Three to five findings, a sentence each: a text, or a mapping if it has `in` or `short`.",
        '["Two of four disagree [@rise-2025]."]',
    )
    facts: tuple[Fact, ...] = optional(
        list_of(record(Fact)),
        "Cited claims and figures.",
        "[{id: cost, claim: It is disputed., cite: '@rise-2025'}]",
        "duplicate-id",
    )
    uses: tuple[Text, ...] = optional(
        list_of(PLACED_REFERENCE),
        "Facts of `facts.yaml` that are printed here although nothing in this file refers to them as `#shared:id`.",
        "[training-cost]",
        "unknown-fact shared-fact-language unused-fact",
    )
    tables: tuple[DataTable, ...] = optional(
        list_of(record(DataTable, "Table")),
        "Tables from CSV files and workbooks next to this file.",
        "[{id: costs, table: data/costs.csv, caption: What the runs cost, cite: '@rise-2025'}]",
        "duplicate-id",
    )
    charts: tuple[Chart, ...] = optional(
        list_of(record(Chart)),
        "Charts from cited numbers.",
        "[{id: yield, kind: bar, caption: What it brings, units: euros, columns: [Town, Yield], rows: [[Ost, 4.2]], cite: '@rise-2025'}]",
        "duplicate-id",
    )
    sections: tuple[Section, ...] = optional(
        list_of(record(Section)),
        "The body: background, analysis, implications, each with a heading.",
        "[{id: background, heading: Background, text: Rules began in 2022.}]",
        "duplicate-id",
    )
    pictures: tuple[Picture, ...] = optional(
        list_of(record(Picture)),
        "Pictures from files next to this one, printed where a section places them.",
        "[{id: harbour, picture: pictures/harbour.jpg, alt: 'A ferry at the quay.', caption: The harbour}]",
        "duplicate-id figure-unplaced",
    )
    pull_quotes: tuple[PullQuote, ...] = optional(
        list_of(record(PullQuote)),
        "Quotations set large, printed where a section places them.",
        "[{id: meant, who: ding, quote: meant to last, cite: '@rise-2025'}]",
        "duplicate-id figure-unplaced",
    )
    boxes: tuple[Box, ...] = optional(
        list_of(record(Box)),
        "Text set apart, printed where a section places it.",
        "[{id: terms, heading: Terms, text: A chip is a chip.}]",
        "duplicate-id figure-unplaced",
    )
    questions: tuple[Question, ...] = optional(
        list_of(record(Question)),
        "What the experts are compared on.",
        "[{id: works, ask: 'Does it work?', scale: [Badly, Well], positions: {}}]",
        "duplicate-id lopsided",
    )
    timeline: tuple[Event, ...] = optional(
        list_of(record(Event)),
        "What happened when.",
        "[{date: 2023-10, event: Rules are tightened., cite: '@rise-2025'}]",
    )
    options: tuple[Option, ...] = optional(
        list_of(record(Option)),
        "Possible actions, with the arguments for and against each.",
        "[{id: enforce, option: Enforce the rules., cite: '@rise-2025'}]",
        "duplicate-id",
    )
    voices: tuple[Voice, ...] = optional(
        list_of(record(Voice)),
        "Cited statements by people who have no column.",
        "[{id: sacks, who: samm-sacks, says: It is open., cite: '@rise-2025'}]",
        "duplicate-id",
    )
    limits: Prose | None = optional(MARKDOWN, "What the evidence cannot show.", "Five press reports were read.")
    method: Prose | None = optional(
        MARKDOWN,
        "What was searched and until when, beyond the house style's method.",
        "Reports were searched until 14 February 2025.",
    )
    corrections: tuple[Correction, ...] = optional(
        list_of(record(Correction)),
        "Errors in this edition that have been corrected. They are listed, not hidden.",
        "[{date: 2025-03-01, what: The date of the rule was wrong.}]",
    )
    lines: tuple[Line, ...] = ()
    """Its own lines (title, subtitle and the like) that contain quotation marks."""
    stem: str = ""
    """The path of its page and its PDF below the output folder, without their endings: `2024/chip-controls`."""
    unread: tuple[Unread, ...] = ()
    """The parts of its file that could not be read."""
