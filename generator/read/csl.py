"""The vocabulary of CSL 1.0.2: types of items and their variables (docs.citationstyles.org, appendices III and IV).

Data only. Source entries may hold these variables, and the two fields of this project, nothing else.
"""

from __future__ import annotations

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage""".split()
)

NAMES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator""".split()
)

DATES = frozenset("""accessed available-date event-date issued original-date submitted""".split())

NUMBERS = frozenset(
    """chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number
    version volume""".split()
)

TEXTS = frozenset(
    """abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
    citation-label collection-title container-title container-title-short dimensions division DOI event
    event-place event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword language license medium note
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
    references reviewed-genre reviewed-title scale shortTitle source status title title-short URL volume-title
    volume-title-short year-suffix""".split()
)

NAME_PARTS = frozenset(
    """family given literal suffix non-dropping-particle dropping-particle comma-suffix static-ordering parse-names""".split()
)

OURS = frozenset({"provenance", "custom"})
"""`provenance` (`primary` or `report`), and CSL's own `custom` for whatever other programs keep there."""

PROVENANCES = ("primary", "report")
VARIABLES = NAMES | DATES | NUMBERS | TEXTS | OURS | {"id", "type", "categories"}

RICH = (
    "abstract", "annote", "chapter-number", "collection-title", "container-title", "container-title-short", "event",
    "event-title", "genre", "medium", "note", "original-title", "part-title", "publisher", "references",
    "reviewed-title", "scale", "section", "title", "title-short", "volume-title",
)  # fmt: skip
"""Fields whose text may carry emphasis: `*word*` or `<i>word</i>`. All others are printed as they are."""
