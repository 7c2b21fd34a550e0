"""The shape of what authors write: every file's fields, their types, meanings and examples.

From these classes come the check of a file's shape, the JSON Schemas that editors use, and the field reference in the
documentation. Values stay text here (`5.6 million`, `@key, p. 3`); what they mean is read later, so that one mistake hides
no other. Nothing outside this package imports these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_TEXT_OR_NUMBER = {"type": ["string", "number"]}


def _some(value: Any) -> Any:
    """Blank text is as good as none, and is said to be missing rather than too short."""
    return None if isinstance(value, str) and not value.strip() else value


@dataclass(frozen=True, slots=True)
class Words:
    """Marks a field whose words are printed: as plain text (`line`), as a source has them (`quoted`), or as `markdown`."""

    kind: Literal["line", "quoted", "markdown"]


Line = Annotated[str, BeforeValidator(_some), Words("line")]
"""Printed words in plain text."""
Quoted = Annotated[str, BeforeValidator(_some), Words("quoted")]
"""A source's own words."""
Coded = Annotated[str, BeforeValidator(_some)]
"""What the program understands and never prints as it is."""
Markdown = Annotated[
    str,
    BeforeValidator(_some),
    Words("markdown"),
    WithJsonSchema({"type": "string", "description": "Markdown, with citations `[@key, p. 3]` and facts `[#id]`."}),
]


def _by_language(value: Any) -> str:
    return "languages" if isinstance(value, dict) else "text"


LineByLanguage = Annotated[
    Annotated[Line, Tag("text")] | Annotated[Annotated[dict[str, Line], Field(min_length=1)], Tag("languages")],
    Discriminator(_by_language),
]
MarkdownByLanguage = Annotated[
    Annotated[Markdown, Tag("text")] | Annotated[Annotated[dict[str, Markdown], Field(min_length=1)], Tag("languages")],
    Discriminator(_by_language),
]
"""A text, or texts by BCP 47 tag: `{en: ..., de: ...}`."""
Id = Annotated[str, BeforeValidator(_some), Field(pattern=ID_PATTERN)]
FactId = Annotated[str, BeforeValidator(_some), Field(pattern=ID_PATTERN.replace("^", "^(shared:)?", 1))]
DateText = Annotated[
    str,
    BeforeValidator(_some),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["2025-02-14", "2025-02", 2025]}),
]
AmountText = Annotated[
    str, BeforeValidator(_some), WithJsonSchema(_TEXT_OR_NUMBER | {"examples": ["5.6 million", "10–12"]})
]
Cite = Annotated[
    str,
    BeforeValidator(_some),
    WithJsonSchema({"type": "string", "examples": ["@rise-2025, para. 5; see also @other"]}),
]


Flag = Annotated[bool, BeforeValidator(lambda value: value if str(value).lower() in ("true", "false") else [])]
"""Pydantic also takes `yes`, `1` and more, of which a reader of the file would not know what they mean."""
Count = Annotated[int, Field(ge=1), BeforeValidator(lambda value: value if str(value).isdecimal() else [])]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True)


class Silenceable(Shape):
    silence: dict[str, Coded] | None = None
    """Findings that you have looked at and keep: the code, and your reason. Errors of evidence cannot be silenced."""


class PersonShape(Shape):
    name: Line
    """The name as it is printed."""
    role: Line | None = None
    """What the person did or is, printed after the name."""


class FigureShape(Shape):
    amount: AmountText
    """The number as people write it: `5.6 million`, `under 6 million`, `10–12`."""
    unit: Line | None = None
    """What is counted: an ISO 4217 code for money (`USD`), `%`, or a word."""
    by: Line
    """Who gives this number."""
    cite: Cite | None = None
    """Where it stands. Required, unless the fact itself has a `cite`."""
    id: Id | None = None
    """A short name, needed where `preferred` or a translation speaks of this figure."""
    date: DateText | None = None
    """The day, month or year that the number is for."""
    note: Line | None = None
    """A few words printed beside the number, such as what it leaves out."""
    measures: Line | None = None
    """What the number measures, and of whom: `cost of training`, `unemployment, ages 15–24`. Only equal measures are compared."""
    period: Line | None = None
    """The period that the number covers, where `date` cannot say it: `2020/2024`, `first quarter of 2024`."""
    scenario: Line | None = None
    """The assumption under which the number holds. Different scenarios are not compared."""
    derived: Line | None = None
    """How the number was computed, where the source does not give it as such; printed."""


