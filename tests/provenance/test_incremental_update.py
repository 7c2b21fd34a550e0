"""What somebody may append to a PDF, and whether it passes for a signature. The forgeries are made here."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from generator.pipeline.pdf_files.pdf_contents import first_revision, open_contents
from generator.provenance.incremental_update import beside_signatures
from generator.provenance.rebuild_brief import Remade
from generator.provenance.signatures import Validity, _quiet_writer, sign, signatures
from generator.provenance.verification import Result, judge
from tests.commands.run import brief
from tests.provenance.conftest import Brief

Writer = IncrementalPdfFileWriter
N = generic.pdf_name
D: TypeAlias = generic.DictionaryObject
A: TypeAlias = generic.ArrayObject
Numbers = tuple[float, ...]


def numbers(*values: float) -> A:
    return A(generic.FloatObject(value) for value in values)


def stamp(writer: Writer, *, shown: Numbers = (0, 0, 500, 500)) -> D:
    """An annotation that covers the page with words of its own."""
    look = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 500 500 re f")
    look[N("/Type")], look[N("/Subtype")], look[N("/BBox")] = N("/XObject"), N("/Form"), numbers(*shown)
    made = D({N("/Type"): N("/Annot"), N("/Subtype"): N("/Stamp"), N("/Rect"): numbers(*shown)})
    made[N("/AP")] = D({N("/N"): writer.add_object(look)})
    return made


def field(name: str = "Publisher", **more: generic.PdfObject) -> D:
    """An empty signature field."""
    made: dict[str, generic.PdfObject] = {
        "/Type": N("/Annot"),
        "/Subtype": N("/Widget"),
        "/FT": N("/Sig"),
        "/Rect": numbers(0, 0, 0, 0),
    }
    made |= {"/T": generic.pdf_string(name), **{f"/{key}": value for key, value in more.items()}}
    return D({N(key): value for key, value in made.items()})


def page_of(writer: Writer) -> D:
    page = writer.root["/Pages"]["/Kids"][0]
    writer.update_container(page)
    return page


def with_form(writer: Writer, *fields: generic.PdfObject) -> None:
    writer.root[N("/AcroForm")] = D({N("/Fields"): A(fields), N("/SigFlags"): generic.NumberObject(3)})
    writer.update_root()


def annotate(writer: Writer, *annotations: generic.PdfObject) -> None:
    page = page_of(writer)
    page[N("/Annots")] = A([*(page.raw_get("/Annots") if "/Annots" in page else ()), *annotations])


def stamp_and_empty_field(writer: Writer) -> None:
    """All of it direct, so that no object has a number."""
    empty = field()
    with_form(writer, empty)
    annotate(writer, stamp(writer), empty)


def stamp_alone(writer: Writer) -> None:
    annotate(writer, stamp(writer))


def stamp_behind_a_number(writer: Writer) -> None:
    with_form(writer, writer.add_object(field()))
    annotate(writer, writer.add_object(stamp(writer)))


def empty_field(writer: Writer) -> None:
    with_form(writer, writer.add_object(field()))


def field_with_a_false_signature(writer: Writer) -> None:
    false = D(
        {N("/Type"): N("/Sig"), N("/ByteRange"): numbers(0, 1, 2, 3), N("/Contents"): generic.ByteStringObject(b"x")}
    )
    with_form(writer, writer.add_object(field(V=writer.add_object(false))))


def text_field(writer: Writer) -> None:
    made = field()
    made[N("/FT")], made[N("/V")] = N("/Tx"), generic.pdf_string("Six million")
    with_form(writer, writer.add_object(made))


def field_with_an_appearance(writer: Writer) -> None:
    with_form(writer, writer.add_object(field(AP=stamp(writer)["/AP"])))


def field_with_an_action(writer: Writer) -> None:
    with_form(writer, writer.add_object(field(A=D({N("/S"): N("/JavaScript"), N("/JS"): generic.pdf_string("x")}))))


def field_over_the_page(writer: Writer) -> None:
    with_form(writer, writer.add_object(field(Rect=numbers(0, 0, 500, 500))))


def orphan(writer: Writer) -> None:
    """An object that nothing refers to yet: the first half of a shadow attack."""
    writer.add_object(stamp(writer))
    page_of(writer)


def other_pages(writer: Writer) -> None:
    writer.root[N("/Pages")] = writer.add_object(
        D({N("/Type"): N("/Pages"), N("/Kids"): A([]), N("/Count"): generic.NumberObject(0)})
    )
    writer.update_root()


def xfa(writer: Writer) -> None:
    with_form(writer)
    writer.root["/AcroForm"][N("/XFA")] = generic.pdf_string("<x/>")


def need_appearances(writer: Writer) -> None:
    with_form(writer, writer.add_object(field()))
    writer.root["/AcroForm"][N("/NeedAppearances")] = generic.BooleanObject(True)


def another_attachment(writer: Writer) -> None:
    stream = generic.StreamObject(stream_data=b"title: Another")
    spec = D(
        {
            N("/Type"): N("/Filespec"),
            N("/F"): generic.pdf_string("works.yaml"),
            N("/UF"): generic.pdf_string("works.yaml"),
        }
    )
    spec[N("/EF")] = D({N("/F"): writer.add_object(stream)})
    writer.root["/Names"]["/EmbeddedFiles"]["/Names"].extend(
        [generic.pdf_string("works.yaml"), writer.add_object(spec)]
    )
    writer.update_container(writer.root["/Names"]["/EmbeddedFiles"]["/Names"])


def thumbnail(writer: Writer) -> None:
    page_of(writer)[N("/Thumb")] = writer.add_object(generic.StreamObject(stream_data=b"x"))


def layer(writer: Writer) -> None:
    writer.root[N("/OCProperties")] = D({N("/OCGs"): A([])})
    writer.update_root()


FORGERIES: tuple[Callable[[Writer], None], ...] = (
    stamp_and_empty_field,
    stamp_alone,
    stamp_behind_a_number,
    empty_field,
    field_with_a_false_signature,
    text_field,
    field_with_an_appearance,
    field_with_an_action,
    field_over_the_page,
    orphan,
    other_pages,
    xfa,
    need_appearances,
    another_attachment,
    thumbnail,
    layer,
)


def forged(pdf: bytes, forge: Callable[[Writer], None]) -> bytes:
    writer = _quiet_writer(pdf)
    forge(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forgery_is_altered_whether_nobody_signs_it_or_somebody_does_before_or_after(
    made: Brief, remade: Remade, keys: Path, signed: bytes, forge: Callable[[Writer], None]
) -> None:
    bare = forged(made.pdf, forge)
    for pdf in (bare, signature_on(bare, keys), forged(signed, forge), signature_on(forged(signed, forge), keys)):
        found = judge(pdf, made.contents, remade, signatures(pdf))
        assert found.result is Result.ALTERED, forge.__name__
        assert "were added" in found.reason


def signature_on(pdf: bytes, keys: Path) -> bytes:
    """Signed in a field of its own; as it was where the library does not sign such a file."""
    from generator.provenance.signatures import CannotSign

    try:
        return sign(pdf, keys / "key.pem", keys / "cert.pem")
    except CannotSign:
        return pdf


def test_one_signature_and_two_are_nothing_beside_themselves(made: Brief, signed: bytes, keys: Path) -> None:
    twice = signature_on(signed, keys)
    assert beside_signatures(signed, made.pdf, ["Publisher"]) == ()
    assert beside_signatures(twice, made.pdf, ["Publisher", "Publisher 2"]) == ()
    assert beside_signatures(twice, made.pdf, ["Publisher"]) == (
        "a signature field with an invalid signature was added",
    )


def test_a_signature_of_another_file_is_not_this_ones(made: Brief, remade: Remade, signed: bytes) -> None:
    """The update of one file behind another."""
    update = signed[len(made.pdf) :]
    at = made.pdf.index(b"stream") + 50
    other = made.pdf[:at] + bytes([made.pdf[at] ^ 1]) + made.pdf[at + 1 :] + update
    assert [one.is_valid for one in signatures(other)] == [False]
    changed = signed.replace(b"/Filter /Adobe.PPKLite", b"/Filter /Adobe.PPKMore")
    found = judge(changed, made.contents, remade, signatures(changed))
    assert found.result is Result.ALTERED


def test_two_fields_of_one_name_are_not_two_signatures(made: Brief, signed: bytes) -> None:
    writer = _quiet_writer(signed)
    form = writer.root["/AcroForm"]
    twin = field("Publisher", V=form["/Fields"][0].raw_get("/V"))
    form[N("/Fields")] = A([form["/Fields"].raw_get(0), writer.add_object(twin)])
    writer.update_container(form)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert "two fields have the same name" in beside_signatures(out.getvalue(), made.pdf, ["Publisher"])


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"trailing", b"\0" * 100])
def test_bytes_behind_the_last_signature_break_it(made: Brief, remade: Remade, signed: bytes, more: bytes) -> None:
    pdf = signed + more
    found = judge(pdf, made.contents, remade, signatures(pdf))
    assert found.result is Result.ALTERED
    assert not found.signatures_hold


def test_a_trailer_that_points_elsewhere_is_found(made: Brief, remade: Remade) -> None:
    """An update without objects whose trailer names another catalog, or is a hybrid of two lists of objects."""
    start = made.pdf.rindex(b"startxref") + len(b"startxref")
    previous = int(made.pdf[start:].split()[0])
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        root, info, size = opened.Root.objgen[0], opened.trailer.Info.objgen[0], int(opened.trailer.Size)
    for trailer in (
        f"/Root {info} 0 R /Info {info} 0 R /Size {size} /Prev {previous}",
        f"/Root {root} 0 R /Size {size} /Prev {previous}",
        f"/Root {root} 0 R /Info {info} 0 R /Size {size} /Prev {previous} /XRefStm {previous}",
        f"/Root {root} 0 R /Info {info} 0 R /Size {size} /Prev {previous}",
        f"/Root {root} 0 R /Info {info} 0 R /Size {size}",
    ):
        update = f"xref\n0 1\n0000000000 65535 f \ntrailer\n<< {trailer} >>\nstartxref\n{len(made.pdf)}\n%%EOF\n"
        pdf = made.pdf + update.encode()
        assert judge(pdf, made.contents, remade, signatures(pdf)).result is Result.ALTERED, trailer


def test_an_end_of_file_inside_the_file_does_not_hide_what_comes_behind(
    made: Brief, remade: Remade, keys: Path
) -> None:
    """Where other versions made the file, its first revision is the attacker's own."""
    from tests.provenance.pdfs import with_manifest

    older = with_manifest(made.pdf, lambda said: said["versions"].update(pango="1.0"))
    for forge in FORGERIES:
        pdf = forged(older, forge)
        assert first_revision(pdf) == older
        found = judge(pdf, made.contents.__class__(open_contents(older).manifest, made.contents.files, ()), remade)
        assert found.result is Result.ALTERED, forge.__name__


