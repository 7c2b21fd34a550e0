"""Views: records of a page, ready to print by templates that decide nothing.

Every word is in the brief's language and every date is formatted. `Prose` and citation groups are rendered when a template uses
them, because note numbers follow the reading order of the preset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import CitationGroup, PictureFile, Prose
from generator.render.labels import Labels
from generator.render.page.picture_views import ChartView, GridTable, TimelineView
from generator.render.preset import Preset


@dataclass(frozen=True, slots=True)
class When:
    """A date in words and, for `<time datetime>`, in ISO 8601 (`2025`, `2025-01` or `2025-01-29`)."""

    words: str
    iso: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a quotation: `plain`, `editorial` (square brackets and omission marks) or `emphasis` (added)."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Link:
    """A place on this page (`#...`) or an address, and its words."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner at the head of the page: a draft, a withdrawn brief. `kind` is the brief's status."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Masthead:
    publisher: str
    publisher_url: str
    line: tuple[str, ...]
    """Series and number, date, edition: printed with a middle dot between."""
    status: str
    """Empty for a published brief."""
    pdf: str
    """Where the PDF stands, relative to the page; empty where there is none."""
    evidence: str
    """The date of the newest dated source, in words; empty where none has a date."""
    logo: str = ""
    """Its name among the page's files, where it is printed in place of the publisher's name."""
    logo_alt: str = ""
    logo_width: int = 0
    logo_height: int = 0


@dataclass(frozen=True, slots=True)
class Stance:
    """A label and where it stands on its question's scale: `steps` is true at one place, and empty where labels have no rank."""

    label: str
    steps: tuple[bool, ...]
    rank: int = 0
    """Its place among them, from 1."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said, with where it stands."""

    paraphrase: Prose | None
    quote: tuple[Run, ...]
    opening: str
    closing: str
    cluster: CitationGroup | None
    marks: str
    """`emphasis added`, the translator: printed after the quotation in brackets."""
    said: str
    """Where and when it was said, if that is known by itself."""
    source: str
    """As quoted or reported in what, when, and where in it."""
    language: str = ""
    """BCP 47 tag of the quotation; empty where it is the page's."""
    direction: str = ""
    """`rtl` or `ltr` of the quotation, where it is not the page's."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A position held before, still visible."""

    heading: str
    stance: Stance | None
    words: Words


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an expert's column, or of a voice: who, and what they were when they said it."""

    id: str
    name: str
    short: str
    affiliation: str
    now: str
    """Today's affiliation where it differs, as a whole phrase."""
    institution: str
    """A word that says so where the column is an institution's, not a person's."""
    affiliation_line: str = ""
    """The affiliation where it stands by itself: it begins with a capital, unless it is an organisation's own name."""


@dataclass(frozen=True, slots=True)
class CellView:
    """One expert on one question: either `gap` says why there is nothing, or `words` is set."""

    id: str
    head: Head
    stance: Stance | None
    words: Words | None
    rests_on: tuple[Link, ...]
    earlier: tuple[Earlier, ...]
    gap: str
    """In words, whole: printed in the matrix."""
    gap_short: str
    """In two or three words: printed on the strip."""
    gap_note: str = ""
    """What the editors add to the reason; part of `gap`."""


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """The columns that fit side by side; `part` names them where a question needs several tables."""

    cells: tuple[CellView, ...]
    part: str
    keep: bool
    """Short enough to stay on one page."""
    width: int
    """Of the full width, in percent: every column of a question is as wide as any other, whatever table it is in."""


@dataclass(frozen=True, slots=True)
class SilentExpert:
    """An expert without a position and without a column; `id` is that of the cell."""

    id: str
    name: str
    words: str
    """The name, with the editors' note in brackets; with the affiliation where the brief names it nowhere else."""


