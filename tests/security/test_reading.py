"""Fact files that are made to exhaust the program, or to show or read what is not theirs."""

from __future__ import annotations

import json
import os
import shutil
import socket
from pathlib import Path

import pytest

from generator.console import formatters
from generator.pipeline.inspect_project import inspect
from generator.problems import Location, Problem, Severity
from generator.problems.message_words import did_you_mean, nearest
from generator.project import HOUSE, Project
from generator.read import entries
from generator.read.yaml_text import parse_bytes
from tests.security.limits import REPOSITORY, run

DEPTH = 200_000
DEEP = {
    "brackets": "[" * DEPTH,
    "closed brackets": "[" * DEPTH + "]" * DEPTH,
    "braces": "{a: " * DEPTH,
    "list items": "- " * DEPTH,
    "keys": "? " * DEPTH,
    "brackets in a key": "{" + "[" * DEPTH,
    "brackets below a key": "a: " + "[" * DEPTH,
    "blocks": "".join(f"{' ' * depth}a:\n" for depth in range(1900)),
}
PROGRAM = """
import sys
from generator.read import entries
from generator.read.yaml_text import parse_bytes
data = sys.stdin.buffer.read() if len(sys.argv) < 2 else open(sys.argv[1], "rb").read()
document, problems = parse_bytes(data, "briefs/x.yaml")
entries.entry_digests("briefs/sources.yaml", data)
entries.excerpt(data, ["a"])
print(" ".join(f"{problem.code}:{problem.place.line}" for problem in problems[:5]), len(problems))
"""


def said(tmp_path: Path, data: bytes) -> str:
    (tmp_path / "x.yaml").write_bytes(data)
    return run(PROGRAM, str(tmp_path / "x.yaml")).strip()


@pytest.mark.parametrize("name", DEEP)
def test_nesting_without_end_is_a_problem_and_no_crash(tmp_path, name):
    assert said(tmp_path, DEEP[name].encode()).startswith("file-too-large:")


