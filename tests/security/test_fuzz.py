"""Real files, changed in thousands of ways: each is read, or is a problem. Nothing crashes, and nothing hangs.

`make test` tries a sample; `make test-security` some thirty thousand inputs.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.cite.bibliographies import read_bibliography
from generator.cite.citation_processor import decoded, encoded, is_stored
from generator.cite.formats.bibtex_text import bib_entries
from generator.cite.formats.tagged import read_ris
from generator.cite.pandoc import PandocFailed
from generator.console.formatters import draw_github, draw_json, draw_text, ordered
from generator.evidence.capture_lock import open_lock
from generator.evidence.captures.capture_store import read_capture
from generator.evidence.review_record import parse as parse_reviews
from generator.model import BibliographyEntry, CitationKind, FormattedCitations
from generator.pipeline.inputs.load_project import load_brief, load_library
from generator.pipeline.inspect_project import inspect
from generator.pipeline.pdf_files.pdf_contents import Unreadable, open_contents, read_manifest
from generator.project import EXPERTS, HOUSE, SOURCES, Project
from generator.read.entries import entry_digests, excerpt
from generator.render.layout.cached_objects import may_be_bound
from tests.engine.conftest import Workshop
from tests.provenance.conftest import FILES, TODAY, build, project
from tests.security.forging import opened, sealed
from tests.security.limits import REPOSITORY
from tests.security.mutating import changed, number, replaced

if TYPE_CHECKING:
    from collections.abc import Callable

BRIEF = "briefs/works.yaml"
SHARED = {name: FILES[name].encode() for name in (HOUSE, EXPERTS, SOURCES)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    at = project(tmp_path_factory.mktemp("works"))
    build(at)
    return at


@pytest.fixture(scope="module")
def pdf(made: Project) -> bytes:
    return (made.output / "works.pdf").read_bytes()


def opener(files: dict[str, bytes]) -> Callable[[str], bytes]:
    def open_file(file: str) -> bytes:
        if file not in files:
            raise FileNotFoundError(file)
        return files[file]

    return open_file


def show(problems: Any, folder: Path) -> None:
    """In each form, without anything that a terminal would obey."""
    problems = ordered(problems)
    for text in (draw_text(problems, folder, str), draw_json(problems, str), draw_github(problems, str)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


# ---------------------------------------------------------------- fact files and what they share


@pytest.mark.parametrize("file", [BRIEF, *SHARED])
def test_fact_files(file: str, tmp_path: Path) -> None:
    good = FILES[file].encode()
    (tmp_path / "briefs").mkdir()
    for seed in number(40, 1500):
        data = changed(good, seed)
        files = {**SHARED, BRIEF: FILES[BRIEF].encode(), file: data}
        library, problems = load_library(opener(files))
        _, found = load_brief(opener(files), "works", BRIEF, library.house)
        (tmp_path / file).write_bytes(data)
        show((*problems, *found), tmp_path)
        entry_digests(file, data)
        excerpt(data, ["talk", "ann"])


def test_whole_projects(made: Project, tmp_path: Path) -> None:
    """All checks together, with captures and lock."""
    folder = tmp_path / "desk"
    shutil.copytree(made.folder, folder, ignore=shutil.ignore_patterns("build"))
    names = [BRIEF, *SHARED, *(str(path.relative_to(folder)) for path in folder.glob("captures/*/*"))]
    for seed in number(20, 300):
        name = names[seed % len(names)]
        good = (folder / name).read_bytes()
        (folder / name).write_bytes(changed(good, seed))
        show(inspect(Project(folder), ["works"], TODAY), folder)
        (folder / name).write_bytes(good)


# ---------------------------------------------------------------- captures, locks, reviews, manifests


def test_captures(made: Project) -> None:
    description, text = (made.captures / "talk/capture.json", made.captures / "talk/text.txt")
    said, words = description.read_bytes(), text.read_bytes()
    for seed in number(100, 2500):
        new = changed(said, seed) if seed % 2 else json.dumps(replaced(json.loads(said), seed)).encode()
        files = {
            "captures/talk/capture.json": new,
            "captures/talk/text.txt": changed(words, seed) if seed % 3 == 0 else words,
        }
        read_capture(opener(files), "talk")


def test_locks_and_reviews(tmp_path: Path) -> None:
    good = (REPOSITORY / "briefs/captures.lock").read_bytes()
    for seed in number(60, 1500):
        data = changed(good, seed)
        _, problems = open_lock(opener({"briefs/captures.lock": data}))
        _, more = parse_reviews(data.decode("utf-8", "replace"))
        show((*problems, *more), tmp_path)
        entry_digests("briefs/captures.lock", data)


def test_manifests(pdf: bytes) -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        good = document.attachments["manifest.json"].get_file().read_bytes()
    for seed in number(100, 3000):
        new = changed(good, seed) if seed % 2 else json.dumps(replaced(json.loads(good), seed)).encode()
        try:
            manifest = read_manifest(new)
        except Unreadable:
            continue
        assert all(not item.path.startswith("/") and ".." not in item.path.split("/") for item in manifest.files)


# ---------------------------------------------------------------- bibliographies

BIB = b"""@string{pub = "A publisher"}
@report{one, title = {A {Report} of \\"o}, author = {Example, Ann and Sample, Ben}, year = 2024, institution = pub # { and } # pub}
@article{two, title = "Two", journal = {Journal}, date = {2024-01/2024-02}, pages = {1--2}, doi = {10.1/x}}
"""
RIS = b"TY  - RPRT\nAU  - Example, Ann\nTI  - A report\ngoes on\nPY  - 2024/01/02/\nID  - one\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n"
CSL = json.dumps(
    [
        {"id": "one", "type": "report", "title": "A <i>b</i> c", "issued": {"date-parts": [[2024, 1, 2]]}},
        {"id": "two", "type": "book", "author": [{"family": "Example", "given": "Ann"}], "issued": {"raw": "2024"}},
    ]
).encode()


def test_bibliographies_read_for_messages() -> None:
    for seed in number(200, 4000):
        deque(bib_entries(changed(BIB, seed).decode("utf-8", "replace")), maxlen=0)
        deque(read_ris(changed(RIS, seed).decode("utf-8", "replace"), "a.ris"), maxlen=0)


def test_imports_of_csl_json(tmp_path: Path) -> None:
    for seed in number(200, 4000):
        data = changed(CSL, seed) if seed % 2 else json.dumps(replaced(json.loads(CSL), seed)).encode()
        show(read_bibliography(data, "x.json").problems, tmp_path)


@pytest.mark.parametrize(("name", "good"), [("x.bib", BIB), ("x.ris", RIS)])
def test_imports_by_pandoc(name: str, good: bytes, tmp_path: Path) -> None:
    for seed in number(10, 250):
        try:
            show(read_bibliography(changed(good, seed), name).problems, tmp_path)
        except PandocFailed:  # killed at its limits: told as such, and the next request gets a new one
            continue


# ---------------------------------------------------------------- caches and states


def test_kept_citations() -> None:
    good = encoded(
        FormattedCitations(CitationKind.NOTE, ("<em>x</em> &amp;",), (BibliographyEntry("k", "<a>"),), ("z",))
    )
    good = good.replace(b"<a>", b'<a href=\\"https://x\\">y</a>')
    assert is_stored(good)
    for seed in number(200, 4000):
        data = changed(good, seed)
        if is_stored(data):
            assert not any("<script" in html or "<img" in html for html in decoded(data).citation_groups)


def test_kept_layouts(made: Project) -> None:
    (content,) = [
        data
        for data in (path.read_bytes()[64:].partition(b"\n")[2] for path in made.store.glob("cache/??/*"))
        if data.startswith(b'{"catalog"')
    ]
    assert may_be_bound({"objects": content})
    for seed in number(10, 400):
        may_be_bound({"objects": changed(content, seed)})


def test_databases(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    workshop.write("x", "print hello", "cite rise", "note hm")
    workshop.write("sources", "rise=1")
    workshop.build("x")
    database = tmp_path / "store/database"
    for seed in number(60, 1200):
        good = database.read_bytes()
        database.write_bytes(changed(good, seed) if seed % 2 else sealed(replaced(opened(good), seed)))
        assert not workshop.build("x").interrupted
        workshop.write("x", f"print {seed}", "cite rise", "note hm")
        assert not workshop.build("x").interrupted  # it may believe that nothing has changed, or that x was refused
        assert workshop.build("x", force=True).ok
        assert f"print {seed}\n" in workshop.read("x.html")


# ---------------------------------------------------------------- PDFs


def test_what_is_attached_to_pdfs(pdf: bytes) -> None:
    for seed in number(30, 1500):
        try:
            contents = open_contents(changed(pdf, seed))
        except Unreadable:
            continue
        assert all(not path.startswith("/") and ".." not in path.split("/") for path in contents.files)


def test_pdfs_through_the_door(pdf: bytes, tmp_path: Path) -> None:
    """`brief extract` and `brief verify`, as people call them: they end in time, with a sentence and no traceback."""
    home = tmp_path / "home"
    home.mkdir()
    for seed in number(2, 15):
        (tmp_path / "x.pdf").write_bytes(changed(pdf, seed))
        for command in (["extract", "x.pdf", f"out-{seed}"], ["verify", "x.pdf"]):
            ran = subprocess.run(
                [sys.executable, "-m", "generator", *command],
                cwd=tmp_path,
                env={
                    "PYTHONPATH": str(REPOSITORY),
                    "HOME": str(home),
                    "PATH": "/usr/bin:/bin",
                    "TMPDIR": str(tmp_path),
                },
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            assert ran.returncode in (0, 1), ran.stderr
            assert "Traceback" not in ran.stderr
    assert list(home.iterdir()) == []
    left = {path.name.partition("-")[0] for path in tmp_path.iterdir()}
    assert left <= {"home", "x.pdf", "out"}


def test_the_whole_is_large_enough() -> None:
    """What the module says of itself is true of `make test-security`."""
    source = Path(__file__).read_text("utf-8")
    inputs = sum(int(full) for full in re.findall(r"number\(\d+, (\d+)\)", source))
    assert inputs + 3 * 1500 >= 20_000  # fact files are changed four times over
