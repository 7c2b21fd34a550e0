"""Signs a PDF with pyHanko.

The signature is appended, and the original bytes stay unchanged. Nothing is shown on a page, and the metadata stay as they are: the
result is still PDF/UA-1 and PDF/A-3a.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from generator.provenance.signatures import unheard

FIELD = "Publisher"
_PKCS12 = (".p12", ".pfx")


class CannotSign(Exception):
    """The key, the certificate or the PDF cannot be used; the message is one sentence with the reason."""


def needs_password(key: Path) -> bool:
    """Whether a key is encrypted. Raises CannotSign if it cannot be read."""
    try:
        data = key.read_bytes()
    except OSError as error:
        raise CannotSign(f"cannot read {key}: {(error.strerror or str(error)).lower()}") from None
    return key.suffix.lower() in _PKCS12 or b"ENCRYPTED" in data


def sign(pdf: bytes, key: Path, certificate: Path | None = None, password: str = "") -> bytes:
    """Return the PDF with an appended signature. `key` is PKCS#12 (`.p12`, `.pfx`), or PEM with the certificate in another file.

    Certificates of its issuers may follow in the same PEM file. Raises CannotSign.
    """
    signer = _signer(key, certificate, password.encode() or None)
    from pyhanko.sign import fields, signers

    try:
        writer = _quiet_writer(pdf)
        taken = len(list(fields.enumerate_sig_fields(writer)))
        name = f"{FIELD} {taken + 1}" if taken else FIELD
        meta = signers.PdfSignatureMetadata(
            field_name=name, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        spec = fields.SigFieldSpec(name, on_page=0, readable_field_name="Signature of the publisher")
        signed = signers.PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(writer)
    except Exception as error:  # a library that parses an untrusted PDF may raise anything
        reason = str(error).split("\n")[0] or type(error).__name__
        raise CannotSign(f"the PDF cannot be signed: {reason}") from None
    return bytes(signed.getvalue())


def _signer(key: Path, certificate: Path | None, password: bytes | None) -> Any:
    try:
        from pyhanko.sign import signers
    except ImportError:
        raise CannotSign(
            "signing needs pyHanko: install the extra, pip install 'policy-brief-generator[sign]'"
        ) from None
    loading: Any = signers.SimpleSigner
    packed = key.suffix.lower() in _PKCS12
    if not packed and certificate is None:
        raise CannotSign("a key in PEM needs its certificate: --cert CERT.pem")
    with unheard("pyhanko"):
        if packed:
            signer = loading.load_pkcs12(str(key), passphrase=password)
        else:
            signer = loading.load(str(key), str(certificate), key_passphrase=password)
    if signer is None:
        raise CannotSign(f"{key} cannot be used: a wrong password, or no key and certificate of a known kind")
    return signer


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
