"""Finds which unit of measurement words name, after CLDR.

*Tonnes*, *metric tons* and *t* are one unit, and *kilograms* another.

Only some dimensions are compared. In others a word has several meanings: *degrees* are of an angle or a temperature, and *points* of a
font or a score.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from generator.languages.locales import locale_of

DIMENSIONS = ("area", "digital", "duration", "energy", "length", "mass", "power", "speed", "volume")
"""The dimensions that are compared, as CLDR calls them."""
_ABBREVIATION = 2
"""Characters of an abbreviation in which capitals matter: `MB`, `Mb`."""
_LONGEST = 3
"""Words of the longest name of a unit, such as *cubic metres per ...*."""


def other_measure(one: str, language: str, other: str, other_language: str) -> bool:
    """Whether the words after two numbers begin with the names of two units of measurement, each in its language."""
    first, second = _named(one, language), _named(other, other_language)
    return bool(first and second) and first.isdisjoint(second)


def _named(words: str, language: str) -> frozenset[str]:
    """Return the units that the longest name at the beginning of some words may mean; none if they begin with no unit."""
    parts = words.split()
    for count in range(min(_LONGEST, len(parts)), 0, -1):
        name = " ".join(parts[:count])
        for tag in (language, "en", "en-GB"):
            known = _names(tag)
            if units := known.get(name) or known.get(name.casefold() if len(name) > _ABBREVIATION else ""):
                return units
    return frozenset()


@functools.cache
def _names(language: str) -> Mapping[str, frozenset[str]]:
    """Return the units of each name: full names in lower case, abbreviations as CLDR writes them."""
    names: dict[str, frozenset[str]] = {}
    for unit, forms in locale_of(language)._data["unit_patterns"].items():
        if unit.partition("-")[0] in DIMENSIONS:
            for name in _forms(forms):
                names[name] = names.get(name, frozenset()) | {unit}
    return names


def _forms(forms: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for length in ("long", "short"):
        for pattern in forms.get(length, {}).values():
            name = " ".join(str(pattern).replace("{0}", " ").split())
            if isinstance(pattern, str) and name and "{" not in name:
                yield name.casefold() if length == "long" else name
