"""Problems as somebody types: those of `brief check`, of the text that is not saved, at the editor's positions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sized
from functools import partial
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.commands.run import brief
from tests.lsp.editor_client import BRIEF, EXPERTS, Editor, Script, editing, project, underlined


def has(number: int, codes: Sized) -> bool:
    return len(codes) == number


def test_the_problems_are_those_of_check(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    wrong = BRIEF.replace("stance: It failed", "stance: It faled").replace("@talk, para. 2", "@tlak, para. 2", 1)
    path = project(tmp_path, wrong, other="title: Other\nstatus: drat\n")
    checked = json.loads(brief("check", "--format", "json", cwd=tmp_path).out)
    assert {"unknown-stance", "unknown-source", "bad-value"} <= {problem["code"] for problem in checked}

    async def script(editor: Editor) -> None:
        editor.open(path)
        files = {problem["file"] for problem in checked}
        for file in files:
            expected = [
                (one["line"] - 1, one["column"] - 1, one["code"], one["severity"])
                for one in checked
                if one["file"] == file
            ]
            uri, number = (tmp_path / file).as_uri(), len(expected)
            shown = await editor.problems(uri, partial(has, number))
            severities = {lsp.DiagnosticSeverity.Error: "error", lsp.DiagnosticSeverity.Warning: "warning"}
            assert expected == [
                (one.range.start.line, one.range.start.character, one.code, severities[one.severity]) for one in shown
            ]
            assert all(one.source == "brief" for one in shown)
        assert len(files) >= 2

    edit(script)


def test_what_is_typed_is_checked_before_it_is_saved(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        uri = editor.open(path)
        await editor.problems(uri, lambda codes: "unknown-stance" not in codes)
        version = editor.type(uri, BRIEF.replace("stance: It failed", "stance: Failed"))
        shown = await editor.problems(uri, lambda codes: "unknown-stance" in codes, version)
        (one,) = [one for one in shown if one.code == "unknown-stance"]
        assert "hint: " in one.message
        version = editor.type(uri, BRIEF)
        await editor.problems(uri, lambda codes: "unknown-stance" not in codes, version)
        assert path.read_text("utf-8") == BRIEF

    edit(script)


def test_a_change_in_one_file_shows_problems_in_another(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        uri = editor.open(path.with_name("experts.yaml"))
        await editor.problems(path.as_uri(), lambda codes: "unknown-expert" not in codes)
        editor.type(uri, EXPERTS.replace("ann:", "anna:"))
        await editor.problems(path.as_uri(), lambda codes: "unknown-expert" in codes)
        editor.close(uri)  # so the editor has nothing of this project any more
        await editor.problems(path.as_uri(), lambda codes: not codes)

    edit(script)


def test_a_brief_that_was_never_saved_is_checked(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        uri = editor.open(path.with_name("new.yaml"), "title: New\nstatus: drat\n")
        await editor.problems(uri, lambda codes: "bad-value" in codes)
        assert not path.with_name("new.yaml").exists()

    edit(script)


ODD = "\U0001f389 e\u0301 \u0e01\u0e33 "
"""An emoji of two code units, a letter with a combining accent, and a Thai vowel."""


@pytest.mark.parametrize("encoding", ["utf-8", None])
def test_ranges_count_in_the_editors_units(tmp_path: Path, encoding: str | None) -> None:
    line = f'    claim: "{ODD} said so [@nobody, p. 3] {ODD}"'
    text = BRIEF.replace("    claim: The levy failed in its first year.", line)
    path = project(tmp_path, text)

    async def script(editor: Editor) -> None:
        uri = editor.open(path)
        shown = await editor.problems(uri, lambda codes: "unknown-source" in codes)
        (one,) = [one for one in shown if one.code == "unknown-source"]
        before, inside = line[: line.index("@nobody")], "@nobody"
        units = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding or "utf-16"]
        codec = {"utf-8": "utf-8"}.get(encoding or "utf-16", f"{encoding or 'utf-16'}-le")
        start = len(before.encode(codec)) // units
        assert one.range.start.character in (start, start + 1)  # the place may be that of the key behind its @
        assert one.range.end.character == start + len(inside)
        if units == 2:
            assert underlined(text, one.range) in ("@nobody", "nobody")

    with editing(tmp_path, [lsp.PositionEncodingKind(encoding)] if encoding else None) as edit:
        edit(script)


def test_breaks_that_only_yaml_knows_are_no_lines(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    text = BRIEF.replace("title: Did", 'title: "a\u2028  b"\n# \x85\nsubtitle: Did').replace(
        "stance: It failed", "stance: no such"
    )
    path = project(tmp_path, text)

    async def script(editor: Editor) -> None:
        uri = editor.open(path, text)
        shown = await editor.problems(uri, lambda codes: "unknown-stance" in codes)
        (one,) = [one for one in shown if one.code == "unknown-stance"]
        assert underlined(text, one.range) == "no such"

    edit(script)


def test_a_brief_in_a_folder_below(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    below = path.parent / "2024/older.yaml"
    below.parent.mkdir()
    below.write_text(BRIEF, "utf-8")

    async def script(editor: Editor) -> None:
        uri = editor.open(below)
        await editor.problems(uri, lambda codes: "unknown-stance" not in codes)
        editor.type(uri, BRIEF.replace("stance: It failed", "stance: Failed"))
        await editor.problems(uri, lambda codes: "unknown-stance" in codes)

    edit(script)


def test_files_outside_a_project_are_left_alone(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path / "desk")
    stray = tmp_path / "stray.yaml"
    stray.write_text("title: [", "utf-8")

    async def script(editor: Editor) -> None:
        outside = editor.open(stray)
        untitled = "untitled:Untitled-1"
        editor.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(untitled, "yaml", 1, "title: ["))
        )
        uri = editor.open(path, BRIEF.replace("status: draft", "status: drat"))
        await editor.problems(uri, lambda codes: "bad-value" in codes)
        assert outside not in editor.shown
        assert untitled not in editor.shown

    edit(script)


def test_two_projects_do_not_mix(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    one, two = project(tmp_path / "one"), project(tmp_path / "two")
    two.with_name("experts.yaml").write_text(EXPERTS.replace("ann:", "ada:"), "utf-8")

    async def script(editor: Editor) -> None:
        first, second = editor.open(one), editor.open(two)
        await editor.problems(second, lambda codes: "unknown-expert" in codes)
        await editor.problems(first, lambda codes: "unknown-expert" not in codes)

    edit(script)


def test_a_project_without_briefs(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    path.unlink()

    async def script(editor: Editor) -> None:
        uri = editor.open(path.with_name("house.yaml"), "nam: Example Desk\n")
        await editor.problems(uri, lambda codes: "unknown-key" in codes)

    edit(script)


def test_without_the_packages_one_message_names_the_command(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nreal = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'pygls' else real(name, *more)\n",
        "utf-8",
    )
    ran = brief("lsp", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert ran.code == 2
    assert "pip install 'policy-brief-generator[lsp]'" in ran.err
    assert "Traceback" not in ran.err
