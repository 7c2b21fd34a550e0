"""Where things are: the project folder, its fact files, and the people, sources and house style they share.

Holds every path, name pattern and reserved name of a project; what is in the files is read by `pipeline/load_project.py`.
Links to folders are not followed, so that no walk leads out of the project or in a circle. Hidden folders belong to editors
and other tools (`.git`, `.history`) and are not searched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from generator.system.regular_files import read_regular, refuse_outside

FOLDER, SOURCE_FOLDER = "briefs", "briefs/sources"
HOUSE, EXPERTS, SOURCES = "briefs/house.yaml", "briefs/experts.yaml", "briefs/sources.yaml"
FACTS = "briefs/facts.yaml"
"""Facts that several briefs use."""
EDITIONS = "briefs/editions.lock"
SHARED = frozenset({"house", "experts", "sources", "facts"})
"""Names of the shared files, which stand in `briefs/` itself; no fact file has one of them, in whatever folder."""
RESERVED = frozenset({"assets", "briefs", "captures", "sources", "templates"})
"""Names that no folder of fact files has: they mean something else in a project, or in what is built from it."""
DEPTH = 8
"""Folders that a fact file may lie in, one in another."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOOKED_AT = 200
"""Folders behind a link that are searched for fact files; a link to more of them is taken to lead to some."""


class NoProject(Exception):
    """There is no `briefs/` folder here or above."""


class Found(NamedTuple):
    """What a walk through `briefs/` has found. Paths are relative to the project's folder."""

    facts: tuple[tuple[str, str], ...]
    """Slug and path of each fact file, sorted; wherever it lies and whatever its name is."""
    misnamed: tuple[str, ...] = ()
    """Files whose ending is nearly that of a fact file (`.yml`, `.YAML`)."""
    linked: tuple[str, ...] = ()
    """Links to folders that hold YAML files."""
    closed: tuple[tuple[str, str], ...] = ()
    """Folders that cannot be read, each with the reason."""

    @property
    def complete(self) -> bool:
        """Whether nothing that may be a fact file is left out."""
        return not (self.misnamed or self.linked or self.closed)


class Project(NamedTuple):
    """A folder that holds `briefs/`."""

    folder: Path
    unsaved: Mapping[str, bytes] = {}
    """By file, relative to the folder: what an editor has in place of the content on disk."""

    def __reduce__(self) -> tuple[type[Project], tuple[Path, dict[str, bytes]]]:
        """For other processes: a view of a mapping cannot be sent to them."""
        return Project, (self.folder, dict(self.unsaved))

    @property
    def briefs(self) -> Path:
        return self.folder / "briefs"

    @property
    def captures(self) -> Path:
        return self.folder / "captures"

    @property
    def lock(self) -> Path:
        return self.folder / "briefs" / "captures.lock"

    @property
    def output(self) -> Path:
        return self.folder / "build"

    @property
    def store(self) -> Path:
        """The build engine's own folder."""
        return self.output / ".brief"

    def open(self, file: str) -> bytes:
        """Return the bytes of a file, named relative to the folder. Raises OSError, also where a link leads out of it."""
        refuse_outside(self.folder, file)
        if file in self.unsaved:
            return self.unsaved[file]
        return read_regular(self.folder / file)

    def source_names(self) -> list[str]:
        """Return the names in the folder of further sources; none if there is no such folder."""
        try:
            return sorted(os.listdir(self.folder / SOURCE_FOLDER))  # noqa: PTH208 - names are what is wanted
        except OSError:
            return []

    def fact_files(self) -> tuple[tuple[str, str], ...]:
        """Return (slug, file) of every fact file, sorted; files are relative to the folder."""
        return self.brief_files().facts

    def brief_files(self) -> Found:
        """Return every fact file, and what lies among them and is not read."""
        return _walk(self.folder, self.unsaved)


def find_project(start: Path) -> Project:
    """Find the project that `start` lies in: the nearest folder upwards with a `briefs/`. Raises NoProject."""
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir():
            return Project(folder)
    raise NoProject(f"there is no briefs/ folder in {start} or above it")


def is_name(text: str) -> bool:
    """Whether a slug, or the name of a folder, can be part of an address."""
    return _NAME.fullmatch(text) is not None


