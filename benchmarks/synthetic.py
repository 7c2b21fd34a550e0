"""Makes projects of any size for measurements. All words in them are recognisably invented."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.evidence.captures.capture_store import capture

SYLLABLES = ("ba", "ko", "ri", "ten", "sul", "mar", "ve", "dra", "pon", "lis", "qua", "ger", "tho", "nim", "ost", "wel")
SCALE = ("Wholly against", "Rather against", "Rather for", "Wholly for")
PARAGRAPHS = 12
"""Paragraphs in each invented source."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Content of each brief. The defaults make eight pages."""

    experts: int = 4
    questions: int = 4
    facts: int = 12
    citations: int = 12
    """Citations in running text."""
    filler: int = 2
    """Paragraphs of 120 words without a citation."""
    status: str = "published"
    """A draft may be longer than its preset allows."""


SMALL = Shape(experts=2, questions=1, facts=2, citations=2, filler=0)
"""For measurements without layout, in which only the number of briefs matters."""


def write_project(
    folder: Path,
    briefs: int,
    shape: Shape = Shape(),
    sources: int = 50,
    *,
    shared: int = 50,
    languages: Sequence[str] = ("en-GB",),
) -> Path:
    """Write a project; the first source is cited by the first `shared` briefs, and by no other. The languages take turns."""
    rng = random.Random(7)
    texts = {key(number): _paragraphs(rng) for number in range(sources)}
    for name, paragraphs in texts.items():
        capture(folder, name, [(f"{name}.txt", "\n\n".join(paragraphs).encode())], datetime.date(2024, 1, 1))
    (folder / "briefs").mkdir(parents=True, exist_ok=True)
    _write(folder, "house", "name: Invented Desk\nlanguage: en-GB\npreset: briefing\nevidence_annex: true\n")
    _write(folder, "experts", "".join(map(_expert, range(shape.experts))))
    _write(folder, "sources", "references:\n" + "".join(_source(number, shape) for number in range(sources)))
    for number in range(briefs):
        said = f"language: {languages[number % len(languages)]}\n" if len(languages) > 1 else ""
        _write(folder, slug(number), said + _brief(random.Random(number), number, shape, texts, first=number < shared))
    return folder


def slug(number: int) -> str:
    return f"invented-{number:05}"


def fact_file(folder: Path, number: int) -> Path:
    return folder / "briefs" / f"{slug(number)}.yaml"


def _write(folder: Path, name: str, text: str) -> None:
    (folder / "briefs" / f"{name}.yaml").write_text(text)


def key(number: int) -> str:
    return f"report-{number:04}"


def _expert(number: int) -> str:
    return f"person-{number:02}:\n  name: Invented Person {_letters(number)}\n  affiliation_note: invented, like all else here\n"


def _letters(number: int) -> str:
    return f"{chr(65 + number // 26)}{chr(65 + number % 26)}"


def _source(number: int, shape: Shape) -> str:
    """Return the entry of a source by one of the experts, whose words are in it."""
    return (
        f"  - id: {key(number)}\n    type: report\n    title: The invented report number {number}\n"
        f"    author: [{{given: Invented Person, family: {_letters(number % shape.experts)}}}]\n"
        f"    title-short: Report {number}\n    publisher: Invented Press\n    issued: {1950 + number % 70}\n"
    )


def _words(rng: random.Random, number: int) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(number)]


def _sentence(rng: random.Random, number: int) -> str:
    return f"{' '.join(_words(rng, number)).capitalize()}."


def _paragraphs(rng: random.Random) -> list[str]:
    return [" ".join(_sentence(rng, rng.randint(9, 24)) for _ in range(4)) for _ in range(PARAGRAPHS)]


def _brief(rng: random.Random, number: int, shape: Shape, texts: dict[str, list[str]], *, first: bool) -> str:
    wheel = rng.sample(range(1, len(texts)), len(texts) - 1)
    cites = (f"{key(wheel[n % len(wheel)])}, para. {1 + n // len(wheel) % PARAGRAPHS}" for n in range(10**6))
    people = [f"person-{n:02}" for n in range(shape.experts)]
    lines = [
        f"title: The invented question number {number}",
        f"answer: {_sentence(rng, 18)[:-1]} [@{key(0 if first else wheel[0])}, para. 1].",
        "date: 2024-06-01",
        f"status: {shape.status}",
        "edition: 1",
        f"experts: [{', '.join(people)}]",
        "selection: All who were invented for it.",
        f"summary: {_sentence(rng, 30)[:-1]} [@{key(0 if first else wheel[0])}, para. 1].",
        "facts:",
    ]
    for n in range(shape.facts):
        lines += [f"  - id: fact-{n}", f"    claim: {_sentence(rng, 22)}", f'    cite: "@{next(cites)}"']
    lines.append("questions:")
    for n in range(shape.questions):
        lines += [f"  - id: question-{n}", f"    ask: Should {' '.join(_words(rng, 6))} be?"]
        lines += [f"    scale: [{', '.join(SCALE)}]", "    positions:"]
        for who, person in enumerate(people):
            own = [report for report in wheel if report % shape.experts == who]
            lines += _position(rng, person, key(own[n % len(own)]), texts)
    lines += ["limits: |", *_running(rng, shape, cites)]
    return "\n".join(lines) + "\n"


def _position(rng: random.Random, person: str, source: str, texts: dict[str, list[str]]) -> list[str]:
    place = rng.randrange(PARAGRAPHS)
    return [
        f"      {person}:",
        f"        stance: {rng.choice(SCALE)}",
        f"        says: {_sentence(rng, 14)}",
        f"        quote: {texts[source][place].split('. ')[0]}",
        f'        cite: "@{source}, para. {place + 1}"',
    ]


def _running(rng: random.Random, shape: Shape, cites: object) -> list[str]:
    cited = [f"  {_sentence(rng, 12)[:-1]} [@{next(cites)}].\n" for _ in range(shape.citations)]  # type: ignore[call-overload]
    plain = ["  " + " ".join(_sentence(rng, 15) for _ in range(8)) + "\n" for _ in range(shape.filler)]
    return [*cited, *plain] or ["  None."]