BOMBS = {
    "aliases": "\n".join(
        ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    ),
    "aliases as keys": "\n".join(
        ["a0: &a0 {x: y}"] + [f"a{n}: &a{n} {{? *a{n - 1} : *a{n - 1}}}" for n in range(1, 50)]
    ),
    "many aliases": "a: &a x\nb: [" + "*a, " * 400_000 + "]",
    "many values": "[" + "x," * 900_000 + "]",
    "one huge scalar": "a: " + "x" * 1_900_000,
    "one huge key": "x" * 1_900_000 + ": a",
    "a huge quoted scalar": 'a: "' + "\\\\" * 900_000 + '"',
    "many anchors": "\n".join(f"a{n}: &b{n} x" for n in range(40_000)),
    "many documents": "---\na: b\n" * 100_000,
    "long line of colons": "a:" * 900_000,
    "long indentation": " " * 1_900_000 + "a",
    "many directives": "%TAG ! !\n" * 1000 + "--- a",
    "a comment that never ends": "#" * 1_900_000,
    "tags": "!a " * 600_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_keeps_the_reader_busy(tmp_path, name):
    assert said(tmp_path, BOMBS[name].encode())


WHOLE = """
import sys, datetime
from pathlib import Path
from generator.project import Project
from generator.pipeline.inspect_project import inspect
from generator.console.formatters import draw_text, ordered
folder = Path(sys.argv[1])
problems = ordered(inspect(Project(folder), ["x"], datetime.date(2026, 1, 1)))
draw_text(problems, folder, str)
print(len(problems), sum("did you mean" in problem.hint for problem in problems))
"""


@pytest.fixture
def desk(tmp_path) -> Path:
    shutil.copytree(REPOSITORY / "briefs", tmp_path / "desk/briefs")
    return tmp_path / "desk"


def test_ninety_thousand_unknown_keys_are_told_in_seconds(desk):
    (desk / "briefs/x.yaml").write_text("".join(f"titel{n}: x\n" for n in range(45_000)))
    number, hints = run(WHOLE, str(desk)).split()
    assert int(number) >= 45_000
    assert 0 < int(hints) <= 250


def test_so_are_unknown_names_of_all_kinds(desk):
    names = "".join(f"      - {{literal: A, famly{n}: x}}\n" for n in range(9_000))
    sources = f"references:\n  - id: a\n    type: book\n    title: A\n    author:\n{names}"
    (desk / "briefs/sources.yaml").write_text(sources)
    (desk / "briefs/x.yaml").write_text("title: x\n")
    assert int(run(WHOLE, str(desk)).split()[0]) >= 9_000


@pytest.mark.parametrize("value", ["9" * 5000, "1" * 400, "²", "-1", "0"])
def test_years_without_end_are_no_crash(desk, value):
    with (desk / "briefs/sources.yaml").open("a") as sources:
        for number, issued in enumerate(
            [
                f"{{year: {value}}}",
                f"[{{year: {value}}}]",
                f"{{date-parts: [[{value}]]}}",
                f"'{value}'",
                f"{value}/{value}",
            ]
        ):
            sources.write(f"\n  - {{id: z{number}, type: book, title: A, issued: {issued}}}\n")
    inspect(Project(desk), ["training-cost"])


def test_the_nearest_of_many_names_is_still_found():
    names = [f"source-{number}" for number in range(5000)]
    assert nearest("sorce-4321", names) == "source-4321"
    assert nearest("SOURCE-17", names) == "source-17"
    assert did_you_mean("x" * 100_000, names, "otherwise") == "otherwise"


# ---------------------------------------------------------------- what is no file of the project


def codes(desk: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in inspect(Project(desk), ["training-cost"])]


@pytest.mark.parametrize("file", ["briefs/training-cost.yaml", "briefs/sources.yaml", "briefs/experts.yaml", HOUSE])
@pytest.mark.parametrize("kind", ["fifo", "device", "socket", "link", "link to a folder", "loop"])
def test_what_is_no_file_of_the_project_is_refused_at_once(desk, file, kind, tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("title: A secret\nname: [\n")
    place = desk / file
    place.unlink()
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "socket":
        monkeypatch.chdir(place.parent)
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(place.name)
    elif kind == "loop":
        place.symlink_to(place.name)
    else:
        place.symlink_to({"device": "/dev/zero", "link": "../../secret", "link to a folder": "../.."}[kind])
    found = codes(desk)
    assert any(code == "unreadable-file" for code, _ in found), found
    text = formatters.draw_text(inspect(Project(desk), ["training-cost"]), desk, str)
    assert "secret" not in text.lower()


def test_a_link_within_the_project_is_read(desk):
    (desk / "briefs/training-cost.yaml").rename(desk / "cost.yaml")
    (desk / "briefs/training-cost.yaml").symlink_to("../cost.yaml")
    assert codes(desk) == []


# ---------------------------------------------------------------- what is shown


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named_and_not_echoed(tmp_path, encoding):
    data = "title: \x1b[2J Ä\n".encode(encoding)
    (tmp_path / "f.yaml").write_bytes(data)
    problems = parse_bytes(data, "f.yaml")[1]
    assert [problem.code for problem in problems] == ["not-utf8"]
    text = formatters.draw_text(problems, tmp_path, str)
    assert "UTF-16 or UTF-32" in text
    assert not set(text) & {"\0", "\x1b", "\ufffd"}


BAD = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F)]))
BAD += "\u2028\u2029\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("form", ["text", "coloured", "json", "sarif", "github"])
def test_no_form_of_a_problem_holds_what_a_terminal_obeys(tmp_path, form):
    place = Location(f"{BAD[1:]}.yaml", 1, 1, 3)
    problem = Problem(Severity.ERROR, "a-code", place, f"a {BAD}", f"b {BAD}", f"c [-{BAD}-] {{+{BAD}+}}")
    (tmp_path / "f.yaml").write_text(BAD)
    problems = [problem, Problem(Severity.ERROR, "a-code", Location("f.yaml"), "a")]
    made = {
        "text": lambda: formatters.draw_text(problems, tmp_path, str),
        "coloured": lambda: formatters.draw_text(problems, tmp_path, str, colour=True),
        "json": lambda: formatters.draw_json(problems, str),
        "sarif": lambda: formatters.draw_sarif(problems, str, (), "1"),
        "github": lambda: formatters.draw_github(problems, str),
    }[form]()
    assert not set(made) & (set(BAD) - ({"\x1b"} if form == "coloured" else set()))
    assert "\x1b\x1c" not in made
    if form in ("json", "sarif"):
        assert BAD in json.dumps(json.loads(made), ensure_ascii=False).encode().decode("unicode_escape") or json.loads(
            made
        )


def test_entries_and_excerpts_of_broken_files_are_none():
    for data in (b"[" * 100_000, b"\xff", b"references: [" + b"{id: a, " * 1000):
        assert entries.entry_digests("briefs/sources.yaml", data) == {}
        assert entries.excerpt(data, ["a"]) in (b"", b"{}\n")
