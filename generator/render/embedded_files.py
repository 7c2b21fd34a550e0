"""Attachments of a PDF: the files that it is made from, and their manifest.

A manifest names every file with its SHA-256, and the versions of everything that affected the page, so the PDF alone is enough to
rebuild it. It has no time and no path of a machine. `generator.provenance` reads manifests, which may be hostile.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from datetime import date

    from generator.render.binding import AttachedFile

FORMAT = 1
MANIFEST = "manifest.json"
ABOUT = (
    "The attached files make this PDF. `brief verify` checks that they do, `brief extract` unpacks them as a project."
)


class Kind(NamedTuple):
    """A kind of attached files. `relationship` is one of ISO 32000-2's."""

    path: str
    """Pattern of their paths in the project."""
    media_type: str
    relationship: str
    description: str


_NAME = r"[A-Za-z0-9_][A-Za-z0-9_. +@-]*"
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
KINDS = (
    Kind(r"briefs/house\.yaml", "application/yaml", "Source", "House style of the publisher"),
    Kind(r"briefs/experts\.yaml", "application/yaml", "Data", "The experts in the briefing"),
    Kind(r"briefs/sources\.yaml", "application/yaml", "Data", "The sources that the briefing cites (CSL-YAML)"),
    Kind(r"briefs/facts\.yaml", "application/yaml", "Source", "The shared facts that the briefing uses"),
    Kind(
        rf"briefs/(?!sources/)({_SLUG}/){{0,8}}{_SLUG}\.yaml",
        "application/yaml",
        "Source",
        "The fact file, as it was checked",
    ),
    Kind(rf"briefs/({_NAME}/){{0,8}}{_NAME}\.csv", "text/csv", "Data", "A table, as it was read"),
    Kind(
        rf"briefs/({_NAME}/){{0,8}}{_NAME}\.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Data",
        "A workbook with a table, as it was read",
    ),
    Kind(rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[pP][nN][gG]", "image/png", "Source", "A picture, as it was read"),
    Kind(rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[jJ][pP][eE]?[gG]", "image/jpeg", "Source", "A picture, as it was read"),
    Kind(rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[wW][eE][bB][pP]", "image/webp", "Source", "A picture, as it was read"),
    Kind(rf"briefs/({_NAME}/){{0,8}}{_NAME}\.[sS][vV][gG]", "image/svg+xml", "Source", "A drawing, as it was read"),
    Kind(
        r"briefs/captures\.lock",
        "text/plain",
        "Supplement",
        "Hashes of each verified quotation and of the text that it was compared with",
    ),
    Kind(
        r"briefs/reviews\.lock", "text/plain", "Supplement", "Reviews of positions and options after changes of facts"
    ),
    Kind(rf"({_NAME}/){{0,8}}{_NAME}\.csl", "application/xml", "Source", "The citation style (CSL)"),
    Kind(rf"templates/({_NAME}/){{0,8}}{_NAME}\.css", "text/css", "Source", "A style sheet of the page design"),
    Kind(rf"templates/({_NAME}/){{0,8}}{_NAME}\.ya?ml", "application/yaml", "Source", "Settings of the page design"),
    Kind(rf"templates/({_NAME}/){{0,8}}{_NAME}\.j2", "text/plain", "Source", "A template of the page design"),
    Kind(rf"templates/({_NAME}/){{0,8}}{_NAME}", "application/octet-stream", "Source", "A file of the page design"),
)
"""The kinds of files that can be attached; the first that matches is used. No path leaves the project folder."""
_MANIFEST_KIND = Kind(
    MANIFEST,
    "application/json",
    "Supplement",
    "List of the attachments with hashes, and of the versions that made this PDF",
)


def kind_of(path: str) -> Kind | None:
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


def _known(path: str) -> Kind:
    kind = kind_of(path)
    if kind is None:
        raise ValueError(f"{path} is not a kind of file that is attached")
    return kind


def _attached(name: str, data: bytes, kind: Kind, day: date) -> AttachedFile:
    from generator.render.binding import AttachedFile

    return AttachedFile(name, data, kind.media_type, kind.description, day, kind.relationship)
