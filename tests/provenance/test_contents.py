"""Reading what is attached to a PDF, whoever made it."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from generator.pipeline.pdf_files import pdf_contents as module
from generator.pipeline.pdf_files.pdf_contents import Unreadable, open_contents
from tests.provenance.conftest import FILES, Brief
from tests.provenance.pdfs import saved, with_attachments, with_manifest


def answer(pdf: bytes) -> str:
    """What is wrong with a PDF, in whatever way it is told."""
    try:
        return "; ".join(open_contents(pdf).faults)
    except Unreadable as error:
        return str(error)


def refusal(pdf: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        open_contents(pdf)
    return str(caught.value)


def test_what_was_read_is_attached_and_nothing_of_other_briefs(made: Brief) -> None:
    found = made.contents
    assert found.faults == ()
    assert sorted(found.files) == ["briefs/captures.lock", "briefs/experts.yaml", "briefs/house.yaml",
                                   "briefs/sources.yaml", "briefs/works.yaml"]  # fmt: skip
    assert found.files["briefs/works.yaml"] == FILES["briefs/works.yaml"].encode()
    assert found.files["briefs/house.yaml"] == FILES["briefs/house.yaml"].encode()
    experts, sources = found.files["briefs/experts.yaml"].decode(), found.files["briefs/sources.yaml"].decode()
    assert "# as she writes it" in experts
    assert "# the title on the slides" in sources
    assert "zoe" not in experts
    assert "unused" not in sources


def test_the_lock_pins_what_the_captures_verified_though_nobody_locked_it(made: Brief) -> None:
    assert not (made.folder / "briefs/captures.lock").exists()
    assert made.contents.files["briefs/captures.lock"].count(b"\ntalk ") == 1


def test_attachments_are_associated_files_with_types_and_the_briefs_own_date(made: Brief) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        attached = dict(opened.attachments)
        listed = [item.objgen for item in opened.Root.AF]
        assert sorted(listed) == sorted(file.obj.objgen for file in attached.values())
        assert {name: str(file.obj.AFRelationship) for name, file in attached.items()} == {
            "captures.lock": "/Supplement",
            "experts.yaml": "/Data",
            "house.yaml": "/Source",
            "manifest.json": "/Supplement",
            "sources.yaml": "/Data",
            "works.yaml": "/Source",
        }
        for file in attached.values():
            assert file.description
            assert file.get_file().mime_type in ("application/yaml", "application/json", "text/plain")
            for moment in (file.get_file().creation_date, file.get_file().mod_date):
                assert moment is not None
                assert moment.date().isoformat() == "2024-06-01"


def test_a_file_that_was_changed_missing_or_added_is_named(made: Brief) -> None:
    changed = open_contents(with_attachments(made.pdf, {"works.yaml": b"title: Another\n"}))
    assert changed.faults == ("works.yaml is not what the manifest says: its hash differs",)
    assert "briefs/works.yaml" not in changed.files
    assert open_contents(with_attachments(made.pdf, {"sources.yaml": None})).faults == ("sources.yaml is missing",)
    added = open_contents(with_attachments(made.pdf, {"../../evil\x1b.sh": b"rm"}))
    assert added.faults == ("'../../evil\\x1b.sh' is attached, and the manifest does not list it",)
    assert not any("evil" in path for path in added.files)


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\3\4" + bytes(2000), "%PDF in Wörtern".encode("utf-16")])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes) -> None:
    assert refusal(data) == "it is not a PDF"


def test_a_pdf_of_somebody_else_has_no_manifest() -> None:
    with pikepdf.new() as blank:
        blank.add_blank_page()
        assert "no manifest attached" in refusal(saved(blank))


def test_an_encrypted_pdf_is_not_opened_with_or_without_a_password(made: Brief) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        for password in ("", "secret"):
            locked = saved(opened, encryption=pikepdf.Encryption(owner="owner", user=password))
            assert refusal(locked) == "it is encrypted, which this generator never does"


@pytest.mark.parametrize("part", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_truncated_pdf_is_refused_or_lacks_something(made: Brief, part: float) -> None:
    cut = made.pdf[: int(len(made.pdf) * part)]
    assert "\n" not in answer(cut)


def test_an_attachment_that_unpacks_without_end_is_not_unpacked(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILE", 100_000)
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        stream = opened.attachments["sources.yaml"].obj.EF.F
        stream.write(zlib.compress(bytes(50_000_000)), filter=pikepdf.Name.FlateDecode)
        assert open_contents(saved(opened)).faults == (
            "sources.yaml is damaged: unpacked, it has more than 100,000 bytes",
        )


def test_attachments_packed_in_another_way_are_not_unpacked(made: Brief) -> None:
    start = made.pdf.index(b"/EmbeddedFile", made.pdf.index(b"%PDF"))
    head = made.pdf.rindex(b"obj", 0, start), made.pdf.index(b"stream", start)
    other = made.pdf[slice(*head)].replace(b"/FlateDecode", b"/LZWDecode  ")
    assert other != made.pdf[slice(*head)]
    (fault,) = open_contents(made.pdf[: head[0]] + other + made.pdf[head[1] :]).faults
    assert "compressed in a way" in fault


def test_attachments_that_are_predicted_before_they_are_packed_are_not_unpacked(made: Brief) -> None:
    """A reader that knows of the predictor sees other bytes than one that only inflates."""
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        stream = opened.attachments["sources.yaml"].obj.EF.F
        said = pikepdf.Dictionary(Predictor=12, Columns=1)
        stream.write(zlib.compress(bytes(4)), filter=pikepdf.Name.FlateDecode, decode_parms=said)
        changed = saved(opened, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    (fault,) = open_contents(changed).faults
    assert fault == "sources.yaml is damaged: it is compressed in a way that this generator does not use"


def test_limits_of_number_and_sum_end_the_reading(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 3)
    assert refusal(made.pdf) == "it has more than 3 attachments"
    monkeypatch.undo()
    monkeypatch.setattr(module, "MAX_TOTAL", 1000)
    assert refusal(made.pdf) == "its attachments have more than 1,000 bytes in total"
    monkeypatch.setattr(module, "MAX_PDF", 1000)
    assert refusal(made.pdf) == "it has more than 1,000 bytes, the limit"


def test_an_attachment_that_is_not_packed_has_the_same_limit(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        stream = opened.attachments["sources.yaml"].obj.EF.F
        data = stream.read_bytes()
        stream.write(data)
        assert open_contents(saved(opened, compress_streams=False)).files["briefs/sources.yaml"] == data
        stream.write(bytes(100_001))
        large = saved(opened, compress_streams=False)
    monkeypatch.setattr(module, "MAX_FILE", 100_000)
    assert open_contents(large).faults == ("sources.yaml is damaged: unpacked, it has more than 100,000 bytes",)


def test_a_manifest_has_a_limit_of_its_own(made: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    assert refusal(made.pdf) == "its manifest has more than 1,000 bytes"


def test_a_list_of_attachments_that_holds_itself_ends(made: Brief) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        node = opened.make_indirect(pikepdf.Dictionary())
        node.Kids = pikepdf.Array([node])
        opened.Root.Names.EmbeddedFiles = node
        assert refusal(saved(opened)) == "its list of attachments is nested too deeply"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda said: said.update(format=99), "form '99'"),
        (lambda said: said.pop("files"), "an unknown form"),
        (lambda said: said["brief"].update(slug="../etc"), "names no fact file"),
        (lambda said: said["brief"].update(slug="house", file="briefs/house.yaml"), "names no fact file"),
        (lambda said: said["files"][0].update(path="../../.bashrc"), "never attached: '../../.bashrc'"),
        (lambda said: said["files"][0].update(path="/etc/cron.d/x"), "never attached"),
        (lambda said: said["files"][0].update(path="templates/../../x.css"), "never attached"),
        (lambda said: said["files"][0].update(path="templates/.git/config"), "never attached"),
        (lambda said: said["files"][0].update(path="briefs/x.yaml\n"), "never attached"),
        (lambda said: said["files"][0].update(name="works.yaml"), "never attached"),
        (lambda said: said["files"].append(said["files"][0]), "lists a file twice"),
        (lambda said: said["files"][0].update(bytes=-1), "no length and hash"),
        (lambda said: said["files"][0].update(sha256="beef"), "no length and hash"),
        (lambda said: said["versions"].update(pango="\x1b[2J"), "a version that is not text"),
        (lambda said: said.update(versions=[1]), "an unknown form"),
        (lambda said: said.update(files=[{}] * 1000), "more than 500 files"),
    ],
)
def test_a_manifest_is_believed_only_in_the_form_in_which_it_is_written(made: Brief, change, message: str) -> None:
    assert message in refusal(with_manifest(made.pdf, change))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff", b'{"format": 1}'])
def test_a_manifest_that_is_none_is_refused(made: Brief, data: bytes) -> None:
    assert "its manifest" in refusal(with_attachments(made.pdf, {"manifest.json": data}))


# ---------------------------------------------------------------- files that only some readers show


def reworked(pdf: bytes, change) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        return saved(opened)


def spec(opened: pikepdf.Pdf, name: str, other: str = "", data: bytes = b"title: Another\n") -> pikepdf.Object:
    stream = pikepdf.Stream(opened, data)
    named = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=name, UF=other or name)
    named.EF = pikepdf.Dictionary(F=opened.make_indirect(stream))
    return opened.make_indirect(named)


def names(opened: pikepdf.Pdf) -> pikepdf.Object:
    return opened.Root.Names.EmbeddedFiles.Names


def twice(opened: pikepdf.Pdf) -> None:
    names(opened).extend([pikepdf.String("works.yaml"), spec(opened, "works.yaml")])


def two_manifests(opened: pikepdf.Pdf) -> None:
    names(opened).extend([pikepdf.String("manifest.json"), spec(opened, "manifest.json", data=b"{}")])


def twice_in_a_branch(opened: pikepdf.Pdf) -> None:
    branch = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("works.yaml"), spec(opened, "works.yaml")]))
    opened.Root.Names.EmbeddedFiles.Kids = pikepdf.Array([opened.make_indirect(branch)])


def endless_branches(opened: pikepdf.Pdf) -> None:
    tree = opened.Root.Names.EmbeddedFiles
    tree.Kids = pikepdf.Array([tree])


def on_a_page(opened: pikepdf.Pdf) -> None:
    pin = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    pin.FS = spec(opened, "works.yaml")
    opened.pages[0].Annots = opened.make_indirect(pikepdf.Array([pin]))


def associated_alone(opened: pikepdf.Pdf) -> None:
    opened.Root.AF.append(spec(opened, "works.yaml"))


def loose(opened: pikepdf.Pdf) -> None:
    opened.Root.Loose = opened.make_indirect(pikepdf.Stream(opened, b"x", Type=pikepdf.Name.EmbeddedFile))


def two_names(opened: pikepdf.Pdf) -> None:
    names(opened)[1].UF = "other.yaml"


def two_contents(opened: pikepdf.Pdf) -> None:
    names(opened)[1].EF.UF = opened.make_indirect(pikepdf.Stream(opened, b"title: Another\n"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (twice, "two attachments are called 'works.yaml'"),
        (two_manifests, "two attachments are called 'manifest.json'"),
        (twice_in_a_branch, "two attachments are called 'works.yaml'"),
        (endless_branches, "two attachments are called"),
        (on_a_page, "attaches a file in another way"),
        (associated_alone, "attaches a file in another way"),
        (loose, "contains an attached file that is not in its list of attachments"),
        (two_names, "it has two names"),
        (two_contents, "it has two contents"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_that_some_readers_show_and_others_do_not_is_found(made: Brief, change, message: str) -> None:
    assert message in answer(reworked(made.pdf, change))
