"""Whether prose says of a fact's figures what the fact says.

A figure that others dispute must not be stated as if nobody did, and a number beside `[#fact]` must be one of the fact's.
What an amount in prose refers to is a guess from where it stands; the guess is described at each function.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from generator.evidence.checks.own_words import Sentence, sentences
from generator.evidence.checks.wording_patterns import words_of
from generator.model.contested import are_comparable, contradicts, in_other_units, is_contested, same_unit
from generator.problems import Code, Problem, Severity
from generator.syntax.amounts import FoundAmount, find_amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import Amount, Fact, Figure

CONTESTED_FLAT = Code(
    "contested-flat",
    Severity.ERROR,
    rests_on=("facts.figures.amount", "facts.preferred.figure", "language", "/house.language"),
)
FIGURE_CONTRADICTION = Code(
    "figure-contradiction", Severity.ERROR, rests_on=("facts.figures.amount", "language", "/house.language")
)

FIGURES_INCOMPARABLE = Code("figures-incomparable", Severity.NOTE)

CODES = (CONTESTED_FLAT, FIGURE_CONTRADICTION, FIGURES_INCOMPARABLE)

SMALLEST_BARE = 1000
"""A number without a unit that is smaller than this is taken for a count of something else."""


def check_contested(subject: Subject) -> Iterator[Problem]:
    """`contested-flat`: in a sentence that refers to a contested fact or is its claim, once a fact.

    An amount is one side of the dispute when it agrees with one of the figures and contradicts another.
    """
    contested = {fact.id: fact for fact in subject.brief.facts if is_contested(fact)}
    if not contested:
        return
    for sentence in sentences(subject.brief):
        named = dict.fromkeys((*(fact for fact, _ in sentence.facts()), sentence.fact))
        facts = [contested[fact] for fact in named if fact in contested]
        amounts = find_amounts(sentence.words, language=subject.brief.language) if facts else ()
        for fact in facts:
            flat = flat_amount(fact, amounts, sentence, subject)
            if flat:
                yield _stated_flatly(fact, flat, sentence)


def flat_amount(
    fact: Fact, amounts: tuple[FoundAmount, ...], sentence: Sentence, subject: Subject
) -> FoundAmount | None:
    """The first amount that takes a side without saying so; None when both sides are given, or the side is named."""
    taken = [(found, *sides_of(found.amount, fact)) for found in amounts if is_about(found.amount, fact)]
    taken = [(found, agree, disputed) for found, agree, disputed in taken if agree and disputed]
    if any(set(one[1]) & set(other[2]) for one, other in permutations(taken, 2)):
        return None
    for found, agree, _ in taken:
        if not is_preferred(fact, agree) and not is_named(agree, sentence, subject):
            return found
    return None


def sides_of(amount: Amount, fact: Fact) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures that `amount` agrees with, and those comparable with them that it contradicts.

    A range that holds both takes no side.
    """
    against = tuple(figure for figure in fact.figures if contradicts(amount, figure.amount))
    agree = tuple(figure for figure in fact.figures if figure not in against)
    return agree, tuple(one for one in against if not agree or any(are_comparable(one, other) for other in agree))


def is_about(amount: Amount, fact: Fact) -> bool:
    """Whether an amount in prose may be meant as one of the fact's: its unit is theirs, or it has none and is large."""
    units = [figure.amount.unit for figure in fact.figures]
    if not amount.unit and all(units):
        return amount.high >= SMALLEST_BARE
    return any(same_unit(amount.unit, unit) for unit in units)


def is_preferred(fact: Fact, agree: tuple[Figure, ...]) -> bool:
    return fact.preferred is not None and fact.figures[fact.preferred.figure] in agree


