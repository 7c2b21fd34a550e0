"""Whether prose agrees with the figures of a fact.

A disputed figure must not be stated as undisputed, and a number next to `[#fact]` must be one of the fact's figures. Which fact
an amount in prose refers to is assumed from its position; each function describes its assumption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from generator.evidence.checks.subject import Subject
from generator.evidence.checks.wording import sentences, words_of
from generator.model import Amount, Fact, Figure
from generator.model.contested import are_comparable, contradicts, in_other_units, is_contested, same_unit
from generator.problems import Code, Problem, Severity
from generator.syntax.amounts import FoundAmount, find_amounts
from generator.syntax.markdown.editors_words import Sentence

CONTESTED_FLAT = Code(
    "contested-flat",
    Severity.ERROR,
    rests_on=("facts.figures.amount", "facts.preferred.figure", "language", "/house.language"),
)
FIGURE_CONTRADICTION = Code(
    "figure-contradiction", Severity.ERROR, rests_on=("facts.figures.amount", "language", "/house.language")
)

FIGURES_INCOMPARABLE = Code("figures-incomparable", Severity.NOTE)

SMALLEST_BARE = 1000
"""A number without a unit that is smaller than this is taken as a count of something else."""


def check_contested(subject: Subject) -> Iterator[Problem]:
    """Yield `contested-flat` in a sentence that refers to a contested fact or is its claim, once a fact.

    An amount takes a side in the dispute if it agrees with one of the figures and contradicts another.
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
    """Return the first amount that takes a side without saying so; None if both sides are given, or the side is named."""
    taken = [(mention, *sides_of(mention.amount, fact)) for mention in amounts if is_about(mention.amount, fact)]
    taken = [(mention, agree, disputed) for mention, agree, disputed in taken if agree and disputed]
    if any(set(one[1]) & set(other[2]) for one, other in permutations(taken, 2)):
        return None
    for mention, agree, _ in taken:
        if not is_preferred(fact, agree) and not is_named(agree, sentence, subject):
            return mention
    return None


def sides_of(amount: Amount, fact: Fact) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Return the figures that `amount` agrees with, and the comparable ones that it contradicts.

    A range that includes both takes no side.
    """
    against = tuple(figure for figure in fact.figures if contradicts(amount, figure.amount))
    agree = tuple(figure for figure in fact.figures if figure not in against)
    return agree, tuple(one for one in against if not agree or any(are_comparable(one, other) for other in agree))


def is_about(amount: Amount, fact: Fact) -> bool:
    """Whether an amount in prose may mean one of the fact's: it has their unit, or it has no unit and is large."""
    units = [figure.amount.unit for figure in fact.figures]
    if not amount.unit and all(units):
        return amount.high >= SMALLEST_BARE
    return any(same_unit(amount.unit, unit) for unit in units)


def is_preferred(fact: Fact, agree: tuple[Figure, ...]) -> bool:
    return fact.preferred is not None and fact.figures[fact.preferred.figure] in agree


def is_named(agree: tuple[Figure, ...], sentence: Sentence, subject: Subject) -> bool:
    """Whether the sentence says who gives one of the figures, or paraphrases that person in their own cell.

    A name alone is not enough: “DeepSeek's model cost 5.6 million” does not attribute the figure, “DeepSeek puts it at 5.6 million”
    does. In a language without a list of such words, a name is enough.
    """
    speaker = subject.library.experts.get(sentence.speaker)
    if speaker and _any_named(agree, speaker.name):
        return True
    words = words_of(subject.brief.language)
    attributing = words is None or words.attributing.search(sentence.words)
    return bool(attributing) and _any_named(agree, sentence.words)


def _any_named(figures: tuple[Figure, ...], words: str) -> bool:
    folded = words.casefold()
    return any(re.search(rf"\b{re.escape(figure.by.casefold())}\b", folded) for figure in figures if figure.by)


def _stated_flatly(fact: Fact, flat: FoundAmount, sentence: Sentence) -> Problem:
    agree, disputed = sides_of(flat.amount, fact)
    others = ", ".join(f"{figure.amount.written} ({figure.by})" for figure in disputed[:3])
    hint = f"say that {agree[0].by} gives it, add the figures of others ({others}), or name it in `preferred` with the reason"
    message = f"“{flat.amount.written}” is stated as undisputed, but the figures of “{fact.id}” disagree"
    return CONTESTED_FLAT.at(sentence.place(flat.start, flat.end), message, hint)


def check_units(subject: Subject) -> Iterator[Problem]:
    """Yield `figures-incomparable` at the second figure, once a fact."""
    for fact in subject.brief.facts:
        for one, other in in_other_units(fact):
            units = f"{one.amount.unit or 'no unit'} and {other.amount.unit or 'no unit'}"
            message = f"{one.by} and {other.by} give the same measure in {units}, which cannot be compared"
            hint = "use one unit if a source does, or distinguish them with `measures`, `period` or `scenario`"
            yield FIGURES_INCOMPARABLE.at(other.place, message, hint)
            break


# ---------------------------------------------------------------- contradictions


def check_contradictions(subject: Subject) -> Iterator[Problem]:
    """Yield `figure-contradiction` at each amount that contradicts every figure of every fact next to it.

    An amount belongs to the facts of the first group of marks (citations and `[#fact]`) after it in its sentence, or of the last
    group before it if none follows.
    """
    facts = {fact.id: fact for fact in subject.brief.facts if fact.figures}
    if not facts:
        return
    for sentence in sentences(subject.brief):
        referred = [(facts[fact], at) for fact, at in sentence.facts() if fact in facts]
        if not referred:
            continue
        for mention in find_amounts(sentence.words, language=subject.brief.language):
            low, high = group_of(mention, sentence)
            beside = [fact for fact, at in referred if low <= at <= high and is_about(mention.amount, fact)]
            if beside and not any(sides_of(mention.amount, fact)[0] for fact in beside):
                yield _contradicting(mention, beside[0], sentence)


def group_of(mention: FoundAmount, sentence: Sentence) -> tuple[int, int]:
    """Return the first and last mark of the group that an amount belongs to; (0, -1) if there is no mark."""
    marks = sentence.marks()
    behind = [at for at in marks if at >= mention.end]
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


def _contradicting(mention: FoundAmount, fact: Fact, sentence: Sentence) -> Problem:
    figures = ", ".join(figure.amount.written for figure in fact.figures)
    message = f"“{mention.amount.written}” is not among the figures of “{fact.id}”"
    return FIGURE_CONTRADICTION.at(sentence.place(mention.start, mention.end), message, f"the fact says {figures}")
