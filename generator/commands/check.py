"""`brief check`: reports all problems; `--fix` completes brackets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from generator.console import shell_completion
from generator.console.context import PROBLEMS, Context, chosen, show
from generator.console.formatters import FORMATS, count, ordered
from generator.problems import Severity
from generator.problems.message_words import counted

if TYPE_CHECKING:
    from generator.evidence.verification.bracket_fixes import Fix
    from generator.problems import Problem


@click.command()
@shell_completion.briefs_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="For people (text), other programs (json, sarif), or GitHub.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--layout", is_flag=True, help="Also lay out the pages, and report faults in them.")
@click.option(
    "--fix",
    "fixing",
    is_flag=True,
    help="Add the replaced words to brackets in quotations: [they] becomes [they|we], if only one word is possible.",
)
@click.pass_obj
def check(context: Context, slugs: tuple[str, ...], form: str, strict: bool, layout: bool, fixing: bool) -> int:
    """Check the fact files of the named briefs, or of all, and report every problem in one run."""
    from generator.pipeline.inspect_project import inspect

    names = chosen(context.project, slugs)
    if fixing:
        fix(context, names)
    problems = ordered((*inspect(context.project, names), *(layout_problems(context, names) if layout else ())))
    status = show(problems, context, form)
    if form == "text":
        click.echo(f"{counted(len(names), 'brief')} checked: {count(problems)}")
    warned = any(problem.severity is Severity.WARNING for problem in problems)
    return PROBLEMS if strict and warned else status


def layout_problems(context: Context, slugs: Sequence[str]) -> tuple[Problem, ...]:
    """Lay out briefs with a progress line, and return the problems of their pages."""
    from generator.console.task_progress import Counting
    from generator.pipeline.inspect_project import check_layout

    with Counting("laying out", "brief", "briefs") as counting:
        return check_layout(context.project, slugs, tell=lambda done: counting.tell(done / len(slugs), done))


def fix(context: Context, slugs: Iterable[str]) -> None:
    """Complete brackets that lack the replaced words. Each change is printed before its file is written."""
    by_file: defaultdict[str, list[Fix]] = defaultdict(list)
    for one in _fixes(context, slugs):
        by_file[one.text.place.file].append(one)
    for file, fixes in by_file.items():
        _fix_file(context, file, fixes)


def _fixes(context: Context, slugs: Iterable[str]) -> Iterator[Fix]:
    from generator.evidence.capture_lock import open_lock
    from generator.evidence.captures.capture_store import Captures
    from generator.evidence.verification.bracket_fixes import needed_fixes
    from generator.pipeline.inputs.load_project import load

    loaded = load(context.folder, slugs)
    lock, _ = open_lock(context.project.open)
    return needed_fixes(loaded.briefs, loaded.library, Captures(context.project.open), lock)


def _fix_file(context: Context, file: str, fixes: list[Fix]) -> None:
    """Write the fixes into a file, the last one first so that places stay right. The mode of the file is kept."""
    from generator.engine import atomic
    from generator.evidence.verification.bracket_fixes import fixed

    before = context.project.open(file).decode("utf-8")
    after = before
    for one in sorted(fixes, key=lambda one: (one.text.place.line, one.text.place.column), reverse=True):
        after = fixed(after, one)
    if after != before:
        _show_changes(context.shown(file), before, after)
        path = (context.folder / file).resolve()
        mode = path.stat().st_mode
        atomic.write(path, after.encode("utf-8"), durable=True)
        path.chmod(mode & 0o7777)


def _show_changes(file: str, before: str, after: str) -> None:
    """Print changed lines to standard error, because standard output may be JSON."""
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    for number, (old, new) in enumerate(lines, 1):
        if old != new:
            click.echo(f"{file}:{number}\n- {old.strip()}\n+ {new.strip()}", err=True)