def is_named(agree: tuple[Figure, ...], sentence: Sentence, subject: Subject) -> bool:
    """Whether the sentence says who gives one of the figures, or paraphrases them in their own cell.

    A name is not enough: “DeepSeek's model cost 5.6 million” gives nobody the figure, “DeepSeek puts it at 5.6 million”
    does. In a language without a list of such words, it is.
    """
    speaker = subject.library.experts.get(sentence.speaker)
    if speaker and _any_named(agree, speaker.name):
        return True
    words = words_of(subject.brief.language)
    attributing = words is None or words.attributing.search(sentence.words)
    return bool(attributing) and _any_named(agree, sentence.words)


def _any_named(figures: tuple[Figure, ...], said: str) -> bool:
    folded = said.casefold()
    return any(re.search(rf"\b{re.escape(figure.by.casefold())}\b", folded) for figure in figures if figure.by)


def _stated_flatly(fact: Fact, flat: FoundAmount, sentence: Sentence) -> Problem:
    agree, disputed = sides_of(flat.amount, fact)
    others = ", ".join(f"{figure.amount.written} ({figure.by})" for figure in disputed[:3])
    hint = f"say that {agree[0].by} gives it, add what others say ({others}), or name it in `preferred` with the reason"
    message = f"“{flat.amount.written}” is stated flatly, but “{fact.id}” is contested"
    return CONTESTED_FLAT.at(sentence.place(flat.start, flat.end), message, hint)


def check_units(subject: Subject) -> Iterator[Problem]:
    """`figures-incomparable`, at the second figure, once a fact."""
    for fact in subject.brief.facts:
        for one, other in in_other_units(fact):
            units = f"{one.amount.unit or 'no unit'} and {other.amount.unit or 'no unit'}"
            message = f"{one.by} and {other.by} give the same measure in {units}: not comparable"
            hint = "give one unit if a source does, or tell them apart with `measures`, `period` or `scenario`"
            yield FIGURES_INCOMPARABLE.at(other.place, message, hint)
            break


# ---------------------------------------------------------------- contradictions


def check_contradictions(subject: Subject) -> Iterator[Problem]:
    """`figure-contradiction`, at each amount that contradicts every figure of every fact it stands with.

    An amount stands with the facts of the first group of marks (citations and `[#fact]`) behind it in its sentence, or of
    the last one before it where none follows.
    """
    facts = {fact.id: fact for fact in subject.brief.facts if fact.figures}
    if not facts:
        return
    for sentence in sentences(subject.brief):
        referred = [(facts[fact], at) for fact, at in sentence.facts() if fact in facts]
        if not referred:
            continue
        for found in find_amounts(sentence.words, language=subject.brief.language):
            low, high = group_of(found, sentence)
            beside = [fact for fact, at in referred if low <= at <= high and is_about(found.amount, fact)]
            if beside and not any(sides_of(found.amount, fact)[0] for fact in beside):
                yield _contradicting(found, beside[0], sentence)


def group_of(found: FoundAmount, sentence: Sentence) -> tuple[int, int]:
    """From the first to the last mark of the group that an amount stands with; (0, -1) when there is no mark."""
    marks = sentence.marks()
    behind = [at for at in marks if at >= found.end]
    if not behind:
        return (marks[0], marks[-1]) if len(marks) == 1 else _last_group(marks, sentence)
    last = behind[0]
    for at in behind[1:]:
        if _letters(sentence.words[last:at]):
            break
        last = at
    return behind[0], last


def _last_group(marks: tuple[int, ...], sentence: Sentence) -> tuple[int, int]:
    if not marks:
        return 0, -1
    first = marks[-1]
    for at in reversed(marks[:-1]):
        if _letters(sentence.words[at:first]):
            break
        first = at
    return first, marks[-1]


def _letters(between: str) -> bool:
    return any(char.isalnum() for char in between)


def _contradicting(found: FoundAmount, fact: Fact, sentence: Sentence) -> Problem:
    figures = ", ".join(figure.amount.written for figure in fact.figures)
    message = f"“{found.amount.written}” is none of the figures of “{fact.id}”"
    return FIGURE_CONTRADICTION.at(sentence.place(found.start, found.end), message, f"the fact says {figures}")
