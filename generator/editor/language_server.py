"""The language server: answers requests of editors and checks open files.

One thread does all work on texts, in small parts, so the server answers while it checks. An error in a request does not end the
server.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from generator import __version__
from generator.editor.code_actions import Action, actions
from generator.editor.completions import MOST, Suggestion, suggestions
from generator.editor.definitions import MentionKind, definition
from generator.editor.document_view import Point, View, Written
from generator.editor.hover import Shown, hover
from generator.editor.open_projects import OpenProject, OpenProjects, Stale
from generator.problems import Location, Problem, Severity
from generator.project import HOUSE

WAIT = 0.08
"""Seconds without a further change before a text is checked."""
WATCHED = ("**/briefs/**", "**/captures/**")
"""Files whose changes on disk an editor is asked to report."""
TRIGGERS = ["@", "#", " "]
"""Characters after which an editor asks what can follow; a space for locators and values."""
T = TypeVar("T")


class BriefServer(LanguageServer):
    """State of one connection."""

    def __init__(self) -> None:
        super().__init__("brief", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.projects = OpenProjects()
        self.worker = ThreadPoolExecutor(1, "brief-check")
        self._checks: dict[OpenProject, asyncio.Task[None]] = {}
        self._uris: dict[tuple[OpenProject, str], str] = {}
        """The editor's URI of each open document."""
        self._shown: defaultdict[OpenProject, set[str]] = defaultdict(set)
        """Files whose problems the editor shows."""

    @property
    def encoding(self) -> str:
        return lsp.PositionEncodingKind(self.workspace.position_encoding).value

    async def work(self, function: Callable[[], T]) -> T:
        """Run a function in the thread that works on texts."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, function)

    def find(self, uri: str) -> tuple[OpenProject, str] | None:
        """Return the project and file of a URI; None if it is not a file or not in a project."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        return self.projects.find(path) if path else None

    def put(self, uri: str) -> None:
        """Store the editor's text of an open document."""
        if opened := self.find(uri):
            project, file = opened
            self._uris[project, file] = uri
            project.put(file, self.workspace.get_text_document(uri).source)
            self.check(project)

    def drop(self, uri: str) -> None:
        """Remove a closed document."""
        if not (opened := self.find(uri)):
            return
        project, file = opened
        self._uris.pop((project, file), None)
        self.projects.close(project, file)
        if not project.open_files:
            self._end(project)
        else:
            self.check(project)

    def look_again(self, project: OpenProject) -> None:
        """Check after something changed on disk."""
        project.version += 1
        self.check(project)

    def check(self, project: OpenProject) -> None:
        """Schedule a check, and cancel the current one."""
        if running := self._checks.pop(project, None):
            running.cancel()
        self._checks[project] = asyncio.get_running_loop().create_task(self._check(project))

    def _end(self, project: OpenProject) -> None:
        if running := self._checks.pop(project, None):
            running.cancel()
        self._show(project, (), self._shown.pop(project, set()))

    async def _check(self, project: OpenProject) -> None:
        await asyncio.sleep(WAIT)
        version = project.version
        try:
            *first, last = project.rounds()
            for slugs in first:
                problems = await self.work(lambda slugs=slugs: project.problems(slugs, version))  # type: ignore[misc]
                if project.version == version:
                    self._show(project, problems, project.files(slugs))
            problems = await self.work(lambda: project.problems(last, version))
            if project.version == version:
                self._show(project, problems, None)
        except Stale:
            return
        except Exception:
            self.report(f"{project.folder} could not be checked")

    async def answer(
        self, document: lsp.TextDocumentIdentifier, place: lsp.Position, function: Callable[[View, int], T]
    ) -> T | None:
        """Answer a request about a place in a document. Return None outside a project, and after an error, which is reported."""
        if not (opened := self.find(document.uri)):
            return None
        project, file = opened

        def work() -> T:
            view = project.view(file, self.encoding, place.line)
            return function(view, offset_of(view.written, place))

        try:
            return await self.work(work)
        except Exception:
            self.report(f"a request about {file} could not be answered")
            return None

    def location(self, document: lsp.TextDocumentIdentifier, place: Location) -> lsp.Location | None:
        """Return a location in a file of a document's project in the form of the protocol."""
        if not (opened := self.find(document.uri)):
            return None
        project = opened[0]
        written = Written(project.text(place.file), self.encoding)
        uri = self._uris.get((project, place.file)) or from_fs_path(str(project.folder / place.file)) or ""
        return lsp.Location(uri, range_of(written, *written.span(place)))

    def report(self, message: str) -> None:
        """Report a bug in the editor's log, with its traceback."""
        import traceback

        text = f"brief: {message}. This is a bug in the program, not a mistake in your files.\n{traceback.format_exc()}"
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, text))

    def _show(self, project: OpenProject, problems: tuple[Problem, ...], files: set[str] | None) -> None:
        """Show the problems of some files, or of all, instead of their earlier problems."""
        by_file: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            by_file[problem.place.file or HOUSE].append(problem)
        shown = self._shown[project]
        for file in sorted((by_file.keys() | shown | project.open_files) if files is None else files):
            self._publish(project, file, by_file.get(file, []))
            shown.discard(file)
            if file in by_file:
                shown.add(file)

    def _publish(self, project: OpenProject, file: str, problems: list[Problem]) -> None:
        uri = self._uris.get((project, file))
        written = Written(project.text(file) if problems else "", self.encoding)
        version = self.workspace.get_text_document(uri).version if uri else None
        uri = uri or from_fs_path(str(project.folder / file)) or ""
        diagnostics = [diagnostic(problem, written) for problem in problems]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, version))


