"""Runs all attacks on the gate, and counts by kind what was made and what went wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.evidence.gate import Transcript, judge
from tests.adversary import mutants_sense, mutants_words, variants
from tests.adversary.corpus import Language, quotations
from tests.adversary.oracle import stands

MUTATORS = (*mutants_words.MUTATORS, *mutants_sense.MUTATORS)
CUTS = frozenset(
    {
        "word_cut", "negation_cut", "number_cut", "sign_cut", "unit_cut", "unit_skipped", "per_cent_cut", "scale_cut",
        "scale_dropped", "fraction_cut", "negation_skipped", "across_speakers", "digit_dropped",
    }
)  # fmt: skip
"""Kinds whose words stand in the text as letters do, and are false for where they begin, end or are joined."""


DIFFERENCES = {
    **dict.fromkeys(
        (
            "digit_changed", "digit_dropped", "digit_added", "number_mark_dropped", "number_mark_changed", "number_mark_moved",
            "sign_dropped", "sign_changed", "sign_added", "unit_changed", "unit_dropped", "currency_changed", "currency_dropped",
            "scale_changed", "exponent_flattened", "exponent_changed", "fraction_changed",
        ),
        "number",
    ),
    **dict.fromkeys(("negation_removed", "negation_replaced"), "negation"),
    "case_flipped": "case",
}  # fmt: skip
"""What an author is told of a mutant, by kind. A graver difference may be told where a change happens to make one."""
GRAVER = ("negation", "number")


@dataclass(frozen=True)
class Failure:
    kind: str
    language: str
    quotation: str
    verdict: str

    def __str__(self) -> str:
        return f"{self.kind} [{self.language}] {self.verdict}: {self.quotation!r}"


@dataclass
class Tally:
    """What was made, by kind, and what the gate got wrong."""

    mutants: Counter[str] = field(default_factory=Counter)
    variants: Counter[str] = field(default_factory=Counter)
    unchecked: Counter[str] = field(default_factory=Counter)
    verified: list[Failure] = field(default_factory=list)
    """Mutants that were verified."""
    refused: list[Failure] = field(default_factory=list)
    """Variants that were not."""
    named: Counter[str] = field(default_factory=Counter)
    misnamed: list[Failure] = field(default_factory=list)
    """Mutants that were refused with a reason that is not theirs."""

    def lines(self) -> Iterator[str]:
        for title, made, wrong in (("mutants", self.mutants, self.verified), ("variants", self.variants, self.refused)):
            failed = Counter(failure.kind.split("+")[0] for failure in wrong)
            for kind in sorted(made):
                open_ = f", {self.unchecked[kind]} unchecked" if self.unchecked[kind] else ""
                yield f"  {kind:32}{made[kind]:8,} {title}, {failed[kind]} {_WRONG[title]}{open_}"
        failed = Counter(failure.kind for failure in self.misnamed)
        for kind in sorted(self.named):
            yield f"  {kind:32}{self.named[kind]:8,} reasons, {failed[kind]} wrong"
        yield self.summary()

    def summary(self) -> str:
        return (
            f"quotation gate: {self.mutants.total():,} mutants, {len(self.verified)} verified; "
            f"{self.variants.total():,} harmless variants, {len(self.refused)} refused; "
            f"{self.named.total():,} reasons, {len(self.misnamed)} wrong"
        )


_WRONG = {"mutants": "verified", "variants": "refused"}


def attack(language: Language, rng: random.Random, tally: Tally, rounds: int, most: int = 1000) -> None:
    """Make mutants and variants of the quotations of a language, `rounds` of each kind, of `most` quotations."""
    transcript = Transcript(language.text)
    true = quotations(language, rng)
    true = rng.sample(true, min(len(true), most))
    for text in true:
        expect(text, "unchanged", language, transcript, tally)
        for kind, mutant in dict.fromkeys(_mutants(text, language, rng, rounds)):
            expect_false(mutant, kind, language, transcript, tally)
        for kind, variant in dict.fromkeys(_variants(text, language, rng, max(1, rounds // 2))):
            expect(variant, kind, language, transcript, tally)
    for kind, setting in _texts(language, rng, rounds):
        for text in rng.sample(true, min(len(true), 12)):
            expect(text, f"text_{kind}", language, setting, tally)


def another_text(language: Language, others: Iterable[Language], rng: random.Random, tally: Tally) -> None:
    """Quotations of other texts are in none of this."""
    transcript = Transcript(language.text)
    for other in others:
        for text in rng.sample(other.sentences, 3) if other.tag != language.tag else ():
            expect_false(text, "another_text", language, transcript, tally)


def _mutants(text: str, language: Language, rng: random.Random, rounds: int) -> Iterator[tuple[str, str]]:
    for mutate in MUTATORS:
        for _ in range(rounds):
            mutant = mutate(text, language, rng)
            if mutant != text and (mutate.__name__ in CUTS or not stands(mutant, language.text)):
                yield mutate.__name__, mutant


def _variants(text: str, language: Language, rng: random.Random, rounds: int) -> Iterator[tuple[str, str]]:
    for vary in (*variants.TYPOGRAPHIC, *variants.HONEST):
        for _ in range(rounds):
            variant = vary(text, language, rng)
            if variant != text:
                yield vary.__name__, variant
                setting = rng.choice(variants.SETTINGS)
                yield f"{vary.__name__}+{setting.__name__}", setting(variant, language, rng)


def _texts(language: Language, rng: random.Random, rounds: int) -> Iterator[tuple[str, Transcript]]:
    for vary in variants.TEXTS:
        for _ in range(max(1, rounds // 2)):
            text = vary(language.text, language, rng)
            if text != language.text:
                yield vary.__name__, Transcript(text)


# ---------------------------------------------------------------- what is expected


def expect_false(mutant: str, kind: str, language: Language, transcript: Transcript, tally: Tally) -> None:
    judgement = judge(mutant, transcript, language=language.tag)
    tally.mutants[kind] += 1
    if judgement.verdict == "verified":
        tally.verified.append(Failure(kind, language.tag, mutant, "verified"))
    elif kind in DIFFERENCES:
        tally.named[kind] += 1
        if judgement.difference not in (DIFFERENCES[kind], *GRAVER):
            tally.misnamed.append(Failure(kind, language.tag, mutant, judgement.difference))


def expect(variant: str, kind: str, language: Language, transcript: Transcript, tally: Tally) -> None:
    verdict = judge(variant, transcript, language=language.tag).verdict
    first = kind.split("+")[0]
    tally.variants[first] += 1
    if verdict == "unchecked" and {*kind.split("+")} & MAY_BE_UNCHECKED:
        tally.unchecked[first] += 1
    elif verdict != "verified":
        tally.refused.append(Failure(kind, language.tag, variant, verdict))


MAY_BE_UNCHECKED = frozenset(
    {"unseen_marks", "html_unseen_marks", "pdf_unseen_marks", *(vary.__name__ for vary in variants.HONEST)}
)
"""Honest alterations, in a language that the program does not know; and characters in the quotation that cannot be seen."""
