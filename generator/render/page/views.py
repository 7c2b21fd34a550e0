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
    """A run of a quotation: `plain`, `editorial` (square brackets and omission marks) or `emphasis` (added)."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Link:
    """A place on this page (`#...`) or an address, and its words."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner at the top of the page: a draft, a withdrawn brief. `kind` is the brief's status."""

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
    """Path of the PDF, relative to the page; empty if there is none."""
    evidence: str
    """Date of the newest dated source, in words; empty if none has a date."""
    logo: str = ""
    """Its name among the page's files, if it is printed instead of the publisher's name."""
    logo_alt: str = ""
    logo_width: int = 0
    logo_height: int = 0


@dataclass(frozen=True, slots=True)
class Stance:
    """A label and its place on the question's scale: `steps` is true at one place, and empty if labels have no order."""

    label: str
    steps: tuple[bool, ...]
    rank: int = 0
    """Its place among them, from 1."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said, with its source."""

    paraphrase: Prose | None
    quote: tuple[Run, ...]
    opening: str
    closing: str
    cluster: CitationGroup | None
    marks: str
    """`emphasis added`, the translator: printed after the quotation in brackets."""
    said: str
    """Where and when it was said, if known."""
    source: str
    """The source line: source, date and locator, with "as quoted in" if needed."""
    language: str = ""
    """BCP 47 tag of the quotation; empty if it is the page's."""
    direction: str = ""
    """`rtl` or `ltr` of the quotation, if it is not the page's."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A position held before, still visible."""

    heading: str
    stance: Stance | None
    words: Words


@dataclass(frozen=True, slots=True)
class Head:
    """The header of an expert's column, or of a voice: name, and affiliation at the time of the statement."""

    id: str
    name: str
    short: str
    affiliation: str
    now: str
    """Today's affiliation if it differs, as a phrase."""
    institution: str
    """A word for an institution, if the column is not a person's."""
    affiliation_line: str = ""
    """The affiliation on a separate line: it begins with a capital, unless it is an organisation's own name."""


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
    """The full reason, printed in the matrix."""
    gap_short: str
    """The reason in two or three words, printed on the strip."""
    gap_note: str = ""
    """The editors' note on the reason; part of `gap`."""


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """Columns that fit in one table; `part` names them if a question needs several tables."""

    cells: tuple[CellView, ...]
    part: str
    keep: bool
    """Whether it is short enough to stay on one page."""
    width: int
    """Width in percent of the full width. All columns of a question have the same width, in all its tables."""


@dataclass(frozen=True, slots=True)
class SilentExpert:
    """An expert without a position and without a column; `id` is that of the cell."""

    id: str
    name: str
    words: str
    """The name, with the editors' note in brackets, and with the affiliation if the brief has it nowhere else."""


@dataclass(frozen=True, slots=True)
class SilentGroup:
    """Experts without a position for the same reason."""

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
    """Tables of the experts with a position; with `gaps: columns` of all."""
    silent: tuple[SilentGroup, ...]
    """Experts without a column, named under the table."""


@dataclass(frozen=True, slots=True)
class StripStep:
    """One label of a scale, and the experts whose stance it is, as links to their cells."""

    label: str
    experts: tuple[Link, ...]
    share: str
    """Its number of experts in percent of the largest step, for a bar."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Overview of one question: its scale as an axis, the experts on it, and the experts without a position in a line."""

    id: str
    number: int
    ask: str
    ordinal: bool
    steps: tuple[StripStep, ...]
    silent: tuple[str, ...]
    """Each reason with the names of those without a position."""
    counted: bool
    """Whether there are too many experts for dots, so that numbers are printed."""
    keep: bool


@dataclass(frozen=True, slots=True)
class ColumnPerson:
    """An expert with a column in some table, for choosing what the tables show."""

    id: str
    name: str
    place: int
    """Among all of them by name, from 1."""


