"""Simulates thousands of built briefs: one is built by the real steps, and the others get copies of its results.

This is for measuring builds with nothing, or almost nothing, to do; making ten thousand PDFs first would take hours.
Files, traces and database are the same as after a real build; only the words on the copied pages are those of the first brief.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.synthetic import slug
from generator.engine import Executor, Made, Serial
from generator.engine.step import Function, Task, TaskAnswer
from generator.engine.trace import Reads
from generator.pipeline.publish_brief import publish
from generator.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

STUB = 200
"""Bytes of each output in a copy: a build with nothing to do checks when files were changed, not their content."""


class Copying(Executor):
    """Executor that runs the steps of one brief of each kind, and answers for the others with its results.

    There are two kinds: the first `shared` briefs cite a source that the others do not.
    """

    def __init__(self, shared: int) -> None:
        self._shared = {slug(number) for number in range(shared)}
        self._real = Serial()
        self._models: dict[tuple[Function, bool], tuple[str, TaskAnswer]] = {}
        self._waiting: deque[Task] = deque()

    @property
    def room(self) -> int:
        return 1 - len(self._waiting)

    def submit(self, task: Task) -> None:
        self._waiting.append(task)

    def wait(self) -> Sequence[TaskAnswer]:
        task = self._waiting.popleft()
        target = Path(task.label.partition(":")[0]).stem
        kind = (task.function, target in self._shared)
        if kind not in self._models:
            self._real.submit(task)
            (answer,) = self._real.wait()
            self._models[kind] = (target, answer)
            return [answer]
        return [copied(*self._models[kind], task, target)]

    def drop(self) -> None:
        self._waiting.clear()

    def close(self) -> None:
        self._real.close()


def copied(model: str, answer: TaskAnswer, task: Task, target: str) -> TaskAnswer:
    """Return the results of the model brief under another brief's name and with its fact file; parts differ, as real ones do."""
    assert isinstance(answer.result, Made)
    parts = {name: part.replace(model.encode(), target.encode()) for name, part in answer.result.parts.items()}
    outputs = {
        path.replace(model, target): content[:STUB] + target.encode() for path, content in answer.result.outputs.items()
    }
    trace = [read._replace(name=read.name.replace(model, target)) for read in answer.trace]
    reads, file = Reads(task.world), f"briefs/{target}.yaml"
    if any(read.name == file for read in trace):
        reads.file(file)
    own = reads.lines()
    lines = tuple(own[0] if own and read.name == file else read for read in trace)
    stats = {path: seen for path, seen in answer.stats.items() if model not in path} | reads.stats
    made = Made(parts, outputs, answer.result.notes)
    return replace(answer, number=task.number, result=made, trace=lines, stats=stats)


def build_copies(folder: Path, shared: int = 50) -> None:
    """Bring a synthetic project into the state after a full build without the site, but with shortened outputs."""
    project = Project(folder)
    report = publish(project, [name for name, _ in project.fact_files()], executor=Copying(shared), site=False)
    assert report.ok, [outcome for outcome in report.outcomes if outcome.status not in ("built", "skipped")][:1]
