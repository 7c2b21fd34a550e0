"""Attacks through the real command: on briefs with captures of each document type, on clones, and on the lock."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.adversary.campaign import CUTS, MUTATORS
from tests.adversary.corpus import Language, languages
from tests.adversary.documents import TYPES
from tests.adversary.oracle import stands
from tests.commands.run import brief

TAGS = ("en", "de", "fr", "pl", "ru")
LANGUAGES = {language.tag: language for language in languages(TAGS)}
SOURCES = [(tag, kind) for tag, kind in zip(TAGS * len(TYPES), (kind for kind in TYPES for _ in TAGS), strict=True)]
AUTHOR = "author: [{family: Example, given: Ann}]"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a capture of every document type in several languages."""
    folder = tmp_path_factory.mktemp("adversary")
    desk, documents = folder / "desk", folder / "documents"
    documents.mkdir()
    assert brief("init", "desk", cwd=folder).code == 0
    (desk / "briefs/example.yaml").unlink()
    entries = [
        f"  - {{id: {tag}-{kind}, type: speech, title: A talk, issued: 2024-05-02, {AUTHOR}}}\n"
        for tag, kind in SOURCES
    ]
    (desk / "briefs/sources.yaml").write_text(f"references:\n{''.join(entries)}")
    (desk / "briefs/experts.yaml").write_text("ann: {name: Ann Example}\nben: {name: Ben Sample}\n")
    for tag, kind in SOURCES:
        (documents / f"{tag}-{kind}.{kind}").write_bytes(TYPES[kind](LANGUAGES[tag]))
    ran = brief("capture", "--all", str(documents), cwd=desk)
    assert ran.code == 0, ran.err
    return desk


@pytest.fixture
def copy(desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(desk, tmp_path / "desk"))


def write(desk: Path, quotations: Iterable[tuple[str, str]], name: str = "attack") -> list[str]:
    """Write a brief with one voice a line; return its lines."""
    lines = ["title: An attack", "status: draft", "voices:"]
    lines += [
        f'  - {{id: v{i}, who: ann, quote: {json.dumps(quote, ensure_ascii=False)}, cite: "@{source}"}}'
        for i, (source, quote) in enumerate(quotations)
    ]
    (desk / f"briefs/{name}.yaml").write_text("\n".join(lines) + "\n")
    return lines


def problems(desk: Path, *options: str) -> dict[int, set[str]]:
    """The codes of the problems of the brief, by line."""
    ran = brief("check", "attack", "--format", "json", *options, cwd=desk)
    assert ran.code in (0, 1), ran.err
    found: dict[int, set[str]] = {}
    for problem in json.loads(ran.out):
        found.setdefault(problem["line"], set()).add(problem["code"])
    return found


REFUSED = {
    "quote-absent",
    "quote-unverified",
    "quote-altered",
    "misattributed",
    "quote-misattributed",
    "invisible-character",
}
"""Codes that keep a quotation from being published."""


def whole(language: Language) -> list[str]:
    return [*language.sentences, *(words for _, words in language.dialogue)]


def mutants(language: Language, rng: random.Random, most: int) -> list[tuple[str, str]]:
    made = []
    for text in rng.sample(whole(language), most):
        for mutate in MUTATORS:
            mutant = mutate(text, language, rng)
            if mutant != text and (mutate.__name__ in CUTS or not stands(mutant, language.text)):
                made.append((mutate.__name__, mutant))
    return [(kind, mutant) for kind, mutant in made if mutant.isprintable()]


# ---------------------------------------------------------------- captures of each type


@pytest.mark.parametrize("kind", TYPES)
def test_true_quotations_are_verified(desk: Path, kind: str) -> None:
    quotations = [(f"{tag}-{kind}", text) for tag in TAGS for text in whole(LANGUAGES[tag])]
    lines = write(desk, quotations)
    found = problems(desk)
    refused = [(lines[line - 1], codes) for line, codes in found.items() if codes & (REFUSED | {"unreadable-yaml"})]
    assert refused == []


@pytest.mark.parametrize("kind", TYPES)
def test_false_quotations_are_refused(desk: Path, kind: str) -> None:
    rng = random.Random(f"commands {kind}")
    made = [(f"{tag}-{kind}", what, text) for tag in TAGS for what, text in mutants(LANGUAGES[tag], rng, 4)]
    lines = write(desk, [(source, text) for source, _, text in made])
    found = problems(desk)
    passed = [(made[i], found.get(i + 4)) for i in range(len(made)) if not found.get(i + 4, set()) & REFUSED]
    assert len(lines) > 400
    assert passed == []


