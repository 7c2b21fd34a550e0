"""Reads the attachments and the manifest of a PDF, which may be hostile, with limits.

    contents = open_contents(pdf)       raises Unreadable
    contents.faults                     () if the attachments are complete

No stream is unpacked beyond its limit, regardless of its stated length, and no name from the PDF becomes a file name. A value of the
manifest is accepted only in the form in which `generator.render.layout.pdf_binder` writes it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.project import is_fact_file
from generator.render.layout.pdf_binder import FORMAT, MANIFEST, attached_name, kind_of
from generator.system.regular_files import open_regular


class Unreadable(Exception):
    """The file cannot be read as a PDF of this generator. The message is one sentence with the reason."""


MAX_BYTES = 1_000_000
MAX_FILES = 500
MAX_VERSIONS = 200

_SHORT = re.compile(r"[ -~]{1,100}")
"""Text without control characters."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the manifest. `path` is relative to the project folder and never leaves it."""

    name: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The fact file, files and versions that made a PDF."""

    slug: str
    file: str
    """Path of the fact file."""
    versions: Mapping[str, str]
    files: tuple[Listed, ...]


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest that `generator.render.layout.pdf_binder.manifest` wrote. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"its manifest has more than {MAX_BYTES:,} bytes")
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable("its manifest is damaged: it is not JSON") from None
    try:
        return _manifest(fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"its manifest has an unknown form ({type(error).__name__}: {error})") from None


def _manifest(fields: Any) -> Manifest:
    """Read the fields of the manifest. Raises Unreadable, or what a value of another form raises."""
    if fields["format"] != FORMAT:
        raise Unreadable(f"its manifest has form {str(fields['format'])[:20]!r}, and this version reads form {FORMAT}")
    slug, file = fields["brief"]["slug"], fields["brief"]["file"]
    if not is_fact_file(slug, file):
        raise Unreadable("its manifest names no fact file")
    if len(fields["files"]) > MAX_FILES or len(fields["versions"]) > MAX_VERSIONS:
        raise Unreadable(f"its manifest lists more than {MAX_FILES} files or {MAX_VERSIONS} versions")
    versions = {_short(name): _short(value) for name, value in fields["versions"].items()}
    files = tuple(_listed_file(item) for item in fields["files"])
    paths = {listed.path for listed in files}
    if len(paths) != len(files) or file not in paths:
        raise Unreadable("its manifest lists a file twice, or not the fact file")
    return Manifest(slug, file, versions, files)


def _listed_file(item: Any) -> Listed:
    name, path, size, sha256 = item["name"], item["path"], item["bytes"], item["sha256"]
    if kind_of(path) is None or name != attached_name(path) or name == MANIFEST:
        raise Unreadable(f"its manifest names a file that is never attached: {path[:100]!a}")
    if type(size) is not int or size < 0 or not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise Unreadable(f"its manifest gives no length and hash of {path}")
    return Listed(name, path, size, sha256)


def _short(text: str) -> str:
    if not _SHORT.fullmatch(text):
        raise Unreadable("its manifest contains a version that is not text")
    return text


MAX_PDF = 200_000_000
"""Size of the largest PDF that is read, in bytes."""
MAX_FILE = 10_000_000
"""Size of the largest attached file, unpacked, in bytes."""
MAX_TOTAL = 50_000_000
"""Size of all attached files together, in bytes."""
_DEPTH = 30
"""Levels of nesting that are read."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The attachments of a PDF."""

    manifest: Manifest
    files: Mapping[str, bytes]
    """By path in the project: the files that the manifest lists and that match it."""
    faults: tuple[str, ...]
    """What is wrong with the attachments, one sentence each; empty if they are complete."""


def read_pdf(path: Path) -> bytes:
    """Return the bytes of a file, or enough of them to show that it is too large. Raises OSError."""
    with open_regular(path, sys.maxsize) as file:
        return file.read(MAX_PDF + 1)


_END = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\n|\r)?")


def first_revision(pdf: bytes) -> bytes:
    """Return the PDF without its incremental updates."""
    end = _END.search(pdf)
    return pdf[: end.end()] if end else pdf


def open_contents(pdf: bytes) -> Contents:
    """Read the attachments of a PDF. Raises Unreadable if it has no usable manifest."""
    attached = dict(_attached(pdf))
    content = attached.pop(MANIFEST, None)
    if content is None:
        raise Unreadable(
            "it has no manifest attached: it was not made by this generator, or its attachments were removed"
        )
    if isinstance(content, str):
        raise Unreadable(f"its manifest is damaged: {content}")
    manifest = read_manifest(content)
    files = {item.path: data for item in manifest.files if isinstance(data := _whole(item, attached), bytes)}
    wrong = [fault for item in manifest.files if isinstance(fault := _whole(item, attached), str)]
    unlisted = sorted(set(attached) - {item.name for item in manifest.files})
    wrong += [f"{name[:100]!a} is attached, and the manifest does not list it" for name in unlisted]
    return Contents(manifest, files, tuple(wrong))


