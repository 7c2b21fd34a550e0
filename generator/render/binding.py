"""Writes laid-out pages and attachments as one sealed PDF.

The same arguments give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import md5

import pydyf

from generator.render.pdf_objects import NAMES, Objects, numbered, squeezed
from generator.render.seal import BLANK, seal

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
