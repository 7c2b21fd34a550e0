"""Signs a PDF with a key from a file, checks signatures, and names their signers. Needs pyHanko.

A signature is appended, and the original bytes stay unchanged. Nothing is shown on a page, and the metadata stay as they are: the
result is still PDF/UA-1 and PDF/A-3a.

To check one, no certificate is fetched and none of the system's is trusted: the reader names the certificates to trust.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.system.regular_files import read_regular, reason_of

_MOST = 20
"""Most signatures that are checked."""


class Validity(StrEnum):
    """State of a signature."""

    TRUSTED = "valid, and leads to a certificate that you trust"
    SELF_SIGNED = "valid, self-signed"
    UNROOTED = "valid, not compared with any certificate that you trust"
    UNTRUSTED = "valid, but leads to no certificate that you trust"
    OUT_OF_DATE = "valid, but its certificate is not"
    BROKEN = "BROKEN"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a PDF."""

    signer: str
    validity: Validity
    reason: str
    fingerprint: str = ""
    """Hexadecimal SHA-256 of the signer's certificate."""
    when: str = ""
    """Time as the signer states it, ISO 8601."""
    field: str = ""
    """Name of its form field."""

    @property
    def is_valid(self) -> bool:
        """Whether the signed bytes are unchanged, regardless of the signer."""
        return self.validity not in (Validity.BROKEN, Validity.UNCHECKED)

    @property
    def holds(self) -> bool:
        """Whether the signature is valid, and its certificate too. An unknown signer is acceptable unless the reader named one."""
        return self.validity in (Validity.TRUSTED, Validity.SELF_SIGNED, Validity.UNROOTED)


def signatures(pdf: bytes, trust: Sequence[bytes] = ()) -> tuple[Signature, ...]:
    """Return every signature with its state. A signer must chain to one of the certificates in `trust` (PEM or DER), if any.

    Raises ValueError if a certificate cannot be read.
    """
    if b"/ByteRange" not in pdf:
        return ()
    try:
        import pyhanko  # noqa: F401 - whether it is there
    except ImportError:
        reason = "install the extra `sign` (pyHanko) to check signatures"
        return (Signature("somebody", Validity.UNCHECKED, reason),)
    with unheard("pyhanko"), unheard("pyhanko_certvalidator"):
        return tuple(_checked(pdf, trust))


def _checked(pdf: bytes, trust: Sequence[bytes]) -> Iterator[Signature]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    roots = [certificate(data) for data in trust]
    try:
        embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[:_MOST]
        for number, one in enumerate(embedded, 1):
            yield _one(one, roots, pdf, last=number == len(embedded))
    except Exception as error:  # a library that parses untrusted bytes may raise anything
        yield Signature("somebody", Validity.BROKEN, f"it cannot be read: {_said(error)}")