class PreferredShape(Shape):
    figure: Id
    """The `id` of the figure that prose may state as the number."""
    because: Line
    """Why it is to be preferred; printed."""


class FactShape(Silenceable):
    id: Id
    """A short name that never changes: prose refers to it as `[#id]`, positions as `rests_on`."""
    claim: Markdown
    """The fact in one sentence, in the editor's words."""
    cite: Cite | None = None
    """Where it stands. Not needed where every figure has its own."""
    figures: list[FigureShape] | None = None
    """Numbers for the claim. Where they disagree, the fact is contested and all are printed."""
    preferred: PreferredShape | None = None
    """Which of the disagreeing figures prose may state flatly, and why."""
    note: Markdown | None = None
    """What a reader has to know to understand the fact."""
    review_by: DateText | None = None
    """The day after which the fact has to be looked at again."""
    key: bool | None = None
    """True for the two or three facts that are printed large at the head of the page."""
    headline: Line | None = None
    """What a key figure shows large: words of `claim`, as they stand there. Without it, the fact's figures."""
    short: Markdown | None = None
    """The claim in fewer words, for page designs that are short forms. Figures and note stay."""
    printed_in: list[Coded] | None = Field(default=None, alias="in")
    """The page designs that print it, by name; all of them if left out. The page counts what it leaves out."""


class TableShape(Silenceable):
    id: Id
    """A short name that never changes: prose refers to it as `[#table:id]`."""
    table: Coded
    """The file, `.csv` or `.xlsx`, relative to this one: `data/costs.csv`."""
    caption: Line
    """What the table shows, in a few words."""
    sheet: Coded | None = None
    """Of a workbook, the sheet or the part of it: `Costs`, `Costs!A3:D20`. Not needed where there is one sheet."""
    columns: list[Coded] | None = None
    """The columns that are printed, in this order, by the names in the first row; all of them if left out."""
    heads: dict[str, Line] | None = None
    """By column, what is printed at its head instead of its name."""
    units: Line | None = None
    """What the numbers count, printed with the caption: `million US dollars`."""
    numbers: Coded | None = None
    """The language in which the file writes numbers, as a BCP 47 tag. Needed where `1.234` could be two numbers."""
    cite: Cite | None = None
    """Where the numbers are from. Required; printed as the source of the table."""
    derived: Line | None = None
    """How the numbers were computed, where the source does not give them as such; printed."""
    note: Markdown | None = None
    """What a reader has to know to understand the table."""


class StatementShape(Silenceable):
    quote: Quoted | None = None
    """Word for word from the source. `…` or `[…]` leaves words out, `[word]` adds, `[yours|theirs]` replaces."""
    says: Markdown | None = None
    """The position in the editor's words."""
    support: Quoted | None = None
    """The passage that `says` rests on, word for word; verified, printed only in the evidence annex."""
    attributed: Quoted | None = None
    """The passage that ties the words to the person, where the quotation's own paragraph does not name them."""
    cite: Cite | None = None
    """Where it stands: `@key, para. 5`."""
    date: DateText | None = None
    """When it was said. Without it, the date of the cited source counts."""
    venue: Line | None = None
    """Where it was said: a hearing, an interview, a journal."""
    emphasis_added: Flag | None = None
    """True where italics in the quotation are the editor's; printed."""
    translated_by: Line | None = None
    """Who translated the quotation; printed."""
    introduces: Coded | None = None
    """The paragraph of the quotation, `para. 9`, where `attributed` is an introduction that stands further off."""
    direction: Literal["ltr", "rtl"] | None = None
    """Direction of the quotation, where its first letter does not show it. Direction marks in the text are errors."""
    alterations: Line | None = None
    """Who has checked an alteration of the quotation that cannot be judged by rule, and why; printed in the annex."""
    short: Markdown | None = None
    """`says` in fewer words, for page designs that are short forms. A quotation is never shortened."""


class EarlierShape(StatementShape):
    stance: Line | None = None
    """One of the question's `scale`, as the editor codes what was held then."""
    rests_on: list[FactId] | None = None
    """The facts this position rests on; `shared:id` for one of `facts.yaml`."""


class PositionShape(EarlierShape):
    earlier: list[EarlierShape] | None = None
    """Positions held before, each with its own date. They stay visible."""


