"""Every preset's PDF, read back from its tags: the positions against the fact file, the whole against its HTML.

What a cell should say is put together here from the records of the fact file, not by the code that makes pages.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as parser

from generator.engine import Made, Reads
from generator.model import Brief, Expert, Gap, GapReason, Library, Position, Question
from generator.pipeline.inputs.load_project import load
from generator.pipeline.page_step import make_page
from generator.pipeline.pdf_steps import make_layout, make_pdf
from generator.pipeline.publish_brief import world_of
from generator.project import Project
from generator.render.layout.structure_reader import Element, Table, TaggedCell, read_structure, read_tables, squeeze
from generator.render.preset import Preset, preset_names
from generator.render.printed_texts import printed_form
from generator.syntax.dates import format_date
from tests.render.longbrief import EXPERTS, QUESTIONS, write_long_brief
from tests.render.pages import preset
from tests.render.spoken import spoken

ROOT = Path(__file__).parents[2]
OURS, LONG = "chip-controls", "long"
GAPS = {
    GapReason.NO_POSITION_FOUND: "No position found",
    GapReason.DECLINED: "Declined to answer",
    GapReason.NOT_ASKED: "Not asked",
    GapReason.WITHDRAWN: "Position withdrawn",
}
ROWS = {
    "stance": "Stance, as coded",
    "paraphrase": "In the editors’ words",
    "quote": "In the expert’s words",
    "source": "Source",
    "earlier": "Held before",
}
NOTHING = {"paraphrase": "Quoted only.", "quote": "Paraphrased only.", "earlier": "None recorded."}


@dataclass(frozen=True)
class Paper:
    """A brief in one preset: what it was made from and what came of it."""

    brief: Brief
    library: Library
    preset: Preset
    html: str
    root: Element

    @cached_property
    def matrices(self) -> list[Table]:
        """The tables of positions: they are named by the heading of a question."""
        names = {f"Question {number} {squeeze(str(one.ask))}" for number, one in enumerate(self.brief.questions, 1)}
        return [table for table in read_tables(self.root) if table.summary in names]

    @cached_property
    def groups(self) -> list[tuple[int, int, Question, list[Expert]]]:
        """Number of the question, number of the group, question and experts, for each table in order."""
        return [
            (number, part, question, group)
            for number, question in enumerate(self.brief.questions, 1)
            for part, group in enumerate(self.grouped(self.speakers(question)))
        ]

    def speakers(self, question: Question) -> list[Expert]:
        people = [who.value for who in self.brief.experts if isinstance(question.cells[who.value], Position)]
        return [self.library.experts[who] for who in people]

    def grouped(self, people: list[Expert]) -> list[list[Expert]]:
        """In tables of like size, the larger ones first."""
        tables = -(-len(people) // self.preset.columns)
        size, larger = divmod(len(people), tables)
        ends = [size * number + min(number, larger) for number in range(tables + 1)]
        return [people[start:end] for start, end in pairwise(ends)]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of each source in the bibliography of the HTML, by the anchor of its entry."""
        ids = parser.document_fromstring(self.html).xpath("//ul[@class='entries']/li/@id")
        return {name: number for number, name in enumerate(ids, 1)}


def made(folder: Path, slug: str, name: str) -> Paper:
    reads = Reads(world_of(Project(folder), datetime.date(2026, 12, 1)))
    drawn = make_page(reads, slug, f"briefs/{slug}.yaml")
    assert isinstance(drawn, Made), drawn
    laid = make_layout(reads, drawn.parts["print"], drawn.parts["about"], drawn.parts["pictures"])
    assert isinstance(laid, Made), laid
    paper = make_pdf(reads, laid.parts["objects"], drawn.parts["about"], drawn.parts["attached"])
    assert isinstance(paper, Made), paper
    loaded = load(folder, [slug])
    root = read_structure(paper.outputs[f"{slug}.pdf"])
    return Paper(
        printed_form(loaded.briefs[0], preset(name)).brief,
        loaded.library,
        preset(name),
        drawn.parts["print"].decode(),
        root,
    )


