"""Converts records to those of the Language Server Protocol 3.17."""

from __future__ import annotations

from lsprotocol import types as lsp

from generator.editor.acting import Action
from generator.editor.completing import Suggestion
from generator.editor.hovering import Shown
from generator.editor.mentions import Kind
from generator.editor.view import Point, Written
from generator.problems import Problem, Severity

SOURCE = "brief"
"""Name of the reporter of a problem, as editors show it."""
SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
ITEMS = {
    Kind.SOURCE: lsp.CompletionItemKind.Reference,
    Kind.EXPERT: lsp.CompletionItemKind.Class,
    Kind.FACT: lsp.CompletionItemKind.Constant,
    Kind.QUESTION: lsp.CompletionItemKind.Interface,
    Kind.FIGURE: lsp.CompletionItemKind.Value,
    Kind.STANCE: lsp.CompletionItemKind.EnumMember,
    Kind.FIELD: lsp.CompletionItemKind.Property,
    Kind.PRESET: lsp.CompletionItemKind.File,
    Kind.STYLE: lsp.CompletionItemKind.File,
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
