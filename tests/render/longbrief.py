"""A project with one brief of more than twenty pages by eight experts. Every word in it is invented, and looks it."""

from __future__ import annotations

import random
from pathlib import Path

EXPERTS = ("aldo", "bruno", "carla", "delia", "edgar", "flora", "guido", "hilda")
QUESTIONS = 9
SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "ten",
    "sul",
    "mar",
    "ve",
    "dra",
    "pon",
    "lis",
    "qua",
    "ger",
    "tho",
    "nim",
    "ost",
    "wel",
)
_SCALE = ("Wholly against", "Rather against", "Rather for", "Wholly for")
_GAPS = (
    "{gap: no-position-found, searched: all that was invented, until: 2024-05-01, note: Nothing was made up either.}",
    "{gap: declined}",
    "{gap: not-asked}",
    "{gap: withdrawn, note: Nobody knows why.}",
)
_SOURCES = """
references:
  - {id: told, type: report, title: The invented report of what others said, title-short: Invented report,
     issued: 2024-03-01, provenance: report}
  - {id: own, type: speech, title: The invented speech, title-short: Invented speech, issued: 2024-04}
  - {id: bare, type: report, title: The invented report without a date, title-short: Dateless report, provenance: report}
"""


def write_long_brief(folder: Path, preset: str) -> Path:
    """Write a project with the brief `long`, as a draft: the words are in no capture, and no preset is made for so many."""
    (folder / "briefs").mkdir(parents=True)
    texts = {
        "house": "name: Invented Desk\nlanguage: en-GB\n",
        "experts": "".join(
            f"{who}: {{name: Invented {who.title()}, affiliation_note: invented too}}\n" for who in EXPERTS
        ),
        "sources": _SOURCES,
        "long": _brief(preset),
    }
    for name, text in texts.items():
        (folder / f"briefs/{name}.yaml").write_text(text, "utf-8")
    return folder


def _words(rng: random.Random, number: int) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(number)).capitalize()


def _brief(preset: str) -> str:
    rng = random.Random(11)
    lines = [
        "title: Is anything here true?",
        "date: 2024-06-01",
        "status: draft",
        f"preset: {preset}",
        f"experts: [{', '.join(EXPERTS)}]",
        "selection: All who were invented for it.",
        f'summary: "{_words(rng, 60)} [@told, para. 1]. It rests on [#first]."',
        f'key_points: ["{_words(rng, 20)} [@own; @bare, para. 2].", "{_words(rng, 20)} [@told, para. 9] [@own]."]',
        "facts:",
        f'  - {{id: first, claim: "{_words(rng, 30)}.", cite: "@told, para. 3"}}',
        f'  - {{id: second, claim: "{_words(rng, 30)}.", cite: "@own"}}',
        "questions:",
    ]
    for number in range(QUESTIONS):
        lines += [f"  - id: question-{number}", f"    ask: Should {_words(rng, 6).lower()} be?"]
        lines += [f"    scale: [{', '.join(_SCALE)}]", "    positions:"]
        lines += [f"      {who}: {_cell(rng, number, place)}" for place, who in enumerate(EXPERTS)]
    lines += ["limits: |", *(f"  {_words(rng, 120)} [@bare, para. {n}].\n" for n in range(1, 6))]
    return "\n".join(lines) + "\n"


def _cell(rng: random.Random, number: int, place: int) -> str:
    """Each kind of cell in each column; every third question has cells that no page holds whole."""
    kind = (number + place) % 6
    if kind == 5:
        return _GAPS[place % len(_GAPS)]
    long = 5 if number % 3 == 0 else 1
    said = {"stance": rng.choice(_SCALE), "cite": f'"@{("told", "own", "bare")[place % 3]}, para. {number + 1}"'}
    if kind != 1:
        said["says"] = f'"{_words(rng, rng.randint(20, 35) * long)}."'
    if kind != 2:
        said["quote"] = f'"{_words(rng, rng.randint(15, 30) * long)}"'
    if kind == 3:
        said["rests_on"] = "[first, second]" if place % 2 else "[second]"
    if kind == 4:
        before = f'stance: {_SCALE[0]}, says: "{_words(rng, 18)}.", venue: An invented meeting, date: 2019-05, cite: "@told, para. 8"'
        said["earlier"] = f"[{{{before}}}]"
    return "{" + ", ".join(f"{name}: {value}" for name, value in said.items()) + "}"
