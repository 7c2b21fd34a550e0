"""Whether a PDF is what its attachments make: as it was made, altered in any byte, or made by other versions."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.engine.processes import child
from generator.pipeline.pdf_files.pdf_contents import Unreadable, open_contents
from generator.provenance import rebuild_brief, verification
from generator.provenance.rebuild_brief import Remade, remake
from generator.provenance.verification import Result, Verification, judge, verify
from generator.provenance.verification_report import as_json, as_text
from tests.commands.run import brief
from tests.provenance.conftest import Brief
from tests.provenance.pdfs import saved, with_attachments, with_manifest

FLIPS = 500


def judged(pdf: bytes, remade: Remade) -> Verification:
    """As `verify`, with one remaking for all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "_words", unread)
        try:
            return judge(pdf, open_contents(pdf), remade)
        except Unreadable as error:
            return Verification(Result.UNKNOWN, str(error))


def unread(_: bytes) -> tuple[str, ...]:
    raise Unreadable("its words were not read")


def test_a_brief_made_with_captures_is_made_again_without_them(made: Brief, remade: Remade) -> None:
    assert remade.pdf == made.pdf
    found = judge(made.pdf, made.contents, remade)
    assert found.result is Result.AS_MADE
    assert (found.slug, found.attachments, found.faults) == ("works", 5, ())