class GapShape(Shape):
    gap: Literal["no-position-found", "declined", "not-asked", "withdrawn"]
    """Why there is no position. A blank cell is an error; a gap with a reason is information."""
    searched: Line | None = None
    """Where a position was looked for; belongs to `no-position-found`."""
    until: DateText | None = None
    """Until when it was looked for."""
    note: Line | None = None
    """What else there is to say."""


def _cell_kind(value: Any) -> str:
    return "gap" if isinstance(value, dict) and "gap" in value else "position"


CellShape = Annotated[
    Annotated[PositionShape, Tag("position")] | Annotated[GapShape, Tag("gap")], Discriminator(_cell_kind)
]


class QuestionShape(Silenceable):
    id: Id
    """A short name that never changes."""
    ask: Line
    """The question, worded neutrally."""
    scale: list[Line]
    """The labels that the editor codes each stance with: in their order where they have one."""
    scale_kind: Literal["ordinal", "nominal"] = "ordinal"
    """`ordinal` where the labels have a rank, `nominal` where they differ in kind: then no rank is drawn."""
    positions: dict[str, CellShape]
    """By expert: a position, or a gap with its reason."""
    note: Markdown | None = None
    """What a reader has to know to understand the question."""
    printed_in: list[Coded] | None = Field(default=None, alias="in")
    """The page designs that print it, by name; all of them if left out. The page counts what it leaves out."""


class EventShape(Shape):
    date: DateText
    """A day, month or year."""
    event: Markdown
    """What happened, in a sentence."""
    cite: Cite | None = None
    """Where it stands."""
    printed_in: list[Coded] | None = Field(default=None, alias="in")
    """The page designs that print it, by name; all of them if left out. The page counts what it leaves out."""


class OptionShape(Silenceable):
    id: Id
    """A short name that never changes."""
    option: Markdown
    """What could be done."""
    in_favour: Markdown | None = Field(default=None, alias="for")
    """What speaks for it."""
    against: Markdown | None = None
    """What speaks against it."""
    cite: Cite | None = None
    """Where it is put forward."""
    rests_on: list[FactId] | None = None
    """The facts it rests on; `shared:id` for one of `facts.yaml`."""
    supported_by: list[Coded] | None = None
    """Who is on record for it: positions as `question.expert`, voices by their id."""
    opposed_by: list[Coded] | None = None
    """Who is on record against it, in the same way."""
    printed_in: list[Coded] | None = Field(default=None, alias="in")
    """The page designs that print it, by name; all of them if left out. The page counts what it leaves out."""


class VoiceShape(StatementShape):
    id: Id
    """A short name that never changes."""
    who: Id
    """An id of `experts.yaml`."""
    question: Id | None = None
    """The question that the statement bears on."""
    printed_in: list[Coded] | None = Field(default=None, alias="in")
    """The page designs that print it, by name; all of them if left out. The page counts what it leaves out."""


class CorrectionShape(Shape):
    date: DateText
    """When it was corrected."""
    what: Markdown
    """What was wrong and what it says now."""


class FactFile(Silenceable):
    """One publication: `briefs/<slug>.yaml`."""

    title: Line
    """The title."""
    subtitle: Line | None = None
    """A line under the title."""
    answer: Markdown | None = None
    """The answer to the title in one sentence, printed under it: cited, or derived from the positions."""
    short_title: Line | None = None
    """A few words for the head of each page, where the title is long."""
    number: Line | None = None
    """The number in the series, such as `2025-01`."""
    date: DateText | None = None
    """The day of the last significant change; a typo does not move it. Needed to publish."""
    status: Literal["draft", "published", "withdrawn"] = "draft"
    """`draft` until it is published; `withdrawn` prints a banner and keeps the address alive."""
    edition: Count = 1
    """Counts from 1; a published edition never changes."""
    updates: Markdown | None = None
    """From the second edition on: what it updates, and why."""
    language: Coded | None = None
    """BCP 47 tag, where it differs from the house style's."""
    preset: Coded | None = None
    """The page design, where it differs from the house style's."""
    citation_style: Coded | None = None
    """A CSL style's name, or a `.csl` file, where it differs from the house style's."""
    authors: list[PersonShape] | None = None
    """Who wrote it. Without any, the publisher is the author."""
    reviewers: list[PersonShape] | None = None
    """Who reviewed it."""
    experts: list[Id] | None = None
    """The columns: ids of `experts.yaml`."""
    order: Literal["alphabetical", "as-given"] = "alphabetical"
    """How the columns are ordered: by family name, in the alphabet of the brief's language, or as `experts` lists them. Printed."""
    order_reason: Line | None = None
    """Why the order is `as-given`; printed."""
    emphasis: Literal["positions", "options", "facts"] = "positions"
    """What the brief is for: the blocks of this kind come first on the page."""
    gaps: Literal["line", "columns"] = "line"
    """Where experts without a position stand: in a line under the table, or in columns of their own."""
    selection: Markdown | None = None
    """How the experts were chosen; printed with the method."""
    summary: Markdown | None = None
    """The brief in a paragraph."""
    key_points: list[Markdown] | None = None
    """Three to five findings, a sentence each."""
    facts: list[FactShape] | None = None
    """Cited claims and figures."""
    uses: list[Id] | None = None
    """Facts of `facts.yaml` that are printed here although nothing in this file refers to them as `#shared:id`."""
    tables: list[TableShape] | None = None
    """Tables from CSV files and workbooks beside this file."""
    questions: list[QuestionShape] | None = None
    """What the experts are compared on."""
    timeline: list[EventShape] | None = None
    """What happened when."""
    options: list[OptionShape] | None = None
    """What could be done, with what speaks for and against it."""
    voices: list[VoiceShape] | None = None
    """Cited statements by people who have no column."""
    limits: Markdown | None = None
    """What the evidence cannot show."""
    method: Markdown | None = None
    """What was searched and until when, beyond the house style's method."""
    corrections: list[CorrectionShape] | None = None
    """What was wrong in this edition and has been put right. Listed, not hidden."""


