"""Facts, figures, voices, events and options, ready to print. The rules of `views.py` hold here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import CitationGroup, Prose
from generator.render.page.views import Head, Link, When, Words


@dataclass(frozen=True, slots=True)
class AxisMark:
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
    mark: AxisMark | None
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
    keep_item: bool
    """Whether it is short enough, with figures and notes, to stay on one page."""
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
