"""Verifies that a PDF's attachments make the PDF: `brief verify` as values.

The same versions must give the same bytes. If another version of the generator or a library made the file, its words are compared
and the versions are listed. A design in the PDF is not used unless the reader trusts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.model import Evidence
from generator.pipeline.pdf_files.pdf_contents import Contents, Unreadable, first_revision, open_contents
from generator.problems import Problem
from generator.problems.message_words import counted
from generator.provenance.drawn_text import drawn_by, strange_tokens
from generator.provenance.incremental_update import beside_signatures
from generator.provenance.page_statements import PageStatement, missing, tokens_of
from generator.provenance.pdf_comparison import (
    ByteDifference,
    WordDifference,
    compare_bytes,
    compare_words,
    unexplained,
    words_of,
)
from generator.provenance.pdf_isolation import sandboxed
from generator.provenance.rebuild_brief import (
    NOTHING,
    Isolation,
    Remade,
    design_of,
    digest_of,
    in_default_design,
    remake,
)
from generator.provenance.signatures import Signature, Validity, signatures

_NOT_HERE = frozenset({"preset-unknown", "unknown-style"})
"""Codes of problems with a design that this installation does not have."""


class Result(StrEnum):
    """What a verification says about a PDF. Only the first is proof."""

    AS_MADE = "as made"
    SAME_WORDS = "same words"
    """Other versions made it, so the bytes cannot be compared; its words are those of the rebuilt PDF."""
    OWN_DESIGN = "own design"
    """Its page design is not one of this installation's and was not used, so the text of the pages is not proved."""
    ALTERED = "altered"
    UNKNOWN = "cannot be verified"


@dataclass(frozen=True, slots=True)
class Version:
    """A version that differs; empty if one side does not have it."""

    name: str
    made_with: str
    here: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Differences between a PDF and the one that its attachments make."""

    versions: tuple[Version, ...] = ()
    bytes: ByteDifference | None = None
    words: WordDifference | None = None
    missing: tuple[PageStatement, ...] = ()
    """If the PDF has its own design: statements of the data that the PDF does not contain."""
    unexplained: tuple[str, ...] = ()
    """Text of the PDF that does not come from the data; with the default design if the PDF has its own design."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The verification of one PDF."""

    result: Result
    reason: str
    """One sentence."""
    slug: str = ""
    attachments: int = 0
    faults: tuple[str, ...] = ()
    """What is wrong with the attachments."""
    differences: Differences = Differences()
    problems: tuple[Problem, ...] = ()
    """Why the attachments could not be built."""
    evidence: tuple[Evidence, ...] = ()
    signatures: tuple[Signature, ...] = ()
    design: str = ""
    """Digest of the attached design; empty for none."""
    statements: int = 0
    """Number of statements that were compared."""
    signer_asked: bool = False
    """Whether the reader named certificates to trust."""

    @property
    def signatures_hold(self) -> bool:
        """Whether all signatures are valid, and one is by a signer whom the reader named, if any."""
        named = any(signature.validity is Validity.TRUSTED for signature in self.signatures)
        return all(signature.holds for signature in self.signatures) and (named or not self.signer_asked)


def verify(pdf: bytes, trust: Sequence[bytes] = (), trusted_design: str = "") -> Verification:
    """Verify that a PDF's attachments make the PDF. This takes as long as building the brief.

    A signature must chain to one of the certificates in `trust` (PEM or DER), if any. `trusted_design` is the digest of a design
    in the PDF that may be used.
    """
    try:
        contents = sandboxed("the file", open_contents, pdf)
        signed = sandboxed("the signature", signatures, pdf, tuple(trust))
    except Unreadable as error:
        return Verification(Result.UNKNOWN, str(error), signer_asked=bool(trust))
    verification = judge(pdf, contents, rebuilt(contents, trusted_design), signed)
    return replace(verification, signer_asked=bool(trust))


def rebuilt(contents: Contents, trusted_design: str = "") -> Remade:
    """Build the attachments, with a design of this installation or the attached design if it is trusted."""
    if contents.faults:
        return NOTHING
    file, design = contents.manifest.file, digest_of(design_of(contents.files))
    if design and design == trusted_design:
        return replace(remake(contents.files, file, Isolation.NEEDED), design=design)
    if not design:
        made = remake(contents.files, file)
        if made.pdf is not None or _NOT_HERE.isdisjoint(problem.code for problem in made.problems):
            return made
    data = in_default_design(contents.files, file)
    return replace(remake(data, file), design=design, in_default=True)


def _words(pdf: bytes) -> tuple[str, ...]:
    """Return the words of a PDF. Raises Unreadable."""
    return sandboxed("the file", words_of, pdf)


def judge(pdf: bytes, contents: Contents, remade: Remade, signed: tuple[Signature, ...] = ()) -> Verification:
    """Compare a PDF with the one that its attachments make."""
    result, reason, differences = _compared(pdf, contents, remade, signed)
    return Verification(
        result,
        reason,
        slug=contents.manifest.slug,
        attachments=len(contents.manifest.files),
        faults=contents.faults,
        differences=differences,
        problems=remade.problems,
        evidence=remade.evidence,
        signatures=signed,
        design=digest_of(design_of(contents.files)),
        statements=len(remade.statements) if remade.in_default else 0,
    )


