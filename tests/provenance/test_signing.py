"""Signing a PDF, and whether signatures hold. The keys are made here."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from pyhanko.pdf_utils import generic

from generator.pipeline.pdf_files.pdf_contents import Unreadable, open_contents
from generator.provenance.incremental_update import beside_signatures
from generator.provenance.rebuild_brief import Remade
from generator.provenance.signatures import (
    CannotSign,
    Signature,
    Validity,
    _quiet_writer,
    _signed,
    _signer,
    needs_password,
    sign,
    signatures,
)
from generator.provenance.verification import Result, Verification, judge
from generator.provenance.verification_report import as_json, as_text
from tests.commands.run import brief
from tests.provenance.conftest import Brief, certificate, pem
from tests.provenance.pdfs import with_manifest


def test_the_signed_file_begins_with_the_bytes_that_were_made(made: Brief, remade: Remade, signed: bytes) -> None:
    assert signed.startswith(made.pdf)
    found = judge(signed, made.contents, remade, signatures(signed))
    assert found.result is Result.AS_MADE
    assert "with a signature" in found.reason
    assert found.signatures_hold


def test_a_self_signed_signature_is_said_to_be_so(signed: bytes, made: Brief, remade: Remade) -> None:
    (one,) = signatures(signed)
    assert one.validity is Validity.SELF_SIGNED
    assert "Own Desk" in one.signer
    assert len(one.fingerprint) == 64
    text = as_text("x.pdf", judge(signed, made.contents, remade, (one,)))
    assert "valid, self-signed" in text
    assert "anybody can make a certificate" in text


def test_the_verification_is_one_json_object_with_these_names(signed: bytes, made: Brief, remade: Remade) -> None:
    fields = json.loads(as_json("x.pdf", judge(signed, made.contents, remade, signatures(signed))))
    assert list(fields) == [
        *("file", "finding", "reason", "slug", "attachments", "faults", "problems", "evidence", "signatures", "design"),
        *("statements", "signer_asked", "versions", "bytes", "words", "missing", "unexplained", "signatures_hold"),
    ]
    assert list(fields["signatures"][0]) == ["signer", "finding", "reason", "fingerprint", "when", "field"]
    assert fields["signatures"][0]["finding"] == Validity.SELF_SIGNED


def test_whom_to_trust_is_for_the_reader_to_say(made: Brief, signed: bytes, keys: Path) -> None:
    root, own = (keys / "root.pem").read_bytes(), (keys / "cert.pem").read_bytes()
    issued = sign(made.pdf, keys / "desk.p12", password="öffne")
    assert [one.validity for one in signatures(issued)] == [Validity.UNROOTED]
    assert [one.validity for one in signatures(issued, [root])] == [Validity.TRUSTED]
    assert [one.validity for one in signatures(issued, [own])] == [Validity.UNTRUSTED]
    assert [one.validity for one in signatures(signed, [own])] == [Validity.TRUSTED]
    assert not signatures(issued, [own])[0].holds


def test_two_may_sign(made: Brief, remade: Remade, signed: bytes, keys: Path) -> None:
    twice = sign(signed, keys / "desk.p12", password="öffne")
    assert [one.validity for one in signatures(twice)] == [Validity.SELF_SIGNED, Validity.UNROOTED]
    assert judge(twice, made.contents, remade, signatures(twice)).result is Result.AS_MADE


def test_any_changed_byte_of_a_signed_file_is_found(made: Brief, signed: bytes) -> None:
    dice = random.Random(7)
    behind = range(len(made.pdf), len(signed))
    for at in [*dice.sample(range(len(made.pdf)), 10), *dice.sample(behind, 150), len(signed) - 1]:
        changed = bytearray(signed)
        changed[at] ^= dice.randrange(1, 256)
        pdf = bytes(changed)
        if not all(one.holds for one in signatures(pdf)) or not signatures(pdf):
            continue
        try:
            assert beside_signatures(pdf, made.pdf, ["Publisher"]), at
        except Unreadable:
            continue


def test_every_other_digit_in_the_header_of_a_signature_is_found(made: Brief, signed: bytes) -> None:
    """The signature covers all bytes but its own, and of those not the header: each of its digits in turn is made others."""
    begin = signed.index(b"<30", len(made.pdf)) + 1
    for at, digit in itertools.product(range(begin, begin + 124), b"03F"):
        if signed[at] != digit:
            pdf = signed[:at] + bytes([digit]) + signed[at + 1 :]
            found = signatures(pdf)
            assert not found or not all(one.holds for one in found), (at - begin, chr(digit))


def test_something_behind_the_signature_is_found(signed: bytes) -> None:
    (one,) = signatures(signed + b"\n% more\n")
    assert one.validity is Validity.BROKEN


def changed(pdf: bytes, how: str) -> bytes:
    writer = _quiet_writer(pdf)  # so that nothing else changes
    page = writer.root["/Pages"]["/Kids"][0]
    if how == "page":
        drawing = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 500 500 re f")
        page["/Contents"] = writer.add_object(drawing)
        writer.update_container(page)
    elif how == "annotation":
        box = generic.ArrayObject(generic.FloatObject(side) for side in (0, 0, 500, 500))
        note = {"/Type": "/Annot", "/Subtype": "/Square"}
        shown = generic.DictionaryObject({generic.pdf_name(k): generic.pdf_name(v) for k, v in note.items()})
        shown[generic.pdf_name("/Rect")] = box
        page.setdefault(generic.pdf_name("/Annots"), generic.ArrayObject()).append(writer.add_object(shown))
        writer.update_container(page)
    elif how == "script":
        writer.root["/OpenAction"] = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name("/JavaScript")})
        writer.update_root()
    elif how == "fonts":
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            font[generic.pdf_name("/BaseFont")] = generic.pdf_name("/Other")
            writer.update_container(font)
    elif how == "title":
        info = writer.trailer["/Info"]
        info["/Title"] = generic.pdf_string("Another title")
        writer.update_container(info)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


WRONG = {
    "page": "page 1 was changed",
    "annotation": "page 1 was changed",
    "script": "its catalog was changed",
    "fonts": "was replaced",
    "title": "was replaced",
}


@pytest.mark.parametrize("how", WRONG)
def test_an_update_that_changes_what_is_seen_is_no_signature(made: Brief, remade: Remade, keys: Path, how: str) -> None:
    """Signed afterwards too: whoever signs may have changed it before."""
    pdf = changed(made.pdf, how)
    assert judge(pdf, made.contents, remade).result is Result.ALTERED
    pdf = sign(pdf, keys / "key.pem", keys / "cert.pem")
    found = judge(pdf, made.contents, remade, signatures(pdf))
    assert found.result is Result.ALTERED
    assert WRONG[how] in found.reason


def test_updates_are_seen_where_other_versions_made_the_file_too(made: Brief, remade: Remade, keys: Path) -> None:
    older = with_manifest(made.pdf, lambda said: said["versions"].update(pango="1.0"))
    signed = sign(older, keys / "key.pem", keys / "cert.pem")
    assert judge(signed, open_contents(signed), remade, signatures(signed)).result is Result.SAME_WORDS
    for pdf in (changed(older, "annotation"), changed(signed, "page"), older + b"more"):
        found = judge(pdf, open_contents(pdf), remade, signatures(pdf))
        assert found.result is Result.ALTERED
        assert "data was added after it was made" in found.reason


def test_a_key_that_cannot_be_used_is_told_in_a_sentence(made: Brief, keys: Path, tmp_path: Path) -> None:
    for arguments in (
        (keys / "desk.p12", None, "wrong"),
        (keys / "locked.pem", keys / "cert.pem", ""),
        (keys / "cert.pem", keys / "key.pem", ""),
        (keys / "key.pem", None, ""),
    ):
        with pytest.raises(CannotSign) as caught:
            sign(made.pdf, *arguments)
        assert "\n" not in str(caught.value)
    with pytest.raises(CannotSign):
        sign(b"no PDF", keys / "key.pem", keys / "cert.pem")
    assert needs_password(keys / "desk.p12")
    assert needs_password(keys / "locked.pem")
    assert not needs_password(keys / "key.pem")
    with pytest.raises(CannotSign, match=r"cannot read .*nowhere\.pem: no such file"):
        needs_password(keys / "nowhere.pem")
    assert signatures(sign(made.pdf, keys / "locked.pem", keys / "cert.pem", "öffne"))


def test_no_signature_is_written_that_readers_would_not_accept(made: Brief, keys: Path, tmp_path: Path) -> None:
    """An expired certificate, one that is valid later, one of another key, and a key of a kind that cannot sign a SHA-256 digest."""
    own, other = ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()
    for name, key, year, days in (("past", own, 2020, 366), ("future", own, 2900, 365), ("other", other, 2020, 36500)):
        (tmp_path / f"{name}.pem").write_bytes(pem(certificate(name, key, name, own, ca=False, year=year, days=days)))
        forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (tmp_path / f"{name}.key").write_bytes(key.private_bytes(*forms))
    for name, reason in (
        ("past", "the certificate is valid from 2020-01-01 to 2021-01-01 only; use one that is valid now"),
        ("future", "the certificate is valid from 2900-01-01 to 2901-01-01 only"),
        ("other", "its key is of the kind ed25519; use an RSA key"),
    ):
        with pytest.raises(CannotSign, match=reason):
            sign(made.pdf, tmp_path / f"{name}.key", tmp_path / f"{name}.pem")
    with pytest.raises(CannotSign, match=r"would not be valid: .*; does the key belong to the certificate\?"):
        sign(made.pdf, tmp_path / "past.key", keys / "cert.pem")


def test_a_certificate_that_is_out_of_date_is_not_accepted_from_anybody(made: Brief, tmp_path: Path) -> None:
    """Self-signed or issued, named by the reader or not: only the signer states that the signature is older."""
    own, root = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    trusted = pem(certificate("Root", root, "Root", root, ca=True))
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "desk.key").write_bytes(own.private_bytes(*forms))
    for issuer, key in (("Desk", own), ("Root", root)):
        past = pem(certificate("Desk", own, issuer, key, ca=False, year=2020, days=366))
        (tmp_path / "desk.pem").write_bytes(past)
        pdf = _signed(made.pdf, _signer(tmp_path / "desk.key", tmp_path / "desk.pem", None))
        for trust in ((), (past,), (trusted,)):
            (one,) = signatures(pdf, trust)
            assert one.validity is Validity.OUT_OF_DATE
            assert "valid from 2020-01-01 to 2021-01-01 only" in one.reason
            assert one.is_valid
            assert not one.holds


def test_certificates_of_issuers_may_follow_the_signers(made: Brief, tmp_path: Path) -> None:
    root, middle, desk = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    trusted = pem(certificate("Root", root, "Root", root, ca=True))
    chain = (
        pem(certificate("Desk", desk, "Middle", middle, ca=False)),
        pem(certificate("Middle", middle, "Root", root, ca=True)),
    )
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "desk.key").write_bytes(desk.private_bytes(*forms))
    (tmp_path / "chain.pem").write_bytes(b"".join(chain))
    (one,) = signatures(sign(made.pdf, tmp_path / "desk.key", tmp_path / "chain.pem"), [trusted])
    assert one.validity is Validity.TRUSTED
    assert "Desk" in one.signer


def test_a_file_that_is_no_key_or_certificate_is_named(made: Brief, keys: Path, tmp_path: Path) -> None:
    empty, pipe = tmp_path / "empty.pem", tmp_path / "pipe"
    empty.write_bytes(b"")
    os.mkfifo(pipe)
    for key, cert, reason in (
        (keys / "key.pem", empty, r"empty\.pem is not a certificate in PEM or DER format"),
        (keys / "key.pem", keys / "key.pem", r"key\.pem is not a certificate in PEM or DER format"),
        (keys / "cert.pem", keys / "cert.pem", r"the password of .*cert\.pem is wrong, or it is not a PEM key"),
        (empty, None, r"the password of .*empty\.pem is wrong, or it is not PKCS#12 with a key and its certificate"),
        (keys / "desk.p12", keys / "cert.pem", r"desk\.p12 is no PEM key; .* leave out --cert"),
        (pipe, None, r"cannot read .*pipe: not a regular file"),
        (keys / "key.pem", pipe, r"cannot read .*pipe: not a regular file"),
        (keys, None, r"cannot read .*: is a directory"),
    ):
        with pytest.raises(CannotSign, match=reason):
            sign(made.pdf, key, cert, "not UTF-8: \udcff")


def test_without_pyhanko_signatures_are_not_taken_for_checked(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyhanko", None)
    (one,) = signatures(signed)
    assert (one.validity, one.holds) == (Validity.UNCHECKED, False)


def test_without_pyhanko_nothing_is_signed(made: Brief, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyhanko.sign", None)
    with pytest.raises(CannotSign, match="pyHanko: install the extra"):
        sign(made.pdf, keys / "key.pem", keys / "cert.pem")


def test_the_command_takes_the_password_from_the_environment(made: Brief, keys: Path, tmp_path: Path) -> None:
    (tmp_path / "works.pdf").write_bytes(made.pdf)
    ran = brief("sign", "works.pdf", "--key", str(keys / "desk.p12"), cwd=tmp_path, BRIEF_KEY_PASSWORD="öffne")
    assert (ran.code, ran.out) == (0, "works.signed.pdf\n"), ran.err
    assert (tmp_path / "works.signed.pdf").read_bytes().startswith(made.pdf)
    assert brief("sign", "works.pdf", "--key", str(keys / "desk.p12"), cwd=tmp_path).code == 2
    ran = brief("sign", "works.pdf", "--key", str(keys / "desk.p12"), "-o", "x.pdf", cwd=tmp_path)
    assert (ran.code, "may need a password: set BRIEF_KEY_PASSWORD" in ran.err) == (2, True)
    ran = brief(
        "sign", "works.pdf", "--key", str(keys / "desk.p12"), "-o", "x.pdf", cwd=tmp_path, BRIEF_KEY_PASSWORD="no"
    )
    assert ran.code == 2
    assert "cannot sign works.pdf: the password of " in ran.err
    (tmp_path / "none.pdf").write_bytes(made.pdf[:9000])
    ran = brief("sign", "none.pdf", "--key", str(keys / "key.pem"), "--cert", str(keys / "cert.pem"), cwd=tmp_path)
    assert ran.code == 2
    assert "cannot sign none.pdf: the PDF is damaged, encrypted or of an unknown kind (EOF marker" in ran.err


def test_the_report_says_whether_the_signer_is_the_one_that_was_asked_for() -> None:
    for validity, says in ((Validity.TRUSTED, False), (Validity.UNTRUSTED, True)):
        signed = Signature("Übersee Desk", validity, "")
        verification = Verification(Result.AS_MADE, "as made", signatures=(signed,), signer_asked=True)
        assert ("no signature leads to a certificate that you trust" in as_text("x.pdf", verification)) == says
        assert '"signer": "Übersee Desk"' in as_json("x.pdf", verification)


def test_a_signer_whose_name_changes_the_direction_of_text_is_escaped() -> None:
    signer = Signature("Desk \u202eelpmaxE", Validity.SELF_SIGNED, "")
    text = as_json("x.pdf", Verification(Result.UNKNOWN, "no manifest", signatures=(signer,)))
    assert "\u202e" not in text
    assert json.loads(text)["signatures"][0]["signer"] == "Desk \u202eelpmaxE"
