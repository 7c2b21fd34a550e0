"""What a brief is: frozen typed records with the declarations of their fields.

Every record keeps the place where its author wrote it. Strings that authors write are `Text`, so that a problem inside
one can be shown at its character. This package knows neither YAML nor how anything is checked, cited or drawn.
"""

from __future__ import annotations

from generator.model.brief import Author, Brief, Correction, Event, Option, Person, Related, Status
from generator.model.chart import CHART, Chart
from generator.model.cited_text import (
    BriefLink,
    Citation,
    Cluster,
    FactReference,
    Footnote,
    Line,
    Locator,
    Placement,
    Prose,
    ProseQuotation,
)
from generator.model.expert import Affiliation, Expert, ExpertKind
from generator.model.fact import SHARED, Fact, Figure, Preferred, SharedFacts
from generator.model.house_style import Colours, Contact, HouseStyle, Licence, Logo
from generator.model.library import Library, Source
from generator.model.position import Cell, Gap, GapReason, Position, Statement, Voice
from generator.model.question import Question
from generator.model.results import BibliographyEntry, CitationKind, Evidence, FormattedCitations, Verdict
from generator.model.section import Box, KeyPoint, Picture, PullQuote, Section
from generator.model.table import TABLE, DataTable, TableCell, TableNumber
from generator.model.values import Amount, Date, PictureFile, Silence, Text

__all__ = [
    "CHART",
    "SHARED",
    "TABLE",
    "Affiliation",
    "Amount",
    "Author",
    "BibliographyEntry",
    "Box",
    "Brief",
    "BriefLink",
    "Cell",
    "Chart",
    "Citation",
    "CitationKind",
    "Cluster",
    "Colours",
    "Contact",
    "Correction",
    "DataTable",
    "Date",
    "Event",
    "Evidence",
    "Expert",
    "ExpertKind",
    "Fact",
    "FactReference",
    "Figure",
    "Footnote",
    "FormattedCitations",
    "Gap",
    "GapReason",
    "HouseStyle",
    "KeyPoint",
    "Library",
    "Licence",
    "Line",
    "Locator",
    "Logo",
    "Option",
    "Person",
    "Picture",
    "PictureFile",
    "Placement",
    "Position",
    "Preferred",
    "Prose",
    "ProseQuotation",
    "PullQuote",
    "Question",
    "Related",
    "Section",
    "SharedFacts",
    "Silence",
    "Source",
    "Statement",
    "Status",
    "TableCell",
    "TableNumber",
    "Text",
    "Verdict",
    "Voice",
]