def misplacement(slug: str, file: str) -> str:
    """Say why a fact file may not lie where it does; empty if it may."""
    folders = file.split("/")[1:-1]
    if folders and slug in SHARED:
        return f"'{slug}.yaml' is the name of a shared file, which stands in {FOLDER}/ itself"
    if folders[:1] == ["sources"]:
        return f"files of sources stand in {SOURCE_FOLDER}/ itself, not in folders below it"
    reserved = next((name for name in folders if name in RESERVED), "")
    if reserved:
        return f"no folder of briefs can be called '{reserved}'"
    return f"it lies more than {DEPTH} folders deep" if len(folders) > DEPTH else ""


def unnamable(slug: str, file: str) -> str:
    """Return the part of a fact file's path that cannot be part of an address; empty if all can."""
    return next((name or ".yaml" for name in (*file.split("/")[1:-1], slug) if not is_name(name)), "")


def is_fact_file(slug: str, file: str) -> bool:
    """Whether a path that somebody else wrote is that of a fact file with this slug, in a project like any other."""
    folder, _, name = file.rpartition("/")
    inside = folder == FOLDER or folder.startswith(f"{FOLDER}/")
    well_named = name == f"{slug}.yaml" and not unnamable(slug, file)
    return inside and well_named and slug not in SHARED and not misplacement(slug, file)


def twins(facts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Of each fact file whose slug another has too, the path of that one."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    if len({slug for slug, _ in facts}) == len(facts):  # as a rule, and there may be ten thousand
        return found
    for slug, file in facts:
        if misplacement(slug, file) or unnamable(slug, file):
            continue
        other = first.setdefault(slug, file)
        if other is not file:
            found[file] = other
            found.setdefault(other, file)
    return found


def slug_of(file: str) -> str:
    """Return the slug of a fact file: its name without the ending."""
    return file.rpartition("/")[2].removesuffix(".yaml")


def stem_of(slug: str, file: str, *, flat: bool) -> str:
    """Where the outputs of a fact file stand below the output folder, without their endings: `2024/chip-controls`."""
    return slug if flat else file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")


def _walk(project: Path, unsaved: Iterable[str] = ()) -> Found:
    """Walk through the `briefs/` of a project's folder. `unsaved` are files that an editor has and that may not be on disk."""
    facts: list[tuple[str, str]] = []
    misnamed: list[str] = []
    linked: list[str] = []
    closed: list[tuple[str, str]] = []
    waiting = [FOLDER]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(project / folder) as entries:
                for entry in entries:
                    name, path = entry.name, f"{folder}/{entry.name}"
                    if name[-5:] == ".yaml":
                        facts.append((name[:-5], path))
                    elif name[-5:].lower().endswith((".yml", ".yaml")):
                        misnamed.append(path)
                    elif name[:1] != "." and entry.is_dir(follow_symlinks=False):
                        waiting.append(path)
                    elif name[:1] != "." and entry.is_symlink() and _holds_yaml(entry.path):
                        linked.append(path)
        except FileNotFoundError:  # it has just been removed
            continue
        except OSError as error:
            closed.append((folder, error.strerror or str(error)))
    facts += [(slug_of(file), file) for file in unsaved if _is_searched(file)]
    briefs = sorted({fact for fact in facts if not _is_shared(*fact)})
    return Found(tuple(briefs), tuple(sorted(misnamed)), tuple(sorted(linked)), tuple(sorted(closed)))


def _is_shared(slug: str, file: str) -> bool:
    """Whether a file is one of those that briefs share: `briefs/house.yaml`, `briefs/sources/*.yaml`."""
    folder = file.rpartition("/")[0]
    return folder == SOURCE_FOLDER or (folder == FOLDER and slug in SHARED)


def _is_searched(file: str) -> bool:
    """Whether a walk would find this file as a fact file."""
    first, *folders, name = file.split("/") if "/" in file else ("", "")
    return first == FOLDER and name.endswith(".yaml") and not any(folder.startswith(".") for folder in folders)


def _holds_yaml(folder: str) -> bool:
    """Whether a link leads to a folder with YAML files, or to one with too much in it to tell."""
    names = (name for _, _, files in islice(os.walk(folder), _LOOKED_AT) for name in files)
    return any(name.lower().endswith((".yaml", ".yml")) for name in names) or _is_large(os.walk(folder))


def _is_large(walk: Iterator[object]) -> bool:
    return next(islice(walk, _LOOKED_AT, None), None) is not None
