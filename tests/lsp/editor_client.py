"""An editor for tests: the protocol's own client library, talking to the real `brief lsp` in a process of its own."""

from __future__ import annotations

import asyncio
import datetime
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from generator.evidence.captures.capture_store import capture

PATIENCE = 60.0
"""Seconds that a slow machine may take for an answer."""

HOUSE = "name: Example Desk\n"
EXPERTS = """\
ann: {name: Ann Example, affiliations: [{role: professor, organisation: University of Examples}]}
ben: {name: Ben Sample, affiliation_note: affiliation not given in the source}
cleo: {name: Cleo Instance, affiliation_note: affiliation not given in the source}
"""
SOURCES = """\
references:
  - id: talk
    type: speech
    title: A talk on levies
    author: [{family: Example, given: Ann}]
    issued: 2024-05-02
  - {id: press, type: article-newspaper, title: A report, issued: 2024-05-03, provenance: report}
"""
TALK = """\
Good morning to all of you.

We think that the levy failed badly in its first year. Nobody expected the revenue to fall.

It was better in the second year, as we had hoped.
"""
BRIEF = """\
title: Did the levy work?
status: draft
experts: [ann, ben]
facts:
  - id: first-year
    claim: The levy failed in its first year.
    cite: "@talk, para. 2"
questions:
  - id: did-it-work
    ask: Did the levy work?
    scale: [It failed, It worked]
    positions:
      ann:
        stance: It failed
        says: It failed at first [#first-year].
        quote: the levy failed badly in its first year
        cite: "@talk, para. 2"
      ben:
        gap: declined
"""


def project(folder: Path, brief: str = BRIEF, **more: str) -> Path:
    """A project folder with one brief, and further briefs by name; returns the brief's path."""
    briefs = folder / "briefs"
    briefs.mkdir(parents=True)
    files = {"house": HOUSE, "experts": EXPERTS, "sources": SOURCES, "levy": brief, **more}
    for name, text in files.items():
        (briefs / f"{name}.yaml").write_text(text, "utf-8")
    return briefs / "levy.yaml"


def capture_talk(folder: Path, text: str = TALK) -> None:
    capture(folder, "talk", [("talk.txt", text.encode())], datetime.date(2024, 6, 1))


CURSOR = "\u2038"
"""Marks in a test's text where the cursor is."""


def at_cursor(text: str) -> tuple[str, lsp.Position]:
    """The text without its cursor, and where that was, in UTF-16 code units."""
    before, _, behind = text.partition(CURSOR)
    line = before.rpartition("\n")[2]
    return before + behind, lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def edited(text: str, edits: Sequence[lsp.TextEdit]) -> str:
    """A text after the edits of an editor."""
    lines = text.split("\n")

    def offset(place: lsp.Position) -> int:
        start = sum(len(line) + 1 for line in lines[: place.line])
        inside = lines[place.line].encode("utf-16-le")[: 2 * place.character]
        return start + len(inside.decode("utf-16-le"))

    for one in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        text = text[: offset(one.range.start)] + one.new_text + text[offset(one.range.end) :]
    return text


