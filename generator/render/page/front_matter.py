"""Front and back matter: masthead, publisher, notices, method, evidence line, colophon.

The records are those of `page_views.py`; `templates/parts/` and `templates/blocks/` print them. The evidence line is counted from the
brief itself, so it is always right.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import urljoin

from generator.model import (
    Author,
    Brief,
    Citation,
    Date,
    Evidence,
    HouseStyle,
    Library,
    Person,
    PictureFile,
    Position,
    Source,
    Status,
    Verdict,
)
from generator.model.cell_counts import coverage
from generator.model.walk import walk
from generator.render.labels import Labels
from generator.render.page.matrix import order
from generator.render.page.page_views import (
    AuthorView,
    Colophon,
    CorrectionView,
    EvidenceRow,
    EvidenceSource,
    Masthead,
    Method,
    Notice,
    QrCode,
    RelatedView,
    Running,
)
from generator.render.page.statement import is_short, place_words, when
from generator.render.page.views import Link, Run
from generator.render.scripts import direction_of
from generator.syntax.dates import format_date
from generator.syntax.identifiers import contact_address, doi_address
from generator.syntax.locators import read_locator

_TITLE_LINE = 40
"""About how many characters of a title fit on a line of an A4 page."""
_TITLE_CHARACTER = 0.49
"""Width of a character of a title in em (a high estimate)."""
_SHOWN_DIGEST = 12
"""Hexadecimal digits of a capture's digest in the annex."""
_ENDS = ("?", "!", ".", "？", "！", "。", "؟", "।")
"""Marks with which a title ends by itself."""


def masthead(brief: Brief, house: HouseStyle, labels: Labels, pdf: str, evidence: str) -> Masthead:
    status = "" if brief.status is Status.PUBLISHED else labels(brief.status.value)
    plain = Masthead(house.name, house.site, _line(brief, house, labels), status, pdf, evidence)
    image = house.logo.image if house.logo else None
    if house.logo is None or image is None:
        return plain
    alt = house.logo.alt or house.name
    return replace(plain, logo=LOGO, logo_alt=alt, logo_width=image.width, logo_height=image.height)


def _line(brief: Brief, house: HouseStyle, labels: Labels) -> tuple[str, ...]:
    date = format_date(brief.date, labels.language) if brief.date else ""
    return tuple(filter(None, (series(brief, house, labels), date, labels("edition", n=brief.edition))))


def series(brief: Brief, house: HouseStyle, labels: Labels) -> str:
    """Return the series and the brief's number in it."""
    name = house.series or labels("series")
    return labels("number", series=name, number=brief.number) if brief.number else name


def running(brief: Brief, house: HouseStyle, labels: Labels) -> Running:
    return Running(
        publisher=house.name,
        title=brief.short_title or brief.title.value.strip(),
        line=" \N{MIDDLE DOT} ".join(_apart(_line(brief, house, labels), labels.language)),
        page=labels("page"),
        of=labels("of"),
        status="" if brief.status is Status.PUBLISHED else labels(brief.status.value),
    )


def _apart(parts: Sequence[str], language: str) -> Iterator[str]:
    """Yield the parts of a margin line. On right-to-left pages, marks separate their directions, because there are no elements."""
    return (f"\u2068{part}\u2069" if direction_of(language) == "rtl" else part for part in parts)


def notices(brief: Brief, labels: Labels) -> tuple[Notice, ...]:
    if brief.status is Status.PUBLISHED:
        return ()
    kind = brief.status.value
    return (Notice(kind, labels(kind), labels(f"{kind}_text")),)


def method(brief: Brief, library: Library, evidence: Sequence[Evidence], labels: Labels) -> Method:
    house = library.house
    cells = [question.cells.get(expert.value) for question in brief.questions for expert in brief.experts]
    gaps = not all(isinstance(cell, Position) for cell in cells)
    return Method(
        house=house.method,
        brief=brief.method,
        selection=brief.selection,
        order=order(brief, library, labels) if brief.questions else "",
        coding=labels("coding_method") if brief.questions and not house.method else "",
        quotations=_quotations(evidence, labels),
        gaps=labels("gaps_method") if gaps and not house.method else "",
    )


