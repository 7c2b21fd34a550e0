"""What is offered while somebody types, over the protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lsp.editor_client import BRIEF, CURSOR, SOURCES, Editor, Script, capture_talk, edited, project


def typed(old: str, new: str) -> str:
    assert BRIEF.count(old) == 1, old
    return BRIEF.replace(old, new)


CASES = {
    "source keys in a field": ("ben:\n        gap: declined", 'ben:\n        cite: "@\u2038"', {"talk", "press"}),
    "a source key in prose": (
        "claim: The levy failed in its first year.",
        "claim: It failed [@ta\u2038",
        {"talk", "press"},
    ),
    "a key behind another": (
        'cite: "@talk, para. 2"\nquestions',
        'cite: "@talk, para. 2; see @\u2038"\nquestions',
        {"talk", "press"},
    ),
    "paragraphs of the capture": (
        'cite: "@talk, para. 2"\nquestions',
        'cite: "@talk, \u2038"\nquestions',
        {"para. 1", "para. 2", "para. 3"},
    ),
    "a paragraph half typed": (
        'cite: "@talk, para. 2"\nquestions',
        'cite: "@talk, para. \u2038\nquestions',
        {"para. 1", "para. 2", "para. 3"},
    ),
    "columns that are free": ("experts: [ann, ben]", "experts: [ann, \u2038]", {"ben", "cleo"}),
    "columns in lines": ("experts: [ann, ben]", "experts:\n  - ann\n  - \u2038", {"ben", "cleo"}),
    "a cell that is missing": ("      ben:\n        gap: declined", "      \u2038", {"ben"}),
    "facts in prose": ("[#first-year]", "[#\u2038", {"first-year"}),
    "facts in a list": ("stance: It failed", "rests_on: [\u2038]", {"first-year"}),
    "stances of the question": ("stance: It failed", "stance: \u2038", {"It failed", "It worked"}),
    "a stance in quotation marks": ("stance: It failed", 'stance: "It\u2038', {"It failed", "It worked"}),
    "reasons of a gap": ("gap: declined", "gap: \u2038", {"no-position-found", "declined", "not-asked", "withdrawn"}),
    "states": ("status: draft", "status: \u2038", {"draft", "published", "withdrawn"}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_fits_is_offered_and_nothing_else(name: str, tmp_path: Path, edit: Callable[[Script], None]) -> None:
    old, new, expected = CASES[name]
    path = project(tmp_path)
    capture_talk(tmp_path)

    async def script(editor: Editor) -> None:
        assert set(await editor.complete(path, typed(old, new))) == expected

    edit(script)


def test_fields_come_with_their_documentation(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed("        stance: It failed\n", f"        stance: It failed\n        ven{CURSOR}\n")
        offered = await editor.complete(path, text)
        assert {"venue", "date", "support"} <= offered.keys()
        assert not {"stance", "quote", "title", "scale"} & offered.keys()
        assert "hearing" in offered["venue"].documentation.value  # type: ignore[union-attr]
        assert "venue: \n" in edited(editor.written, [offered["venue"].text_edit])  # type: ignore[list-item]
        people = await editor.complete(path.with_name("experts.yaml"), f"ann:\n  name: Ann Example\n  {CURSOR}\n")
        assert {"family", "kind", "affiliations"} <= people.keys()
        house = await editor.complete(path.with_name("house.yaml"), f"name: Example Desk\n{CURSOR}\n")
        assert {"language", "preset"} <= house.keys()
        sources = await editor.complete(path.with_name("sources.yaml"), SOURCES + f"  - id: more\n    {CURSOR}\n")
        assert {"title", "type", "container-title"} <= sources.keys()

    edit(script)


def test_the_question_at_hand_gives_the_stances(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    second = """\
  - id: again
    ask: Will it be kept?
    scale: ["Yes: it will", Perhaps]
    positions:
      ann:
        stance: \u2038
