"""What a shell offers when a user presses Tab: briefs, sources, experts and codes by name.

A shell asks at each key press and shows whatever is printed. So files are searched for names rather than read as YAML, which
also finds names in a file that is broken; and whatever goes wrong, nothing is offered and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from generator.console.options import context_of
from generator.project import EXPERTS, SOURCE_FOLDER, SOURCES, Project

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "_BRIEF_COMPLETE"
"""The environment variable with which a shell asks."""

_ENTRY = r"""(?m)^[ ]*+-[ ]*+(?:\{[ ]*+)?id:[ ]*+(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"',}#][^\s,}]*))"""
_PERSON = r"""(?m)^["']?([A-Za-z0-9][^\s:"'{}\[\],#]*)["']?:(?=\s)"""


def answer(group: click.Group, name: str) -> int:
    """Answer a shell that asks through `VARIABLE`; print nothing if that is not possible."""
    with suppress(Exception):
        group.main([], prog_name=name, complete_var=VARIABLE, standalone_mode=False)
    return 0


def script(group: click.Group, shell: str) -> str:
    """Return the script that makes a shell ask `brief`."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    return kind(group, {}, "brief", VARIABLE).source()


def file_names(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Let the shell offer files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def slugs(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str] | list[CompletionItem]:
    """Offer the briefs that are not named yet; where a path is begun, files."""
    if "/" in begun:
        return file_names(ctx, parameter, begun)
    named = ctx.params.get(parameter.name or "") or ()
    return _offered(ctx, begun, lambda project: {slug for slug, _ in project.fact_files()}.difference(named))


def source_keys(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Offer the keys of all files of sources."""
    return _offered(ctx, begun, _source_keys)


def expert_ids(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Offer the ids of `experts.yaml`."""
    return _offered(ctx, begun, lambda project: re.findall(_PERSON, _text(project, EXPERTS)))


def codes(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Offer the codes of problems, by the names of their texts."""
    from generator.problems.texts import names

    return [name for name in names() if name.startswith(begun)]


def _offered(ctx: click.Context, begun: str, names: Callable[[Project], Iterable[str]]) -> list[str]:
    with suppress(Exception):  # a prompt is no place for messages
        return sorted({name for name in names(context_of(ctx).project) if name.startswith(begun)})
    return []


def _source_keys(project: Project) -> Iterable[str]:
    files = (SOURCES, *(f"{SOURCE_FOLDER}/{name}" for name in project.source_names()))
    return ("".join(match) for file in files for match in re.findall(_ENTRY, _text(project, file)))


def _text(project: Project, name: str) -> str:
    """Return a file as far as it can be read: what is wrong with it is for `brief check` to say."""
    try:
        return project.open(name).decode("utf-8", "replace")
    except OSError:
        return ""
