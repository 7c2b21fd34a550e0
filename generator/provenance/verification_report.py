"""Formats the result of `brief verify`, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from generator.model import Evidence, Verdict
from generator.problems.message_words import counted
from generator.provenance.rebuild_brief import DEFAULTS
from generator.provenance.signatures import Signature, Validity
from generator.provenance.verification import Result, Verification

HEADS = {
    Result.AS_MADE: "as made",
    Result.SAME_WORDS: "not proved: the words are the same, the bytes cannot be compared",
    Result.OWN_DESIGN: "not proved: own design",
    Result.ALTERED: "ALTERED",
    Result.UNKNOWN: "cannot be verified",
}
"""The words for each result in the first line of the text."""
_MOST = 20
"""Most statements, and most word sequences, that the text lists; JSON has all."""
_WORDS = 70
"""Most characters of a quotation that the text shows."""


def as_text(file: str, verification: Verification) -> str:
    """Return the report as text for people: the result, then the reasons. `file` is the name that the caller used."""
    return "\n".join((f"{file}: {HEADS[verification.result]}", *(f"  {line}" for line in _lines(verification))))


def as_json(file: str, verification: Verification) -> str:
    """Return the fields of `Verification` as JSON. `file` is the name that the caller used. Problems have a place, a code and a message.

    The result, and the validity of a signature, are called `finding`, as they were in the first version of this format.
    Characters that cannot be seen, or that change the direction of text, are escaped.
    """
    fields: dict[str, Any] = asdict(verification)
    result, differences = fields.pop("result"), fields.pop("differences")
    fields = {"file": file, "finding": result} | fields | differences
    fields["signatures"] = [_renamed(one, "validity", "finding") for one in fields["signatures"]]
    fields["problems"] = [{"file": p.place.file, "line": p.place.line, "column": p.place.column, "code": p.code,
                         "message": p.message} for p in verification.problems]  # fmt: skip
    fields["missing"] = [{"about": one.about, "words": one.words} for one in verification.differences.missing]
    fields["evidence"] = [_evidence(one) for one in verification.evidence]
    fields["signatures_hold"] = verification.signatures_hold
    text = json.dumps(fields, ensure_ascii=False, indent=2)
    return "".join(one if one == "\n" or one.isprintable() else json.dumps(one)[1:-1] for one in text)


def _renamed(fields: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    return {after if name == before else name: value for name, value in fields.items()}


def _lines(verification: Verification) -> Iterator[str]:
    yield verification.reason
    yield from _attachments(verification)
    yield from _difference(verification)
    yield from _versions(verification)
    for problem in verification.problems[:10]:
        yield f"  {problem.place.file}:{problem.place.line}: {problem.code}: {_safe(problem.message)}"
    yield from _quotations(verification.evidence)
    yield from (line for signature in verification.signatures for line in _signature(signature))
    if verification.signer_asked and not any(one.validity is Validity.TRUSTED for one in verification.signatures):
        yield "no signature leads to a certificate that you trust"


def _versions(verification: Verification) -> Iterator[str]:
    versions = verification.differences.versions
    if versions:
        yield "versions that differ:"
        yield from (f"  {v.name}: made with {v.made_with or 'none'}, here {v.here or 'none'}" for v in versions)
        yield "with these versions installed, `brief verify` compares every byte"


def _attachments(verification: Verification) -> Iterator[str]:
    if verification.attachments and not verification.faults:
        yield f"attachments: {verification.attachments}, all as the manifest lists them"
    yield from (f"attachment: {fault}" for fault in verification.faults)


def _difference(verification: Verification) -> Iterator[str]:
    """Yield what differs: bytes, words, or words that the data does not explain."""
    different = verification.differences
    if different.bytes is not None:
        yield (
            f"first difference at byte {different.bytes.first:,}; {counted(different.bytes.count, 'byte differs', 'bytes differ')}; "
            f"length {different.bytes.length:,}, as made {different.bytes.expected:,}"
        )
    if different.words is not None:
        yield f"first words that differ, after “{_safe(different.words.before)}”:"
        yield f"  in this file: {_safe(different.words.here) or '(nothing)'}"
        yield f"  as made:      {_safe(different.words.made) or '(nothing)'}"
    if verification.result is Result.OWN_DESIGN:
        yield from _own_design(verification)
    if different.unexplained:
        yield f"sequences of words that do not come from the data: {len(different.unexplained)}"
        yield from (f"  “{_shortened(_safe(words))}”" for words in different.unexplained[:_MOST])
        yield from _rest(len(different.unexplained))


def _own_design(verification: Verification) -> Iterator[str]:
    if verification.design:
        yield f"attached design (SHA-256): {verification.design}"
        yield "if you have read it and trust it, use --trust-design with this number; `brief extract` unpacks it"
    missing = verification.differences.missing
    total = verification.statements
    yield f"statements of the data that are in the words of the PDF: {total - len(missing)} of {total}"
    yield from (f"  not found: {_safe(one.about)}: “{_shortened(_safe(one.words))}”" for one in missing[:_MOST])
    yield from _rest(len(missing))
    yield f"compared with the data in the design “{DEFAULTS['preset']}”"


def _rest(count: int) -> Iterator[str]:
    if count > _MOST:
        yield f"  and {count - _MOST} more; --json lists all"


def _quotations(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """Yield what the lock in the PDF says about each quotation."""
    if not evidence:
        return
    locked = sum(one.verdict is Verdict.LOCKED for one in evidence)
    yield f"quotations and passages: {locked} of {len(evidence)} verified by the publisher, according to the lock"
    for one in evidence:
        yield f"  “{_shortened(' '.join(_safe(one.words).split()))}”"
        if one.verdict is Verdict.LOCKED:
            where = f", {_safe(one.where)}" if one.where else ""
            yield f"    {_safe(one.source)}{where}; captured {one.captured}; SHA-256 of the text {one.digest}"
        else:
            yield f"    {_safe(one.source) or 'no source'}: not verified"


def _shortened(words: str) -> str:
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"


def _signature(signature: Signature) -> Iterator[str]:
    yield f"signature by {_safe(signature.signer)}: {signature.validity}"
    if signature.reason:
        yield f"  {_safe(signature.reason)}"
    if signature.fingerprint:
        when = f"; states that it was made {signature.when}" if signature.when else ""
        yield f"  SHA-256 of the certificate {signature.fingerprint}{when}"


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "words": one.words,
        "kind": one.kind,
        "line": one.place.line,
        "source": one.source,
        "verified": one.verdict is Verdict.LOCKED,
        "where": one.where,
        "captured": one.captured,
        "sha256": one.digest,
    }


def _safe(text: str) -> str:
    """Remove control characters and characters that change the direction of text."""
    return "".join(character if character.isprintable() else " " for character in text)
