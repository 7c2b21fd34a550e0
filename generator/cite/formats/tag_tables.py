"""Tables that map the tags of RIS, NBIB, EndNote and RefWorks to CSL.

Sources: RIS, its specification of 2011 and EndNote's table of reference types; NBIB, the MEDLINE data element descriptions of the
National Library of Medicine; EndNote tagged, its "EndNote Import" option; RefWorks, its tagged format.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CONTAINED = frozenset(
    """article-journal article-magazine article-newspaper chapter paper-conference entry-dictionary
    entry-encyclopedia post-weblog webpage legal_case legislation bill regulation broadcast""".split()
)
"""Types of parts of another work: their secondary title is the title of that work. Otherwise it is a series."""


@dataclass(frozen=True, slots=True)
class TagFormat:
    """How one tagged format is read."""

    first: str
    """The tag that begins a record and has its type."""
    types: dict[str, str]
    """The format's types, in lower case, and those of CSL."""
    fields: dict[str, str]
    """Tags and CSL's variables; `start`, `end`, `second-title`, `serial`, `report-number`, `key` and the like are read by `tagged.py`."""
    overrides: dict[str, dict[str, str]] = field(default_factory=dict)
    """Different meanings of tags, by CSL type."""
    ignored: frozenset[str] = frozenset()
    """Administrative tags, which no citation needs."""
    last: str = ""
    """The tag that ends a record, if there is one."""


RIS_TYPES = {
    "abst": "article-journal", "advs": "motion_picture", "aggr": "dataset", "ancient": "classic", "art": "graphic",
    "bill": "bill", "blog": "post-weblog", "book": "book", "case": "legal_case", "chap": "chapter", "chart": "figure",
    "clswk": "classic", "comp": "software", "conf": "paper-conference", "cpaper": "paper-conference",
    "ctlg": "book", "data": "dataset", "dbase": "dataset", "dict": "entry-dictionary", "ebook": "book",
    "echap": "chapter", "edbook": "book", "ejou": "article-journal", "ejour": "article-journal", "elec": "webpage",
    "encyc": "entry-encyclopedia", "equa": "figure", "figure": "figure", "gen": "document", "govdoc": "report",
    "hear": "hearing", "icomm": "personal_communication", "inpr": "article-journal", "jfull": "periodical",
    "jour": "article-journal", "legal": "regulation", "manscpt": "manuscript", "map": "map",
    "mgzn": "article-magazine", "mpct": "motion_picture", "multi": "document", "music": "musical_score",
    "news": "article-newspaper", "pamp": "pamphlet", "pat": "patent", "pcomm": "personal_communication",
    "podcast": "broadcast", "press": "article-newspaper", "rprt": "report", "ser": "book", "slide": "speech", "sound": "song",
    "stand": "standard", "stat": "legislation", "std": "standard", "thes": "thesis", "unbill": "bill",
    "unpb": "manuscript", "unpd": "manuscript", "video": "motion_picture", "web": "webpage",
}  # fmt: skip

