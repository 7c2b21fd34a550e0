"""Names of the site's pages: each key has a file of its own, on every system."""

from __future__ import annotations

import hashlib

import pytest

from generator.site import addresses


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    "keys",
    [
        ("Vale", "vale", f"vale-{digest('Vale')}"),
        ("日本", digest("日本")),
        ("a" * 61, f"{'a' * 60}-{digest('a' * 61)}"),
    ],
    ids=["case", "another script", "long"],
)
def test_no_key_can_take_the_name_that_another_gets(keys: tuple[str, ...]) -> None:
    names = [addresses.file_name(key).casefold() for key in keys]
    assert len(set(names)) == len(keys)


@pytest.mark.parametrize(
    "key", ["index", "index-2", "con", "aux", "com1", "../x", "..", "a/b", "%2e", "<b>", "a\\b", "\u202ex"]
)
def test_no_key_takes_the_name_of_a_list_or_device_or_leads_elsewhere(key: str) -> None:
    assert not {addresses.source_page(key), addresses.topic_page(key)} & {
        f"{folder}/{name}.html" for folder in ("sources", "topics") for name in (key, "index", "index-2")
    }
    name = addresses.file_name(key)
    assert name.replace("-", "").isalnum()
    assert name.isascii()


def test_a_topic_is_the_same_however_its_accents_are_written() -> None:
    assert addresses.topic_page("Café  Trade") == addresses.topic_page("CAFE\u0301 trade")
