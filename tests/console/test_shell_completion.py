"""Completion as the shells ask for it, and in the shells that are installed."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.console.codes import codes
from tests.commands.run import brief

PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
EXPERTS = """# people
ann: {name: Ann Example}
ben-b:
  name: Ben Sample
  also: [B. Sample]
"""
SOURCES = """references:
  - id: talk-2024   # spoken
    type: speech
    title: A talk
  - {id: "press", type: article-newspaper, title: "- id: none"}
"""


LEVY = """title: A levy
facts:
  - {id: cost, claim: It costs.}
questions:
  - id: works
    ask: Does it?
    positions:
      ann: {says: Yes., rests_on: [cost]}
options:
  - {id: stay, option: Stay., rests_on: [cost]}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "briefs/sources").mkdir(parents=True)
    (tmp_path / "briefs/house.yaml").write_text("name: Example Desk\n")
    (tmp_path / "briefs/experts.yaml").write_text(EXPERTS)
    (tmp_path / "briefs/sources.yaml").write_text(SOURCES)
    (tmp_path / "briefs/sources/library.yaml").write_text("references:\n- id: thesis\n  type: thesis\n")
    (tmp_path / "library.bib").write_text("@book{first,\n  title = {A}}\n@misc{ second,}\n")
    (tmp_path / "library.ris").write_text("TY  - BOOK\nID  - third\nER  - \n")
    (tmp_path / "library.json").write_text('[{"id": "fourth", "title": "id"}]')
    (tmp_path / "briefs/levy.yaml").write_text(LEVY)
    for slug in ("chips", "chains", "wheat"):
        (tmp_path / f"briefs/{slug}.yaml").write_text("title: T\n")
    return tmp_path


def offered(folder: Path, *words: str) -> list[str]:
    """What is offered for the last of the words. Nothing may be said beside it."""
    ran = brief(
        cwd=folder, _BRIEF_COMPLETE="bash_complete", COMP_WORDS=" ".join(["brief", *words]), COMP_CWORD=str(len(words))
    )
    assert (ran.code, ran.err) == (0, "")
    return [line.split(",", 1)[1] for line in ran.out.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("chec",), ["check"]),
        (("check", ""), ["chains", "chips", "levy", "wheat"]),
        (("build", "ch"), ["chains", "chips"]),
        (("build", "chips", "ch"), ["chains"]),
        (("watch", "w"), ["wheat"]),
        (("serve", "w"), ["wheat"]),
        (("coverage", "w"), ["wheat"]),
        (("review", "w"), ["wheat"]),
        (("capture", ""), ["press", "talk-2024", "thesis"]),
        (("sources", "--paragraphs", "t"), ["talk-2024", "thesis"]),
        (("import", "x.bib", "--update", "p"), ["press"]),
        (("import", "library.bib", "--keys", ""), ["first", "second"]),
        (("import", "library.bib", "--keys", "first,s"), ["first,second"]),
        (("import", "library.ris", "--keys", ""), ["third"]),
        (("import", "library.json", "--keys", "f"), ["fourth"]),
        (("review", "levy", "--only", ""), ["option/stay", "position/works/ann"]),
        (("review", "--only", "o"), ["option/stay"]),
        (("quote", "find", "--source", "th"), ["thesis"]),
        (("quote", "find", "--by", ""), ["ann", "ben-b"]),
        (("--format", "json", "check", "w"), ["wheat"]),
        (("check", "--format", "s"), ["sarif"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("schema", "s"), ["sources"]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_names_are_offered(desk: Path, words: tuple[str, ...], names: list[str]) -> None:
    assert offered(desk, *words) == names


def test_names_are_those_of_the_folder_that_is_worked_in(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert offered(elsewhere, "check", "") == []
    assert offered(elsewhere, "-C", str(desk), "check", "w") == ["wheat"]
    assert offered(elsewhere, "check", "-C", str(desk), "w") == ["wheat"]


def test_every_code_is_offered_to_explain(desk: Path) -> None:
    assert offered(desk, "explain", "") == [code.name for code in codes()]


def test_a_broken_project_offers_what_can_be_read_and_says_nothing(desk: Path) -> None:
    (desk / "briefs/sources.yaml").write_bytes(SOURCES.encode() + b'  - id: "open\n\xff\xfe: [')
    (desk / "briefs/experts.yaml").unlink()
    (desk / "briefs/experts.yaml").mkdir()
    assert offered(desk, "capture", "") == ["press", "talk-2024", "thesis"]
    assert offered(desk, "quote", "find", "--by", "") == []
    assert offered(desk, "check", "w") == ["wheat"]
    assert offered(desk, "biuld", "") == []


def test_a_library_of_fifty_thousand_sources_is_read_at_once(desk: Path) -> None:
    entries = "".join(f"- id: key{number}\n  type: book\n  title: A title of some length\n" for number in range(50_000))
    (desk / "briefs/sources/large.yaml").write_text("references:\n" + entries)
    before = os.times()
    assert len(offered(desk, "capture", "key4999")) == 11
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 1.0


def typed(shell: list[str], setup: str, keys: str, wanted: str, folder: Path) -> str:
    """Type into a shell at a terminal until it shows what is wanted, or half a minute is over; return what it showed."""
    terminal, its_side = pty.openpty()
    environment = {"PATH": PATH, "HOME": str(folder), "TERM": "dumb", "PS1": "> ", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        ["setsid", "--ctty", *shell], cwd=folder, env=environment, stdin=its_side, stdout=its_side, stderr=its_side
    )  # not forked here: a process with threads must not be
    os.close(its_side)
    try:
        os.write(terminal, f"{setup}; echo READY-$((1+1))\n".encode())
        shown = _until(terminal, "READY-2")
        assert "READY-2" in shown, shown
        os.write(terminal, keys.encode())
        return _until(terminal, wanted)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def _until(terminal: int, wanted: str) -> str:
    shown, end = "", time.monotonic() + 120
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
    return shown


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def documented(shell: str) -> str:
    """The line that docs/command-line.md tells users of this shell to add."""
    text = (Path(__file__).parents[2] / "docs/command-line.md").read_text("utf-8")
    match = re.search(rf"^\| {shell} \| `(.+?)` \|", text, re.MULTILINE)
    assert match, shell
    return match[1].replace("\\|", "|")


@needs("bash")
def test_bash_completes_at_the_press_of_tab(desk: Path) -> None:
    shown = typed(["bash", "--norc", "-i"], documented("bash"), "brief check whe\t", "brief check wheat", desk)
    assert "brief check wheat" in shown


@needs("zsh")
def test_zsh_completes_at_the_press_of_tab(desk: Path) -> None:
    setup = f"autoload -Uz compinit; compinit -u; {documented('zsh')}"
    assert "brief check wheat" in typed(["zsh", "-f", "-i"], setup, "brief check whe\t", "brief check wheat", desk)


@needs("fish")
def test_fish_completes(desk: Path) -> None:
    ran = subprocess.run(
        ["fish", "--no-config", "-c", f"{documented('fish')}; complete -C 'brief explain quote-ab'"],
        cwd=desk, env={"PATH": PATH, "HOME": str(desk)}, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert ran.stdout.split() == ["quote-absent"]
