"""Whatever is found where the database should be, the build goes on: it knows less, and builds again."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine import CannotWrite

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.fixture
def built(workshop):
    workshop.write("x", "print hello", "cite rise", "note hm")
    workshop.write("sources", "rise=1")
    workshop.build("x")
    return workshop


@pytest.fixture
def good(built):
    return database_of(built).read_bytes()


def database_of(workshop):
    return workshop.root / "store/database"


@SAME_FOLDER
@given(noise=st.binary(max_size=300))
def test_noise_means_build_again(built, story, noise):
    database_of(built).write_bytes(noise)
    assert story(built.build("x")) == "x: built page pdf"


@SAME_FOLDER
@given(noise=st.binary(max_size=300))
def test_noise_behind_a_good_header_means_build_again(built, story, noise):
    header = database_of(built).read_bytes().partition(b"\n")[0]
    database_of(built).write_bytes(header + b"\n" + noise)
    assert story(built.build("x")) == "x: built page pdf"


@SAME_FOLDER
@given(place=st.integers(0, 9999), flip=st.integers(1, 255), number=st.integers())
def test_one_byte_changed_is_noticed_or_harmless(built, good, place, flip, number):
    place %= len(good)
    database_of(built).write_bytes(good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :])
    report = built.build("x")
    assert report.ok
    assert report.outcomes[0].notes == ("hm",)
    built.write("x", f"print {number}", "cite rise", "note hm")
    assert built.build("x").ok
    assert f"print {number}\n" in built.read("x.html")
    assert f"x {number}" in built.read("x.pdf")


@SAME_FOLDER
@given(length=st.integers(0, 9999), number=st.integers())
def test_a_database_cut_short_is_noticed(built, good, story, length, number):
    database_of(built).write_bytes(good[: length % len(good)])
    built.write("x", f"print cut {number}")
    assert story(built.build("x")) == "x: built page pdf"


def test_damage_that_is_good_json_is_noticed(built, good):
    database_of(built).write_bytes(good.replace(b'"hm"', b'"hx"'))
    assert built.build("x").outcomes[0].notes == ("hm",)
    database_of(built).write_bytes(good.replace(b'"paths":["x"', b'"paths":["y"'))
    assert built.build("x").ok


def test_an_altered_output_is_seen_even_if_the_database_is_lost(built, good, story):
    database_of(built).write_bytes(good[:-1])
    (built.root / "out/x.html").write_text("tampered with")
    assert story(built.build("x")) == "x: built page pdf"


def test_a_database_of_another_version_means_build_again(built, story):
    good = database_of(built).read_bytes()
    database_of(built).write_bytes(good.replace(b"build database 4", b"build database 3", 1))
    assert story(built.build("x")) == "x: built page pdf"
    assert story(built.build("x")) == "x: skipped"


@pytest.mark.parametrize(
    "columns",
    [
        {"runs": [0, 1, 2], "trace_lengths": [3], "traced": [1]},
        {"runs": [0, 1, 1, 2], "trace_lengths": [1, 3], "traced": [2]},
        {"runs": [1, 1], "trace_lengths": [2], "traced": [1]},
        {"runs": [2, 1], "trace_lengths": [2], "traced": [1]},
        {"runs": [-1, 1], "trace_lengths": [2], "traced": [1]},
        {"runs": [0, 10**9], "trace_lengths": [2], "traced": [1]},
        {"runs": [0, True], "trace_lengths": [2], "traced": [1]},
        {"runs": [0.0, 1.0], "trace_lengths": [2], "traced": [1]},
        {"runs": 5},
        {"runs": [0, 1], "trace_lengths": [2], "traced": [2]},
        {"runs": [0, 1], "trace_lengths": [0], "traced": [1]},
        {"runs": [0, 1], "trace_lengths": [2, 0, 0], "traced": [1]},
        {"runs": [0, 1], "trace_lengths": [-2, 4], "traced": [1, 1]},
        {"traced": []},
    ],
)
def test_a_trace_of_another_form_means_build_again(built, story, columns):
    """The checksum is right, as in a database that somebody made for this."""
    put_columns(built, columns)
    assert story(built.build("x")) == "x: built page pdf"


def test_traces_that_would_fill_the_memory_mean_build_again(built, story, monkeypatch):
    monkeypatch.setattr("generator.engine.db_format.MAX_BYTES", 30_000)
    reads = [["file"] * 1000, ["x"] * 1000, [""] * 1000]
    put_columns(built, {"reads": reads, "runs": [0, 1000] * 40, "trace_lengths": [80, 0], "traced": [2]})
    assert database_of(built).stat().st_size < 25_000
    assert story(built.build("x")) == "x: built page pdf"


def put_columns(built, columns):
    header, line = database_of(built).read_bytes().splitlines()
    line = json.dumps(json.loads(line) | columns).encode() + b"\n"
    magic = header.rpartition(b" ")[0]
    database_of(built).write_bytes(b"%s %08x\n" % (magic, zlib.crc32(line)) + line)


def test_a_folder_in_the_place_of_the_database_ends_the_run_with_a_sentence(workshop):
    workshop.write("x", "print hello")
    database_of(workshop).mkdir(parents=True)
    with pytest.raises(CannotWrite, match=r"cannot write .*database: is a directory"):
        workshop.build("x")


def test_the_database_forgets_what_no_target_reads_any_more(workshop):
    sizes = []
    for number in range(100, 130):
        workshop.write(f"part{number}")
        workshop.write("x", f"include part{number}", f"cite key{number}")
        workshop.build("x")
        sizes.append(database_of(workshop).stat().st_size)
    assert sizes[-1] <= sizes[5] + 50


def test_names_of_any_script_and_shape_are_remembered(workshop, story):
    names = ["ä ö.yaml", "中文", "a#b", "a\nb", "caf\u0065\u0301", "🦀"]
    for name in names:
        workshop.write(name, f"print {name!r}")
    workshop.build(*names)
    assert {line.rpartition(": ")[2] for line in story(workshop.build(*names)).splitlines() if ": " in line} == {
        "skipped"
    }