def _quotations(evidence: Sequence[Evidence], labels: Labels) -> str:
    """Return how many passages were compared, only if all of them were verified."""
    quoted = [one for one in evidence if one.kind in ("quote", "prose")]
    if quoted and all(one.verdict in (Verdict.VERIFIED, Verdict.LOCKED) for one in quoted):
        return labels.count("quotations_method", len(quoted))
    return labels("quotations_plain")


def colophon(brief: Brief, library: Library, labels: Labels) -> Colophon:
    house = library.house
    return Colophon(
        authors=_people(brief.authors, labels),
        reviewers=_people(brief.reviewers, labels),
        contact=_contact(house),
        accessibility=_accessibility(house, labels),
        licence=Link(house.licence.name or house.licence.url, house.licence.url)
        if house.licence.name or house.licence.url
        else None,
        citation=suggested_citation(brief, house, labels),
        edition=labels("edition", n=brief.edition),
        updates=brief.updates,
        disclaimer=house.disclaimer,
        funding=house.funding,
        corrections=tuple(CorrectionView(when(one.date, labels.language), one.what) for one in brief.corrections),
        about_authors=about_authors(brief, labels),
        address=house.address,
        identifiers=labels("issn", issn=house.issn) if house.issn else "",
        doi=Link(brief.doi, doi_address(brief.doi)) if brief.doi else None,
        topics=brief.topics,
        related=related(brief, house),
        qr=qr_code(address(house, brief.stem), labels) if house.qr else None,
    )


