"""Paths, name patterns and reserved names of a project, and its fact files.

`inputs/load_project.py` reads the files. Links to folders are not followed, so a walk cannot leave the project or run in a
circle. Hidden folders belong to editors and other tools (`.git`, `.history`) and are not searched.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from generator.system.regular_files import read_regular, refuse_outside

FOLDER, SOURCE_FOLDER = "briefs", "briefs/sources"
HOUSE, EXPERTS, SOURCES = "briefs/house.yaml", "briefs/experts.yaml", "briefs/sources.yaml"
FACTS = "briefs/facts.yaml"
"""Facts that several briefs use."""
CAPTURE_LOCK, REVIEWS, EDITIONS = "briefs/captures.lock", "briefs/reviews.lock", "briefs/editions.lock"
KEPT_EDITIONS = "briefs/editions"
"""The folder for the PDFs of editions that stay available."""
_OWN_FOLDERS = (FOLDER, SOURCE_FOLDER, KEPT_EDITIONS, "captures", "templates", "build")
"""The folders in which the program reads and writes."""
SHARED = frozenset({"house", "experts", "sources", "facts"})
"""Names of the shared files, which are in `briefs/` itself. No fact file in any folder has one of these names."""
RESERVED = frozenset(
    {
        "assets",
        "briefs",
        "captures",
        "data",
        "editions",
        "embed",
        "experts",
        "languages",
        "questions",
        "related",
        "sources",
        "templates",
        "topics",
        "years",
    }
)
"""Names that a folder of fact files cannot have, because they have another meaning in a project or its output."""
SITE_PAGES = frozenset({"404", "about", "accessibility", "corrections", "index", "search"})
"""Names that a fact file cannot have, because pages of the site have them."""
DEPTH = 8
"""Most levels of folders above a fact file."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOOKED_AT = 200
"""Most folders behind a link that are searched for fact files; a link to more folders counts as leading to some."""

Opener = Callable[[str], bytes]
"""Returns the bytes of a file of the project by its path relative to the folder. Raises OSError."""


def content_of(read: Opener, file: str) -> bytes | OSError:
    """Return the bytes of a file, or the reason why it cannot be read."""
    try:
        return read(file)
    except OSError as error:
        return error


class NoProject(Exception):
    """There is no `briefs/` folder here or in a folder above."""


class Found(NamedTuple):
    """Result of a walk through `briefs/`. Paths are relative to the project folder."""

    facts: tuple[tuple[str, str], ...]
    """Slug and path of each fact file, sorted, with any folder and name."""
    misnamed: tuple[str, ...] = ()
    """Files whose ending is nearly that of a fact file (`.yml`, `.YAML`)."""
    linked: tuple[str, ...] = ()
    """Links to folders with YAML files."""
    closed: tuple[tuple[str, str], ...] = ()
    """Folders that cannot be read, each with the reason."""

    @property
    def complete(self) -> bool:
        """Whether no file that may be a fact file is left out."""
        return not (self.misnamed or self.linked or self.closed)


class Project(NamedTuple):
    """A folder with a `briefs/` folder."""

    folder: Path
    unsaved: Mapping[str, bytes] = {}
    """By file, relative to the folder: the editor's text, which replaces the content on disk."""

    def __reduce__(self) -> tuple[type[Project], tuple[Path, dict[str, bytes]]]:
        """Support pickling, because a view of a mapping cannot be pickled."""
        return Project, (self.folder, dict(self.unsaved))

    @property
    def briefs(self) -> Path:
        return self.folder / "briefs"

    @property
    def captures(self) -> Path:
        return self.folder / "captures"

    @property
    def lock(self) -> Path:
        return self.folder / CAPTURE_LOCK

    @property
    def output(self) -> Path:
        return self.folder / "build"

    @property
    def store(self) -> Path:
        """Return the build engine's own folder."""
        return self.output / ".brief"

    def open(self, file: str) -> bytes:
        """Return the bytes of a file, named relative to the folder. Raises OSError, also if a link leaves the folder."""
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
        """Return every fact file, and the files among them that are not read."""
        return _walk(self.folder, self.unsaved)


def find_project(start: Path) -> Project:
    """Find the project of `start`: the nearest folder upwards with a `briefs/`.

    Raises NoProject, and OSError if one of its own folders is a link that leads out of it: somebody else may have made the project.
    """
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir():
            for own in _OWN_FOLDERS:
                _refuse_linked(folder, own)
            return Project(folder)
    raise NoProject(f"there is no briefs/ folder in {start} or above it")


def _refuse_linked(folder: Path, own: str) -> None:
    try:
        refuse_outside(folder, own)
    except OSError as error:
        reason = f"it leads out of the project folder, to {os.path.realpath(folder / own)}; move the folder here, or mount it here"
        raise OSError(error.errno, reason, own) from error


