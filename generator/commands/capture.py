"""`brief capture`: stores the text of a source."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console.context import FINE, PROBLEMS, Context, show
from generator.console.shell_completion import file_names, source_keys
from generator.console.task_progress import Counting
from generator.pipeline.inputs.document_reader import MEMORY, SECONDS, read_sandboxed
from generator.problems.message_words import counted

if TYPE_CHECKING:
    from generator.evidence.captures.capture_store import Capture
    from generator.evidence.captures.document_limits import DocumentText
    from generator.problems import Problem

Documents = Callable[[], list[tuple[str, bytes]]]
Reader = Callable[[str, bytes], "DocumentText"]


@click.command()
@click.argument("key", required=False, shell_complete=source_keys)
@click.argument("document", required=False, metavar="FILE", shell_complete=file_names)
@click.option("--all", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="Capture every file or folder in DIR whose name is the key of a source.")  # fmt: skip
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Day on which the source was read; default: today.")
@click.option("--encoding", default="", metavar="NAME", callback=lambda _context, _option, name: _encoding(name),
              help="Encoding of a text or HTML page that is not UTF-8 and does not state its own, such as windows-1252.")  # fmt: skip
@click.option("--seconds", type=click.IntRange(1), default=SECONDS, show_default=True,
              help="Seconds of processor time for reading one document.")  # fmt: skip
@click.option("--memory", type=click.IntRange(64), default=MEMORY, show_default=True, metavar="MB",
              help="Memory for reading one document.")  # fmt: skip
@click.pass_obj
def capture(
    context: Context,
    key: str | None,
    document: str | None,
    folder: Path | None,
    date: datetime.datetime | None,
    encoding: str,
    seconds: int,
    memory: int,
) -> int:
    """Store the text of a source from FILE, a folder of files in the order of their names, or - (standard input).

    KEY is the short name of the source in briefs/sources.yaml. Reads PDF, DOCX, HTML, saved pages (MHTML), RTF, ODT, EPUB,
    Markdown and plain text. Nothing is fetched: save the page or the document first.
    """
    keys = _known(context)
    read = partial(read_sandboxed, encoding=encoding, seconds=seconds, memory=memory)
    day = date.date() if date else datetime.date.today()
    if day > datetime.date.today():
        raise click.UsageError(f"{day.isoformat()} is in the future: --date is the day on which the source was read")
    if folder is not None and key is None:
        return _capture_all(context, folder, keys, day, read)
    if folder is not None or key is None or document is None:
        raise click.UsageError("give a source's key and its file, or --all with a folder")
    if key not in keys:
        from generator.problems.message_words import did_you_mean

        near = did_you_mean(key, keys)
        raise click.UsageError(
            f"there is no source '{key}' in briefs/sources.yaml{f'; {near}' if near else ''}\n"
            "Add an entry for the source there first: write it, or import it from your library with 'brief import'."
        )
    return _finish(context, [_capture(context, key, partial(_documents, document), day, read)])


def _capture_all(context: Context, folder: Path, keys: tuple[str, ...], day: datetime.date, read: Reader) -> int:
    """Capture each document of a folder as the source whose key its name is; return the exit code."""
    from generator.evidence.captures.capture_store import documents_in, matched
    from generator.evidence.captures.document_limits import visible

    matching, unknown = matched(folder, keys)
    results = []
    with Counting(f"capturing from {folder}", "source", "sources") as counting:
        for number, (key, path) in enumerate(matching.items()):
            counting.tell(number / len(matching), number)
            results.append(_capture(context, key, partial(documents_in, path), day, read, before=counting.clear))
    for path in unknown:
        click.echo(f"left out: {visible(path.name)}: no source has this key", err=True)
    click.echo(
        f"{sum(problem is None for problem in results)} of {counted(len(keys), 'source')} captured from {folder}"
    )
    return _finish(context, results)


def _capture(
    context: Context,
    key: str,
    documents: Documents,
    day: datetime.date,
    read: Reader,
    before: Callable[[], object] = lambda: None,
) -> Problem | None:
    """Capture one source and print the result, after calling `before`. Return the problem if it failed."""
    from generator.evidence.captures.capture_store import capture as keep
    from generator.evidence.captures.capture_store import capture_folder
    from generator.evidence.captures.document_limits import CAPTURE_UNREADABLE, CannotCapture, visible
    from generator.problems import Location

    place = Location(capture_folder(key))
    try:
        made = keep(context.folder, key, documents(), day, read)
        before()
        click.echo(_told(made))
    except CannotCapture as error:
        return error.code.at(place, f"'{key}' was not captured: {error.message}", error.hint)
    except OSError as error:
        reason = ": ".join(filter(None, (error.strerror or str(error), error.filename)))
        return CAPTURE_UNREADABLE.at(place, f"'{key}' was not captured: {visible(reason)}")
    return None


def _told(made: Capture) -> str:
    """Return the message about a capture: its size, who read it, and what was noticed."""
    from generator.evidence.captures.document_limits import visible
    from generator.evidence.gate.quotation import count_words

    layout = made.transcript.layout
    size = (
        counted(len(layout.paragraphs), "paragraph")
        if layout.countable
        else counted(len(made.pages) or len(layout.pages), "page")
    )
    extractors = ", ".join(dict.fromkeys(original.extractor for original in made.originals))
    notes = "".join(f"\n  note: {visible(note)}" for note in made.notes)
    return f"captured {made.key}: {counted(count_words(made.text), 'word')}, {size} ({extractors}){notes}"


def _documents(document: str) -> list[tuple[str, bytes]]:
    from generator.evidence.captures.capture_store import documents_in
    from generator.evidence.captures.document_limits import MAX_BYTES

    if document == "-":
        return [("standard-input", sys.stdin.buffer.read(MAX_BYTES + 1))]
    return documents_in(Path(document))


def _encoding(name: str) -> str:
    """Return the WHATWG name of an encoding. Raises BadParameter."""
    from webencodings import lookup

    encoding = lookup(name) if name.isascii() else None
    if name and encoding is None:
        raise click.BadParameter(f"the web has no encoding '{name}'")
    return encoding.name if encoding else ""


def _known(context: Context) -> tuple[str, ...]:
    from generator.pipeline.inputs.load_project import load_library
    from generator.pipeline.inputs.source_files import project_indexes

    indexes, _ = project_indexes(context.project)
    return (*load_library(context.project.open)[0].sources, *(key for index in indexes for key in index.entries))


def _finish(context: Context, results: list[Problem | None]) -> int:
    problems = [problem for problem in results if problem is not None]
    show(problems, context, err=True)
    return PROBLEMS if problems else FINE