RIS = TagFormat(
    "TY",
    RIS_TYPES,
    {
        "AU": "author", "A1": "author", "A2": "editor", "A3": "collection-editor", "A4": "translator", "ED": "editor",
        "TI": "title", "T1": "title", "CT": "title", "BT": "second-title", "T2": "second-title", "T3": "collection-title",
        "JO": "container-title", "JF": "container-title", "JA": "container-title-short",
        "J1": "container-title-short", "J2": "container-title-short", "ST": "title-short", "TT": "original-title",
        "PY": "issued", "Y1": "issued", "DA": "issued", "Y2": "accessed", "OP": "original-date", "VL": "volume",
        "IS": "issue", "CP": "issue", "M1": "number", "NV": "number-of-volumes", "ET": "edition", "SP": "start", "EP": "end",
        "SE": "section", "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "SN": "serial",
        "DO": "DOI", "UR": "URL", "LK": "URL", "M3": "genre", "LA": "language", "KW": "keyword", "AB": "abstract",
        "N2": "abstract", "N1": "note", "RN": "note", "NO": "note", "DB": "source", "CN": "call-number",
        "C2": "PMCID", "ID": "key", "LB": "key",
    },
    {
        "book": {"A2": "collection-editor", "BT": "title", "IS": "collection-number"},
        "report": {"A2": "collection-editor", "IS": "number", "SN": "report-number", "BT": "title", "JO": "collection-title"},
        "thesis": {"T2": "publisher", "A3": "contributor", "M1": "number"},
        "paper-conference": {"CY": "event-place", "PP": "publisher-place", "A3": "collection-editor"},
        "legal_case": {"A2": "contributor", "PB": "authority", "A3": "contributor", "M1": "number", "DA": "issued"},
        "hearing": {"CY": "event-place", "T2": "section", "T3": "authority", "IS": "number", "VL": "volume"},
        "legislation": {"IS": "number", "CY": "jurisdiction", "A2": "contributor"},
        "bill": {"IS": "number", "T3": "authority", "A2": "contributor"},
        "patent": {"SN": "number", "IS": "number", "T2": "container-title", "PB": "authority", "A2": "contributor"},
        "standard": {"IS": "number", "SN": "number"},
        "manuscript": {"BT": "title"},
        "dataset": {"ET": "version", "M1": "number"},
        "software": {"ET": "version"},
        "speech": {"T2": "event-title", "CY": "event-place"},
        "periodical": {"JO": "title", "JF": "title", "T2": "title"},
        "broadcast": {"A2": "guest", "IS": "number"},
        "webpage": {"IS": "number", "M1": "note"},
    },
    frozenset({"TY", "ER", "U1", "U2", "U3", "U4", "U5", "DP"}),
    "ER",
)  # fmt: skip

NBIB = TagFormat(
    "PMID",
    {
        "journal article": "article-journal", "book": "book", "book chapter": "chapter", "newspaper article": "article-newspaper",
        "preprint": "article", "dataset": "dataset", "letter": "article-journal", "review": "article-journal",
    },
    {
        "PMID": "PMID", "PMC": "PMCID", "FAU": "author", "AU": "author-short", "CN": "author", "FED": "editor",
        "ED": "editor-short", "TI": "title", "TT": "original-title", "BTI": "second-title", "CTI": "collection-title",
        "JT": "container-title", "TA": "container-title-short", "DP": "issued", "VI": "volume", "IP": "issue",
        "PG": "page", "LID": "identifier", "AID": "identifier", "LA": "language", "IS": "serial", "ISBN": "ISBN",
        "PB": "publisher", "PL": "publisher-place", "EN": "edition", "VTI": "volume-title", "AB": "abstract", "OT": "keyword",
        "MH": "keyword", "PT": "type", "BKT": "second-title",
    },
    {},
    frozenset(
        """PMID OWN STAT DCOM LR EDAT MHDA CRDT PHST PST JID SB DEP AUID AD CI COIS OAB OABL RN NM GR SI CIN CON EIN
        EFR IRAD IR FIR OID OTO OWN PMCR RF SO SFM UOF UIN CRI CRF MID IRAD GS GN JC PUBM OCI ECI RIN RPI RPF ROF CTDT LI""".split()
    ),
)  # fmt: skip