class Editor(LanguageClient):
    """A client that keeps what the server shows."""

    def __init__(self) -> None:
        super().__init__("editor-for-tests", "1")
        self.shown: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.told = 0
        self.log: list[str] = []
        self._news = asyncio.Condition()
        self._versions: dict[str, int] = {}
        self.written = ""

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def publish(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = params
            self.told += 1
            async with self._news:
                self._news.notify_all()

        @self.feature(lsp.WINDOW_LOG_MESSAGE)
        def log(params: lsp.LogMessageParams) -> None:
            self.log.append(params.message)

        @self.feature(lsp.WINDOW_SHOW_MESSAGE)
        def show(params: lsp.ShowMessageParams) -> None:
            self.log.append(params.message)

    async def start(self, folder: Path, encodings: list[lsp.PositionEncodingKind] | None = None) -> None:
        await self.start_io(sys.executable, "-m", "generator", "lsp", cwd=folder)
        general = lsp.GeneralClientCapabilities(position_encodings=encodings)
        await self.initialize_async(
            lsp.InitializeParams(
                capabilities=lsp.ClientCapabilities(general=general), root_uri=folder.as_uri(), process_id=None
            )
        )
        self.initialized(lsp.InitializedParams())

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a document, with other text than on disk if some is given; returns its address."""
        uri = path.as_uri()
        self._versions[uri] = 1
        content = path.read_text("utf-8") if text is None else text
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "yaml", 1, content)))
        return uri

    def type(self, uri: str, text: str) -> int:
        """Replace the text of a document without saving it; returns its version."""
        version = self._versions[uri] = self._versions[uri] + 1
        document = lsp.VersionedTextDocumentIdentifier(version, uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
        return version

    def close(self, uri: str) -> None:
        self.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    async def problems(
        self, uri: str, wanted: Callable[[list[str]], bool], version: int | None = None
    ) -> list[lsp.Diagnostic]:
        """The problems shown of a document, as soon as their codes are as wanted."""

        def there() -> bool:
            params = self.shown.get(uri)
            if params is None or (version is not None and params.version != version):
                return False
            return wanted([str(one.code) for one in params.diagnostics])

        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(there), PATIENCE)
            except TimeoutError:
                raise AssertionError(f"{uri}: {self.shown.get(uri)}\n{self.log}") from None
        return list(self.shown[uri].diagnostics)

    async def complete(self, path: Path, text: str) -> dict[str, lsp.CompletionItem]:
        """What is offered at the cursor in a text, by label."""
        written, place = self._put(path, text)
        document = lsp.TextDocumentIdentifier(path.as_uri())
        found = await self.text_document_completion_async(lsp.CompletionParams(document, place))
        assert isinstance(found, lsp.CompletionList), self.log
        self.written = written
        return {item.label: item for item in found.items}

    async def hover(self, path: Path, text: str) -> str:
        """The Markdown that is shown at the cursor in a text; empty for none."""
        _, place = self._put(path, text)
        document = lsp.TextDocumentIdentifier(path.as_uri())
        found = await self.text_document_hover_async(lsp.HoverParams(document, place))
        assert not self.log
        return found.contents.value if found and isinstance(found.contents, lsp.MarkupContent) else ""

    async def define(self, path: Path, text: str) -> tuple[str, int] | None:
        """The name of the file and the line, from 1, where the word at the cursor is defined."""
        _, place = self._put(path, text)
        document = lsp.TextDocumentIdentifier(path.as_uri())
        found = await self.text_document_definition_async(lsp.DefinitionParams(document, place))
        assert not self.log
        if found is None:
            return None
        assert isinstance(found, lsp.Location)
        return found.uri.rpartition("/")[2], found.range.start.line + 1

    async def act(self, path: Path, text: str) -> dict[str, str]:
        """By title: the text after each action that is offered at the cursor."""
        written, place = self._put(path, text)
        uri, document = path.as_uri(), lsp.TextDocumentIdentifier(path.as_uri())
        await self.problems(uri, lambda codes: True, self._versions[uri])
        shown = [one for one in self.shown[uri].diagnostics if one.range.start.line == place.line]
        where = lsp.Range(place, place)
        asked = lsp.CodeActionParams(document, where, lsp.CodeActionContext(shown))
        found = await self.text_document_code_action_async(asked)
        assert not self.log
        offered = {}
        for one in found or []:
            assert isinstance(one, lsp.CodeAction) and one.edit and one.edit.changes
            offered[one.title] = edited(written, one.edit.changes[uri])
        return offered

    def _put(self, path: Path, text: str) -> tuple[str, lsp.Position]:
        written, place = at_cursor(text)
        if path.as_uri() in self._versions:
            self.type(path.as_uri(), written)
        else:
            self.open(path, written)
        return written, place

    async def leave(self) -> None:
        await self.shutdown_async(None)
        self.exit(None)
        await self.stop()
        server = self._server
        assert server is not None
        assert server.stderr is not None
        assert server.returncode == 0, (server.returncode, self.log, (await server.stderr.read()).decode())
        server._transport.close()  # type: ignore[attr-defined]


Script = Callable[[Editor], Awaitable[None]]


@contextmanager
def editing(
    folder: Path, encodings: list[lsp.PositionEncodingKind] | None = None
) -> Iterator[Callable[[Script], None]]:
    """Start an editor in a folder, and run scripts with it. The server must end by itself, with exit code 0."""
    with asyncio.Runner() as runner:
        editor = Editor()
        runner.run(editor.start(folder, encodings))
        try:
            yield lambda script: runner.run(asyncio.wait_for(script(editor), 5 * PATIENCE))
        finally:
            runner.run(asyncio.wait_for(editor.leave(), PATIENCE))


def underlined(text: str, where: lsp.Range) -> str:
    """What a range of UTF-16 code units underlines, within one line."""
    assert where.start.line == where.end.line
    line = text.split("\n")[where.start.line].encode("utf-16-le")
    return line[2 * where.start.character : 2 * where.end.character].decode("utf-16-le")
