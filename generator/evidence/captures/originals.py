"""Whether a capture's text is what its document holds: noticed where the document is kept beside it.

A text that was altered together with its hash, and a document that was replaced, agree with `capture.json` or with each
other, but not with both. What the lock pins was compared when it was pinned, so only other captures are compared here. This
module does not know quotations.
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
from generator.evidence.captures.document_limits import Refused
from generator.evidence.captures.document_text import extract


class Audited(Captures):
    """The captures of a project, of which those that the lock does not pin are held against their documents.

    `only`: no other sources than these. `originals`: the hashes of all documents are compared, pinned or not.
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
        """The sources that were asked for; whoever wants to know may empty it."""

    def get(self, key: str) -> Capture | Damage | None:
        """The capture of a source, or what is wrong with it; None where there is none."""
        self.asked.add(key)
        if key not in self._audited:
            found = self._captures.get(key)
            asked = self._only is None or key in self._only
            self._audited[key] = self._audit(found) if asked and isinstance(found, Capture) else found
        return self._audited[key]

    def _audit(self, capture: Capture) -> Capture | Damage:
        pinned = (capture.key, capture.sha256, capture.original_sha256) in self._pinned
        if pinned and not self._originals:
            return capture
        reason, file = self._fault(capture, reread=not pinned)
        return Damage(capture.key, reason, f"{capture_folder(capture.key)}/{file}") if reason else capture

    def _fault(self, capture: Capture, *, reread: bool) -> tuple[str, str]:
        """What is wrong and with which file; "" where nothing is, or a document is not kept."""
        texts = []
        for original in capture.originals:
            try:
                data = self.open(f"{capture_folder(capture.key)}/{original.file}")
            except OSError:
                return "", ""
            if digest(data) != original.sha256:
                return "its document was replaced after it was captured", original.file
            texts.append(_reread_once(original, data) if reread else None)
        known = [text for text in texts if text is not None]
        if len(known) < len(texts) or join_texts(known) == capture.text:
            return "", ""
        return "its text is not what its document holds", "text.txt"


_READ_BEFORE: dict[tuple[str, str, str], str | None] = {}
"""Texts of the documents that were read last in this process, by name, SHA-256 and extractor: reading a long PDF takes seconds."""
MOST_READ = 16


def _reread_once(original: Original, data: bytes) -> str | None:
    """As `_reread`, once for all briefs, and all keystrokes, that find the same document. `data` has the original's hash."""
    key = (original.name, original.sha256, original.extractor)
    if key not in _READ_BEFORE:
        text = _reread(original.name, data, original.extractor)
        while len(_READ_BEFORE) >= MOST_READ:
            _READ_BEFORE.pop(next(iter(_READ_BEFORE)), None)
        _READ_BEFORE[key] = text
    return _READ_BEFORE[key]


def _reread(name: str, data: bytes, extractor: str) -> str | None:
    """The text of a document; None where this version cannot read it as it was read."""
    try:
        found = extract(name, data, once=True)
    except Refused:
        return None
    return found.text if found.extractor == extractor else None
