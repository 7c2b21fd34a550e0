"""Measures the import of a bibliography: BibTeX, RIS and CSL-JSON of 50,000 invented entries.

    python -m benchmarks.importing FILE [ENTRIES]

writes only the bibliography; the suffix of FILE gives its format.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.cost import brief
from benchmarks.synthetic import SYLLABLES
from benchmarks.table import Row, seconds

TARGETS = {".bib": 20.0, ".ris": 10.0, ".json": 10.0}
"""Seconds of processor time for 50,000 entries."""


class Reference(NamedTuple):
    """An entry, from which each format is written."""

    key: str
    names: tuple[tuple[str, str], ...]
    """Pairs of given and family name."""
    title: str
    journal: str
    volume: int
    first_page: int
    year: int
    month: int
    abstract: str


def measure(folder: Path, entries: int) -> Iterator[Row]:
    for ending, target in TARGETS.items():
        project = folder / ending[1:]
        (project / "briefs").mkdir(parents=True)
        write(project / f"library{ending}", entries)
        cost = brief(project, "import", f"library{ending}")
        allowed = target * entries / 50_000 + 2.0
        yield Row(
            f"import of {entries:,} entries ({ending})",
            f"{seconds(cost.wall)} ({seconds(cost.cpu)} of processor)",
            f"{entries / cost.wall:,.0f} entries a second",
            f"{allowed:.0f} s of processor",
            cost.cpu <= allowed,
        )


def write(file: Path, entries: int) -> None:
    form, before, between, after = _FORMS[file.suffix]
    rng = random.Random(11)
    file.write_text(before + between.join(form(_reference(rng, number)) for number in range(entries)) + after)


def _reference(rng: random.Random, number: int) -> Reference:
    """Return an entry. Two in five have an abstract; some abstracts and titles contain LaTeX marks."""
    names = tuple((_word(rng).title(), _word(rng).title()) for _ in range(rng.randint(1, 4)))
    abstract = (
        " ".join(_sentence(rng, rng.randint(12, 22)) for _ in range(rng.randint(6, 12))) if number % 5 < 2 else ""
    )
    return Reference(
        f"{names[0][1].lower()}{1950 + number % 70}_{number}",
        names,
        _sentence(rng, rng.randint(6, 14))[:-1],
        f"Journal of {_sentence(rng, 3)[:-1].title()}",
        rng.randint(1, 90),
        rng.randint(1, 900),
        1950 + number % 70,
        rng.randint(1, 12),
        abstract,
    )


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(1, 4)))


def _sentence(rng: random.Random, words: int) -> str:
    return f"{' '.join(_word(rng) for _ in range(words)).capitalize()}."


def _bibtex(one: Reference) -> str:
    marked = one.title.replace("ve", "v{\\'e}", 1) if one.volume % 4 == 0 else one.title
    fields = {
        "title": f"{{{marked}}}",
        "author": " and ".join(f"{family}, {given}" for given, family in one.names),
        "journal": one.journal,
        "volume": str(one.volume),
        "number": str(one.volume % 12 + 1),
        "pages": f"{one.first_page}--{one.first_page + 12}",
        "year": str(one.year),
        "month": str(one.month),
        "doi": f"10.5555/{one.key}",
        "url": f"https://example.org/articles/{one.key}",
        "issn": "0000-0000",
        "publisher": "Invented Press",
        "keywords": "invented, not real",
        "abstract": one.abstract.replace(" ba ", " 5\\% ") if one.volume % 9 == 0 else one.abstract,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{one.key},\n{lines}}}\n"


def _ris(one: Reference) -> str:
    tags = [
        ("TY", "JOUR"),
        ("ID", one.key),
        ("TI", one.title),
        *(("AU", f"{last}, {given}") for given, last in one.names),
    ]
    tags += [
        ("T2", one.journal),
        ("VL", str(one.volume)),
        ("SP", str(one.first_page)),
        ("EP", str(one.first_page + 12)),
    ]
    tags += [("PY", f"{one.year}/{one.month:02}//"), ("DO", f"10.5555/{one.key}"), ("AB", one.abstract), ("ER", "")]
    return "".join(f"{tag}  - {value}\n" for tag, value in tags if value or tag == "ER")


def _json(one: Reference) -> str:
    entry = {
        "id": one.key,
        "type": "article-journal",
        "title": one.title,
        "author": [{"given": given, "family": family} for given, family in one.names],
        "container-title": one.journal,
        "volume": str(one.volume),
        "page": f"{one.first_page}-{one.first_page + 12}",
        "issued": {"date-parts": [[one.year, one.month]]},
        "DOI": f"10.5555/{one.key}",
        "abstract": one.abstract,
    }
    return json.dumps({name: value for name, value in entry.items() if value}, indent=1)


_FORMS: dict[str, tuple[Callable[[Reference], str], str, str, str]] = {
    ".bib": (_bibtex, "", "\n", ""),
    ".ris": (_ris, "", "\n", ""),
    ".json": (_json, "[\n", ",\n", "\n]\n"),
}


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
