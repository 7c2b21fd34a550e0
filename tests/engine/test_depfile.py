"""What make and ninja make of it, by asking them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import pytest

from generator.engine import depfile
from generator.engine.depfile import Rule, Syntax

AWKWARD = ["a b", "c#d", "e$f", "g:h", "i%j", "k\\l", "plain", "ä"]


def test_names_each_target_and_what_it_read(workshop):
    workshop.write("x", "cite rise", "include part")
    workshop.write("part", "")
    workshop.write("sources", "rise=1")
    workshop.build("x")
    path = workshop.root / "briefs.d"
    depfile.write(path, store=workshop.root / "store", out="public")
    assert path.read_text().splitlines()[0] == "public/x.html public/x.pdf: x sources part style"


def test_paths_are_as_the_other_build_names_them(workshop, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("")
    workshop.write("x", f"include {outside}")
    workshop.build("x")
    path = workshop.root / "briefs.d"
    depfile.write(path, store=workshop.root / "store", root="desk", out="public")
    assert path.read_text().splitlines()[0] == f"public/x.html public/x.pdf: desk/x {outside} desk/style"


def test_no_database_makes_an_empty_file(tmp_path):
    depfile.write(tmp_path / "x.d", store=tmp_path / "nonesuch")
    assert (tmp_path / "x.d").read_text() == ""


@pytest.mark.parametrize("mark", ["\n", "\r"])
def test_a_line_break_cannot_be_spelt(mark):
    with pytest.raises(ValueError, match="line break"):
        depfile.text([Rule((f"a{mark}b",), ())], Syntax.NINJA)


@pytest.fixture
def folder(tmp_path):
    for name in AWKWARD:
        (tmp_path / name).write_text("")
    return tmp_path


def run(folder, *command: str) -> str:
    """As from a shell: the make that may have started these tests hands its options down, and names the folders then."""
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_reads_awkward_names(folder):
    rules = depfile.text([Rule(("all out%",), tuple(AWKWARD))], Syntax.MAKE)
    (folder / "Makefile").write_text("all: all\\ out%\nall\\ out\\%:\n\ttouch 'all out%'\n" + rules)
    assert run(folder, "make", "all") == "touch 'all out%'\n"
    assert "Nothing to be done" in run(folder, "make", "all")
    for name in AWKWARD:
        newer(folder, name)
        assert run(folder, "make", "all") == "touch 'all out%'\n", name
    (folder / "plain").unlink()
    assert run(folder, "make", "all") == "touch 'all out%'\n"


@pytest.mark.skipif(shutil.which("ninja") is None, reason="needs ninja")
def test_ninja_reads_awkward_names(folder):
    (folder / "rules").write_text(depfile.text([Rule(("out",), tuple(AWKWARD))], Syntax.NINJA))
    (folder / "build.ninja").write_text(
        "rule r\n  command = cp rules out.d && touch out\n  depfile = out.d\nbuild out: r rules\n"
    )
    run(folder, "ninja")
    assert "no work to do" in run(folder, "ninja")
    for name in AWKWARD:
        newer(folder, name)
        assert "no work to do" not in run(folder, "ninja"), name


def newer(folder, name: str) -> None:
    time.sleep(0.02)
    (folder / name).touch()