def serve() -> None:
    """Serve an editor over standard input and output until it disconnects.

    Only the protocol writes to standard output: everything else that is printed, by a library or in C, goes to standard error.
    """
    sys.stdout.flush()
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    make_server().start_io(stdout=output)


def make_server() -> BriefServer:
    server = BriefServer()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        server.put(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        server.put(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        server.drop(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: lsp.DidSaveTextDocumentParams) -> None:
        if opened := server.find(params.text_document.uri):
            server.look_again(opened[0])

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: lsp.DidChangeWatchedFilesParams) -> None:
        server.projects.each(server.look_again)

    _add_requests(server)

    @server.feature(lsp.INITIALIZED)
    async def initialized(params: lsp.InitializedParams) -> None:
        await _watch(server)

    return server


def _add_requests(server: BriefServer) -> None:
    """Register the requests of an editor: completion, hover, definition and quick fixes."""

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=TRIGGERS))
    async def complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        def work(view: View, offset: int) -> lsp.CompletionList:
            offered = suggestions(view, offset)
            return completion_list(offered, view.written, more=len(offered) == MOST)

        return await server.answer(params.text_document, params.position, work)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def show(params: lsp.HoverParams) -> lsp.Hover | None:
        def work(view: View, offset: int) -> lsp.Hover | None:
            shown = hover(view, offset)
            return hover_of(shown, view.written) if shown else None

        return await server.answer(params.text_document, params.position, work)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def define(params: lsp.DefinitionParams) -> lsp.Location | None:
        place = await server.answer(params.text_document, params.position, definition)
        return server.location(params.text_document, place) if place else None

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    async def act(params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        shown = params.context.diagnostics

        def work(view: View, start: int) -> list[lsp.CodeAction]:
            end = offset_of(view.written, params.range.end)
            shown_problems = [(*span_of(view.written, one.range), one.message) for one in shown if one.source == SOURCE]
            offered = actions(view, start, end, shown_problems)
            return [code_action(one, params.text_document.uri, view.written, list(shown)) for one in offered]

        return await server.answer(params.text_document, params.range.start, work)


async def _watch(server: BriefServer) -> None:
    """Ask the editor to report changes on disk, if it can."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if not (watching and watching.dynamic_registration):
        return
    options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(glob) for glob in WATCHED])
    wanted = lsp.Registration("brief-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    await server.client_register_capability_async(lsp.RegistrationParams([wanted]))


SOURCE = "brief"
"""Name of the reporter of a problem, as editors show it."""

SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}

ITEMS = {
    MentionKind.SOURCE: lsp.CompletionItemKind.Reference,
    MentionKind.EXPERT: lsp.CompletionItemKind.Class,
    MentionKind.FACT: lsp.CompletionItemKind.Constant,
    MentionKind.QUESTION: lsp.CompletionItemKind.Interface,
    MentionKind.FIGURE: lsp.CompletionItemKind.Value,
    MentionKind.STANCE: lsp.CompletionItemKind.EnumMember,
    MentionKind.FIELD: lsp.CompletionItemKind.Property,
    MentionKind.PRESET: lsp.CompletionItemKind.File,
    MentionKind.STYLE: lsp.CompletionItemKind.File,
}


def position(written: Written, offset: int) -> lsp.Position:
    return lsp.Position(*written.point(offset))


def range_of(written: Written, start: int, end: int) -> lsp.Range:
    return lsp.Range(position(written, start), position(written, end))


def offset_of(written: Written, place: lsp.Position) -> int:
    return written.offset(Point(place.line, place.character))


def span_of(written: Written, where: lsp.Range) -> tuple[int, int]:
    return offset_of(written, where.start), offset_of(written, where.end)


def diagnostic(problem: Problem, written: Written) -> lsp.Diagnostic:
    """Convert a problem: message, further lines and hint become one text."""
    parts = (problem.message, problem.marked, f"hint: {problem.hint}" if problem.hint else "")
    return lsp.Diagnostic(
        range=range_of(written, *written.span(problem.place)),
        message="\n".join(part for part in parts if part),
        severity=SEVERITIES[problem.severity],
        code=problem.code,
        source=SOURCE,
    )


def completion_list(suggestions: list[Suggestion], written: Written, *, more: bool) -> lsp.CompletionList:
    """Convert suggestions in their order. `more` means that there may be others when more is typed."""
    return lsp.CompletionList(more, [_item(one, number, written) for number, one in enumerate(suggestions)])


def _item(one: Suggestion, number: int, written: Written) -> lsp.CompletionItem:
    """Return a suggestion in the protocol's form; `number` keeps our order."""
    place = range_of(written, one.start, one.end)
    meaning = lsp.MarkupContent(lsp.MarkupKind.Markdown, one.meaning) if one.meaning else None
    return lsp.CompletionItem(
        label=one.label or one.text,
        kind=ITEMS[one.kind],
        detail=one.detail or None,
        documentation=meaning,
        sort_text=f"{number:05}",
        filter_text=one.label or one.text,
        text_edit=lsp.TextEdit(place, one.text + one.behind),
    )


def hover_of(shown: Shown, written: Written) -> lsp.Hover:
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, shown.markdown)
    return lsp.Hover(content, range_of(written, shown.start, shown.end))


def code_action(action: Action, uri: str, written: Written, shown: list[lsp.Diagnostic]) -> lsp.CodeAction:
    """Convert an action on one document, with the problems that it solves."""
    edits = [lsp.TextEdit(range_of(written, one.start, one.end), one.text) for one in action.edits]
    solved = [one for one in shown if one.code in action.solves]
    return lsp.CodeAction(
        action.title, lsp.CodeActionKind.QuickFix, diagnostics=solved or None, edit=lsp.WorkspaceEdit({uri: edits})
    )