"""
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        offered = await editor.complete(path, BRIEF + second)
        assert list(offered) == ["Yes: it will", "Perhaps"]
        written = [edited(editor.written, [offered[label].text_edit]) for label in offered]  # type: ignore[list-item]
        assert 'stance: "Yes: it will"\n' in written[0]
        assert "stance: Perhaps\n" in written[1]

    edit(script)


@pytest.mark.parametrize("breaking", ["title: [Did", "  x: : y", "\tz: 1", "limits: 'never closed", "%: @@"])
def test_completion_outlives_broken_yaml(breaking: str, tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        await editor.complete(path, BRIEF + CURSOR)  # so the server has seen a good text
        broken = typed("stance: It failed", "stance: \u2038").replace("status: draft", breaking)
        assert {"It failed", "It worked"} <= set(await editor.complete(path, broken))
        broken = typed("[#first-year]", "[@\u2038").replace("status: draft", breaking)
        assert set(await editor.complete(path, broken)) == {"talk", "press"}

    edit(script)


def test_sources_that_cannot_be_read_just_now_are_still_offered(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed("[#first-year]", "[@\u2038")
        assert set(await editor.complete(path, text)) == {"talk", "press"}
        editor.open(path.with_name("sources.yaml"), "references: [")
        assert set(await editor.complete(path, text)) == {"talk", "press"}

    edit(script)


def test_what_is_accepted_replaces_what_was_typed_behind_odd_characters(
    tmp_path: Path, edit: Callable[[Script], None]
) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = typed("claim: The levy failed in its first year.", "claim: \U0001f389 e\u0301 said [@ta\u2038lk] so")
        offered = await editor.complete(path, text)
        after = edited(editor.written, [offered["press"].text_edit])  # type: ignore[list-item]
        assert "claim: \U0001f389 e\u0301 said [@presslk] so" in after

    edit(script)


SHARED_FACTS = 'facts:\n  - {id: second-year, claim: It went better in the second year., cite: "@talk"}\n'


def test_facts_that_several_briefs_share(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path, facts=SHARED_FACTS)

    async def script(editor: Editor) -> None:
        assert set(await editor.complete(path, typed("[#first-year]", "[#\u2038"))) == {
            "first-year",
            "shared:second-year",
        }
        offered = await editor.complete(path, typed("[#first-year]", "[#shared:s\u2038"))
        after = edited(editor.written, [offered["shared:second-year"].text_edit])  # type: ignore[list-item]
        assert "at first [#shared:second-year." in after
        assert set(await editor.complete(path, BRIEF + "uses: [\u2038]\n")) == {"second-year"}
        assert set(await editor.complete(path, BRIEF + "uses: [se\u2038\n")) == {"second-year"}
        for at in ("[#shared:sec\u2038ond-year]", "[#sha\u2038red:second-year]"):
            assert await editor.define(path, typed("[#first-year]", at)) == ("facts.yaml", 2)
            assert "went better" in await editor.hover(path, typed("[#first-year]", at))
        assert await editor.define(path, BRIEF + "uses: [second\u2038-year]\n") == ("facts.yaml", 2)
        text = typed("stance: It failed", "rests_on: [shared:second-\u2038year]")
        assert await editor.define(path, text) == ("facts.yaml", 2)
        facts = path.with_name("facts.yaml")
        assert {"talk", "press"} == set(await editor.complete(facts, SHARED_FACTS.replace('"@talk"', '"@\u2038')))
        assert {"figures", "note"} <= set(await editor.complete(facts, "facts:\n  - id: x\n    \u2038"))

    edit(script)


def test_a_key_that_begins_a_value_gets_its_quotation_marks(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        offered = await editor.complete(path, typed('cite: "@talk, para. 2"\nquestions', "cite: @t\u2038\nquestions"))
        assert 'cite: "@talk"\nquestions' in edited(editor.written, [offered["@talk"].text_edit])  # type: ignore[list-item]

    edit(script)


def test_nothing_is_offered_outside_a_project(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    stray = tmp_path / "stray.yaml"
    stray.write_text("cite: '@'\n", "utf-8")

    async def script(editor: Editor) -> None:
        from lsprotocol import types as lsp

        uri = editor.open(stray)
        asked = lsp.CompletionParams(lsp.TextDocumentIdentifier(uri), lsp.Position(0, 8))
        assert await editor.text_document_completion_async(asked) is None

    edit(script)
