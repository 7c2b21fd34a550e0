"""The people whom briefs quote or paraphrase."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.fields import optional, required
from generator.model.kinds import DATE, LANGUAGE, LINE, list_of, member, record
from generator.model.values import Date
from generator.problems import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """The role of a person, with organisation and period."""

    role: str = optional(LINE, "`scholar`, `director`.", "professor")
    organisation: str = optional(LINE, "The organisation.", "University of Examples")
    start: Date | None = optional(DATE, "Since when; left out if it is not known.", "2019", "bad-date", key="from")
    end: Date | None = optional(
        DATE,
        "Until when; left out if it continues or is not known.",
        "2024-06",
        "bad-date affiliation-missing",
        key="until",
    )
    place: Location


class ExpertKind(StrEnum):
    PERSON = "person"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """A person or institution that briefs quote or paraphrase. `id` is the key of the entry."""

    id: str
    name: str = required(LINE, "The full name as it is printed.", "Ann van Example")
    family: str = optional(LINE, "The name used for sorting, if it is not the last word of `name`.", "van Example")
    """The name used for sorting and at the head of narrow columns."""
    kind: ExpertKind = optional(
        member(ExpertKind),
        "`institution` for a body: its position is printed as an institution's, not a person's.",
        "person",
        "bad-value",
        default=ExpertKind.PERSON,
    )
    also: tuple[str, ...] = optional(
        list_of(LINE),
        "Other forms of the name in sources: spellings, initials, the name in another script.",
        "[A. Example, Anna Example]",
        "speaker-unclear",
    )
    affiliations: tuple[Affiliation, ...] = optional(
        list_of(record(Affiliation)),
        "Roles and organisations with their periods. The one at the time of a statement is printed.",
        "[{role: professor, organisation: University of Examples}]",
        "affiliation-missing",
    )
    language: str = optional(
        LANGUAGE,
        "BCP 47 tag of the name's language, if a screen reader of the brief's language would misread it.",
        "ru",
        "unknown-language",
    )
    affiliation_note: str = optional(
        LINE,
        "Printed if no affiliation is known, such as that the source gives none.",
        "affiliation not given in the source",
    )
    place: Location
