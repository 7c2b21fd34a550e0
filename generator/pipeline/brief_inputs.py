"""Lists the files that a brief is made from: for its PDF, and for remote machines.

Shared files are reduced to the entries that the brief uses, and the lock to the lines of its quotations. Captured texts are not attached.
Templates and citation styles are attached only if they are the project's own.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.engine import Reads
from generator.engine.processes.worker import Limits
from generator.engine.remote.dask_executor import DaskExecutor
from generator.engine.step import Task
from generator.evidence.capture_lock import write_lock
from generator.evidence.captures.capture_store import capture_folder
from generator.evidence.review_record import parse, write
from generator.model import SHARED, Brief
from generator.pipeline.brief_steps import PAGE
from generator.pipeline.check_brief import Examined, keys_cited, people_in
from generator.pipeline.inputs.data_tables import file_of
from generator.pipeline.inputs.pictures import picture_files
from generator.pipeline.inputs.source_files import recorded_excerpts
from generator.pipeline.versions import code_digest, fingerprint
from generator.project import CAPTURE_LOCK, EDITIONS, EXPERTS, FACTS, HOUSE, REVIEWS, SOURCE_FOLDER, SOURCES
from generator.read.entries import LIST, excerpt
from generator.render.fonts import font_versions
from generator.render.preset import Preset
from generator.render.script_runs import scripts_used
from generator.render.template_folders import template_roots
from generator.system.regular_files import read_regular


def material(reads: Reads, examined: Examined) -> dict[str, bytes]:
    """Return the files, by path in the project, that rebuild the PDF of a brief without errors. All are recorded as read."""
    from generator.render.layout.pdf_binder import kind_of

    brief, preset = examined.brief, examined.preset
    assert brief is not None and preset is not None
    files = {brief.file: reads.file(brief.file), HOUSE: reads.file(HOUSE)}
    files[EXPERTS] = excerpt(reads.peek(EXPERTS), people_in(brief))
    files[SOURCES] = _sources(reads, keys_cited(brief, examined.library))
    files |= _shared_facts(reads, brief)
    tables = (*brief.tables, *brief.charts)
    files |= {file: reads.file(file) for table in tables if (file := file_of(table, brief))}
    files |= {file: reads.file(file) for file in picture_files(brief, examined.library.house)}
    files |= _pinned(examined) | _reviewed(reads, brief) | _style(reads, brief)
    files |= {path: reads.file(path) for path in _own_templates(reads, preset)}
    return {path: data for path, data in files.items() if kind_of(path) is not None}


def about(brief: Brief, preset: Preset, printed: str) -> dict[str, Any]:
    """Return the manifest's fields: the brief, the settings of its page, and the versions of the program."""
    made_with = _program(preset) | font_versions(printed, scripts_used(printed))
    chosen = {"citation_style": brief.citation_style, "language": brief.language, "preset": brief.preset}
    return {
        "brief": {"edition": brief.edition, "file": brief.file, "slug": brief.slug},
        "options": chosen,
        "versions": made_with,
    }


def _program(preset: Preset) -> dict[str, str]:
    """Return digests of the generator's code and templates, because working copies with the same version number can differ."""
    own = preset.folders[-1]
    hashed = hashlib.blake2b(digest_size=8)
    for path in preset.files():
        if path.is_relative_to(own):
            hashed.update(f"{path.relative_to(own).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return {"the generator's code": code_digest(), "the generator's templates": hashed.hexdigest()}


def _shared_facts(reads: Reads, brief: Brief) -> dict[str, bytes]:
    used = {fact.id.removeprefix(SHARED) for fact in brief.facts if fact.id.startswith(SHARED)}
    return {FACTS: excerpt(reads.peek(FACTS), used)} if used else {}


def _sources(reads: Reads, keys: Collection[str]) -> bytes:
    """Return all cited sources as one file, regardless of their files."""
    own = excerpt(reads.peek(SOURCES), keys)
    others = list(recorded_excerpts(reads, keys))
    if not others:
        return own
    entries = [one.removeprefix(f"{LIST}:\n".encode()) for one in (own, *others) if one != f"{LIST}: []\n".encode()]
    return excerpt(f"{LIST}:\n".encode() + b"".join(entries), keys)


def _pinned(examined: Examined) -> dict[str, bytes]:
    return {CAPTURE_LOCK: write_lock(examined.entries).encode()} if examined.entries else {}


def _reviewed(reads: Reads, brief: Brief) -> dict[str, bytes]:
    with suppress(OSError):
        reviews, _ = parse(reads.peek(REVIEWS).decode("utf-8", "replace"))
        own = {link: review for link, review in reviews.entries.items() if link.brief == brief.slug}
        if own:
            return {REVIEWS: write(replace(reviews, entries=own)).encode()}
    return {}


def _style(reads: Reads, brief: Brief) -> dict[str, bytes]:
    name = brief.citation_style
    return {name: reads.file(name)} if name.endswith(".csl") else {}


def _own_templates(reads: Reads, preset: Preset) -> Iterator[str]:
    """Yield the project's own files that a page of this preset may use, as paths in the project."""
    root = Path(reads.root).resolve()
    if (root / "templates",) == template_roots(root):
        return  # the generator's own repository, or a copy of its templates
    for path in preset.files():
        if path.is_relative_to(root / "templates"):
            yield path.relative_to(root).as_posix()


SHARED_FILES = (
    HOUSE, EXPERTS, SOURCES, FACTS, SOURCE_FOLDER, CAPTURE_LOCK, REVIEWS, EDITIONS, "templates", "templates/presets",
)  # fmt: skip
"""Files that all briefs of a project depend on, relative to its folder."""
_KEY = re.compile(r"@(\w(?:[\w:.#$%&+?<>~/-]*\w)?)")
"""Approximately a citation key in pandoc's syntax; a wrong match costs only a little time."""
_TABLE = re.compile(r"""\b(?:table|picture):\s*["']?([^\s"',{}]+\.(?:csv|xlsx|png|jpe?g|webp|svg))""", re.IGNORECASE)
"""Approximately a file of a table or a picture."""


def cluster_at(address: str, tell: Callable[[str], object], limits: Limits, jobs: int = 0) -> DaskExecutor:
    """Return an executor on the Dask cluster at an address or in a scheduler file. It uses at most `jobs` workers; 0 means all.

    Raises BuildError.
    """
    from generator.engine.remote.dask_executor import DaskExecutor

    return DaskExecutor(
        address, identify=fingerprint, shared=SHARED_FILES, foresee=foresee, tell=tell, limits=limits, jobs=jobs
    )


def foresee(task: Task) -> list[str]:
    """Guess which files a step will read in addition to the shared ones: its fact file, its tables, and captures of cited sources."""
    if task.function != PAGE.function:
        return []
    file = str(task.arguments[1])
    try:
        text = read_regular(Path(task.world.root, file)).decode("utf-8", "replace")
    except OSError:
        return [file]
    tables = [posixpath.normpath(f"{posixpath.dirname(file)}/{name}") for name in _TABLE.findall(text)]
    folders = [capture_folder(key) for key in sorted(set(_KEY.findall(text)))]
    return [file, *tables, *(f"{folder}/{name}" for folder in folders for name in ("capture.json", "text.txt"))]
