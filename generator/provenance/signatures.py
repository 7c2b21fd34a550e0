"""Whether the signatures in a PDF hold, and whose they are. pyHanko is needed for that, and only for that.

No certificate is fetched and none of the system's is trusted: what a signature leads to is for the reader to say.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    field: str = ""
    """The name of the form field that it stands in."""

    @property
    def is_valid(self) -> bool:
        """Whether the signed bytes are as they were, whoever signed."""
        return self.finding not in (Holding.BROKEN, Holding.UNCHECKED)

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
    with unheard("pyhanko"), unheard("pyhanko_certvalidator"):
        return tuple(_checked(pdf, trust))


def _checked(pdf: bytes, trust: Sequence[bytes]) -> Iterator[Signature]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    roots = [certificate(data) for data in trust]
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
    context = ValidationContext(trust_roots=roots or [certificate], allow_fetching=False)
    status = validate_pdf_signature(embedded, context, skip_diff=True)
    broken = "" if status.intact and status.valid else "what was signed was changed since, or the signature was"
    broken = broken or _padding(embedded, pdf) or _header(embedded) or _uncovered(status.coverage, last=last)
    finding, reason = (Holding.BROKEN, broken) if broken else _whose(certificate, status.trusted if roots else None)
    when = embedded.self_reported_timestamp
    return Signature(
        certificate.subject.human_friendly,
        finding,
        reason,
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        when=when.isoformat() if when else "",
        field=str(embedded.field_name),
    )


def _whose(certificate: Any, trusted: bool | None) -> tuple[Holding, str]:
    """What is known of the signer of a valid signature; `trusted` is None where nobody was named."""
    if trusted is not None:
        reason = "" if trusted else "anybody can make a certificate in any name"
        return (Holding.TRUSTED if trusted else Holding.UNTRUSTED), reason
    self_signed = certificate.issuer == certificate.subject
    reason = "anybody can make a certificate in any name: compare its SHA-256 with what the publisher says elsewhere"
    return (Holding.SELF_SIGNED if self_signed else Holding.UNROOTED), reason


def _padding(embedded: Any, pdf: bytes) -> str:
    """What is wrong with the only bytes that no signature covers: its own, in hexadecimal, with zeros after them.

    They are written in DER (ISO 32000-2, 12.8.3.3), which has one form for one content.
    """
    from asn1crypto.cms import ContentInfo

    content = ContentInfo({"content_type": "signed_data", "content": embedded.signed_data.copy()})
    written = content.dump(force=True).hex()
    gap = pdf[int(embedded.byte_range[1]) : int(embedded.byte_range[2])]
    places = {f"<{form.ljust(len(gap) - 2, '0')}>".encode() for form in (written, written.upper())}
    return "" if gap in places else "there is something behind the signature, or its place was changed"


def _header(embedded: Any) -> str:
    """What is wrong with the header of the signature, which it does not cover. It can be written in one way only (RFC 5652, 5.1)."""
    signed = embedded.signed_data
    signer = signed["signer_infos"][0]
    plain = (signed["version"].native, signer["version"].native, signed["encap_content_info"]["content_type"].native)
    named = [(one["algorithm"].dump(), one["parameters"].native) for one in signed["digest_algorithms"]]
    used = [(signer["digest_algorithm"]["algorithm"].dump(), None)]
    agrees = plain == ("v1", "v1", "data") and named == used
    return "" if agrees else "the header of the signature is not what its signer writes"


def _uncovered(coverage: Any, *, last: bool) -> str:
    """Each signature covers all that was there when it was made, and the last one the whole file."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    needed = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    return "" if coverage >= needed else "it does not cover the whole file"


def certificate(data: bytes) -> Any:
    """A certificate, PEM or DER. Raises ValueError where it is none."""
    from asn1crypto import pem, x509

    if pem.detect(data):
        _, _, data = pem.unarmor(data)
    found = x509.Certificate.load(data, strict=True)
    found.public_key  # noqa: B018 - parsed when first asked for
    return found


@contextmanager
def unheard(name: str) -> Iterator[None]:
    """Discard what a library logs, tracebacks among it: messages say what went wrong, once."""
    handler, logger = logging.NullHandler(), logging.getLogger(name)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _said(error: Exception) -> str:
    return ascii(str(error).split("\n")[0][:200])[1:-1] or type(error).__name__
