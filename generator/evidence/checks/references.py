"""Whether every name that a brief uses is defined in it or in the library.

Unknown stances are reported by the reader, which has the written word; unknown presets and citation styles, where they are
looked up; malformed citations, in `syntax`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.model import SHARED, Brief, Fact, FactReference, Library, Option, Position
from generator.model.figure_places import numbered
from generator.model.walk import cells, walk
from generator.problems import Code, Location, Problem, Severity
from generator.problems.suggestions import did_you_mean
from generator.syntax.citations import citations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

UNKNOWN_EXPERT = Code("unknown-expert", Severity.ERROR, rests_on=("who", "/experts.*"))
UNKNOWN_SOURCE = Code("unknown-source", Severity.ERROR, rests_on=("/sources.references.id",))
UNKNOWN_FACT = Code(
    "unknown-fact", Severity.ERROR, rests_on=("facts.id", "tables.id", "pictures.id", "charts.id", "/facts.facts.id")
)
UNKNOWN_QUESTION = Code("unknown-question", Severity.ERROR, rests_on=("questions.id",))
UNKNOWN_STATEMENT = Code(
    "unknown-statement", Severity.ERROR, rests_on=("questions.id", "questions.positions.*", "voices.id")
)
DUPLICATE_ID = Code("duplicate-id", Severity.ERROR)
EXPERT_TWICE = Code("expert-twice", Severity.ERROR)

CODES = (
    UNKNOWN_EXPERT,
    UNKNOWN_SOURCE,
    UNKNOWN_FACT,
    UNKNOWN_QUESTION,
    DUPLICATE_ID,
    EXPERT_TWICE,
)


def experts_named(brief: Brief) -> Iterator[tuple[str, Location]]:
    """Yield every expert's id that the brief uses, with its place."""
    for column in brief.experts:
        yield column.value, column.place
    for question in brief.questions:
        for expert, cell in question.cells.items():
            yield expert, cell.place
    for voice in brief.voices:
        yield voice.statement.who, voice.statement.place


def check_experts(subject: Subject) -> Iterator[Problem]:
    """Yield `unknown-expert`, once for each place."""
    experts = subject.library.experts
    for expert, place in dict.fromkeys(experts_named(subject.brief)):
        if expert not in experts:
            hint = did_you_mean(expert, list(experts)) or "add the person to experts.yaml"
            yield UNKNOWN_EXPERT.at(place, f"unknown expert “{expert}”", hint)


def unknown_sources(record: object, library: Library) -> Iterator[Problem]:
    """Yield `unknown-source` for every citation anywhere in `record`: prose, `cite`, figures."""
    for citation, place in citations(record):
        if citation.key not in library.sources:
            hint = did_you_mean(citation.key, [*library.sources, *library.similar]) or "add the source to sources.yaml"
            yield UNKNOWN_SOURCE.at(place, f"unknown source “@{citation.key}”", hint)


def check_sources(subject: Subject) -> Iterator[Problem]:
    """`unknown-source`."""
    return unknown_sources(subject.brief, subject.library)


def facts_named(record: Brief | Fact) -> Iterator[tuple[str, Location]]:
    """Yield every fact that a brief uses or a record refers to, in `uses`, prose and `rests_on`, with the place."""
    for used in record.uses if isinstance(record, Brief) else ():
        yield SHARED + used.value, used.place
    for reference in walk(record, FactReference):
        yield reference.fact, reference.place
    resting: tuple[Position | Option, ...] = (*walk(record, Position), *walk(record, Option))
    for one in resting:
        for fact in one.rests_on:
            yield fact.value, fact.place


def check_facts(subject: Subject) -> Iterator[Problem]:
    """`unknown-fact`."""
    names = dict.fromkeys(
        (*(fact.id for fact in subject.brief.facts), *subject.library.facts, *numbered(subject.brief))
    )
    for fact, place in dict.fromkeys(facts_named(subject.brief)):
        shared = fact.startswith(SHARED)
        if fact not in names and (not shared or "facts" in subject.library.files):
            add = "add the fact to facts.yaml" if shared else "add the fact to this brief"
            kind = fact.partition(":")[0]
            if kind in ("table", "picture", "chart"):
                add = f"add the {kind} under `{kind}s`"
            yield UNKNOWN_FACT.at(place, f"unknown fact “{fact}”", did_you_mean(fact, list(names)) or add)


