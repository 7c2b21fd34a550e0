"""Whether a PDF is what its attachments make: the whole of `brief verify`, as values.

Same versions, same bytes; where another version of the generator or a library made the file, its words are compared and
the versions told. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.model import Evidence
from generator.problems import Problem
from generator.provenance.appended import beside_signatures, first_revision
from generator.provenance.comparing import ByteDifference, WordDifference, compare_bytes, compare_words, words_of
from generator.provenance.confining import confined
from generator.provenance.contents import Contents, open_contents
from generator.provenance.faults import Unreadable
from generator.provenance.rebuilding import NOTHING, Remade, remake
from generator.provenance.signatures import Signature, signatures

_Reader = Callable[[bytes], tuple[str, ...]]
"""Gives the words of a PDF; raises Unreadable."""


class Finding(StrEnum):
    """What is known of a PDF. Only the first is proof."""

    AS_MADE = "as made"
    SAME_WORDS = "same words"
    """Other versions made it, so that its bytes cannot be told; its words are those that its attachments make here."""
    ALTERED = "altered"
    UNKNOWN = "cannot be verified"


@dataclass(frozen=True, slots=True)
class Version:
    """Something that shapes a page and is not the same here; empty where one side does not know it."""

    name: str
    made_with: str
    here: str


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was found out about one PDF."""

    finding: Finding
    reason: str
    """One sentence."""
    slug: str = ""
    attachments: int = 0
    faults: tuple[str, ...] = ()
    """What is wrong with the attachments."""
    versions: tuple[Version, ...] = ()
    """Those that differ."""
    bytes: ByteDifference | None = None
    words: WordDifference | None = None
    problems: tuple[Problem, ...] = ()
    """Why the attachments make no PDF."""
    evidence: tuple[Evidence, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def signatures_hold(self) -> bool:
        """Whether nothing speaks against any signature; so too where there is none."""
        return all(signature.holds for signature in self.signatures)


def verify(pdf: bytes, trust: Sequence[bytes] = ()) -> Verification:
    """Find out whether a PDF is what its attachments make. Takes as long as building the brief does.

    `trust` are certificates, PEM or DER, that signatures have to lead to.
    """
    try:
        contents = confined("the file", open_contents, pdf)
        signed = confined("the signature", signatures, pdf, tuple(trust))
    except Unreadable as error:
        return Verification(Finding.UNKNOWN, str(error))
    remade = NOTHING if contents.faults else remake(contents.files, contents.manifest.slug)
    return judge(pdf, contents, remade, signed)


def _words(pdf: bytes) -> tuple[str, ...]:
    return confined("the file", words_of, pdf)


def judge(
    pdf: bytes,
    contents: Contents,
    remade: Remade,
    signed: tuple[Signature, ...] = (),
    read_words: _Reader = _words,
) -> Verification:
    """Hold a PDF against what its attachments make. `read_words` raises Unreadable."""
    finding, reason, found = _compared(pdf, contents, remade, read_words)
    return Verification(
        finding,
        reason,
        contents.manifest.slug,
        len(contents.manifest.files),
        contents.faults,
        found.versions,
        found.bytes,
        found.words,
        remade.problems,
        remade.evidence,
        signed,
    )


@dataclass(frozen=True, slots=True)
class _Differences:
    versions: tuple[Version, ...] = ()
    bytes: ByteDifference | None = None
    words: WordDifference | None = None


def _compared(pdf: bytes, contents: Contents, remade: Remade, read_words: _Reader) -> tuple[Finding, str, _Differences]:
    if contents.faults:
        return Finding.ALTERED, "what is attached is not what the manifest lists", _Differences()
    if remade.pdf is None:
        return Finding.UNKNOWN, f"what is attached makes no PDF here: {remade.reason}", _Differences()
    if pdf == remade.pdf:
        return Finding.AS_MADE, "it is, byte for byte, what its attachments make", _Differences()
    versions = differing(contents.manifest.versions, open_contents(remade.pdf).manifest.versions)
    if versions:
        return _by_words(pdf, remade.pdf, versions, read_words)
    if pdf.startswith(remade.pdf):
        return _by_appended(pdf, remade.pdf)
    return _by_bytes(pdf, remade.pdf, read_words)


def _by_appended(pdf: bytes, made: bytes) -> tuple[Finding, str, _Differences]:
    """The file begins with what its attachments make; what comes behind may be a signature."""
    count = f"{len(pdf) - len(made):,} bytes"
    beside = _beside(pdf, made)
    if beside:
        reason = f"{count} were appended to what its attachments make: {beside}"
        return Finding.ALTERED, reason, _Differences(bytes=compare_bytes(pdf, made))
    return (
        Finding.AS_MADE,
        f"it is, byte for byte, what its attachments make, with a signature of {count}",
        _Differences(),
    )


def _beside(pdf: bytes, made: bytes) -> str:
    """What was appended, other than signatures."""
    try:
        return "; ".join(confined("what was appended", beside_signatures, pdf, made)[:5])
    except Unreadable as error:
        return str(error)


def _by_bytes(pdf: bytes, made: bytes, read_words: _Reader) -> tuple[Finding, str, _Differences]:
    difference = compare_bytes(pdf, made)
    try:
        words = compare_words(read_words(pdf), read_words(made))
        told = "its words are not those that its attachments make" if words else "its words are the same"
    except Unreadable as error:
        words, told = None, str(error)
    return Finding.ALTERED, f"it was changed after it was made; {told}", _Differences((), difference, words)


def _by_words(
    pdf: bytes, made: bytes, versions: tuple[Version, ...], read_words: _Reader
) -> tuple[Finding, str, _Differences]:
    before = first_revision(pdf)
    beside = "" if before == pdf else _beside(pdf, before)
    if beside:
        return Finding.ALTERED, f"something was appended after it was made: {beside}", _Differences(versions)
    try:
        words = compare_words(read_words(pdf), read_words(made))
    except Unreadable as error:
        return Finding.UNKNOWN, f"other versions made it, and {error}", _Differences(versions)
    if words is None:
        reason = "other versions made it, so that its bytes cannot be compared; its words are those that its attachments make"
        return Finding.SAME_WORDS, reason, _Differences(versions)
    reason = "other versions made it, and its words are not those that its attachments make here"
    return Finding.UNKNOWN, reason, _Differences(versions, words=words)


def differing(made_with: Mapping[str, str], here: Mapping[str, str]) -> tuple[Version, ...]:
    """The versions that are not the same, by name."""
    names: Sequence[str] = sorted({*made_with, *here})
    pairs = (Version(name, made_with.get(name, ""), here.get(name, "")) for name in names)
    return tuple(version for version in pairs if version.made_with != version.here)
