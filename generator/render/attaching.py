"""The files that travel in a PDF: those that it was made from, and a manifest that says which bytes they had.

So a reader who has only the PDF can see what was checked, and build it again. This module gives the attachments and takes
them out again; what the files mean, and what building anew shows, is not its business.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.render.pdf import AttachedFile

MANIFEST = "manifest.json"
FORMAT = 1
_PATH = re.compile(r"(?!.*(?:^|/)\.)[\w./-]+")
"""A path below the project folder: no hidden names, no way out, nothing that a file system takes for more than a name."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to travel in a PDF: `path` is relative to the project folder, `what` says what it is, for people."""

    path: str
    data: bytes
    what: str
    media_type: str = "application/yaml"

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What was found in a PDF. `damage` says in plain words what is wrong with it; it is empty if all is well."""

    files: Mapping[str, bytes]
    """By their path below a project folder; only those that the manifest vouches for."""
    manifest: Mapping[str, Any]
    damage: tuple[str, ...]


def attachments_for(
    enclosures: Iterable[Enclosure], versions: Mapping[str, str], page: str, day: date
) -> tuple[AttachedFile, ...]:
    """The attachments of a PDF, the manifest among them.

    `versions` are those of everything that shapes the file, `page` is the HTML that it is set from, and `day` is the
    brief's date: that of today would change the bytes. Raises ValueError where two files have one name.
    """
    from generator.render.pdf import AttachedFile

    files = sorted(enclosures, key=lambda enclosure: enclosure.path)
    if len({file.name for file in files} | {MANIFEST}) != len(files) + 1:
        raise ValueError("two attachments have the same name")
    manifest = _manifest(files, versions, page)
    attached = [
        AttachedFile(file.name, file.data, file.media_type, file.what, day, "Source" if number == 0 else "Data")
        for number, file in enumerate(files)
    ]
    about = "Which files this PDF was made from, and by which versions"
    return (*attached, AttachedFile(MANIFEST, manifest, "application/json", about, day, "Supplement"))


def _manifest(files: list[Enclosure], versions: Mapping[str, str], page: str) -> bytes:
    listed = {file.name: {"path": file.path, "sha256": _hash(file.data), "what": file.what} for file in files}
    content = {"format": FORMAT, "files": listed, "page": _hash(page.encode()), "versions": dict(versions)}
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def read_enclosed(pdf: bytes) -> Enclosed:
    """Take the attachments out of a PDF and hold them to the manifest. Raises ValueError where it is no PDF."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            found = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
    except pikepdf.PdfError as error:
        raise ValueError(f"the PDF is damaged: {error}") from error
    try:
        manifest = json.loads(found.pop(MANIFEST))
        listed = {name: (entry["path"], entry["sha256"]) for name, entry in manifest["files"].items()}
    except KeyError:
        return Enclosed({}, {}, (f"it carries no {MANIFEST} that this program understands",))
    except (ValueError, TypeError, AttributeError):
        return Enclosed({}, {}, (f"its {MANIFEST} cannot be read",))
    return _held_to(manifest, listed, found)


def _held_to(manifest: Mapping[str, Any], listed: Mapping[str, tuple[str, str]], found: dict[str, bytes]) -> Enclosed:
    files, damage = {}, []
    for name, (path, digest) in sorted(listed.items()):
        if name not in found:
            damage.append(f"the attachment {name} is missing")
        elif _hash(found[name]) != digest:
            damage.append(f"the attachment {name} is not the one that the manifest names")
        elif not _PATH.fullmatch(path) or path.startswith("/"):
            damage.append(f"the attachment {name} asks to be written to {path!r}, which is outside a project folder")
        else:
            files[path] = found[name]
    damage += [f"the attachment {name} is not in the manifest" for name in sorted(set(found) - set(listed))]
    return Enclosed(files, manifest, tuple(damage))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
