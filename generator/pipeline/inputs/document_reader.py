"""Reads the text of a document of any kind, in a limited child process.

The document is untrusted. Plain text is read in this process, because it needs no parser.
"""

from __future__ import annotations

from generator.evidence.captures.document_limits import CAPTURE_LIMIT, MAX_BYTES, CannotCapture, DocumentText, visible

SECONDS = 300
"""Seconds of processor time for one document; four times as many of elapsed time."""
MEMORY = 2048
"""Megabytes of memory for one document."""


def read_document(name: str, data: bytes, encoding: str = "") -> DocumentText:
    """Return the text of a document (its name and bytes), which may be in this encoding. Raises CannotCapture."""
    from generator.cite.pandoc import document_html
    from generator.evidence.captures.document_text import extract

    return extract(name, data, document_html, encoding=encoding)


def read_sandboxed(
    name: str, data: bytes, *, encoding: str = "", seconds: int = SECONDS, memory: int = MEMORY
) -> DocumentText:
    """Do the same in a child process that may use `seconds` and `memory` (MB). Raises CannotCapture, also if a limit was exceeded."""
    from generator.engine.processes.calls import GivenUp, sandboxed
    from generator.engine.processes.worker import Limits
    from generator.evidence.captures.document_text import is_plain

    if len(data) > MAX_BYTES:
        raise CannotCapture(CAPTURE_LIMIT, f"{visible(name)} has more than the {MAX_BYTES:,} bytes of a capture")
    if is_plain(name, data):
        return read_document(name, data, encoding)
    limits = Limits(cpu_seconds=seconds, wall_seconds=4.0 * seconds, memory_bytes=memory << 20)
    try:
        return sandboxed("it", read_document, name, data, encoding, limits=limits, raises=CannotCapture)
    except GivenUp as fault:
        reason = f"{fault} (the limits are {seconds} s of processor time and {memory:,} MB)"
        hint = "raise them with --seconds or --memory, or capture only the cited part"
        raise CannotCapture(CAPTURE_LIMIT, reason, hint) from None
