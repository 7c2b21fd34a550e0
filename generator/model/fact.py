"""Facts: cited claims with their figures."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.fields import optional, printed_in, required, suppressions
from generator.model.kinds import (
    AMOUNT,
    CITE,
    DATE,
    FIGURE,
    FLAG,
    ID,
    LINE,
    MARKDOWN,
    PLACED_LINE,
    list_of,
    record,
)
from generator.model.values import Amount, CitationGroup, Date, Line, Prose, Suppression, Text
from generator.problems import Location

SHARED = "shared:"
"""Begins the id of a fact of `briefs/facts.yaml`, so that it differs from the ids of a brief's own facts."""

_CITING = "uncited bad-citation unknown-locator unknown-source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with unit, date and source."""

    amount: Amount = required(
        AMOUNT,
        "The number as people write it: `5.6 million`, `under 6 million`, `10–12`.",
        "5.6 million",
        "bad-amount amount-unsupported",
    )
    unit: str = optional(
        LINE,
        "What is counted: an ISO 4217 code for money (`USD`), `%`, or a word.",
        "USD",
        quotations=False,
    )
    by: str = required(LINE, "Who gives this number.", "the maker")
    cite: CitationGroup | None = optional(
        CITE,
        "The source of the number. Required, unless the fact itself has a `cite`.",
        '"@rise-2025, para. 4"',
        _CITING,
    )
    id: str = optional(
        ID,
        "A short name, needed if `preferred` or a translation refers to this figure.",
        "claimed",
        "bad-value",
    )
    date: Date | None = optional(DATE, "The day, month or year that the number is for.", "2025-01", "bad-date")
    note: str = optional(
        LINE,
        "A few words printed next to the number, such as what it leaves out.",
        "without research and staff",
    )
    measures: str = optional(
        LINE,
        "What the number measures, and of whom: `cost of training`, `unemployment, ages 15–24`. Only equal measures are compared.",
        "cost of one training run",
    )
    period: str = optional(
        LINE,
        "The period that the number covers, if `date` cannot express it: `2020/2024`, `first quarter of 2024`.",
        "2024/2025",
    )
    scenario: str = optional(
        LINE,
        "The assumption on which the number depends. Different scenarios are not compared.",
        "low growth",
    )
    derived: str = optional(
        LINE,
        "How the number was computed, if the source does not state it; printed.",
        "2,000 processors at 2,800 dollars each (hardware only)",
    )
    place: Location
    lines: tuple[Line, ...] = ()
    """Its lines that contain quotation marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred:
    """Which of a fact's figures prose may state as undisputed, and why."""

    figure: int = required(
        FIGURE, "The `id` of the figure that prose may state as the number.", "claimed", "unknown-figure"
    )
    because: str = required(LINE, "Why this figure is preferred; printed.", "It is the only one with a method.")
    place: Location
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A cited claim, with the figures for it. The id of a fact that several briefs share begins with `SHARED`."""

    suppressed: tuple[Suppression, ...] = suppressions("{review-overdue: It cannot change.}")
    id: str = required(
        ID,
        "A short name that never changes: prose refers to it as `[#id]`, positions as `rests_on`.",
        "training-cost",
        "bad-value duplicate-id",
    )
    claim: Prose = required(
        MARKDOWN,
        "The fact in one sentence, in the editor's words.",
        "What the training run cost is disputed.",
        "vague-attribution loaded-verb",
    )
    cite: CitationGroup | None = optional(
        CITE, "The source of the fact. Not needed if every figure has its own.", '"@rise-2025, para. 4"', _CITING
    )
    figures: tuple[Figure, ...] = optional(
        list_of(record(Figure)),
        "Numbers for the claim. If they disagree, the fact is contested, and all are printed.",
        "[{amount: 5.6 million, unit: USD, by: the maker}]",
    )
    preferred: Preferred | None = optional(
        record(Preferred),
        "Which of the disagreeing figures prose may state as undisputed, and why.",
        "{figure: claimed, because: It is the only one with a method.}",
        "unknown-figure",
    )
    note: Prose | None = optional(
        MARKDOWN, "What a reader has to know to understand the fact.", "The figures do not count the same thing."
    )
    review_by: Date | None = optional(
        DATE, "The day after which the fact has to be reviewed.", "2025-12-31", "bad-date review-overdue"
    )
    key: bool = optional(
        FLAG,
        "True for the two or three facts that are printed large at the head of the page.",
        "true",
        "key-facts-many key-headline",
    )
    headline: Text | None = optional(
        PLACED_LINE,
        "The words that a key figure shows large, exactly as in `claim`. Without it, the fact's figures are shown.",
        "disputed",
        "key-headline not-printed",
    )
    short: Prose | None = optional(
        MARKDOWN,
        "The claim in fewer words, for page designs that are short forms. Figures and note are not shortened.",
        "What it cost is disputed.",
        "uncited key-headline",
    )
    printed_in: tuple[Text, ...] = printed_in("fact-not-printed")
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFacts:
    """Facts that several briefs use: `briefs/facts.yaml`, in the language of the house style."""

    facts: tuple[Fact, ...] = required(
        list_of(record(Fact)),
        "Cited claims and figures. A brief refers to one as `[#shared:id]`, or lists its id under `uses`.",
        """[{id: training-cost, claim: "It is disputed.", cite: "@rise-2025"}]""",
        "duplicate-shared-fact unused-fact uncited",
    )
