"""The body of a brief: sections, and the pictures, pull quotes and boxes that they place."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.fields import inline, optional, printed_in, required, suppressions
from generator.model.kinds import BODY, CITE, ID, LINE, MARKDOWN, PARAGRAPH, PLACED_CODED, choice, record
from generator.model.position import Statement
from generator.model.values import CitationGroup, Line, PictureFile, Prose, Suppression, Text
from generator.problems import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """A finding of the brief."""

    text: Prose = required(
        PARAGRAPH,
        "The finding, in a sentence.",
        '"Two of four disagree [@rise-2025]."',
        "contested-flat figure-contradiction quote-uncited",
    )
    short: Prose | None = optional(
        PARAGRAPH,
        "The finding in fewer words, for page designs that are short forms.",
        '"Two of four disagree."',
        "contested-flat figure-contradiction quote-uncited",
    )
    printed_in: tuple[Text, ...] = printed_in()
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the body: background, analysis, implications."""

    suppressed: tuple[Suppression, ...] = suppressions("{vague-attribution: The report names nobody.}")
    id: str = required(
        ID,
        "A short name that never changes; the section's address in the page.",
        "background",
        "bad-value duplicate-id",
    )
    heading: str = required(
        LINE, "The heading, which is also in the table of contents.", "How the rules came about", "quote-uncited"
    )
    text: Prose = required(
        BODY,
        "The text of the section. `![#picture:id]`, `table`, `chart`, `quote` or `box` on a line of its own prints a figure there.",
        '"Rules began in 2022 [@rise-2025, para. 2]."',
        "bad-placement placement-unknown figure-twice quote-uncited contested-flat section-not-printed",
    )
    stands: str = optional(
        choice("before", "after"),
        "`before` the facts and positions, as background, or `after` them, as analysis.",
        "after",
        "bad-value",
        default="before",
        key="place",
    )
    printed_in: tuple[Text, ...] = printed_in("fact-not-printed")
    place: Location
    lines: tuple[Line, ...] = ()

    @property
    def after(self) -> bool:
        return self.stands == "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture from a file in `briefs/`. `image` is None if the file could not be used."""

    suppressed: tuple[Suppression, ...] = suppressions("{picture-private: The place is in the caption anyway.}")
    id: str = required(
        ID,
        "A short name that never changes: `![#picture:id]` prints it, `[#picture:id]` refers to it.",
        "harbour",
        "bad-value duplicate-id",
    )
    file: Text = required(
        PLACED_CODED,
        "The file, `.png`, `.jpg`, `.webp` or `.svg`, relative to this one: `pictures/harbour.jpg`.",
        "pictures/harbour.jpg",
        "picture-file picture-unsafe picture-private picture-too-large",
        key="picture",
    )
    alt: str = required(
        LINE,
        "A description for readers who do not see the picture: its content, not that it is a picture.",
        "Two ferries lie at a stone quay; a third leaves between cranes.",
    )
    caption: str = required(LINE, "The text printed under it.", "The Old Harbour on a weekday morning", "quote-uncited")
    credit: str = optional(LINE, "Who made the picture; printed after the caption.", "'Photograph: Ann Example'")
    licence: str = optional(LINE, "The licence under which it is used; printed after the credit.", "CC BY 4.0")
    cite: CitationGroup | None = optional(
        CITE, "Where it or its data are from.", '"@rise-2025, p. 4"', "unknown-source bad-citation"
    )
    place: Location
    lines: tuple[Line, ...] = ()
    image: PictureFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote:
    """A quotation that is set large in a section; verified like every quotation."""

    id: str = required(
        ID, "A short name that never changes: `![#quote:id]` prints it.", "meant", "bad-value duplicate-id"
    )
    statement: Statement = inline(record(Statement))
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Text that is set apart in a section."""

    id: str = required(
        ID, "A short name that never changes: `![#box:id]` prints it.", "terms", "bad-value duplicate-id"
    )
    heading: str = required(LINE, "A short heading above the text.", "What a chip is", "quote-uncited")
    text: Prose = required(
        MARKDOWN, "The text of the box.", "A chip is a piece of silicon with circuits.", "bad-placement quote-uncited"
    )
    place: Location
    lines: tuple[Line, ...] = ()
