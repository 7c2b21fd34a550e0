"""Converts problems to a step's notes (plain values) and back. Notes from a database or a cache are untrusted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.problems import Problem


def problems_of(notes: Iterable[Any]) -> tuple[Problem, ...]:
    """Convert the notes of a step to problems."""
    from generator.problems import Location, Problem, Severity

    return tuple(
        Problem(
            **{**note, "severity": Severity(note["severity"]), "place": Location(**note["place"])},
        )
        for note in notes
    )


def is_problem(note: Any) -> bool:
    """Whether a note from a database or a cache has the form that `notes_of` gives, for a file of the project."""
    from generator.engine.plain_data import within
    from generator.problems import Severity

    if not isinstance(note, dict) or note.keys() != _PROBLEM or not isinstance(note["place"], dict):
        return False
    place = note["place"]
    texts = [value for key, value in note.items() if key != "place"] + [place.get("file")]
    numbers = [value for key, value in place.items() if key != "file"]
    return (
        place.keys() == _PLACE
        and all(isinstance(text, str) for text in texts)
        and all(type(number) is int for number in numbers)
        and note["severity"] in list(Severity)
        and (place["file"] == "" or within(place["file"]))
    )


_PROBLEM = {"severity", "code", "place", "message", "hint", "marked"}
_PLACE = {"file", "line", "column", "length"}


def notes_of(problems: Iterable[Problem]) -> list[Any]:
    """Convert problems to notes."""
    from dataclasses import asdict

    return [{key: value for key, value in asdict(problem).items() if key in _PROBLEM} for problem in problems]
