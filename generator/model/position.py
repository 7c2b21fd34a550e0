"""Questions, and what people hold on them: statements, positions, gaps, and voices without a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.model.fields import inline, optional, printed_in, required, suppressions
from generator.model.kinds import (
    CITE,
    CODED,
    DATE,
    FACT_REFERENCE,
    FLAG,
    ID,
    LANGUAGE,
    LINE,
    MARKDOWN,
    PLACED_LINE,
    PLACED_REFERENCE,
    QUOTED,
    REFERENCE,
    STANCE,
    Choice,
    Either,
    choice,
    list_of,
    mapping_of,
    member,
    record,
)
from generator.model.values import CitationGroup, Date, Line, Prose, Suppression, Text
from generator.problems import Location


class GapReason(StrEnum):
    NO_POSITION_FOUND = "no-position-found"
    DECLINED = "declined"
    NOT_ASKED = "not-asked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one person said: in their words (`quote`), in the editor's (`says`), or both."""

    suppressed: tuple[Suppression, ...] = suppressions("{negation-cut: The sentence before is about another rule.}")
    who: str = required(REFERENCE, "An id of `experts.yaml`.", "samm-sacks", "unknown-expert")
    quote: Text | None = optional(
        QUOTED,
        "Word for word from the source. `…` or `[…]` leaves words out, `[word]` adds, `[yours|theirs]` replaces.",
        '"The rules […] were meant to last."',
        "quote-absent quote-unverified quote-short quote-ambiguous negation-cut empty-position",
    )
    says: Prose | None = optional(
        MARKDOWN,
        "The position in the editor's words.",
        "The rules were meant for a time.",
        "loaded-verb vague-attribution mixed-certainty",
    )
    support: Text | None = optional(
        QUOTED,
        "The passage that `says` is based on, word for word; it is verified, and printed only in the evidence annex.",
        '"argued that the rules were meant for a time"',
        "quote-absent quote-unverified evidence-missing",
    )
    attributed: Text | None = optional(
        QUOTED,
        "The passage that attributes the words to the person, if the quotation's own paragraph does not name them.",
        '"the interview with Ms Example"',
        "speaker-unclear speaker-other quote-absent",
    )
    cite: CitationGroup | None = optional(
        CITE,
        "The source and the place in it: `@key, para. 5`.",
        '"@rise-2025, para. 5"',
        "uncited bad-citation unknown-locator unknown-source locator-mismatch locator-absent",
    )
    date: Date | None = optional(
        DATE,
        "When it was said; if left out, the date of the cited source.",
        "2025-01-29",
        "bad-date affiliation-missing",
    )
    venue: str = optional(LINE, "Where it was said: a hearing, an interview, a journal.", "Senate hearing")
    emphasis_added: bool = optional(FLAG, "True if italics in the quotation are the editor's; printed.", "true")
    translated_by: str = optional(
        LINE, "Who translated the quotation; printed.", "the editors", "translation-unsupported"
    )
    introduces: str = optional(
        CODED,
        "The paragraph of the quotation, `para. 9`, if `attributed` is an introduction that is further away.",
        "para. 9",
        "speaker-unclear",
    )
    direction: str = optional(
        choice("ltr", "rtl"),
        "The direction of the quotation, if its first letter does not show it. Direction marks in the text are errors.",
        "rtl",
        "bad-value invisible-character",
    )
    language: str = optional(
        LANGUAGE,
        "BCP 47 tag of the quotation's language, if it is not the `language` of its source, so that screen readers change their voice.",
        "ar",
        "unknown-language",
    )
    alterations: str = optional(
        LINE,
        "Who has checked an alteration of the quotation that cannot be judged by rule, and the reason; printed in the annex.",
        '"A. Editor: the paragraph before names the firms"',
        "quote-altered",
    )
    short: Prose | None = optional(
        MARKDOWN,
        "`says` in fewer words, for page designs that are short forms. A quotation is never shortened.",
        "The rules were temporary.",
        "short-uneven short-alone uncited",
    )
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The position of one expert on one question."""

    statement: Statement = inline(record(Statement, by_key="who"))
    stance: int | None = optional(
        STANCE,
        "A label of the question's `scale`, as the editor codes the position.",
        "They do little",
        "unknown-stance missing-stance",
    )
    """Index into the question's scale, from 0; None if it is missing or unknown, which is reported."""
    rests_on: tuple[Text, ...] = optional(
        list_of(FACT_REFERENCE),
        "The facts that this position is based on; `shared:id` for one of `facts.yaml`.",
        "[training-cost]",
        "unknown-fact suspect unreviewed",
    )
    earlier: tuple[Position, ...] = optional(
        list_of(record(lambda: Position, "Earlier", without=["earlier"])),
        "Earlier positions, each with its own date. They stay visible.",
        "[{stance: They work, says: The rules work., cite: '@talk-2021'}]",
    )
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A cell without a position, with its reason."""

    reason: GapReason = required(
        member(GapReason),
        "Why there is no position. A blank cell is an error; a gap with a reason is information.",
        "no-position-found",
        "bad-value",
        key="gap",
    )
    searched: Text | None = optional(
        PLACED_LINE,
        "Where a position was looked for; only for `no-position-found`.",
        "five press reports",
        "gap-unsearched not-printed",
        quotations=False,
    )
    until: Date | None = optional(
        DATE,
        "The date until which it was looked for; only for `no-position-found`.",
        "2025-02-14",
        "bad-date gap-unsearched not-printed",
    )
    note: str = optional(LINE, "Any further explanation.", "She has spoken on other rules only.")
    place: Location
    lines: tuple[Line, ...] = ()


Cell = Position | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A cited statement by someone who has no column."""

    id: str = required(ID, "A short name that never changes.", "sacks-open", "bad-value duplicate-id")
    statement: Statement = inline(record(Statement))
    question: Text | None = optional(
        PLACED_REFERENCE, "The question that the statement concerns.", "works", "unknown-question"
    )
    printed_in: tuple[Text, ...] = printed_in()
    place: Location


_CELL: Either[Cell, None] = Either(None, "gap", record(Gap), record(Position))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the experts, with the cells of the matrix. `cells` is read with `scale`, which is declared before it."""

    suppressed: tuple[Suppression, ...] = suppressions("{lopsided: One of them wrote a book about it.}")
    id: str = required(ID, "A short name that never changes.", "works", "bad-value duplicate-id")
    ask: Text = required(PLACED_LINE, "The question, worded neutrally.", "Do the rules work?")
    scale: tuple[str, ...] = required(
        list_of(LINE),
        "The labels with which the editor codes each stance, in their order if they have one.",
        "[They backfire, They do little, They work]",
        "scale-missing scale-repeated unknown-stance",
    )
    ordinal: bool = optional(
        Choice(True, {"ordinal": True, "nominal": False}),
        "`ordinal` if the labels have a rank; `nominal` if they differ in kind: then no rank is drawn.",
        "nominal",
        "bad-value",
        default=True,
        key="scale_kind",
    )
    cells: Mapping[str, Cell] = required(
        mapping_of(_CELL),
        "By expert: a position, or a gap with its reason.",
        "{ding: {stance: They do little, says: They do little., cite: '@rise-2025'}}",
        "blank-cell cell-without-column",
        key="positions",
    )
    """By expert id; a column that is missing here is a problem, not a blank."""
    note: Prose | None = optional(
        MARKDOWN, "What a reader has to know to understand the question.", "The question is about chips only."
    )
    printed_in: tuple[Text, ...] = printed_in()
    place: Location
    lines: tuple[Line, ...] = ()
