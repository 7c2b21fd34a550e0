"""Statement in a cell: quotation, paraphrase, marks and source line.

For a source that reports what others said, the line begins "As quoted in" or "As reported in", and the note
names the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import bidirectional

from generator.cite.csl_additions import quoted_in, spelled, words_for
from generator.languages.locales import stated_language
from generator.model import Citation, CitationGroup, Date, Library, Locator, Prose, Source, Statement
from generator.model.days import iso
from generator.render.labels import Labels
from generator.render.page.views import Run, When, Words
from generator.render.scripts import direction_of, isolated
from generator.syntax.dates import format_date
from generator.syntax.quotations import QuotationMarks, printed, set_inner_marks

KEPT = 1200
"""Most characters in a row of a table that is kept on one page. This is far less than a page, because a row that must not break and
does not fit puts the layout engine into an endless loop.
"""
_LINE = 50
_EDITORIAL = re.compile(r"(\[[^\[\]]*\])")
_SEVERAL = re.compile(r"[,–-]|\band\b|&")
_ADDED = re.compile(r"\*([^*]+)\*")


def when(date: Date, language: str) -> When:
    return When(format_date(date, language), iso(date))


def is_short(*said: Prose | Words | str | None) -> bool:
    """Whether a row with these words is certainly shorter than a page, so that it can be kept on one."""
    return sum(map(room, said)) <= KEPT


def room(said: Prose | Words | str | None) -> int:
    """Return about how many characters are printed; a line break of the author counts as a full line."""
    if isinstance(said, Words):
        return sum(len(run.text) for run in said.quote) + room(said.paraphrase) + len(said.said) + len(said.source)
    if isinstance(said, Prose):
        return len(said.plain) + _LINE * said.text.value.count("\n")
    return len(said or "")


def said_on(statement: Statement, library: Library) -> Date | None:
    """Return the date of a statement: its own, or that of the first cited source."""
    source = _first_source(statement.cite, library)
    return statement.date or (source.issued if source else None)


def words(statement: Statement, name: str, library: Library, labels: Labels) -> Words:
    """Return the statement of the person with the printed name `name`."""
    language = language_of(statement, library, labels.language)
    return Words(
        paraphrase=statement.says,
        quote=tuple(_runs(statement, None if language else labels.quotation_marks)) if statement.quote else (),
        opening=labels("quote_open"),
        closing=labels("quote_close"),
        cluster=secondary(statement, name, library, labels.language),
        marks=_marks(statement, labels),
        said=_said(statement, labels),
        source=_told(statement, library, labels),
        language=language,
        direction=_direction(statement, language or labels.language, labels.language),
    )


def language_of(statement: Statement, library: Library, page: str) -> str:
    """Return the language of a quotation: its own, or that of its source; empty if it is the page's or unknown."""
    source = _first_source(statement.cite, library)
    of_source = source_language(source) if source and not statement.translated_by else ""
    language = statement.language or of_source
    return language if language.partition("-")[0] != page.partition("-")[0] else ""


def source_language(source: Source) -> str:
    """Return the language tag of a source; empty if it has none or names the language in words."""
    return stated_language(source.csl.get("language"))


def _direction(statement: Statement, language: str, page: str) -> str:
    """Return the direction of a quotation, from the author or its first letter; empty if it is the page's."""
    text = statement.quote.value if statement.quote else ""
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "")
    shown = direction_of(language) if not strong else "ltr" if strong == "L" else "rtl"
    direction = statement.direction or shown
    return direction if direction != direction_of(page) else ""


def secondary(statement: Statement, name: str, library: Library, language: str) -> CitationGroup | None:
    """Return the statement's citation; with the speaker's name before it if its source reports the words of others."""
    source = _first_source(statement.cite, library)
    if statement.cite is None or source is None or not _reports(source):
        return statement.cite
    return quoted_in(statement.cite, name, words_for("quoted" if statement.quote else "reported", language))


def _reports(source: Source) -> bool:
    return source.provenance == "report"


def _first_source(group: CitationGroup | None, library: Library) -> Source | None:
    return library.sources.get(group.citations[0].key) if group and group.citations else None


def _runs(statement: Statement, marks: QuotationMarks | None) -> Iterator[Run]:
    """Return the quotation in runs: brackets are the editors', asterisks mark emphasis that they added.

    `marks` are printed around quotations in it; a quotation in another language keeps its own.
    """
    assert statement.quote is not None
    quote = _curled(printed(statement.quote.value.strip()))
    for number, part in enumerate(_EDITORIAL.split(set_inner_marks(quote, marks) if marks else quote)):
        if number % 2:
            yield Run(part, "editorial")
        elif statement.emphasis_added:
            yield from (
                Run(text, "emphasis" if odd % 2 else "plain") for odd, text in enumerate(_ADDED.split(part)) if text
            )
        elif part:
            yield Run(part)


def _curled(quote: str) -> str:
    """Replace typewriter apostrophes by typographic ones."""
    return re.sub(r"(?<=\w)'", "’", " ".join(quote.split()))


def _marks(statement: Statement, labels: Labels) -> str:
    marks = []
    if statement.emphasis_added:
        marks.append(labels("emphasis_added"))
    if statement.translated_by:
        marks.append(labels("translated_by", name=statement.translated_by))
    return labels.semicolon.join(marks)


def _said(statement: Statement, labels: Labels) -> str:
    date = format_date(statement.date, labels.language) if statement.date else ""
    return labels.comma.join(filter(None, (isolated(statement.venue.strip(), labels.language), date)))


def sources_named(cite: CitationGroup | None, library: Library, labels: Labels) -> str:
    """Return the cited sources by their short names, with date and locator."""
    named = (_named(citation, library, labels, None) for citation in (cite.citations if cite else ()))
    return labels.semicolon.join(filter(None, named))


def _told(statement: Statement, library: Library, labels: Labels) -> str:
    first = _first_source(statement.cite, library)
    if statement.cite is None or first is None:
        return ""
    named = (_named(citation, library, labels, statement.date) for citation in statement.cite.citations)
    sources = labels.semicolon.join(filter(None, named))
    if not _reports(first):
        return labels("in_source", source=sources)
    return labels("quoted_in" if statement.quote else "reported_in", source=sources)


def _named(citation: Citation, library: Library, labels: Labels, said: Date | None) -> str:
    source = library.sources.get(citation.key)
    if source is None:
        return ""
    issued = format_date(source.issued, labels.language) if source.issued else labels("undated")
    repeated = said is not None and said == source.issued
    name = source.short.rstrip(
        "。।"
    )  # these end sentences only, so no comma follows them; a Latin stop may belong to the name
    name = isolated(name, labels.language)
    return labels.comma.join(filter(None, (name, "" if repeated else issued, place_words(citation.locator, labels))))


def place_words(locator: Locator | None, labels: Labels) -> str:
    """Return a locator in the language of the page: `paras. 4-5`. A label that no page design prints is that of citation styles."""
    if locator is None:
        return ""
    number = "other" if _SEVERAL.search(locator.value) else "one"
    name = f"locator_{locator.label.replace('-', '_')}_{number}"
    if name not in labels.words:
        return spelled(locator, labels.language).replace(" ", "\N{NO-BREAK SPACE}", 1)
    return f"{labels(name)}\N{NO-BREAK SPACE}{locator.value}".strip()
