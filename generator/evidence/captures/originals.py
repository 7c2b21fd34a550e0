"""Compares the text of a capture with its document, if the document is kept.

If a text was altered together with its hash, or a document was replaced, then `capture.json`, the text and the document no
longer agree. Captures that the lock pins were compared when they were pinned, so only the others are compared here.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.evidence.capture_lock import Lock
from generator.evidence.captures.capture_store import (
    Capture,
    Captures,
    Damage,
    Original,
    capture_folder,
    digest,
    join_texts,
)
from generator.evidence.captures.document_limits import CannotCapture
from generator.evidence.captures.document_text import extract, told_encoding


class Audited(Captures):
    """The captures of a project; those that the lock does not pin are compared with their documents.

    `only` limits the comparison to these sources. `originals` compares the hashes of all documents, pinned or not.
    """

    def __init__(
        self, captures: Captures, lock: Lock, *, only: frozenset[str] | None = None, originals: bool = False
    ) -> None:
        super().__init__(captures.open)
        self._captures = captures
        self._pinned = lock.captures
        self._only, self._originals = only, originals
        self._audited: dict[str, Capture | Damage | None] = {}
        self.asked: set[str] = set()
        """The sources that were requested."""

    def get(self, key: str) -> Capture | Damage | None:
        """Return the capture of a source, or what is wrong with it; None if there is none."""
        self.asked.add(key)
        if key not in self._audited:
            capture = self._captures.get(key)
            asked = self._only is None or key in self._only
            self._audited[key] = self._audit(capture) if asked and isinstance(capture, Capture) else capture
        return self._audited[key]

    def _audit(self, capture: Capture) -> Capture | Damage:
        pinned = (capture.key, capture.sha256, capture.original_sha256) in self._pinned
        if pinned and not self._originals:
            return capture
        reason, file = self._fault(capture, reread=not pinned)
        return Damage(capture.key, reason, f"{capture_folder(capture.key)}/{file}") if reason else capture

    def _fault(self, capture: Capture, *, reread: bool) -> tuple[str, str]:
        """Return what is wrong, and the file; "" if nothing is, or if a document is not kept."""
        documents = []
        for original in capture.originals:
            try:
                data = self.open(f"{capture_folder(capture.key)}/{original.file}")
            except OSError:
                return "", ""
            if digest(data) != original.sha256:
                return "its document was replaced after it was captured", original.file
            documents.append(data)
        if reread and not _agrees(capture, documents):
            return "its text is not the text of its document", "text.txt"
        return "", ""


_COMPARED: dict[tuple[str, tuple[Original, ...]], bool] = {}
"""Whether a text, by its SHA-256, is that of documents, once for all briefs of a process: reading a long PDF takes seconds."""


def _agrees(capture: Capture, documents: Sequence[bytes]) -> bool:
    """Whether the text of a capture is that of its documents, which have the recorded hashes; true if one cannot be read again."""
    key = capture.sha256, capture.originals
    if key not in _COMPARED:
        texts = [
            _reread(original.name, data, original.extractor)
            for original, data in zip(capture.originals, documents, strict=True)
        ]
        readable = [text for text in texts if text is not None]
        _COMPARED[key] = len(readable) < len(texts) or join_texts(readable) == capture.text
    return _COMPARED[key]


def _reread(name: str, data: bytes, extractor: str) -> str | None:
    """Return the text of a document; None if this version does not read it in the same way."""
    try:
        document = extract(name, data, once=True, encoding=told_encoding(extractor))
    except CannotCapture:
        return None
    return document.text if document.extractor == extractor else None
