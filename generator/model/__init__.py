"""The data of a brief: frozen typed records with the declarations of their fields.

Every record has the place where its author wrote it. Strings that authors write are `Text`, so a problem inside one can be shown at
its character. This package does not read YAML, and does not check, cite or draw anything.
"""

from __future__ import annotations

from generator.model.brief import Author, Brief, Correction, Event, Option, Person, Related, Status
from generator.model.chart import CHART, Chart
from generator.model.fact import SHARED, Fact, Figure, Preferred, SharedFacts
from generator.model.house_style import Colours, Contact, HouseStyle, Licence, Logo
from generator.model.library import Affiliation, Expert, ExpertKind, Library, Source
from generator.model.position import Cell, Gap, GapReason, Position, Question, Statement, Voice
from generator.model.results import (
    BibliographyEntry,
    CitationKind,
    Evidence,
    FormattedCitations,
    LanguageVersion,
    Verdict,
)
from generator.model.section import Box, KeyPoint, Picture, PullQuote, Section
from generator.model.table import TABLE, DataTable, TableCell, TableNumber
from generator.model.values import (
    Amount,
    BriefLink,
    Citation,
    CitationGroup,
    Date,
    FactReference,
    Footnote,
    Line,
    Locator,
    PictureFile,
    Placement,
    Prose,
    ProseQuotation,
    Suppression,
    Text,
)