def _whole(listed: Listed, attached: Mapping[str, bytes | str]) -> bytes | str:
    """Return the content of a file, or what is wrong with it."""
    data = attached.get(listed.name)
    if data is None:
        return f"{listed.name} is missing"
    if isinstance(data, str):
        return f"{listed.name} is damaged: {data}"
    if len(data) != listed.size or hashlib.sha256(data).hexdigest() != listed.sha256:
        return f"{listed.name} is not what the manifest says: its hash differs"
    return data


def _attached(pdf: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Return name and content of each attached file, or what is wrong with it instead of the content."""
    import pikepdf

    if len(pdf) > MAX_PDF:
        raise Unreadable(f"it has more than {MAX_PDF:,} bytes, the limit")
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
    total = 0
    specifications = list(_listed(opened))
    for name, described in specifications:
        content = _content(described, name)
        total += len(content)
        if total > MAX_TOTAL:
            raise Unreadable(f"its attachments have more than {MAX_TOTAL:,} bytes in total")
        yield name, content
    _refuse_others(opened, [described for _, described in specifications])


def _listed(opened: Any) -> Iterator[tuple[str, Any]]:
    """Return name and specification of each attachment in the list that readers show. Names are unique."""
    if "/Names" not in opened.Root or "/EmbeddedFiles" not in opened.Root.Names:
        return
    names: set[str] = set()
    for key, described in _pairs(opened.Root.Names.EmbeddedFiles, _DEPTH):
        name = str(key)
        if name in names:
            raise Unreadable(f"two attachments are called {name[:100]!a}")
        names.add(name)
        if len(names) > MAX_FILES + 1:
            raise Unreadable(f"it has more than {MAX_FILES} attachments")
        yield name, described


def _pairs(node: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a name tree (ISO 32000-2, 7.9.6) as they are written, also those that a search would not reach."""
    if depth == 0:
        raise Unreadable("its list of attachments is nested too deeply")
    listed = list(node.get("/Names", ()))
    yield from zip(listed[::2], listed[1::2], strict=True)
    for kid in node.get("/Kids", ()):
        yield from _pairs(kid, depth - 1)


def _refuse_others(opened: Any, specifications: list[Any]) -> None:
    """Raise Unreadable if a file is attached in another way: to a page, or where only some readers look."""
    import pikepdf

    listed = {described.objgen for described in specifications}
    streams = {described["/EF"]["/F"].objgen for described in specifications}
    for item in opened.objects:
        if (
            isinstance(item, pikepdf.Stream)
            and str(item.get("/Type")) == "/EmbeddedFile"
            and item.objgen not in streams
        ):
            raise Unreadable("it contains an attached file that is not in its list of attachments")
        if any(one.objgen not in listed or one.objgen == (0, 0) for one in _with_files(item, _DEPTH)):
            raise Unreadable("it attaches a file in another way than in its list of attachments")


def _with_files(item: Any, depth: int) -> Iterator[Any]:
    """Yield the dictionaries in an object that have an embedded file (`/EF`)."""
    import pikepdf

    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        if "/EF" in item:
            yield item
        inner = [item[key] for key in item.keys()]  # noqa: SIM118 - not a Python mapping
    else:
        inner = list(item) if isinstance(item, pikepdf.Array) else []
    for one in inner:
        if depth and isinstance(one, pikepdf.Object) and not one.is_indirect:
            yield from _with_files(one, depth - 1)


def _content(described: Any, name: str) -> bytes | str:
    """Return the content with this name, or what is wrong with it. Readers may use any of the keys that refer to a file."""
    if not (str(described.get("/F")) == str(described.get("/UF")) == name):
        return "it has two names"
    if any(described["/EF"][key].objgen != described["/EF"]["/F"].objgen for key in described["/EF"].keys()):  # noqa: SIM118
        return "it has two contents"
    stream = described["/EF"]["/F"]
    packing, raw = stream.get("/Filter"), stream.read_raw_bytes()
    if packing is None:
        return bytes(raw) if len(raw) <= MAX_FILE else _too_large()
    if str(packing) != "/FlateDecode" or "/DecodeParms" in stream:
        return "it is compressed in a way that this generator does not use"
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(raw, MAX_FILE + 1)
    except zlib.error:
        return "it cannot be unpacked"
    if len(content) > MAX_FILE:
        return _too_large()
    return content if unpacking.eof else "it cannot be unpacked completely"


def _too_large() -> str:
    return f"unpacked, it has more than {MAX_FILE:,} bytes"


def _said(error: Exception) -> str:
    """Return the first line of a library's message, without the address of our stream and without control characters."""
    line = re.sub(r"stream <[^<>]*+>: ", "", str(error).split("\n")[0])
    return ascii(line[:200])[1:-1] or type(error).__name__