def ours(folder: Path, name: str) -> Path:
    """A project with one brief of the repository, as a draft: too many pages are only warned of."""
    (folder / "briefs").mkdir()
    for copied in (f"{OURS}.yaml", "house.yaml", "experts.yaml", "sources.yaml", "captures.lock"):
        shutil.copy(ROOT / "briefs" / copied, folder / "briefs" / copied)
    file = folder / f"briefs/{OURS}.yaml"
    text, found = re.subn(r"(?m)^status: \w+", f"status: draft\npreset: {name}", file.read_text("utf-8"))
    assert found == 1
    file.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module", params=[(slug, name) for slug in (OURS, LONG) for name in preset_names()], ids="-".join)
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Made once for all tests of this module."""
    slug, name = request.param
    folder = tmp_path_factory.mktemp("project") / "one"
    folder.mkdir()
    return made(ours(folder, name) if slug == OURS else write_long_brief(folder, name), slug, name)


# ---------------------------------------------------------------- what the fact file says


def source_line(paper: Paper, who: Expert, position: Position) -> str:
    """Where it was said, and in which source it stands; the sources of these briefs are cited one at a time."""
    statement = position.statement
    assert statement.cite is not None
    (citation,) = statement.cite.citations
    source = paper.library.sources[citation.key]
    language, locator = paper.brief.language, citation.locator
    place = f"{'paras' if ' and ' in locator.value else 'para'}. {locator.value}" if locator else ""
    how = "quoted" if statement.quote else "reported"
    if paper.preset.notes == "none":
        line = f"[{', '.join(filter(None, (str(paper.numbers[f'source-{citation.key}']), place)))}]"
        line = f"{who.name}, {how} in {line}" if source.provenance == "report" else line
    else:
        issued = format_date(source.issued, language) if source.issued else "undated"
        line = ", ".join(filter(None, (source.short, issued, place)))
        line = f"As {how} in {line}" if source.provenance == "report" else line
    said = format_date(statement.date, language) if statement.date else ""
    return ". ".join(filter(None, (", ".join(filter(None, (statement.venue, said))), line)))


def pieces(paper: Paper, question: Question, who: Expert, position: Position) -> dict[str, str]:
    """By the row that holds it where rows are numbered."""
    statement = position.statement
    rests = [str(number) for number, fact in enumerate(paper.brief.facts, 1) if fact.id in map(str, position.rests_on)]
    source = source_line(paper, who, position)
    if rests:
        source += f" Rests on fact{'s' if len(rests) > 1 else ''} {', '.join(rests)}"
    return {
        "stance": question.scale[position.stance] if position.stance is not None else "",
        "paraphrase": statement.says.plain if statement.says else "",
        "quote": f"“{statement.quote.value.strip()}”" if statement.quote else "",
        "source": source,
        "earlier": " ".join(earlier(paper, question, who, one) for one in position.earlier),
    }


def earlier(paper: Paper, question: Question, who: Expert, position: Position) -> str:
    assert position.statement.date is not None
    when = format_date(position.statement.date, paper.brief.language)
    return f"Earlier, {when} {' '.join(filter(None, pieces(paper, question, who, position).values()))}"


def reason(paper: Paper, cell: Gap) -> str:
    searched = f" in {cell.searched}" if cell.searched else ""
    until = f", searched until {format_date(cell.until, paper.brief.language)}" if cell.until else ""
    return f"{GAPS[cell.reason]}{searched}{until}:"


def whole_cells(paper: Paper, question: Question, people: Sequence[Expert]) -> Iterator[list[str]]:
    """One row with everything in it."""
    row = []
    for who in people:
        cell = question.cells[who.id]
        assert isinstance(cell, Position)
        row.append(" ".join(filter(None, pieces(paper, question, who, cell).values())))
    yield row


def numbered_rows(
    paper: Paper, number: int, part: int, question: Question, people: Sequence[Expert]
) -> Iterator[list[str]]:
    """What is comparable in one row; rows in which nobody has anything are left out."""
    above = sum(len(filled_rows(paper, question, group)) for group in paper.grouped(paper.speakers(question))[:part])
    for line, (name, words) in enumerate(filled_rows(paper, question, people).items(), above + 1):
        yield [f"{number}.{line} {ROWS[name]}", *words]


def filled_rows(paper: Paper, question: Question, people: Sequence[Expert]) -> dict[str, list[str]]:
    cells = [(who, question.cells[who.id]) for who in people]
    held = [pieces(paper, question, who, cell) for who, cell in cells if isinstance(cell, Position)]
    names = [name for name in ROWS if name == "stance" or any(has[name] for has in held)]
    return {name: [has[name] or NOTHING[name] for has in held] for name in names}


def head_of(who: Expert) -> str:
    words = who.affiliation_note
    if who.affiliations:
        (affiliation,) = who.affiliations
        words = ", ".join(filter(None, (affiliation.role, affiliation.organisation)))
    return f"{who.name} {words[:1].upper()}{words[1:]}"


def expected_rows(paper: Paper, number: int, part: int, question: Question, people: list[Expert]) -> list[list[str]]:
    rowwise = paper.preset.name == "four-column"
    ask = f"{number} {question.ask}" if rowwise else str(question.ask)
    if len(people) < len(paper.speakers(question)):
        ask += f" {people[0].family} to {people[-1].family}"
    heads = [*(["Row"] if rowwise else []), *map(head_of, people)]
    body = numbered_rows(paper, number, part, question, people) if rowwise else whole_cells(paper, question, people)
    return [[squeeze(words) for words in row] for row in ([ask], heads, *body)]


# ---------------------------------------------------------------- what the tags say


def without_note_numbers(element: Element) -> Element:
    return replace(
        element,
        kids=tuple(
            without_note_numbers(kid) if isinstance(kid, Element) else kid
            for kid in element.kids
            if not (isinstance(kid, Element) and _note(kid))
        ),
    )


def _note(element: Element) -> str:
    """The number of the note that a link leads to; empty for other elements."""
    target = element.links[0].target if element.links else ""
    return target.removeprefix("note-") if target.startswith("note-") else ""


def notes_called(cell: TaggedCell) -> list[str]:
    calls = [link for link in cell.element.find("Link") if _note(link)]
    assert [link.text for link in calls] == [_note(link) for link in calls]
    return [_note(link) for link in calls]


def notes_of(root: Element) -> dict[str, str]:
    """The words of each note by its number: notes are the items whose label leads back."""
    items = (item for item in root.find("LI", "Note") if item.elements() and item.elements()[0].role == "Lbl")
    return {item.elements()[0].text: item.text for item in items if any(item.elements()[0].find("Link"))}


# ---------------------------------------------------------------- the positions


def test_each_question_has_one_table_for_each_group_of_columns(paper: Paper) -> None:
    assert len(paper.matrices) == len(paper.groups)
    crossing = [table for table in paper.matrices if len(pages_of(table)) > 1]
    assert crossing or paper.brief.slug == OURS


def is_headed(table: Table) -> bool:
    """Whether the question is repeated over the columns, as it is where a table may go on on another page."""
    return len(table.row(0)) == 1 and table.row(0)[0].columns > 1


def pages_of(table: Table) -> set[int]:
    """What goes on on another page stands in a `Span` of its own there."""
    parts = (part for cell in table.cells for part in cell.element.find("TH", "P", "Span"))
    return {part.page for part in parts if part.page is not None}


def test_the_cells_say_what_the_fact_file_says_word_for_word_and_in_order(paper: Paper) -> None:
    root = without_note_numbers(paper.root)
    tables = replace(paper, root=root).matrices
    for table, group in zip(tables, paper.groups, strict=True):
        rows = expected_rows(paper, *group)
        assert table.texts() == (rows if is_headed(table) else rows[1:])


def test_each_cell_names_its_question_its_expert_and_its_row(paper: Paper) -> None:
    for table, group in zip(paper.matrices, paper.groups, strict=True):
        asked, heads, *body = expected_rows(paper, *group)
        rowwise = paper.preset.name == "four-column"
        above = asked if is_headed(table) else []
        assert table.summary == f"Question {group[0]} {squeeze(str(group[2].ask))}"
        for line, row in enumerate(body, 1 + len(above)):
            cells = [cell for cell in table.row(line) if not cell.is_heading]
            found = [cell.headings for cell in cells]
            assert found == [(*above, head, *row[:1]) if rowwise else (*above, head) for head in heads[rowwise:]]
        first = 1 + len(above)
        assert {cell.element.scope for cell in table.cells if cell.is_heading and cell.row < first} == {"Column"}
        assert all(cell.element.scope == "Row" for cell in table.cells if cell.is_heading and cell.row >= first)
        assert not above or table.row(0)[0].columns == len(heads)


def test_those_without_a_position_are_named_with_their_reason_and_note(paper: Paper) -> None:
    lines = [squeeze(element.text) for element in paper.root.find("P")]
    for question in paper.brief.questions:
        for who, cell in question.cells.items():
            if isinstance(cell, Gap):
                said = (paper.library.experts[who].name, cell.note.rstrip("."))
                named = [line for line in lines if line.startswith(reason(paper, cell))]
                assert any(all(part in line for part in said) for line in named), (question.id, who)


def test_the_notes_of_a_cell_name_the_source_that_the_fact_file_cites(paper: Paper) -> None:
    notes = notes_of(paper.root)
    for table, (_, _, question, people) in zip(paper.matrices, paper.groups, strict=True):
        body = [cell for cell in table.cells if not cell.is_heading]
        columns = {cell.column for cell in body}
        for who, column in zip(people, sorted(columns), strict=True):
            called = [number for cell in body if cell.column == column for number in notes_called(cell)]
            cell = question.cells[who.id]
            assert isinstance(cell, Position)
            cited = [] if paper.preset.notes == "none" else [cell, *cell.earlier]
            assert len(called) == len(cited)
            for number, position in zip(called, cited, strict=True):
                assert position.statement.cite is not None
                source = paper.library.sources[position.statement.cite.citations[0].key]
                named = (notes[number].casefold().find(words.casefold()) for words in (source.title, source.short))
                assert max(named) >= 0, notes[number]


# ---------------------------------------------------------------- the whole


def test_the_whole_document_says_the_words_of_its_html_in_their_order(paper: Paper) -> None:
    """Capitals may be the style sheets': letters are compared without regard to case."""
    heard = spoken(paper.html, paper.preset.name, sheets(paper))
    assert paper.root.text.casefold().split() == heard.casefold().split()


def sheets(paper: Paper) -> dict[str, int]:
    """On which sheet the headings are that a list of contents leads to, by the ids of the HTML."""
    if paper.preset.name != "report":
        return {}
    headings = parser.document_fromstring(paper.html).xpath("//h2|//h3")
    found = [heading.page for heading in paper.root.find("H2", "H3")]
    assert len(found) == len(headings)
    pages = {heading.get("id"): page for heading, page in zip(headings, found, strict=True) if page is not None}
    return {str(name).removesuffix("-title"): page for name, page in pages.items() if name}


def test_the_long_brief_is_long(paper: Paper) -> None:
    """Letters are small and columns many in `in-focus`, which is made for two pages."""
    if paper.brief.slug == LONG:
        assert (len(paper.brief.experts), len(paper.brief.questions)) == (len(EXPERTS), QUESTIONS)
        last = max(element.page or 0 for element in paper.root.find("P", "LBody", "Note"))
        assert last >= (15 if paper.preset.name == "in-focus" else 20)
