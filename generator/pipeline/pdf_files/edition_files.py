"""Decides which PDFs in `briefs/editions/` are accepted as editions of a brief.

What is published as edition N of a brief must be edition N of that brief: a PDF of this program, unchanged since it was sealed, whose
attached fact file is this brief, published, in this edition. Only signatures may follow; `brief verify` says whether they are valid. A
file is untrusted, so it is read in a limited child process, with the limits of `brief verify`. The result is cached by its digest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from generator.engine import Reads
from generator.engine.processes.calls import GivenUp, sandboxed
from generator.model import Brief
from generator.problems import Code, Location, Problem, Severity
from generator.project import KEPT_EDITIONS, Project, kept_edition
from generator.read.yaml_nodes import Mapped, Scalar
from generator.read.yaml_text import parse_bytes
from generator.system.regular_files import reason_of, refuse_outside

EDITION_FILE = Code("edition-file", Severity.ERROR)

Kept = tuple[int, str]
"""Number of an edition and SHA-256 of its PDF."""
_NAME = re.compile(r"(?P<slug>.+)-(?P<edition>[1-9][0-9]*)\.pdf")
_FAULT = re.compile(r"[^\x00-\x1f\x7f]{0,500}")


def kept_editions(reads: Reads, brief: Brief) -> tuple[tuple[Kept, ...], tuple[Problem, ...]]:
    """Return the editions of a brief whose PDFs the project keeps, and a problem for each file that is not such a PDF."""
    kept: list[Kept] = []
    problems: list[Problem] = []
    for number in range(1, brief.edition + 1):
        file = kept_edition(brief.slug, number)
        try:
            pdf = reads.file(file)
            refuse_outside(reads.root, file)
        except FileNotFoundError:
            continue
        except OSError as error:
            fault, digest = f"it cannot be opened: {reason_of(error)}", ""
        else:
            digest = hashlib.sha256(pdf).hexdigest()
            fault = _fault(reads, pdf, digest, brief.slug, number)
        if fault:
            problems.append(_problem(file, brief.slug, number, fault))
        else:
            kept.append((number, digest))
    return tuple(kept), tuple(problems)


def _problem(file: str, slug: str, number: int, fault: str) -> Problem:
    message = f"{file} is not the PDF of edition {number} of '{slug}': {fault}"
    hint = "delete it, or restore the PDF that `brief publish` wrote there"
    return EDITION_FILE.at(Location(file), message, hint)


def _fault(reads: Reads, pdf: bytes, digest: str, slug: str, number: int) -> str:
    """Return why a file is not the PDF of an edition; empty if it is."""

    def compute() -> bytes:
        try:
            return sandboxed("the file", edition_fault, pdf, slug, number).encode()
        except GivenUp as fault:
            return str(fault).encode()

    request = "\n".join((slug, str(number), digest, reads.peek_value("code")))
    return reads.cached("kept edition", request.encode(), compute, _is_fault).decode()


def _is_fault(answer: bytes) -> bool:
    """Whether an answer from the cache has the form of one of ours."""
    try:
        return _FAULT.fullmatch(answer.decode()) is not None
    except UnicodeDecodeError:
        return False


def edition_fault(pdf: bytes, slug: str, number: int) -> str:
    """Return why these bytes are not the PDF of an edition; empty if they are. Runs in a child process."""
    from generator.pipeline.pdf_files.check_pdf_updates import beside_fields
    from generator.pipeline.pdf_files.pdf_contents import Unreadable, first_revision, open_contents
    from generator.render.layout.pdf_binder import is_whole

    try:
        contents = open_contents(pdf)
    except Unreadable as fault:
        return str(fault)
    if contents.faults:
        return contents.faults[0]
    made = first_revision(pdf)
    if not is_whole(made):
        return "it was changed after it was made"
    try:
        added = "" if made == pdf else "; ".join(beside_fields(pdf, made)[:1])
    except Unreadable as fault:
        added = str(fault)
    if added:
        return f"data was added after it was made: {added}"
    if contents.manifest.slug != slug:
        return f"it is a PDF of the brief '{contents.manifest.slug}'"
    status, edition = _stated(contents.files[contents.manifest.file])
    if edition != str(number):
        return f"it is a PDF of edition {edition}"
    return "" if status == "published" else f"its brief has `status: {status}`"


def _stated(fact_file: bytes) -> tuple[str, str]:
    """Return the status and the edition that a fact file states; both have a default."""
    root = parse_bytes(fact_file, "")[0].root
    entries = root.entries if isinstance(root, Mapped) else {}
    values = {key: node.value for key, node in entries.items() if isinstance(node, Scalar)}
    return ascii(values.get("status", "draft"))[1:-1][:20], ascii(values.get("edition", "1"))[1:-1][:20]


def check_names(project: Project, briefs: Sequence[Brief]) -> Iterator[Problem]:
    """Yield a problem for each PDF in the folder of editions that no brief publishes."""
    editions = {brief.slug: brief.edition for brief in briefs}
    for path in sorted((project.folder / KEPT_EDITIONS).glob("*.pdf")):
        match = _NAME.fullmatch(path.name)
        slug, number = (match["slug"], int(match["edition"])) if match else (path.stem, 0)
        if 0 < number <= editions.get(slug, 0):
            continue
        file = f"{KEPT_EDITIONS}/{path.name}"
        if not number:
            reason, hint = "its name has no number of an edition", f"rename it: {kept_edition('SLUG', 1)}"
        elif slug in editions:
            reason, hint = f"'{slug}' is at edition {editions[slug]}", "rename or delete it"
        else:
            reason, hint = f"there is no brief '{slug}'", "rename or delete it"
        yield EDITION_FILE.at(Location(file), f"{file} is not published: {reason}", hint)