def test_its_files_are_unpacked_for_this_user_alone_and_removed(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the process is killed, the next one removes them with everything else in the folder for temporary files."""
    seen = []

    def look(_: str, __: object, folder: str, *___: object) -> Remade:
        assert (Path(folder) / "briefs/works.yaml").is_file()
        seen.append(Path(folder))
        raise Unreadable("it was only looked at")

    monkeypatch.setattr(rebuild_brief, "sandboxed", look)
    assert remake(made.contents.files, "briefs/works.yaml").reason == "it was only looked at"
    (folder,) = seen
    assert folder.parent == child.scratch_folder()
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_it_tells_what_was_verified_against_what(made: Brief, remade: Remade) -> None:
    (one,) = judge(made.pdf, made.contents, remade).evidence
    assert (one.words, one.source, one.where, one.captured) == (
        "the harbour works very well indeed",
        "talk",
        "para. 2",
        "2024-06-02",
    )
    assert len(one.digest) == 64
    text = as_text("works.pdf", judge(made.pdf, made.contents, remade))
    assert text.startswith("works.pdf: as made\n")
    assert "1 of 1 verified" in text
    assert f"talk, para. 2; captured 2024-06-02; SHA-256 of the text {one.digest}" in text


def test_any_changed_byte_is_found(made: Brief, remade: Remade) -> None:
    dice = random.Random(20240601)
    places = dice.sample(range(len(made.pdf)), FLIPS)
    told_where = 0
    for at in places:
        changed = bytearray(made.pdf)
        changed[at] ^= dice.randrange(1, 256)
        pdf = bytes(changed)
        found = judged(pdf, remade)
        assert found.result in (Result.ALTERED, Result.UNKNOWN), at
        assert as_text("x.pdf", found).splitlines()[0] in ("x.pdf: ALTERED", "x.pdf: cannot be verified")
        assert found.reason
        assert "\n" not in found.reason
        if found.differences.bytes is not None:
            told_where += 1
            assert (found.differences.bytes.first, found.differences.bytes.count) == (at, 1)
    assert told_where > FLIPS / 2


@pytest.mark.parametrize("end", [b"\n", b"%", b"more"])
def test_something_appended_is_found(made: Brief, remade: Remade, end: bytes) -> None:
    found = judge(made.pdf + end, made.contents, remade)
    assert found.result is Result.ALTERED
    added = "1 byte was" if len(end) == 1 else f"{len(end)} bytes were"
    assert f"{added} added" in found.reason


def test_altered_words_are_shown(made: Brief, remade: Remade) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        opened.pages[0].Contents.write(opened.pages[0].Contents.read_bytes().replace(b"BDC", b"BDC /ActualText", 0))
        root = opened.Root.StructTreeRoot.K
        first = root[0] if isinstance(root, pikepdf.Array) else root
        first.K = pikepdf.Array(list(first.K)[1:])
        pdf = saved(opened)
    found = judge(pdf, open_contents(pdf), remade)
    assert found.result is Result.ALTERED
    assert found.differences.words is not None
    assert "its words differ from those" in found.reason
    assert "as made:" in as_text("x.pdf", found)


def test_saving_it_again_in_another_program_is_seen(made: Brief, remade: Remade) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        pdf = saved(opened)
    found = judge(pdf, open_contents(pdf), remade)
    assert found.result is Result.ALTERED
    assert found.reason == "it was changed after it was made; its words are the same"


def test_where_another_version_made_it_the_words_are_compared_and_the_versions_told(
    made: Brief, remade: Remade
) -> None:
    pdf = with_manifest(made.pdf, lambda said: said["versions"].update(pango="1.99.0", unheard_of="7"))
    found = judge(pdf, open_contents(pdf), remade)
    assert found.result is Result.SAME_WORDS
    assert [(one.name, one.made_with) for one in found.differences.versions] == [
        ("pango", "1.99.0"),
        ("unheard_of", "7"),
    ]
    text = as_text("x.pdf", found)
    assert text.startswith("x.pdf: not proved")
    assert "pango: made with 1.99.0, here " in text
    assert "unheard_of: made with 7, here none" in text


def test_where_another_version_made_it_other_words_are_no_proof_of_anything(
    made: Brief, remade: Remade, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = with_manifest(made.pdf, lambda said: said["versions"].update(pango="1.99.0"))
    monkeypatch.setattr(verification, "_words", lambda data: ("one", "two" if data == pdf else "three"))
    found = judge(pdf, open_contents(pdf), remade)
    assert found.result is Result.UNKNOWN
    assert found.differences.words is not None
    assert (found.differences.words.before, found.differences.words.here, found.differences.words.made) == (
        "one",
        "two",
        "three",
    )


def test_attachments_changed_together_with_the_manifest_make_another_pdf(made: Brief) -> None:
    import hashlib

    text = made.contents.files["briefs/works.yaml"].replace(b"Those who spoke.", b"Some of them.")

    def relist(said):
        (listed,) = (one for one in said["files"] if one["name"] == "works.yaml")
        listed.update(bytes=len(text), sha256=hashlib.sha256(text).hexdigest())

    pdf = with_manifest(with_attachments(made.pdf, {"works.yaml": text}), relist)
    found = judge(pdf, open_contents(pdf), remake(open_contents(pdf).files, "briefs/works.yaml"))
    assert found.result is Result.ALTERED
    assert found.differences.words is not None
    assert (
        "Those who spoke." in f"{found.differences.words.before} {found.differences.words.here}"
        or "Those" in found.differences.words.here
    )


def test_a_quotation_that_the_lock_does_not_know_makes_no_pdf(made: Brief) -> None:
    files = dict(made.contents.files)
    files["briefs/works.yaml"] = files["briefs/works.yaml"].replace(b"very well indeed", b"rather badly indeed")
    again = remake(files, "briefs/works.yaml")
    assert again.pdf is None
    found = judge(made.pdf, replace(made.contents, files=files), again)
    assert found.result is Result.UNKNOWN
    assert [problem.code for problem in found.problems] == ["quote-unverified"]
    assert "quote-unverified" in as_text("x.pdf", found)


def test_no_word_of_a_pdf_steers_the_terminal(made: Brief, remade: Remade) -> None:
    found = judge(made.pdf, made.contents, remade)
    hostile = replace(found, evidence=(replace(found.evidence[0], words="a\x1b[2J\u202eb", source="x\x07"),))
    assert not set(as_text("x.pdf", hostile)) & {"\x1b", "\x07", "\u202e"}


def test_the_findings_are_one_json_object(made: Brief, remade: Remade) -> None:
    said = json.loads(as_json("works.pdf", judge(made.pdf, made.contents, remade)))
    assert (said["file"], said["finding"], said["slug"], said["faults"]) == ("works.pdf", "as made", "works", [])
    assert said["evidence"][0]["verified"] is True


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_any_file_gets_an_answer(data: bytes) -> None:
    found = verify(data)
    assert found.result is Result.UNKNOWN
    assert found.reason


def test_the_command_tells_by_its_exit_code(made: Brief, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(made.pdf)
    bad.write_bytes(made.pdf[:5000] + bytes([made.pdf[5000] ^ 1]) + made.pdf[5001:])
    ran = brief("verify", "good.pdf", "--json", cwd=tmp_path)
    assert (ran.code, json.loads(ran.out)["finding"]) == (0, "as made"), ran.out
    ran = brief("verify", "bad.pdf", cwd=tmp_path)
    assert ran.code == 1
    assert "Traceback" not in ran.out + ran.err
    assert brief("verify", "none.pdf", cwd=tmp_path).code == 2
    (tmp_path / "not.pdf").write_bytes(b"not")
    ran = brief("verify", "not.pdf", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "not.pdf: cannot be verified\n  it is not a PDF\n")