@dataclass(frozen=True, slots=True)
class Matrix:
    questions: tuple[QuestionView, ...]
    people: tuple[ColumnPerson, ...]
    """Those who have a column, in the order of the columns."""
    strips: tuple[Strip, ...]
    grid: tuple[GridTable, ...]
    """All stances in one or several tables; empty unless the brief has `grid: true`."""
    coverage: str
    reading: str
    """How the columns are ordered and who coded the stances, in one or two sentences."""
    wide: bool
    """Whether a table has too many columns for an upright page and is printed landscape."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on its axis: left end and width in percent of the axis; a point has no width.

    `kind` is `point`, `range`, `below` (under, at most) or `above` (over, at least). The amount is printed over the mark: `indent`
    percent from the start of the axis, or from its end if `at_end` is set.
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
    """Figures that measure the same; only these may be compared."""

    words: str
    """What is measured; empty if all figures of the fact measure the same and none says what."""
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    left: str
    words: str
    """Empty if they would touch the next words."""
    edge: str
    """`first`, `last` or empty: alignment of the words."""
    spare: bool
    """Whether its words are left out in a narrow window."""


@dataclass(frozen=True, slots=True)
class Axis:
    title: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A fact that is printed large at the top of the page: its amount or words, and its claim with a link to the fact.

    `href` is empty if the preset does not print the facts.
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
    """The ratio of contested figures, in words."""
    axis: Axis | None
    preferred: str
    note: Prose | None
    keep: bool
    """Whether it has few enough figures to stay on one page."""
    as_of: str = ""
    """Its "as of" date and when it is due for review; empty unless the house style prints them."""


@dataclass(frozen=True, slots=True)
class VoiceView:
    id: str
    head: Head
    words: Words
    keep: bool
    """Whether it is short enough to stay on one page; so below."""


@dataclass(frozen=True, slots=True)
class VoiceGroup:
    """Voices on one question; `title` is empty for voices without a question."""

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
    """Its number in the drawing of the timeline; 0 if it is not drawn."""
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
    """Whether it contains a table or chart, which needs the width of the page."""


@dataclass(frozen=True, slots=True)
class ImageView:
    id: str
    file: str
    """Its name among the page's files, for `address`."""
    alt: str
    number: str
    """`Figure 1`."""
    caption: str
    credit: str
    """Credit and licence, as one phrase."""
    cluster: CitationGroup | None
    source: str
    """The line with its source."""
    width: int
    height: int
    """In pixels."""
    paper: str
    """Largest width in print, in mm."""
    window: int
    """Largest width on the screen, in CSS pixels."""


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
    """Whether it is short enough to stay on one page."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The header of a column; `kind` is `number` or `words`."""

    head: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A cell as it is printed."""

    words: str
    kind: str
    """`number`, `words` or `empty`."""
    pad: int = 0
    """How many fewer decimals it has than its column; with `whole`, the decimal mark is missing too."""
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
    """An author with more details than name and role."""

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
    """In modules, including the quiet zone."""
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
    """Who checked the editor's alterations, and why they are right."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of the page. `tags` are `(name, content)` in printing order."""

    description: str
    canonical: str
    tags: tuple[tuple[str, str], ...]
    json_ld: str
    graph: tuple[tuple[str, str], ...] = ()
    """Properties of Open Graph, in printing order."""


@dataclass(frozen=True, slots=True)
class Running:
    """Words in the margins: running heads and feet of later pages."""

    publisher: str
    title: str
    line: str
    page: str
    of: str
    status: str


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """Words in another language than the page's, such as a name or a title, wherever they are printed."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """One brief in the form that a preset prints."""

    slug: str
    language: str
    title: str
    title_measure: str
    """Width of the title, in em, so that its lines have similar lengths; empty if one line is enough."""
    subtitle: str
    masthead: Masthead
    running: Running
    notices: tuple[Notice, ...]
    contents: tuple[Link, ...]
    """The sections, for a list of contents on the screen."""
    answer: Prose | None
    evidence_line: tuple[str, ...]
    """The evidence line in parts: sources and their dates, experts, positions and gaps."""
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
    """`rtl` if the page's language is written from right to left."""
    foreign: tuple[ForeignWords, ...] = ()
    source_languages: Mapping[str, str] = field(default_factory=dict)
    """Languages of the cited sources that are in another language than the page, by key."""
    left_out: str = ""
    """Numbers of omitted records and of short texts; empty if everything is printed."""
    up: str = ""
    """Path from the page's folder to the output folder: `../` for each folder."""
    brief_links: Mapping[str, str] = field(default_factory=dict)
    """Paths of other briefs in the output folder, by `slug#id` as in the text."""
    sections: tuple[SectionView, ...] = ()
    sections_after: tuple[SectionView, ...] = ()
    """Sections after the positions."""
    pictures: Mapping[str, ImageView] = field(default_factory=dict)
    """Parts that sections place, by id, as the three below."""
    pull_quotes: Mapping[str, PullQuoteView] = field(default_factory=dict)
    boxes: Mapping[str, BoxView] = field(default_factory=dict)
    placed_tables: Mapping[str, TableView] = field(default_factory=dict)
    files: Mapping[str, PictureFile] = field(default_factory=dict)
    """Files that are published with the page, by name."""
    stem: str = ""
    """Path of the page in the output folder, without suffix."""
    own_citation: tuple[tuple[str, str], ...] = ()
    """How the brief is cited, for reference managers: the name of each format and its text."""
    house_css: str = ""
    """Rules for the publisher's own colours."""
    house_css_dark: str = ""
    """The same for dark windows."""
