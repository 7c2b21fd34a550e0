"""Shell completion of briefs, sources, experts and codes.

A shell asks at each key press and shows everything that is printed. So files are searched for names instead of parsed, which also
works in broken files; and an error prints nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console.context import context_of
from generator.project import EXPERTS, SOURCE_FOLDER, SOURCES, Project

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "_BRIEF_COMPLETE"
"""The environment variable of a shell's request."""

_ENTRY = r"""(?m)^[ ]*+-[ ]*+(?:\{[ ]*+)?id:[ ]*+(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"',}#][^\s,}]*))"""
_BIBLIOGRAPHY_KEY = (
    r"""(?m)^[ \t]*+@\w+[ \t]*+\{[ \t]*+([^\s,{}="]+),|^ID {2}- (\S+)|"(?:id|citation-key)"[ ]*+:[ ]*+"([^"\n\\]+)\""""
)
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
    """Offer the briefs that are not named yet; files if the word is a path."""
    if "/" in begun:
        return file_names(ctx, parameter, begun)
    named = ctx.params.get(parameter.name or "") or ()
    return _offered(ctx, begun, lambda project: {slug for slug, _ in project.fact_files()}.difference(named))


briefs_argument = click.argument("slugs", nargs=-1, metavar="[BRIEF]...", shell_complete=slugs)
"""The briefs that a command works on: names such as `chip-controls`, paths of fact files, or folders. Without one, all briefs."""


def source_keys(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Offer the keys of all files of sources."""
    return _offered(ctx, begun, _source_keys)


def expert_ids(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Offer the ids of `experts.yaml`."""
    return _offered(ctx, begun, lambda project: re.findall(_PERSON, _text(project, EXPERTS)))


def records(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Offer the records that rest on facts, of the briefs that are named, or of all. The briefs are read for this."""
    from generator.evidence.review_record import links
    from generator.pipeline.inputs.load_project import load

    def names(project: Project) -> Iterable[str]:
        loaded = load(project.folder, ctx.params.get("slugs") or ())
        return (link.record for brief in loaded.briefs for link, _, _ in links(brief))

    return _offered(ctx, begun, names)


def keys_in_file(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Offer the keys of the bibliography in the command line, behind those that are already written.

    Click does not know the file yet while the value of an option is missing, so the words of the shell are searched for it.
    """
    from click.shell_completion import split_arg_string

    from generator.cite.bibliographies import FORMATS
    from generator.system.regular_files import read_regular

    before, comma, last = begun.rpartition(",")
    with suppress(Exception):  # messages would disturb the prompt
        words = split_arg_string(os.environ["COMP_WORDS"])
        file = next(word for word in words if word.lower().endswith(FORMATS) and Path(word).is_file())
        text = read_regular(file).decode("utf-8", "replace")
        keys = {"".join(match) for match in re.findall(_BIBLIOGRAPHY_KEY, text)}
        return sorted(f"{before}{comma}{key}" for key in keys.difference(before.split(",")) if key.startswith(last))
    return []


def codes(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Offer the codes of problems, by the names of their texts."""
    from generator.problems.texts import names

    return [name for name in names() if name.startswith(begun)]


def _offered(ctx: click.Context, begun: str, names: Callable[[Project], Iterable[str]]) -> list[str]:
    with suppress(Exception):  # messages would disturb the prompt
        return sorted({name for name in names(context_of(ctx).project) if name.startswith(begun)})
    return []


def _source_keys(project: Project) -> Iterable[str]:
    files = (SOURCES, *(f"{SOURCE_FOLDER}/{name}" for name in project.source_names()))
    return ("".join(match) for file in files for match in re.findall(_ENTRY, _text(project, file)))


def _text(project: Project, name: str) -> str:
    """Return a file, or what can be read of it; `brief check` reports its problems."""
    try:
        return project.open(name).decode("utf-8", "replace")
    except OSError:
        return ""
