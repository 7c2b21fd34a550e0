"""`brief quote`: verifies quotations for other programs, and finds passages to quote."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from generator.console.context import FINE, PROBLEMS, WRONG_USE, Context, Group
from generator.console.shell_completion import expert_ids, file_names, source_keys
from generator.problems.message_words import counted


@click.group(cls=Group)
def quote() -> None:
    """Verify quotations outside briefs, and find passages to quote."""


@quote.command()
@click.argument("file", metavar="FILE|-", shell_complete=file_names)
@click.pass_obj
def verify(context: Context, file: str) -> int:
    """Verify the quotations of FILE, or of standard input (-): one JSON object in each line, one answer in each line.

    A line: {"quote": "...", "source": "KEY or path"}, or "text" instead of "source", and optionally "language",
    "locator" and "speaker". Exit 0 if all are verified, 1 if not, 2 if a line cannot be answered.
    """
    from generator.quote.quote_judge import lines_of
    from generator.quote.quote_judge import verify as answers
    from generator.quote.requests import VERIFIED, BadRequest
    from generator.quote.source_texts import SourceTexts

    status = FINE
    with _opened(context.start, file) as stream:
        for answer in answers(lines_of(stream), SourceTexts(context.start)):
            click.echo(answer.line().encode())
            bad = WRONG_USE if isinstance(answer, BadRequest) else FINE if answer.verdict == VERIFIED else PROBLEMS
            status = max(status, bad)
    return status


def _opened(folder: Path, file: str) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    try:
        return (folder / file).open("rb")
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None


@quote.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "key", metavar="KEY", shell_complete=source_keys, help="Only the capture of this source.")
@click.option("--by", metavar="EXPERT", shell_complete=expert_ids, help="Only passages by this expert.")
@click.pass_obj
def find(context: Context, words: tuple[str, ...], key: str | None, by: str | None) -> int:
    """List passages of captured sources that contain WORDS, each with its speaker, its place, and YAML to copy.

    All words must be in one paragraph, in any order and case. Exit 1 if there is no such passage.
    """
    from generator.quote.passage_finder import find as passages
    from generator.quote.passage_finder import record
    from generator.quote.source_texts import SourceTexts

    texts = SourceTexts(context.folder)
    library = texts.library
    assert library is not None  # the project was found
    _check_known("source", key, library.sources)
    _check_known("expert", by, library.experts)
    captured = texts.captured([key] if key else ())
    if key and not captured:
        raise click.UsageError(f"there is no capture of '{key}' here; store it with 'brief capture'")
    number = 0
    for number, passage in enumerate(passages(" ".join(words), captured, library, by or ""), start=1):
        name = library.experts[passage.who].name if passage.who else "speaker unknown"
        place = f", {passage.place.locator}" if passage.place.locator else ""
        click.echo(f"# {passage.source}{place}: {name}\n{record(passage, number)}")
    if not number:
        click.echo(f"these words are in no passage of {counted(len(captured), 'capture')}", err=True)
    return FINE if number else PROBLEMS


def _check_known(what: str, name: str | None, choices: object) -> None:
    from generator.problems.message_words import did_you_mean

    names = list(choices) if isinstance(choices, dict) else []
    if name is not None and name not in names:
        raise click.UsageError(f"there is no {what} '{name}'; {did_you_mean(name, names)}".rstrip("; "))
