"""A database that somebody forged: nothing outside the output folder is touched, and the build goes on."""

from __future__ import annotations

import copy
import json
import os
from array import array
from binascii import b2a_base64
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine.digest import of_bytes
from tests.engine.conftest import Workshop
from tests.security.forging import opened, sealed, sealed_text

if TYPE_CHECKING:
    from pathlib import Path

MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    (tmp_path / "project").mkdir()
    return Workshop(tmp_path / "project")


@pytest.fixture
def built(workshop: Workshop) -> Workshop:
    workshop.write("x", "print hello", "cite rise", "note hm")
    workshop.write("y", "print other")
    workshop.write("sources", "rise=1")
    workshop.build("x", "y")
    return workshop


def database_of(workshop: Workshop) -> Path:
    return workshop.root / "store/database"


def claim(workshop: Workshop, path: str, content: bytes) -> None:
    """Make the database say that a target which has vanished made this file."""
    columns = opened(database_of(workshop).read_bytes())
    columns["output_paths"].append(path)
    columns["outputs"] += of_bytes(content).ljust(40)
    columns["owners"].append("gone")
    columns["owned"].append(len(columns["owners"]) - 1)
    columns["output_fingerprints"] = b2a_base64(
        array("q", [0] * len(columns["output_paths"])).tobytes(), newline=False
    ).decode()
    database_of(workshop).write_bytes(sealed(columns))


@pytest.mark.parametrize(
    "path", ["../precious", "../../precious", "ABSOLUTE", "folder/../../precious", "./../precious"]
)
def test_a_path_that_leads_out_is_never_removed(built, tmp_path, path):
    precious = (tmp_path if path == "../../precious" else built.root) / "precious"
    precious.write_bytes(b"mine")
    (built.root / "out/folder").mkdir()
    claim(built, str(precious) if path == "ABSOLUTE" else path, b"mine")
    assert built.build("x", "y").ok
    assert precious.read_bytes() == b"mine"


def test_nothing_is_removed_through_a_link(built, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/precious").write_bytes(b"mine")
    (built.root / "out/assets").symlink_to(tmp_path / "home")
    claim(built, "assets/precious", b"mine")
    report = built.build("x", "y")
    assert (report.ok, list(report.removed)) == (True, [])
    assert (tmp_path / "home/precious").read_bytes() == b"mine"


def test_nothing_is_written_through_a_link(workshop, tmp_path):
    (tmp_path / "home").mkdir()
    (workshop.root / "out").mkdir()
    (workshop.root / "out/assets").symlink_to(tmp_path / "home")
    workshop.write("x", "write assets/page")
    (outcome,) = workshop.build("x").outcomes
    assert "a link leads out of the output folder" in outcome.failure.message
    assert list((tmp_path / "home").iterdir()) == []


def test_what_the_build_did_make_is_still_removed(built):
    assert built.build("x").removed == ("y.html", "y.pdf")


def test_a_fifo_in_the_place_of_a_database_means_build_again(built):
    database_of(built).unlink()
    os.mkfifo(database_of(built))
    assert built.build("x", "y").ok
    assert database_of(built).is_file()


@pytest.mark.parametrize("kind", ["input", "output"])
def test_a_fifo_is_neither_read_nor_replaced(built, kind):
    place = built.root / ("sources" if kind == "input" else "out/x.html")
    place.unlink()
    os.mkfifo(place)
    report = built.build("x", "y")
    assert place.is_fifo()
    assert kind == "input" or "something other than a file" in report.outcomes[0].failure.message


DEEP = "[" * 200_000 + "]" * 200_000


def test_a_database_nested_deeply_means_build_again(built):
    database_of(built).write_bytes(sealed_text(DEEP))
    built.write("x", "print new")
    assert built.build("x", "y").ok
    assert "print new" in built.read("x.html")


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["../../precious", "\0", "\ud800", "/dev/zero", "."]),
    st.lists(st.integers(-3, 3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value in lists and mappings, the whole not among them."""
    inner = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    return [way for key, each in inner for way in [(*at, key), *places(each, (*at, key))]]


def replaced(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    inner = changed
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = new
    return changed


@MANY
@given(choice=st.integers(0, 10**6), junk=JUNK, number=st.integers())
def test_any_value_replaced_by_another_is_build_again_or_harmless(built, choice, junk, number):
    (built.root / "precious").write_bytes(b"mine")
    good = database_of(built).read_bytes()
    columns = opened(good)
    ways = places(columns)  # the records of targets are JSON within JSON, and have a test of their own
    database_of(built).write_bytes(sealed(replaced(columns, ways[choice % len(ways)], junk)))
    assert not built.build("x", "y").interrupted  # it may believe that nothing has changed, or that x was refused
    built.write("x", f"print {number}", "cite rise", "note hm")
    assert built.build("x", "y", force=True).ok
    assert f"print {number}\n" in built.read("x.html")
    assert (built.root / "precious").read_bytes() == b"mine"
    database_of(built).write_bytes(good)


@MANY
@given(choice=st.integers(0, 10**6), junk=JUNK, number=st.integers())
def test_any_value_of_a_record_replaced_by_another_is_build_again_or_harmless(built, choice, junk, number):
    good = database_of(built).read_bytes()
    columns = opened(good)
    records = [json.loads(text) for text in columns["texts"]]
    ways = places(records)
    records = replaced(records, ways[choice % len(ways)], junk)
    columns["texts"] = [json.dumps(record) for record in records]
    database_of(built).write_bytes(sealed(columns))
    built.write("x", f"print {number}", "cite rise", "note hm")
    assert not built.build("x", "y").interrupted
    assert built.build("x", "y", force=True).ok
    assert f"print {number}\n" in built.read("x.html")
    database_of(built).write_bytes(good)
