"""What an editor offers to write, over the protocol; each offer is taken and the text that it makes is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.run import brief
from tests.lsp.editor_client import BRIEF, CURSOR, Editor, Script, capture_talk, project


def typed(old: str, new: str) -> str:
    assert BRIEF.count(old) == 1, old
    return BRIEF.replace(old, new)


def test_a_gap_is_added_for_each_column_without_a_cell(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed("experts: [ann, ben]", "experts: [ann, ben, cleo]").replace("ask: Did", f"ask: {CURSOR}Did")
        offered = await editor.act(path, text + "voices: []\n")
        (title,) = [title for title in offered if "gap" in title]
        assert title == "Add a gap for Cleo Instance"
        assert (
            "        gap: declined\n      cleo:\n        gap: no-position-found\n        searched: \n" in offered[title]
        )
        assert offered[title].endswith("voices: []\n")
        uri = path.as_uri()
        version = editor.type(uri, offered[title])
        await editor.problems(uri, lambda codes: "blank-cell" not in codes and "bad-yaml" not in codes, version)

    edit(script)


def test_the_first_gap_of_a_question(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    ask = '  - id: again\n    ask: Will it b\u2038e kept?\n    scale: ["No: it will not", Perhaps]\n'
    cells = "    positions:\n      ann:\n        gap: no-position-found\n"

    async def script(editor: Editor) -> None:
        for positions in ("", "    positions:\n", "    positions: {}\n", "    positions: null\n"):
            offered = await editor.act(path, BRIEF + ask + positions + "voices: []\n")
            if positions.strip() in ("", "positions:"):
                after = offered["Add a gap for Ann Example"]
                assert ask.replace(CURSOR, "") + cells in after
                assert after.endswith("voices: []\n")
            else:
                assert not offered
        assert not await editor.act(path, BRIEF + "  - {id: x, ask: W\u2038hy, scale: [a, b]}\n")

    edit(script)


def test_a_gap_at_the_end_of_a_file_without_a_line_break(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = (
            typed("experts: [ann, ben]", "experts: [ann, ben, cleo]").replace("ask: Did", f"ask: {CURSOR}Did").rstrip()
        )
        offered = await editor.act(path, text)
        assert "        gap: declined\n      cleo:\n" in offered["Add a gap for Cleo Instance"]

    edit(script)


def test_brackets_are_completed_as_by_check(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    text = typed("quote: the levy failed badly in its first year", "quote: '[They] think that the levy failed badly'")
    path = project(tmp_path, text)
    capture_talk(tmp_path)

    async def script(editor: Editor) -> None:
        offered = await editor.act(path, text.replace("[They]", f"[They{CURSOR}]"))
        after = offered["Add the words of the source: We"]
        assert "quote: '[They|We] think that the levy failed badly'" in after
        assert brief("check", "--fix", cwd=tmp_path).code == 0
        assert path.read_text("utf-8") == after

    edit(script)


def test_a_passage_of_the_capture_is_inserted_with_its_place(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    capture_talk(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed("quote: the levy failed badly in its first year", f"quote: revenue Nobody{CURSOR}")
        offered = await editor.act(path, text)
        (title,) = [title for title in offered if title.startswith("Quote")]
        assert "@talk, para. 2" in title
        assert "quote: >-\n          Nobody expected the revenue to fall.\n" in offered[title]
        version = editor.type(path.as_uri(), offered[title])
        await editor.problems(
            path.as_uri(), lambda codes: not {"quote-absent", "bad-yaml", "bad-citation"} & {*codes}, version
        )

    edit(script)


def test_a_passage_in_a_record_of_one_line(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    capture_talk(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed(
            "      ben:\n        gap: declined",
            '      ben: {stance: It failed, quote: hoped better\u2038, cite: "@talk"}',
        )
        (after,) = (await editor.act(path, text)).values()
        assert 'quote: "It was better in the second year, as we had hoped.", cite: "@talk, para. 3"}' in after

    edit(script)


def test_a_name_that_was_meant_is_written(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        offered = await editor.act(path, typed("stance: It failed", f"stance: It fai{CURSOR}ed"))
        assert "stance: It failed\n" in offered["Write 'It failed'"]
        offered = await editor.act(path, BRIEF.replace('"@talk', f'"@tlak{CURSOR}', 1))
        assert 'cite: "@talk, para. 2"' in offered["Write 'talk'"]

    edit(script)


def test_nothing_is_offered_while_the_yaml_is_broken_elsewhere(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed("experts: [ann, ben]", "experts: [ann, ben, cleo]").replace("ask: Did", f"ask: {CURSOR}Did")
        assert not await editor.act(path, text.replace("status: draft", "status: [draft"))

    edit(script)