class AffiliationShape(Shape):
    role: Line | None = None
    """`scholar`, `director`."""
    organisation: Line | None = None
    """Where."""
    start: DateText | None = Field(default=None, alias="from")
    """Since when; left out where it is not known."""
    end: DateText | None = Field(default=None, alias="until")
    """Until when; left out where it lasts or is not known."""


class ExpertShape(Shape):
    name: Line
    """The full name as it is printed."""
    family: Line | None = None
    """The name that sorts, where it is not the last word of `name`."""
    kind: Literal["person", "institution"] = "person"
    """An institution's position is not a person's, and is said to be one."""
    also: list[Line] | None = None
    """Other forms of the name in sources: spellings, initials, the name in another script."""
    affiliations: list[AffiliationShape] | None = None
    """What the person was, and when. The one held when a statement was made is printed."""
    affiliation_note: Line | None = None
    """Printed where no affiliation is known, such as that the source gives none."""


class ContactShape(Shape):
    name: LineByLanguage | None = None
    """A person or a desk."""
    email: Coded | None = None
    """An address for readers."""
    url: LineByLanguage | None = None
    """A page for readers."""
    accessibility: LineByLanguage | None = None
    """Where to ask for another format."""


class LicenceShape(Shape):
    name: LineByLanguage
    """`CC BY 4.0`."""
    url: LineByLanguage | None = None
    """Its text."""


class HouseFile(Silenceable):
    """What all briefs of a publisher share: `briefs/house.yaml`."""

    name: LineByLanguage
    """The publisher, as printed."""
    language: Coded = "en-GB"
    """BCP 47 tag of the briefs' language."""
    series: LineByLanguage = "Briefing"
    """What a publication is called in the masthead."""
    citation_style: Coded = "chicago-notes-bibliography"
    """A CSL style by name, or the path of a `.csl` file."""
    preset: Coded = "briefing"
    """The page design."""
    site: Coded | None = None
    """The address that the briefs are published under, ending in `/`."""
    outputs: Literal["folders", "flat"] = "folders"
    """Whether pages and PDFs stand in folders as their fact files do, or all beside each other."""
    contact: ContactShape | None = None
    """Where readers turn to."""
    licence: LicenceShape | None = None
    """What readers may do with the briefs."""
    disclaimer: MarkdownByLanguage | None = None
    """Printed last, such as that views are not the publisher's."""
    funding: MarkdownByLanguage | None = None
    """Who pays, and what interests there are."""
    method: MarkdownByLanguage | None = None
    """How questions are worded, experts chosen and stance coded; printed in every brief."""
    review_period: Count | None = None
    """Days after which a fact without `review_by` is due for review."""
    overdue: Literal["warn", "fail", "as-of"] = "warn"
    """What an overdue review does: a warning, an error, or a printed "as of"."""
    evidence_annex: Flag = False
    """Print every quotation and passage with its verdict, locator and hash as the last pages."""