def test_quote_verify_answers_as_the_check_does(desk: Path) -> None:
    rng = random.Random("verify")
    requests = []
    for tag, kind in SOURCES:
        source = {"source": f"{tag}-{kind}", "language": tag}
        requests += [({"quote": text, **source}, True) for text in whole(LANGUAGES[tag])]
        requests += [({"quote": text, **source}, False) for _, text in mutants(LANGUAGES[tag], rng, 1)]
    (desk / "q.jsonl").write_text("".join(json.dumps(request) + "\n" for request, _ in requests))
    ran = brief("quote", "verify", "q.jsonl", cwd=desk)
    answers = [json.loads(line)["verdict"] for line in ran.out.splitlines()]
    wrong = [asked for (asked, true), verdict in zip(requests, answers, strict=True) if (verdict == "verified") != true]
    assert (ran.code, wrong) == (1, [])


# ---------------------------------------------------------------- clones and the lock


def locked(desk: Path, language: Language) -> list[str]:
    """Lock true quotations, then take the captures away, as on a clone. Return the brief's lines."""
    lines = write(desk, [(f"{language.tag}-txt", text) for text in whole(language)])
    ran = brief("lock", cwd=desk)
    assert ran.code == 0, ran.err
    shutil.rmtree(desk / "captures")
    ran = brief("check", "--strict", "attack", cwd=desk)
    assert "quote-unverified" not in ran.out
    return lines


def test_a_clone_refuses_every_change_of_a_locked_quotation(copy: Path) -> None:
    language, rng = LANGUAGES["en"], random.Random("clone")
    locked(copy, language)
    made = mutants(language, rng, 10)
    write(copy, [("en-txt", text) for _, text in made])
    found = problems(copy)
    passed = [made[i] for i in range(len(made)) if not found.get(i + 4, set()) & REFUSED]
    assert passed == []


@pytest.mark.parametrize(
    ("old", "new"), [("who: ann", "who: ben"), ("@en-txt", "@en-md"), ("@en-txt", "@en-txt, para. 9")]
)
def test_a_clone_refuses_another_speaker_source_or_place(copy: Path, old: str, new: str) -> None:
    lines = locked(copy, LANGUAGES["en"])
    (copy / "briefs/attack.yaml").write_text("\n".join(line.replace(old, new) for line in lines))
    found = problems(copy)
    assert [line for line in range(4, len(lines) + 1) if "quote-unverified" not in found.get(line, set())] == []


def test_a_changed_lock_vouches_for_nothing(copy: Path) -> None:
    locked(copy, LANGUAGES["en"])
    lock = copy / "briefs/captures.lock"
    good = lock.read_text()
    for name, bad in attacks_on(good, random.Random("lock")):
        lock.write_text(bad)
        ran = brief("check", "--strict", "attack", cwd=copy)
        assert ran.code == 1, name
        assert "quote-unverified" in ran.out or "lock-" in ran.out, name
    lock.write_text(good)
    assert "quote-unverified" not in brief("check", "attack", cwd=copy).out


def attacks_on(lock: str, rng: random.Random) -> Iterable[tuple[str, str]]:
    """The lock with one thing changed."""
    head, *entries = lock.splitlines()
    first, second, *rest = entries
    a, b = first.split(" "), second.split(" ")
    hexes = [i for i, c in enumerate(first) if c in "0123456789abcdef" and first[:i].count(" ") in (1, 2, 3)]
    for at in rng.sample(hexes, 5):
        yield f"digit {at}", lock.replace(first, first[:at] + ("0" if first[at] != "0" else "1") + first[at + 1 :])
    for field in range(1, 5):
        swapped = [*a[:field], "0" * len(a[field]), *a[field + 1 :]]
        yield f"field {field}", lock.replace(first, " ".join(swapped))
    yield "a line left out", "\n".join([head, second, *rest]) + "\n"
    yield "two passages exchanged", lock.replace(first, " ".join([a[0], b[1], *a[2:]]))
    yield "half a line", lock.replace(first, first[: len(first) // 2])
    yield "conflict", f"{head}\n<<<<<<< ours\n{first}\n=======\n{second}\n>>>>>>> theirs\n" + "\n".join(rest) + "\n"
    yield "version", lock.replace(head, re.sub(r" \d+:", " 9:", head, count=1))
    yield "empty", ""
    yield "another source", lock.replace("en-txt ", "en-md ")


def test_a_changed_capture_is_not_used(copy: Path) -> None:
    write(copy, [("en-txt", "They will wait that long, because the contract ends in the spring.")])
    text = copy / "captures/en-txt/text.txt"
    text.write_text(text.read_text().replace("will not wait", "will wait"))
    codes = set().union(*problems(copy).values())
    assert codes & {"capture-damaged", "quote-unverified"}
    assert "will wait" in text.read_text()
    assert brief("lock", cwd=copy).code == 1
