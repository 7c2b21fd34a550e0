"""A cache in which somebody put other things: they are not published, the entries go, and nothing else does."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cite.citation_processor import UnsafeHTML, check, decoded, encoded, is_stored
from generator.engine import BuildError
from generator.engine.cache import HEADER, SECRET, Cache, trim
from generator.engine.digest import of_bytes
from generator.engine.step import Made
from generator.engine.target import address, get_result, put_result, step_record
from generator.engine.trace import Read
from generator.model import BibliographyEntry, CitationKind, FormattedCitations
from generator.pipeline.publish_brief import publish
from generator.project import Project
from generator.render.layout.cached_objects import may_be_bound
from generator.render.layout.pdf_objects import Objects

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
SLUG = "training-cost"
KEY = of_bytes(b"key")
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)

# ---------------------------------------------------------------- citations

GOOD = [
    "",
    "Ann Example, <em>A &amp; B</em> (2024), 12–13.",
    '<span class="csl-left-margin">[1]</span> <span class="csl-right-inline">X<sup>2</sup></span>',
    '<a href="https://example.org/?a=1&amp;b=2">https://example.org</a><br />',
    '<a href="mailto:a@example.org" class="email">a</a>',
    '<span class="smallcaps"><strong>N</strong>am<sub>e</sub></span> &#39;x&#x27; &lt;script&gt;',
]
BAD = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="//example.org">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="https://example.org" onclick="alert(1)">x</a>',
    '<a href="https://example.org" style="position:fixed">x</a>',
    '<span class="note-ref">1</span>',
    '<span id="note-1">1</span>',
    '<span style="display:none">not</span>',
    "<em>not closed",
    "not opened</em>",
    "<em><strong>x</em></strong>",
    "<em/>x",
    "<EM>x</EM>",
    "<em >x</em ><svg/onload=alert(1)>",
    "a < b",
    "a & b",
    "&nbsp;",
    "<!-- -->",
    "<style>*{display:none}</style>",
    '<iframe srcdoc="x"></iframe>',
    '<a href="https://example.org>x</a><a href="">x</a>',
]


@pytest.mark.parametrize("html", GOOD)
def test_what_citations_need_is_let_through(html):
    assert check(html) == html


@pytest.mark.parametrize("html", BAD)
def test_nothing_else_is(html):
    with pytest.raises(UnsafeHTML):
        check(html)


@MANY
@given(
    parts=st.lists(st.sampled_from([*GOOD, *BAD, "<", ">", '"', "'", "=", "&", " ", "em", "script", "/"]), max_size=6)
)
def test_what_is_let_through_has_no_other_elements_and_attributes(parts):
    html = "".join(parts)
    try:
        check(html)
    except UnsafeHTML:
        return
    from lxml.html import fromstring

    for element in fromstring(f"<main>{html}</main>").iter():
        assert element.tag in {"main", "em", "strong", "sub", "sup", "u", "code", "br", "span", "a"}
        assert set(element.attrib) <= {"class", "href"}
        assert element.get("href", "https://").startswith(("https://", "mailto:"))


def test_formatted_citations_come_back():
    formatted = FormattedCitations(CitationKind.NOTE, ("<em>x</em>",), (BibliographyEntry("k", "y"),), ("z",))
    assert decoded(encoded(formatted)) == formatted


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"kind": "note", "citation_groups": "abc", "bibliography": [], "in_text": []}',
        b'{"kind": "other", "citation_groups": [], "bibliography": [], "in_text": []}',
        b'{"kind": "note", "citation_groups": [1], "bibliography": [], "in_text": []}',
        b'{"kind": "note", "citation_groups": [], "bibliography": [{"key": 1, "html": ""}], "in_text": []}',
        b'{"kind": "note", "citation_groups": [], "bibliography": [{"key": "k"}], "in_text": []}',
        b'{"kind": "note", "citation_groups": ["<script>"], "bibliography": [], "in_text": []}',
    ],
)
def test_anything_else_is_no_formatted_citations(content):
    assert not is_stored(content)


# ---------------------------------------------------------------- a brief built from a poisoned cache


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A project with one brief, built, and the cache that this left in `kept`."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(REPOSITORY / "briefs", folder / "briefs")
    build(folder)
    return folder


def build(folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder / "build", ignore_errors=True)
    report = publish(Project(folder), [SLUG], cache=str(folder / "kept"))
    assert report.ok, report
    return {name: (folder / "build" / name).read_bytes() for name in (f"{SLUG}.html", f"{SLUG}.pdf")}


def entries(folder: Path) -> Iterator[tuple[Path, str, bytes]]:
    """Path, key and content of each entry."""
    for path in folder.glob("kept/??/*"):
        yield path, path.parent.name + path.name, path.read_bytes()[HEADER:]


def poison(folder: Path, old: bytes, new: bytes) -> Path:
    """Replace bytes in the one entry that has them, with a header that fits."""
    (found,) = [(path, key, content) for path, key, content in entries(folder) if old in content]
    path, key, content = found
    Cache.at(str(folder / "kept")).put(key, content.replace(old, new))
    assert path.read_bytes().endswith(content.replace(old, new))
    return path


def test_what_a_build_keeps_is_used_by_the_next(desk):
    build(desk)
    shutil.rmtree(desk / "build")
    (outcome,) = publish(Project(desk), [SLUG], cache=str(desk / "kept")).outcomes[:1]
    assert "layout" not in outcome.ran


def test_a_script_in_the_cache_is_not_published(desk):
    good = build(desk)
    poisoned = poison(desk, b'"citation_groups": ["', b'"citation_groups": ["<script>alert(1)</script>')
    assert build(desk) == good
    assert b"<script>alert(1)" not in poisoned.read_bytes()


def test_an_action_in_the_cache_does_not_reach_the_pdf(desk):
    good = build(desk)
    poison(
        desk,
        b'"Type": "/Catalog"',
        b'"OpenAction": "<< /S /JavaScript /JS (app.alert\\\\(1\\\\)) >>", "Type": "/Catalog"',
    )
    assert build(desk) == good


def test_a_note_of_another_shape_in_the_cache_is_not_shown(desk):
    good = build(desk)
    (found,) = [(key, content) for _, key, content in entries(desk) if b'"catalog"' in content]
    key, content = found
    head, _, body = content.partition(b"\n")
    lines, _, parts, outputs = json.loads(head)
    Cache.at(str(desk / "kept")).put(key, json.dumps([lines, [{"code": 1}], parts, outputs]).encode() + b"\n" + body)
    assert build(desk) == good


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("catalog_number", 0),
        ("catalog_number", 10**6),
        ("catalog", {"AA": b"<< >>"}),
        ("catalog", {"AcroForm": b"<< >>"}),
        ("names", {"JavaScript": b"<< /Names [(x) << /S /JavaScript /JS (x) >>] >>"}),
        ("names", {"EmbeddedFiles": b"<< >>"}),
    ],
)
def test_a_layout_that_acts_is_refused(desk, change, value):
    (content,) = [content.partition(b"\n")[2] for _, _, content in entries(desk) if b'"catalog"' in content]
    objects = Objects.from_bytes(content)
    assert may_be_bound({"objects": content})
    new = {**getattr(objects, change), **value} if isinstance(value, dict) else value
    assert not may_be_bound({"objects": replace(objects, **{change: cast("Any", new)}).to_bytes()})
    hidden = replace(objects, objects=(*objects.objects, (b"<< /S /J#61vaScript /JS (x) >>", True)))
    assert not may_be_bound({"objects": hidden.to_bytes()})


# ---------------------------------------------------------------- entries of any shape

TRACE = (Read("file", "x", "digest"),)
MADE = Made({"part": b"content"}, {"x.html": b"page"}, ["note"])


def put(cache: Cache) -> None:
    put_result(cache, step_record("step", KEY, MADE, TRACE), MADE)


def test_a_kept_result_comes_back(tmp_path):
    put(Cache.at(str(tmp_path)))
    record, made = get_result(Cache.at(str(tmp_path)), "step", KEY)
    assert (record.trace, dict(made.outputs), made.notes) == (TRACE, {"x.html": b"page"}, ("note",))


@MANY
@given(at=st.integers(0, 200), length=st.integers(0, 20), new=st.binary(max_size=20))
def test_an_entry_of_another_shape_is_a_miss_and_goes(tmp_path, at, length, new):
    cache = Cache.at(str(tmp_path))
    put(cache)
    content = cache.get(address(KEY))
    changed = content[:at] + new + content[at + length :]
    cache.put(address(KEY), changed)
    found = get_result(cache, "step", KEY, is_note=lambda note: isinstance(note, str))
    if found is None:
        assert cache.get(address(KEY)) is None
    else:
        record, made = found
        assert all(type(value) is str for line in record.trace for value in line)
        assert not any(path.startswith("/") or ".." in path.split("/") for path in made.outputs)


@pytest.mark.parametrize("path", ["../x.html", "/etc/x", "a/../../x", "", "a//b", "x\0"])
def test_an_output_that_leads_out_is_a_miss(tmp_path, path):
    cache = Cache.at(str(tmp_path))
    put_result(cache, step_record("step", KEY, MADE, TRACE), Made({}, {path: b"page"}))
    assert get_result(cache, "step", KEY) is None


# ---------------------------------------------------------------- files and secrets


@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_file_is_a_miss(tmp_path, kind):
    cache = Cache.at(str(tmp_path))
    place = tmp_path / KEY[:2] / KEY[2:]
    place.parent.mkdir()
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero")
    assert cache.get(KEY) is None


def test_trimming_removes_only_what_the_cache_put_there(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_bytes(b"mine")
    (tmp_path / "home" / KEY[2:]).write_bytes(b"mine")
    (tmp_path / "kept/ab").mkdir(parents=True)
    (tmp_path / "kept/ab/letter.txt").write_bytes(b"mine")
    (tmp_path / "kept/cd").symlink_to(tmp_path / "home")
    Cache.at(str(tmp_path / "kept")).put(KEY, b"content")
    assert trim(tmp_path / "kept", 0) == HEADER + len(b"content")
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left >= {"home/letter.txt", f"home/{KEY[2:]}", "kept/ab/letter.txt"}


def test_nothing_is_kept_behind_a_link(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / KEY[:2]).symlink_to(tmp_path / "home")
    Cache.at(str(tmp_path / "kept")).put(KEY, b"content")
    assert list((tmp_path / "home").iterdir()) == []


def test_only_those_who_know_the_secret_write_entries_that_count(tmp_path, monkeypatch):
    monkeypatch.setenv(SECRET, "a secret of the desk")
    ours = Cache.at(str(tmp_path))
    ours.put(KEY, b"ours")
    (entry,) = tmp_path.glob("??/*")
    monkeypatch.setenv(SECRET, "a guess of somebody else")
    theirs = Cache.at(str(tmp_path))
    assert theirs.get(KEY) is None
    theirs.put(KEY, b"theirs")
    monkeypatch.delenv(SECRET)
    Cache.at(str(tmp_path)).put(KEY, b"nobody's")
    assert ours.get(KEY) == b"ours"
    (forged,) = [path for path in tmp_path.glob("??/*") if path.read_bytes().endswith(b"theirs")]
    entry.write_bytes(forged.read_bytes())
    assert ours.get(KEY) is None
    assert not entry.exists()


def test_a_secret_that_can_be_guessed_ends_the_run(tmp_path, monkeypatch):
    monkeypatch.setenv(SECRET, "short")
    with pytest.raises(BuildError, match="BRIEF_CACHE_KEY is too short: use at least 16 characters"):
        Cache.at(str(tmp_path))
