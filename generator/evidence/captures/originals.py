"""Compares the text of a capture with its document, if the document is kept.

If a text was altered together with its hash, or a document was replaced, then `capture.json`, the text and the document no
longer agree. Captures that the lock pins were compared when they were pinned, so only the others are compared here.
"""

from __future__ import annotations

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
from generator.evidence.captures.document_text import extract


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
        """The sources that were requested. Callers may clear it."""

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
        texts = []
        for original in capture.originals:
            try:
                data = self.open(f"{capture_folder(capture.key)}/{original.file}")
            except OSError:
                return "", ""
            if digest(data) != original.sha256:
                return "its document was replaced after it was captured", original.file
            texts.append(_reread_once(original, data) if reread else None)
        readable = [text for text in texts if text is not None]
        if len(readable) < len(texts) or join_texts(readable) == capture.text:
            return "", ""
        return "its text is not the text of its document", "text.txt"


_READ_BEFORE: dict[tuple[str, str, str], str | None] = {}
"""Texts of the documents that this process read last, by name, SHA-256 and extractor; reading a long PDF takes seconds."""
MOST_READ = 16


def _reread_once(original: Original, data: bytes) -> str | None:
    """As `_reread`, once for all briefs with the same document, and all keystrokes. `data` has the original's hash."""
    key = (original.name, original.sha256, original.extractor)
    if key not in _READ_BEFORE:
        text = _reread(original.name, data, original.extractor)
        while len(_READ_BEFORE) >= MOST_READ:
            _READ_BEFORE.pop(next(iter(_READ_BEFORE)), None)
        _READ_BEFORE[key] = text
    return _READ_BEFORE[key]


def _reread(name: str, data: bytes, extractor: str) -> str | None:
    """Return the text of a document; None if this version does not read it in the same way."""
    try:
        document = extract(name, data, once=True)
    except CannotCapture:
        return None
    return document.text if document.extractor == extractor else None
