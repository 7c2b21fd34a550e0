"""Briefs that press a page design hard: few and many experts and questions, long and short words. All of it is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.render.longbrief import SYLLABLES

SOURCES = """
references:
  - {id: talk, type: speech, title: "The invented speech with a rather long title, held twice",
     title-short: Invented speech, issued: 2024-05-02}
  - {id: press, type: article-newspaper, title: A report, title-short: newspaper report, issued: 2024-05-03, provenance: report,
     URL: "https://example.org/an/address/that-has-no-place/where-it-may-break/0123456789abcdef0123456789abcdef0123456789abcdef"}
"""
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
GAPS = (
    "{gap: no-position-found, searched: all that was invented, until: 2024-05-01}",
    "{gap: declined}",
    "{gap: not-asked}",
)


@dataclass(frozen=True)
class Stress:
    """What a brief has to be like."""

    experts: int
    questions: int
    said: int = 18
    """Words of each position, 0 for none."""
    quoted: int = 9
    """Words of each quotation, 0 for none."""
    silent: float = 0.2
    """Share of the cells without a position."""
    long_names: bool = False
    long_words: bool = False
    extras: bool = True
    """Whether there are facts, options, a timeline, voices and limits."""


STRESS = {
    "one expert": Stress(1, 1, silent=0.0),
    "two experts": Stress(2, 3),
    "five experts": Stress(5, 4),
    "eight experts": Stress(8, 2),
    "twelve experts": Stress(12, 2),
    "twenty experts": Stress(20, 1, said=12, quoted=0),
    "twelve questions": Stress(3, 12),
    "a quotation of 400 words": Stress(2, 1, quoted=400, silent=0.0),
    "quotations of one word": Stress(4, 2, said=6, quoted=1),
    "very long names": Stress(4, 2, long_names=True),
    "very long words": Stress(4, 2, long_words=True),
    "nearly nothing": Stress(2, 1, said=2, quoted=0, silent=0.5, extras=False),
    "all silent but one": Stress(6, 3, silent=0.85),
    "forty pages": Stress(6, 24, said=60, quoted=40),
}


def fact_file(stress: Stress) -> tuple[str, str]:
    """The text of the fact file, and that of its experts. The same for the same argument."""
    rng = random.Random(repr(stress))
    ids = [f"expert-{number}" for number in range(1, stress.experts + 1)]
    experts = "\n".join(_expert(rng, one, stress) for one in ids)
    questions = "\n".join(_question(rng, number, ids, stress) for number in range(1, stress.questions + 1))
    head = f"""
title: {_words(rng, 7).capitalize()}?
subtitle: {_words(rng, 12)}
answer: "{_words(rng, 24).capitalize()}."
number: 2025-01
date: 2025-02-14
status: published
experts: [{", ".join(ids)}]
selection: All were asked.
summary: |
  {_sentences(rng, 4, stress)} [@press, p. 1].
questions:
{questions}
"""
    return head + (_extras(rng, stress) if stress.extras else ""), experts


def _expert(rng: random.Random, one: str, stress: Stress) -> str:
    if not stress.long_names:
        name = _words(rng, 2).title()
        return f"{one}: {{name: {name}, affiliations: [{{role: professor, organisation: University of {_words(rng, 1).title()}}}]}}"
    name = " ".join(_word(rng, 6).title() for _ in range(5))
    organisation = f"{_words(rng, 9).title()} {LONG_WORD}"
    return f"{one}: {{name: {name}, affiliations: [{{role: {_words(rng, 8)}, organisation: {organisation}}}]}}"


def _question(rng: random.Random, number: int, ids: list[str], stress: Stress) -> str:
    labels = [_words(rng, rng.randint(1, 3)).capitalize() for _ in range(4)]
    silent = {one for one in ids[1:] if rng.random() < stress.silent}
    cells = "\n".join(
        f"      {one}: {rng.choice(GAPS) if one in silent else _position(rng, labels, stress)}" for one in ids
    )
    return f"""  - id: q{number}
    ask: {_words(rng, 8).capitalize()}?
    scale: [{", ".join(labels)}]
    positions:
{cells}"""


def _position(rng: random.Random, labels: list[str], stress: Stress) -> str:
    said = f'says: "{_sentences(rng, max(1, stress.said // 9), stress)}", ' if stress.said else ""
    quoted = f'quote: "{_words(rng, stress.quoted)}", ' if stress.quoted else ""
    return f'{{stance: {rng.choice(labels)}, {said}{quoted}cite: "@press, p. {rng.randint(1, 99)}"}}'


def _extras(rng: random.Random, stress: Stress) -> str:
    facts = "\n".join(
        f'  - {{id: fact-{n}, claim: "{_sentences(rng, 2, stress)}", cite: "@talk, p. {n}"}}' for n in range(1, 5)
    )
    events = "\n".join(f'  - {{date: 2024-0{n}, event: {_words(rng, 9)}, cite: "@talk"}}' for n in range(1, 7))
    options = "\n".join(
        f'  - {{id: option-{n}, option: "{_words(rng, 4)}", for: "{_sentences(rng, 2, stress)}",'
        f' against: "{_words(rng, 8)}", cite: "@talk"}}'
        for n in range(1, 4)
    )
    return f"""
facts:
{facts}
  - id: cost
    claim: The cost is disputed.
    figures:
      - {{amount: 5.6 million, unit: USD, by: The maker, cite: "@talk"}}
      - {{amount: 1.3 billion, unit: USD, by: An analysis, cite: "@press", note: all investment}}
timeline:
{events}
options:
{options}
voices: [{{id: voice, who: expert-1, question: q1, says: "{_sentences(rng, 1, stress)}", cite: "@press"}}]
limits: |
  {_sentences(rng, 3, stress)} [@talk].
method: Read in full.
"""


def _sentences(rng: random.Random, number: int, stress: Stress) -> str:
    long = f" {LONG_WORD}" if stress.long_words else ""
    return " ".join(f"{_words(rng, rng.randint(6, 12)).capitalize()}{long}." for _ in range(number))


def _words(rng: random.Random, number: int) -> str:
    return " ".join(_word(rng, rng.randint(1, 4)) for _ in range(number))


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(syllables))
