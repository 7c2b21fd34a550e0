"""A small project in order, into which the examples of codes are put."""

from __future__ import annotations

import datetime
import itertools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.cli import run
from generator.engine.executor import Serial
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.inspect_project import check_batch, inspect
from generator.pipeline.publish_brief import publish
from generator.problems import Problem
from generator.problems.texts import ExampleStep
from generator.project import Project
from generator.render.preset import template_roots

TODAY = datetime.date(2025, 3, 1)
FACT_FILE = "briefs/sample.yaml"
FILES = {
    FACT_FILE: """\
title: Do the controls work?
date: 2025-02-14
experts: [ann, ben]
selection: Both who spoke on the matter.
facts:
  - {id: training-cost, claim: It cost 5.6 million dollars., cite: "@press", review_by: 2025-12-31}
questions:
  - id: work
    ask: Do the controls work?
    scale: [They do little, Mixed, They work]
    positions:
      ann: {stance: Mixed, says: They slow China down., cite: "@talk"}
      ben: {gap: no-position-found, searched: five press reports, until: 2025-02-14}
""",
    "briefs/experts.yaml": """\
ann: {name: Ann Example, affiliations: [{role: professor, organisation: University of Examples}]}
ben: {name: Ben Sample, affiliation_note: affiliation not given in the source}
""",
    "briefs/sources.yaml": """\
references:
  - {id: talk, type: speech, title: A talk, author: [{family: Example, given: Ann}], issued: 2024-05-02}
  - {id: press, type: article-newspaper, title: A report, issued: 2024-05-03, provenance: report}
""",
    "briefs/house.yaml": "name: Example Desk\nlanguage: en-GB\n",
}
OWN_PRESET = "templates/presets/ours"
_KEY = re.compile(r"(?m)^(?:[\w-]+|\"[^\"\n]*\")(?=:(?:\s|$))")


@dataclass(frozen=True, order=True)
class Raised:
    """A problem as a test compares it."""

    code: str
    severity: str
    file: str
    line: int


def raised(problem: Problem) -> Raised:
    return Raised(problem.code, problem.severity.value, problem.place.file, problem.place.line)


class SampleProject:
    """The project in a folder, which is the current one, with the steps of an example carried out in it."""

    def __init__(self, folder: Path, output: Callable[[], str]) -> None:
        self.folder = folder
        self._reported: set[Raised] = set()
        self._output = output
        for name, text in FILES.items():
            self._write(name, text)

    def take(self, steps: Iterable[ExampleStep], other: Iterable[ExampleStep]) -> list[Raised]:
        """Carry out the steps of an example; return the problems that its commands print and those that a check then reports.

        A field of the sample that only the `other` example of the code has is left out: that is how an example lacks one.
        """
        left_out: dict[str, set[str]] = {}
        for step in other:
            left_out.setdefault(step.target or FACT_FILE, set()).update(keys(step.text))
        for step in steps:
            if step.language == "console":
                for line in step.text.splitlines():
                    self._command(line.removeprefix("$ "))
            elif step.target.startswith("@"):
                self._capture(step.target[1:], step.text)
            else:
                name = step.target or FACT_FILE
                self._write(name, step.text + without(self._base(name), keys(step.text) | left_out.get(name, set())))
        project = Project(self.folder)
        problems = inspect(project, [slug for slug, _ in project.fact_files()], TODAY)
        return sorted(self._reported | {raised(problem) for problem in problems})

    def _base(self, name: str) -> str:
        """The sample's text of a file, into which the fields of an example go; a design of its own begins as a copy of `briefing`."""
        if name.startswith(OWN_PRESET):
            copy = self.folder / OWN_PRESET
            if not copy.exists():
                shutil.copytree(template_roots()[-1] / "presets/briefing", copy)
            return (copy / "preset.yaml").read_text("utf-8") if name.endswith("preset.yaml") else ""
        return FILES.get(name, "")

    def _command(self, line: str) -> None:
        if line == "brief build":  # in this process, because starting others takes seconds
            report = publish(Project(self.folder), None, executor=Serial())
            problems = (problem for outcome in report.outcomes for problem in problems_of(outcome.notes))
            self._reported |= {raised(problem) for problem in problems}
        elif line == "brief check --layout":
            slugs = [slug for slug, _ in Project(self.folder).fact_files()]
            self._reported |= {raised(problem) for problem in check_batch(self.folder, slugs, TODAY)}
        elif line.startswith("brief "):
            run(line.split()[1:])
            lines = re.findall(r"(?m)^(\S.*?):(\d+):\d+: (\w+)\[([\w-]+)\]", self._output())
            self._reported |= {Raised(code, severity, file, int(line)) for file, line, severity, code in lines}
        else:
            subprocess.run(["/bin/sh", "-c", line], cwd=self.folder, check=True)

    def _capture(self, key: str, text: str) -> None:
        document = self.folder / f"{key}.txt"
        document.write_text(text, "utf-8")
        assert run(["capture", key, str(document), "--date", "2025-02-10"]) == 0
        document.unlink()

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def keys(text: str) -> set[str]:
    """Return the keys at the top of a YAML text."""
    return set(_KEY.findall(text))


def without(text: str, left_out: set[str]) -> str:
    """Return a YAML text without the fields of these names."""
    starts = [*(match.start() for match in _KEY.finditer(text)), len(text)]
    parts = (text[start:end] for start, end in itertools.pairwise(starts))
    return "".join(part for part in parts if part.split(":", 1)[0] not in left_out)
