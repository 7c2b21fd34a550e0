"""What was found out about a PDF, for people and as JSON. Decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from generator.model import Evidence, Verdict
from generator.provenance.verifying import Finding, Verification

if TYPE_CHECKING:
    from generator.provenance.signatures import Signature

HEADS = {
    Finding.AS_MADE: "as made",
    Finding.SAME_WORDS: "not proved: the words are the same, the bytes cannot be compared",
    Finding.ALTERED: "ALTERED",
    Finding.UNKNOWN: "cannot be verified",
}
_WORDS = 70
"""Characters of a quotation that are shown."""


def told(file: str, found: Verification) -> str:
    """For people: the finding first, then what it rests on."""
    return "\n".join((f"{file}: {HEADS[found.finding]}", *(f"  {line}" for line in _lines(found))))


def as_json(file: str, found: Verification) -> str:
    """An object with the fields of `Verification`; `file` is what the caller named. Of problems the place, code and message."""
    said: dict[str, Any] = {"file": file, **asdict(found)}
    said["problems"] = [{"file": p.place.file, "line": p.place.line, "column": p.place.column, "code": p.code,
                         "message": p.message} for p in found.problems]  # fmt: skip
    said["evidence"] = [_evidence(one) for one in found.evidence]
    return json.dumps(said, ensure_ascii=False, indent=2)


def _lines(found: Verification) -> Iterator[str]:
    yield found.reason
    yield from _attachments(found)
    yield from _difference(found)
    if found.versions:
        yield "versions that differ:"
        yield from (f"  {v.name}: made with {v.made_with or 'none'}, here {v.here or 'none'}" for v in found.versions)
        yield "where these are installed as it was made with, `brief verify` compares every byte"
    for problem in found.problems[:10]:
        yield f"  {problem.place.file}:{problem.place.line}: {problem.code}: {_safe(problem.message)}"
    yield from _quotations(found.evidence)
    yield from (line for signature in found.signatures for line in _signature(signature))


def _attachments(found: Verification) -> Iterator[str]:
    if found.attachments and not found.faults:
        yield f"attachments: {found.attachments}, all as the manifest lists them"
    yield from (f"attachment: {fault}" for fault in found.faults)


def _difference(found: Verification) -> Iterator[str]:
    if found.bytes is not None:
        yield (
            f"first difference at byte {found.bytes.first:,}; {found.bytes.count:,} bytes differ; "
            f"length {found.bytes.length:,}, as made {found.bytes.expected:,}"
        )
    if found.words is not None:
        yield f"first words that differ, after “{_safe(found.words.before)}”:"
        yield f"  in this file: {_safe(found.words.here) or '(nothing)'}"
        yield f"  as made:      {_safe(found.words.made) or '(nothing)'}"


def _quotations(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    if not evidence:
        return
    known = sum(one.verdict is Verdict.LOCKED for one in evidence)
    yield f"quotations and passages: {known} of {len(evidence)} verified by the publisher, says the lock"
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
    yield f"signature by {_safe(signature.signer)}: {signature.finding}"
    if signature.reason:
        yield f"  {_safe(signature.reason)}"
    if signature.fingerprint:
        when = f"; says it was made {signature.when}" if signature.when else ""
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
    """Without characters that steer a terminal or turn the direction of writing."""
    return "".join(character if character.isprintable() else " " for character in text)
