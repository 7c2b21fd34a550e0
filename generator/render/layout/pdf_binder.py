"""Writes laid-out pages and attachments as one sealed PDF.

The same arguments give the same bytes.

A file cannot contain its own hash, but it can contain the hash of itself with zeros in that place. The place is the first of the two
identifiers that PDF/A requires in the trailer. A seal detects damage and careless changes. Somebody who changes a file on purpose can
seal it again; rebuilding the PDF, or a signature, detects that.

A manifest names every file with its SHA-256, and the versions of everything that affected the page, so the PDF alone is enough to
rebuild it. It has no time and no path of a machine. `generator.provenance` reads manifests, which may be hostile.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from typing import Any, NamedTuple
from urllib.parse import quote

import pydyf

from generator.render.layout.pdf_objects import NAMES, Objects, numbered, squeezed

VERSION = b"1.7"
"""Version of PDF that PDF/A-3 and PDF/UA-1 are based on."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file embedded in the PDF. `relationship` is one of ISO 32000-2's: `Source`, `Data`, `Supplement` ..."""

    name: str
    data: bytes
    media_type: str
    description: str
    modified: date
    relationship: str = "Data"


def bind(objects: Objects, attachments: Iterable[AttachedFile] = ()) -> bytes:
    """Write the file, with attachments as PDF/A-3 requires: with type, dates, size and relationship."""
    pdf = Binding(objects)
    specifications = [_attach(pdf, file) for file in sorted(attachments, key=lambda file: file.name)]
    names = dict(objects.names)
    if specifications:
        names["EmbeddedFiles"] = _name_tree(pdf, specifications).reference
        pdf.catalog["AF"] = pydyf.Array(specification.reference for specification in specifications)
    if names:
        pdf.catalog[NAMES] = pydyf.Dictionary(names)
    written = io.BytesIO()
    pdf.write(written, VERSION, BLANK, compress=True)
    return seal(written.getvalue())


class Binding(pydyf.PDF):  # type: ignore[misc]
    """A PDF that begins with the objects of a layout. Added streams are compressed once."""

    def __init__(self, objects: Objects) -> None:
        super().__init__()
        self.objects[1:] = numbered(objects.objects)
        self.catalog = pydyf.Dictionary(objects.catalog)
        self.catalog.number = objects.catalog_number
        self.objects[objects.catalog_number] = self.catalog
        self.info = pydyf.Dictionary(objects.info)

    def add_object(self, object_: pydyf.Object) -> None:
        super().add_object(squeezed(object_))


def _attach(pdf: Binding, file: AttachedFile) -> pydyf.Dictionary:
    """Add a file; return its specification (ISO 32000-1, 7.11.3; ISO 19005-3, 6.8 for the relationship)."""
    day = pydyf.String(f"D:{file.modified:%Y%m%d}000000Z")
    parameters = {
        "CheckSum": f"<{md5(file.data, usedforsecurity=False).hexdigest()}>",
        "Size": len(file.data),
        "CreationDate": day,
        "ModDate": day,
    }
    kind = {
        "Type": "/EmbeddedFile",
        "Subtype": pydyf.name(file.media_type),
        "Params": pydyf.Dictionary(parameters),
    }
    stream = pydyf.Stream([file.data], kind, compress=True)
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": pydyf.Dictionary({"F": stream.reference}),
            "Desc": pydyf.String(file.description),
            "AFRelationship": f"/{file.relationship}",
        }
    )
    pdf.add_object(specification)
    return specification


def _name_tree(pdf: Binding, specifications: Iterable[pydyf.Dictionary]) -> pydyf.Dictionary:
    """Return the files sorted by name, as a name tree must be."""
    listed = pydyf.Array()
    for specification in specifications:
        listed.extend([specification["UF"], specification.reference])
    tree = pydyf.Dictionary({"Names": listed})
    pdf.add_object(tree)
    return tree


BLANK = "0" * 64
"""Identifier of a file that is not sealed yet."""
_PLACE = re.compile(rb"/ID \[\(([0-9a-f]{64})\) ")


def seal(pdf: bytes) -> bytes:
    """Replace `BLANK` by the seal. Raises ValueError if it does not occur."""
    start, end = _place(pdf)
    return pdf[:start] + _hash(pdf, start, end) + pdf[end:]


def is_whole(pdf: bytes) -> bool:
    """Whether the file is unchanged since it was sealed. False also if it has no seal."""
    try:
        start, end = _place(pdf)
    except ValueError:
        return False
    return pdf[start:end] == _hash(pdf, start, end)


def _place(pdf: bytes) -> tuple[int, int]:
    """Return the place of the last identifier, because the trailer is at the end of a file."""
    matches = list(_PLACE.finditer(pdf))
    if not matches:
        raise ValueError("the PDF has no place for a seal")
    return matches[-1].span(1)


def _hash(pdf: bytes, start: int, end: int) -> bytes:
    blank = pdf[:start] + BLANK.encode() + pdf[end:]
    return hashlib.sha256(blank).hexdigest().encode()


FORMAT = 1
MANIFEST = "manifest.json"

ABOUT = (
    "The attached files make this PDF. `brief verify` checks that they do, `brief extract` unpacks them as a project."
)