def is_name(text: str) -> bool:
    """Whether a slug, or the name of a folder, can be part of an address."""
    return _NAME.fullmatch(text) is not None


def misplacement(slug: str, file: str) -> str:
    """Return why a fact file cannot be in its folder; empty if it can."""
    folders = file.split("/")[1:-1]
    if folders and slug in SHARED:
        return f"'{slug}.yaml' is the name of a shared file, which has to be in {FOLDER}/ itself"
    if slug in SITE_PAGES:
        return f"'{slug}' is the name of a page of the site"
    if folders[:1] == ["sources"]:
        return f"files of sources have to be in {SOURCE_FOLDER}/ itself, not in a folder below it"
    reserved = next((name for name in folders if name in RESERVED), "")
    if reserved:
        return f"a folder of briefs cannot have the reserved name '{reserved}'"
    return f"it is more than {DEPTH} folders deep" if len(folders) > DEPTH else ""


def unnamable(slug: str, file: str) -> str:
    """Return the part of a fact file's path that cannot be part of an address; empty if all can."""
    return next((name or ".yaml" for name in (*file.split("/")[1:-1], slug) if not is_name(name)), "")


def is_fact_file(slug: str, file: str) -> bool:
    """Whether an untrusted path can be the path of a fact file with this slug."""
    folder, _, name = file.rpartition("/")
    inside = folder == FOLDER or folder.startswith(f"{FOLDER}/")
    well_named = name == f"{slug}.yaml" and not unnamable(slug, file)
    return inside and well_named and slug not in SHARED and not misplacement(slug, file)


def file_beside(name: str, beside: str, endings: Collection[str]) -> str:
    """Return the path of a file that the file `beside` names; empty if it leads out of `briefs/` or has none of the endings.

    So nothing outside the project can be named, and every such file is watched and attached to the PDF.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(beside), name.strip()))
    usable = path.startswith(f"{FOLDER}/") and "\\" not in path and posixpath.splitext(path)[1].lower() in endings
    return path if usable else ""


def with_twins(facts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield slug and path of each fact file, and the path of another one with the same slug; empty if there is none."""
    others = _twins(facts)
    return ((slug, file, others.get(file, "")) for slug, file in facts)


def _twins(facts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return, for each fact file whose slug another one has, the path of the other."""
    first: dict[str, str] = {}
    others: dict[str, str] = {}
    if len({slug for slug, _ in facts}) == len(facts):  # the usual case, and there may be ten thousand
        return others
    for slug, file in facts:
        if misplacement(slug, file) or unnamable(slug, file):
            continue
        other = first.setdefault(slug, file)
        if other is not file:
            others[file] = other
            others.setdefault(other, file)
    return others


def comes_with_brief(path: str) -> bool:
    """Whether nobody asks for this output: the build's own file, a style sheet, font or picture, or a page for frames."""
    return path.startswith((".", "assets/", "embed/"))


def slug_of(file: str) -> str:
    """Return the slug of a fact file: its name without the ending."""
    return file.rpartition("/")[2].removesuffix(".yaml")


def stem_of(slug: str, file: str, *, flat: bool) -> str:
    """Return the path of a fact file's outputs in the output folder, without ending: `2024/chip-controls`."""
    return slug if flat else file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")


def kept_edition(slug: str, edition: int) -> str:
    """Return the path of the PDF of an edition that stays available."""
    return f"{KEPT_EDITIONS}/{slug}-{edition}.pdf"


def pretty(path: str) -> str:
    """Return the address of a page on a host that finds it without `.html`: for `index.html` its folder. Other files are unchanged."""
    page = re.split("[?#]", path, maxsplit=1)[0]
    rest = path[len(page) :]
    if page == "index.html" or page.endswith("/index.html"):
        page = page.removesuffix("index.html") or "./"
    return page.removesuffix(".html") + rest


_ALMOST = (".yml", ".yaml", ".yml.txt", ".yaml.txt")
"""Endings of files that look like fact files. Some editors add `.txt` to every name."""


def _walk(project: Path, unsaved: Iterable[str] = ()) -> Found:
    """Walk through the `briefs/` of a project folder. `unsaved` are files of an editor that may not be on disk."""
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
                    elif name[-9:].lower().endswith(_ALMOST):
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
    """Whether a walk finds this file as a fact file."""
    first, *folders, name = file.split("/") if "/" in file else ("", "")
    return first == FOLDER and name.endswith(".yaml") and not any(folder.startswith(".") for folder in folders)


def _holds_yaml(folder: str) -> bool:
    """Whether a link leads to a folder with YAML files, or to one that is too large to search."""
    names = (name for _, _, files in islice(os.walk(folder), _LOOKED_AT) for name in files)
    return any(name.lower().endswith((".yaml", ".yml")) for name in names) or _is_large(os.walk(folder))


def _is_large(walk: Iterator[object]) -> bool:
    return next(islice(walk, _LOOKED_AT, None), None) is not None