def check_questions(subject: Subject) -> Iterator[Problem]:
    """`unknown-question`."""
    questions = [question.id for question in subject.brief.questions]
    for voice in subject.brief.voices:
        if voice.question and voice.question.value not in questions:
            hint = did_you_mean(voice.question.value, questions) or "leave `question` out"
            yield UNKNOWN_QUESTION.at(voice.question.place, f"unknown question “{voice.question}”", hint)


def check_statements(subject: Subject) -> Iterator[Problem]:
    """`unknown-statement`."""
    brief = subject.brief
    statements = [f"{question.id}.{expert}" for question, expert, _ in cells(brief)] + [
        voice.id for voice in brief.voices
    ]
    for option in brief.options:
        for named in (*option.supported_by, *option.opposed_by):
            if named.value not in statements:
                hint = did_you_mean(named.value, statements) or "write `question.expert`, or the id of a voice"
                yield UNKNOWN_STATEMENT.at(named.place, f"the brief has no position or voice “{named}”", hint)


def check_ids(subject: Subject) -> Iterator[Problem]:
    """Yield `duplicate-id` at every record after the first that has the id."""
    brief = subject.brief
    for kind, records in (
        ("fact", brief.facts),
        ("table", brief.tables),
        ("chart", brief.charts),
        ("question", brief.questions),
        ("option", brief.options),
        ("voice", brief.voices),
        ("section", brief.sections),
        ("picture", brief.pictures),
        ("pull quote", brief.pull_quotes),
        ("box", brief.boxes),
    ):
        first: dict[str, Location] = {}
        for record in records:
            if record.id and record.id in first:
                hint = f"the first is in line {first[record.id].line}; give this one another id"
                yield DUPLICATE_ID.at(record.place, f"the {kind} “{record.id}” occurs twice", hint)
            first.setdefault(record.id, record.place)
    for fact in brief.facts:
        if SHARED + fact.id in {other.id for other in brief.facts}:
            hint = "give this one another id, so that they cannot be confused"
            yield DUPLICATE_ID.at(fact.place, f"the brief also uses the shared fact “{SHARED}{fact.id}”", hint)


def check_anchors(subject: Subject) -> Iterator[Problem]:
    """Yield `duplicate-id` at every cell whose anchor on the page, `QUESTION-EXPERT`, is also that of another part."""
    brief = subject.brief
    taken = {anchor: part for part, anchors in _anchors(brief) for anchor in anchors}
    for question in brief.questions:
        for expert, cell in question.cells.items():
            here = f"“{expert}” on the question “{question.id}”"
            other = taken.setdefault(f"{question.id}-{expert}", here)
            if other != here:
                message = f"{here} has the same anchor “{question.id}-{expert}” as {other}"
                yield DUPLICATE_ID.at(cell.place, message, "give the question another id")


def _anchors(brief: Brief) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the parts of a brief whose anchors on its page are made of their kind and id, with a description of each."""
    groups = (
        ("fact", brief.facts), ("table", brief.tables), ("chart", brief.charts), ("question", brief.questions),
        ("option", brief.options), ("voice", brief.voices),
    )  # fmt: skip
    for kind, records in groups:
        for record in records:
            anchor = f"{kind}-{record.id}"
            yield f"the {kind} “{record.id}”", (anchor, f"{anchor}-title")


def check_columns(subject: Subject) -> Iterator[Problem]:
    """Yield `expert-twice` at every column after the first."""
    seen: Counter[str] = Counter()
    for column in subject.brief.experts:
        seen[column.value] += 1
        if seen[column.value] > 1:
            yield EXPERT_TWICE.at(column.place, f"“{column}” already has a column", "remove one of them")
