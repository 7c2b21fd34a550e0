"""The server answers whatever is typed: random edits of all four kinds of file, and requests at random places."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from tests.lsp.editor_client import (
    BRIEF,
    CURSOR,
    EXPERTS,
    HOUSE,
    PATIENCE,
    SOURCES,
    Editor,
    Script,
    capture_talk,
    project,
)
from tests.lsp.typing_at_random import edits

NUMBER = 1500 if os.environ.get("BRIEF_FUZZ") == "full" else 40
LONG = (
    BRIEF
    + """\
voices:
  - {id: one, who: cleo, question: did-it-work, says: "No [@press].", cite: "@press"}
options:
  - id: keep
    option: Keep it.
    for: It works.
    cite: "@talk"
    rests_on: [first-year]
"""
)
TEXTS = {"levy": LONG, "experts": EXPERTS, "sources": SOURCES, "house": HOUSE + "method: See [@talk].\n"}


@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits(seed: int, tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path, LONG)
    capture_talk(tmp_path)
    chance = random.Random(seed)

    async def ask(editor: Editor, uri: str, text: str) -> None:
        document = lsp.TextDocumentIdentifier(uri)
        place = lsp.Position(chance.randint(0, text.count("\n") + 2), chance.randint(0, 90))
        where = lsp.Range(place, lsp.Position(place.line + 1, 0))
        shown = editor.shown.get(uri)
        context = lsp.CodeActionContext(list(shown.diagnostics) if shown else [])
        await asyncio.gather(
            editor.text_document_completion_async(lsp.CompletionParams(document, place)),
            editor.text_document_hover_async(lsp.HoverParams(document, place)),
            editor.text_document_definition_async(lsp.DefinitionParams(document, place)),
            editor.text_document_code_action_async(lsp.CodeActionParams(document, where, context)),
        )

    async def script(editor: Editor) -> None:
        uris = {name: editor.open(path.with_name(f"{name}.yaml"), text) for name, text in TEXTS.items()}
        typing = {name: edits(text, seed, NUMBER) for name, text in TEXTS.items()}
        for _ in range(NUMBER):
            name = chance.choice(["levy", "levy", *TEXTS])
            text = next(typing[name], TEXTS[name])
            editor.type(uris[name], text)
            await ask(editor, uris[name], text)
            assert not editor.log
        for name, text in TEXTS.items():
            version = editor.type(uris[name], text.replace("stance: It failed", "stance: no such"))
        await editor.problems(uris["house"], lambda codes: True, version)
        await editor.problems(uris["levy"], lambda codes: "unknown-stance" in codes)
        for uri in uris.values():
            editor.close(uri)

    edit(script)


def test_many_changes_at_once_end_in_the_problems_of_the_last(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        uri = editor.open(path)
        told = editor.told
        for number in range(100):
            version = editor.type(uri, BRIEF.replace("stance: It failed", f"stance: no such {number}"))
        shown = await editor.problems(uri, lambda codes: "unknown-stance" in codes, version)
        assert any("no such 99" in one.message for one in shown)
        assert editor.told - told < 50  # most checks were given up

    edit(script)


def test_what_changes_on_disk_is_noticed(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        uri = editor.open(path)
        await editor.problems(uri, lambda codes: "quote-unverified" in codes)
        capture_talk(tmp_path)
        event = lsp.FileEvent((tmp_path / "captures/talk/capture.json").as_uri(), lsp.FileChangeType.Created)
        editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
        await editor.problems(uri, lambda codes: "quote-unverified" not in codes)

    edit(script)


def test_a_file_that_is_no_text_and_a_folder_that_goes(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    (path.parent / "sources.yaml").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(path.parent / "pipe.yaml")

    async def script(editor: Editor) -> None:
        uri = editor.open(path)
        await editor.problems((path.parent / "sources.yaml").as_uri(), lambda codes: bool(codes))
        await editor.complete(path, BRIEF + CURSOR)
        for file in path.parent.iterdir():
            file.unlink()
        path.parent.rmdir()
        editor.type(uri, BRIEF)
        asked = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(3, 3))
        await editor.text_document_hover_async(asked)
        assert not editor.log

    edit(script)


def test_a_request_that_there_is_not_is_refused(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        uri = editor.open(path)
        with pytest.raises(JsonRpcException):
            await editor.protocol.send_request_async("brief/nothing")
        await editor.problems(uri, lambda codes: True)

    edit(script)


def test_a_server_whose_editor_is_killed_ends(tmp_path: Path) -> None:
    async def run() -> None:
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "generator", "lsp", cwd=tmp_path, stdin=-1, stdout=-1, stderr=-1
        )
        assert server.stdin is not None
        server.stdin.close()
        out, err = await asyncio.wait_for(server.communicate(), PATIENCE)
        assert b"Traceback" not in err
        assert out == b""

    asyncio.run(run())