_Judgement = tuple[Result, str, Differences]


def _compared(pdf: bytes, contents: Contents, remade: Remade, signed: tuple[Signature, ...]) -> _Judgement:
    """Judge a PDF by the strictest comparison that is possible: bytes, or words, or statements."""
    if contents.faults:
        return Result.ALTERED, "the attachments differ from the manifest", Differences()
    if remade.pdf is None:
        return Result.UNKNOWN, f"no PDF can be built from the attachments here: {remade.reason}", Differences()
    if remade.in_default:
        return _by_statements(pdf, remade.pdf, remade)
    trusted = ", in the design that you trust" if remade.design else ""
    if pdf == remade.pdf:
        return Result.AS_MADE, f"every byte is as built from its attachments{trusted}", Differences()
    versions = differing(contents.manifest.versions, open_contents(remade.pdf).manifest.versions)
    if versions:
        return _by_words(pdf, remade.pdf, versions, signed)
    if pdf.startswith(remade.pdf):
        return _by_appended(pdf, remade.pdf, signed, trusted)
    return _by_bytes(pdf, remade.pdf)


def _by_appended(pdf: bytes, made: bytes, signed: tuple[Signature, ...], trusted: str) -> _Judgement:
    """Judge a file that begins with the rebuilt PDF; the rest may be a signature."""
    size = len(pdf) - len(made)
    count = counted(size, "byte")
    added = f"{count} {'was' if size == 1 else 'were'} added to the PDF that its attachments make"
    if any(one.validity is Validity.UNCHECKED for one in signed):
        reason = f"{added}; {signed[0].reason} to find out whether they only sign it"
        return Result.UNKNOWN, reason, Differences()
    beside = _beside(pdf, made, signed)
    if beside:
        reason = f"{added}: {beside}"
        return Result.ALTERED, reason, Differences(bytes=compare_bytes(pdf, made))
    reason = f"every byte is as built from its attachments{trusted}, with a signature of {count}"
    return Result.AS_MADE, reason, Differences()


def _beside(pdf: bytes, made: bytes, signed: tuple[Signature, ...]) -> str:
    """Return the additions other than valid signatures."""
    valid = tuple(one.field for one in signed if one.is_valid)
    try:
        return "; ".join(sandboxed("the added data", beside_signatures, pdf, made, valid)[:5])
    except Unreadable as error:
        return str(error)


def _by_bytes(pdf: bytes, made: bytes) -> _Judgement:
    difference = compare_bytes(pdf, made)
    try:
        words = compare_words(_words(pdf), _words(made))
        outcome = "its words differ from those of its attachments" if words else "its words are the same"
    except Unreadable as error:
        words, outcome = None, str(error)
    return Result.ALTERED, f"it was changed after it was made; {outcome}", Differences((), difference, words)


def _by_words(pdf: bytes, made: bytes, versions: tuple[Version, ...], signed: tuple[Signature, ...]) -> _Judgement:
    """Judge a PDF of other versions, whose bytes must differ, by its words."""
    before = first_revision(pdf)
    beside = "" if before == pdf else _beside(pdf, before, signed)
    if beside:
        return Result.ALTERED, f"data was added after it was made: {beside}", Differences(versions)
    try:
        words = compare_words(_words(pdf), _words(made))
        strange = () if words else _strange(pdf, made, ())
    except Unreadable as error:
        return Result.UNKNOWN, f"other versions made it, and {error}", Differences(versions)
    if words is not None:
        reason = "other versions made it, and its words differ from those of its attachments"
        return Result.UNKNOWN, reason, Differences(versions, words=words)
    if strange:
        reason = (
            "other versions made it, and in addition to its text it draws words that do not come from its attachments"
        )
        return Result.UNKNOWN, reason, Differences(versions, unexplained=strange)
    reason = "other versions made it, so bytes cannot be compared; its words are those of its attachments"
    return Result.SAME_WORDS, reason, Differences(versions)


def _strange(pdf: bytes, made: bytes, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that a PDF draws, tagged or not, and that are neither in the rebuilt PDF nor in `words`. Raises Unreadable."""
    drawn, expected = (sandboxed("its page content", drawn_by, one) for one in (pdf, made))
    return strange_tokens(drawn.tokens, {*expected.tokens, *tokens_of(" ".join(words))}, drawn.pages)


def _by_statements(pdf: bytes, made: bytes, remade: Remade) -> _Judgement:
    """Judge a PDF with an untrusted design: compare the statements of the data with its words."""
    reason = (
        "its page design is not one of this installation's and was not used, so the content of its pages is not proved"
    )
    try:
        words, default = _words(pdf), _words(made)
        more = (*unexplained(words, default), *_strange(pdf, made, (*words, *default)))
    except Unreadable as error:
        return Result.UNKNOWN, f"{reason}; {error}", Differences()
    differences = Differences(missing=missing(remade.statements, words), unexplained=more)
    return Result.OWN_DESIGN, reason, differences


def differing(made_with: Mapping[str, str], here: Mapping[str, str]) -> tuple[Version, ...]:
    """Return the versions that differ, by name."""
    names: Sequence[str] = sorted({*made_with, *here})
    pairs = (Version(name, made_with.get(name, ""), here.get(name, "")) for name in names)
    return tuple(version for version in pairs if version.made_with != version.here)
