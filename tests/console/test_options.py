"""Options before and behind the subcommand."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from generator import commands
from generator.cli import COMMANDS, cli
from generator.console.context import Group
from tests.commands.run import brief


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert brief("init", "desk", cwd=tmp_path).code == 0
    return tmp_path


def leaves(command: click.Command, *name: str) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every subcommand that does something, with the words that call it."""
    if not isinstance(command, Group):
        return [(name, command)]
    ctx = click.Context(command)
    below = [(word, command.get_command(ctx, word)) for word in command.list_commands(ctx)]
    return [leaf for word, one in below if one for leaf in leaves(one, *name, word)]


EVERY = leaves(cli)
SAMPLES = {
    click.Path: "briefs",
    click.Choice: "",
    click.IntRange: "64",
    click.DateTime: "2024-01-01",
}


def sample(option: click.Option) -> list[str]:
    """The option as a user writes it, with a value that it takes."""
    if option.is_flag:
        return [option.opts[-1]]
    if isinstance(option.type, click.Choice):
        return [option.opts[-1], str(option.type.choices[0])]
    return [option.opts[-1], SAMPLES.get(type(option.type), "text")]


def test_every_subcommand_is_looked_at() -> None:
    assert {name[0] for name, _ in EVERY} == set(COMMANDS)


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[" ".join(name) for name, _ in EVERY])
def test_each_option_is_read_alike_before_and_behind_the_subcommand(
    name: tuple[str, ...], command: click.Command
) -> None:
    """The subcommand is not run; what it would be called with is compared."""
    ctx = click.Context(cli)
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "help":
            words = sample(option)
            before, behind = cli._ordered(ctx, [*words, *name]), [name[0], *words, *name[1:]]
            assert before == behind, option.opts


def test_options_of_the_subcommand_may_stand_before_it(desk: Path) -> None:
    before = brief("-C", "desk", "--format", "json", "check", cwd=desk)
    behind = brief("check", "--format", "json", "-C", "desk", cwd=desk)
    assert json.loads(before.out)
    assert (before.out, before.err, before.code) == (behind.out, behind.err, behind.code)
    quiet = brief("--quiet", "-j1", "build", "-C", "desk", cwd=desk)
    assert (quiet.code, quiet.out) == (0, ""), quiet.err


def test_colour_is_asked_for_before_or_behind(desk: Path) -> None:
    before = brief("--color", "always", "-C", "desk", "check", cwd=desk)
    behind = brief("-C", "desk", "check", "--color=always", cwd=desk)
    assert "\x1b[" in before.out
    assert before.out == behind.out


def test_each_further_folder_starts_from_the_one_before(desk: Path) -> None:
    assert brief("-C", "..", "-C", desk.name, "check", "-C", "desk", cwd=desk).code == 0


def test_a_value_that_is_named_as_a_subcommand_stays_a_value(desk: Path) -> None:
    (desk / "desk").rename(desk / "check")
    ran = brief("-C", "check", "--format", "json", "check", cwd=desk)
    assert ran.code == 0, ran.err
    assert brief("explain", "unreviewed", cwd=desk).code == 0
    assert brief("-C", "check", "explain", "check", cwd=desk).err.count("there is no code 'check'") == 1


def test_options_of_a_subcommand_of_a_subcommand_may_stand_anywhere(desk: Path) -> None:
    places = (
        ("--source", "nobody", "quote", "find", "words"),
        ("quote", "--source", "nobody", "find", "words"),
        ("quote", "find", "words", "--source", "nobody"),
    )
    for words in places:
        ran = brief("-C", "desk", *words, cwd=desk)
        assert (ran.code, "there is no source 'nobody'" in ran.err) == (2, True), ran.err


def test_an_option_that_the_subcommand_does_not_have_is_named(desk: Path) -> None:
    ran = brief("--quite", "build", cwd=desk)
    assert ran.code == 2
    assert "Usage: brief build" in ran.err
    assert "'--quite'" in ran.err
    assert "--quiet" in ran.err
    assert brief("-C", "nowhere", "check", cwd=desk).err == brief("check", "-C", "nowhere", cwd=desk).err


def test_help_says_in_one_line_what_each_command_does(desk: Path) -> None:
    lines = [line.split(maxsplit=1) for line in brief("--help", cwd=desk).out.splitlines()]
    assert [name for name, summary in COMMANDS.items() if [name, summary] not in lines] == []
    modules = {path.stem.rstrip("_") for path in Path(commands.__file__).parent.glob("*.py")}
    assert modules - {"__init"} == set(COMMANDS)


def test_version_and_help_come_first(desk: Path) -> None:
    assert brief("--version", "build", cwd=desk).out.startswith("brief, version")
    assert "Commands:" in brief("--help", "build", cwd=desk).out
    assert "--force" in brief("build", "--help", cwd=desk).out
