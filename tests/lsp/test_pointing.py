"""What is shown of the word at the pointer, and where it is defined, over the protocol."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lsp.editor_client import BRIEF, CURSOR, SOURCES, TALK, Editor, Script, capture_talk, project


def pointed(at: str) -> str:
    """The brief with its cursor as in a part of it."""
    whole = at.replace(CURSOR, "")
    assert BRIEF.count(whole) >= 1, whole
    return BRIEF.replace(whole, at, 1)


def test_a_source_shows_its_reference_and_the_paragraph(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    capture_talk(tmp_path)

    async def script(editor: Editor) -> None:
        shown = await editor.hover(path, pointed('cite: "@ta\u2038lk, para. 2"'))
        assert "Ann Example" in shown
        assert "A Talk on Levies" in shown
        assert "3 paragraphs" in shown
        assert "> We think that the levy failed badly" in shown

    edit(script)


def test_a_quotation_shows_its_passage_in_context(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        text = pointed("quote: the levy fai\u2038led badly in its first year")
        assert "no capture of" in await editor.hover(path, text)
        capture_talk(tmp_path)
        shown = await editor.hover(path, text)
        assert "Verified in" in shown
        assert "para. 2" in shown
        assert "We think that **the levy failed badly in its first year**" in shown
        assert "Nobody expected the revenue to fall" in shown
        wrong = text.replace("failed badly", "failed madly").replace("fai\u2038led badly", "fai\u2038led madly")
        assert "Not in talk" in await editor.hover(path, wrong)

    edit(script)


def test_what_strangers_wrote_is_no_markdown(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    title = "[go](command:evil) <b>*x*</b> `y` \\u202Ez"
    path.with_name("sources.yaml").write_text(SOURCES.replace("title: A talk on levies", f'title: "{title}"'), "utf-8")
    capture_talk(tmp_path, TALK.replace("Nobody expected", "[Nobody](command:evil) *expected* \u202e"))

    async def script(editor: Editor) -> None:
        for at in ('cite: "@ta\u2038lk, para. 2"', "quote: the levy fai\u2038led badly"):
            shown = await editor.hover(path, pointed(at))
            assert "command:evil" in shown
            assert not re.search(r"(?<!\\)\]\(", shown)
            assert "<b>" not in shown
            assert "\u202e" not in shown

    edit(script)


def test_people_facts_and_fields(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        assert "University of Examples" in await editor.hover(path, pointed("experts: [a\u2038nn"))
        assert "affiliation not given" in await editor.hover(path, pointed("      b\u2038en:"))
        assert "failed in its first year" in await editor.hover(path, pointed("[#first-\u2038year]"))
        assert "coded" in await editor.hover(path, pointed("st\u2038ance: It failed")) or "codes" in await editor.hover(
            path, pointed("st\u2038ance: It failed")
        )
        assert await editor.hover(path, pointed("status: dr\u2038aft")) == ""
        silence = "silence:\n  loaded-v\u2038erb: It is what the court found.\n"
        assert "takes sides" in await editor.hover(path, BRIEF + silence)
        assert await editor.hover(path, BRIEF + silence.replace("erb", "oun")) == ""

    edit(script)


DEFINED = {
    'cite: "@ta\u2038lk, para. 2"': ("sources.yaml", 2),
    "experts: [ann, be\u2038n]": ("experts.yaml", 2),
    "      an\u2038n:": ("experts.yaml", 1),
    "[#first\u2038-year]": ("levy.yaml", 5),
}


@pytest.mark.parametrize("at", DEFINED)
def test_names_lead_to_their_definitions(at: str, tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        assert await editor.define(path, pointed(at)) == DEFINED[at]

    edit(script)


def test_the_question_of_a_voice_and_a_further_source(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)
    (path.parent / "sources").mkdir()
    (path.parent / "sources/more.yaml").write_text(
        SOURCES.replace("id: talk", "id: more").replace("id: press", "id: most"), "utf-8"
    )

    async def script(editor: Editor) -> None:
        voice = (
            'voices:\n  - id: one\n    who: cleo\n    question: did-it-\u2038work\n    says: No.\n    cite: "@more"\n'
        )
        assert await editor.define(path, BRIEF + voice) == ("levy.yaml", 9)
        assert await editor.define(path, BRIEF + voice.replace(CURSOR, "").replace("@more", "@mo\u2038re")) == (
            "more.yaml",
            2,
        )

    edit(script)


def test_a_name_that_nobody_has_leads_nowhere(tmp_path: Path, edit: Callable[[Script], None]) -> None:
    path = project(tmp_path)

    async def script(editor: Editor) -> None:
        assert await editor.define(path, BRIEF.replace("@talk", "@no\u2038body", 1)) is None
        assert await editor.hover(path, BRIEF.replace("@talk", "@no\u2038body", 1)) == ""

    edit(script)
