"""Reads the manifest of a PDF, which may be hostile.

A value is accepted only in the form in which `generator.render.embedded_files` writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.project import is_fact_file
from generator.provenance.faults import Unreadable
from generator.render.embedded_files import FORMAT, MANIFEST, attached_name, kind_of

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
    """Read a manifest that `generator.render.embedded_files.manifest` wrote. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"its manifest has more than {MAX_BYTES:,} bytes")
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable("its manifest is damaged: it is not JSON") from None
    try:
        return _manifest(fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"its manifest is not in the form that is known ({type(error).__name__}: {error})") from None


def _manifest(fields: Any) -> Manifest:
    if fields["format"] != FORMAT:
        raise Unreadable(f"its manifest has form {str(fields['format'])[:20]!r}, and this version knows form {FORMAT}")
    slug, file = fields["brief"]["slug"], fields["brief"]["file"]
    if not is_fact_file(slug, file):
        raise Unreadable("its manifest names no fact file")
    if len(fields["files"]) > MAX_FILES or len(fields["versions"]) > MAX_VERSIONS:
        raise Unreadable(f"its manifest lists more than {MAX_FILES} files or {MAX_VERSIONS} versions")
    versions = {_short(name): _short(value) for name, value in fields["versions"].items()}
    files = tuple(_listed(item) for item in fields["files"])
    paths = {listed.path for listed in files}
    if len(paths) != len(files) or file not in paths:
        raise Unreadable("its manifest lists a file twice, or not the fact file")
    return Manifest(slug, file, versions, files)


def _listed(item: Any) -> Listed:
    name, path, size, sha256 = item["name"], item["path"], item["bytes"], item["sha256"]
    if kind_of(path) is None or name != attached_name(path) or name == MANIFEST:
        raise Unreadable(f"its manifest names a file that is never attached: {path[:100]!a}")
    if type(size) is not int or size < 0 or not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise Unreadable(f"its manifest gives no length and hash of {path}")
    return Listed(name, path, size, sha256)


def _short(text: str) -> str:
    if not _SHORT.fullmatch(text):
        raise Unreadable("its manifest names a version that is none")
    return text