def _one(embedded: Any, roots: list[Any], pdf: bytes, *, last: bool) -> Signature:
    """Return what one signature says, and whether it is valid. `last`: nothing was added to the file after it."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificate = embedded.signer_cert
    context = ValidationContext(trust_roots=roots or [certificate], allow_fetching=False)
    status = validate_pdf_signature(embedded, context, skip_diff=True)
    broken = "" if status.intact and status.valid else "the signed data or the signature was changed after signing"
    broken = broken or _padding(embedded, pdf) or _header(embedded) or _uncovered(status.coverage, last=last)
    validity, reason = (Validity.BROKEN, broken) if broken else _whose(certificate, status.trusted if roots else None)
    when = embedded.self_reported_timestamp
    return Signature(
        certificate.subject.human_friendly,
        validity,
        reason,
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        when=when.isoformat() if when else "",
        field=str(embedded.field_name),
    )


def _whose(certificate: Any, trusted: bool | None) -> tuple[Validity, str]:
    """Return the state of a valid signature by its signer; `trusted` is None if the reader named nobody.

    Only the signer states when it was made, so a certificate counts as long as it is valid today.
    """
    period = _other_days(certificate)
    if period:
        return Validity.OUT_OF_DATE, f"{period}, and only the signer states when the signature was made"
    if trusted is not None:
        reason = "" if trusted else "anybody can make a certificate in any name"
        return (Validity.TRUSTED if trusted else Validity.UNTRUSTED), reason
    self_signed = certificate.issuer == certificate.subject
    reason = "anybody can make a certificate in any name: compare its SHA-256 with the one that the publisher gives in another place"
    return (Validity.SELF_SIGNED if self_signed else Validity.UNROOTED), reason


def _other_days(certificate: Any) -> str:
    """Return when a certificate is valid; nothing if it is valid now."""
    first, last = certificate.not_valid_before, certificate.not_valid_after
    return (
        ""
        if first <= datetime.now(UTC) <= last
        else f"the certificate is valid from {first:%Y-%m-%d} to {last:%Y-%m-%d} only"
    )


def _padding(embedded: Any, pdf: bytes) -> str:
    """Check the only bytes that no signature covers: its own, in hexadecimal and padded with zeros. Return what is wrong.

    They must be DER (ISO 32000-2, 12.8.3.3), which has exactly one form for each content.
    """
    from asn1crypto.cms import ContentInfo

    content = ContentInfo({"content_type": "signed_data", "content": embedded.signed_data.copy()})
    written = content.dump(force=True).hex()
    gap = pdf[int(embedded.byte_range[1]) : int(embedded.byte_range[2])]
    places = {f"<{form.ljust(len(gap) - 2, '0')}>".encode() for form in (written, written.upper())}
    return "" if gap in places else "there is data after the signature, or its place was changed"


def _header(embedded: Any) -> str:
    """Check the unsigned header of the signature; return what is wrong. Only one form is allowed (RFC 5652, 5.1)."""
    signed = embedded.signed_data
    signer = signed["signer_infos"][0]
    plain = (signed["version"].native, signer["version"].native, signed["encap_content_info"]["content_type"].native)
    named = [(one["algorithm"].dump(), one["parameters"].native) for one in signed["digest_algorithms"]]
    used = [(signer["digest_algorithm"]["algorithm"].dump(), None)]
    agrees = plain == ("v1", "v1", "data") and named == used
    return "" if agrees else "the header of the signature differs from what its signer writes"


def _uncovered(coverage: Any, *, last: bool) -> str:
    """Check that each signature covers the whole file at the time of signing, and the last one all of the file."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    needed = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    return "" if coverage >= needed else "it does not cover the whole file"


def certificate(data: bytes) -> Any:
    """Read a certificate, PEM or DER. Raises ValueError if it cannot be read."""
    from asn1crypto import pem, x509

    if pem.detect(data):
        _, _, data = pem.unarmor(data)
    loaded = x509.Certificate.load(data, strict=True)
    loaded.public_key  # noqa: B018 - parsed when first asked for
    return loaded


@contextmanager
def unheard(name: str) -> Iterator[None]:
    """Discard a library's log records and tracebacks, because our messages already say what is wrong."""
    handler, logger = logging.NullHandler(), logging.getLogger(name)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _said(error: Exception) -> str:
    return ascii(str(error).split("\n")[0][:200])[1:-1] or type(error).__name__


FIELD = "Publisher"
_KINDS = ("rsa", "rsassa_pss", "ec")
"""Kinds of keys that sign a SHA-256 digest, and that validators accept."""


class CannotSign(Exception):
    """The key, the certificate or the PDF cannot be used; the message is the reason."""


def needs_password(key: Path) -> bool:
    """Whether a key is, or may be, encrypted. Raises CannotSign if it cannot be read."""
    data = _read(key)
    return not _is_pem(data) or b"ENCRYPTED" in data


