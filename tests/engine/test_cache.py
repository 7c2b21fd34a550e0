"""What goes in comes out, or nothing does."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine import BuildError
from generator.engine import cache as module
from generator.engine.cache import Cache, trim, trim_daily
from generator.engine.digest import of_bytes

KEY = of_bytes(b"key")


@given(st.binary())
def test_gives_back_what_was_put(tmp_path_factory, content):
    cache = Cache.at(str(tmp_path_factory.mktemp("cache")))
    cache.put(KEY, content)
    assert cache.get(KEY) == content


@given(st.binary(max_size=200))
def test_a_damaged_entry_is_not_there_and_is_removed(tmp_path_factory, damage):
    folder = tmp_path_factory.mktemp("cache")
    cache = Cache.at(str(folder))
    cache.put(KEY, b"content")
    (entry,) = folder.glob("??/*")
    entry.write_bytes(damage)
    assert cache.get(KEY) is None
    assert not entry.exists()


def test_an_entry_in_the_place_of_another_is_damage(tmp_path):
    cache = Cache.at(str(tmp_path))
    other = of_bytes(b"other")
    cache.put(KEY, b"content")
    cache.put(other, b"other content")
    (tmp_path / KEY[:2] / KEY[2:]).write_bytes((tmp_path / other[:2] / other[2:]).read_bytes())
    assert cache.get(KEY) is None


def test_without_an_address_nothing_is_kept():
    cache = Cache.at("")
    cache.put(KEY, b"content")
    assert cache.get(KEY) is None


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "cache").write_text("in the way")
    cache = Cache.at(str(tmp_path / "cache"))
    cache.put(KEY, b"content")
    assert cache.get(KEY) is None


def test_is_trimmed_from_what_was_used_longest_ago(tmp_path):
    cache = Cache.at(str(tmp_path))
    keys = [of_bytes(bytes([number])) for number in range(4)]
    for age, key in enumerate(keys):
        cache.put(key, b"x" * 60)
        os.utime(tmp_path / key[:2] / key[2:], (age + 1, age + 1))
    cache.get(keys[0])
    assert trim(tmp_path, 250) == 248
    assert [cache.get(key) is not None for key in keys] == [True, False, False, True]


def test_the_own_cache_is_trimmed_once_a_day(workshop, monkeypatch):
    monkeypatch.setattr(module, "OWN_BYTES", 0)
    kept = tuple(step.__class__(step.name, step.function, step.inputs, cached=True) for step in workshop.brief)
    folder = workshop.root / "store/cache"

    def build_another(number: int) -> int:
        workshop.write("x", f"print {number}")
        workshop.build("x", steps=kept)
        return len(list(folder.glob("??/*")))

    assert [build_another(number) for number in range(3)] == [0, 2, 3]
    os.utime(folder / "trimmed", (1, 1))
    assert build_another(4) == 0


def test_a_cache_without_a_folder_yet_is_listed_once_a_day_too(tmp_path, monkeypatch):
    listed = []

    def noted(folder, limit) -> int:
        listed.append(folder)
        return 0

    monkeypatch.setattr(module, "trim", noted)
    hours_later = tmp_path.stat().st_mtime + 43_200
    for _ in range(2):
        trim_daily(tmp_path / "cache", hours_later)
    assert listed == [tmp_path / "cache"]


def test_machines_share_an_address_of_fsspec(workshop, story):
    pytest.importorskip("fsspec")
    address = f"memory://shared/{workshop.root.name}"
    kept = tuple(step.__class__(step.name, step.function, step.inputs, cached=True) for step in workshop.brief)
    workshop.write("x", "print hello")
    workshop.build("x", steps=kept, cache=address)
    other = {"out": workshop.root / "out", "store": workshop.root / "other"}
    assert story(workshop.build("x", steps=kept, cache=address, **other)) == "x: built"


def test_an_address_that_nobody_can_open_ends_the_run(workshop):
    pytest.importorskip("fsspec")
    kept = tuple(step.__class__(step.name, step.function, step.inputs, cached=True) for step in workshop.brief)
    workshop.write("x", "print hello")
    with pytest.raises(BuildError, match="cannot use a cache at nonesuch://"):
        workshop.build("x", steps=kept, cache="nonesuch://bucket")


def test_an_entry_that_is_too_large_is_neither_written_nor_read(tmp_path, monkeypatch):
    cache = Cache.at(str(tmp_path))
    monkeypatch.setattr(module, "MAX_BYTES", module.HEADER + 10)
    cache.put(KEY, b"content too large")
    assert list(tmp_path.glob("??/*")) == []
    cache.put(KEY, b"0123456789")
    assert cache.get(KEY) == b"0123456789"
    monkeypatch.setattr(module, "MAX_BYTES", module.HEADER + 9)
    assert cache.get(KEY) is None
    assert list(tmp_path.glob("??/*")) == []


def test_a_damaged_entry_is_removed_from_an_address_of_fsspec_too(tmp_path):
    files = pytest.importorskip("fsspec").filesystem("memory")
    cache = Cache.at(f"memory://damaged/{tmp_path.name}")
    cache.put(KEY, b"content")
    (entry,) = files.find(f"/damaged/{tmp_path.name}")
    files.pipe_file(entry, b"something else")
    assert cache.get(KEY) is None
    assert files.find(f"/damaged/{tmp_path.name}") == []


def test_without_fsspec_an_address_ends_the_run_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(BuildError, match="needs fsspec: install the extra `cache`"):
        Cache.at("memory://shared/cache").get(KEY)
