"""What all briefs of a publisher share."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.fields import optional, required, suppressions
from generator.model.kinds import (
    ADDRESS_BY_LANGUAGE,
    CODED,
    COLOUR,
    COUNT,
    DEEP_COLOUR,
    EMAIL,
    FLAG,
    ISSN,
    LANGUAGE,
    LINE_BY_LANGUAGE,
    MARKDOWN_BY_LANGUAGE,
    PLACED_CODED,
    SITE_ADDRESS,
    RecordOf,
    choice,
    record,
)
from generator.model.values import PictureFile, Prose, Suppression, Text
from generator.problems import Location


@dataclass(frozen=True, slots=True)
class Contact:
    """How readers reach the publisher."""

    name: str = optional(LINE_BY_LANGUAGE, "A person or a desk.", "Publications desk")
    email: str = optional(EMAIL, "An address for readers.", "desk@example.org", "bad-url")
    url: str = optional(ADDRESS_BY_LANGUAGE, "A page for readers.", "https://www.example.org/contact", "bad-url")
    accessibility: str = optional(LINE_BY_LANGUAGE, "Where to ask for another format.", "formats@example.org")


@dataclass(frozen=True, slots=True)
class Licence:
    """What readers may do with the briefs; without a name, none is printed."""

    name: str = required(LINE_BY_LANGUAGE, "`CC BY 4.0`.", "CC BY 4.0")
    url: str = optional(ADDRESS_BY_LANGUAGE, "Its text.", "https://creativecommons.org/licenses/by/4.0/", "bad-url")


@dataclass(frozen=True, slots=True)
class Logo:
    """The publisher's logo. `image` is None if the file could not be used."""

    file: Text = required(
        PLACED_CODED,
        "The file, `.svg`, `.png`, `.jpg` or `.webp`, relative to `house.yaml`.",
        "logo.svg",
        "picture-file picture-unsafe picture-too-large",
        key="picture",
    )
    alt: str = required(
        LINE_BY_LANGUAGE,
        "Its text for readers who do not see it, usually the publisher's name.",
        "Example Policy Desk",
    )
    image: PictureFile | None = None


@dataclass(frozen=True, slots=True)
class Colours:
    """The publisher's own colours, as `#rrggbb`; empty if there is none."""

    deep: str = optional(
        DEEP_COLOUR,
        "A dark colour, for headings and backgrounds of white text: contrast of at least 7:1 to white.",
        '"#12284a"',
        "house-colour",
    )
    accent: str = optional(
        COLOUR,
        "A colour for emphasis: contrast of at least 4.5:1 to white.",
        '"#a03d17"',
        "house-colour",
    )


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The house style in one language."""

    name: str = required(LINE_BY_LANGUAGE, "The publisher, as printed.", "Example Policy Desk")
    place: Location = Location("")
    suppressed: tuple[Suppression, ...] = suppressions("{unused-expert: The list is shared with another project.}", "")
    language: str = optional(
        LANGUAGE, "BCP 47 tag of the briefs' language.", "en-GB", "unknown-language", default="en-GB"
    )
    series: str = optional(
        LINE_BY_LANGUAGE,
        "The name for a publication in the masthead. If left out, the word for a briefing in its language.",
        "Briefing",
    )
    citation_style: str = optional(
        CODED,
        "A CSL style by name, or the path of a `.csl` file.",
        "chicago-notes-bibliography",
        "unknown-style bad-style",
        default="chicago-notes-bibliography",
    )
    preset: str = optional(CODED, "The page design.", "briefing", "preset-unknown", default="briefing")
    site: str = optional(
        SITE_ADDRESS,
        "The address under which the briefs are published.",
        "https://briefs.example.org/",
        "bad-url",
    )
    addresses: str = optional(
        choice("plain", "pretty"),
        "Whether links between pages end in `.html`, or not, for hosts that find the file without it.",
        "pretty",
        default="plain",
    )
    outputs: str = optional(
        choice("folders", "flat"),
        "Whether pages and PDFs are in folders like their fact files, or all in one folder.",
        "flat",
        default="folders",
    )
    logo: Logo | None = optional(
        record(Logo),
        "Printed in place of the publisher's name at the head of the first page.",
        "{picture: logo.svg, alt: Example Policy Desk}",
        "picture-file picture-unsafe",
    )
    colours: Colours = optional(
        RecordOf(Colours(), lambda: Colours),
        "The publisher's own colours, in every page design, on paper, on the screen and in dark mode.",
        '{deep: "#12284a", accent: "#a03d17"}',
        "house-colour",
    )
    address: str = optional(
        LINE_BY_LANGUAGE, "Where the publisher is; printed with the contact.", "12 Example Street, Quillport"
    )
    issn: str = optional(ISSN, "The ISSN of the series.", "2049-3630", "bad-identifier")
    qr: bool = optional(
        FLAG,
        "Print a QR code in the PDF that leads to the page of the brief; needs `site`.",
        "true",
        "qr-without-site",
        default=False,
    )
    contact: Contact = optional(
        RecordOf(Contact(), lambda: Contact), "How readers reach the publisher.", "{email: desk@example.org}"
    )
    licence: Licence = optional(
        RecordOf(Licence(""), lambda: Licence), "What readers may do with the briefs.", "{name: CC BY 4.0}"
    )
    disclaimer: Prose | None = optional(
        MARKDOWN_BY_LANGUAGE,
        "Printed at the end, such as that views are not the publisher's.",
        "The views are those of the people quoted.",
    )
    funding: Prose | None = optional(
        MARKDOWN_BY_LANGUAGE, "Who pays for the work, and conflicts of interest.", "Paid for by its readers."
    )
    method: Prose | None = optional(
        MARKDOWN_BY_LANGUAGE,
        "How questions are worded, experts chosen and stances coded; printed in every brief.",
        "{en: Questions are worded neutrally., de: Die Fragen sind neutral gestellt.}",
        "house-language quote-unverified unknown-source",
    )
    review_period: int | None = optional(
        COUNT, "Days after which a fact without `review_by` is due for review.", "180", "review-overdue"
    )
    overdue: str = optional(
        choice("warn", "fail", "as-of"),
        'The result of an overdue review: a warning, an error, or a printed "as of".',
        "as-of",
        "bad-value",
        default="warn",
    )
    evidence_annex: bool = optional(
        FLAG,
        "Print every quotation and passage with its verdict, locator and hash as the last pages.",
        "true",
        "yaml-surprise",
        default=False,
    )
    bound: tuple[Text, ...] = ()
    """Names and places of the fields whose text belongs to a language."""
    untranslated: tuple[Text, ...] = ()
    """Those without a text in the language of the brief, which are printed in the house's own language."""