def sign(pdf: bytes, key: Path, certificate: Path | None = None, password: str = "") -> bytes:
    """Return the PDF with an appended signature that is valid. `key` is PKCS#12, or PEM with the certificate in another file.

    Certificates of its issuers may follow in the same PEM file. Raises CannotSign.
    """
    with unheard("pyhanko"):
        signer = _signer(key, certificate, os.fsencode(password) or None)
        _check_certificate(signer.signing_cert)
        try:
            signed = _signed(pdf, signer)
        except Exception as error:  # a library that parses an untrusted PDF may raise anything
            raise CannotSign(f"the PDF is damaged, encrypted or of an unknown kind ({_said(error)})") from None
    *_, added = signatures(signed, [signer.signing_cert.dump()])
    if added.validity is not Validity.TRUSTED:
        reason = added.reason or added.validity
        raise CannotSign(f"the signature would not be valid: {reason}; does the key belong to the certificate?")
    return signed


def _signed(pdf: bytes, signer: Any) -> bytes:
    from pyhanko.sign import fields, signers

    writer = _quiet_writer(pdf)
    taken = len(list(fields.enumerate_sig_fields(writer)))
    name = f"{FIELD} {taken + 1}" if taken else FIELD
    meta = signers.PdfSignatureMetadata(field_name=name, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    spec = fields.SigFieldSpec(name, on_page=0, readable_field_name="Signature of the publisher")
    return bytes(signers.PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(writer).getvalue())


def _signer(key: Path, certificate: Path | None, password: bytes | None) -> Any:
    """Return pyHanko's signer for a key. Raises CannotSign."""
    try:
        from pyhanko.keys import load_private_key_from_pemder_data
        from pyhanko.sign import signers
        from pyhanko_certvalidator.registry import SimpleCertificateStore
    except ImportError:
        raise CannotSign(
            "signing needs pyHanko: install the extra, pip install 'policy-brief-generator[sign]'"
        ) from None
    data = _read(key)
    if _is_pem(data) and certificate is None:
        raise CannotSign("a PEM key needs its certificate: --cert CERT.pem")
    if not _is_pem(data) and certificate is not None:
        raise CannotSign(f"{key} is no PEM key; a PKCS#12 key contains its certificate, so leave out --cert")
    loader: Any = signers.SimpleSigner
    store: Any = SimpleCertificateStore
    chain = _chain(certificate) if certificate else []
    try:
        if not chain:
            return loader.load_pkcs12_data(data, (), password)
        private = load_private_key_from_pemder_data(data, password)
        return loader(signing_cert=chain[0], signing_key=private, cert_registry=store.from_certs(chain[1:]))
    except Exception:  # each library and kind of key has its own
        what = "a PEM key" if chain else "PKCS#12 with a key and its certificate"
        raise CannotSign(f"the password of {key} is wrong, or it is not {what}") from None


def _is_pem(data: bytes) -> bool:
    return b"-----BEGIN" in data


def _read(path: Path) -> bytes:
    """Return the bytes of a file of the signer. Raises CannotSign."""
    try:
        return read_regular(path)
    except OSError as error:
        raise CannotSign(f"cannot read {path}: {reason_of(error)}") from None


def _chain(path: Path) -> list[Any]:
    """Return the certificates in a file, the signer's first. Raises CannotSign."""
    from asn1crypto import pem

    data = _read(path)
    try:
        parts = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        return [certificate(part) for part in parts]
    except (ValueError, TypeError):
        raise CannotSign(f"{path} is not a certificate in PEM or DER format") from None


def _check_certificate(certificate: Any) -> None:
    """Raise CannotSign if readers would not accept a signature with this certificate."""
    kind = certificate.public_key.algorithm
    if kind not in _KINDS:
        raise CannotSign(f"its key is of the kind {kind}; use an RSA key or one of an elliptic curve (ECDSA)")
    if period := _other_days(certificate):
        raise CannotSign(f"{period}; use one that is valid now")


def _quiet_writer(pdf: bytes) -> Any:
    """Return a writer that keeps the metadata: PDF/A-3 is PDF 1.7, and the dates are the brief's."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class QuietWriter(IncrementalPdfFileWriter):  # type: ignore[misc, unused-ignore]
        def _update_meta(self) -> None:
            pass

        def register_extension(self, ext: Any) -> None:
            pass

        def ensure_output_version(self, version: Any) -> None:
            pass

    return QuietWriter(io.BytesIO(pdf))
