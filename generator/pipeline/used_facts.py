"""Adds the shared facts that a brief uses to its own facts.

They are read once for all briefs and recorded by entry. Shared facts are in the house style's language; a brief in another
language cannot print them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.model import SHARED, Brief, Fact, Library
from generator.problems import Code, Location, Problem, Severity
from generator.project import FACTS

if TYPE_CHECKING:
    from generator.engine import Reads
    from generator.problems.unread import Unread

SHARED_FACT_LANGUAGE = Code("shared-fact-language", Severity.ERROR, rests_on=("language", "/house.language"))
CODES = (SHARED_FACT_LANGUAGE,)

Opener = Callable[[str], bytes]
"""Returns the bytes of a file of the project; raises OSError."""
Used = tuple[Brief, Library, tuple[Problem, ...]]
_NONE: Mapping[str, Fact] = {}


def with_used(brief: Brief, library: Library, opener: Opener) -> Used:
    """Return the brief with its shared facts after its own, the library with all shared facts, and the problems.

    The file is opened only if a shared fact is used.
    """
    wanted = dict(_wanted(brief, _NONE))
    if not wanted:
        return brief, library, ()
    library, problems = with_shared(library, opener, next(iter(wanted.values())))
    used = tuple(library.facts[one] for one in dict(_wanted(brief, library.facts)) if one in library.facts)
    foreign = _foreign(brief, library, wanted) if used else ()
    return replace(brief, facts=(*brief.facts, *used)), library, (*problems, *foreign)


def with_recorded_facts(reads: Reads, brief: Brief, library: Library, opener: Opener) -> Used:
    """Do the same as `with_used`, and record used and missing facts by entry, or the whole file if it has problems."""
    merged, library, problems = with_used(brief, library, opener)
    for one, _ in _wanted(brief, library.facts):
        reads.entry(FACTS, one.removeprefix(SHARED))
    if any(problem.place.file == FACTS for problem in problems):
        with suppress(OSError):  # also recorded if it cannot be read
            reads.file(FACTS)
    return merged, library, problems


def with_shared(
    library: Library, opener: Opener, wanted: Location | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library with all shared facts. A missing file is a problem only if a fact of it is `wanted`."""
    from generator.read.yamltext import UNREADABLE

    try:
        content: bytes | OSError = opener(FACTS)
    except FileNotFoundError:
        hint = "write it, with the fact under `facts:`, or refer to a fact of this brief as [#id]"
        missing = (
            UNREADABLE.at(wanted, f"{FACTS} does not exist, and this fact should be in it", hint) if wanted else None
        )
        return library, (missing,) if missing else ()
    except OSError as error:
        content = error
    facts, problems, parts = _parsed(content, library.house.language)
    library = replace(library, unread=(*library.unread, *parts))
    if facts is None:
        return library, problems
    return replace(library, facts=facts, files={**library.files, "facts": FACTS}), problems


@lru_cache(maxsize=4)
def _parsed(
    content: bytes | OSError, language: str
) -> tuple[dict[str, Fact] | None, tuple[Problem, ...], tuple[Unread, ...]]:
    """Parse once for all briefs of a process that find the same content."""
    from generator.read.damage import of_shared_file, settle
    from generator.read.file_readers import read_shared_facts
    from generator.read.yamltext import parse_bytes, unreadable

    read = unreadable(FACTS, content) if isinstance(content, OSError) else parse_bytes(content, FACTS)
    document, document_problems = read
    facts, problems = read_shared_facts(document, language)
    own, unread = settle(document, problems)
    return facts if document.root else None, (*document_problems, *own), of_shared_file("facts", unread)


def _wanted(brief: Brief, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Location]]:
    """Return each shared fact that a brief uses, directly or through another shared fact: id and first place."""
    from generator.evidence.checks.references import facts_named

    waiting = deque(facts_named(brief))
    seen: set[str] = set()
    while waiting:
        one, place = waiting.popleft()
        if one.startswith(SHARED) and one not in seen:
            seen.add(one)
            yield one, place
            waiting.extend(facts_named(facts[one]) if one in facts else ())


def _foreign(brief: Brief, library: Library, wanted: Mapping[str, Location]) -> Iterator[Problem]:
    own, shared = (language.partition("-")[0].lower() for language in (brief.language, library.house.language))
    if own != shared:
        message = f"this brief is in {brief.language}, and shared facts are in {library.house.language}"
        yield SHARED_FACT_LANGUAGE.at(next(iter(wanted.values())), message, "write the fact in this brief")