def test_without_pyhanko_nobody_knows_what_was_appended(
    made: Brief, remade: Remade, signed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyhanko", None)
    found = judge(signed, made.contents, remade, signatures(signed))
    assert found.result is Result.UNKNOWN
    assert "pyHanko" in found.reason
    assert [one.validity for one in found.signatures] == [Validity.UNCHECKED]


def test_without_pyhanko_an_update_is_never_only_a_signature(
    made: Brief, signed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    (reason,) = beside_signatures(signed, made.pdf, ["Publisher"])
    assert "without the extra `sign`" in reason


def test_an_object_that_no_list_names_is_altered_although_its_signature_is_valid(
    made: Brief, remade: Remade, keys: Path
) -> None:
    """Readers that find a list of objects damaged search the file for objects, and take the last of each number."""
    hidden = b"1 0 obj\n<< /Kids [] >>\nendobj\n"
    end = made.pdf[made.pdf.rindex(b"startxref") :]
    pdf = sign(made.pdf + hidden + end, keys / "key.pem", keys / "cert.pem")
    signed = signatures(pdf)
    assert [one.is_valid for one in signed] == [True]
    found = judge(pdf, made.contents, remade, signed)
    assert found.result is Result.ALTERED
    assert "readers may understand differently" in found.reason


# ---------------------------------------------------------------- whom one trusts


def test_whoever_asks_for_a_signer_gets_exit_code_1_where_nobody_signed(
    made: Brief, signed: bytes, keys: Path, tmp_path: Path
) -> None:
    (tmp_path / "bare.pdf").write_bytes(made.pdf)
    (tmp_path / "signed.pdf").write_bytes(signed)
    own, root = str(keys / "cert.pem"), str(keys / "root.pem")
    ran = brief("verify", "bare.pdf", "--trust", own, cwd=tmp_path)
    assert ran.code == 1
    assert "no signature leads to a certificate that you trust" in ran.out
    assert brief("verify", "bare.pdf", cwd=tmp_path).code == 0
    assert brief("verify", "signed.pdf", "--trust", own, cwd=tmp_path).code == 0
    assert brief("verify", "signed.pdf", "--trust", root, cwd=tmp_path).code == 1
    assert brief("verify", "signed.pdf", "--trust", root, "--trust", own, cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    "data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_certificate_that_is_none_is_wrong_use(made: Brief, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "works.pdf").write_bytes(made.pdf)
    (tmp_path / "cert.pem").write_bytes(data)
    ran = brief("verify", "works.pdf", "--trust", "cert.pem", cwd=tmp_path)
    assert ran.code == 2
    assert "Traceback" not in ran.err