@dataclass(frozen=True, slots=True)
class SilentGroup:
    """Experts who have no position for one reason."""

    reason: str
    experts: tuple[SilentExpert, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: str
    number: int
    ask: str
    scale: tuple[Stance, ...]
    ordinal: bool
    note: Prose | None
    tables: tuple[MatrixTable, ...]
    """Of those who have a position; with `gaps: columns` of all."""
    silent: tuple[SilentGroup, ...]
    """Those who have no column here, under the table."""


@dataclass(frozen=True, slots=True)
class StripStep:
    """One label of a scale, and the experts whose stance it is, as links to their cells."""

    label: str
    experts: tuple[Link, ...]
    share: str
    """Its experts in percent of the fullest step's, for a bar."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One question at first sight: its scale as an axis, the experts on it, and the silent ones in a line."""

    id: str
    number: int
    ask: str
    ordinal: bool
    steps: tuple[StripStep, ...]
    silent: tuple[str, ...]
    """Each reason with the names of those without a position."""
    counted: bool
    """Too many experts to draw a dot for each: printed as numbers."""
    keep: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    questions: tuple[QuestionView, ...]
    strips: tuple[Strip, ...]
    grid: tuple[GridTable, ...]
    """All stances in one table, or in several beside which no more fit; empty unless the brief asks for it."""
    coverage: str
    reading: str
    """How the columns are ordered and whose coding the stance is, in one or two sentences."""
    wide: bool
    """More columns in a table than an upright page holds: printed across."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on its axis: left end and width in percent of the axis; the width of a point is nothing.

    `kind` is `point`, `range`, `below` (under, at most) or `above` (over, at least). The amount is printed over the mark: `indent`
    percent from the start of the axis, or from its end where `at_end` is set.
    """

    left: str
    width: str
    kind: str
    indent: str
    at_end: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    amount: str
    by: str
    when: When | None
    note: str
    cluster: CitationGroup | None
    mark: Mark | None
    preferred: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """Figures that measure the same; only these may be held against each other."""

    words: str
    """What is measured; empty where all figures of the fact measure the same and none says what."""
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    left: str
    words: str
    """Empty where they would touch the next ones."""
    edge: str
    """`first`, `last` or empty: where the words are set."""
    spare: bool
    """Its words are left out in a narrow window."""


@dataclass(frozen=True, slots=True)
class Axis:
    title: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A fact that is printed large at the head of the page: what it shows, and its claim, which leads to the fact.

    `href` is empty where the preset does not print the facts.
    """

    headline: str
    claim: str
    href: str


@dataclass(frozen=True, slots=True)
class FactView:
    id: str
    number: int
    claim: Prose
    cluster: CitationGroup | None
    figures: tuple[FigureView, ...]
    measures: tuple[Measure, ...]
    """The figures of a contested fact again, by what they measure."""
    contested: bool
    verdict: str
    """How far apart contested figures are, in words."""
    axis: Axis | None
    preferred: str
    note: Prose | None
    keep: bool
    """Few enough figures to stay on one page."""
    as_of: str = ""
    """The day it is told of and when it is due for review; empty unless the house style prints it."""


@dataclass(frozen=True, slots=True)
class VoiceView:
    id: str
    head: Head
    words: Words
    keep: bool
    """Short enough to stay on one page; so below."""


@dataclass(frozen=True, slots=True)
class VoiceGroup:
    """Voices that bear on one question; `title` is empty for those that bear on none."""

    title: str
    href: str
    voices: tuple[VoiceView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    when: When
    event: Prose
    cluster: CitationGroup | None
    keep: bool
    number: int = 0
    """In the picture of the timeline; 0 where it is not in it."""
    reported: bool = False
    """Whether the date is that of a report."""


@dataclass(frozen=True, slots=True)
class OptionView:
    id: str
    option: Prose
    in_favour: Prose | None
    against: Prose | None
    cluster: CitationGroup | None
    rests_on: tuple[Link, ...]
    supported_by: tuple[Link, ...]
    opposed_by: tuple[Link, ...]
    keep: bool


@dataclass(frozen=True, slots=True)
class Method:
    house: Prose | None
    brief: Prose | None
    selection: Prose | None
    order: str
    coding: str
    quotations: str
    gaps: str


@dataclass(frozen=True, slots=True)
class SectionView:
    id: str
    heading: str
    text: Prose
    wide: bool
    """Whether it holds a table or chart, which needs the width of the page."""


@dataclass(frozen=True, slots=True)
class ImageView:
    id: str
    file: str
    """Its name among the page's files: what `address` takes."""
    alt: str
    number: str
    """`Figure 1`."""
    caption: str
    credit: str
    """Whose it is and under which licence, as one phrase."""
    cluster: CitationGroup | None
    source: str
    """The line that names the source it is from."""
    width: int
    height: int
    """In pixels."""
    paper: str
    """How wide it is printed at most, in mm."""
    window: int
    """How wide it is shown at most, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class PullQuoteView:
    id: str
    words: Words
    head: Head


@dataclass(frozen=True, slots=True)
class BoxView:
    id: str
    heading: str
    text: Prose
    keep: bool
    """Short enough to stay on one page."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The head of a column; `kind` is `number` or `words`."""

    head: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A cell as it is printed."""

    words: str
    kind: str
    """`number`, `words` or `empty`."""
    pad: int = 0
    """How many decimals it has fewer than its column; with `whole` the decimal mark is missing too."""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    id: str
    title: str
    """Its number and caption."""
    units: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableEntry, ...], ...]
    cluster: CitationGroup | None
    source: str
    """The line that names the source."""
    derived: str
    note: Prose | None
    placed: bool = False
    """Whether a section prints it."""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    when: When
    what: Prose


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author of whom more is known than name and role."""

    name: str
    role: str
    links: tuple[Link, ...]
    biography: Prose | None
    portrait: str
    """Its name among the page's files; empty without one."""
    alt: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    title: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, drawn as one path."""

    path: str
    side: int
    """In modules, the quiet zone included."""
    alt: str
    address: str


@dataclass(frozen=True, slots=True)
class Colophon:
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    contact: tuple[Link, ...]
    accessibility: Link | None
    licence: Link | None
    citation: tuple[Run, ...]
    edition: str
    updates: Prose | None
    disclaimer: Prose | None
    funding: Prose | None
    corrections: tuple[CorrectionView, ...]
    about_authors: tuple[AuthorView, ...] = ()
    address: str = ""
    identifiers: str = ""
    """ISSN and DOI, in words."""
    doi: Link | None = None
    topics: tuple[str, ...] = ()
    related: tuple[RelatedView, ...] = ()
    qr: QrCode | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    words: str
    source: str
    kind: str
    verdict: str
    where: str
    captured: str
    digest: str
    keep: bool
    alterations: str = ""
    """Who has checked the editor's alterations, and why they are right."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page tells machines. `tags` are `(name, content)` in the order in which they are printed."""

    description: str
    canonical: str
    tags: tuple[tuple[str, str], ...]
    json_ld: str
    graph: tuple[tuple[str, str], ...] = ()
    """Properties of Open Graph, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Running:
    """Words of the margins: heads and feet of later pages."""

    publisher: str
    title: str
    line: str
    page: str
    of: str
    status: str


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """Words that a page prints in one or several places, such as a name or a title, in a language that is not the page's."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """One brief, as a preset prints it."""

    slug: str
    language: str
    title: str
    title_measure: str
    """How wide the title may be, in em, so that its lines are of like length; empty where one line is enough."""
    subtitle: str
    masthead: Masthead
    running: Running
    notices: tuple[Notice, ...]
    contents: tuple[Link, ...]
    """The sections, for a list of contents on the screen."""
    answer: Prose | None
    evidence_line: tuple[str, ...]
    """What the brief rests on, in parts: sources and their dates, experts, positions and gaps."""
    key_figures: tuple[KeyFigure, ...]
    summary: Prose | None
    key_points: tuple[Prose, ...]
    facts: tuple[FactView, ...]
    tables: tuple[TableView, ...]
    charts: tuple[ChartView, ...]
    matrix: Matrix
    voices: tuple[VoiceGroup, ...]
    timeline: tuple[EventView, ...]
    timeline_picture: TimelineView | None
    options: tuple[OptionView, ...]
    limits: Prose | None
    method: Method
    colophon: Colophon
    evidence: tuple[EvidenceRow, ...]
    metadata: Metadata
    preset: Preset
    labels: Labels
    fact_numbers: Mapping[str, int]
    """By fact id, for references in prose."""
    figure_numbers: Mapping[str, int]
    """By kind and id (`table:costs`, `picture:harbour`), for references in prose."""
    direction: str = "ltr"
    """`rtl` where the page's language is written from right to left."""
    foreign: tuple[ForeignWords, ...] = ()
    source_languages: Mapping[str, str] = field(default_factory=dict)
    """By key of the cited sources that are in another language than the page."""
    left_out: str = ""
    """What this form does not print, counted, and how many texts are the short ones; empty where it prints everything."""
    up: str = ""
    """From the page's folder to the output folder: `../` for each folder that it stands in."""
    brief_links: Mapping[str, str] = field(default_factory=dict)
    """By `slug#id` as prose has it, where other briefs stand below the output folder."""
    sections: tuple[SectionView, ...] = ()
    sections_after: tuple[SectionView, ...] = ()
    """Those that stand behind the positions."""
    pictures: Mapping[str, ImageView] = field(default_factory=dict)
    """By id, as the three below: what sections place."""
    pull_quotes: Mapping[str, PullQuoteView] = field(default_factory=dict)
    boxes: Mapping[str, BoxView] = field(default_factory=dict)
    placed_tables: Mapping[str, TableView] = field(default_factory=dict)
    files: Mapping[str, PictureFile] = field(default_factory=dict)
    """What is published beside the page, by name."""
    stem: str = ""
    """Where the page stands below the output folder, without its ending."""
    house_css: str = ""
    """Rules for the publisher's own colours."""
    house_css_dark: str = ""
    """The same for dark windows."""
