"""Writes a brief's attachments as a project folder, and rebuilds the brief from it.

The build runs in a child process with limits. If the kernel supports it, the process has no access to other files and the network.

Paths come from the manifest and have been compared with the list of attached files; here they are only joined.

The page design and the citation style in a PDF are not used unless trusted. Both decide which words a page prints, so one digest over
all their files identifies a design. Nothing here runs a design.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from generator.engine import BuildError, Reads, Serial, TargetStatus
from generator.engine.processes.child import scratch_folder
from generator.engine.trace import World
from generator.model import Evidence
from generator.pipeline import publish_brief
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.check_brief import examine
from generator.pipeline.pdf_files.pdf_contents import Unreadable
from generator.problems import Problem
from generator.project import Project, slug_of
from generator.provenance.page_statements import PageStatement, statements_of
from generator.provenance.pdf_isolation import Unrestrictable, restrict, sandboxed
from generator.read.entries import entry_digests


class Isolation(StrEnum):
    """Whether the kernel must deny the child files and network."""

    NEEDED = "needed"
    """Needed for a design from a PDF: nothing is built without it."""
    IF_POSSIBLE = "if possible"


@dataclass(frozen=True, slots=True)
class Remade:
    """The result of rebuilding a brief."""

    pdf: bytes | None
    """None if the build failed; then `reason` says why, and `problems` too if the content is wrong."""
    evidence: tuple[Evidence, ...]
    """Every quotation and passage of the brief with its verdict from the lock."""
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    statements: tuple[PageStatement, ...] = ()
    """The statements of the data, in the order of the page."""
    design: str = ""
    """Digest of the attached design; empty for none."""
    in_default: bool = False
    """Whether the default design was used instead."""


NOTHING = Remade(None, ())


def remake(files: Mapping[str, bytes], file: str, isolation: Isolation = Isolation.IF_POSSIBLE) -> Remade:
    """Build the brief of a fact file from these files, by their paths in the project. Raises OSError if the disk is full."""
    with tempfile.TemporaryDirectory(dir=scratch_folder(), ignore_cleanup_errors=True) as folder:
        lay_out(files, Path(folder))
        try:
            return sandboxed("its fact file", made_in, folder, file, isolation)
        except Unreadable as fault:
            return Remade(None, (), reason=str(fault))


def made_in(folder: str, file: str, isolation: Isolation) -> Remade:
    """Build a brief in a folder without captures, and restrict this process for good. Raises Unreadable."""
    if isolation is Isolation.NEEDED:
        _restrict(Path(folder))
    else:
        with suppress(Unreadable):
            _restrict(Path(folder))
    evidence, statements = examined(folder, file)
    project = Project(Path(folder))
    try:
        outcome = publish_brief.build_alone(project, file, Serial())
    except BuildError as fault:
        raise Unreadable(str(fault)) from None
    if outcome.status is TargetStatus.BUILT:
        (pdf,) = (path for path in outcome.outputs if path.endswith(".pdf"))
        return Remade((project.output / pdf).read_bytes(), evidence, statements=statements)
    problems = tuple(problem for problem in problems_of(outcome.notes) if problem.is_error)
    failed = outcome.failure.message if outcome.failure else "the attached fact file has errors"
    return Remade(None, evidence, problems, failed)


def _restrict(folder: Path) -> None:
    try:
        restrict(folder)
    except Unrestrictable as fault:
        raise Unreadable(f"the attached design is not used here: {fault}") from None


def examined(folder: str, file: str) -> tuple[tuple[Evidence, ...], tuple[PageStatement, ...]]:
    """Return the evidence and the statements of a brief in a folder without captures."""
    world = World(folder, {"today": datetime.date.min.isoformat()}, entry_digests)
    checked = examine(Reads(world), slug_of(file), file)
    if checked.brief is None or checked.preset is None:
        return checked.evidence, ()
    return checked.evidence, statements_of(checked.brief, checked.library, checked.preset)


DEFAULTS = {"preset": "report", "citation_style": "chicago-notes-bibliography"}
"""The design for data whose own design is not used: every block, any length."""


def is_design(path: str) -> bool:
    """Whether a file, by its path in the project, is part of a design."""
    return path.startswith("templates/") or path.endswith(".csl")


def design_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the design among those of a project, by path."""
    return {path: data for path, data in files.items() if is_design(path)}


def digest_of(design: Mapping[str, bytes]) -> str:
    """Return the hexadecimal SHA-256 over the paths and contents of a design's files; empty for no files."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(design.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def in_default_design(files: Mapping[str, bytes], fact_file: str) -> dict[str, bytes]:
    """Return the files of a project without its design, and with a fact file that uses `DEFAULTS`."""
    data = {path: content for path, content in files.items() if not is_design(path)}
    return data | {fact_file: asking_for(DEFAULTS, data[fact_file])}


def asking_for(settings: Mapping[str, str], fact_file: bytes) -> bytes:
    """Return a fact file with these settings instead of its own; unchanged if it is not a YAML mapping."""
    try:
        text = fact_file.decode("utf-8")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        return fact_file
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return fact_file
    for key, value in reversed(node.value):
        if key.value in settings:
            text = f"{text[: value.start_mark.index]} {settings[key.value]}{text[value.end_mark.index :]}"
    missing = settings.keys() - {key.value for key, _ in node.value}
    first = node.value[0][0].start_mark
    end = ", " if node.flow_style else "\n" + " " * first.column
    added = "".join(f"{name}: {settings[name]}{end}" for name in sorted(missing))
    return f"{text[: first.index]}{added}{text[first.index :]}".encode()


ASIDE = "design-from-pdf"
"""Folder for a page design and citation style from a PDF; no build reads it."""

NOTE = """\
The page design and the citation style in this folder came with a PDF. They are not used.

A design decides which words a page prints: it can leave out, hide or add words. Read the files first. To use them, move the contents of
this folder one level up, or unpack the PDF again with

    brief extract FILE.pdf FOLDER --trust-design {digest}
"""


class Occupied(Exception):
    """The target folder is not empty; nothing was written."""


def lay_out(files: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write files by their paths into a new or empty folder, all or none; return the sorted paths.

    Raises Occupied, and OSError if they cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(f"{folder} exists already and is not empty")
    try:
        for path, data in sorted(files.items()):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(data)
    except OSError:
        for written in folder.iterdir() if folder.is_dir() else ():  # the folder was empty
            shutil.rmtree(written) if written.is_dir() else written.unlink()
        raise
    return tuple(sorted(files))


def aside(files: Mapping[str, bytes], trusted_design: str = "") -> dict[str, bytes]:
    """Return the files with their design moved to a folder of its own, with a note, unless it is the trusted design."""
    design = design_of(files)
    digest = digest_of(design)
    if digest == trusted_design:
        return dict(files)
    others = {path: data for path, data in files.items() if path not in design}
    moved = {f"{ASIDE}/{path}": data for path, data in design.items()}
    return others | moved | {f"{ASIDE}/README.txt": NOTE.format(digest=digest).encode()}
