"""What is attached to a PDF, read with limits, and whether it is what the manifest lists.

    contents = open_contents(pdf)       raises Unreadable
    contents.faults                     () if the attachments are whole

No stream is unpacked beyond its limit, whatever it says of itself, and no name from the PDF is used as the name of a file.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.provenance.faults import Unreadable
from generator.provenance.manifest import MAX_FILES, Listed, Manifest, read_manifest
from generator.render.attachments import MANIFEST

MAX_PDF = 200_000_000
"""Bytes of a PDF that is looked at."""
MAX_FILE = 10_000_000
"""Bytes of one attached file, unpacked."""
MAX_TOTAL = 50_000_000
"""Bytes of all of them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a PDF carries."""

    manifest: Manifest
    files: Mapping[str, bytes]
    """By path in the project: those that the manifest lists and that are as it says."""
    faults: tuple[str, ...]
    """What is wrong with the attachments, one sentence each; none if they are whole."""


def read_pdf(path: Path) -> bytes:
    """The bytes of a file, or as many as are enough to find that it is too large. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_PDF + 1)


def open_contents(pdf: bytes) -> Contents:
    """Read what is attached to a PDF. Raises Unreadable where there is nothing to go by."""
    attached = dict(_attached(pdf))
    given = attached.pop(MANIFEST, None)
    if given is None:
        raise Unreadable(
            "it has no manifest attached, so that it is not one of this generator's, or its attachments were taken out"
        )
    if isinstance(given, str):
        raise Unreadable(f"its manifest is damaged: {given}")
    manifest = read_manifest(given)
    files = {item.path: data for item in manifest.files if isinstance(data := _whole(item, attached), bytes)}
    wrong = [fault for item in manifest.files if isinstance(fault := _whole(item, attached), str)]
    unlisted = sorted(set(attached) - {item.name for item in manifest.files})
    wrong += [f"{name[:100]!a} is attached, and the manifest does not list it" for name in unlisted]
    return Contents(manifest, files, tuple(wrong))


def _whole(listed: Listed, attached: Mapping[str, bytes | str]) -> bytes | str:
    """The content of a file, or what is wrong with it."""
    data = attached.get(listed.name)
    if data is None:
        return f"{listed.name} is missing"
    if isinstance(data, str):
        return f"{listed.name} is damaged: {data}"
    if len(data) != listed.size or hashlib.sha256(data).hexdigest() != listed.sha256:
        return f"{listed.name} is not what the manifest says: its hash differs"
    return data


def _attached(pdf: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Name and content of each attached file; instead of the content what is wrong with it."""
    import pikepdf

    if len(pdf) > MAX_PDF:
        raise Unreadable(f"it has more than the {MAX_PDF:,} bytes that are looked at")
    if b"%PDF-" not in pdf[:1024]:
        raise Unreadable("it is not a PDF")
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            if opened.is_encrypted:
                raise Unreadable("it is encrypted, which this generator never does")
            yield from _unpacked(opened)
    except pikepdf.PasswordError:
        raise Unreadable("it is encrypted, which this generator never does") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"it is damaged: {_said(error)}") from None


def _unpacked(opened: Any) -> Iterator[tuple[str, bytes | str]]:
    import pikepdf

    if "/Names" not in opened.Root or "/EmbeddedFiles" not in opened.Root.Names:
        return
    total = 0
    for number, (name, described) in enumerate(pikepdf.NameTree(opened.Root.Names.EmbeddedFiles).items()):
        if number > MAX_FILES:
            raise Unreadable(f"it has more than {MAX_FILES} attachments")
        content = _content(described)
        total += len(content)
        if total > MAX_TOTAL:
            raise Unreadable(f"its attachments come to more than {MAX_TOTAL:,} bytes")
        yield str(name), content


def _content(described: Any) -> bytes | str:
    stream = described["/EF"]["/F"]
    packing, raw = stream.get("/Filter"), stream.read_raw_bytes()
    if packing is None:
        return bytes(raw) if len(raw) <= MAX_FILE else _too_large()
    if str(packing) != "/FlateDecode" or "/DecodeParms" in stream:
        return "it is packed in a way that this generator does not use"
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(raw, MAX_FILE + 1)
    except zlib.error:
        return "it cannot be unpacked"
    if len(content) > MAX_FILE:
        return _too_large()
    return content if unpacking.eof else "it cannot be unpacked to its end"


def _too_large() -> str:
    return f"unpacked, it has more than {MAX_FILE:,} bytes"


def _said(error: Exception) -> str:
    """The first line of what a library says, without the address of our stream, in characters that harm no terminal."""
    line = re.sub(r"stream <[^>]*>: ", "", str(error).split("\n")[0])
    return ascii(line[:200])[1:-1] or type(error).__name__
