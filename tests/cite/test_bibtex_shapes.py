"""Entries of the same shape are converted together, and each becomes what it becomes alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.importing import write
from generator.cite import pandoc
from generator.cite.bibliographies import read_bibliography

NAMES = (
    "Example, Anna", "Anna Example", "van der Example, Anna", "Anna van Example", "Example, Jr., Anna", "{Example Institute}",
    "Sample, A. B. and Example, Jean-Paul", "G{\\\"o}del, K{\\'a}lm{\\'a}n", "others", "Example, anna", "{\\'I}niguez, {\\O}ystein",
    "Anna", "Example and Sample", "O'Example, Anna", "Example, Anna and others", "Пример, Анна", "例, 安",
)  # fmt: skip
TITLES = (
    "A plain title", "A title: with another", "{A braced title}", "A {Braced} word", "Caf{\\'e} society", "Trade \\& tariffs",
    "Up 5 \\% -- in all", "What now?", "The ``quoted'' one", "It's so", "$H_2O$ and more", "A title. And more", "X-ray, and Y", "a: b: c",
    "One & two", "T{\\~a}o", "Wait... what", "Ends. ", "(In brackets)", "Qzaaq and 90000009",
)  # fmt: skip
PLACES = ("12", "XII", "12--14", "12-14", "12 -- 14", "e12", "12,14", "007")


def entry(number: int, name: str, title: str, place: str) -> str:
    fields = {
        "author": name,
        "title": title,
        "journal": f"Journal of {title}",
        "publisher": name,
        "volume": place,
        "pages": place,
    }
    lines = "".join(
        f"  {field} = {{{value}}},\n" for field, value in {**fields, "note": title, "year": 2000 + number % 9}.items()
    )
    return f"@article{{key{number},\n{lines}}}\n"


def entries() -> list[str]:
    """Each name, title and place next to plain ones, three times with other plain words."""
    plain = [
        ("Example, Ann", "Some words", "3"),
        ("Sample, Bob C.", "Other words here", "415"),
        ("Third, Di", "Third", "7"),
    ]
    kinds = [(name, title, place) for name, title, place in plain]
    kinds += [(name, title, place) for name in NAMES for _, title, place in plain]
    kinds += [(name, title, place) for title in TITLES for name, _, place in plain]
    kinds += [(name, title, place) for place in PLACES for name, title, _ in plain]
    return [entry(number, *kind) for number, kind in enumerate(kinds)]


def test_each_entry_becomes_what_it_becomes_alone() -> None:
    together = read_bibliography("".join(entries()).encode(), "all.bib").entries
    alone = [one for text in entries() for one in read_bibliography(text.encode(), "one.bib").entries]
    assert len(alone) == len(entries())
    assert list(together) == alone


def test_pandoc_is_asked_once_for_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "many.bib", 600)
    asked: list[str] = []
    ask = pandoc.PandocWorker.ask

    def counting(worker: pandoc.PandocWorker, request: dict[str, str]) -> object:
        asked.append(request["text"])
        return ask(worker, request)

    monkeypatch.setattr(pandoc.PandocWorker, "ask", counting)
    found = read_bibliography((tmp_path / "many.bib").read_bytes(), "many.bib")
    assert len(found.entries) == 600
    assert sum(text.count("@article{") for text in asked) < 100