class AttachmentKind(NamedTuple):
    """A kind of attached files. `relationship` is one of ISO 32000-2's."""

    path: str
    """Pattern of their paths in the project."""
    media_type: str
    relationship: str
    description: str


_NAME = r"[A-Za-z0-9_][A-Za-z0-9_. +@-]*"
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"

KINDS = (
    AttachmentKind(r"briefs/house\.yaml", "application/yaml", "Source", "House style of the publisher"),
    AttachmentKind(r"briefs/experts\.yaml", "application/yaml", "Data", "The experts in the briefing"),
    AttachmentKind(
        r"briefs/sources\.yaml", "application/yaml", "Data", "The sources that the briefing cites (CSL-YAML)"
    ),
    AttachmentKind(r"briefs/facts\.yaml", "application/yaml", "Source", "The shared facts that the briefing uses"),
    AttachmentKind(
        rf"briefs/(?!sources/)({_SLUG}/){{0,8}}{_SLUG}\.yaml",
        "application/yaml",
        "Source",
        "The fact file, as it was checked",
    ),
    AttachmentKind(rf"briefs/({_NAME}/){{0,8}}{_NAME}\.csv", "text/csv", "Data", "A table, as it was read"),
    AttachmentKind(
        rf"briefs/({_NAME}/){{0,8}}{_NAME}\.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Data",
        "A workbook with a table, as it was read",
    ),
    AttachmentKind(
        rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[pP][nN][gG]", "image/png", "Source", "A picture, as it was read"
    ),
    AttachmentKind(
        rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[jJ][pP][eE]?[gG]", "image/jpeg", "Source", "A picture, as it was read"
    ),
    AttachmentKind(
        rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[wW][eE][bB][pP]", "image/webp", "Source", "A picture, as it was read"
    ),
    AttachmentKind(
        rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[sS][vV][gG]", "image/svg+xml", "Source", "A drawing, as it was read"
    ),
    AttachmentKind(
        r"briefs/captures\.lock",
        "text/plain",
        "Supplement",
        "Hashes of each verified quotation and of the text that it was compared with",
    ),
    AttachmentKind(
        r"briefs/reviews\.lock", "text/plain", "Supplement", "Reviews of positions and options after changes of facts"
    ),
    AttachmentKind(rf"({_NAME}/){{0,8}}{_NAME}\.csl", "application/xml", "Source", "The citation style (CSL)"),
    AttachmentKind(
        rf"templates/({_NAME}/){{0,8}}{_NAME}\.css", "text/css", "Source", "A style sheet of the page design"
    ),
    AttachmentKind(
        rf"templates/({_NAME}/){{0,8}}{_NAME}\.ya?ml", "application/yaml", "Source", "Settings of the page design"
    ),
    AttachmentKind(rf"templates/({_NAME}/){{0,8}}{_NAME}\.j2", "text/plain", "Source", "A template of the page design"),
    AttachmentKind(
        rf"templates/({_NAME}/){{0,8}}{_NAME}", "application/octet-stream", "Source", "A file of the page design"
    ),
)
"""The kinds of files that can be attached; the first that matches is used. No path leaves the project folder."""

_MANIFEST_KIND = AttachmentKind(
    MANIFEST,
    "application/json",
    "Supplement",
    "List of the attachments with hashes, and of the versions that made this PDF",
)


def kind_of(path: str) -> AttachmentKind | None:
    """Return the kind of a file by its path; None if such a file is never attached."""
    return next((kind for kind in KINDS if re.fullmatch(kind.path, path)), None)


def attached_name(path: str) -> str:
    """Return the unique name under which a file of the project is attached."""
    return quote(path.removeprefix("briefs/"), safe=" +@")


def pack(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """Encode files by path and the brief's part of the manifest, for the step that writes the PDF."""
    packed = {path: b64encode(data).decode() for path, data in files.items()}
    return json.dumps([packed, about], sort_keys=True).encode()


def unpack(packed: bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Decode what `pack` encoded."""
    files, about = json.loads(packed)
    return {path: b64decode(data) for path, data in files.items()}, about


def manifest(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """Return the manifest of these files, by their paths. The same arguments give the same bytes, in any order."""
    listed = [
        {"bytes": len(data), "name": attached_name(path), "path": path, "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in sorted(files.items())
    ]
    content = {**about, "about": ABOUT, "files": listed, "format": FORMAT}
    return (json.dumps(content, sort_keys=True, ensure_ascii=False, indent=2) + "\n").encode()


def attachments(files: Mapping[str, bytes], about: Mapping[str, Any], day: date) -> tuple[AttachedFile, ...]:
    """Return all attachments with the manifest, dated on the brief's date. Raises ValueError for an unknown path."""
    return (
        *(_attached(attached_name(path), data, _known(path), day) for path, data in sorted(files.items())),
        _attached(MANIFEST, manifest(files, about), _MANIFEST_KIND, day),
    )


def _known(path: str) -> AttachmentKind:
    kind = kind_of(path)
    if kind is None:
        raise ValueError(f"{path} is not a kind of file that is attached")
    return kind


def _attached(name: str, data: bytes, kind: AttachmentKind, day: date) -> AttachedFile:

    return AttachedFile(name, data, kind.media_type, kind.description, day, kind.relationship)