def title_measure(title: str) -> str:
    """Return the least width, in em, that adds no line to the title, because the PDF engine cannot balance lines."""
    lines = len(_wrapped(title, _TITLE_LINE))
    if lines < 2:
        return ""
    least = min(width for width in range(_TITLE_LINE // 3, _TITLE_LINE + 1) if len(_wrapped(title, width)) == lines)
    return f"{_TITLE_CHARACTER * least:.1f}"


def _wrapped(title: str, width: int) -> list[str]:
    return textwrap.wrap(title, width, break_long_words=False)


def _people(people: Sequence[Person], labels: Labels) -> tuple[str, ...]:
    return tuple(f"{person.name}{labels.comma}{person.role}" if person.role else person.name for person in people)


def _contact(house: HouseStyle) -> tuple[Link, ...]:
    contact = house.contact
    links = [Link(contact.name, "")] if contact.name and contact.name != house.name else []
    if contact.email:
        links.append(Link(contact.email, f"mailto:{contact.email}"))
    if contact.url:
        links.append(Link(_bare(contact.url), contact.url))
    return tuple(links)


def _accessibility(house: HouseStyle, labels: Labels) -> Link | None:
    """Return the contact for accessibility: a page, an e-mail address, or words."""
    statement = house.contact.accessibility.strip()
    if not statement:
        return None
    address = contact_address(statement)
    return Link(labels("accessibility_text") if address.startswith("http") else statement, address)


def _bare(address: str) -> str:
    return address.partition("://")[2].rstrip("/") or address


def suggested_citation(brief: Brief, house: HouseStyle, labels: Labels) -> tuple[Run, ...]:
    """Return the suggested citation: authors, *title*, series and number, publisher, date, address."""
    title = whole_title(brief, labels.colon)
    authors = labels.join([person.name for person in brief.authors]) or house.name
    date = format_date(brief.date, labels.language) if brief.date else labels("undated")
    publisher = house.name if brief.authors else ""
    edition = labels("edition", n=brief.edition) if brief.edition > 1 else ""
    rest = labels.comma.join(filter(None, (series(brief, house, labels), edition, publisher, date)))
    space = labels.stop.removeprefix(labels.stop.rstrip())
    stop = space if title.endswith(_ENDS) else labels.stop
    where = doi_address(brief.doi) if brief.doi else address(house, brief.stem)
    runs = [Run(f"{authors}{labels.stop}"), Run(title, "emphasis"), Run(stop + labels.sentence(rest))]
    return (*runs, Run(" "), Run(where, "address")) if where else tuple(runs)


def whole_title(brief: Brief, colon: str = ": ") -> str:
    """Return title and subtitle, with a colon between them unless the title ends with punctuation.

    Formats of references have the default colon in every language: programs that read them split a title there.
    """
    title, subtitle = brief.title.value.strip(), brief.subtitle.strip()
    return f"{title}{' ' if title.endswith(_ENDS) else colon}{subtitle}" if subtitle else title


def address(house: HouseStyle, stem: str, suffix: str = "html") -> str:
    """Return the address of the brief, if the house style has the site's address."""
    if not house.site:
        return ""
    bare = house.addresses == "pretty" and suffix == "html"
    return f"{house.site}{stem}" + ("" if bare else f".{suffix}")


def evidence_annex(evidence: Sequence[Evidence], library: Library, labels: Labels) -> tuple[EvidenceSource, ...]:
    """Return every passage that was checked, by source, in the order in which the page has them first.

    `Evidence` has only the author's words, none of a capture.
    """
    groups: dict[tuple[str, str, str], list[EvidenceRow]] = {}
    for one in evidence:
        groups.setdefault((one.source, one.captured, one.digest), []).append(_evidence_row(one, labels))
    return tuple(
        EvidenceSource(
            name=library.sources[source].short if source in library.sources else source,
            captured=captured,
            digest=digest[:_SHOWN_DIGEST],
            rows=tuple(rows),
        )
        for (source, captured, digest), rows in groups.items()
    )


def _evidence_row(one: Evidence, labels: Labels) -> EvidenceRow:
    return EvidenceRow(
        words=" ".join(one.words.split()),
        kind=labels(f"kind_{one.kind}"),
        verdict=labels(f"verdict_{_printed(one.verdict).name.lower()}"),
        where=_where(one.where, labels),
        keep=is_short(one.words, one.alterations),
        alterations=labels("alterations", note=one.alterations) if one.alterations else "",
    )


def _where(written: str, labels: Labels) -> str:
    """Return the places of a passage, `p. 3, para. 4` as the lock has them, in the language of the page."""
    locators = (read_locator(part)[0] for part in written.split(", "))
    return labels.comma.join(place_words(locator, labels) for locator in locators if locator is not None)


def _printed(verdict: Verdict) -> Verdict:
    """Return the printed verdict: locked passages are verified, because a page must not depend on whether the captures were available."""
    return Verdict.VERIFIED if verdict is Verdict.LOCKED else verdict


LOGO = "logo"
"""Name of the logo among the files of a page."""


def files(brief: Brief, house: HouseStyle) -> dict[str, PictureFile]:
    """Return logo and portraits that are published with the page, by name."""
    images = {LOGO: house.logo.image} if house.logo and house.logo.image else {}
    return images | {_portrait(number): one.image for number, one in enumerate(brief.authors, 1) if one.image}


def about_authors(brief: Brief, labels: Labels) -> tuple[AuthorView, ...]:
    """Return the authors with more details than name and role."""
    return tuple(
        AuthorView(
            name=one.name,
            role=one.role,
            links=tuple(_links(one)),
            biography=one.biography,
            portrait=_portrait(number) if one.image else "",
            alt=labels("portrait", name=one.name) if one.image else "",
        )
        for number, one in enumerate(brief.authors, 1)
        if one.email or one.url or one.biography or one.image
    )


def related(brief: Brief, house: HouseStyle) -> tuple[RelatedView, ...]:
    """Return related briefs with full addresses; the address is empty if it is relative and the site has none."""
    return tuple(RelatedView(one.title, _whole(one.url, house.site), one.note) for one in brief.related)


def _whole(address: str, site: str) -> str:
    if "://" in address or address.startswith("mailto:"):
        return address
    return urljoin(site, address) if site else ""


def _portrait(number: int) -> str:
    return f"author-{number}"


def _links(person: Author) -> Iterator[Link]:
    if person.email:
        yield Link(person.email, f"mailto:{person.email}")
    if person.url:
        yield Link(person.url.partition("://")[2].rstrip("/") or person.url.removeprefix("mailto:"), person.url)


_QUIET = 4
"""White modules around the code (ISO/IEC 18004, 9.1)."""


def qr_code(address: str, labels: Labels) -> QrCode:
    """Return the code of an address, with medium error correction: it is readable with a seventh of it damaged."""
    import segno

    rows = [list(row) for row in segno.make_qr(address, error="m").matrix]
    path = "".join(_row(row, number + _QUIET) for number, row in enumerate(rows))
    return QrCode(path, len(rows) + 2 * _QUIET, labels("qr_code", address=address), address)


def _row(row: list[int], y: int) -> str:
    """Return the dark modules of one row, each run as one rectangle."""
    at, parts = _QUIET, []
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            parts.append(f"M{at} {y}h{width}v1h-{width}z")
        at += width
    return "".join(parts)


def evidence_line(brief: Brief, library: Library, labels: Labels) -> tuple[str, ...]:
    """Return the parts of the line in the brief's language; empty for a brief without citations and experts."""
    return tuple(filter(None, (_sources(brief, library, labels), *_experts_and_cells(brief, labels))))


def newest(brief: Brief, library: Library, labels: Labels) -> str:
    """Return the date of the newest dated source for the masthead."""
    dates = _dates(_cited(brief, library))
    return labels("newest_source", date=format_date(dates[-1], labels.language)) if dates else ""


def _cited(brief: Brief, library: Library) -> tuple[Source, ...]:
    keys = dict.fromkeys(citation.key for citation in walk(brief, Citation))
    return tuple(library.sources[key] for key in keys if key in library.sources)


def _dates(sources: tuple[Source, ...]) -> list[Date]:
    dates = (source.issued for source in sources if source.issued)
    return sorted(dates, key=lambda date: (date.year, date.month or 0, date.day or 0))


def _sources(brief: Brief, library: Library, labels: Labels) -> str:
    sources = _cited(brief, library)
    reports = sum(source.provenance == "report" for source in sources)
    kinds = (("line_primary", len(sources) - reports), ("line_reports", reports))
    counted = labels.join([labels.count(name, number) for name, number in kinds if number])
    return f"{counted}{labels.comma}{_dated(sources, labels)}" if counted else ""


def _dated(sources: tuple[Source, ...], labels: Labels) -> str:
    """Return how many sources have a date, and the first and last date."""
    dates = [format_date(date, labels.language) for date in _dates(sources)]
    if not dates:
        return labels("line_undated")
    whole = "line_dated" if len(dates) == len(sources) else "line_dated_some"
    if dates[0] == dates[-1]:
        return labels.count(whole, len(dates), date=dates[0])
    return labels(f"{whole}_span", n=len(dates), first=dates[0], last=dates[-1])


def _experts_and_cells(brief: Brief, labels: Labels) -> tuple[str, ...]:
    if not brief.questions or not brief.experts:
        return ()
    found = coverage(brief)
    positions, gaps = found.quoted + found.kinds.get("paraphrase", 0), sum(found.gaps.values())
    counts = (
        ("line_experts", len(brief.experts)),
        ("line_positions", positions),
        ("line_gaps", gaps),
    )
    return tuple(labels.count(name, number) for name, number in counts if number)