ENW = TagFormat(
    "0",
    {
        "journal article": "article-journal", "magazine article": "article-magazine", "newspaper article": "article-newspaper",
        "book": "book", "edited book": "book", "electronic book": "book", "book section": "chapter",
        "electronic book section": "chapter", "conference paper": "paper-conference", "conference proceedings": "paper-conference",
        "report": "report", "government document": "report", "thesis": "thesis", "web page": "webpage", "blog": "post-weblog",
        "electronic article": "article-journal", "bill": "bill", "statute": "legislation", "case": "legal_case",
        "hearing": "hearing", "legal rule or regulation": "regulation", "patent": "patent", "standard": "standard",
        "dataset": "dataset", "computer program": "software", "encyclopedia": "entry-encyclopedia",
        "dictionary": "entry-dictionary", "film or broadcast": "motion_picture", "manuscript": "manuscript",
        "unpublished work": "manuscript", "personal communication": "personal_communication", "map": "map",
        "pamphlet": "pamphlet", "generic": "document", "podcast": "broadcast", "press release": "article-newspaper",
        "social media": "post", "interview": "interview", "artwork": "graphic", "audiovisual material": "motion_picture",
        "online database": "dataset", "serial": "book", "classical work": "classic", "ancient text": "classic",
    },
    {
        "A": "author", "Q": "author", "E": "editor", "Y": "collection-editor", "H": "translator", "?": "contributor", "T": "title",
        "J": "container-title", "abbr": "container-title-short", "B": "second-title", "S": "collection-title",
        "!": "title-short",
        "D": "issued", "8": "issued", "[": "accessed", "V": "volume", "N": "issue", "P": "page", "&": "section",
        "6": "number-of-volumes", "7": "edition", "I": "publisher", "C": "publisher-place", "@": "serial", "R": "DOI",
        "U": "URL", "G": "language", "9": "genre", "K": "keyword", "X": "abstract", "Z": "note", "L": "call-number",
        "~": "source", "F": "key",
    },
    {
        "book": {"B": "collection-title", "N": "collection-number"},
        "report": {"N": "number", "@": "report-number", "B": "collection-title"},
        "thesis": {"B": "publisher", "N": "number", "E": "contributor"},
        "paper-conference": {"C": "event-place"},
        "hearing": {"B": "section", "S": "authority", "C": "event-place", "N": "number"},
        "legal_case": {"I": "authority", "N": "number", "E": "contributor"},
        "legislation": {"N": "number", "C": "jurisdiction", "E": "contributor"},
        "bill": {"N": "number", "S": "authority", "E": "contributor"},
        "patent": {"@": "number", "N": "number", "I": "authority", "B": "container-title"},
        "standard": {"@": "number", "N": "number"},
        "dataset": {"7": "version"},
        "software": {"7": "version"},
    },
    frozenset({"0", "W", "="}),
)  # fmt: skip

REFWORKS = TagFormat(
    "RT",
    {
        **ENW.types, "journal": "article-journal", "book, section": "chapter", "book, whole": "book", "book, edited": "book",
        "dissertation": "thesis", "dissertation/thesis": "thesis", "laws/statutes": "legislation",
        "bills/resolutions": "bill", "case/court decisions": "legal_case", "hearing": "hearing",
        "unpublished material": "manuscript", "online discussion forum": "post", "video/ dvd": "motion_picture",
        "journal, electronic": "article-journal", "newspaper": "article-newspaper", "magazine": "article-magazine",
        "abstract": "article-journal", "monograph": "book", "grant": "document", "computer program": "software",
    },
    {
        "A1": "author", "A2": "editor", "A3": "translator", "A4": "contributor", "T1": "title", "T2": "second-title",
        "T3": "collection-title", "TO": "original-title", "ST": "title-short", "JF": "container-title",
        "JO": "container-title-short", "YR": "issued", "FD": "day-month", "RD": "accessed", "VO": "volume", "IS": "issue",
        "SP": "start", "OP": "end", "ED": "edition", "PB": "publisher", "PP": "publisher-place", "SN": "serial",
        "DO": "DOI", "UL": "URL", "LK": "URL", "LA": "language", "K1": "keyword", "AB": "abstract", "NO": "note",
        "CN": "call-number", "DB": "source", "DS": "source", "ID": "key",
    },
    {
        "report": {"IS": "number"}, "legal_case": {"PB": "authority"}, "book": {"T2": "collection-title"},
        "paper-conference": {"PP": "event-place"}, "hearing": {"PB": "authority", "PP": "event-place"},
    },
    frozenset({"RT", "SR", "OL", "WT", "WV", "RS", "LL", "IP"}),
)  # fmt: skip
