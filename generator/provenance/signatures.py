"""Whether the signatures in a PDF hold, and whose they are. pyHanko is needed for that, and only for that.

No certificate is fetched and none of the system's is trusted: what a signature leads to is for the reader to say.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_MOST = 20
"""Signatures that are looked at."""


class Holding(StrEnum):
    """What is known of a signature."""

    TRUSTED = "valid, and leads to a certificate that you trust"
    SELF_SIGNED = "valid, self-signed"
    UNROOTED = "valid, not held against any certificate that you trust"
    UNTRUSTED = "valid, but leads to no certificate that you trust"
    BROKEN = "BROKEN"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a PDF."""

    signer: str
    finding: Holding
    reason: str
    fingerprint: str = ""
    """SHA-256 of the signer's certificate, hexadecimal."""
    when: str = ""
    """The signer's own word for the time, ISO 8601."""

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it. That a stranger signed does not, unless it was said who should have."""
        return self.finding in (Holding.TRUSTED, Holding.SELF_SIGNED, Holding.UNROOTED)


def signatures(pdf: bytes, trust: Sequence[bytes] = ()) -> tuple[Signature, ...]:
    """Every signature with what is known of it. `trust`: certificates, PEM or DER, that one has to lead to.

    Raises ValueError where a certificate to trust is none.
    """
    if b"/ByteRange" not in pdf:
        return ()
    try:
        import pyhanko  # noqa: F401 - whether it is there
    except ImportError:
        reason = "install the extra `sign` (pyHanko) to check signatures"
        return (Signature("somebody", Holding.UNCHECKED, reason),)
    return tuple(_checked(pdf, trust))


def _checked(pdf: bytes, trust: Sequence[bytes]) -> Iterator[Signature]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    roots = [_certificate(data) for data in trust]
    try:
        embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[:_MOST]
        for number, one in enumerate(embedded, 1):
            yield _one(one, roots, pdf, last=number == len(embedded))
    except Exception as error:  # a stranger's bytes, in a library: it may raise whatever it likes
        yield Signature("somebody", Holding.BROKEN, f"it cannot be read: {_said(error)}")


def _one(embedded: Any, roots: list[Any], pdf: bytes, *, last: bool) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificate = embedded.signer_cert
    whose = certificate.subject.human_friendly
    context = ValidationContext(trust_roots=roots or [certificate], allow_fetching=False)
    status = validate_pdf_signature(embedded, context, skip_diff=True)
    fingerprint = hashlib.sha256(certificate.dump()).hexdigest()
    when = embedded.self_reported_timestamp
    told = when.isoformat() if when else ""
    if not (status.intact and status.valid):
        return Signature(
            whose, Holding.BROKEN, "what was signed was changed since, or the signature was", fingerprint, told
        )
    strange = _padding(embedded, pdf) or _uncovered(status.coverage, last=last)
    if strange:
        return Signature(whose, Holding.BROKEN, strange, fingerprint, told)
    self_signed = certificate.issuer == certificate.subject
    if roots:
        finding = Holding.TRUSTED if status.trusted else Holding.UNTRUSTED
        reason = "" if status.trusted else "anybody can make a certificate in any name"
    else:
        finding = Holding.SELF_SIGNED if self_signed else Holding.UNROOTED
        reason = (
            "anybody can make a certificate in any name: compare its SHA-256 with what the publisher says elsewhere"
        )
    return Signature(whose, finding, reason, fingerprint, told)


def _padding(embedded: Any, pdf: bytes) -> str:
    """What is wrong with the only bytes that no signature covers: its own, in hexadecimal, with zeros after them."""
    from asn1crypto import parser

    content = bytes(embedded.pkcs7_content)
    *_, head, body, tail = parser.parse(content, strict=False)
    written = content[: len(head) + len(body) + len(tail)].hex()
    gap = pdf[int(embedded.byte_range[1]) : int(embedded.byte_range[2])]
    places = {f"<{form.ljust(len(gap) - 2, '0')}>".encode() for form in (written, written.upper())}
    return "" if gap in places else "there is something behind the signature, or its place was changed"


def _uncovered(coverage: Any, *, last: bool) -> str:
    """Each signature covers all that was there when it was made, and the last one the whole file."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    needed = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    return "" if coverage >= needed else "it does not cover the whole file"


def _certificate(data: bytes) -> Any:
    from asn1crypto import pem, x509

    if pem.detect(data):
        _, _, data = pem.unarmor(data)
    return x509.Certificate.load(data, strict=True)


def _said(error: Exception) -> str:
    return ascii(str(error).split("\n")[0][:200])[1:-1] or type(error).__name__
