"""The page as a whole, its head and its back matter, ready to print. The rules of `views.py` hold here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import PictureFile, Prose
from generator.render.labels import Labels
from generator.render.page.fact_views import EventView, FactView, KeyFigure, OptionView, VoiceGroup
from generator.render.page.matrix_views import Matrix
from generator.render.page.picture_views import (
    BoxView,
    ChartView,
    ImageView,
    PullQuoteView,
    SectionView,
    TableView,
    TimelineView,
)
from generator.render.page.views import Link, Run, When
from generator.render.preset import Preset


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
class Method:
    house: Prose | None
    brief: Prose | None
    selection: Prose | None
    order: str
    coding: str
    quotations: str
    gaps: str


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
    kind: str
    verdict: str
    where: str
    keep: bool
    alterations: str = ""
    """Who checked the editor's alterations, and why they are right."""


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """A captured source and the passages that were compared with it."""

    name: str
    captured: str
    digest: str
    rows: tuple[EvidenceRow, ...]


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
    evidence: tuple[EvidenceSource, ...]
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
