"""A machine without the system libraries for PDFs: pages are built, and one problem names the command to run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.engine import BuildError
from generator.pipeline import publish_brief as steps
from generator.pipeline import versions
from generator.project import Project
from generator.render.layout.layout_diagnostics import COMMAND, PDF_LIBRARIES

HIDDEN = """
import ctypes, sys
from generator.pipeline import versions
versions._DRAWING = {{name: (function, ("libnone.so.0", *files)) for name, (function, files) in versions._DRAWING.items()}}
from generator.cli import run
sys.exit(run({arguments!r}))
"""


def build(
    folder: Path, *arguments: str, command: str = "build", hidden: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command, in a process that cannot find the libraries if `hidden`."""
    words = [command, *arguments]
    code = HIDDEN.format(arguments=words) if hidden else f"from generator.cli import run; exit(run({words!r}))"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    subprocess.run([sys.executable, "-m", "generator", "init"], cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / "briefs/example.yaml").read_text("utf-8")
    (tmp_path / "briefs/second.yaml").write_text(text, "utf-8")
    return tmp_path


def test_pages_are_built_and_one_problem_names_the_command(desk: Path) -> None:
    done = build(desk)
    assert done.returncode == 2
    assert done.stderr.count("error[pdf-libraries]") == 1
    assert COMMAND in done.stderr
    assert "Traceback" not in done.stderr
    assert "WeasyPrint could not import" not in done.stdout + done.stderr
    assert "2 briefs: 2 built" in done.stdout
    assert {"example.html", "second.html"} <= {path.name for path in (desk / "build").glob("*.html")}
    assert not list((desk / "build").rglob("*.pdf"))


def test_checking_loads_nothing_that_draws_or_signs(desk: Path) -> None:
    """These take longer to load than a check takes."""
    code = "import sys; from generator.cli import run; run(['check']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].replace("'", " ").split())
    assert "generator.pipeline.check_brief" in loaded
    assert not loaded & {
        "weasyprint",
        "jinja2",
        "fontTools",
        "pikepdf",
        "pyhanko",
        "distributed",
        "pygls",
        "pypandoc",
        "generator.render.page",
    }


def test_it_is_said_again_by_the_next_build_and_no_more_once_they_are_installed(desk: Path) -> None:
    build(desk)
    again = build(desk)
    assert (again.returncode, again.stderr.count("error[pdf-libraries]")) == (2, 1)
    installed = build(desk, hidden=False)
    assert (installed.returncode, installed.stderr.count("pdf-libraries")) == (0, 0)
    assert sorted(path.name for path in (desk / "build").glob("*.pdf")) == ["example.pdf", "second.pdf"]


def test_a_page_never_stands_beside_the_pdf_of_an_earlier_state(desk: Path) -> None:
    build(desk, hidden=False)
    done = build(desk)
    assert "removed build/example.pdf: it is no longer built" in done.stdout
    assert list((desk / "build").glob("*.pdf")) == []


def test_the_problem_is_an_event_for_programs(desk: Path) -> None:
    done = build(desk, "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["code"] for event in events if event["event"] == "problem" and event["severity"] == "error"] == [
        PDF_LIBRARIES.name
    ]
    assert events[-1]["built"] == 2


def test_making_a_brief_again_says_what_is_missing(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = json.dumps({"pango": versions.MISSING, "harfbuzz": "8.0"})
    world = steps.world_of(Project(desk), None)
    monkeypatch.setattr(steps, "world_of", lambda *_, **__: world._replace(values={**world.values, "drawing": missing}))
    with pytest.raises(BuildError, match="apt-get install"):
        steps.build_alone(Project(desk), "briefs/example.yaml")


def test_checking_pages_says_what_is_missing(desk: Path) -> None:
    done = build(desk, "--layout", command="check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert COMMAND in done.stderr


@pytest.mark.parametrize("name", ["pango", "harfbuzz"])
def test_a_library_without_one_of_its_parts_is_missing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    function, files = versions._DRAWING[name]
    assert versions._said_by(function, files)[0].isdigit()
    assert versions._said_by(function, (files[0], "libnone.so.0")) == versions.MISSING
    assert not versions.can_draw({"pango": "1.50", "harfbuzz": "6.0", name: versions.MISSING})
