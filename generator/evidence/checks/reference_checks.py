"""Whether every name that a brief uses is defined, and whether every entry of the library is used.

Unknown stances are reported by the reader, which has the written word; unknown presets and citation styles, where they are
looked up; malformed citations, in `syntax`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from generator.evidence.checks.subject import Subject
from generator.model import SHARED, Brief, Citation, Expert, Fact, FactReference, Library, Option, Position
from generator.model.walk import cells, numbered, walk
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import MOST, did_you_mean, nearest
from generator.syntax.citations import citations, is_plain_key

UNKNOWN_EXPERT = Code("unknown-expert", Severity.ERROR, rests_on=("who", "/experts.*"), about="who")
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
    """Yield `unknown-expert`, once for each place. People whom the brief does not name yet are suggested first."""
    experts = subject.library.experts
    named = dict.fromkeys(experts_named(subject.brief))
    free = experts.keys() - {expert for expert, _ in named}
    for expert, place in named:
        if expert not in experts:
            yield UNKNOWN_EXPERT.at(place, f"unknown expert “{expert}”", _expert_hint(expert, experts, free))


def _expert_hint(written: str, experts: Mapping[str, Expert], free: Collection[str]) -> str:
    match ids_meant(written, experts):
        case (named,):
            return f"write `{named}`, the id of {experts[named].name} in experts.yaml"
        case (_, *_) as ids:
            return f"write a comma between two ids: `{', '.join(ids)}`"
    likely = free if nearest(written, free) else experts
    return did_you_mean(written, list(likely), "add the person to experts.yaml")


def ids_meant(written: str, experts: Mapping[str, Expert]) -> tuple[str, ...]:
    """Return the ids that were meant by something that is not an id: a name that only one expert has, or ids without commas."""
    folded = " ".join(written.casefold().split())
    named = tuple(
        expert.id
        for expert in experts.values()
        if folded in (name.casefold() for name in (expert.name, expert.family, *expert.also))
    )
    ids = tuple(re.split(r"[,;\s]+", written))
    return named if len(named) == 1 else ids if experts.keys() >= set(ids) else ()


def unknown_sources(record: object, library: Library) -> Iterator[Problem]:
    """Yield `unknown-source` for every citation anywhere in `record`: prose, `cite`, figures."""
    for citation, place in citations(record):
        if citation.key not in library.sources:
            hint = did_you_mean(citation.key, [*library.sources, *library.similar]) or "add the source to sources.yaml"
            odd = nearest(citation.key, [key for key in library.sources if not is_plain_key(key)])
            if odd:
                hint = f"give the source “{odd}” a key without spaces and the like in sources.yaml, or write @{{{odd}}}"
            yield UNKNOWN_SOURCE.at(place, f"unknown source “@{citation.key}”", hint)


def check_sources(subject: Subject) -> Iterator[Problem]:
    """Yield `unknown-source`."""
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
    """Yield `unknown-fact`."""
    names = dict.fromkeys(
        (*(fact.id for fact in subject.brief.facts), *subject.library.facts, *numbered(subject.brief))
    )
    for fact, place in dict.fromkeys(facts_named(subject.brief)):
        shared = fact.startswith(SHARED)
        written = fact.removeprefix(SHARED)
        if written.startswith(SHARED):
            hint = f"write `{written.removeprefix(SHARED)}`, because `uses` names only facts of facts.yaml"
            yield UNKNOWN_FACT.at(place, f"“{written}” is not an id", hint)
        elif fact not in names and (not shared or "facts" in subject.library.files):
            add = "add the fact to facts.yaml" if shared else "add the fact to this brief"
            kind = fact.partition(":")[0]
            if kind in ("table", "picture", "chart"):
                add = f"add the {kind} under `{kind}s`"
            yield UNKNOWN_FACT.at(place, f"unknown fact “{fact}”", did_you_mean(fact, list(names)) or add)


def check_questions(subject: Subject) -> Iterator[Problem]:
    """Yield `unknown-question`."""
    questions = [question.id for question in subject.brief.questions]
    for voice in subject.brief.voices:
        if voice.question and voice.question.value not in questions:
            hint = did_you_mean(voice.question.value, questions) or "leave `question` out"
            yield UNKNOWN_QUESTION.at(voice.question.place, f"unknown question “{voice.question}”", hint)


def check_statements(subject: Subject) -> Iterator[Problem]:
    """Yield `unknown-statement`."""
    brief = subject.brief
    statements = [f"{question.id}.{expert}" for question, expert, _ in cells(brief)] + [
        voice.id for voice in brief.voices
    ]
    for option in brief.options:
        for named in (*option.supported_by, *option.opposed_by):
            if named.value not in statements:
                hint = did_you_mean(named.value, statements) or "write `question.expert`, or the id of a voice"
                yield UNKNOWN_STATEMENT.at(named.place, f"the brief has no position or voice “{named}”", hint)


_LISTS = {
    "fact": "facts", "table": "tables", "chart": "charts", "question": "questions", "option": "options", "voice": "voices",
    "section": "sections", "picture": "pictures", "pull quote": "pull_quotes", "box": "boxes",
}  # fmt: skip
"""The fields of a brief whose records have ids, by what messages call a record."""
_ANCHORED = ("fact", "table", "chart", "question", "option", "voice")
"""Records whose anchors on the page are made of their kind and id."""


def check_ids(subject: Subject) -> Iterator[Problem]:
    """Yield `duplicate-id` at every record after the first that has the id."""
    brief = subject.brief
    for kind, field in _LISTS.items():
        first: dict[str, Location] = {}
        for record in getattr(brief, field):
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
    for kind in _ANCHORED:
        for record in getattr(brief, _LISTS[kind]):
            anchor = f"{kind}-{record.id}"
            yield f"the {kind} “{record.id}”", (anchor, f"{anchor}-title")


def check_columns(subject: Subject) -> Iterator[Problem]:
    """Yield `expert-twice` at every column after the first."""
    seen: Counter[str] = Counter()
    for column in subject.brief.experts:
        seen[column.value] += 1
        if seen[column.value] > 1:
            yield EXPERT_TWICE.at(column.place, f"“{column}” already has a column", "remove one of them")


UNUSED_SOURCE = Code("unused-source", Severity.WARNING, rests_on=("/sources.references.id",))
UNUSED_EXPERT = Code("unused-expert", Severity.WARNING, rests_on=("/experts.*",))
UNUSED_FACT = Code("unused-fact", Severity.WARNING, rests_on=("/facts.facts.id",))
NUMBER_TWICE = Code("number-twice", Severity.ERROR)


def check_numbers(briefs: Iterable[Brief]) -> Iterator[Problem]:
    """Yield `number-twice` at the second of two briefs in the order of their slugs."""
    first: dict[str, Brief] = {}
    for brief in briefs:
        other = first.setdefault(brief.number.strip(), brief)
        if other is not brief and brief.number.strip():
            message = f"{other.file} also has the number {brief.number}"
            yield NUMBER_TWICE.at(brief.place, message, "give one of them another number")


def check_unused(
    library: Library, briefs: Sequence[Brief], indexed: Iterable[tuple[str, Location]] = ()
) -> Iterator[Problem]:
    """Yield `unused-source` and `unused-fact`, each once for all, and `unused-expert`, at each entry.

    `indexed` are key and place of the sources in further files.
    """
    everything = (*briefs, library.house, *library.houses.values(), *library.facts.values())
    cited = {citation.key for record in everything for citation in walk(record, Citation)}
    named = {expert for brief in everything if isinstance(brief, Brief) for expert, _ in experts_named(brief)}
    places = [(source.key, source.place) for source in library.sources.values()]
    places += indexed
    unused = _unmeant({key for key, _ in places}, cited)
    yield from _unused_sources([(key, place) for key, place in places if key in unused])
    printed = {fact.id for brief in briefs for fact in brief.facts}
    yield from _unused_facts([fact for fact in library.facts.values() if fact.id not in printed])
    idle = _unmeant(set(library.experts), named)
    for expert in library.experts.values():
        if expert.id in idle:
            yield UNUSED_EXPERT.at(expert.place, f"no brief names “{expert.id}”", "name it in a brief, or remove it")


def _unmeant(defined: set[str], used: set[str]) -> set[str]:
    """Return the unused names, without those for which a misspelt name was probably meant: the misspelling is the problem."""
    unknown, unused = used - defined, defined - used
    if not unknown or len(unused) > MOST:
        return unused
    return {name for name in unused if nearest(name, unknown) is None}


def _unused_sources(unused: list[tuple[str, Location]]) -> Iterator[Problem]:
    if len(unused) == 1:
        yield UNUSED_SOURCE.at(unused[0][1], f"no brief cites “@{unused[0][0]}”", "cite it, or remove it")
    elif unused:
        names = ", ".join(f"“@{key}”" for key, _ in unused[:3]) + (" and others" if len(unused) > 3 else "")
        message = f"no brief cites {len(unused):,} of the sources: {names}"
        yield UNUSED_SOURCE.at(unused[0][1], message, "cite them, or remove them")


def _unused_facts(unused: list[Fact]) -> Iterator[Problem]:
    names = [f"“{fact.id.removeprefix(SHARED)}”" for fact in unused]
    if len(unused) == 1:
        yield UNUSED_FACT.at(unused[0].place, f"no brief uses the shared fact {names[0]}", "use it, or remove it")
    elif unused:
        message = f"no brief uses {len(unused):,} of the shared facts: {', '.join(names[:3])}"
        more = " and others" if len(unused) > 3 else ""
        yield UNUSED_FACT.at(unused[0].place, message + more, "use them, or remove them")


def check_house(library: Library) -> Iterator[Problem]:
    """Yield `unknown-source` in the prose of the house style."""
    return unknown_sources(library.house, library)
